package stream

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
	"time"
)

// slowly passes connections on to a broker, at so many bytes a second from the
// client, and cuts one of them off after cut bytes. It returns its address.
func slowly(t *testing.T, to *Server, rate, cut int64) string {
	t.Helper()
	u, err := url.Parse(to.URL())
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
	far := connect(t, Config{URL: slowly(t, server, rate, size/2)})
	want := noise(size)
	if err := far.keep(t.Context(), bucketBody, "capture", want); err != nil {
		t.Fatal(err)
	}
	got, err := near.kept(t.Context(), bucketBody, "capture")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("kept: %d bytes, %v", len(got), err)
	}
	s, err := near.js.Stream(t.Context(), "OBJ_"+bucketBody)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.CachedInfo().State.Msgs, uint64(size/chunkSize+1+1); got != want {
		t.Errorf("%d messages, want %d: chunks and their description", got, want)
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
