package archive_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// ledger is rows that know what is in a segment.
type ledger struct{ rows }

func (l ledger) CapturesIn(_ context.Context, segment string) (in []news.Capture, err error) {
	for _, c := range l.rows {
		if c.File == segment {
			in = append(in, c)
		}
	}
	return in, nil
}

func (l ledger) FindCapture(ctx context.Context, id string) (news.Capture, error) {
	return l.rows.FindCapture(ctx, id)
}

// verify is how much is wrong.
func verify(t *testing.T, a *archive.Archive, name string, rows archive.Ledger) (v archive.Verified, findings []*archive.Finding) {
	t.Helper()
	v, err := a.Verify(t.Context(), name, rows, func(f *archive.Finding) error {
		findings = append(findings, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return v, findings
}

// TestVerify finds nothing in a sound archive, and every difference of the rows.
func TestVerify(t *testing.T) {
	for _, c := range compressions {
		w := write(t, c)
		a := open(t, w.left(t, w.file), archive.Options{Compression: c})
		v, findings := verify(t, a, w.name, ledger{w.captures})
		if len(findings) > 0 || v.Captures != 3 || v.Records != 10 || v.Bytes == 0 {
			t.Errorf("%+v, findings %v", v, findings)
		}
		for name, change := range map[string]func(r rows) rows{
			"a row is missing":      func(r rows) rows { return r[1:2] },
			"a row too many":        func(r rows) rows { return append(r, news.Capture{CaptureID: "x", File: w.name}) },
			"another offset":        func(r rows) rows { r[2].Offset++; return r },
			"the body is elsewhere": func(r rows) rows { r[0].Digest = r[2].Digest; return r },
		} {
			if _, findings := verify(t, a, w.name, ledger{change(append(rows(nil), w.captures...))}); len(findings) == 0 {
				t.Errorf("%s: not found", name)
			}
		}
	}
}

// TestVerifyDamage finds a byte that is wrong in a segment, wherever it is.
func TestVerifyDamage(t *testing.T) {
	for _, c := range compressions {
		w := write(t, c)
		dir := w.left(t, w.file)
		a := open(t, dir, archive.Options{Compression: c})
		if err := a.Roll(); err != nil {
			t.Fatal(err)
		}
		step := 5
		if testing.Short() {
			step = 37
		}
		for at := 0; at < len(w.file); at += step {
			file := bytes.Clone(w.file)
			file[at] ^= 0x40
			if err := os.WriteFile(filepath.Join(dir, w.name), file, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, findings := verify(t, a, w.name, ledger{w.captures}); len(findings) == 0 && !harmless(w.file, file) {
				t.Errorf("%s: byte %d of %d: not found", w.name, at, len(file))
			}
		}
	}
}

// harmless says whether two files hold the same records: a gzip member has bytes
// that say nothing of its content.
func harmless(a, b []byte) bool {
	var recordsA, recordsB bytes.Buffer
	return copyOf(&recordsA, a, warc.Plain, "", "") == nil && copyOf(&recordsB, b, warc.Plain, "", "") == nil && bytes.Equal(recordsA.Bytes(), recordsB.Bytes())
}

// TestVerifyOriginal does not answer for digests that others stated.
func TestVerifyOriginal(t *testing.T) {
	block := "HTTP/1.1 200 OK\r\n\r\nebb"
	p := page(0, "ebb")
	var member bytes.Buffer
	writer, err := warc.NewWriter(&member, 0, warc.Gzip)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Write(warc.Header{
		{Name: warc.Type, Value: warc.Response}, {Name: warc.RecordID, Value: "<urn:uuid:7>"}, {Name: warc.Date, Value: "2026-05-03T10:00:00Z"},
		{Name: warc.TargetURI, Value: p.URL}, {Name: warc.BlockDigest, Value: "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
	}, bytes.NewReader([]byte(block)), int64(len(block))); err != nil {
		t.Fatal(err)
	}
	theirs, err := archive.ReadOriginal(member.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := archive.ReadOriginal(append(member.Bytes(), 'x')); err == nil {
		t.Error("read an original with something behind it")
	}
	for _, c := range compressions {
		dir := t.TempDir()
		a := open(t, dir, archive.Options{Compression: c})
		got := appendAll(t, a, []archive.Entry{{Page: p, Original: theirs, Source: &archive.Source{Run: "r1"}}})
		if _, findings := verify(t, a, got[0].File, ledger{got}); len(findings) > 0 {
			t.Errorf("%v", findings)
		}
		file := []byte(read(t, filepath.Join(dir, got[0].File+".open")))
		if kept := bytes.Contains(file, member.Bytes()); kept != (c == warc.Gzip) {
			t.Errorf("%s: copied byte for byte: %v", c, kept)
		}
		if back, err := a.Get(t.Context(), got[0], nil); err != nil || string(back.Body) != "ebb" {
			t.Errorf("%v", err)
		}
	}
}
