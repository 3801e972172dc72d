package explain

import (
	"bytes"
	"strings"
	"testing"
	"time"

	dom "golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/newsroom"
)

var fetched = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

const running = "<p>The tide mill of Orrin turned again on Saturday, after forty years in which only swallows had used it.</p>"

func written(t testing.TB, in extract.Input) string {
	t.Helper()
	x, err := extract.Explain(in)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Write(&out, in.URL, x); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// ours holds every tag and attribute that an explanation has, and what may
// stand in it; all other text is text.
var ours = map[string]string{
	"html": "lang", "head": "", "meta": "charset http-equiv content name", "title": "", "style": "", "body": "",
	"a": "class href", "header": "class", "section": "class aria-labelledby", "main": "id tabindex aria-labelledby",
	"h1": "", "h2": "id", "p": "class dir lang id", "b": "class lang dir", "i": "class lang dir", "dl": "class lang dir", "dt": "class lang dir id", "dd": "class lang dir id",
	"div": "class id role aria-level lang dir", "ol": "class id lang dir", "ul": "class aria-label id lang dir", "li": "class id lang dir",
	"meter": "aria-label min max low high optimum value", "span": "class title id lang dir", "code": "class lang dir", "details": "class", "summary": "lang dir",
	"bdi": "", "label": "", "input": "type id checked", "small": "class lang dir", "br": "", "blockquote": "class id lang dir", "pre": "class id lang dir",
	"table": "class id lang dir", "td": "class id lang dir colspan rowspan", "th": "class id lang dir colspan rowspan", "tr": "class id lang dir",
	"tbody": "class id lang dir", "thead": "class id lang dir", "tfoot": "class id lang dir", "caption": "class id lang dir",
	"cite": "class lang dir", "em": "class lang dir", "q": "class lang dir", "s": "class lang dir", "strong": "class lang dir", "sub": "class lang dir",
	"mark": "class id title", "sup": "class lang dir", "time": "class lang dir", "u": "class lang dir",
}

// inert holds a written page to the promise: it has no tag, no attribute and no
// address that is not ours, and no style sheet but ours.
func inert(t *testing.T, text string) {
	t.Helper()
	z := dom.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case dom.ErrorToken:
			return
		case dom.CommentToken:
			t.Errorf("a comment: %s", z.Token())
		case dom.StartTagToken, dom.SelfClosingTagToken:
			tag := z.Token()
			allowed, known := ours[tag.Data]
			if !known {
				t.Errorf("the tag <%s>", tag.Data)
			}
			for _, a := range tag.Attr {
				switch {
				case !strings.Contains(" "+allowed+" ", " "+a.Key+" "):
					t.Errorf("the attribute %s of <%s>", a.Key, tag.Data)
				case a.Key == "href" && !strings.HasPrefix(a.Val, "#"):
					t.Errorf("the address %q", a.Val)
				case a.Key == "http-equiv" && a.Val != "Content-Security-Policy":
					t.Errorf("http-equiv %q", a.Val)
				}
			}
			if tag.Data == "style" {
				if z.Next(); string(z.Raw()) != style {
					t.Errorf("a style sheet: %s", z.Raw())
				}
			}
		}
	}
}

// TestHostilePages writes pages that would do something if they could.
func TestHostilePages(t *testing.T) {
	tests := []struct{ name, attack string }{
		{"script", `<script>alert(1)</script><script src="https://evil.example/x.js"></script>`},
		{"event handlers", `<p onclick="alert(1)" onmouseover=alert(1)>Read</p><img src=x onerror=alert(1)><body onload="alert(1)">`},
		{"javascript address", `<a href="javascript:alert(1)">Read</a><a href=" jav&#x09;ascript:alert(1)">on</a><form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>`},
		{"svg", `<svg onload=alert(1)><script>alert(1)</script><a xlink:href="javascript:alert(1)"><text>x</text></a><use href="https://evil.example/#x"/><foreignObject><p onclick=alert(1)>y</p></foreignObject></svg>`},
		{"math", `<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext><maction xlink:href="javascript:alert(1)">x</maction></math>`},
		{"refresh", `<meta http-equiv="refresh" content="0;url=https://evil.example/">`},
		{"base", `<base href="https://evil.example/" target="_top">`},
		{"link", `<link rel=stylesheet href="https://evil.example/x.css"><link rel=preload as=image href="https://evil.example/x.png"><link rel=dns-prefetch href="//evil.example">`},
		{"style", `<style>@import url(https://evil.example/x.css); body{background:url(https://evil.example/x.png)}</style><p style="background:url(https://evil.example/y.png);position:fixed;inset:0">Read</p>`},
		{"srcdoc", `<iframe srcdoc="<script>alert(1)</script>" src="https://evil.example/"></iframe><frameset><frame src="javascript:alert(1)"></frameset>`},
		{"template", `<template><script>alert(1)</script><img src=x onerror=alert(1)></template><noscript><img src="https://evil.example/x.png" onerror=alert(1)></noscript>`},
		{"pictures", `<img src="https://evil.example/x.png" srcset="https://evil.example/y.png 2x" alt='"><script>alert(1)</script>'><picture><source srcset="https://evil.example/z.webp"></picture><video poster="https://evil.example/p.png" src="https://evil.example/v.mp4" autoplay></video><input type=image src="https://evil.example/i.png">`},
		{"objects", `<object data="https://evil.example/x.swf"><embed src="https://evil.example/y.swf"></object><applet code=x></applet><portal src="https://evil.example/"></portal>`},
		{"comments", `<!--><script>alert(1)</script>--><!--[if IE]><script>alert(1)</script><![endif]--><p>a--!><script>alert(1)</script></p>`},
		{"raw text", `<xmp><script>alert(1)</script></xmp><textarea><script>alert(1)</script></textarea><title></title><script>alert(1)</script><noembed><img src=x onerror=alert(1)></noembed><plaintext><script>alert(1)</script>`},
		{"broken nesting", `<table><p>a<tr><script>alert(1)</script><td><a href="javascript:1"><table><td></a><b></table><i><p></b>x</i><li></p></ul></div></body></html><p onload=x>y`},
		{"broken tags", `<p "onclick=alert(1)>x</p><p/onclick=alert(1)/>y<img """><script>alert(1)</script>"><<script>alert(1)//<</script>`},
		{"escapes", `<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;img src=x onerror=alert(1)&amp;gt;</p>`},
		{"attributes that are kept", `<p lang='"><script>alert(1)</script>' dir='" onclick="alert(1)'>x</p><p lang="en" dir="rtl">y</p><table><td colspan='2" onclick="alert(1)' rowspan=3>z</td></table>`},
		{"names", `<div id="page" class="skip &quot;><script>" name="read"><p id=b0 class="region">x</p><p>y</p></div>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := "<html><head><title>The mill</title></head><body><article><h1>The mill turns " + tt.attack + "</h1>" +
				running + running + tt.attack + running + running + "</article>" + tt.attack + "</body></html>"
			text := written(t, extract.Input{Body: []byte(body), URL: "https://orrin.example/2026/mill", ContentType: "text/html"})
			inert(t, text)
			if !strings.Contains(text, "The tide mill of Orrin") {
				t.Error("the story is not shown")
			}
		})
	}
}

// TestAddressIsText says that the address, the fields and where they came from
// are text too.
func TestAddressIsText(t *testing.T) {
	const attack = `"><script>alert(1)</script>`
	text := written(t, extract.Input{
		Body: []byte(`<html><head><meta property="og:title" content='x` + attack + `'><meta name="keywords" content='` + attack + `'></head><body><h1 class='` + attack + `'>` +
			`&lt;script&gt;</h1>` + running + running + running + `</body></html>`),
		URL: "https://orrin.example/" + attack, ContentType: "text/html",
	})
	inert(t, text)
}

// TestPolicy says that the policy allows the style sheet that the page has.
func TestPolicy(t *testing.T) {
	text := written(t, extract.Input{Body: []byte("<h1>x</h1>" + running), ContentType: "text/html"})
	_, sheet, _ := strings.Cut(text, "<style>")
	sheet, _, _ = strings.Cut(sheet, "</style>")
	if !strings.Contains(text, `content="default-src 'none'; style-src 'sha256-`+hashOf(sheet)) &&
		!strings.Contains(dom.UnescapeString(text), `default-src 'none'; style-src 'sha256-`+hashOf(sheet)) {
		t.Errorf("no policy for the style sheet in\n%.600s", text)
	}
}

// TestNewsroom writes every page of the newsroom.
func TestNewsroom(t *testing.T) {
	inputs := map[string]extract.Input{}
	stories, err := newsroom.Expectations()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range stories {
		inputs[e.URL] = extract.Input{Body: e.HTML, URL: e.URL, ContentType: e.ContentType, FetchedAt: fetched}
	}
	others, err := newsroom.NoStories()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range others {
		inputs[p.URL] = extract.Input{Body: p.HTML, URL: p.URL, ContentType: p.ContentType, FetchedAt: fetched}
	}
	for name, in := range inputs {
		t.Run(name, func(t *testing.T) {
			lawful(t, in)
		})
	}
}

// lawful holds the explanation of a page to what holds for any: it is inert, each
// block has one anchor, and every link leads to one.
func lawful(t *testing.T, in extract.Input) {
	t.Helper()
	text := written(t, in)
	inert(t, text)
	anchored(t, text)
	x, err := extract.Explain(in)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(text, ` id="b`); got != len(x.Blocks) {
		t.Errorf("%d anchors for %d blocks", got, len(x.Blocks))
	}
}

// anchored says that ids are unique and links lead to them.
func anchored(t *testing.T, text string) {
	t.Helper()
	ids, links := map[string]bool{}, map[string]bool{}
	for z := dom.NewTokenizer(strings.NewReader(text)); z.Next() != dom.ErrorToken; {
		for _, a := range z.Token().Attr {
			switch a.Key {
			case "id":
				if ids[a.Val] {
					t.Errorf("two of %q", a.Val)
				}
				ids[a.Val] = true
			case "href":
				links[strings.TrimPrefix(a.Val, "#")] = true
			}
		}
	}
	for link := range links {
		if !ids[link] {
			t.Errorf("a link leads to %q, which is nowhere", link)
		}
	}
}

// FuzzWrite states that the explanation of any bytes is lawful.
func FuzzWrite(f *testing.F) {
	f.Add([]byte("<h1>x</h1>"+running+"<svg onload=alert(1)><p>y"), "text/html", "https://orrin.example/1")
	f.Add([]byte("<h1 id=b1 lang='\"><script>'>x"+running+"<table><p>a<td><a href=javascript:1>b"), "", "")
	f.Add([]byte("The mill turns\n\nMay 3, 2026\n\nThe tide mill of Orrin turned again <script> on Saturday."), "text/plain", "x")
	f.Add([]byte("<h1>x</h1><p>\u2028</p><pre> \n</pre><p>&nbsp;</p><pre>y\n</pre>"+running+running), "text/html", "")
	f.Fuzz(func(t *testing.T, body []byte, media, url string) {
		lawful(t, extract.Input{Body: body, ContentType: media, URL: url, FetchedAt: fetched})
	})
}

// TestPicture says that the pictures of the story are marked, and that the field
// leads to the first.
func TestPicture(t *testing.T) {
	text := written(t, extract.Input{
		Body: []byte(`<html><body><article><h1>The mill turns again</h1>` + running + `<figure><picture><img src="/mill.jpg" width=800 height=500 alt="A mill"></picture></figure>` +
			running + running + `</article><img src="/logo.png" alt="Orrin"></body></html>`),
		URL: "https://orrin.example/2026/mill", ContentType: "text/html",
	})
	for _, want := range []string{`<span class="stand of-picture shown" id="p0">picture: A mill</span>`, `<a href="#p0">1, with a caption 0</a>`, `<span class="stand">picture: Orrin</span>`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}

// TestSpeech says that quotations are marked in the page's text with their marks and
// with who says them behind, also where a link stands in them, that names and the
// words that decided are, and that the panel leads there.
func TestSpeech(t *testing.T) {
	text := written(t, extract.Input{
		Body: []byte(`<html lang="en"><body><article><h1>The mill turns again</h1>` + running +
			`<p>&ldquo;We  never gave <a href="/up">up on</a> the wheel,&rdquo; said the miller, Jane Doe. &ldquo;Not <i>for a</i> single day.&rdquo;</p>` +
			`<p>According to the Orrin Council, the wheel &lt;b&gt; is safe. &ldquo;It will turn for ever.&rdquo;</p>` + running + `<p>tk (AFP)</p></article></body></html>`),
		URL: "https://orrin.example/2026/mill",
	})
	inert(t, text)
	anchored(t, text)
	for _, want := range []string{
		`<mark class="said" title="Jane Doe: by “said”, 0.90 sure" id="q0">“We  never gave </mark><span title="/up" class="link"><mark class="said" title="Jane Doe: by “said”, 0.90 sure">up on</mark></span>` +
			`<mark class="said" title="Jane Doe: by “said”, 0.90 sure"> the wheel,”</mark><small class="who"><bdi>Jane Doe</bdi></small> <span class="cue">said</span> the miller, <span class="origin" id="n0">Jane Doe</span>.`,
		` single day.”</mark><small class="who"><bdi>Jane Doe</bdi></small>`,
		`<span class="cue">According to</span> the <span class="origin" id="n1">Orrin Council</span>, the wheel &lt;b&gt; is safe.`,
		`tk (<span class="agency" id="a0">AFP</span>)`,
		`<a href="#q0"><bdi>“We never gave up on the wheel,”</bdi></a> <span class="from"><bdi>by “said”</bdi>`,
		`<a href="#n1"><bdi>Orrin Council</bdi></a>`,
		`<a href="#a0"><bdi>AFP</bdi></a>`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text[strings.Index(text, `<section class="sources"`):])
		}
	}
}
