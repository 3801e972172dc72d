package store

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
)

// FuzzRecord states that a record that is read from a row is written as one
// that is read as the same, and that any other bytes are an error.
func FuzzRecord(f *testing.F) {
	f.Add([]byte(`{"schema":"article/1","headline":"Tide","body":[{"kind":"paragraph","text":"x"}]}`), true)
	f.Add([]byte(`{"schema":[]}`), true)
	f.Add([]byte("\x28\xb5\x2f\xfd"), false)
	f.Fuzz(func(t *testing.T, record []byte, pack bool) {
		if pack {
			record = coding.Zstd(record)
		}
		a, size, err := decode(record)
		if err != nil {
			if a != nil || size != 0 {
				t.Errorf("an error beside %v of %d bytes", a, size)
			}
			return
		}
		written, _, err := encode(a)
		if err != nil {
			t.Fatal(err)
		}
		again, _, err := decode(written)
		if err != nil {
			t.Fatalf("what was written is not read: %v", err)
		}
		if one, two := text(t, a), text(t, again); !bytes.Equal(one, two) {
			t.Errorf("written and read it is another:\n%s\n%s", one, two)
		}
	})
}

func text(t *testing.T, a *news.Article) []byte {
	t.Helper()
	doc, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
