package store

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// A run keeps what it was begun with: its rules, and who makes its records beside
// whom.
func TestReplayKeepsItsMakers(t *testing.T) {
	s := open(t)
	archived(t, s, 3)
	r := replayOf("ruled", ReplayQuestion{})
	r.Beside, r.Rules, r.Run.Rules = r.MadeBy, []byte("schema: siterules/1"), "sha256:bb"
	r.MadeBy.Rules, r.MadeBy.Build = "sha256:bb", "sha256:build"
	for range 2 {
		if err := s.BeginReplay(t.Context(), r, every); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := s.RunRules(t.Context(), "ruled"); err != nil || !bytes.Equal(text, r.Rules) {
		t.Errorf("its rules are %q, %v", text, err)
	}
	if _, err := s.RunRules(t.Context(), "none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("the rules of no run: %v", err)
	}
	runs, err := s.Runs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Maker{r.MadeBy, r.Beside}, []Maker{*runs[0].MadeBy, *runs[0].Beside}); diff != "" || runs[0].Run.Rules != "sha256:bb" {
		t.Errorf("its rules are %q, its makers (-want +got):\n%s", runs[0].Run.Rules, diff)
	}
	if unfed, err := s.UnfedRuns(t.Context()); err != nil || len(unfed) != 1 || unfed[0].Rules != "sha256:bb" {
		t.Errorf("to hand on are %+v, %v", unfed, err)
	}
	for what, change := range map[string]func(*Replay){
		"without rules":       func(r *Replay) { r.Rules, r.Run.Rules = nil, "" },
		"with no rules":       func(r *Replay) { r.Rules, r.Run.Rules = nil, news.NoRules },
		"with other rules":    func(r *Replay) { r.Rules = []byte("schema: siterules/1\n") },
		"beside the desk":     func(r *Replay) { r.Outside = true },
		"with other captures": func(r *Replay) { r.Question.Sample = 1 },
	} {
		other := r
		change(&other)
		if err := s.BeginReplay(t.Context(), other, every); !errors.Is(err, ErrOtherRun) {
			t.Errorf("%s it goes on: %v", what, err)
		}
	}
}

// A replay that is made beside the desk is not handed on: it gives what has no
// result, to the build that began it.
func TestReplayMadeOutside(t *testing.T) {
	s := open(t)
	all := archived(t, s, 5)
	r := replayOf("outside", ReplayQuestion{})
	r.Outside, r.MadeBy.Build = true, "sha256:one"
	if err := s.BeginReplay(t.Context(), r, every); err != nil {
		t.Fatal(err)
	}
	if unfed, err := s.UnfedRuns(t.Context()); err != nil || len(unfed) > 0 {
		t.Errorf("it is handed on: %+v, %v", unfed, err)
	}
	if err := s.PutReplayed(t.Context(), []Replayed{
		{Run: r.Run, CaptureID: all[1].Raw.CaptureID, Outcome: news.Skipped, Reason: news.NotArticle},
		{Run: r.Run, CaptureID: all[2].Raw.CaptureID, Outcome: news.Dead, Reason: news.Poison},
	}); err != nil {
		t.Fatal(err)
	}
	var left []string
	for after := int64(0); ; {
		ids, last, err := s.Unmade(t.Context(), "outside", after, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(ids) == 0 {
			break
		}
		left, after = append(left, ids...), last
	}
	if diff := cmp.Diff([]string{all[0].Raw.CaptureID, all[3].Raw.CaptureID, all[4].Raw.CaptureID}, left); diff != "" {
		t.Errorf("without a result (-want +got):\n%s", diff)
	}
	if err := s.BeginReplay(t.Context(), r, every); err != nil {
		t.Errorf("the same goes on: %v", err)
	}
	r.MadeBy.Build = "sha256:two"
	if err := s.BeginReplay(t.Context(), r, every); !errors.Is(err, ErrOtherRun) || !strings.Contains(err.Error(), "sha256:one") {
		t.Errorf("another build goes on: %v", err)
	}
}
