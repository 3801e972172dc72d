package config

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

// file is the YAML file as a source of flag values.
type file struct {
	settings map[string]any
}

var _ kong.Resolver = (*file)(nil)

// readFile reads the file that --config names in args, else the one at path;
// an empty name is no file. Every key must be a setting.
func readFile(path string, args []string) (map[string]any, error) {
	if named := configArg(args); named != "" {
		path = named
	}
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	var sections map[string]any
	if err := yaml.Unmarshal(text, &sections); err != nil {
		return nil, fmt.Errorf("configuration file %s: %w", path, err)
	}
	settings := map[string]any{}
	flatten(settings, "", sections)
	known, err := knownSettings()
	if err != nil {
		return nil, err
	}
	for name := range settings {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("configuration file %s: there is no setting %q", path, name)
		}
	}
	return settings, nil
}

// configArg finds --config among the arguments; the file must be read before
// the grammar can be filled.
func configArg(args []string) string {
	for i, a := range args {
		if a == "--" {
			break
		}
		if value, ok := strings.CutPrefix(a, "--config="); ok {
			return value
		}
		if a == "--config" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// flatten writes nested sections as flag names: fetch: {workers: 4} is
// "fetch-workers".
func flatten(into map[string]any, prefix string, sections map[string]any) {
	for key, value := range sections {
		name := prefix + key
		if inner, ok := value.(map[string]any); ok && name != "fetch-hosts" {
			flatten(into, name+"-", inner)
			continue
		}
		into[name] = value
	}
}

func knownSettings() ([]string, error) {
	parser, err := kong.New(&Settings{}, kong.Vars{"data": "", "version": "", "http": ""})
	if err != nil {
		return nil, err
	}
	var names []string
	for _, flag := range parser.Model.Flags {
		names = append(names, flag.Name)
		names = append(names, flag.Aliases...)
	}
	return names, nil
}

// Validate has nothing to check: [readFile] did.
func (f *file) Validate(*kong.Application) error { return nil }

// Resolve gives the file's value of a flag, nil where a variable is set, which
// beats the file.
func (f *file) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, env := range flag.Envs {
		if _, set := os.LookupEnv(env); set {
			return nil, nil
		}
	}
	for _, name := range append([]string{flag.Name}, flag.Aliases...) {
		if value, ok := f.settings[name]; ok {
			return fmt.Sprint(value), nil
		}
	}
	return nil, nil
}
