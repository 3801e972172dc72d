package otherbuild

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/version"
)

// The test's own program is the other build: it dies of what says so.
func TestMain(m *testing.M) {
	switch strings.Join(os.Args[1:], " ") {
	case "version --json":
		if err := json.NewEncoder(os.Stdout).Encode(Myself()); err != nil {
			os.Exit(1)
		}
	case Command:
		if err := Serve(mortal{os.Stdin}, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	default:
		os.Exit(m.Run())
	}
}

// mortal dies of a page whose address says so.
type mortal struct{ *os.File }

func (m mortal) Read(p []byte) (int, error) {
	n, err := m.File.Read(p)
	if strings.Contains(string(p[:n]), "/deadly") {
		panic("the page is deadly")
	}
	return n, err
}

func myBuild(t *testing.T) *Build {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b, err := Look(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func story(name string) *news.Page {
	url := "https://harbour.example/2026/" + name
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	var body strings.Builder
	fmt.Fprintf(&body, "<html lang=en><title>Boat %s is late</title><main><article><h1>Boat %s is late</h1><p class=by>By Ada Finch", name, name)
	for i := range 6 {
		fmt.Fprintf(&body, "<p>Boat %s was seen off the north mole at low tide, said the harbour master, and paragraph %d of the log says that nobody on the quay was surprised by it.", name, i)
	}
	if name == "empty" {
		body.Reset()
		body.WriteString("<html>")
	}
	digest, visit := news.Digest([]byte(body.String())), news.VisitID(url, at)
	return &news.Page{
		Schema: news.PageSchema, VisitID: visit, CaptureID: news.CaptureID(visit, digest), RequestedURL: url, URL: url,
		Site: "harbour.example", Status: 200, ContentType: "text/html; charset=utf-8", FetchedAt: at,
		Digest: digest, Length: body.Len(), Body: []byte(body.String()), Origin: news.OriginFetch,
	}
}

// A child makes what this process would; what it dies of is dead, and costs no
// other page.
func TestAnotherBuildExtracts(t *testing.T) {
	b := myBuild(t)
	if b.Version != version.Version || b.Digest == "" || b.Digest != version.Build() {
		t.Errorf("it is %+v", b)
	}
	rules := []byte("schema: siterules/1\nrules:\n  - {site: harbour.example, since: 2020-01-01, headline: p.by}\n")
	set, err := siterules.Parse("rules", rules)
	if err != nil {
		t.Fatal(err)
	}
	w, err := b.NewWorker(t.Context(), Opening{PageLimit: 1 << 20, Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, name := range []string{"anna", "deadly", "berta", "empty", "clara"} {
		page := story(name)
		got, err := w.Extract(t.Context(), page)
		if err != nil {
			t.Fatal(err)
		}
		if name == "deadly" {
			if got.Outcome != news.Dead || got.Reason != news.Poison || !strings.Contains(got.Detail, "the page is deadly") {
				t.Errorf("%s: %+v", name, got)
			}
			continue
		}
		want, err := stage.Extract(page, 1<<20, set)
		if name == "empty" {
			if fault := news.FaultOf(err); got.Outcome != news.Skipped || got.Article != nil || fault == nil || got.Reason != fault.Reason {
				t.Errorf("%s: %+v, want %v", name, got, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		wantText, errWant := json.Marshal(want)
		gotText, errGot := json.Marshal(got.Article)
		if diff := cmp.Diff(string(wantText), string(gotText)); diff != "" || errWant != nil || errGot != nil {
			t.Errorf("%s, %v, %v (-here +there):\n%s", name, errWant, errGot, diff)
		}
	}
}

// What cannot work is an error at the begin.
func TestOtherProgramsAreRefused(t *testing.T) {
	b := myBuild(t)
	if _, err := b.NewWorker(t.Context(), Opening{PageLimit: 1 << 20, Rules: []byte("schema: siterules/9")}); err == nil || !strings.Contains(err.Error(), "siterules/9") {
		t.Errorf("rules that it cannot read: %v", err)
	}
	if runtime.GOOS == "windows" {
		t.Skip("the programs of this test are shell scripts")
	}
	for said, want := range map[string]string{
		`echo Hello.`: "is no copydesk", `exit 3`: "is no copydesk", `echo '{}'`: "is no copydesk",
		`echo '{"version":"0.0.9"}'`:                         "cannot be given pages",
		`echo '{"version":"9.0.0","protocols":["pages/9"]}'`: "is copydesk 9.0.0, which cannot be given pages",
	} {
		path := filepath.Join(t.TempDir(), "program")
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+said+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := Look(t.Context(), path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", said, err, want)
		}
	}
}

// Who has said who it is has, also where another holds the pipe by which it did.
func TestWhatIsSaidCounts(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the program of this test is a shell script")
	}
	path := filepath.Join(t.TempDir(), "program")
	said := fmt.Sprintf("sleep 30 &\necho '{\"version\":\"9.0.0\",\"protocols\":[%q]}'\n", Protocol)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+said), 0o700); err != nil {
		t.Fatal(err)
	}
	if b, err := Look(t.Context(), path); err != nil || b.Version != "9.0.0" {
		t.Errorf("it is %+v, %v", b, err)
	}
}

// A child sees no variable that says where a desk is.
func TestChildrenKnowNoDesk(t *testing.T) {
	t.Setenv("COPYDESK_NATS_PASSWORD", "hidden")
	t.Setenv("NATS_URL", "nats://hidden")
	cmd := command(t.Context(), "program")
	if len(cmd.Env) == 0 || strings.Contains(strings.Join(cmd.Env, "\n"), "hidden") {
		t.Errorf("it is given %q", cmd.Env)
	}
}
