package fetch

import (
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
)

// sniffLength is how many bytes of a body tell its type (the MIME Sniffing
// standard's resource header is 1445; [http.DetectContentType] reads 512).
const sniffLength = 512

func notHTML(format string, args ...any) *news.Fault {
	return &news.Fault{Kind: news.Skip, Reason: news.NotHTML, Err: fmt.Errorf(format, args...)}
}

// mayHoldArticle judges a Content-Type before the body is read. Only types
// that certainly hold no article are refused; servers mislabel pages in many
// ways, and the body tells more.
func mayHoldArticle(contentType string) bool {
	media := mediaType(contentType)
	kind, _, _ := strings.Cut(media, "/")
	return !otherKinds[kind] && !otherTypes[media]
}

func mediaType(contentType string) string {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(contentType, ";")
		media = strings.ToLower(strings.TrimSpace(media))
	}
	return media
}

// otherKinds are top-level types without articles.
var otherKinds = map[string]bool{
	"audio": true, "font": true, "image": true, "model": true, "video": true,
}

// otherTypes are types without articles under application and text.
var otherTypes = map[string]bool{
	"application/atom+xml":   true,
	"application/epub+zip":   true,
	"application/gzip":       true,
	"application/javascript": true,
	"application/json":       true,
	"application/ld+json":    true,
	"application/msword":     true,
	"application/pdf":        true,
	"application/rss+xml":    true,
	"application/rtf":        true,
	"application/wasm":       true,
	"application/zip":        true,
	"text/calendar":          true,
	"text/css":               true,
	"text/csv":               true,
	"text/javascript":        true,
	"text/vcard":             true,
	"text/vtt":               true,
}

// looksLike is the type that a body seems to have, its codings taken off; ""
// where it cannot be told.
func looksLike(body []byte, contentEncoding string) string {
	// An error only says that the beginning is not the whole.
	start, _ := coding.Decode(body, contentEncoding, sniffLength)
	if len(start) == 0 {
		return ""
	}
	return mediaType(http.DetectContentType(start))
}

// textual says whether a body of that look may be a page. A page that is
// labelled as one is believed where the look is only "some bytes", as that of
// UTF-16 without a mark is.
func textual(looks, contentType string) bool {
	if looks == "" || strings.HasPrefix(looks, "text/") {
		return true
	}
	media := mediaType(contentType)
	labelled := strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "xml")
	return labelled && looks == "application/octet-stream"
}
