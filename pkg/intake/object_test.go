package intake

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzObject: of any text, the names that mean something have the values that
// encoding/json gives them.
func FuzzObject(f *testing.F) {
	for _, text := range []string{
		`{"url":"a","html":"\"}\\","status":200}`, ` { "date" : [1,{"a":"]"}] , "lang" : null,"x":{},"title":-1e3 } `,
		`{}`, `[]`, `null`, ``, `{"url":1,"url":2}`, `{"\u0075rl":"a"}`, `{"http_metadata":{"final_url":true}}`, "{\"url\":\"\xff\"}", `{"url"`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var want map[string]json.RawMessage
		wrong := json.Unmarshal(text, &want)
		got, err := readObject(text)
		if (err != nil) != (wrong != nil) {
			t.Fatalf("got the error %v, want %v", err, wrong)
		}
		if err != nil {
			return
		}
		for name := range want {
			if !meant[name] {
				delete(want, name)
			}
		}
		if diff := cmp.Diff(want, map[string]json.RawMessage(got), cmp.Transformer("text", func(m json.RawMessage) string { return string(m) })); diff != "" && len(want)+len(got) > 0 {
			t.Errorf("(-encoding/json +got):\n%s", diff)
		}
	})
}
