package warc_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/copydesk/copydesk/pkg/warc"
)

// packer is what compresses in a test.
type packer func(io.Writer) (io.WriteCloser, error)

func gzipTo(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil }

func zstdTo(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) }

// packed is a text, and then so many megabytes of one byte, as one member.
func packed(t testing.TB, by packer, text string, c byte, megabytes int) string {
	t.Helper()
	var b bytes.Buffer
	w, err := by(&b)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, text)
	for many := bytes.Repeat([]byte{c}, 1<<20); megabytes > 0; megabytes-- {
		w.Write(many)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func skippable(number byte, text string) string {
	return string([]byte{0x50 | number, 0x2a, 0x4d, 0x18}) + string(binary.LittleEndian.AppendUint32(nil, uint32(len(text)))) + text
}

// TestHostile reads files that were made to be read for ever, or to fill the
// memory: each is told as damage with its reason and its offset, what it takes is
// bounded, and the record behind it is read.
func TestHostile(t *testing.T) {
	const good, most = "the record behind", 100 << 20
	plain := fmt.Sprintf("WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(good), good)
	gz, zs := packed(t, gzipTo, plain, 0, 0), packed(t, zstdTo, plain, 0, 0)
	long := "WARC/1.1\r\nContent-Length: 4294967296\r\n\r\n"
	sized := func(length string) string {
		return "WARC/1.1\r\nContent-Length: " + length + "\r\n\r\n<p>Tide\r\n\r\n"
	}
	tests := []struct {
		name, file, says string
	}{
		{"a value of very many lines", "WARC/1.1\r\nA: b\r\n" + strings.Repeat(" a\n", 340_000) + "\r\n" + plain, "no Content-Length"},
		{"very many fields", "WARC/1.1\r\n" + strings.Repeat("a:\n", 340_000) + "\r\n" + plain, "no Content-Length"},
		{"a header without an end", "WARC/1.1\r\n" + strings.Repeat("a: b\n", 300_000) + plain, "a header of more than"},
		{"a version without an end", "WARC/" + strings.Repeat("1", 2<<20) + "\n" + plain, "a header of more than"},
		{"a header that unfolds without an end", packed(t, gzipTo, "WARC/1.1\r\nA: ", 'a', 64) + gz, "a header of more than"},
		{"empty lines without an end", packed(t, gzipTo, "", '\n', 64) + gz, "empty lines"},
		{"and in a frame", packed(t, zstdTo, "", '\n', 64) + zs, "empty lines"},
		{"empty lines behind a record", packed(t, gzipTo, plain, '\n', 64) + gz, "empty lines"},
		{"a block that unfolds without an end", packed(t, gzipTo, long, 0, 512) + gz, "a bomb"},
		{"and in a frame", packed(t, zstdTo, long, 0, 512) + zs, "a bomb"},
		{"a dictionary that unfolds without an end", skippable(0xd, packed(t, zstdTo, "", 0, 512)) + zs, "the dictionary: decompressed size exceeds"},
		{"a dictionary longer than the file", skippable(0xd, "")[:4] + "\xff\xff\xff\xff" + zs, "a dictionary of 4294967295 bytes"},
		{"a window of two gigabytes", "\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00" + zs, "window size exceeded"},
		{"a length of nothing", sized("") + plain, "no Content-Length"},
		{"a negative length", sized("-1") + plain, "is no length"},
		{"a length of 2^63", sized("9223372036854775808") + plain, "is no length"},
		{"a length of 2^63-1", sized("9223372036854775807") + plain, "the file ends"},
		{"a length beyond the file", sized("100000") + plain, "the file ends"},
		{"a length in words", sized("seven") + plain, "is no length"},
		{"a length beyond the member", packed(t, gzipTo, sized("100000"), 0, 0) + gz, "unexpected EOF"},
		{"a length that is too short", sized("3") + plain, "is no version"},
		{"begins of members without any", strings.Repeat("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00", 100_000) + plain, "corrupt input"},
		{"begins of frames without any", strings.Repeat("\x28\xb5\x2f\xfd", 100_000) + "x" + plain, "reserved bit"},
		{"begins of records without any", strings.Repeat("WARC/1.1\n", 100_000) + plain, "is no named field"},
		{"no text at all", strings.Repeat("\x00\xff\xfeW\x1f\x28", 300_000) + plain, "begins neither"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r := warc.NewReader(strings.NewReader(test.file))
			r.Until(int64(len(test.file)))
			last, damages := "", []*warc.Damage(nil)
			for {
				rec, err := r.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if damage, ok := errors.AsType[*warc.Damage](err); ok {
					damages = append(damages, damage)
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				head := make([]byte, len(good))
				n, _ := io.ReadFull(rec.Block, head)
				last = string(head[:n])
			}
			runtime.ReadMemStats(&after)
			if last != good {
				t.Errorf("the last record is %q", last)
			}
			if len(damages) == 0 || len(damages) > 2 || !strings.Contains(damages[0].Error(), test.says) {
				t.Errorf("got %v, want damage with %q", damages[:min(len(damages), 3)], test.says)
			}
			if took := after.TotalAlloc - before.TotalAlloc; took > most {
				t.Errorf("it took %d MB", took>>20)
			}
		})
	}
}
