package stage

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/warc"
)

var orphanRun = news.Run{Name: "spring", Kind: news.RunImport, BegunAt: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}

const orphanDate = "2019-05-03T10:00:00Z"

// publishRecord publishes a record of somebody else's archive: the answer of a path,
// or a revisit of it.
func publishRecord(t *testing.T, conn *stream.Conn, kind, path string) {
	t.Helper()
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
	url, block, date := "https://harbour.example"+path, head, "2019-05-04T10:00:00Z"
	header := warc.Header{{Name: warc.RefersToURI, Value: url}, {Name: warc.RefersToDate, Value: orphanDate}}
	if kind == warc.Response {
		block, date, header = head+"<p>tide of "+path, orphanDate, nil
	}
	header = append(warc.Header{
		{Name: warc.Type, Value: kind}, {Name: warc.RecordID, Value: "<urn:example:" + kind + path + ">"},
		{Name: warc.Date, Value: date}, {Name: warc.TargetURI, Value: url},
	}, header...)
	var file bytes.Buffer
	w, err := warc.NewWriter(&file, 0, warc.Plain)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(header, strings.NewReader(block), int64(len(block))); err != nil {
		t.Fatal(err)
	}
	r := &news.Record{
		Schema: news.RecordSchema, Run: orphanRun.Name, File: "theirs.warc", Place: kind + path,
		URL: url, Body: file.Bytes(), Length: file.Len(),
	}
	if err := conn.PublishImport(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

func begin(t *testing.T, c *cabinet, sending bool) {
	t.Helper()
	if err := c.rows.BeginRun(t.Context(), orphanRun, sending); err != nil {
		t.Fatal(err)
	}
}

func letters(t *testing.T, conn *stream.Conn) (urls []string) {
	t.Helper()
	all, err := conn.DeadList(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		urls = append(urls, l.Letter.URL)
	}
	return urls
}

// A revisit waits for as long as not all of its import was sent, and is given up when
// that was, and brought no original.
func TestRevisitsWaitWhileTheImportIsSent(t *testing.T) {
	t.Parallel()
	conn := desktop(t, stream.Config{MaxAttempts: 1})
	c := openCabinet(t, t.TempDir())
	begin(t, c, true)
	running(t, NewArchiver(conn, c.rows, c.files, zerolog.Nop()).Run)
	publishRecord(t, conn, warc.Revisit, "/quay")
	publishRecord(t, conn, warc.Revisit, "/nowhere")
	waitUntil(t, "they wait", func() bool {
		more, err := conn.MoreToImport(t.Context(), orphanRun.Name, 0)
		left, errLeft := conn.ImportsLeft(t.Context(), orphanRun.Name)
		return err == nil && errLeft == nil && !more && left == 2
	})
	publishRecord(t, conn, warc.Response, "/quay")
	waitUntil(t, "the one that has its original now is archived", func() bool { return len(c.captures(t)) == 2 })
	if dead := letters(t, conn); len(dead) > 0 {
		t.Errorf("given up: %q", dead)
	}
	begin(t, c, false)
	waitUntil(t, "the other is given up", func() bool {
		dead := letters(t, conn)
		return len(dead) == 1 && strings.HasSuffix(dead[0], "/nowhere")
	})
}

// What a worker had in hand when it was killed comes again after a while, and until
// then a revisit of it waits.
func TestRevisitsWaitForWhatAWorkerDiedWith(t *testing.T) {
	t.Parallel()
	const ackWait = 6 * time.Second
	conn, server := desktopWith(t, stream.Config{AckWait: ackWait})
	c := openCabinet(t, t.TempDir())
	begin(t, c, false)
	publishRecord(t, conn, warc.Response, "/quay")
	dying, err := stream.Connect(t.Context(), stream.Config{Server: server, AckWait: ackWait}, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	inHand, killed := make(chan bool, 1), make(chan bool)
	var worker sync.WaitGroup
	t.Cleanup(worker.Wait)
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	worker.Go(func() {
		_ = dying.ConsumeCaptures(ctx, stream.Batch{Size: 1, Wait: 10 * time.Millisecond}, func(context.Context, []*stream.Message[stream.Captured]) []error {
			inHand <- true
			<-killed
			return nil
		})
	})
	<-inHand
	dying.Close()
	stop()
	close(killed)
	running(t, NewArchiver(conn, c.rows, c.files, zerolog.Nop()).Run)
	publishRecord(t, conn, warc.Revisit, "/quay")
	waitUntil(t, "both are archived, or one is given up", func() bool { return len(c.captures(t)) == 2 || len(letters(t, conn)) > 0 })
	if dead := letters(t, conn); len(dead) > 0 {
		t.Errorf("given up: %q", dead)
	}
}
