package warc_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/warc"
)

// FuzzReader: any bytes are read to their end, what stands behind junk is found,
// and reading on from where a record stands gives what was behind it.
func FuzzReader(f *testing.F) {
	for _, c := range compressions {
		file, _ := write(f, c, "one", "two")
		f.Add(file)
		f.Add(file[:len(file)-7])
	}
	f.Add([]byte("WARC/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n"))
	f.Add([]byte{0x5d, 0x2a, 0x4d, 0x18, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, file []byte) {
		all, damage := readAll(t, file)
		if len(all)+len(damage) > len(file)+1 {
			t.Fatalf("%d records and %d stretches of damage in %d bytes", len(all), len(damage), len(file))
		}
		end := int64(0)
		for _, r := range all {
			if r.Span.Offset < 0 || r.Span.Length < 0 || r.Span.Offset+r.Span.Length > int64(len(file)) || r.Span.Offset < end && r.Span.Length > 0 && end > r.Span.Offset+r.Span.Length {
				t.Fatalf("a record at %+v of %d bytes", r.Span, len(file))
			}
			end = r.Span.Offset
		}
		for i, r := range all[:min(len(all), 20)] {
			if i > 0 && all[i-1].Span.Offset == r.Span.Offset {
				continue // in one member with the one before
			}
			rest, _ := readOn(t, file, r.Span.Offset)
			if len(rest) < len(all)-i || rest[0].Block != r.Block {
				t.Fatalf("%d records on from byte %d, and %d before", len(rest), r.Span.Offset, len(all)-i)
			}
		}
	})
}

// FuzzWriter: what can be written is read the same.
func FuzzWriter(f *testing.F) {
	f.Add("X-Note", "tide", []byte("block"))
	f.Add("content-length", "5", []byte("block"))
	f.Add("X", "ä", []byte("\r\n\r\nWARC/1.1\r\n"))
	f.Fuzz(func(t *testing.T, name, value string, block []byte) {
		for _, c := range compressions {
			var out bytes.Buffer
			w, err := warc.NewWriter(&out, 0, c)
			if err != nil {
				t.Fatal(err)
			}
			h := warc.Header{{warc.Type, warc.Resource}, {warc.RecordID, "<urn:uuid:0>"}, {warc.Date, "2026-05-03T10:00:00Z"}, {name, value}}
			if _, err := w.Write(h, bytes.NewReader(block), int64(len(block))); err != nil {
				return
			}
			rec, err := warc.NewReader(&out).Next()
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(rec.Block)
			if err != nil || !bytes.Equal(got, block) || rec.Header.Get(name) != h.Get(name) {
				t.Fatalf("%q: got %q, %q, %v", c, rec.Header.Get(name), got, err)
			}
			if diff := cmp.Diff(h[:3], rec.Header[:3]); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}
