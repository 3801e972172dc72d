package quote

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// mostLate is how many quotations in headings are explained.
const mostLate = 30

// explain finds the speakers of quotations in headings: those of the
// quotation in the text that has the same words, or of the person named in the
// heading.
func (s *story) explain(late []int) {
	for _, at := range late {
		q := &s.spans[at]
		text := strings.ToLower(strings.Trim(s.blocks[q.block][q.from:q.to], " .,!?…"))
		for i := range s.spans {
			o := &s.spans[i]
			if i != at && s.kinds[o.block] != news.Subhead && o.to-o.from >= len(text) && strings.Contains(strings.ToLower(s.blocks[o.block][o.from:o.to]), text) {
				s.speakers[at] = s.speakers[i]
				s.speakers[at].rule = ByRepeat
			}
		}
		if s.speakers[at].source >= 0 {
			continue
		}
		for i := range s.spans {
			if s.spans[i].block > q.block && s.kinds[s.spans[i].block] != news.Subhead {
				s.speakers[at].source, s.speakers[at].rule = s.speakers[i].source, ByRepeat
				break
			}
		}
	}
}
