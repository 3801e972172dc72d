package cli

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/stream"
)

// The commands are tested as they are used: scripts in testdata/script.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"copydesk": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			os.Exit(Run(ctx, os.Args[1:], os.Stdout, os.Stderr))
		},
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("COPYDESK_DATA", env.WorkDir+"/data")
			env.Setenv("COPYDESK_HTTP_LISTEN", "off")
			env.Setenv("COPYDESK_LOG_LEVEL", "warn")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"until": until, "status": status, "broker": broker, "site": site, "gone": gone},
	})
}

// untilTimeout is after how long a test believes that what it waits for never comes.
// It is long, for nothing is measured by it: where much else runs, with the race
// detector, a desk takes half a minute to start.
const untilTimeout = 4 * time.Minute

// until runs a command until it succeeds and its output matches the first argument,
// as stdout would have it: until PATTERN COMMAND …
func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: until pattern command...")
	}
	pattern, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	for deadline := time.Now().Add(untilTimeout); ; time.Sleep(50 * time.Millisecond) {
		err := ts.Exec(args[1], args[2:]...)
		out := ts.ReadFile("stdout")
		if err == nil && pattern.MatchString(out) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%q never said %q: %v\n%s%s", args[1:], args[0], err, out, ts.ReadFile("stderr"))
		}
	}
}

// status runs a command and wants its exit code: status CODE COMMAND …
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status code command...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if code != args[0] {
		ts.Fatalf("%q ended with %s, want %s\n%s", args[1:], code, args[0], ts.ReadFile("stderr"))
	}
}

// gone waits until a search finds nothing: gone QUERY
func gone(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: gone query")
	}
	for deadline := time.Now().Add(untilTimeout); ; time.Sleep(50 * time.Millisecond) {
		err := ts.Exec("copydesk", "search", args[0])
		if err != nil && err.Error() == "exit status 3" {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%q is still found: %v\n%s", args[0], err, ts.ReadFile("stdout"))
		}
	}
}

// broker starts an empty broker and has commands look for it: broker
func broker(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: broker")
	}
	server, err := stream.StartServer(stream.ServerOptions{Dir: ts.MkAbs("broker"), Port: -1, Log: zerolog.Nop()})
	ts.Check(err)
	ts.Defer(func() { ts.Check(server.Shutdown(context.Background())) })
	ts.Setenv("COPYDESK_NATS_URL", server.URL())
}

// site serves the files of a folder as those of a host, and at the address
// $SITE: site HOST FOLDER
func site(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: site host folder")
	}
	server := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[1]))))
	ts.Defer(server.Close)
	ts.Setenv("SITE", server.Listener.Addr().String())
	ts.Setenv("COPYDESK_FETCH_HOSTS", args[0]+"="+server.Listener.Addr().String())
}
