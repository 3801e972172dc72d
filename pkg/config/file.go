package config

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

// file is the YAML file as a source of flag values.
type file struct {
	path     string
	settings map[string]any
}

var _ kong.Resolver = (*file)(nil)

// read reads the file that --config names in args, else the one at path; an
// empty name is no file. Every key must be a setting with a value.
func (f *file) read(path string, args []string) error {
	if named := configArg(args); named != "" {
		path = named
	}
	if path == "" {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("configuration file: %w", err)
	}
	var sections map[string]any
	if err := yaml.Unmarshal(text, &sections); err != nil {
		return fmt.Errorf("configuration file %s: %w", path, err)
	}
	settings := map[string]any{}
	flatten(settings, "", sections)
	known, err := knownSettings()
	if err != nil {
		return err
	}
	for name, value := range settings {
		if !slices.Contains(known, name) {
			return fmt.Errorf("configuration file %s: there is no setting %q", path, name)
		}
		if settings[name], err = plain(name, value); err != nil {
			return fmt.Errorf("configuration file %s: %s: %w", path, name, err)
		}
	}
	f.path, f.settings = path, settings
	return nil
}

// hosts is the one setting whose value is itself a mapping.
const hosts = "fetch-hosts"

// plain is a value of the file as a flag would have it: a text, or the mapping
// of hosts.
func plain(name string, value any) (any, error) {
	switch value := value.(type) {
	case map[string]any:
		for host, address := range value {
			if _, ok := address.(string); !ok {
				return nil, fmt.Errorf("%s: %v: write the address in quotes", host, address)
			}
		}
		return value, nil
	case string:
		return value, nil
	case int, uint64, bool:
		return fmt.Sprint(value), nil
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64), nil
	}
	return nil, fmt.Errorf("%v: write one value, in quotes if it is a text", value)
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
		if inner, ok := value.(map[string]any); ok && name != hosts {
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

// Validate has nothing to check: read did.
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
			return value, nil
		}
	}
	return nil, nil
}

// origin says where the value of a setting stands: the variable or the file,
// empty for a flag or a default.
func (f *file) origin(ctx *kong.Context, setting string) string {
	for _, passed := range ctx.Path {
		if passed.Flag != nil && passed.Flag.Name == setting && !passed.Resolved {
			return ""
		}
	}
	for _, flag := range ctx.Flags() {
		if flag.Name != setting {
			continue
		}
		for _, env := range flag.Envs {
			if _, set := os.LookupEnv(env); set {
				return env
			}
		}
		for _, name := range append([]string{flag.Name}, flag.Aliases...) {
			if _, ok := f.settings[name]; ok {
				return f.path + ": " + name
			}
		}
	}
	return ""
}
