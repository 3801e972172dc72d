package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// jsonItem is an item of JSON Feed 1.1 ("Items").
type jsonItem struct {
	ID            loose
	URL           loose
	ExternalURL   loose `json:"external_url"`
	Title         loose
	DatePublished loose `json:"date_published"`
	DateModified  loose `json:"date_modified"`
	Language      loose
	Tags          looseList
}

// jsonHub is an entry of "hubs".
type jsonHub struct{ Type, URL loose }

// loose is a string that feeds write as a number at times (JSON Feed 1.1,
// "id"). Anything else is empty.
type loose string

// UnmarshalJSON takes strings and numbers.
func (l *loose) UnmarshalJSON(data []byte) error {
	*l = ""
	switch {
	case data[0] == '"':
		return json.Unmarshal(data, (*string)(l))
	case data[0] == '-' || '0' <= data[0] && data[0] <= '9':
		*l = loose(data)
	}
	return nil
}

// looseList is a list of strings, or one string.
type looseList []loose

// UnmarshalJSON takes a list or a single string.
func (l *looseList) UnmarshalJSON(data []byte) error {
	*l = nil
	switch data[0] {
	case '[':
		return json.Unmarshal(data, (*[]loose)(l))
	case '"':
		*l = looseList{""}
		return (*l)[0].UnmarshalJSON(data)
	}
	return nil
}

// readJSON reads a JSON Feed (https://www.jsonfeed.org/version/1.1/) member by
// member, so that one that breaks off gives what came before.
func (c *collector) readJSON(text []byte) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	version := ""
	err := c.jsonMembers(dec, &version)
	const known = "jsonfeed.org/version/"
	switch {
	case strings.Contains(version, known):
	case err != nil && !errors.Is(err, errNoObject):
		return &NotFeedError{BrokenJSON, cutText(err.Error(), c.limits.Text)}
	default:
		return &NotFeedError{JSON, cutText(cleanText(version), 60)}
	}
	if err != nil && !c.cut {
		c.warn("broken: %v", err)
	}
	return nil
}

// errNoObject is the error for JSON that is no object.
var errNoObject = errors.New("JSON that is no object")

func (c *collector) jsonMembers(dec *json.Decoder, version *string) error {
	if t, err := dec.Token(); err != nil {
		return err
	} else if t != json.Delim('{') {
		return errNoObject
	}
	d := &c.doc
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return unexpected(err)
		}
		var s loose
		switch name {
		case "items":
			err = c.jsonItems(dec)
		case "hubs":
			var hubs []jsonHub
			err = decodeLoosely(dec, &hubs)
			for _, h := range hubs {
				if strings.EqualFold(string(h.Type), "WebSub") {
					c.hub(address(c.base, string(h.URL)))
				}
			}
		case "version":
			err = decodeLoosely(dec, &s)
			*version = string(s)
		case "title":
			err = decodeLoosely(dec, &s)
			d.Title = c.text(html.UnescapeString(string(s)))
		case "language":
			err = decodeLoosely(dec, &s)
			d.Language = languageTag(string(s))
		case "home_page_url":
			err = decodeLoosely(dec, &s)
			d.URL = address(c.base, string(s))
		case "feed_url":
			err = decodeLoosely(dec, &s)
			d.Self = address(c.base, string(s))
		default:
			err = skipValue(dec)
		}
		if err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return unexpected(err)
}

// jsonItems reads the items one after another.
func (c *collector) jsonItems(dec *json.Decoder) error {
	t, err := dec.Token()
	if err != nil || t == nil {
		return unexpected(err)
	}
	if t != json.Delim('[') {
		return errors.New("items that are no list")
	}
	for dec.More() {
		if c.full {
			// The version may come last.
			if err := skipValue(dec); err != nil {
				return err
			}
			continue
		}
		var item jsonItem
		if err := decodeLoosely(dec, &item); err != nil {
			return err
		}
		c.jsonItem(item)
	}
	_, err = dec.Token()
	return unexpected(err)
}

// decodeLoosely reads the next value into v; of a value of another type it
// takes what fits.
func decodeLoosely(dec *json.Decoder, v any) error {
	err := dec.Decode(v)
	if _, odd := errors.AsType[*json.UnmarshalTypeError](err); odd {
		return nil
	}
	return unexpected(err)
}

// skipValue passes over the next value.
func skipValue(dec *json.Decoder) error { return decodeLoosely(dec, &struct{}{}) }

// unexpected makes of an end that comes too early what it is.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (c *collector) jsonItem(j jsonItem) {
	it := Item{
		ID: c.text(string(j.ID)), Title: c.text(html.UnescapeString(string(j.Title))), Language: languageTag(string(j.Language)),
		Published: c.date(string(j.DatePublished)), Updated: c.date(string(j.DateModified)),
		URL: address(c.base, string(j.URL), string(j.ExternalURL)),
	}
	if it.URL == "" && isAddress(string(j.ID)) {
		it.URL = address(nil, string(j.ID))
	}
	for _, tag := range j.Tags {
		c.keywords(&it, string(tag))
	}
	c.item(it)
}
