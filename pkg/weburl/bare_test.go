package weburl

import "testing"

func TestBare(t *testing.T) {
	for url, want := range map[string]string{
		"https://www.harbour.example/ferry/?a=1#b": "harbour.example/ferry", "http://harbour.example": "harbour.example", "/ferry": "/ferry", "": "",
	} {
		if got := Bare(url); got != want {
			t.Errorf("%q: got %q, want %q", url, got, want)
		}
	}
}
