package service

import (
	"io"
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

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
