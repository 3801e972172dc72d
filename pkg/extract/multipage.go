package extract

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// partNumber is the number of a part at the end of a story's address: "?page=2",
// "/2", "/page/2", "-2.html", ",2".
var partNumber = regexp.MustCompile(`^(.+?)(?:[?&](?:page|p|pg|seite|pagina|pag|part)=|[/,_-](?:(?:page|seite|pagina|part|p)[/,_-]?)?)(\d{1,2})(\.\w{2,5})?/?$`)

// warnParts says that the story is printed on several pages, as the numbers tell
// that lead to its other parts. They are not read.
func (s *story) warnParts() {
	whole := wholeAddress(s.base)
	series, number, _ := cutPart(s.base)
	this, last := 1, 0
	for _, a := range s.anchors {
		n, err := strconv.Atoi(a.text)
		if err != nil || len(a.text) > 2 || (s.els[a.el].own|s.els[a.el].around)&(hintComments|hintRelated|hintGallery) != 0 {
			continue
		}
		to, part, ok := cutPart(s.absolute(a.href))
		switch {
		case !ok || part != n:
		case to == whole:
			last = max(last, n)
		case to == series:
			this, last = number, max(last, n, number)
		}
	}
	if last > 1 && strings.Count(whole, "/") > 2 {
		s.warn(fmt.Sprintf("part %d of %d of the story; the others are not read", this, last))
	}
}

// cutPart cuts the number of a part off an address.
func cutPart(address string) (whole string, part int, ok bool) {
	m := partNumber.FindStringSubmatch(address)
	if m == nil {
		return wholeAddress(address), 1, false
	}
	part, err := strconv.Atoi(m[2])
	return wholeAddress(m[1] + m[3]), part, err == nil && part > 0
}

// wholeAddress is an address without what may or may not close it.
func wholeAddress(address string) string { return strings.TrimSuffix(address, "/") }
