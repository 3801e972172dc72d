package service_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/freeport"
	"github.com/copydesk/copydesk/pkg/stream"
)

// fleet is a broker and three services, each a process of its own.
type fleet struct {
	t    *testing.T
	dir  string
	bin  string
	port string
	env  []string
	js   jetstream.JetStream
	log  *os.File

	running map[string]*exec.Cmd
	health  map[string]string // addresses
}

// readersOf names the durable readers by which each service takes its work.
var readersOf = map[string][][2]string{
	"fetcher":   {{"FETCH", "fetch-normal"}, {"LATER", "fetch-later"}, {"LATER", "fetch-alone"}},
	"extractor": {{"RAW", "extract"}, {"LATER", "extract-later"}, {"LATER", "extract-alone"}},
	"indexer":   append([][2]string{{"ARTICLE", "index"}, {"LATER", "index-later"}, {"LATER", "index-alone"}}, archiveReaders...),
}

// archiveReaders are those of the indexer by which it takes what it archives.
var archiveReaders = [][2]string{{"RAW", "archive"}, {"LATER", "archive-later"}, {"LATER", "archive-alone"}}

// binaries builds what every fleet runs, once, in a folder that [TestMain] removes.
var binaries = sync.OnceValues(func() (dir string, err error) {
	if dir, err = os.MkdirTemp("", "copydesk-fleet-"); err != nil {
		return "", err
	}
	built = dir
	build := exec.Command("go", "build", "-o", dir+string(filepath.Separator),
		"./cmd/fetcher", "./cmd/extractor", "./cmd/indexer", "github.com/nats-io/nats-server/v2")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return dir, nil
})

// built is the folder of binaries, empty as long as nobody needed any.
var built string

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		os.RemoveAll(built)
	}
	os.Exit(code)
}

func newFleet(t *testing.T, env ...string) *fleet {
	t.Helper()
	dir := t.TempDir()
	bin, err := binaries()
	if err != nil {
		t.Fatal(err)
	}
	f := &fleet{t: t, dir: dir, bin: bin, port: strconv.Itoa(freeport.Port(t)), running: map[string]*exec.Cmd{}, health: map[string]string{}}
	for service := range readersOf {
		f.health[service] = freeport.Address(t)
	}
	if f.log, err = os.Create(filepath.Join(dir, "log")); err != nil {
		t.Fatal(err)
	}
	f.env = append(os.Environ(), append([]string{
		"COPYDESK_NATS_URL=" + f.url(), "COPYDESK_DATA=" + filepath.Join(dir, "data"),
	}, env...)...)
	t.Cleanup(f.stop)
	return f
}

func (f *fleet) url() string { return "nats://127.0.0.1:" + f.port }

// start starts a service, or "nats-server".
func (f *fleet) start(name string) {
	f.t.Helper()
	cmd := exec.Command(filepath.Join(f.bin, name))
	if name == "nats-server" {
		cmd.Args = append(cmd.Args, "-js", "-sd", filepath.Join(f.dir, "js"), "-a", "127.0.0.1", "-p", f.port)
	}
	cmd.Env, cmd.Stdout, cmd.Stderr = append(f.env, "COPYDESK_HTTP_LISTEN="+f.health[name]), f.log, f.log
	if err := cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
	f.running[name] = cmd
}

// kill ends a process with SIGKILL and reaps it.
func (f *fleet) kill(name string) {
	cmd := f.running[name]
	if cmd == nil {
		return
	}
	delete(f.running, name)
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // its status is that of the signal
}

func (f *fleet) stop() {
	for name := range f.running {
		f.kill(name)
	}
	f.log.Close()
	if f.t.Failed() {
		text, _ := os.ReadFile(f.log.Name())
		lines := strings.Split(string(text), "\n")
		f.t.Logf("the end of the log:\n%s", strings.Join(lines[max(0, len(lines)-60):], "\n"))
	}
}

// up starts the broker and every service, and gives a connection to ask them.
func (f *fleet) up(ctx context.Context) *stream.Conn {
	f.t.Helper()
	f.start("nats-server")
	f.connect()
	for service := range readersOf {
		f.start(service)
	}
	desk, err := stream.Connect(ctx, stream.Config{URL: f.url()}, zerolog.Nop())
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(desk.Close)
	return desk
}

// connect gives the test a connection of its own for looking at readers.
func (f *fleet) connect() {
	f.t.Helper()
	nc, err := nats.Connect(f.url(), nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true), nats.ReconnectWait(50*time.Millisecond))
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(nc.Close)
	if f.js, err = jetstream.New(nc); err != nil {
		f.t.Fatal(err)
	}
}

// inHand is how many messages readers have given out that are not settled.
func (f *fleet) inHand(ctx context.Context, readers [][2]string) (int, error) {
	ctx, stop := context.WithTimeout(ctx, time.Second)
	defer stop()
	n := 0
	for _, r := range readers {
		consumer, err := f.js.Consumer(ctx, r[0], r[1])
		if err != nil {
			return 0, err
		}
		n += consumer.CachedInfo().NumAckPending
	}
	return n, nil
}

// killHolding kills a service at the first moment at which it holds unsettled
// messages of readers, and says how many these were. To look, the process is
// stopped, so that what is seen is so when it dies. It must have been given work:
// the look ends after a while if there is none.
func (f *fleet) killHolding(ctx context.Context, service string, readers [][2]string) int {
	process := f.running[service].Process
	held := 0
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline) && ctx.Err() == nil; time.Sleep(2 * time.Millisecond) {
		if process.Signal(syscall.SIGSTOP) != nil {
			break
		}
		time.Sleep(5 * time.Millisecond) // what it sent before has arrived
		var err error
		if held, err = f.inHand(ctx, readers); err == nil && held > 0 {
			break
		}
		_ = process.Signal(syscall.SIGCONT)
	}
	f.kill(service)
	return held
}
