package service_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/text/encoding/charmap"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// hostile is a page of a server that wishes us no good, or knows no better.
type hostile struct {
	name  string
	serve answer
	// robots answers for robots.txt, which is otherwise not there.
	robots http.HandlerFunc
	// url is what is asked for, where it is not a page of the case's own host;
	// PORT stands for that of the server.
	url string
	tls bool
	// want is the end of the journey: stage, outcome and reason.
	want string
	// retried says that the end is reached at a later attempt.
	retried bool
	// again, if not empty, is the end of a second visit, to another address of
	// the same story.
	again string
	// check looks at the record of a page that is kept.
	check func(*news.Article) error

	number int
}

// host is the case's own.
func (c *hostile) host() string {
	return strings.ReplaceAll(strings.ToLower(c.name), " ", "-") + ".example"
}

// The limits of the desk that meets the hostile servers. They are short and
// small, for many of these never end; a page that misses the deadline on a slow
// machine is tried once more.
const (
	hostileTimeout  = 10 * time.Second
	hostileAttempts = 2
	hostileBody     = 2 << 20
	hostilePage     = 8 << 20
)

// hostiles holds every case.
func hostiles() []hostile {
	return []hostile{
		// What the status says.
		{name: "not found", serve: status(404), want: "fetch skipped(notFound)"},
		{name: "gone", serve: status(410), want: "fetch skipped(notFound)"},
		{name: "throttled once", serve: inTurn(status(429, "Retry-After", "1"), plainly), want: "index done", retried: true},
		{name: "throttled always", serve: status(429, "Retry-After", "1"), want: "fetch dead(tooManyRequests)", retried: true},
		{name: "ill once", serve: inTurn(status(500), plainly), want: "index done", retried: true},
		{name: "ill always", serve: status(503), want: "fetch dead(serverError)", retried: true},
		{name: "status of no class", serve: status(999), want: "fetch dead(serverError)", retried: true},
		{name: "not modified unasked", serve: status(304), want: "fetch dead(serverError)", retried: true},
		{name: "switching protocols", serve: said("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"), want: "fetch dead(serverError)", retried: true},
		{name: "flood of interim answers", serve: forever("HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"), want: "fetch dead(brokenAnswer)", retried: true},

		// What never ends.
		{name: "no header", serve: onWire(listen), want: "fetch dead(timeout)", retried: true},
		{name: "stops in the body", serve: onWire(func(conn net.Conn, story string) {
			fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n%s", story)
			listen(conn, "")
		}), want: "fetch dead(timeout)", retried: true},
		{name: "slow drip", serve: drip, want: "fetch dead(timeout)", retried: true},
		{name: "slow drip of a header", serve: onWire(func(conn net.Conn, _ string) {
			_, err := fmt.Fprint(conn, "HTTP/1.1 200 OK\r\n")
			for err == nil {
				time.Sleep(50 * time.Millisecond)
				_, err = fmt.Fprint(conn, "A: b\r\n")
			}
		}), want: "fetch dead(timeout)", retried: true},
		{name: "endless body", serve: forever("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>", strings.Repeat("The harbour closed. ", 1000)), want: "index done", check: wasCut},
		{name: "endless trailer", serve: forever("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n0\r\n", "X-Filler: x\r\n"), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "endless chunk extension", serve: forever("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3", ";x=y"), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "robots that never comes", robots: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, want: "fetch dead(timeout)", retried: true},
		{name: "endless robots", robots: func(w http.ResponseWriter, _ *http.Request) {
			for err := error(nil); err == nil; {
				_, err = w.Write([]byte(strings.Repeat("Allow: /\n", 1000)))
			}
		}, serve: plainly, want: "index done"},

		// What is too much.
		{name: "fifty megabytes of text", serve: padded(50_000_000, "<p>The harbour of Lindow closed at noon, and nobody knew why it had.</p>\n"), want: "index done", check: wasCut},
		{name: "fifty megabytes of script", serve: padded(50_000_000, "<script>var harbour = 'closed';</script>\n"), want: "index done", check: wasCut},
		{name: "thirty megabytes of one line", serve: padded(30_000_000, "the harbour of Lindow closed at noon "), want: "index done", check: wasCut},
		{name: "gzip bomb", serve: bomb("gzip"), want: "extract skipped(tooLarge)"},
		{name: "brotli bomb", serve: bomb("br"), want: "extract skipped(tooLarge)"},
		{name: "zstd bomb", serve: bomb("zstd"), want: "extract skipped(tooLarge)"},
		{name: "bomb in a bomb", serve: bomb("gzip, gzip"), want: "extract skipped(tooLarge)"},
		{name: "header of 300 kB", serve: labelled(same, "X-Filler", strings.Repeat("x", 300_000)), want: "fetch dead(headerTooLarge)"},
		{name: "header of many fields", serve: many(3000), want: "index done"},
		{name: "nested 200000 deep", serve: text(func(story string) string {
			const depth = 200_000
			return strings.Repeat("<div>", depth) + story + strings.Repeat("</div>", depth)
		}), want: "index done"},
		{name: "tree of many branches", serve: text(branches), want: "extract skipped(notArticle)"},
		{name: "million tags", serve: text(func(story string) string { return story + strings.Repeat("<p>x", 1_000_000) }), want: "index done"},

		// Where it leads.
		{name: "redirect to itself", serve: redirect("/2026/story"), want: "fetch skipped(redirectLoop)"},
		{name: "redirect with a new query", serve: func(w http.ResponseWriter, r *http.Request, _ string) {
			http.Redirect(w, r, r.URL.Path+"?again="+r.URL.RawQuery+"x", http.StatusFound)
		}, want: "fetch skipped(redirectLoop)"},
		{name: "redirect to a private address", serve: redirect("http://10.0.0.1/"), want: "fetch skipped(privateAddress)"},
		{name: "redirect to this machine", serve: redirect("http://127.0.0.1:22/"), want: "fetch skipped(privateAddress)"},
		{name: "redirect to a file", serve: redirect("file:///etc/hostname"), want: "fetch skipped(badUrl)"},
		{name: "redirect to a script", serve: redirect("javascript:alert(1)"), want: "fetch skipped(badUrl)"},
		{name: "redirect to a long address", serve: redirect("/" + strings.Repeat("a", 100_000)), want: "fetch skipped(badUrl)"},
		{name: "redirect with line ends", serve: said("HTTP/1.1 302 Found\r\nLocation: /a\nb\r\nContent-Length: 0\r\n\r\n"), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "redirect to nowhere", serve: status(302), want: "fetch dead(serverError)", retried: true},
		{name: "refresh for ever", serve: text(func(string) string {
			return `<meta http-equiv="refresh" content="0"><title>Wait</title><p>You are taken to the page.</p>`
		}), want: "extract skipped(notArticle)"},
		{name: "robots on a private address", robots: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/robots.txt", http.StatusFound)
		}, want: "fetch skipped(privateAddress)"},
		{name: "loopback", url: "http://127.0.0.1:PORT/", want: "fetch skipped(privateAddress)"},
		{name: "IPv6 loopback", url: "http://[::1]:PORT/", want: "fetch skipped(privateAddress)"},
		{name: "IPv4 in IPv6", url: "http://[::ffff:127.0.0.1]:PORT/", want: "fetch skipped(privateAddress)"},
		{name: "IPv4 in IPv6 by NAT64", url: "http://[64:ff9b::7f00:1]:PORT/", want: "fetch skipped(privateAddress)"},
		{name: "decimal", url: "http://2130706433:PORT/decimal", want: "fetch skipped(privateAddress)"},
		{name: "hexadecimal", url: "http://0x7f.1:PORT/hexadecimal", want: "fetch skipped(privateAddress)"},
		{name: "octal", url: "http://0177.0.0.1:PORT/octal", want: "fetch skipped(privateAddress)"},
		{name: "name of this machine", url: "http://localhost:PORT/", want: "fetch skipped(privateAddress)"},
		{name: "name of a private address", url: "http://inside.example:PORT/", want: "fetch skipped(privateAddress)"},
		{name: "name of IPv4 in IPv6", url: "http://mapped.example:PORT/", want: "fetch skipped(privateAddress)"},
		{name: "name that rebinds", url: "http://rebinds.example:PORT/", want: "fetch skipped(privateAddress)", retried: true},
		{name: "name of nobody", url: "http://nobody.example/", want: "fetch dead(noHost)", retried: true},

		// What it calls itself.
		{name: "UTF-8 called windows-1251", serve: labelled(cyrillic, "Content-Type", "text/html; charset=windows-1251"), want: "index done", check: reads},
		{name: "windows-1251 called UTF-8", serve: text(func(story string) string { return windows1251(cyrillic(story)) }), want: "index done", check: reads},
		{name: "unknown charset", serve: labelled(cyrillic, "Content-Type", "text/html; charset=klingon"), want: "index done", check: reads},
		{name: "no charset", serve: labelled(cyrillic, "Content-Type", "text/html"), want: "index done", check: reads},
		{name: "invalid UTF-8", serve: text(spoil("\xff\xc0\x80\xed\xa0\x80")), want: "index done"},
		{name: "NUL bytes", serve: text(spoil("\x00\x00")), want: "index done", check: func(a *news.Article) error {
			if strings.Contains(a.ArticleBody, "\x00") {
				return errors.New("NUL in the body")
			}
			return nil
		}},
		{name: "binary called a page", serve: text(func(string) string {
			return "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + strings.Repeat("\x00\x01\xfe", 500)
		}), want: "fetch skipped(notHtml)"},
		{name: "noise called a page", serve: text(func(string) string { return strings.Repeat("\x00\x01\xfe\xa7\x12", 5000) }), want: "extract skipped(notHtml)"},
		{name: "empty", serve: text(func(string) string { return "" }), want: "fetch dead(empty)", retried: true},
		{name: "blank", serve: text(func(string) string { return strings.Repeat(" \n", 100) }), want: "extract skipped(noText)"},
		{name: "malformed JSON-LD", serve: text(func(story string) string {
			return strings.Replace(story, "</head>", `<script type="application/ld+json">{"@type": "NewsArticle", "headline": [[{</script></head>`, 1)
		}), want: "index done", check: warned},
		{name: "deep JSON-LD", serve: text(func(story string) string {
			return strings.Replace(story, "</head>", `<script type="application/ld+json">`+strings.Repeat("[", 100_000)+`</script></head>`, 1)
		}), want: "index done", check: warned},

		// What is never twice the same.
		{name: "another story at every fetch", serve: changing("<h1>"), want: "index done", again: "index done"},
		{name: "another token at every fetch", serve: changing("</body>"), want: "index done", again: "index unchanged"},

		// How it is packed.
		{name: "two codings", serve: func(w http.ResponseWriter, _ *http.Request, story string) {
			w.Header()["Content-Encoding"] = []string{"br", "gzip"}
			w.Write(packed("gzip", packed("br", []byte(story))))
		}, want: "index done"},
		{name: "too many codings", serve: labelled(same, "Content-Encoding", "gzip, gzip, gzip, gzip, gzip, gzip"), want: "extract skipped(badEncoding)"},
		{name: "unknown coding", serve: labelled(same, "Content-Encoding", "rot13"), want: "extract skipped(badEncoding)"},
		{name: "called gzip and is none", serve: labelled(same, "Content-Encoding", "gzip"), want: "extract skipped(badEncoding)"},
		{name: "length too short", serve: spoken(func(story string) string {
			return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n" + story
		}), want: "extract skipped(noText)"},
		{name: "length too long", serve: spoken(func(story string) string {
			return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n" + story
		}), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "length of a universe", serve: said("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9223372036854775807\r\n\r\n<p>"), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "two lengths", serve: said("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n<p>x"), want: "fetch dead(brokenAnswer)", retried: true},

		// What is no HTTP, or hardly.
		{name: "HTTP 0.9", serve: spoken(same), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "another protocol", serve: said("220 mail.example ESMTP\r\n"), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "nothing", serve: said(""), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "reset", serve: onWire(reset), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "reset in the body", serve: onWire(func(conn net.Conn, story string) {
			fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n%s", story)
			reset(conn, "")
		}), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "header injection", serve: spoken(func(story string) string {
			return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-A: \xff\"}\\r\\n\r\n Nats-Msg-Id: 1\r\nContent-Length: %d\r\n\r\n%s", len(story), story)
		}), want: "index done"},
		{name: "line end in a header", serve: said("HTTP/1.1 200 OK\r\nX-A: a\rX-B: b\r\nContent-Length: 3\r\n\r\n<p>"), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "NUL in a header", serve: said("HTTP/1.1 200 OK\r\nX-A: a\x00b\r\nContent-Length: 3\r\n\r\n<p>"), want: "fetch dead(brokenAnswer)", retried: true},
		{name: "certificate of nobody", tls: true, serve: plainly, want: "fetch dead(badCertificate)", retried: true},
		{name: "no TLS", url: "https://no-tls.example/a", serve: plainly, want: "fetch dead(connect)", retried: true},
	}
}

// changing answers with the story and, behind a tag, a number that is another
// at every fetch: read by all in a headline, by nobody in a script.
func changing(behind string) answer {
	var n atomic.Int32
	return func(w http.ResponseWriter, r *http.Request, story string) {
		number := fmt.Sprintf("%s Number %d", behind, n.Add(1))
		if behind != "<h1>" {
			number = fmt.Sprintf("<script>var token = %d</script>%s", n.Add(1), behind)
		}
		story = strings.Replace(story, behind, number, 1)
		fmt.Fprint(w, strings.Replace(story, "</head>", fmt.Sprintf(`<link rel="canonical" href="http://%s%s"></head>`, r.Host, r.URL.Path), 1))
	}
}

// listen takes what comes and says nothing, until the other side gives up.
func listen(conn net.Conn, _ string) { _, _ = conn.Read(make([]byte, 1)) }

func reset(conn net.Conn, _ string) { _ = conn.(*net.TCPConn).SetLinger(0) }

func drip(w http.ResponseWriter, r *http.Request, story string) {
	for r.Context().Err() == nil {
		fmt.Fprint(w, story[:1])
		w.(http.Flusher).Flush()
		time.Sleep(20 * time.Millisecond)
	}
}

func redirect(to string) answer {
	return func(w http.ResponseWriter, r *http.Request, _ string) {
		if to == "/2026/story" {
			to = r.URL.Path
		}
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

// many answers with the story and n short header fields.
func many(n int) answer {
	return func(w http.ResponseWriter, _ *http.Request, story string) {
		for i := range n {
			w.Header().Set(fmt.Sprintf("X-%d", i), "a field that nobody reads")
		}
		fmt.Fprint(w, story)
	}
}

// branches is a small page that a parser makes an enormous tree of: what is
// never closed is opened again in every paragraph.
func branches(string) string {
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "<b a=%d>", i)
	}
	return b.String() + strings.Repeat("<p>x", 250_000)
}

const lindow = "Гавань закрыта"

func cyrillic(story string) string {
	return strings.ReplaceAll(story, "<h1>", "<h1>"+lindow+": ")
}

func windows1251(text string) string {
	coded, err := charmap.Windows1251.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return coded
}

// spoil puts bytes between the words of a story.
func spoil(bytes string) func(string) string {
	return func(story string) string { return strings.ReplaceAll(story, " the ", bytes+" the"+bytes+" ") }
}

func reads(a *news.Article) error {
	if !strings.Contains(a.Headline, lindow) {
		return fmt.Errorf("headline %q, want %q in it", a.Headline, lindow)
	}
	return nil
}

func wasCut(a *news.Article) error {
	if !a.Raw.Truncated {
		return errors.New("the record does not say that the page was cut")
	}
	return nil
}

func warned(a *news.Article) error {
	if len(a.Extraction.Warnings) == 0 {
		return errors.New("no warning")
	}
	return nil
}

// misleading are names that lead where nobody should go. The first answer for
// the one that rebinds is public, and of a network that was given back.
func misleading() map[string]map[dnsmessage.Type][]string {
	return map[string]map[dnsmessage.Type][]string{
		"inside.example":  {dnsmessage.TypeA: {"192.168.1.1"}},
		"mapped.example":  {dnsmessage.TypeAAAA: {"::ffff:127.0.0.1"}},
		"rebinds.example": {dnsmessage.TypeAAAA: {"3ffe::1", ""}, dnsmessage.TypeA: {"", "127.0.0.1"}},
	}
}

// TestHostileServers sends a desk to every hostile server: each page must end
// its journey with the outcome that has a name for it.
func TestHostileServers(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED because of -short: 86 servers, some of which never end; run \"go test ./pkg/service\"")
	}
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	site := newHostileSite(t, hostiles())
	settings := deskSettings(t)
	settings.Stream.RetryBase, settings.Stream.MaxAttempts = time.Millisecond, hostileAttempts
	settings.Fetch.Timeout, settings.Fetch.HostDelay = hostileTimeout, 0
	settings.Fetch.Hosts, settings.Fetch.Resolver = site.hosts(), newNameServer(t, misleading()).address()
	settings.Fetch.Workers = 32
	settings.Fetch.BodyLimit, settings.Extract.PageLimit = hostileBody, hostilePage
	desk := startDesk(ctx, t, settings)
	var first, second []string
	for i := range site.cases {
		c := &site.cases[i]
		first = append(first, site.url(c))
		if c.again != "" {
			second = append(second, site.url(c)+"?again=1")
		}
	}
	addHostiles(ctx, t, desk.Conn, first)
	settledHostiles(ctx, t, desk.Conn, len(first))
	addHostiles(ctx, t, desk.Conn, second)
	settledHostiles(ctx, t, desk.Conn, len(first)+len(second))
	for i := range site.cases {
		c := &site.cases[i]
		t.Run(c.name, func(t *testing.T) { checkHostile(ctx, t, desk.Conn, site, c) })
	}
	if strangers := site.strangers(); len(strangers) > 0 {
		t.Errorf("asked at private addresses: %v", slices.Collect(maps.Keys(strangers)))
	}
}

func addHostiles(ctx context.Context, t *testing.T, desk *stream.Conn, urls []string) {
	t.Helper()
	var all []frontier.Request
	for _, url := range urls {
		all = append(all, frontier.Request{URL: url, Priority: news.Normal})
	}
	for _, a := range retry[api.AddReply](ctx, t, desk, api.Add, api.AddRequest{URLs: all}).Answers {
		if a.Error != "" { // one that is known was added by a request whose answer did not come
			t.Errorf("add %s: %s", a.URL, a.Error)
		}
	}
}

func settledHostiles(ctx context.Context, t *testing.T, desk *stream.Conn, visits int) {
	t.Helper()
	waitUntil(ctx, t, "every hostile page has its outcome", func() bool {
		var s api.StatusReply
		err := desk.Request(ctx, api.Status("indexer"), nil, &s)
		return err == nil && int(s.Index.Visits) == visits && s.Index.Open == 0 && s.Index.SearchedRow == s.Index.LastRow
	})
}

func checkHostile(ctx context.Context, t *testing.T, desk *stream.Conn, site *hostileSite, c *hostile) {
	url := site.url(c)
	visits := retry[api.JourneyReply](ctx, t, desk, api.Journey, api.JourneyRequest{URL: url}).Visits
	var got []string
	for _, v := range visits {
		got = append(got, end(v))
	}
	want := []string{c.want}
	if c.again != "" {
		want = append(want, c.again)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("ends (-want +got): %s\n%+v", diff, visits)
	}
	if last := visits[0].Lines[len(visits[0].Lines)-1]; c.retried && visits[0].Stage == news.StageFetch && last.Attempt < 2 {
		t.Errorf("ended at attempt %d, want a later one", last.Attempt)
	}
	if c.check == nil {
		return
	}
	stored, err := api.Gather[news.Stored](func(offset int) (api.Piece, error) {
		return retry[api.Piece](ctx, t, desk, api.Show, api.ShowRequest{Key: url, Offset: offset}), nil
	})
	if err == nil {
		err = c.check(&stored.Article)
	}
	if err != nil {
		t.Error(err)
	}
}

// end is how a visit ended, in words.
func end(v store.Visit) string {
	said := fmt.Sprintf("%s %s", v.Stage, v.Outcome)
	if v.Reason != "" {
		said += fmt.Sprintf("(%s)", v.Reason)
	}
	return said
}
