package diff

import (
	"encoding/json"
	"fmt"
)

// Pair is one capture as two extractions saw it.
type Pair struct {
	CaptureID string
	URL, Site string
	Before    Side
	After     Side
}

// Side is what one extraction made of a capture.
type Side struct {
	// Record is the JSON of the article, nil where there is none.
	Record []byte
	// Why there is none, in a few words.
	Why string
}

// Kind is how the articles of a pair differ.
type Kind string

// The kinds of change.
const (
	Changed Kind = "changed"
	Gained  Kind = "gained" // there was none before
	Lost    Kind = "lost"   // there is none any more
)

// Change is an article that differs.
type Change struct {
	Kind      Kind   `json:"kind"`
	CaptureID string `json:"captureId"`
	StoryID   string `json:"storyId"`
	URL       string `json:"url,omitempty"`
	Site      string `json:"site,omitempty"`
	Headline  string `json:"headline"`
	// Why says of one that was gained why there was none, of one that was lost why
	// there is none.
	Why string `json:"why,omitempty"`
	// Fields are those in which it differs, most suspicious first; none of one that
	// was gained or lost.
	Fields []Field `json:"fields,omitempty"`
	// Suspicion says how much it looks like a fault, from 0 to 1, and Reason what
	// looks so.
	Suspicion float64 `json:"suspicion"`
	Reason    string  `json:"reason"`
}

// Field is a field that differs.
type Field struct {
	Name string `json:"name"`
	// Spans are the words that differ and some around them.
	Spans     []Span  `json:"spans"`
	Suspicion float64 `json:"suspicion"`
	Reason    string  `json:"reason"`
}

// Compare compares a pair. It is nil where both have no article, or the same. Its
// error names the capture of a record that is none.
func Compare(p Pair) (*Change, error) {
	if p.Before.Record == nil && p.After.Record == nil {
		return nil, nil
	}
	change, err := compare(p)
	if err != nil {
		return nil, fmt.Errorf("capture %s: %w", p.CaptureID, err)
	}
	return change, nil
}

func compare(p Pair) (*Change, error) {
	record := p.After.Record
	if record == nil {
		record = p.Before.Record
	}
	var said struct {
		StoryID  string `json:"storyId"`
		URL      string `json:"url"`
		Headline string `json:"headline"`
	}
	if err := json.Unmarshal(record, &said); err != nil {
		return nil, fmt.Errorf("read a record: %w", err)
	}
	c := &Change{Kind: Changed, CaptureID: p.CaptureID, StoryID: said.StoryID, URL: p.URL, Site: p.Site, Headline: said.Headline}
	if c.URL == "" {
		c.URL = said.URL
	}
	switch {
	case p.Before.Record == nil:
		c.Kind, c.Why = Gained, p.Before.Why
		c.Suspicion, c.Reason = 0.5, "an article where there was none"
		return c, nil
	case p.After.Record == nil:
		c.Kind, c.Why = Lost, p.After.Why
		c.Suspicion, c.Reason = 1, "the article is lost"
		return c, nil
	}
	before, err := fieldsOf(p.Before.Record)
	if err != nil {
		return nil, err
	}
	after, err := fieldsOf(p.After.Record)
	if err != nil {
		return nil, err
	}
	for _, name := range differing(before, after) {
		c.Fields = append(c.Fields, fieldOf(name, textOf(before[name]), textOf(after[name])))
	}
	if len(c.Fields) == 0 {
		return nil, nil
	}
	bySuspicion(c.Fields)
	c.Suspicion, c.Reason = c.Fields[0].Suspicion, c.Fields[0].Name+" "+c.Fields[0].Reason
	return c, nil
}

func fieldOf(name, before, after string) Field {
	spans := Words(before, after)
	f := Field{Name: name, Spans: around(spans)}
	f.Suspicion, f.Reason = suspicion(name, before, after, spans)
	return f
}

// Has says whether a field is among those that differ. All fields of an article
// that was gained or lost are.
func (c *Change) Has(field string) bool {
	for _, f := range c.Fields {
		if f.Name == field {
			return true
		}
	}
	return c.Kind != Changed
}
