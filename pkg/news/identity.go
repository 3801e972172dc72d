package news

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// idLength is the number of hex digits of an identity: 128 bits.
const idLength = 32

// captureDigestLength is the number of hex digits of the body's digest that
// tell two captures of one visit apart.
const captureDigestLength = 12

func hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:])[:idLength]
}

// StoryID is the identity of a story that has a story key: its canonical or
// final URL, normalised.
func StoryID(key string) string { return hash("story", key) }

// StoryIDOfText is the identity of a story that has no URL.
func StoryIDOfText(site, headline, date string) string {
	return hash("text", site, headline, date)
}

// VisitID is the identity of one visit to a URL: made once, with the job.
func VisitID(url string, added time.Time) string {
	return hash("visit", url, strconv.FormatInt(added.UnixNano(), 10))
}

// CaptureID is the identity of the bytes that a visit brought. The same bytes
// fetched again in the same visit are the same capture.
func CaptureID(visitID, digest string) string {
	digest = strings.TrimPrefix(digest, "sha256:")
	return visitID + "-" + digest[:min(captureDigestLength, len(digest))]
}

// ArticleID is the identity of one revision.
func ArticleID(storyID, captureID, contentHash string) string {
	return hash("article", storyID, captureID, contentHash)
}

// AgainID is the identity of an article that is published again after another of
// its capture: a revision of its own, behind that one.
func AgainID(articleID, after string) string { return hash("again", articleID, after) }

// URLHash is the key under which the journey of a URL is kept.
func URLHash(url string) string { return hash("url", url) }

// Digest is the digest of a body as [Page.Digest] and [Raw.Digest] state it.
func Digest(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Seal fills in ContentHash and ID from the rest of the record. What only says
// how the story was reached is not content: the same story at another address
// says the same.
func (a *Article) Seal() error {
	said := *a
	said.ID, said.ContentHash, said.URL, said.RequestedURL = "", "", "", ""
	said.Provenance, said.Extraction, said.Raw = nil, Extraction{}, Raw{}
	text, err := json.Marshal(said)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	a.ContentHash = hex.EncodeToString(sum[:])
	a.ID = ArticleID(a.StoryID, a.Raw.CaptureID, a.ContentHash)
	return nil
}
