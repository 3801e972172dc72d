package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// kindOfElement says what an element plays by itself, "" for nothing.
func kindOfElement(n *html.Node) news.MediaKind {
	switch n.DataAtom {
	case atom.Video:
		return news.Video
	case atom.Audio:
		return news.Audio
	case atom.Iframe, atom.Embed:
		return kindOfAddress(frameAddress(n))
	}
	switch n.Data {
	case "amp-video", "amp-youtube", "lite-youtube":
		return news.Video
	case "amp-audio":
		return news.Audio
	}
	return ""
}

// playerWords are parts of the addresses and names of players. Platforms stand
// here whose addresses have no other.
var playerWords = []struct {
	word string
	kind news.MediaKind
}{
	{"podcast", news.Audio}, {"audio", news.Audio}, {"soundcloud", news.Audio}, {"spotify", news.Audio},
	{"video", news.Video}, {"youtube", news.Video}, {"vimeo", news.Video}, {"dailymotion", news.Video}, {"player", news.Video},
}

func kindOfAddress(u string) news.MediaKind {
	if u == "" {
		return ""
	}
	u, _, _ = strings.Cut(u, "?")
	return kindOfName(u)
}

func kindOfName(name string) news.MediaKind {
	name = strings.ToLower(name)
	for _, w := range playerWords {
		if strings.Contains(name, w.word) {
			return w.kind
		}
	}
	return ""
}

// playerKind says what a group without a picture plays, by its elements and
// their names, "" for nothing.
func (s *story) playerKind(group int32) news.MediaKind {
	named := news.MediaKind("")
	for i := group; i < s.els[group].end; i++ {
		e := &s.els[i]
		if kind := kindOfElement(e.node); kind != "" {
			return kind
		}
		if named != "" {
			continue
		}
		for _, a := range e.node.Attr {
			switch {
			case strings.HasPrefix(a.Key, "data-video"):
				named = news.Video
			case strings.HasPrefix(a.Key, "data-audio"):
				named = news.Audio
			case a.Key == "class" && e.own&hintMedia != 0:
				named = kindOfName(a.Val)
			}
		}
	}
	return named
}

// mediaLabels stand before the caption of a recording.
var mediaLabels = []struct {
	word string
	kind news.MediaKind
}{
	{"video", news.Video}, {"vídeo", news.Video}, {"vidéo", news.Video}, {"видео", news.Video}, {"watch", news.Video},
	{"audio", news.Audio}, {"podcast", news.Audio}, {"аудио", news.Audio}, {"listen", news.Audio},
}

// cutMediaLabel takes the word off a caption that says what is played: "Video:
// the ferry sails".
func cutMediaLabel(caption string) (news.MediaKind, string) {
	for _, l := range mediaLabels {
		if rest, ok := prose.CutPrefixFold(caption, l.word); ok {
			if rest = strings.TrimLeft(rest, " "); strings.HasPrefix(rest, ":") && len(rest) > 1 {
				return l.kind, strings.TrimSpace(rest[1:])
			}
		}
	}
	return "", caption
}
