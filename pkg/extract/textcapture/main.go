// Textcapture measures what the extractor makes of pages of which only the text
// survives. It renders the pages of an evaluation set to text, extracts the
// text, and writes what it found as predictions for the set's scorer.
//
//	textcapture [-shown] SET PREDICTIONS [TEXTS]
//
// SET is a folder with gold.jsonl and pages/ID.html.gz, PREDICTIONS the file to
// write, TEXTS a folder for the texts, for who wants to read them.
//
// The text is that of the WET records which Common Crawl makes of its captures
// with ia-web-commons: tags read one by one, the title on the first line, a new
// line for each tag of a block element, for br and button, a space for cells,
// pictures, labels and times, nothing for all others, so that the words of
// neighbours melt; what a page hides or says to browsers without scripts is text
// too, and of style sheets nothing is known. With -shown it is the text that a
// reader copies out of a browser, as text extractors for readers write it:
// without the title and what the page itself hides or shows only without
// scripts, cells on lines of their own, and no more known of style sheets.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/extract/corpus"
	"github.com/copydesk/copydesk/pkg/news"
)

func main() {
	asShown := flag.Bool("shown", false, "render what a browser shows, not a WET record")
	flag.Usage = func() { fmt.Fprintln(os.Stderr, "usage: textcapture [-shown] SET PREDICTIONS [TEXTS]") }
	flag.Parse()
	if flag.NArg() < 2 || flag.NArg() > 3 {
		flag.Usage()
		os.Exit(2)
	}
	form := wet
	if *asShown {
		form = shown
	}
	if err := run(flag.Arg(0), form, flag.Arg(1), flag.Arg(2)); err != nil {
		fmt.Fprintln(os.Stderr, "textcapture:", err)
		os.Exit(1)
	}
}

// rendering is a way to make a text of a page, given in UTF-8.
type rendering func(page []byte) (string, error)

// page is what the set's gold says of where a page is from.
type page struct {
	ID      string `json:"id"`
	URL     string `json:"url"`
	Crawled string `json:"crawl_date"`
}

func run(set string, form rendering, predictions, texts string) (err error) {
	out, err := os.Create(predictions)
	if err != nil {
		return err
	}
	defer func() {
		if failed := out.Close(); err == nil {
			err = failed
		}
	}()
	to := json.NewEncoder(out)
	var pages []*page
	if err := corpus.EachLine(filepath.Join(set, "gold.jsonl"), func(p *page) { pages = append(pages, p) }); err != nil {
		return err
	}
	for _, p := range pages {
		text, err := textOf(set, form, p.ID)
		if err != nil {
			return err
		}
		if texts != "" {
			if err := os.WriteFile(filepath.Join(texts, p.ID+".txt"), []byte(text), 0o644); err != nil {
				return err
			}
		}
		if err := to.Encode(predict(*p, text)); err != nil {
			return err
		}
	}
	return nil
}

func textOf(set string, form rendering, id string) (string, error) {
	page, err := corpus.Page(set, id)
	if err != nil {
		return "", err
	}
	if page, err = decode(page, "text/html"); err != nil {
		return "", fmt.Errorf("read %q: %w", id, err)
	}
	text, err := form(page)
	if err != nil {
		return "", fmt.Errorf("render %q: %w", id, err)
	}
	return text, nil
}

// decode turns a page that is not in UTF-8 into it.
func decode(page []byte, contentType string) ([]byte, error) {
	if utf8.Valid(page) {
		return page, nil
	}
	decoded, err := charset.NewReader(bytes.NewReader(page), contentType)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(decoded)
}

// prediction is a record as the scorer reads it.
type prediction struct {
	ID                   string   `json:"id"`
	Headline             string   `json:"headline"`
	AlternativeHeadlines []string `json:"alternative_headlines"`
	Kicker               []string `json:"kicker"`
	Published            string   `json:"published"`
	Text                 string   `json:"text"`
	Summary              string   `json:"summary"`
	Authors              []string `json:"authors"`
	Captions             []string `json:"captions"`
	Credits              []string `json:"credits"`
	Topics               []string `json:"topics"`
	Subheads             []string `json:"subheads"`
}

// crawled is how the sets write the time of their crawl.
const crawled = "2006-01-02 15:04:05"

func predict(p page, text string) prediction {
	fetched, _ := time.Parse(crawled, strings.Split(p.Crawled, ".")[0]) // the zero time bounds no date
	got := prediction{ID: p.ID}
	a, err := extract.Extract(extract.Input{Body: []byte(text), ContentType: "text/plain; charset=utf-8", URL: p.URL, FetchedAt: fetched})
	if err != nil {
		return got // counts as empty
	}
	got.Headline, got.AlternativeHeadlines, got.Kicker = a.Headline, a.AlternativeHeadlines, a.Kicker
	got.Text, got.Summary, got.Topics = a.ArticleBody, a.Deck, a.Keywords
	if d := a.DatePublished; d != nil {
		got.Published = d.Value
	}
	for _, person := range a.Author {
		if person.Name != "" {
			got.Authors = append(got.Authors, person.Name)
		}
	}
	for _, i := range a.Images {
		if i.Caption != "" {
			got.Captions = append(got.Captions, i.Caption)
		}
		if i.CreditText != "" {
			got.Credits = append(got.Credits, i.CreditText)
		}
	}
	for _, b := range a.Body {
		if b.Kind == news.Subhead {
			got.Subheads = append(got.Subheads, b.Text)
		}
	}
	return got
}
