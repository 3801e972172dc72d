package otherbuild

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// process is one child that greeted.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	jobs   *json.Encoder
	said   *json.Decoder
	lament *lament
}

// start starts a child. Its error is that the build cannot work so.
func (b *Build) start(ctx context.Context, opening Opening) (*process, error) {
	p := &process{cmd: command(ctx, b.Path, Command), lament: &lament{}}
	p.cmd.Stderr = p.lament
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		p.in, err = p.cmd.StdinPipe()
	}
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", b.Path, err)
	}
	p.jobs, p.said = json.NewEncoder(p.in), json.NewDecoder(bufio.NewReaderSize(out, 1<<20))
	var greeting Greeting
	opening.Schema = Protocol
	err = p.exchange(lookTime, opening, &greeting)
	if err == nil && greeting.Error != "" {
		err = errors.New(greeting.Error)
	}
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", b.Path, errors.Join(err, p.kill()))
	}
	return p, nil
}

// errSilent is why a child was killed.
var errSilent = errors.New("it did not answer")

// exchange says something and reads the answer; a child that takes longer than limit
// is killed.
func (p *process) exchange(limit time.Duration, say, answer any) error {
	var silent bool
	var mu sync.Mutex
	alarm := time.AfterFunc(limit, func() {
		mu.Lock()
		defer mu.Unlock()
		silent = true
		_ = p.cmd.Process.Kill() // it may have ended
	})
	defer alarm.Stop()
	err := p.jobs.Encode(say)
	if err == nil {
		err = p.said.Decode(answer)
	}
	mu.Lock()
	defer mu.Unlock()
	if silent {
		return fmt.Errorf("%w in %s", errSilent, limit)
	}
	return err
}

// kill ends the child, whatever it does, and says how it ended if it had already.
func (p *process) kill() error {
	_ = p.cmd.Process.Kill() // it may have ended
	return p.end()
}

// end has the child end, and says how it did.
func (p *process) end() error {
	err := p.in.Close()
	if waited := p.cmd.Wait(); waited != nil {
		err = waited
	}
	if said := p.lament.String(); err != nil && said != "" {
		return fmt.Errorf("%w: %s", err, said)
	}
	return err
}

// lamentSize is how much is kept of what a child writes to its standard error: the
// begin of a crash says what it was.
const lamentSize = 1 << 10

// lament keeps the begin of what a child writes.
type lament struct{ text strings.Builder }

// Write keeps what there is room for.
func (l *lament) Write(p []byte) (int, error) {
	l.text.Write(p[:min(len(p), lamentSize-l.text.Len())])
	return len(p), nil
}

// String is what was kept, in one line.
func (l *lament) String() string { return strings.Join(strings.Fields(l.text.String()), " ") }
