package warc_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/copydesk/copydesk/pkg/warc"
)

// read is a record read to its end.
type read struct {
	Type, Target, Block string
	Span                warc.Span
}

// readAll reads a file to its end: records, and what was damaged.
func readAll(t testing.TB, file []byte) (all []read, damage []*warc.Damage) {
	t.Helper()
	return readOn(t, file, 0)
}

// readOn is readAll from an offset on.
func readOn(t testing.TB, file []byte, offset int64) (all []read, damage []*warc.Damage) {
	t.Helper()
	r, err := warc.NewReaderAt(bytes.NewReader(file), offset)
	if err != nil {
		t.Fatal(err)
	}
	return readWith(t, r)
}

// readWith is readAll with a reader.
func readWith(t testing.TB, r *warc.Reader) (all []read, damage []*warc.Damage) {
	t.Helper()
	for {
		rec, err := r.Next()
		if d := (*warc.Damage)(nil); errors.As(err, &d) {
			damage = append(damage, d)
			continue
		}
		if errors.Is(err, io.EOF) {
			return all, damage
		}
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(rec.Block)
		if err != nil {
			continue // told as damage next
		}
		end, err := r.End()
		if d := (*warc.Damage)(nil); errors.As(err, &d) {
			damage = append(damage, d)
			continue
		}
		all = append(all, read{rec.Header.Get(warc.Type), rec.Header.Target(), string(block), warc.Span{Offset: rec.Offset, Length: end - rec.Offset}})
	}
}

// write makes a file of records, each with its number in its address.
func write(t testing.TB, c warc.Compression, blocks ...string) (file []byte, all []read) {
	t.Helper()
	var out bytes.Buffer
	w, err := warc.NewWriter(&out, 0, c)
	if err != nil {
		t.Fatal(err)
	}
	for i, block := range blocks {
		target := fmt.Sprintf("https://news.example/%d", i)
		span, err := w.Write(warc.Header{
			{warc.Type, warc.Resource}, {warc.RecordID, fmt.Sprintf("<urn:uuid:0-%d>", i)}, {warc.Date, "2026-05-03T10:00:00Z"}, {warc.TargetURI, target},
		}, strings.NewReader(block), int64(len(block)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, read{warc.Resource, target, block, span})
	}
	return out.Bytes(), all
}

var compressions = []warc.Compression{warc.Plain, warc.Gzip, warc.Zstd}

// longBlock is more than any buffer, and does not compress to nothing.
func longBlock() string {
	var b strings.Builder
	for i := range 60000 {
		fmt.Fprintf(&b, "line %d of the tide tables\r\n", i*i%977)
	}
	return b.String()
}

func TestWriteAndRead(t *testing.T) {
	for _, c := range compressions {
		t.Run("as "+c.Ending(), func(t *testing.T) {
			file, want := write(t, c, "one", "", "\r\n\r\nWARC/1.1\r\n", longBlock(), "last")
			got, damage := readAll(t, file)
			if diff := cmp.Diff(want, got); diff != "" || len(damage) > 0 {
				t.Errorf("(-want +got):\n%s%v", diff, damage)
			}
			for _, w := range want {
				alone, damage := readAll(t, file[w.Span.Offset:][:w.Span.Length])
				if len(damage) > 0 || len(alone) != 1 || alone[0].Block != w.Block {
					t.Errorf("record %s alone: %d records, %v", w.Target, len(alone), damage)
				}
			}
		})
	}
}

// TestSkip says that blocks need not be read.
func TestSkip(t *testing.T) {
	for _, c := range compressions {
		file, want := write(t, c, "one", longBlock(), "two")
		r := warc.NewReader(iotest.HalfReader(bytes.NewReader(file)))
		for _, w := range want {
			rec, err := r.Next()
			if err != nil || rec.Header.Target() != w.Target || rec.Offset != w.Span.Offset {
				t.Fatalf("%q: got %+v, %v, want %+v", c, rec, err, w)
			}
		}
		if _, err := r.Next(); !errors.Is(err, io.EOF) {
			t.Errorf("%q: got %v at the end", c, err)
		}
	}
}

// TestDamage says that what is broken is told with its place, and that nothing
// behind it is lost.
func TestDamage(t *testing.T) {
	for _, c := range compressions {
		file, all := write(t, c, "one", longBlock(), "three", "four")
		second := all[1].Span
		tests := []struct {
			name string
			file []byte
			lost int // records
		}{
			{"junk before", append([]byte("\x00\x1f\x8b\x08 no WARC/1.1 \x28\xb5\x2f"), file...), 0},
			{"cut in the last record", file[:len(file)-9], 1},
			{"cut in a header", file[:all[3].Span.Offset+8], 1},
			{"the head of a record overwritten", overwrite(file, second.Offset, 40), 1},
			{"a record missing its begin", append(bytes.Clone(file[:second.Offset]), file[second.Offset+30:]...), 1},
		}
		for _, test := range tests {
			t.Run(test.name+c.Ending(), func(t *testing.T) {
				got, damage := readAll(t, test.file)
				if len(damage) == 0 || len(got) != len(all)-test.lost {
					t.Errorf("got %d records and the damage %v, want %d", len(got), damage, len(all)-test.lost)
				}
				if last := got[len(got)-1]; test.lost == 0 && last.Block != "four" {
					t.Errorf("the last record is %s", last.Target)
				}
				for i, r := range got {
					rest, _ := readOn(t, test.file, r.Span.Offset)
					if diff := cmp.Diff(got[i:], rest); diff != "" {
						t.Errorf("from record %d on (-want +got):\n%s", i, diff)
					}
				}
			})
		}
	}
}

func overwrite(file []byte, at int64, n int) []byte {
	file = bytes.Clone(file)
	copy(file[at:], bytes.Repeat([]byte{'x'}, n))
	return file
}

// TestBrokenDisk says that an error of the file itself is no damage.
func TestBrokenDisk(t *testing.T) {
	file, _ := write(t, warc.Gzip, "one", "two")
	broken := errors.New("the disk is gone")
	r := warc.NewReader(io.MultiReader(bytes.NewReader(file[:len(file)-5]), iotest.ErrReader(broken)))
	for range 3 {
		if _, err := r.Next(); err != nil {
			if !errors.Is(err, broken) {
				t.Errorf("got %v, want %v", err, broken)
			}
			return
		}
	}
	t.Error("no error")
}

// TestOneMember reads a file that was compressed as a whole.
func TestOneMember(t *testing.T) {
	plain, want := write(t, warc.Plain, "one", longBlock(), "three")
	var file bytes.Buffer
	w := gzip.NewWriter(&file)
	w.Write(plain)
	w.Close()
	r := warc.NewReader(&file)
	for i := range want {
		rec, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.End(); err != nil || r.Apart() != (i == len(want)-1) {
			t.Errorf("record %d is apart: %v, %v", i, r.Apart(), err)
		}
		if rec.Offset != 0 || rec.Shared != (i > 0) || rec.Header.Target() != want[i].Target {
			t.Errorf("got %+v", rec)
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("got %v at the end", err)
	}
}

// dictionaryOf makes a dictionary for records, and what compresses with it.
func dictionaryOf(t *testing.T) (dictionary []byte, with *zstd.Encoder) {
	t.Helper()
	history, _ := write(t, warc.Plain, "tide")
	letters := rand.New(rand.NewPCG(1, 2))
	var samples [][]byte
	for range 16 {
		sample := bytes.Clone(history)
		for range 300 {
			sample = append(sample, byte('a'+letters.IntN(26)))
		}
		samples = append(samples, sample)
	}
	dictionary, err := zstd.BuildDict(zstd.BuildDictOptions{
		ID: 7, Contents: samples, History: history, Offsets: [3]int{1, 4, 8},
	})
	if err != nil {
		t.Fatal(err)
	}
	with, err = zstd.NewWriter(nil, zstd.WithEncoderDict(dictionary))
	if err != nil {
		t.Fatal(err)
	}
	return dictionary, with
}

// shared is a file of which all frames need the dictionary that it begins with.
func shared(t *testing.T, held []byte, with *zstd.Encoder, blocks ...string) []byte {
	t.Helper()
	file := append([]byte{0x5d, 0x2a, 0x4d, 0x18, byte(len(held)), byte(len(held) >> 8), 0, 0}, held...)
	for _, block := range blocks {
		record, _ := write(t, warc.Plain, block)
		file = append(file, with.EncodeAll(record, nil)...)
	}
	return file
}

// TestDictionary reads frames that share a dictionary, as the first frame of the
// file gives it: as it is, and compressed.
func TestDictionary(t *testing.T) {
	dictionary, with := dictionaryOf(t)
	plain, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, held := range map[string][]byte{"as it is": dictionary, "compressed": plain.EncodeAll(dictionary, nil)} {
		t.Run(name, func(t *testing.T) {
			want := []string{"one", longBlock(), "three"}
			file := shared(t, held, with, want...)
			all, damage := readAll(t, file)
			var got []string
			for _, r := range all {
				got = append(got, r.Block)
			}
			if diff := cmp.Diff(want, got); diff != "" || len(damage) > 0 {
				t.Errorf("(-want +got):\n%s%v", diff, damage)
			}
			for i, r := range all {
				rest, damage := readOn(t, file, r.Span.Offset)
				if diff := cmp.Diff(all[i:], rest); diff != "" || len(damage) > 0 {
					t.Errorf("from record %d on (-want +got):\n%s%v", i, diff, damage)
				}
			}
		})
	}
}

// TestReset reads one file after the other with one reader, each as a new one
// would, whatever came before and wherever it was left.
func TestReset(t *testing.T) {
	dictionary, with := dictionaryOf(t)
	files := map[string][]byte{
		"empty": nil, "a dictionary": shared(t, dictionary, with, "one", longBlock(), "three"),
		"without its dictionary": with.EncodeAll([]byte("WARC/1.1\r\n"), nil),
	}
	for _, c := range compressions {
		whole, _ := write(t, c, "one", longBlock(), "three")
		files["as "+string(c)], files["cut as "+string(c)] = whole, whole[:len(whole)/2]
		files["overwritten as "+string(c)] = overwrite(whole, int64(len(whole)/3), 40)
	}
	reader := warc.NewReader(strings.NewReader(""))
	for first := range files {
		for second, file := range files {
			reader.Reset(bytes.NewReader(files[first]))
			if rec, err := reader.Next(); err == nil {
				_, _ = io.CopyN(io.Discard, rec.Block, 2)
			}
			reader.Reset(bytes.NewReader(file))
			want, wantDamage := readWith(t, warc.NewReader(bytes.NewReader(file)))
			got, damage := readWith(t, reader)
			if diff := cmp.Diff(want, got); diff != "" || fmt.Sprint(damage) != fmt.Sprint(wantDamage) {
				t.Errorf("%s behind %s (-want +got):\n%s%v, want %v", second, first, diff, damage, wantDamage)
			}
		}
	}
}

// TestForgives reads records as other programs write them.
func TestForgives(t *testing.T) {
	tests := []struct{ name, file string }{
		{"1.0 with angle brackets", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: <https://news.example/>\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"},
		{"line feeds alone", "WARC/1.1\nWARC-Type: resource\nWARC-Target-URI: https://news.example/\nContent-Length: 3\n\nabc\n\n"},
		{"other case, spaces", "WARC/1.1\r\nwarc-type:resource\r\nWarc-Target-Uri :  https://news.example/ \r\ncontent-length: 3 \r\n\r\nabc"},
		{"a folded value", "WARC/1.0\r\nWARC-Type:\r\n resource\r\nWARC-Target-URI: https://news.example/\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n\r\n\r\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, damage := readAll(t, []byte(test.file))
			want := []read{{warc.Resource, "https://news.example/", "abc", warc.Span{Length: int64(len(test.file))}}}
			if diff := cmp.Diff(want, got); diff != "" || len(damage) > 0 {
				t.Errorf("(-want +got):\n%s%v", diff, damage)
			}
		})
	}
}

func TestWriteRefuses(t *testing.T) {
	whole := warc.Header{{warc.Type, warc.Resource}, {warc.RecordID, "<urn:uuid:0>"}, {warc.Date, "2026-05-03T10:00:00Z"}}
	tests := []struct {
		name   string
		header warc.Header
		length int64
	}{
		{"no record id", warc.Header{whole[0], whole[2]}, 3},
		{"a line end in a value", append(slices.Clone(whole), warc.Field{Name: "X-Note", Value: "a\r\nb"}), 3},
		{"a blank in a name", append(slices.Clone(whole), warc.Field{Name: "X Note", Value: "a"}), 3},
		{"a header that is too long", append(slices.Clone(whole), warc.Field{Name: "X-Note", Value: strings.Repeat("a", 1<<20)}), 3},
		{"another length", append(slices.Clone(whole), warc.Field{Name: "Content-Length", Value: "4"}), 3},
		{"a block that is too short", whole, 4},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, err := warc.NewWriter(io.Discard, 0, warc.Gzip)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(test.header, strings.NewReader("abc"), test.length); err == nil {
				t.Error("no error")
			}
		})
	}
}
