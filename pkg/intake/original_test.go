package intake_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// TestOriginal takes every record by itself: the archive can keep it, it says the
// same, and what is damaged is told as where records are only read.
func TestOriginal(t *testing.T) {
	folder, readable := sources(t)
	for name := range readable {
		if strings.Contains(name, ".jsonl") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(folder, name)
			s, err := intake.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			var got []seen
			for r, err := range s.Records(t.Context(), intake.Place{}) {
				if err != nil {
					t.Fatal(err)
				}
				if r.WARC == nil {
					got = append(got, see(r))
					continue
				}
				text, err := r.Original(1 << 20)
				if errors.Is(err, intake.ErrDamaged) {
					got = append(got, seen{r.Place, r.WARC.Header.Target() + " cut"})
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				o, err := archive.ReadOriginal(text)
				if err != nil {
					t.Fatalf("%v: %v", r.Place, err)
				}
				if diff := cmp.Diff(r.WARC.Header, o.Header); diff != "" {
					t.Errorf("%v (-there +alone):\n%s", r.Place, diff)
				}
				got = append(got, seen{r.Place, o.Header.Get(warc.TargetURI) + " " + news.Digest(o.Block)})
			}
			want := readOn(t, path, intake.Place{})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-read +taken):\n%s", diff)
			}
		})
	}
}

// TestOriginalBytes says that what can be is taken as the file has it.
func TestOriginalBytes(t *testing.T) {
	folder, _ := sources(t)
	for name, packed := range map[string]bool{"whole.warc": false, "whole.warc.gz": true, "whole.warc.zst": true, "two.wacz": true, "one-member.warc.gz": false, "deflated.wacz": false} {
		s, err := intake.Open(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for r, err := range s.Records(t.Context(), intake.Place{}) {
			if err != nil {
				t.Fatal(err)
			}
			text, err := r.Original(1 << 20)
			if plain := bytes.HasPrefix(text, []byte("WARC/1.1\r\n")); err != nil || plain == packed {
				t.Errorf("%s: got %.20q, %v", name, text, err)
			}
			break
		}
		for r := range s.Records(t.Context(), intake.Place{}) {
			if _, err := r.Original(10); err == nil || !strings.Contains(err.Error(), "more than 10 bytes") {
				t.Errorf("%s: a record longer than allowed: %v", name, err)
			}
			break
		}
	}
}
