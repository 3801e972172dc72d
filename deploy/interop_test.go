//go:build interop

package deploy_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The programs of docs/subscribe in other languages, with the real clients,
// which "make interop" finds in INTEROP_PYTHON, an interpreter that has nats-py,
// and INTEROP_NODE_MODULES, a folder that has @nats-io.

func TestSubscriberInPython(t *testing.T) {
	python := os.Getenv("INTEROP_PYTHON")
	if err := exec.Command(python, "-c", "import nats").Run(); err != nil {
		missing(t, "INTEROP_PYTHON=%q has no nats-py: pip install -r docs/subscribe/python/requirements.txt (%v)", python, err)
	}
	keepsEveryArticle(t, program{[]string{python, "../docs/subscribe/python/subscriber.py"}, keptInSQLite})
}

func TestSubscriberInJavaScript(t *testing.T) {
	modules := os.Getenv("INTEROP_NODE_MODULES")
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "node is not installed")
	}
	if _, err := os.Stat(filepath.Join(modules, "@nats-io", "jetstream")); err != nil {
		missing(t, "INTEROP_NODE_MODULES=%q has no client: npm install in a copy of docs/subscribe/javascript (%v)", modules, err)
	}
	// Node looks for modules beside the program.
	folder := t.TempDir()
	for _, name := range []string{"package.json", "subscriber.js"} {
		text, err := os.ReadFile(filepath.Join("../docs/subscribe/javascript", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(modules, filepath.Join(folder, "node_modules")); err != nil {
		t.Fatal(err)
	}
	keepsEveryArticle(t, program{[]string{node, filepath.Join(folder, "subscriber.js")}, keptInFolder})
}

// missing skips what this machine cannot do; in CI it can.
func missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

func keptInFolder(t *testing.T, path string) map[string]subscribed {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(path, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]subscribed{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var k struct {
			StoryID                string
			FetchedAt, Sequence    int
			WithdrawnAt, Withdrawn int
			Article                *struct{ ID, Headline, ArticleBody string }
		}
		if err := json.Unmarshal(text, &k); err != nil {
			t.Fatal(err)
		}
		if k.Article != nil {
			kept[k.StoryID] = subscribed{k.Article.ID, k.Article.Headline, len(k.Article.ArticleBody), k.WithdrawnAt > k.FetchedAt || k.WithdrawnAt == k.FetchedAt && k.Withdrawn > k.Sequence}
		}
	}
	return kept
}
