package newsroom

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/copydesk/copydesk/pkg/news"
)

//go:embed outlets lists
var files embed.FS

// outletsFolder holds one folder a host.
const outletsFolder = "outlets"

// outlet is one host: its manifest, outlet.json, and what lies beside it.
type outlet struct {
	Name string `json:"name"`
	// Turn is the outlet's place in the order of [Room.URLs].
	Turn     int    `json:"turn"`
	Language string `json:"language"` // of pages that do not say their own; BCP 47
	// Validators says what pages carry for a conditional request: both, etag,
	// date or none. Both if empty.
	Validators validators `json:"validators,omitempty"`
	Pages      []*page    `json:"pages"`
	// Lists holds feeds and sitemaps, made from the pages.
	Lists []*page `json:"lists,omitempty"`

	host   string
	folder fs.FS
}

// page is one address of an outlet and what it answers.
type page struct {
	// Path is the path and, where there is one, the query.
	Path string `json:"path"`
	// File is the page's file; none for a redirect.
	File string `json:"file,omitempty"`
	// Canonical is the path that the page names as its own; Path if empty.
	Canonical string `json:"canonical,omitempty"`
	Language  string `json:"language,omitempty"`
	// Charset is the encoding on the wire, UTF-8 if empty.
	Charset string `json:"charset,omitempty"`
	// Coding is the content coding for clients that accept it: gzip, br, zstd.
	Coding string `json:"coding,omitempty"`
	// Status is that of the answer, 200 if zero.
	Status int `json:"status,omitempty"`
	// Redirect is the address to go to instead.
	Redirect string `json:"redirect,omitempty"`
	// Failures is how often the page answers 503 before it works.
	Failures int `json:"failures,omitempty"`
	// Unlisted pages are reached from others only, not by [Room.URLs].
	Unlisted bool `json:"unlisted,omitempty"`
	// From is the first edition that has the page, Gone the first that answers
	// 410 instead; 0 means that it was always there, or always will be.
	From int `json:"from,omitempty"`
	Gone int `json:"gone,omitempty"`
	// Sent is when the story went into the feeds, in RFC 3339; when it was
	// published if empty.
	Sent string `json:"sent,omitempty"`
	// List names the template of a feed or sitemap, in folder lists.
	List string `json:"list,omitempty"`
	// Under is what the path of a story begins with that is in the list.
	Under string `json:"under,omitempty"`
	// Tracking is what the list puts behind each address.
	Tracking string `json:"tracking,omitempty"`
	// Note says in a few words what is special, for people who watch.
	Note string `json:"note,omitempty"`
	// Ends is where the page's way ends; in the index if absent.
	Ends *ending `json:"ends,omitempty"`

	outlet *outlet
}

type ending struct {
	Stage   news.Stage   `json:"stage"`
	Outcome news.Outcome `json:"outcome"`
	Reason  news.Reason  `json:"reason"`
}

// url is the page's address.
func (p *page) url() string { return p.outlet.url(p.Path) }

// url is the address of a path on the outlet's host.
func (o *outlet) url(path string) string { return "http://" + o.host + path }

// read is the content of a file of the outlet; nil where there is none.
func (o *outlet) read(name string) ([]byte, error) {
	b, err := fs.ReadFile(o.folder, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}

// outlets reads all manifests, in the order of their turns.
func outlets() ([]*outlet, error) {
	folders, err := files.ReadDir(outletsFolder)
	if err != nil {
		return nil, fmt.Errorf("newsroom: %w", err)
	}
	var all []*outlet
	for _, folder := range folders {
		o, err := readOutlet(folder.Name())
		if err != nil {
			return nil, fmt.Errorf("newsroom: outlet %s: %w", folder.Name(), err)
		}
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b *outlet) int { return a.Turn - b.Turn })
	return all, nil
}

func readOutlet(host string) (*outlet, error) {
	folder, err := fs.Sub(files, path.Join(outletsFolder, host))
	if err != nil {
		return nil, err
	}
	o := &outlet{host: host, folder: folder}
	if err := readJSON(folder, "outlet.json", o); err != nil {
		return nil, err
	}
	for _, p := range slices.Concat(o.Pages, o.Lists) {
		p.outlet = o
		if p.Canonical == "" {
			p.Canonical = p.Path
		}
		if p.Language == "" {
			p.Language = o.Language
		}
		if p.Charset == "" {
			p.Charset = "utf-8"
		}
		if p.Status == 0 {
			p.Status = 200
		}
	}
	return o, nil
}

// readJSON reads a file written by hand: a field that nobody knows is a typo.
func readJSON(folder fs.FS, name string, into any) error {
	f, err := folder.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
