package service

import (
	"bytes"
	"io"
	stdlog "log"
	"os"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/term"

	"github.com/copydesk/copydesk/pkg/config"
)

// NewLogger makes the process's logger: lines for people on a terminal, JSON
// elsewhere, unless the settings say which.
func NewLogger(settings config.Log, to io.Writer) zerolog.Logger {
	level, err := zerolog.ParseLevel(settings.Level)
	if err != nil {
		level = zerolog.InfoLevel
	}
	if settings.Format == "console" || settings.Format == "auto" && isTerminal(to) {
		to = zerolog.ConsoleWriter{Out: to, TimeFormat: time.TimeOnly, NoColor: os.Getenv("NO_COLOR") != "" || !isTerminal(to)}
	}
	return zerolog.New(to).Level(level).With().Timestamp().Logger()
}

// mostForeign is how much of a line is kept that a library writes, in bytes:
// net/http quotes 4 kB of an answer that nobody asked for.
const mostForeign = 200

// foreign takes the lines that libraries write to Go's own logger.
type foreign struct{ log zerolog.Logger }

func (f foreign) Write(line []byte) (int, error) {
	text := bytes.ToValidUTF8(bytes.TrimSpace(line[:min(len(line), mostForeign)]), nil)
	f.log.Warn().Bytes("line", text).Msg("a library says")
	return len(line), nil
}

// Adopt sends what libraries write to Go's own logger, of which a process has
// one, to log.
func Adopt(log zerolog.Logger) {
	stdlog.SetFlags(0)
	stdlog.SetOutput(foreign{log})
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
