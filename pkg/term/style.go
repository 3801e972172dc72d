package term

import (
	"io"
	"os"

	"golang.org/x/term"
)

// plainWidth is the width of output that is no terminal: nothing is cut.
const plainWidth = 0

// Out is where a command writes for people.
type Out struct {
	io.Writer
	// Colour says that the writer is a terminal that shows colours.
	Colour bool
	// Width is the terminal's in columns, 0 where nothing is to be cut.
	Width int
}

// New looks at w: a terminal has a width, and colours unless NO_COLOR is set
// (no-color.org) or TERM is "dumb".
func New(w io.Writer) *Out {
	out := &Out{Writer: w, Width: plainWidth}
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return out
	}
	out.Colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(int(file.Fd())); err == nil {
		out.Width = width
	}
	return out
}

// IsTerminal says whether somebody watches.
func (o *Out) IsTerminal() bool { return o.Width != plainWidth }

func (o *Out) paint(code, text string) string {
	if !o.Colour || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Bold is for what the eye should find first.
func (o *Out) Bold(text string) string { return o.paint("1", text) }

// Dim is for what may be passed over.
func (o *Out) Dim(text string) string { return o.paint("2", text) }

// Good is for what went well.
func (o *Out) Good(text string) string { return o.paint("32", text) }

// Warn is for what deserves a look.
func (o *Out) Warn(text string) string { return o.paint("33", text) }

// Bad is for what went wrong.
func (o *Out) Bad(text string) string { return o.paint("31", text) }

// Accent is for names that can be used in the next command.
func (o *Out) Accent(text string) string { return o.paint("36", text) }
