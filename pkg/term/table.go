package term

import (
	"fmt"
	"regexp"
	"strings"

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
			widths[i] = max(widths[i], width(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if i == len(row)-1 {
				line.WriteString(o.cut(cell, width(line.String())))
				break
			}
			line.WriteString(cell + strings.Repeat(" ", widths[i]-width(cell)) + gap)
		}
		fmt.Fprintln(o, strings.TrimRight(line.String(), " "))
	}
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

func width(s string) int { return runewidth.StringWidth(Plain(s)) }

// cut shortens text that would pass the terminal's edge when it begins at
// column from.
func (o *Out) cut(text string, from int) string {
	room := o.Width - from
	if !o.IsTerminal() || width(text) <= room || room < 4 {
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
		if line != indent && width(line)+1+width(word) > columns {
			fmt.Fprintln(o, line)
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	if line != indent {
		fmt.Fprintln(o, line)
	}
}

// Plain is text without its colours.
func Plain(text string) string { return colours.ReplaceAllString(text, "") }
