package agency

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// TestWorld says that the table is what its head says, and large enough.
func TestWorld(t *testing.T) {
	const least = 120
	texts := 0
	named := make(map[string]string)
	for _, a := range world {
		if !a.PhotoOnly {
			texts++
		}
		if a.Name == "" || a.FullName == "" {
			t.Errorf("a line without a name: %+v", a)
		}
		own := make(map[string]bool)
		for _, name := range append([]string{a.Name, a.FullName}, a.aliases...) {
			f := fold(name)
			if other := named[f]; other != "" && other != a.Name {
				t.Errorf("%q names both %s and %s", name, other, a.Name)
			}
			if f == "" || own[f] && name != a.FullName {
				t.Errorf("%s: alias %q is empty or said twice", a.Name, name)
			}
			named[f], own[f] = a.Name, true
		}
		if r, err := language.ParseRegion(a.Country); a.Country != "" && (err != nil || !r.IsCountry() || r.String() != a.Country) {
			t.Errorf("%s: %q is no country", a.Name, a.Country)
		}
		if u, err := url.Parse(a.Home); a.Home != "" && (err != nil || u.Scheme != "https" || !strings.Contains(u.Host, ".") || u.Path != "") {
			t.Errorf("%s: home page %q", a.Name, a.Home)
		}
		if a.Country == "" && a.Name != "Pool" {
			t.Errorf("%s is of no country", a.Name)
		}
	}
	if texts < least {
		t.Errorf("%d agencies that supply text, want %d", texts, least)
	}
}

// TestNoWordIsAName says that no ordinary word is taken for an agency.
func TestNoWordIsAName(t *testing.T) {
	for word := range ordinary {
		for _, form := range []string{word, strings.ToUpper(word), strings.ToUpper(word[:1]) + word[1:]} {
			if a, ok := (Table{}).Find(form); ok && form != a.Name {
				t.Errorf("%q is taken for %s", form, a.Name)
			}
		}
	}
}

func TestOfHost(t *testing.T) {
	tests := []struct{ host, want string }{
		{"www.dpa.com", "dpa"},
		{"de.yna.co.kr", "Yonhap"},
		{"www.harbour.example", ""},
		{"notdpa.com", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got, _ := (Table{}).OfHost(tt.host); got.Name != tt.want {
			t.Errorf("OfHost(%q): got %q, want %q", tt.host, got.Name, tt.want)
		}
	}
}
