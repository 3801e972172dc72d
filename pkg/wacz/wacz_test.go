package wacz_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/wacz"
)

// entry is one of a zip.
type entry struct {
	name, text string
	method     uint16
	// lie changes what the zip says of it.
	lie func(*zip.FileHeader)
}

var described = entry{name: "datapackage.json", text: `{"profile":"data-package","resources":[{"path":"archive/a.warc.gz"}]}`}

// pack makes a zip.
func pack(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, e := range entries {
		var packed bytes.Buffer
		if e.method == zip.Deflate {
			var inner bytes.Buffer
			alone := zip.NewWriter(&inner)
			w, err := alone.Create("x")
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, e.text)
			alone.Close()
			r, err := zip.NewReader(bytes.NewReader(inner.Bytes()), int64(inner.Len()))
			if err != nil {
				t.Fatal(err)
			}
			raw, err := r.File[0].OpenRaw()
			if err != nil {
				t.Fatal(err)
			}
			io.Copy(&packed, raw)
		} else {
			packed.WriteString(e.text)
		}
		h := &zip.FileHeader{
			Name: e.name, Method: e.method, CRC32: crc32.ChecksumIEEE([]byte(e.text)),
			CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(e.text)),
		}
		if e.lie != nil {
			e.lie(h)
		}
		w, err := z.CreateRaw(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(packed.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func open(file []byte) ([]*wacz.Archive, error) {
	return wacz.Open(bytes.NewReader(file), int64(len(file)))
}

func long() string {
	var b strings.Builder
	for i := range 40000 {
		fmt.Fprintf(&b, "line %d of the tide tables\n", i*i%977)
	}
	return b.String()
}

func TestOpen(t *testing.T) {
	want := map[string]string{"archive/a.warc.gz": "one", "archive/b.warc": long(), "archive/c.warc.zst": ""}
	file := pack(t,
		entry{name: "archive/a.warc.gz", text: want["archive/a.warc.gz"]},
		entry{name: "archive/b.warc", text: want["archive/b.warc"], method: zip.Deflate},
		entry{name: "archive/c.warc.zst"}, entry{name: "archive/"}, entry{name: "archive/notes.txt", text: "no records"},
		entry{name: "pages/pages.jsonl", text: "{}"}, entry{name: "indexes/index.cdx.gz", text: "x"}, described)
	archives, err := open(file)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, a := range archives {
		text, err := io.ReadAll(io.NewSectionReader(a, 0, 1<<40))
		if err != nil || int64(len(text)) != a.Size {
			t.Errorf("%s: %d of %d bytes, %v", a.Name, len(text), a.Size, err)
		}
		got[a.Name] = string(text)
		half := a.Size / 2
		rest, err := io.ReadAll(io.NewSectionReader(a, half, 1<<40)) // going back
		if err != nil || string(rest) != want[a.Name][half:] {
			t.Errorf("%s from byte %d: %d bytes, %v", a.Name, half, len(rest), err)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOpenRefuses(t *testing.T) {
	a := entry{name: "archive/a.warc.gz", text: "one"}
	whole := pack(t, a, described)
	with := func(lie func(*zip.FileHeader)) []byte {
		return pack(t, entry{name: a.name, text: a.text, lie: lie}, described)
	}
	var many []entry
	for i := range 100 {
		many = append(many, entry{name: strings.Repeat("x", 60000) + fmt.Sprint(i)})
	}
	over := func(name string) entry {
		return entry{name: name, text: "two", lie: func(h *zip.FileHeader) { h.CompressedSize64, h.UncompressedSize64 = 400, 400 }}
	}
	tests := []struct {
		name string
		file []byte
		says string
	}{
		{"nothing", nil, "not a valid zip"},
		{"no zip", []byte("WARC/1.1\r\n"), "not a valid zip"},
		{"a cut tail", whole[:len(whole)-9], "not a valid zip"},
		{"a cut head", whole[40:], ""},
		{"no description", pack(t, a), "a zip without datapackage.json"},
		{"a description that is none", pack(t, a, entry{name: "datapackage.json", text: "{"}), "datapackage.json: unexpected EOF"},
		{"a description of nothing", pack(t, a, entry{name: "datapackage.json", text: "{}"}), "names no resources"},
		{"no archive", pack(t, described), "no web archive in archive/"},
		{"the same name twice", pack(t, a, a, described), `two entries named "archive/a.warc.gz"`},
		{"a bomb", pack(t, entry{name: a.name, text: strings.Repeat("0", 1<<20), method: zip.Deflate}, described), "a bomb"},
		{"encrypted", with(func(h *zip.FileHeader) { h.Flags |= 1 }), "encrypted"},
		{"another method", with(func(h *zip.FileHeader) { h.Method = 93 }), "stored by method 93"},
		{"stored, and shorter", with(func(h *zip.FileHeader) { h.UncompressedSize64 = 99 }), "with 3 for 99 bytes"},
		{"longer than the file", with(func(h *zip.FileHeader) { h.CompressedSize64, h.UncompressedSize64 = 1<<40, 1<<40 }), "is its end missing"},
		{"entries over each other", pack(t, over("archive/a.warc"), over("archive/b.warc"), described), "they overlap"},
		{"a list without end", pack(t, append(many, append(many, described)...)...), "a list of entries of more than 8 MB"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			archives, err := open(test.file)
			if !errors.Is(err, wacz.ErrFormat) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %d archives and %v, want an error with %q", len(archives), err, test.says)
			}
		})
	}
}

// TestLies says that a compressed entry is as long as the zip says, and what the
// zip says.
func TestLies(t *testing.T) {
	for name, lie := range map[string]func(*zip.FileHeader){
		"shorter":          func(h *zip.FileHeader) { h.UncompressedSize64-- },
		"longer":           func(h *zip.FileHeader) { h.UncompressedSize64++ },
		"another checksum": func(h *zip.FileHeader) { h.CRC32++ },
	} {
		archives, err := open(pack(t, entry{"archive/a.warc", long(), zip.Deflate, lie}, described))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, io.NewSectionReader(archives[0], 0, 1<<40)); !errors.Is(err, wacz.ErrFormat) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestBrokenDisk says that an error of the file is none of the zip.
func TestBrokenDisk(t *testing.T) {
	broken := errors.New("the disk is gone")
	if _, err := wacz.Open(brokenDisk{iotest.ErrReader(broken)}, 1<<20); !errors.Is(err, broken) || errors.Is(err, wacz.ErrFormat) {
		t.Errorf("got %v", err)
	}
}

type brokenDisk struct{ io.Reader }

func (b brokenDisk) ReadAt(p []byte, _ int64) (int, error) { return b.Read(p) }

// FuzzOpen: any bytes are archives that unfold to no more than they may, or an
// error.
func FuzzOpen(f *testing.F) {
	f.Add(pack(f, entry{name: "archive/a.warc.gz", text: "one"}, described))
	f.Add(pack(f, entry{name: "archive/a.warc", text: long()[:4000], method: zip.Deflate}, described))
	f.Add(pack(f, entry{name: "archive/a.warc", text: "one", lie: func(h *zip.FileHeader) { h.CompressedSize64 = 1 << 62 }}, described))
	f.Fuzz(func(t *testing.T, file []byte) {
		archives, err := open(file)
		if err != nil {
			if !errors.Is(err, wacz.ErrFormat) || archives != nil {
				t.Fatalf("%d archives beside %v", len(archives), err)
			}
			return
		}
		sum := 0
		for _, a := range archives {
			text, err := io.ReadAll(io.NewSectionReader(a, 0, 1<<40))
			if err != nil && !errors.Is(err, wacz.ErrFormat) {
				t.Fatal(err)
			}
			sum += len(text)
		}
		if sum > 101*len(file)+1000 {
			t.Fatalf("%d bytes of %d", sum, len(file))
		}
	})
}
