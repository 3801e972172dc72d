package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func csvOf(t *testing.T, guard bool, lines ...[]byte) [][]string {
	t.Helper()
	var out bytes.Buffer
	w, err := NewCSV(&out, Articles, guard)
	if err != nil {
		t.Fatal(err)
	}
	writeAll(t, w, lines...)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Every cell is the field of the record: a text as it is, all else in JSON.
func TestCSV(t *testing.T) {
	lines := [][]byte{sample(t, 1), sample(t, 3)}
	rows := csvOf(t, false, lines...)
	if diff := cmp.Diff(Articles.Columns(), rows[0]); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	for i, line := range lines {
		var record map[string]json.RawMessage
		if err := json.Unmarshal(line, &record); err != nil {
			t.Fatal(err)
		}
		for j, name := range rows[0] {
			want := string(record[name])
			var text string
			if json.Unmarshal(record[name], &text) == nil {
				want = text
			}
			if got := rows[i+1][j]; got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
			delete(record, name)
		}
		if len(record) > 0 {
			t.Errorf("without a column: %v", record)
		}
	}
}

// What a spreadsheet would run is exact unless that is not wanted.
func TestCSVForSpreadsheets(t *testing.T) {
	for headline, guarded := range map[string]string{
		"=1+1": "'=1+1", "+++ Ferry sinks +++": "'+++ Ferry sinks +++", "-5 degrees": "'-5 degrees", "@desk": "'@desk", "\tTab": "'\tTab",
		"Ferry = late": "Ferry = late", "": "",
	} {
		line := lineOf(t, map[string]any{"row": -1, "headline": headline, "keywords": []string{"=1"}})
		for guard, want := range map[bool]string{false: headline, true: guarded} {
			rows := csvOf(t, guard, line)
			cells := map[string]string{}
			for i, name := range rows[0] {
				cells[name] = rows[1][i]
			}
			if cells["headline"] != want || cells["row"] != "-1" || cells["keywords"] != `["=1"]` {
				t.Errorf("guard %v: %q %q %q, want %q", guard, cells["row"], cells["headline"], cells["keywords"], want)
			}
		}
	}
}
