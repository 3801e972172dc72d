package stream

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// slowly passes connections on to a broker, at so many bytes a second from the
// client, and cuts one of them off after cut bytes. It returns its address.
func slowly(t *testing.T, to string, rate, cut int64) string {
	t.Helper()
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	var cutOff atomic.Bool
	pass := func(near net.Conn) {
		defer near.Close()
		far, err := net.Dial("tcp", u.Host)
		if err != nil {
			return
		}
		defer far.Close()
		go func() {
			_, _ = io.Copy(near, far)
			_ = near.Close()
		}()
		piece := make([]byte, 8<<10)
		for passed := int64(0); passed < cut || cutOff.Swap(true); {
			n, err := near.Read(piece)
			if err != nil {
				return
			}
			if _, err := far.Write(piece[:n]); err != nil {
				return
			}
			passed += int64(n)
			time.Sleep(time.Second * time.Duration(n) / time.Duration(rate))
		}
	}
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			go pass(near)
		}
	}()
	return "nats://" + l.Addr().String()
}

// A body takes longer than one request may, over a line that breaks on the way.
// It is stored all the same, and nothing of it twice.
func TestSlowLineStoresOnce(t *testing.T) {
	t.Parallel()
	server := startServer(t, ServerOptions{})
	near := connect(t, Config{Server: server})
	setUp(t, near)
	const size, rate = 1200 << 10, 500 << 10
	far := connect(t, Config{URL: slowly(t, server.URL(), rate, size/2)})
	want := noise(size)
	if err := far.keep(t.Context(), bucketBody, "capture", want); err != nil {
		t.Fatal(err)
	}
	got, err := near.kept(t.Context(), bucketBody, "capture")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("kept: %d bytes, %v", len(got), err)
	}
	if got, want := bodies(t, near), uint64(size/chunkSize+1+1); got != want {
		t.Errorf("%d messages, want %d: chunks and their description", got, want)
	}
}

// bodies is how many messages the store of bodies has.
func bodies(t *testing.T, c *Conn) uint64 {
	t.Helper()
	s, err := c.js.Stream(t.Context(), "OBJ_"+bucketBody)
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().State.Msgs
}

// The broker's word that it has a part of a body is lost. The part is not taken for
// somebody else's, nor the whole sent anew.
func TestLostWordIsNoReasonToBeginAnew(t *testing.T) {
	t.Parallel()
	server := startServer(t, ServerOptions{})
	near := connect(t, Config{Server: server})
	setUp(t, near)
	const size, rate = 1200 << 10, 500 << 10
	broker := relayTo(t, server)
	far := connect(t, Config{URL: slowly(t, broker.URL(), rate, 2*size)})
	want := noise(size)
	kept := make(chan error, 1)
	go func() { kept <- far.keep(t.Context(), bucketBody, "capture", want) }()
	eventually(t, "a part of it is there", func() bool { return bodies(t, near) > 0 })
	broker.answers.Lock()
	release := sync.OnceFunc(broker.answers.Unlock)
	defer release()
	eventually(t, "the broker is waited for", func() bool { return far.Ready() != nil })
	release()
	if err := receive(t, kept); err != nil {
		t.Fatal(err)
	}
	got, err := near.kept(t.Context(), bucketBody, "capture")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("kept: %d bytes, %v", len(got), err)
	}
	if got, want := bodies(t, near), uint64(size/chunkSize+1+1); got != want {
		t.Errorf("%d messages, want %d: chunks and their description", got, want)
	}
}

// Whether a chunk that was refused is there already is asked without storing anything.
func TestStoredChunksAreKnownByTheirIDs(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	chunk := nats.NewMsg("$O." + bucketBody + ".C.theirs")
	chunk.Data = []byte("tide")
	chunk.Header.Set(jetstream.MsgIDHeader, "theirs/0")
	if _, err := c.js.PublishMsg(t.Context(), chunk); err != nil {
		t.Fatal(err)
	}
	refused := errors.New("refused")
	if ack, err := c.stored(t.Context(), chunk, refused); err != nil || ack.Sequence != 1 {
		t.Errorf("what is there: %+v, %v", ack, err)
	}
	chunk.Header.Set(jetstream.MsgIDHeader, "theirs/1")
	if _, err := c.stored(t.Context(), chunk, refused); err != refused {
		t.Errorf("what is not there: %v", err)
	}
	if got := bodies(t, c); got != 1 {
		t.Errorf("%d messages, want 1", got)
	}
}

// What is read takes the room that it has, and no more.
func TestKeptTakesItsRoom(t *testing.T) {
	t.Parallel()
	c := connect(t, Config{Server: startServer(t, ServerOptions{})})
	setUp(t, c)
	for _, size := range []int{0, 1, chunkSize, 3 << 20} {
		want := noise(size)
		name := fmt.Sprint("capture", size)
		if err := c.keep(t.Context(), bucketBody, name, want); err != nil {
			t.Fatal(err)
		}
		got, err := c.kept(t.Context(), bucketBody, name)
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%d of %d bytes, %v", len(got), size, err)
		}
		if spare := cap(got) - len(got); spare > 16<<10 {
			t.Errorf("%d bytes lie in room for %d more", size, spare)
		}
	}
}
