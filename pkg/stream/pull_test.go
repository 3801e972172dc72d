package stream

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
)

// What a broker says of the end of an answer may be ahead of its last messages. They
// are all taken, and none is waited for that does not come.
func TestTheEndMayBeAheadOfMessages(t *testing.T) {
	t.Parallel()
	server := startServer(t, ServerOptions{})
	broker, c := connect(t, Config{Server: server}), connect(t, Config{Server: server})
	end := func(status, why, left string) *nats.Msg {
		m := &nats.Msg{Header: nats.Header{"Status": {status}, "Description": {why}}}
		if left != "" {
			m.Header.Set("Nats-Pending-Messages", left)
		}
		return m
	}
	message := func(name string) *nats.Msg { return &nats.Msg{Data: []byte(name)} }
	for i, tt := range []struct {
		name   string
		answer []*nats.Msg
		want   []string
		fails  bool
	}{
		{"all, and then the end", []*nats.Msg{message("a"), message("b"), message("c"), end("409", "Batch Completed", "0")}, []string{"a", "b", "c"}, false},
		{"the end before the last", []*nats.Msg{message("a"), message("b"), end("409", "Batch Completed", "0"), message("c")}, []string{"a", "b", "c"}, false},
		{"the end before all", []*nats.Msg{end("409", "Batch Completed", "0"), message("a"), message("b"), message("c")}, []string{"a", "b", "c"}, false},
		{"one is too large", []*nats.Msg{message("a"), end("409", "Message Size Exceeds MaxBytes", "1"), message("b")}, []string{"a", "b"}, false},
		{"the first is too large", []*nats.Msg{end("409", "Message Size Exceeds MaxBytes", "3")}, nil, false},
		{"time is over", []*nats.Msg{message("a"), end("408", "Request Timeout", "2")}, []string{"a"}, false},
		{"there is none", []*nats.Msg{end("404", "No Messages", "")}, nil, false},
		{"there are no more", []*nats.Msg{message("a"), end("404", "No Messages", "")}, []string{"a"}, false},
		{"another leads", []*nats.Msg{message("a"), end("409", "Leadership Change", "")}, []string{"a"}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			from := reader{stream: "THEIRS", name: fmt.Sprintf("r%d", i)}
			sub, err := broker.nc.Subscribe("$JS.API.CONSUMER.MSG.NEXT."+from.stream+"."+from.name, func(asked *nats.Msg) {
				for _, m := range tt.answer {
					if err := asked.RespondMsg(m); err != nil {
						t.Error(err)
					}
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := broker.nc.FlushTimeout(patience); err != nil {
				t.Fatal(err)
			}
			var got []string
			err = c.pullFrom(from, pullRequest{Batch: 3, Expires: patience, MaxBytes: maxPull}, func(m *nats.Msg) { got = append(got, string(m.Data)) })
			if (err != nil) != tt.fails {
				t.Errorf("error %v, want one: %v", err, tt.fails)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if err := sub.Unsubscribe(); err != nil {
				t.Error(err)
			}
		})
	}
}
