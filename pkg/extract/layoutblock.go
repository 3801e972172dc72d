package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

func (w *outliner) write(s string) {
	if left := mostText - w.read; len(s) > left {
		s = strings.ToValidUTF8(s[:left], "")
		w.cut = true
	}
	w.read += len(s)
	if w.inPre > 0 {
		w.buf = append(w.buf, s...)
		return
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' {
			w.space = true
			w.newline = w.newline || c == '\n'
			continue
		}
		// NO-BREAK SPACE, ZERO WIDTH SPACE, BYTE ORDER MARK, SOFT HYPHEN
		if c >= 0xc2 {
			if n := prose.WideSpace(s[i:]); n > 0 {
				w.space = true
				if (w.newline || w.breaks == 1) && w.indents(s[i:]) {
					w.breaks = 2
				}
				i += n - 1
				continue
			}
			if n := prose.Invisible(s[i:]); n > 0 {
				i += n - 1
				continue
			}
		}
		if w.space || w.breaks > 0 {
			w.gap()
		}
		// A run without white space and without bytes that need a look.
		j := i + 1
		for j < len(s) && s[j] > ' ' && s[j] != ',' && s[j] < 0xc2 {
			j++
		}
		if c == ',' {
			w.commas++
		} else if c >= 0xd8 && isComma(s[i:]) {
			w.commas++
		}
		w.buf = append(w.buf, s[i:j]...)
		n := int32(j - i)
		w.shown += n
		if w.inLink > 0 {
			w.linked += n
			w.shownLinked += n
		}
		if w.inBold > 0 {
			w.strong += n
		}
		if w.inSlant > 0 {
			w.slanted += n
		}
		i = j - 1
	}
}

// gap writes the white space that is pending before more text.
func (w *outliner) gap() {
	if len(w.buf) > 0 {
		switch {
		case w.breaks > 1, w.breaks == 1 && w.boldTurns():
			w.flush()
		case w.breaks == 1:
			w.buf = append(w.buf, '\n')
		default:
			w.buf = append(w.buf, ' ')
		}
	}
	w.space, w.breaks, w.newline = false, 0, false
}

// indents says whether the ideographic space that a line begins with begins a
// paragraph: it stands behind the end of a sentence.
func (w *outliner) indents(rest string) bool {
	if !strings.HasPrefix(rest, "\u3000") || len(w.buf) < 3 {
		return false
	}
	switch string(w.buf[len(w.buf)-3:]) {
	case "。", "」", "』", "）", "！", "？", "”":
		return true
	}
	return false
}

// boldTurns says whether a line begins in bold below lines that are not, or the
// other way round, as headings do in texts that have nothing but line breaks.
func (w *outliner) boldTurns() bool {
	allBold := int(w.strong)*100 >= len(w.buf)*78
	return allBold != (w.inBold > 0)
}

func (w *outliner) br() {
	if w.mute > 0 {
		return
	}
	if w.inPre > 0 {
		w.buf = append(w.buf, '\n')
		return
	}
	w.breaks++
}

func (w *outliner) flush() {
	w.space, w.breaks, w.newline = false, 0, false
	if len(w.buf) == 0 {
		return
	}
	text := string(w.buf)
	for _, a := range w.named {
		w.anchors[a.index].text = strings.TrimSpace(text[a.from:a.to])
	}
	w.named = w.named[:0]
	if w.inPre > 0 {
		text = strings.Trim(text, "\n ")
	}
	if text != "" && w.owner >= 0 {
		w.blocks = append(w.blocks, block{el: w.owner, text: text,
			linked: w.linked, strong: w.strong, slanted: w.slanted, commas: w.commas})
	}
	w.buf = w.buf[:0]
	w.linked, w.strong, w.slanted, w.commas = 0, 0, 0, 0
}
