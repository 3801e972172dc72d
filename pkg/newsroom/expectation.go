package newsroom

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// Expectation is a story's page together with what a careful reader finds on
// it: words as printed, each run of white space as one space, and named as in
// news.Article. What the page does not state is empty.
type Expectation struct {
	// URL is the canonical address of the story.
	URL string `json:"-"`
	// Publisher is the name of the outlet as the page states it: where the file
	// says nothing, as it calls itself.
	Publisher string `json:"publisher,omitempty"`
	// ContentType is the field of that name of the answer.
	ContentType string `json:"-"`
	// HTML is the page as sent, without content coding.
	HTML []byte `json:"-"`
	// Golden is the file that this was read from, below pkg/newsroom.
	Golden string `json:"-"`
	// Edition is the first that has the story in this wording.
	Edition int `json:"-"`

	Language  string          `json:"language"`       // BCP 47
	Type      string          `json:"type,omitempty"` // as news.ArticleType; empty for NewsArticle
	Section   string          `json:"section,omitempty"`
	Keywords  []string        `json:"keywords,omitempty"`
	Kicker    []string        `json:"kicker,omitempty"`
	Headline  string          `json:"headline"`
	Deck      string          `json:"deck,omitempty"`
	ShortURL  string          `json:"shortUrl,omitempty"`
	Published ExpectedDate    `json:"published,omitzero"`
	Modified  ExpectedDate    `json:"modified,omitzero"`
	Authors   []string        `json:"authors,omitempty"` // people only
	Dateline  string          `json:"dateline,omitempty"`
	Signoff   string          `json:"signoff,omitempty"`  // the initials, without agencies
	Agencies  []string        `json:"agencies,omitempty"` // of the text, short names
	Images    []ExpectedImage `json:"images,omitempty"`
	Subheads  []string        `json:"subheads,omitempty"`
	Questions []string        `json:"questions,omitempty"` // of an interview
	// FirstParagraph is printed with its dateline, LastParagraph without the
	// sign-off. Paragraphs counts neither sign-off nor correction.
	FirstParagraph string   `json:"firstParagraph"`
	LastParagraph  string   `json:"lastParagraph"`
	Paragraphs     int      `json:"paragraphs"`
	Correction     []string `json:"correction,omitempty"`
	// Free is false where only the head of the story can be read.
	Free *bool `json:"free,omitempty"`
}

// ExpectedDate is a moment as exact as the page states it anywhere, be it in
// metadata, and no more.
type ExpectedDate struct {
	// Value is as in news.Date: RFC 3339, YYYY-MM-DD with precision "day", and
	// without an offset where the page names no zone.
	Value     string `json:"value"`
	Precision string `json:"precision"` // as news.Precision
}

// ExpectedImage is a picture that belongs to the story.
type ExpectedImage struct {
	Alt     string `json:"alt,omitempty"`
	Caption string `json:"caption,omitempty"`
	// Credit is without the words that introduce it: "Image:", "Photo by".
	Credit string `json:"credit,omitempty"`
}

// Expectations holds every story of the newsroom, and every wording of a story
// that is edited, once: by outlet, in the order of its manifest.
func Expectations() ([]Expectation, error) {
	all, err := outlets()
	if err != nil {
		return nil, err
	}
	var found []Expectation
	for _, o := range all {
		for _, p := range o.Pages {
			told := ""
			for edition := 1; edition <= editions; edition++ {
				golden := p.golden(edition)
				if golden == "" || p.Path != p.Canonical || golden == told {
					continue
				}
				told = golden
				e, err := p.expectation(edition)
				if err != nil {
					return nil, fmt.Errorf("newsroom: %s: %w", golden, err)
				}
				found = append(found, e)
			}
		}
	}
	return found, nil
}

// NoStory is a page of the newsroom that is no article, and what it is instead.
type NoStory struct {
	URL, ContentType string
	// HTML is the page as sent, without content coding.
	HTML   []byte
	Reason news.Reason
}

// NoStories holds every page that an extractor should refuse.
func NoStories() ([]NoStory, error) {
	all, err := outlets()
	if err != nil {
		return nil, err
	}
	var found []NoStory
	for _, o := range all {
		for _, p := range o.Pages {
			if p.Ends == nil || p.Ends.Stage != news.StageExtract {
				continue
			}
			html, err := p.body(max(1, p.From))
			if err != nil {
				return nil, err
			}
			found = append(found, NoStory{URL: p.url(), ContentType: p.contentType(), HTML: html, Reason: p.Ends.Reason})
		}
	}
	return found, nil
}

func (p *page) expectation(edition int) (Expectation, error) {
	e := Expectation{
		URL: p.url(), Publisher: p.outlet.Name,
		ContentType: p.contentType(), Golden: p.golden(edition), Edition: edition,
	}
	if err := readJSON(files, e.Golden, &e); err != nil {
		return e, err
	}
	var err error
	e.HTML, err = p.body(edition)
	return e, err
}

// golden is the expected.json beside the page, empty for a page without a
// story and for an edition that has not got it. NAME.2.expected.json is for
// the second edition and those after it.
func (p *page) golden(edition int) string {
	if p.Ends != nil || p.File == "" || !p.in(edition) {
		return ""
	}
	name := path.Join(outletsFolder, p.outlet.host, strings.TrimSuffix(p.File, ".html"))
	for ; edition > 1; edition-- {
		edited := fmt.Sprintf("%s.%d.expected.json", name, edition)
		if _, err := fs.Stat(files, edited); err == nil {
			return edited
		}
	}
	return name + ".expected.json"
}
