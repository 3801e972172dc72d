package news

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestValidators(t *testing.T) {
	const second, next = "Sun, 01 Mar 2026 12:00:00 GMT", "Sun, 01 Mar 2026 12:00:01 GMT"
	field := func(pairs ...string) (fields []HeaderField) {
		for i := 0; i < len(pairs); i += 2 {
			fields = append(fields, HeaderField{Name: pairs[i], Value: pairs[i+1]})
		}
		return fields
	}
	tests := []struct {
		name string
		page Page
		want Validators
	}{
		{"all", Page{Digest: "d", ResponseHeader: field("ETag", `"a"`, "Last-Modified", second, "Date", next)}, Validators{ETag: `"a"`, LastModified: second, Digest: "d"}},
		{"none", Page{Digest: "d"}, Validators{Digest: "d"}},
		{"cut", Page{Digest: "d", Truncated: true, ResponseHeader: field("ETag", `"a"`)}, Validators{ETag: `"a"`}},
		{"may have changed again in that second", Page{ResponseHeader: field("Last-Modified", second, "Date", second)}, Validators{}},
		{"a clock that is behind", Page{ResponseHeader: field("Last-Modified", next, "Date", second)}, Validators{LastModified: next}},
		{"no date of any kind", Page{ResponseHeader: field("Last-Modified", "yesterday")}, Validators{LastModified: "yesterday"}},
		{"no field to send back", Page{ResponseHeader: field("ETag", "\"\x01\"")}, Validators{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.page.Validators()); diff != "" {
				t.Errorf("(-want +got): %s", diff)
			}
		})
	}
}
