package extract

import "strings"

const (
	// fewestQuestions is how many questions make an interview.
	fewestQuestions = 3
	// mostlyQuestions is the share, in percent, of the bold paragraphs that they
	// are in one: interviewers make remarks, too.
	mostlyQuestions = 60
)

// findQuestions says whether the story is an interview printed as such: its
// questions are paragraphs all in bold, its answers are not.
func (s *story) findQuestions() {
	questions, bold := 0, 0
	for k, i := range s.picked {
		if !s.mayAsk(k) {
			continue
		}
		bold++
		if strings.HasSuffix(strings.TrimRight(s.blocks[i].text, "\"”“»« )"), "?") {
			questions++
		}
	}
	s.interview = questions >= fewestQuestions && questions*100 >= bold*mostlyQuestions
}

// mayAsk says whether the k-th block of the story is a paragraph in bold above
// one that is not.
func (s *story) mayAsk(k int) bool {
	b := &s.blocks[s.picked[k]]
	return b.bold() && !isHeading(s.els[b.el].tag) && k+1 < len(s.picked) && !s.blocks[s.picked[k+1]].bold()
}
