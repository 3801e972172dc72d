package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/stream"
)

// desk is the processes of a trial, beside the broker.
type desk struct {
	*soak
	folder, url string
	broker      *stream.Server
	running     map[string]*process
	last        *os.ProcessState // of the process that ended last
}

// process is one of them.
type process struct {
	*exec.Cmd
	ended  chan error
	memory int64 // at its peak, in bytes; to be read when it has ended
}

// ackWait is short, so that what a killed process held comes back soon.
const ackWait = "5s"

// open starts a broker for a desk in a folder of its own.
func (s *soak) open(name string) (*desk, error) {
	d := &desk{soak: s, folder: filepath.Join(s.folder, name), running: map[string]*process{}}
	if err := os.MkdirAll(string(d.data()), 0o700); err != nil {
		return d, err
	}
	return d, d.startBroker()
}

func (d *desk) startBroker() (err error) {
	d.broker, err = stream.StartServer(stream.ServerOptions{Dir: filepath.Join(d.folder, "js"), Port: -1, Log: zerolog.Nop()})
	if err == nil {
		d.url = d.broker.URL()
	}
	return err
}

func (d *desk) stopBroker(ctx context.Context) {
	if d.broker != nil {
		d.broker.Shutdown(context.WithoutCancel(ctx)) // its folder is removed, whatever it says
	}
	d.broker = nil
}

// close ends all processes and removes the folder. An error names the log, which
// is kept.
func (d *desk) close(ctx context.Context, err error) error {
	d.stop()
	d.stopBroker(ctx)
	name := filepath.Base(d.folder)
	if err != nil {
		err = fmt.Errorf("%s: %w: see %s", name, err, d.keepLog(d.soak.folder, name))
	}
	return errors.Join(err, os.RemoveAll(d.folder))
}

// begin starts services and waits until they answer.
func (d *desk) begin(ctx context.Context, services ...string) (*stream.Conn, error) {
	for _, name := range services {
		if err := d.start(ctx, name); err != nil {
			return nil, err
		}
	}
	conn, err := stream.Connect(ctx, stream.Config{URL: d.url}, zerolog.Nop())
	if err != nil {
		return nil, err
	}
	if err := d.ready(ctx, conn, services); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

func (d *desk) data() datafolder.Folder { return datafolder.Folder(filepath.Join(d.folder, "data")) }

func (d *desk) logFile() string { return filepath.Join(d.folder, "log") }

// keepLog moves the log out of the folder, which is removed.
func (d *desk) keepLog(to, name string) string {
	kept := filepath.Join(to, name+".log")
	_ = os.Rename(d.logFile(), kept) // there may be none
	return kept
}

func (d *desk) command(ctx context.Context, name string, args ...string) (*exec.Cmd, error) {
	log, err := os.OpenFile(d.logFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	cmd := d.program(ctx, name, args...)
	cmd.Env = append(cmd.Environ(),
		"COPYDESK_NATS_URL="+d.url, "COPYDESK_DATA="+string(d.data()), "XDG_STATE_HOME="+filepath.Join(d.folder, "state"),
		"COPYDESK_HTTP_LISTEN=off", "COPYDESK_LOG_LEVEL=warn", "COPYDESK_STREAM_ACK_WAIT="+ackWait)
	cmd.Stdout, cmd.Stderr = log, log
	return cmd, nil
}

// start starts a process that goes on.
func (d *desk) start(ctx context.Context, name string, args ...string) error {
	cmd, err := d.command(ctx, name, args...)
	if err != nil {
		return err
	}
	p, err := watch(cmd)
	if err == nil {
		d.running[name] = p
	}
	return err
}

// lookEvery is how often the memory of a process is looked at: it tells its peak, so
// seldom is enough. The looks count as the broker's work, which is in this process.
const lookEvery = 200 * time.Millisecond

// watch starts a process, and looks after its memory.
func watch(cmd *exec.Cmd) (*process, error) {
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{Cmd: cmd, ended: make(chan error, 1)}
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	go func() {
		for {
			p.memory = max(p.memory, peakOf(cmd.Process.Pid))
			select {
			case err := <-gone:
				p.ended <- err
				return
			case <-time.After(lookEvery):
			}
		}
	}()
	return p, nil
}

// peakOf is the most memory that a running process ever had, in bytes; 0 where
// that cannot be told.
func peakOf(pid int) int64 {
	file, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == "VmHWM:" {
			kilobytes, _ := strconv.ParseInt(fields[1], 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}

// spent is the processor time that a running process has used, 0 where that cannot
// be told.
func (d *desk) spent(name string) time.Duration {
	p := d.running[name]
	if p == nil {
		return 0
	}
	return spentBy(strconv.Itoa(p.Process.Pid))
}

// ticks is how many parts of a second Linux counts processor time in, for all
// programs alike.
const ticks = 100

// spentBy is the processor time, of all its threads, that a process of /proc has
// used.
func spentBy(process string) time.Duration {
	text, err := os.ReadFile("/proc/" + process + "/stat")
	if err != nil {
		return 0
	}
	_, behindName, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(behindName)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * time.Second / ticks
}

// wait waits for a process to end well, and tells its memory.
func (d *desk) wait(name string) (memory int64, err error) {
	p := d.running[name]
	delete(d.running, name)
	err = <-p.ended
	d.last = p.ProcessState
	return p.memory, err
}

// end has a process end.
func (d *desk) end(name string) (memory int64, err error) {
	if err := d.running[name].Process.Signal(syscall.SIGTERM); err != nil {
		return 0, err
	}
	return d.wait(name)
}

// over says whether a process has ended.
func (d *desk) over(name string) bool {
	p := d.running[name]
	return p == nil || len(p.ended) > 0
}

// kill ends a process with SIGKILL.
func (d *desk) kill(name string) {
	if p := d.running[name]; p != nil {
		_ = p.Process.Kill() // it may have ended
		_, _ = d.wait(name)
	}
}

func (d *desk) stop() {
	for name := range d.running {
		d.kill(name)
	}
}

// usage is what a command took.
type usage struct {
	took, cpu time.Duration
	memory    int64 // at its peak, in bytes
}

func (u usage) String() string {
	return fmt.Sprintf("%s, %s of processors, %s at its peak", u.took.Round(100*time.Millisecond), u.cpu.Round(100*time.Millisecond), humanize.Bytes(uint64(u.memory)))
}

// output runs a command that must succeed, and gives what it printed.
func (d *desk) output(ctx context.Context, args ...string) ([]byte, usage, error) {
	cmd, err := d.command(ctx, "copydesk", args...)
	if err != nil {
		return nil, usage{}, err
	}
	var out bytes.Buffer
	cmd.Stdout = &out
	began := time.Now()
	p, err := watch(cmd)
	if err == nil {
		err = <-p.ended
	}
	if err != nil {
		return nil, usage{}, fmt.Errorf("copydesk %s: %w", strings.Join(args, " "), err)
	}
	return out.Bytes(), usage{took: time.Since(began), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), memory: p.memory}, nil
}

// answer runs a command that must succeed, and reads what it printed as JSON.
func (d *desk) answer(ctx context.Context, to any, args ...string) error {
	out, _, err := d.output(ctx, append(args, "--json")...)
	if err == nil {
		err = json.Unmarshal(out, to)
	}
	return err
}

// answerWithin is how long an answer is waited for: who was to give it may have
// been killed.
const answerWithin = 10 * time.Second

// ready waits until services answer.
func (d *desk) ready(ctx context.Context, conn *stream.Conn, services []string) error {
	for _, name := range services {
		for {
			var reply api.StatusReply
			asking, cancel := context.WithTimeout(ctx, answerWithin)
			err := conn.Request(asking, api.Status(name), struct{}{}, &reply)
			cancel()
			if err == nil && reply.Ready {
				break
			}
			if d.over(name) {
				return errors.Join(fmt.Errorf("%s ended", name), err)
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
	return nil
}
