package when

import "testing"

func TestSaid(t *testing.T) {
	tests := []struct {
		before             string
		changed, published bool
	}{
		{"Last updated:", true, false},
		{"Published ", false, true},
		{"Published 3 May 2024 | Updated ", true, false},
		{"Zuletzt aktualisiert am 3. Mai, veröffentlicht ", false, true},
		{"The ferry sails on ", false, false},
		{"", false, false},
	}
	for _, tt := range tests {
		if got := SaysChanged(tt.before); got != tt.changed {
			t.Errorf("SaysChanged(%q) = %v", tt.before, got)
		}
		if got := SaysPublished(tt.before); got != tt.published {
			t.Errorf("SaysPublished(%q) = %v", tt.before, got)
		}
	}
}

func TestCutLead(t *testing.T) {
	tests := []struct{ line, want string }{
		{"By Ada Quill Published on", "By Ada Quill"},
		{"By Ada Quill Posted on", "By Ada Quill"},
		{"By Ada Quill | Monday", "By Ada Quill"},
		{"By Ada Quill - Last updated Monday", "By Ada Quill"},
		{"By Ada Quill", "By Ada Quill"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := CutLead(tt.line); got != tt.want {
			t.Errorf("CutLead(%q) = %q, want %q", tt.line, got, tt.want)
		}
	}
}
