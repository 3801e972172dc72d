package quote

import "github.com/copydesk/copydesk/pkg/prose"

// sentence is a run of a block's tokens.
type sentence struct {
	block    int
	from, to int // of the story's tokens
}

// cut parts the tokens of a block into sentences.
func (s *story) cut(block, from, to int) {
	start := from
	for i := from; i < to; i++ {
		end := false
		switch t := &s.tokens[i]; t.kind {
		case stop:
			end = i+1 == to || s.tokens[i+1].kind != stop
		case quoted:
			end = i+1 < to && s.endsWith(i) && !s.goesOn(i+1, to)
		}
		if end {
			s.sentences = append(s.sentences, sentence{block, start, i + 1})
			start = i + 1
		}
	}
	if start < to {
		s.sentences = append(s.sentences, sentence{block, start, to})
	}
}

// endsWith says whether a quotation closes like a sentence.
func (s *story) endsWith(i int) bool {
	q := &s.spans[s.tokens[i].span]
	switch prose.LastRune(s.blocks[q.block][:q.to]) {
	case '.', '!', '?', '…', '。', '！', '？', '؟':
		return true
	}
	return false
}

// goesOn says whether a sentence goes on behind a quotation: by what is no
// beginning of another, or by a verb of saying: "Why?" Doe asked.
func (s *story) goesOn(i, to int) bool {
	t := &s.tokens[i]
	switch {
	case t.kind == comma, t.kind == stop, t.kind == semicolon, t.kind == dash:
		return true
	case t.kind != word:
		return false
	case !t.upper:
		return true
	}
	for n := 0; i < to && n < 8; i, n = i+1, n+1 {
		t := &s.tokens[i]
		if t.kind != word || t.is(preposition|conjunction|who) {
			break
		}
		if t.is(verb|weakVerb) && !t.upper {
			next := i + 1
			return next == to || s.tokens[next].kind != word || s.tokens[next].is(preposition|adverb|calendar)
		}
	}
	return false
}
