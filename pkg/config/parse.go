package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"
)

// Program is what a command line is parsed for.
type Program struct {
	Name        string
	Description string
	// Version is shown in the User-Agent.
	Version string
	// HTTP is the default address of the health listener.
	HTTP string
	// Stdout and Stderr take help and usage.
	Stdout, Stderr io.Writer
}

// ErrUsage marks a command line, variable or file that cannot be right.
var ErrUsage = errors.New("see --help")

// ErrHelp is returned after help was shown; nothing is left to do.
var ErrHelp = errors.New("help was shown")

// Parse fills grammar, a pointer to a kong grammar that embeds sections, from
// defaults, the YAML file, variables and args. An error names the setting, the
// value and where it stands.
func (p Program) Parse(grammar any, args []string) (*kong.Context, error) {
	file := &file{}
	helped := false
	parser, err := kong.New(grammar,
		kong.Name(p.Name),
		kong.Description(p.Description),
		kong.Vars{"data": DefaultData(), "version": p.Version, "http": p.HTTP},
		kong.DefaultEnvars("COPYDESK"),
		kong.Resolvers(file),
		kong.Bind(file),
		kong.Writers(p.Stdout, p.Stderr),
		kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true, WrapUpperBound: 100}),
		kong.ShortUsageOnError(),
		kong.ExplicitGroups(groups),
	)
	if err != nil {
		return nil, fmt.Errorf("grammar of %s: %w", p.Name, err)
	}
	if err := file.read(os.Getenv("COPYDESK_CONFIG"), args); err != nil {
		return nil, fmt.Errorf("%w: %w", err, ErrUsage)
	}
	ctx, err := parser.Parse(args)
	if helped {
		return nil, ErrHelp
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", file.named(err), ErrUsage)
	}
	return ctx, nil
}

// named says of a value that a section refused where it stands.
func (f *file) named(err error) error {
	var (
		refused *ValueError
		parsing *kong.ParseError
	)
	if !errors.As(err, &refused) || !errors.As(err, &parsing) {
		return err
	}
	refused.From = f.origin(parsing.Context, refused.Setting)
	return refused
}

// groups orders commands and settings in the help.
var groups = []kong.Group{
	{Key: "run", Title: "Run a desk"},
	{Key: "pages", Title: "Bring pages"},
	{Key: "archive", Title: "Extract the past again"},
	{Key: "articles", Title: "Find articles"},
	{Key: "desk", Title: "Look after the desk"},
	{Key: "Common", Title: "Common"},
	{Key: "NATS", Title: "NATS"},
	{Key: "Fetching", Title: "Fetching"},
	{Key: "Extraction", Title: "Extraction"},
	{Key: "Indexing", Title: "Indexing"},
	{Key: "Archive", Title: "Archive"},
	{Key: "Streams", Title: "Streams"},
	{Key: "Health", Title: "Health"},
}

// DefaultState is where a command keeps how far it is: copydesk in the XDG state
// folder.
func DefaultState() string {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "copydesk")
	}
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".local", "state", "copydesk")
	}
	return "copydesk-state"
}

// DefaultData is the data folder where none is set: $COPYDESK_DATA is read by
// the flag itself, this is copydesk in the XDG data folder.
func DefaultData() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "copydesk")
	}
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".local", "share", "copydesk")
	}
	return "copydesk-data"
}
