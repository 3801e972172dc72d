package news

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestPrimaryLanguage(t *testing.T) {
	for _, tt := range []struct {
		in   Language
		want string
	}{
		{Language{Declared: "de-AT"}, "de"},
		{Language{Declared: "EN_us"}, "en"},
		{Language{Declared: "x", Detected: "fr"}, "fr"},
		{Language{Declared: "deutsch", Detected: "de"}, "de"},
		{Language{Declared: "*.>"}, "und"}, // must not reach a subject
		{Language{}, "und"},
		{Language{Detected: "haw"}, "haw"},
	} {
		if got := tt.in.Primary(); got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFinal(t *testing.T) {
	for _, tt := range []struct {
		stage   Stage
		outcome Outcome
		want    bool
	}{
		{StageFetch, Done, false}, {StageExtract, Done, false}, {StageIndex, Done, true},
		{StageFetch, Unchanged, true}, {StageExtract, Skipped, true}, {StageFetch, Dead, true},
		{StageIndex, Retrying, false},
	} {
		if got := (Event{Stage: tt.stage, Outcome: tt.outcome}).Final(); got != tt.want {
			t.Errorf("%s %s: final is %v, want %v", tt.stage, tt.outcome, got, tt.want)
		}
	}
}

func TestFaultOf(t *testing.T) {
	if FaultOf(nil) != nil {
		t.Error("no error is no fault")
	}
	known := &Fault{Kind: Skip, Reason: NotFound, Err: io.EOF}
	if got := FaultOf(fmt.Errorf("fetch: %w", known)); got != known || !errors.Is(got, io.EOF) {
		t.Errorf("got %+v, want the fault inside", got)
	}
	if got := FaultOf(io.EOF); got.Kind != Temporary || got.Reason != Internal {
		t.Errorf("an error that nobody classified: %+v, want a temporary fault", got)
	}
}

func TestReasonsAreDistinct(t *testing.T) {
	seen := map[Reason]bool{}
	for _, r := range Reasons {
		if r == "" || seen[r] {
			t.Errorf("reason %q is empty or listed twice", r)
		}
		seen[r] = true
	}
}
