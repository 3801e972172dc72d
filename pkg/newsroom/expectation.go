package newsroom

import (
	"fmt"
	"path"
	"strings"
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

	Language  string          `json:"language"` // BCP 47
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

// Expectations holds every story of the newsroom once, by outlet and in
// the order of its manifest.
func Expectations() ([]Expectation, error) {
	all, err := outlets()
	if err != nil {
		return nil, err
	}
	var found []Expectation
	for _, o := range all {
		for _, p := range o.Pages {
			if p.golden() == "" || p.Path != p.Canonical {
				continue
			}
			e, err := p.expectation()
			if err != nil {
				return nil, fmt.Errorf("newsroom: %s: %w", p.golden(), err)
			}
			found = append(found, e)
		}
	}
	return found, nil
}

func (p *page) expectation() (Expectation, error) {
	e := Expectation{
		URL: p.outlet.url(p.Path), Publisher: p.outlet.Name,
		ContentType: p.contentType(), Golden: p.golden(),
	}
	if err := readJSON(files, p.golden(), &e); err != nil {
		return e, err
	}
	var err error
	e.HTML, err = p.html()
	return e, err
}

// golden is the expected.json beside the page, empty for a page without a
// story.
func (p *page) golden() string {
	if p.Ends != nil || p.File == "" {
		return ""
	}
	name := strings.TrimSuffix(p.File, ".html") + ".expected.json"
	return path.Join(outletsFolder, p.outlet.host, name)
}
