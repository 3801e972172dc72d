// Command gen writes the JSON Schema of every message type into the folder
// that is its argument. Run it from the project's root: doc comments become
// descriptions, and they are read from the sources.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/invopop/jsonschema"

	"github.com/copydesk/copydesk/docs/schema"
	"github.com/copydesk/copydesk/pkg/news"
)

// messages names the type behind every schema.
var messages = map[string]any{
	news.FetchSchema:     news.FetchJob{},
	news.PageSchema:      news.Page{},
	news.ArticleSchema:   news.Article{},
	news.EventSchema:     news.Event{},
	news.DeadSchema:      news.DeadLetter{},
	news.WithdrawnSchema: news.Withdrawn{},
	news.RevisitSchema:   news.Revisit{},
	news.RecordSchema:    news.Record{},
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func write(folder string) error {
	values, err := valuesIn(filepath.Join("pkg", "news"))
	if err != nil {
		return err
	}
	reflector := &jsonschema.Reflector{
		Mapper: values.schema,
		// Changes inside a version only add: readers must take what is new.
		AllowAdditionalProperties: true,
		Anonymous:                 true,
	}
	if err := reflector.AddGoComments("github.com/copydesk/copydesk", "./pkg/news"); err != nil {
		return fmt.Errorf("read doc comments: %w", err)
	}
	for name, message := range messages {
		s := reflector.Reflect(message)
		s.Title = name
		text, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return fmt.Errorf("schema %s: %w", name, err)
		}
		path := filepath.Join(folder, schema.File(name)+".schema.json")
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			return err
		}
	}
	return nil
}
