package byline

import "testing"

func TestOutlet(t *testing.T) {
	o := &Outlet{}
	o.Add("The Ferry Gazette")
	o.AddDomain("ferry-gazette.example")
	tests := []struct {
		text      string
		is, holds bool
	}{
		{"The Ferry Gazette", true, true},
		{"FERRY GAZETTE", true, true},
		{"ferry-gazette.example", true, true},
		{"La Gazette Ferry", true, true}, // the words of its domain
		{"The Ferry Gazette Online", false, true},
		{"The Ferry Gazette of all the Northern Isles", false, false},
		{"Ferry", false, true},
		{"Ada Quill", false, false},
		{"", false, false},
	}
	for _, tt := range tests {
		if got := o.Is(tt.text); got != tt.is {
			t.Errorf("Is(%q) = %v", tt.text, got)
		}
		if got := o.Holds(tt.text); got != tt.holds {
			t.Errorf("Holds(%q) = %v", tt.text, got)
		}
	}
}
