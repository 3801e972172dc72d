package storycredit

import (
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/byline"
)

// FuzzLines says that what is left of a paragraph without its desk line is the
// head of it, and that a dateline stands at the head of its text.
func FuzzLines(f *testing.F) {
	for _, line := range [...]string{"Das Rathaus ist leer. (ab/dpa)", "EASTMOOR, May 4 (AFP) - The council voted.", "© 2024 AFP", "新华社杭州5月3日电（记者顾念）大桥关闭。", "(서울=연합뉴스) 다리", "/ , (", "Quelle: Outlet, ab/dpa"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		rest, _, _, _ := Reader{}.CutDeskLine(line, func(string) bool { return true })
		if flat := strings.ReplaceAll(line, "\n", " "); !strings.HasPrefix(strings.TrimSpace(flat), strings.TrimSpace(strings.ReplaceAll(rest, "\n", " "))) {
			t.Errorf("%q is left", rest)
		}
		if d, ok := (Reader{}).Dateline(Story{Language: "de", Text: line, Outlet: new(byline.Outlet)}, line, false); ok && !strings.Contains(line, d.Raw) {
			t.Errorf("the dateline is %q", d.Raw)
		}
		Reader{}.ClosingLine(line)
		Reader{}.AgenciesIn(line)
		Reader{}.PlaceLine(line)
		Reader{}.ClearDateline(line)
		Reader{}.ApartDateline(line)
		Reader{}.ReadSourcedDeskLine(line)
		d, _ := Reader{}.ReadDeskLine(line)
		Reader{}.People(d)
	})
}
