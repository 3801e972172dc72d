package term

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// gap parts the columns of a table.
const gap = "  "

// Table prints rows in columns as wide as their widest cell; on a terminal the
// last column is cut at its edge. Cells may hold colours and any script.
func (o *Out) Table(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], Width(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if i == len(row)-1 {
				line.WriteString(o.cut(cell, Width(line.String())))
				break
			}
			line.WriteString(Pad(cell, widths[i]) + gap)
		}
		fmt.Fprintln(o, strings.TrimRight(line.String(), " "))
	}
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Width is how many columns a text takes, without its colours.
func Width(s string) int { return runewidth.StringWidth(Plain(s)) }

// cut shortens text that would pass the terminal's edge when it begins at
// column from.
func (o *Out) cut(text string, from int) string {
	room := o.Width - from
	if !o.IsTerminal() || Width(text) <= room || room < 4 {
		return text
	}
	plain := Plain(text)
	short := runewidth.Truncate(plain, room, "…")
	if first := colours.FindString(text); first != "" {
		return first + short + "\x1b[0m"
	}
	return short
}

// Cut shortens text to at most columns on a terminal and elsewhere leaves it
// whole.
func (o *Out) Cut(text string, columns int) string {
	if !o.IsTerminal() {
		return text
	}
	return runewidth.Truncate(text, columns, "…")
}

// Wrap breaks text into lines of at most columns, each after indent.
func (o *Out) Wrap(text, indent string, columns int) {
	if o.IsTerminal() {
		columns = min(columns, o.Width)
	}
	line := indent
	for _, word := range strings.Fields(text) {
		space := " "
		for _, piece := range pieces(word) {
			if line == indent {
				space = ""
			}
			if line != indent && Width(line)+Width(space+piece) > columns {
				fmt.Fprintln(o, line)
				line, space = indent, ""
			}
			line += space + piece
			space = ""
		}
	}
	if line != indent {
		fmt.Fprintln(o, line)
	}
}

// pieces cuts a word where a line may break inside it: behind every wide sign,
// but before none that closes, and behind none that opens.
func pieces(word string) []string {
	var all []string
	begin, wide, opens := 0, false, false
	for i, r := range word {
		isWide := runewidth.RuneWidth(r) > 1
		if i > begin && (wide || isWide) && !opens && !unicode.In(r, unicode.Pe, unicode.Pf) && !strings.ContainsRune("、。，．：；？！・ー々", r) {
			all = append(all, word[begin:i])
			begin = i
		}
		wide, opens = isWide, unicode.In(r, unicode.Ps, unicode.Pi)
	}
	return append(all, word[begin:])
}

// Pad fills text with spaces up to so many columns. It may hold colours and any
// script.
func Pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-Width(text)))
}

// Plain is text without its colours.
func Plain(text string) string { return colours.ReplaceAllString(text, "") }
