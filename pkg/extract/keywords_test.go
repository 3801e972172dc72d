package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestSetKeywords(t *testing.T) {
	tests := []struct {
		name   string
		values []string
		want   []string
	}{
		{"one list", []string{"Ferries, Islands; Harbour"}, []string{"Ferries", "Islands", "Harbour"}},
		{"the outlet's own name", []string{"Ferries", "Quay Courier"}, []string{"Ferries"}},
		{"what systems add", []string{"Ferries", "editors_pick", "source:tag:name"}, []string{"Ferries"}},
		{"the words of the address", []string{"ferry", "sails", "again"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newStory(Input{URL: "https://quay.example/islands/ferry-sails-again"}, "utf-8")
			s.addSiteName("Quay Courier")
			s.setKeywords(tt.values, candidate{method: news.FromMeta})
			if diff := cmp.Diff(tt.want, s.rec.Keywords); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
