package stream

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRequests(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	client := connect(t, Config{URL: c.cfg.Server.URL()})
	if err := client.Request(t.Context(), "show", nil, nil); !errors.Is(err, ErrUnanswered) {
		t.Errorf("nobody serves: %v, want ErrUnanswered", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	wait, err := c.Serve(ctx, "indexer", map[string]Handler{
		"show":   func(_ context.Context, request []byte) ([]byte, error) { return request, nil },
		"show.x": func(context.Context, []byte) ([]byte, error) { return []byte("no JSON"), nil },
		"huge":   func(context.Context, []byte) ([]byte, error) { return make([]byte, 2<<20), nil },
		"panic":  func(context.Context, []byte) ([]byte, error) { panic("mast broke") },
		"odd":    func(context.Context, []byte) ([]byte, error) { return nil, errors.New("odd\ntwo lines") },
		"refuse": func(context.Context, []byte) ([]byte, error) {
			return nil, &RequestError{Code: "notFound", Text: "no story like this"}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	type story struct{ Headline string }
	want, got := story{"Rain in Harbourton"}, story{}
	if err := client.Request(t.Context(), "show", want, &got); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
	for _, r := range []struct{ verb, code, text string }{
		{"huge", "tooLarge", "ask for less"},
		{"panic", CodeInternal, "panic: mast broke"},
		{"odd", CodeInternal, "odd two lines"},
		{"refuse", "notFound", "no story like this"},
	} {
		var refusal *RequestError
		err := client.Request(t.Context(), r.verb, nil, &got)
		if !errors.As(err, &refusal) || refusal.Code != r.code || !strings.Contains(refusal.Text, r.text) {
			t.Errorf("%s: %v", r.verb, err)
		}
	}
	if err := client.Request(t.Context(), "show.x", nil, &got); err == nil {
		t.Error("an answer that is no JSON was read")
	}
	cancel()
	if err := wait(); err != nil {
		t.Error(err)
	}
	eventually(t, "nobody serves any more", func() bool {
		err := client.Request(t.Context(), "show", want, nil)
		var refusal *RequestError
		if err == nil || errors.As(err, &refusal) && refusal.Code != CodeStopping {
			t.Fatalf("answered after the end: %v", err)
		}
		return errors.Is(err, ErrUnanswered)
	})
}

// A slow request does not hold all others of its verb back.
func TestRequestsAtOnce(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	began, release := make(chan struct{}), make(chan struct{})
	_, err := c.Serve(t.Context(), "indexer", map[string]Handler{
		"show": func(_ context.Context, request []byte) ([]byte, error) {
			if string(request) == `"slow"` {
				close(began)
				<-release
			}
			return request, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(what string) <-chan error {
		answered := make(chan error, 1)
		go func() { answered <- c.Request(t.Context(), "show", what, nil) }()
		return answered
	}
	slow := ask("slow")
	receive(t, began)
	// The broker chooses the lane of each, so one of many is in another.
	const many = 40
	quick := make(chan error, many)
	for range many {
		go func() { quick <- <-ask("quick") }()
	}
	if err := receive(t, quick); err != nil {
		t.Error(err)
	}
	close(release)
	for range many - 1 {
		if err := receive(t, quick); err != nil {
			t.Error(err)
		}
	}
	if err := receive(t, slow); err != nil {
		t.Error(err)
	}
}
