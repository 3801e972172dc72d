package health

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

func TestReadyzSaysWhy(t *testing.T) {
	var broken atomic.Bool
	server := httptest.NewServer(handler([]Check{
		{"broker", func() error {
			if broken.Load() {
				return errors.New("no connection to the broker: waiting")
			}
			return nil
		}},
		{"rows", func() error { return nil }},
	}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "pages 7") })))
	defer server.Close()
	get := func(path string) (int, string) {
		t.Helper()
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(body)
	}
	if status, _ := get("/readyz"); status != http.StatusOK {
		t.Errorf("ready: %d", status)
	}
	broken.Store(true)
	if status, body := get("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "waiting") {
		t.Errorf("not ready: %d %s", status, body)
	}
	if status, body := get("/metrics"); status != http.StatusOK || body != "pages 7" {
		t.Errorf("metrics: %d %s", status, body)
	}
	if status, _ := get("/healthz"); status != http.StatusOK {
		t.Errorf("alive: %d", status)
	}
}

func TestTakenPortIsNamed(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	if _, err := Serve(t.Context(), address, nil, http.NotFoundHandler()); err == nil || !strings.Contains(err.Error(), "--http-listen") {
		t.Errorf("got %v, want an error with the remedy", err)
	}
}
