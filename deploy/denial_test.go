package deploy_test

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// may is what each user has beyond what is denied to all; "*" stands for one
// token. Whatever is not here and is tried in everything must be denied.
var may = map[string]struct {
	publish []string
	// readers it pulls from and settles.
	readers []string
	// api is what it may do to streams, "VERB.STREAM".
	api []string
	// serves are the questions that it answers.
	serves []string
}{
	"fetcher": {
		publish: []string{
			"news.v1.fetch.p00.1", "news.v1.raw.x", "news.v1.unchanged.x", "news.v1.event.fetch.x", "news.v1.later.at.x",
			"news.v1.later.alone.fetch", "news.v1.later.alone.frontier", "news.v1.dead.fetch", "news.v1.dead.frontier",
			"$O.BODY.C.x", "$O.BODY.M.x",
		},
		readers: []string{
			"FETCH.fetch-fresh", "FETCH.fetch-normal", "FETCH.fetch-backfill", "LATER.fetch-later", "LATER.fetch-alone",
			"EVENT.frontier", "LATER.frontier-later", "LATER.frontier-alone",
		},
		serves: []string{
			"news.v1.api.add", "news.v1.api.refetch", "news.v1.api.sources.add", "news.v1.api.sources.list", "news.v1.api.sources.remove",
			"news.v1.api.sources.pause", "news.v1.api.sources.resume", "news.v1.api.status.fetcher",
		},
	},
	"extractor": {
		publish: []string{
			"news.v1.article.en.x", "news.v1.shadow.x.y.en.x", "news.v1.shadow.x.replay.und.x", "news.v1.event.extract.x", "news.v1.later.at.x", "news.v1.later.alone.extract", "news.v1.dead.extract",
			"$O.RECORD.C.x", "$O.RECORD.M.x",
		},
		readers: []string{"RAW.extract", "REPLAY.extract-replay", "LATER.extract-later", "LATER.extract-alone"},
		api:     []string{"CONSUMER.DELETE.OBJ_BODY.x"},
		serves:  []string{"news.v1.api.status.extractor"},
	},
	"indexer": {
		publish: []string{
			"news.v1.event.fetch.x", "news.v1.event.archive.x", "news.v1.event.extract.x", "news.v1.event.index.x", "news.v1.withdrawn.en.x", "news.v1.replay.x", "news.v1.article.en.x", "news.v1.shadow.x.replay.und.x", "$O.RECORD.C.x", "$O.RECORD.M.x", "$O.BODY.C.x", "$O.BODY.M.x",
			"news.v1.later.at.x", "news.v1.later.alone.index", "news.v1.later.alone.journey", "news.v1.later.alone.archive", "news.v1.later.alone.replay",
			"news.v1.later.due.fetch", "news.v1.later.due.archive", "news.v1.later.due.extract", "news.v1.later.due.index", "news.v1.later.due.replay",
			"news.v1.dead.index", "news.v1.dead.journey", "news.v1.dead.archive", "news.v1.dead.replay",
		},
		readers: []string{"ARTICLE.index", "LATER.index-later", "LATER.index-alone", "EVENT.journey", "LATER.journey-later", "LATER.journey-alone",
			"RAW.archive", "IMPORT.archive-import", "SHADOW.index-import", "SHADOW.index-replay", "LATER.replay-later", "LATER.replay-alone", "LATER.archive-later", "LATER.archive-alone"},
		api: []string{"DIRECT.GET.DEAD", "DIRECT.GET.FETCH", "DIRECT.GET.LATER", "DIRECT.GET.RAW", "DIRECT.GET.ARTICLE", "DIRECT.GET.EVENT", "DIRECT.GET.IMPORT", "DIRECT.GET.REPLAY", "DIRECT.GET.SHADOW", "STREAM.MSG.DELETE.DEAD", "CONSUMER.DELETE.OBJ_RECORD.x", "CONSUMER.DELETE.OBJ_BODY.x"},
		serves: []string{
			"news.v1.api.search", "news.v1.api.show", "news.v1.api.journey", "news.v1.api.export", "news.v1.api.reindex", "news.v1.api.runs.begin", "news.v1.api.runs.list", "news.v1.api.runs.replay", "news.v1.api.runs.compare", "news.v1.api.runs.promote", "news.v1.api.runs.cancel", "news.v1.api.runs.drop", "news.v1.api.runs.take", "news.v1.api.runs.page", "news.v1.api.runs.put", "news.v1.api.status.indexer",
			"news.v1.api.archive.list", "news.v1.api.archive.get", "news.v1.api.archive.begin", "news.v1.api.archive.state",
			"news.v1.api.archive.would",
			"news.v1.api.dead.list", "news.v1.api.dead.show", "news.v1.api.dead.retry", "news.v1.api.dead.drop",
		},
	},
	"subscriber": {
		api: []string{
			"CONSUMER.CREATE.ARTICLE.x", "CONSUMER.DURABLE.CREATE.ARTICLE.x", "CONSUMER.DELETE.ARTICLE.x", "CONSUMER.DELETE.OBJ_RECORD.x",
			"STREAM.MSG.GET.OBJ_RECORD", "CONSUMER.CREATE.OBJ_RECORD",
		},
	},
}

// everything that may be published, whoever should.
var subjects = []string{
	"news.v1.fetch.p00.1", "news.v1.raw.x", "news.v1.unchanged.x", "news.v1.replay.x", "news.v1.import.x", "news.v1.article.en.x", "news.v1.withdrawn.en.x",
	"news.v1.shadow.x.y", "news.v1.shadow.x.y.en.x", "news.v1.shadow.x.replay.und.x", "news.v1.later.at.x",
	"news.v1.later.due.fetch", "news.v1.later.due.archive", "news.v1.later.due.extract", "news.v1.later.due.index",
	"news.v1.later.alone.archive", "news.v1.dead.archive", "news.v1.event.archive.x",
	"news.v1.later.due.replay", "news.v1.later.alone.replay", "news.v1.dead.replay",
	"news.v1.later.alone.fetch", "news.v1.later.alone.frontier", "news.v1.later.alone.extract", "news.v1.later.alone.index", "news.v1.later.alone.journey",
	"news.v1.dead.fetch", "news.v1.dead.frontier", "news.v1.dead.extract", "news.v1.dead.index", "news.v1.dead.journey",
	"news.v1.event.fetch.x", "news.v1.event.extract.x", "news.v1.event.index.x",
	"news.v1.api.add", "news.v1.api.search", "news.v1.api.dead.drop", "news.v1.api.reindex", "news.v1.api.runs.begin", "news.v1.api.archive.begin", "news.v1.api.sources.remove",
	"$O.BODY.C.x", "$O.BODY.M.x", "$O.RECORD.C.x", "$O.RECORD.M.x",
	"$SRV.PING", "$SYS.REQ.SERVER.PING", "elsewhere",
	"_INBOX.fetcher.x", "_INBOX.extractor.x", "_INBOX.indexer.x", "_INBOX.operator.x", "_INBOX.subscriber.x", "_INBOX.x",
}

// streamVerbs change a stream, or read it past its readers.
var streamVerbs = []string{
	"STREAM.CREATE.%s", "STREAM.UPDATE.%s", "STREAM.DELETE.%s", "STREAM.PURGE.%s", "STREAM.MSG.DELETE.%s", "STREAM.MSG.GET.%s", "DIRECT.GET.%s",
	"STREAM.SNAPSHOT.%s", "STREAM.RESTORE.%s", "STREAM.LEADER.STEPDOWN.%s", "STREAM.PEER.REMOVE.%s",
	"CONSUMER.CREATE.%s", "CONSUMER.CREATE.%s.x", "CONSUMER.DURABLE.CREATE.%s.x", "CONSUMER.DELETE.%s.x",
}

// readerVerbs change a reader or take what is its.
var readerVerbs = []string{
	"CONSUMER.CREATE.%s", "CONSUMER.CREATE.%s.news.v1.article.>", "CONSUMER.DURABLE.CREATE.%s", "CONSUMER.DELETE.%s",
	"CONSUMER.PAUSE.%s", "CONSUMER.UNPIN.%s", "CONSUMER.RESET.%s",
}

// Whatever a user does not need is denied, by the name of the permission; all
// of it is tried, against every stream, reader and other user.
func TestAllElseIsDenied(t *testing.T) {
	t.Parallel()
	b := boot(t)
	copydesk(t, b, 0, "streams", "apply")
	streams, readers := topology(t, b)
	if len(streams) != 11 || len(readers) < 15 {
		t.Fatalf("%d streams and %d readers: %v %v", len(streams), len(readers), streams, readers)
	}
	before := holding(t, b)
	for _, user := range slices.Sorted(maps.Keys(may)) {
		t.Run(user, func(t *testing.T) {
			own := may[user]
			var forbidden []string
			try := func(list []string, subject string) {
				if !slices.Contains(list, subject) {
					forbidden = append(forbidden, subject)
				}
			}
			for _, s := range subjects {
				if !strings.HasPrefix(s, "_INBOX."+user+".") {
					try(own.publish, s)
				}
			}
			for _, s := range streams {
				for _, verb := range streamVerbs {
					if call := fmt.Sprintf(verb, s); !slices.Contains(own.api, call) {
						forbidden = append(forbidden, "$JS.API."+call)
					}
				}
			}
			for _, r := range readers {
				for _, verb := range readerVerbs {
					forbidden = append(forbidden, "$JS.API."+fmt.Sprintf(verb, r))
				}
				if !slices.Contains(own.readers, r) {
					forbidden = append(forbidden, "$JS.API.CONSUMER.MSG.NEXT."+r, "$JS.ACK."+r+".1.1.1.1.1")
				}
			}
			if user == "subscriber" { // the services may see the numbers of all
				for _, s := range streams {
					if s != "ARTICLE" && s != "OBJ_RECORD" {
						forbidden = append(forbidden, "$JS.API.STREAM.INFO."+s)
					}
				}
				forbidden = append(forbidden, "$JS.API.STREAM.LIST", "$JS.API.CONSUMER.LIST.RAW", "$JS.API.CONSUMER.INFO.RAW.extract")
			}
			c := b.client(t, user)
			for _, subject := range forbidden {
				if err := c.Publish(subject, nil); err != nil {
					t.Fatalf("%s: %v", subject, err)
				}
			}
			c.expectDenied(t, "Publish", forbidden)

			var ears []string
			listen := []string{">", "news.v1.>", "news.v1.raw.*", "news.v1.article.>", "news.v1.event.>", "news.v1.dead.*", "_INBOX.>", "$JS.>", "$O.>", "$SYS.>"}
			for _, other := range users {
				if other != user {
					listen = append(listen, "_INBOX."+other+".>")
				}
			}
			for _, other := range may {
				for _, question := range other.serves {
					if !slices.Contains(own.serves, question) {
						listen = append(listen, question)
					}
				}
			}
			for _, subject := range listen {
				if _, err := c.SubscribeSync(subject); err != nil {
					t.Fatal(err)
				}
				ears = append(ears, subject)
			}
			c.expectDenied(t, "Subscription", ears)
			t.Logf("%d publications and %d subscriptions denied", len(forbidden), len(ears))
		})
	}
	if after := holding(t, b); !maps.Equal(before, after) {
		t.Errorf("the streams held %v before, %v after", before, after)
	}
}

// The operator makes and changes streams, and neither empties nor deletes one;
// nor does it publish in a stage's place, but for saved pages.
func TestWhatTheOperatorIsDenied(t *testing.T) {
	t.Parallel()
	b := boot(t)
	copydesk(t, b, 0, "streams", "apply")
	streams, readers := topology(t, b)
	forbidden := []string{
		"news.v1.fetch.p00.1", "news.v1.raw.news_example", "news.v1.unchanged._", "news.v1.article.en.x", "news.v1.withdrawn.en.x", "news.v1.event.fetch.x", "news.v1.event.extract._",
		"news.v1.later.at.x", "news.v1.dead.fetch", "$O.RECORD.C.x", "$SYS.REQ.SERVER.PING",
	}
	for _, s := range streams {
		for _, verb := range []string{"DELETE", "PURGE", "MSG.DELETE", "RESTORE", "SNAPSHOT"} {
			forbidden = append(forbidden, "$JS.API.STREAM."+verb+"."+s)
		}
	}
	for _, r := range readers {
		forbidden = append(forbidden, "$JS.API.CONSUMER.DELETE."+r, "$JS.ACK."+r+".1.1.1.1.1")
	}
	c := b.client(t, "operator")
	for _, subject := range forbidden {
		if err := c.Publish(subject, nil); err != nil {
			t.Fatal(err)
		}
	}
	c.expectDenied(t, "Publish", forbidden)
	ears := []string{">", "news.v1.>", "news.v1.raw.*", "news.v1.api.add", "_INBOX.>", "_INBOX.subscriber.>", "$JS.>", "$O.>", "$SRV.>", "$SYS.>"}
	for _, subject := range ears {
		if _, err := c.SubscribeSync(subject); err != nil {
			t.Fatal(err)
		}
	}
	c.expectDenied(t, "Subscription", ears)
}

// Who speaks without encryption, or without a name, hears nothing.
func TestNobodyConnectsInTheClear(t *testing.T) {
	t.Parallel()
	b := boot(t)
	conn, err := net.Dial("tcp", b.ns.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "CONNECT {\"user\":\"admin\",\"pass\":%q}\r\nPING\r\n", password("admin"))
	said, err := io.ReadAll(conn)
	if strings.Contains(string(said), "PONG") || !strings.Contains(string(said), `"tls_required":true`) {
		t.Errorf("in the clear the server said %q, %v", said, err)
	}
	for _, who := range []nats.Option{nats.Token("guess"), nats.UserInfo("subscriber", "guess"), nats.UserInfo("nobody", password("admin"))} {
		if nc, err := nats.Connect(b.url, nats.RootCAs(b.ca), nats.Timeout(patience), who); !errors.Is(err, nats.ErrAuthorization) {
			nc.Close()
			t.Errorf("got in, or not refused by name: %v", err)
		}
	}
}

// A subscriber's own library says so too.
func TestDenialNamesThePermission(t *testing.T) {
	t.Parallel()
	b := boot(t)
	copydesk(t, b, 0, "streams", "apply")
	c := b.client(t, "subscriber")
	js, err := jetstream.New(c.Conn, jetstream.WithDefaultTimeout(2*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	if err := js.DeleteStream(t.Context(), "ARTICLE"); err == nil {
		t.Error("the subscriber deleted ARTICLE")
	}
	if _, err := js.CreateConsumer(t.Context(), "RAW", jetstream.ConsumerConfig{Durable: "own", FilterSubject: "news.v1.raw.*"}); err == nil {
		t.Error("the subscriber made a consumer on RAW")
	}
	if _, err := js.Publish(t.Context(), "news.v1.article.en.x", nil); err == nil {
		t.Error("the subscriber published an article")
	}
	c.expectDenied(t, "Publish", []string{"$JS.API.STREAM.DELETE.ARTICLE", "$JS.API.CONSUMER.CREATE.RAW.own.news.v1.raw.*", "news.v1.article.en.x"})

	// The same through the name in the request instead of the subject.
	for subject, request := range map[string]string{
		"$JS.API.CONSUMER.CREATE.ARTICLE.own":         `{"stream_name":"ARTICLE","config":{"name":"index","durable_name":"index","ack_policy":"explicit","ack_wait":1000000000}}`,
		"$JS.API.CONSUMER.DURABLE.CREATE.ARTICLE.own": `{"stream_name":"ARTICLE","config":{"durable_name":"index","ack_policy":"explicit","ack_wait":1000000000}}`,
		"$JS.API.CONSUMER.CREATE.ARTICLE.other":       `{"stream_name":"RAW","config":{"name":"other","durable_name":"other","ack_policy":"explicit"}}`,
	} {
		answer, err := c.Request(subject, []byte(request), patience)
		if err != nil || !strings.Contains(string(answer.Data), `"error"`) {
			t.Errorf("%s with %s: %v, %s", subject, request, err, answer.Data)
		}
	}
}

// expectDenied waits until each subject was denied by name.
func (c *client) expectDenied(t *testing.T, what string, subjects []string) {
	t.Helper()
	missing := map[string]bool{}
	for _, s := range subjects {
		missing[fmt.Sprintf("Permissions Violation for %s to %q", what, s)] = true
	}
	if err := c.FlushTimeout(patience); err != nil {
		t.Fatal(err)
	}
	timeout := time.After(patience)
	for len(missing) > 0 {
		select {
		case err := <-c.denied:
			if !errors.Is(err, nats.ErrPermissionViolation) {
				t.Errorf("%v, which is no denial", err)
			}
			_, text, _ := strings.Cut(err.Error(), ": permissions violation: ")
			delete(missing, text)
		case <-timeout:
			t.Fatalf("not denied, or not by name:\n%s", strings.Join(slices.Sorted(maps.Keys(missing)), "\n"))
		}
	}
}

// topology is every stream, and every reader as "STREAM.reader".
func topology(t *testing.T, b *broker) (streams, readers []string) {
	t.Helper()
	js := b.client(t, "admin").jetStream(t)
	names := js.StreamNames(t.Context())
	for name := range names.Name() {
		streams = append(streams, name)
		s, err := js.Stream(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		list := s.ConsumerNames(t.Context())
		for reader := range list.Name() {
			readers = append(readers, name+"."+reader)
		}
		if err := list.Err(); err != nil {
			t.Fatal(err)
		}
	}
	if err := names.Err(); err != nil {
		t.Fatal(err)
	}
	return streams, readers
}

// holding is how many messages and consumers each stream has.
func holding(t *testing.T, b *broker) map[string]string {
	t.Helper()
	js := b.client(t, "admin").jetStream(t)
	all := map[string]string{}
	list := js.ListStreams(t.Context())
	for s := range list.Info() {
		all[s.Config.Name] = fmt.Sprintf("%d messages, %d consumers", s.State.Msgs, s.State.Consumers)
	}
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
