package quote

import "strings"

// byTurn reads who speaks in a block that says so by its layout, without a
// verb: "Jane Doe: It was late." of an interview, "— Jane Doe (@doe) May 1" below
// a post.
func (s *story) byTurn(sent sentence) (ref, int, bool) {
	from := sent.from
	signed := s.tokens[from].kind == dash
	if signed {
		from++
	}
	if sent.from != s.first[sent.block] && !signed {
		return ref{}, 0, false
	}
	end := from
	if from < sent.to {
		end = s.run(from, sent.to)
	}
	if end == from || end >= sent.to {
		return ref{}, 0, false
	}
	sign := &s.tokens[end]
	switch {
	case signed && sign.kind == open && s.isHandle(end):
		r, ok := s.phrase(from, end)
		return r, end, ok
	case !signed && sign.kind == colon && end+1 < sent.to && s.tokens[end+1].kind == word && end-from > 1:
		p := s.known(from, end)
		return ref{person: p, from: from, to: end}, end, p >= 0 && s.answers(sent, end)
	}
	return ref{}, 0, false
}

// farTurns is how many blocks away another turn is looked for.
const farTurns = 20

// answers says whether a block that begins with a name and a colon is a turn of
// a conversation: a question stands before it, or another block begins so.
func (s *story) answers(sent sentence, colonAt int) bool {
	start := s.blocks[sent.block][:s.tokens[colonAt].end]
	for k := sent.block - 1; k >= max(0, sent.block-farTurns); k-- {
		if text := strings.TrimRight(s.blocks[k], " »«“”\""); text != "" {
			if strings.HasSuffix(text, "?") {
				return true
			}
			break
		}
	}
	for k := max(0, sent.block-farTurns); k < min(len(s.blocks), sent.block+farTurns); k++ {
		if k != sent.block && strings.HasPrefix(s.blocks[k], start) {
			return true
		}
	}
	return false
}

// isHandle says whether the bracket at the token opens with the name of an
// account: "(@doe".
func (s *story) isHandle(k int) bool {
	text := s.blocks[s.tokens[k].block]
	return s.tokens[k].end < len(text) && text[s.tokens[k].end] == '@'
}
