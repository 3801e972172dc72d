package extract_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/extract/bulk"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/newsroom"
)

// TestDeterminism says that the same bytes give the same record, byte for byte.
func TestDeterminism(t *testing.T) {
	for _, page := range pages {
		t.Run(page.file, func(t *testing.T) {
			first := recordOf(t, readPage(t, page.file, page.url))
			for range 20 {
				if again := recordOf(t, readPage(t, page.file, page.url)); !bytes.Equal(first, again) {
					t.Fatalf("two records of one page:\n%s\n%s", first, again)
				}
			}
		})
	}
}

// TestDeterminismAcrossProcesses says that processes in other zones and
// languages, with other numbers of threads, make the same records of the
// newsroom, many at once.
func TestDeterminismAcrossProcesses(t *testing.T) {
	if os.Getenv(printsRecords) != "" {
		fmt.Printf("\nrecords %x\n", sha256.Sum256(newsroomRecords(t)))
		return
	}
	want := fmt.Sprintf("records %x", sha256.Sum256(newsroomRecords(t)))
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, env := range [][]string{
		{"TZ=Asia/Kolkata", "LANG=tr_TR.UTF-8", "GOMAXPROCS=1"},
		{"TZ=America/Los_Angeles", "LC_ALL=C", "GOMAXPROCS=8", "GOGC=20"},
	} {
		child := exec.CommandContext(t.Context(), program, "-test.run=^TestDeterminismAcrossProcesses$")
		child.Env = append(append(os.Environ(), printsRecords+"=1"), env...)
		out, err := child.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", env, err, out)
		}
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("%v: got\n%s\nwant %s", env, out, want)
		}
	}
}

// printsRecords is the variable that has the test print what its records are.
const printsRecords = "COPYDESK_TEST_PRINTS_RECORDS"

// newsroomRecords are the records of all stories of the newsroom, made at once,
// several times over.
func newsroomRecords(t *testing.T) []byte {
	t.Helper()
	all, err := newsroom.Expectations()
	if err != nil {
		t.Fatal(err)
	}
	var rounds [4][][]byte
	var group sync.WaitGroup
	for round := range rounds {
		rounds[round] = make([][]byte, len(all))
		group.Go(func() {
			for i, e := range all {
				rounds[round][i] = recordOf(t, extract.Input{Body: e.HTML, URL: e.URL, ContentType: e.ContentType, FetchedAt: newsroomFetched})
			}
		})
	}
	group.Wait()
	for _, again := range rounds[1:] {
		for i := range again {
			if !bytes.Equal(again[i], rounds[0][i]) {
				t.Errorf("%s: two records:\n%s\n%s", all[i].URL, rounds[0][i], again[i])
			}
		}
	}
	return bytes.Join(rounds[0], []byte("\n"))
}

func recordOf(t testing.TB, in extract.Input) []byte {
	t.Helper()
	a, err := extract.Extract(in)
	if err != nil {
		return []byte(err.Error())
	}
	record, err := json.Marshal(a)
	if err != nil {
		t.Error(err)
	}
	return record
}

// TestDeepNesting says that a page that is too deep for the parser is read as
// text, with a warning.
func TestDeepNesting(t *testing.T) {
	const depth = 200_000
	prose := "<h1>The well at Orm is deeper than anybody thought</h1><p>Published May 3, 2022</p>" +
		strings.Repeat("<p>Nobody has ever seen its bottom, and the rope was too short again this year, as it had been before.</p>", 4)
	page := strings.Repeat("<div>", depth) + prose + strings.Repeat("</div>", depth)
	a, err := extract.Extract(extract.Input{Body: []byte(page), URL: "https://orm.example/well-1", ContentType: "text/html"})
	if err != nil {
		t.Fatal(err)
	}
	if want := "The well at Orm is deeper than anybody thought"; a.Headline != want {
		t.Errorf("headline: got %q, want %q", a.Headline, want)
	}
	if a.ArticleBody == "" {
		t.Error("no body")
	}
	if len(a.Extraction.Warnings) == 0 {
		t.Error("no warning")
	}
}

// FuzzExtract states what holds for any bytes, whatever they are said to be and
// whatever a feed says of them: no panic, a fault that knows its class or a sealed
// record in valid UTF-8 with probable values.
func FuzzExtract(f *testing.F) {
	add := func(body []byte, media, url, told string) { f.Add(body, media, url, told, told, told) }
	for _, page := range pages {
		add(readPage(f, page.file, page.url).Body, "text/html", page.url, "")
	}
	add([]byte("\xff\xfe<\x00p\x00>\x00"), "", "https://a.example/", "de-CH")
	add([]byte(`<script type="application/ld+json">[[{"@type":["Article",3],"author":{"name":[{}]},"headline":{"@value":"x"}}]]</script><h1>x</h1>`), "text/html", ":", "x | y")
	add([]byte(`<h1><span class=kicker>`+"\xf0\x28\x8c\x28"+`</span>x</h1><figure><figcaption>Foto: `), "text/html; charset=big5", "file:///x", "2022-02-30")
	add([]byte("12:99 31/31/2022 2022-02-30T25:61:61+99:99 Month 3, 2022"), "text/plain", "", "Month 3, 2022")
	add([]byte("Well found at Orm\n\nBy Ada Reed\n1 March 2026\n\n"+strings.Repeat("Nobody has ever seen its bottom, and the rope was too short. ", 9)+"\n\n(ar/AP)"), "text/plain", "https://orm.example/2026/well", "\xff")
	add(bulk.Shapes()[0].Page(1<<10), "application/xhtml+xml", "https://orm.example/", "1 March 2026")
	f.Fuzz(func(t *testing.T, body []byte, media, url, title, date, language string) {
		a, err := extract.Extract(extract.Input{
			Body: body, ContentType: media, URL: url, FetchedAt: fetched,
			Hints: news.Hints{Title: title, DatePublished: date, Language: language, Source: "https://orm.example/feed"},
		})
		if err != nil {
			if fault := news.FaultOf(err); fault.Kind != news.Skip || fault.Reason == "" {
				t.Fatalf("fault without class: %v", err)
			}
			return
		}
		said := *a // what the caller gave is the caller's
		said.URL, said.RequestedURL, said.Raw = "", "", news.Raw{}
		record, err := json.Marshal(said)
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(record) || bytes.Contains(record, []byte(`\u0000`)) {
			t.Fatalf("record is no clean UTF-8: %q", record)
		}
		if len(a.ID) != 32 || len(a.StoryID) != 32 || len(a.ContentHash) != 64 {
			t.Fatalf("not sealed: id %q, story %q, content %q", a.ID, a.StoryID, a.ContentHash)
		}
		for _, img := range a.Images {
			if img.Block < -1 || img.Block >= len(a.Body) {
				t.Fatalf("image points at block %d of %d", img.Block, len(a.Body))
			}
		}
	})
}
