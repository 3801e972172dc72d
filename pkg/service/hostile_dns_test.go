package service_test

import (
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// nameServer is a DNS server that may change its mind: the answers of a name
// are given in turn, the last one for ever.
type nameServer struct {
	conn net.PacketConn

	mu    sync.Mutex
	names map[string]map[dnsmessage.Type][]string
	asked map[string]int
}

func newNameServer(t *testing.T, names map[string]map[dnsmessage.Type][]string) *nameServer {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &nameServer{conn: conn, names: names, asked: map[string]int{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.serve()
	}()
	t.Cleanup(func() {
		conn.Close()
		<-done
	})
	return s
}

func (s *nameServer) address() string { return s.conn.LocalAddr().String() }

// serve answers until its connection is closed. Whom it does not understand it
// leaves without an answer.
func (s *nameServer) serve() {
	question := make([]byte, 1500)
	for {
		n, from, err := s.conn.ReadFrom(question)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(question[:n]) != nil || len(m.Questions) != 1 {
			continue
		}
		m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
		s.answer(&m)
		if packed, err := m.Pack(); err == nil {
			_, _ = s.conn.WriteTo(packed, from) // who asked will ask again
		}
	}
}

func (s *nameServer) answer(m *dnsmessage.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := m.Questions[0]
	name := strings.TrimSuffix(q.Name.String(), ".")
	known, ok := s.names[name]
	if !ok {
		m.RCode = dnsmessage.RCodeNameError
		return
	}
	answers := known[q.Type]
	if len(answers) == 0 {
		return
	}
	key := name + q.Type.String()
	address := answers[min(s.asked[key], len(answers)-1)]
	s.asked[key]++
	if address == "" {
		return
	}
	r := dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}}
	switch ip := netip.MustParseAddr(address); q.Type {
	case dnsmessage.TypeA:
		r.Body = &dnsmessage.AResource{A: ip.As4()}
	case dnsmessage.TypeAAAA:
		r.Body = &dnsmessage.AAAAResource{AAAA: ip.As16()}
	}
	m.Answers = append(m.Answers, r)
}
