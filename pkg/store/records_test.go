package store

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRecordsAfter(t *testing.T) {
	s := open(t)
	arrive(t, s,
		capture(t, "/ferry", 1, "A"), capture(t, "/bridge", 2, "B"), capture(t, "/ferry", 3, "A, corrected"),
		capture(t, "/ferry", 5, "A, corrected"), capture(t, "/pier", 4, "C"))
	for _, tt := range []struct {
		name  string
		after int64
		limit int
		all   bool
		want  []string
	}{
		{"the newest of each story", 0, 10, false, []string{"2 B 1/1 latest", "3 A, corrected 2/2 latest", "4 C 1/1 latest"}},
		{"all revisions", 0, 10, true, []string{"1 A 1/2", "2 B 1/1 latest", "3 A, corrected 2/2 latest", "4 C 1/1 latest"}},
		{"after a row", 2, 1, false, []string{"3 A, corrected 2/2 latest"}},
		{"after the last", 4, 10, true, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			records, err := s.RecordsAfter(t.Context(), tt.after, tt.limit, tt.all)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range records {
				line := fmt.Sprintf("%d %s %d/%d", r.Number, r.Headline, r.Version, r.Versions)
				if r.Latest {
					line += " latest"
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	records, err := s.RecordsAfter(t.Context(), 2, 1, false)
	if err != nil || records[0].LastSeen.Sub(records[0].FirstSeen).Minutes() != 4 {
		t.Errorf("seen from %v to %v, %v, want 4 minutes", records[0].FirstSeen, records[0].LastSeen, err)
	}
}
