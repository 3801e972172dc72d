package extract

import (
	"bytes"
	"fmt"
	"mime"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/language"
	"github.com/copydesk/copydesk/pkg/markup"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/structured"
	"github.com/copydesk/copydesk/pkg/weburl"
	"github.com/copydesk/copydesk/pkg/when"
)

// Name and Version name this extractor in every record.
const (
	Name    = "copydesk"
	Version = "0.1.0"
)

// Input is one page and what is known of it.
type Input struct {
	// Body is the page's bytes without content coding, in any charset.
	Body []byte
	// URL is the address that answered, RequestedURL the one that was asked.
	URL, RequestedURL string
	// ContentType is the response's, empty where there was none.
	ContentType string
	Hints       news.Hints
	// FetchedAt bounds the dates that are believed; the zero time bounds none.
	FetchedAt time.Time
	// Raw is taken into the record; Extract fills in its Charset.
	Raw news.Raw
	// Rules are those of single sites; nil for none.
	Rules *siterules.Set
}

// Extract turns a page into its record. A page that is no article gives a
// [*news.Fault] of kind [news.Skip] with the reason.
func Extract(in Input) (*news.Article, error) {
	s, err := read(in, nil)
	if err != nil {
		return nil, err
	}
	return s.rec, nil
}

// read is [Extract] for who wants to know how it came to its record, or to
// none; the story is nil where the bytes hold no page.
func read(in Input, v *verdicts) (*story, error) {
	media, _, _ := mime.ParseMediaType(in.ContentType)
	if !readable(media) {
		return nil, skip(news.NotHTML, "content type %q holds no article", media)
	}
	body, name := markup.Decode(in.Body, in.ContentType)
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, skip(news.NoText, "the page is empty")
	}
	if isBinary(body) {
		return nil, skip(news.NotHTML, "the body is binary")
	}
	s := newStory(in, name)
	s.verdicts = v
	if isText(media, body) {
		if bytes.IndexByte(body, 0) >= 0 {
			return nil, skip(news.NotHTML, "the body is binary")
		}
		return s, s.fromText(string(body))
	}
	page := markup.Lean(body)
	if page.Overgrown(body) {
		s.warn("the page would be a tree of too many elements; read as text")
		return s, s.fromText(tokenText(body))
	}
	doc, err := html.Parse(page.Reader())
	if err != nil {
		// The parser refuses more than 512 open elements.
		s.warn("parse: " + err.Error() + "; read as text")
		return s, s.fromText(tokenText(body))
	}
	return s, s.fromTree(doc, page)
}

// story is a page on its way to a record: its outline, what was found of it so
// far, and the record itself. The fields are filled in by one method each, in
// the order of fromTree, for later ones look at what earlier ones found.
type story struct {
	in  Input
	rec *news.Article
	// base is the page's web address: that of the input, or the one that a
	// saved page calls its own.
	base string

	*outline
	graph *structured.Graph
	ld    structured.Thing // the article in the structured data, nil where there is none
	micro []structured.Property
	// stateRead is what the application state says, nil until somebody asks.
	stateRead *stateArticle

	outlet     byline.Outlet
	head       int32    // the element that prints the headline, -1 for none
	headLabels []string // labels inside that element
	out        []bool
	mass       []int32        // by element: bytes of running text inside
	realm      int32          // the element that holds all of the story, 0 for the page
	root       int32          // the element that holds the body, -1 for none
	boxes      map[int32]bool // elements that hold a picture and its caption
	// captionLines are the blocks that are all of an inline element named a caption.
	captionLines map[int32]bool
	boxed        int32          // bytes of running text in the boxes inside it
	listed       map[int32]bool // lists that the story has, of those asked for
	picked       []int32        // the blocks of the body
	sure         float64        // confidence in the body
	entries      []entry        // of a live blog
	recipe       string         // folded, that the body holds
	given        []string       // the paragraphs of a body that the page does not print
	barrier      int32          // the block that bars the way to the rest of the story, -1 for none
	interview    bool           // the body has questions and answers
	leadsOn      bool           // the body follows the deck at once
	order        when.Order
	placed       []placed
	played       []played
	told         []structured.Thing // see toldImages
	captions     []string           // see toldCaptions
	lead         string             // see isLead
	closing      string             // the line of desk or agencies that closes the story
	supplies     []supply           // where each of the record's InfoSources is credited
	rule         *siteRule          // nil where there is none
	verdicts     *verdicts          // nil unless somebody asks
	onlyText     bool               // nothing of the markup survives
	between      []candidate        // the lines between headline and story, of a text
}

func newStory(in Input, charset string) *story {
	raw := in.Raw
	raw.Charset = charset
	if raw.ContentType == "" {
		raw.ContentType = in.ContentType
	}
	if raw.FetchedAt.IsZero() {
		raw.FetchedAt = in.FetchedAt
	}
	return &story{
		in: in, base: in.URL, head: -1, root: -1, barrier: -1,
		rec: &news.Article{
			Schema: news.ArticleSchema, URL: in.URL, RequestedURL: in.RequestedURL, Type: news.NewsArticle,
			Provenance: map[string]news.Provenance{},
			Extraction: news.Extraction{Extractor: Name, Version: Version, Rules: in.Rules.Digest()},
			Raw:        raw,
		},
	}
}

// leastShown is the text, in bytes, that a page shows that does not hide itself.
const leastShown = 300

func (s *story) fromTree(doc *html.Node, page *markup.Page) error {
	s.outline = lay(doc, page, false)
	if len(s.els) > 0 && s.els[0].text < leastShown {
		// Some pages hide themselves until their scripts have run.
		s.outline = lay(doc, page, true)
	}
	if s.cut {
		s.warnCut()
	}
	if s.cutData {
		s.warn(fmt.Sprintf("structured data: more than %d MB; the rest is left out", mostData>>20))
	}
	s.graph = structured.ReadGraph(s.scripts, s.in.URL)
	s.chooseArticle()
	s.micro = s.itemProps()
	if n := len(s.graph.Broken); n > 0 {
		s.warn(fmt.Sprintf("structured data: %d of %d scripts are no JSON", n, len(s.scripts)))
	}

	s.address()
	s.findRule()
	s.publisher()
	s.declaredLanguage()
	s.headline()
	s.headlineByRule()
	s.findBody()
	s.left(Unheard)
	s.headlineByPlace()
	s.left(IsHeadline)
	s.section()
	s.kicker()
	s.kickerByRule()
	s.left(IsKicker)
	s.deck()
	s.deckByRule()
	s.left(IsDeck)
	s.dates()
	s.datesByRule()
	s.byline()
	s.authorByRule()
	s.left(IsByline)
	s.pictures()
	s.media()
	s.writeBody()
	s.sources()
	s.keywords()
	s.fillFromState()
	s.access()
	s.articleType()
	s.warnParts()
	if err := s.refuse(); err != nil {
		return err
	}
	return s.finish()
}

// finish fills in what follows from the rest and seals the record.
func (s *story) finish() error {
	a := s.rec
	a.WordCount = prose.CountWords(a.ArticleBody)
	a.InLanguage.Detected = language.Of(a.Headline + "\n" + a.ArticleBody)
	s.quotations()
	a.Simhash = prose.Simhash(a.ArticleBody)
	if key := weburl.StoryKey(a.CanonicalURL, a.URL); key != "" {
		a.StoryID = news.StoryID(key)
	} else {
		date := ""
		if a.DatePublished != nil {
			date = a.DatePublished.Value
		}
		a.StoryID = news.StoryIDOfText(weburl.Site(a.URL), a.Headline, date)
	}
	if err := a.Seal(); err != nil {
		return fmt.Errorf("seal the record of %q: %w", s.in.URL, err)
	}
	return nil
}

// warnCut says that the page has more text than is read.
func (s *story) warnCut() {
	s.warn(fmt.Sprintf("more than %d MB of text; the rest is left out", mostText>>20))
}

func (s *story) warn(text string) {
	s.rec.Extraction.Warnings = append(s.rec.Extraction.Warnings, text)
}

func skip(reason news.Reason, format string, args ...any) error {
	return &news.Fault{Kind: news.Skip, Reason: reason, Err: fmt.Errorf(format, args...)}
}

// lookup is the first of the named meta elements that is not empty.
func (o *outline) lookup(names ...string) (value, name string) {
	for _, name := range names {
		for _, m := range o.metas {
			if m.name == name && m.content != "" {
				if v := prose.Squash(structured.Unescape(m.content)); !structured.IsUnfilled(v) {
					return v, name
				}
			}
		}
	}
	return "", ""
}

// region is the language's region by the page, "" if it does not say.
func region(tag string) string {
	for _, part := range strings.FieldsFunc(tag, func(r rune) bool { return r == '-' || r == '_' })[min(1, len(tag)):] {
		if len(part) == 2 {
			return strings.ToUpper(part)
		}
	}
	return ""
}
