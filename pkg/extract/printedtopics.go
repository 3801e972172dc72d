package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
)

const (
	// longestTopic is the length, in bytes, of a printed topic.
	longestTopic = 40
	// mostTopics is how many there are at most; longer lists are menus.
	mostTopics = 20
	// topicReach is how many blocks behind the story they may begin.
	topicReach = 30
	// mostTopicWords is how many words it has; what has more is a headline.
	mostTopicWords = 4
)

// printedKeywords are the links that call themselves tags, else those in the
// first list that is named so, else those below a heading that announces topics.
func (s *story) printedKeywords() []string {
	var tags []string
	for _, a := range s.anchors {
		if hasToken(strings.ToLower(attr(s.els[a.el].node, "rel")), "tag") {
			tags = append(tags, s.textOf(a.el))
		}
	}
	if len(tags) > 0 {
		return tags
	}
	if tags = s.namedTopics(); len(tags) > 0 {
		return tags
	}
	return s.headedTopics()
}

// namedTopics are the links in the first list below the headline that is named
// after topics.
func (s *story) namedTopics() []string {
	var tags []string
	list := int32(-1)
	for _, a := range s.anchors {
		e := &s.els[a.el]
		if list < 0 && (e.own|e.around)&hintTag != 0 && s.head >= 0 && a.el > s.head && !s.tagsOfOthers(a.el) {
			list = a.el
			for up := e.parent; up >= 0 && s.els[up].text < 300; up = s.els[up].parent {
				list = up
			}
		}
		if list >= 0 && s.within(a.el, list) && e.text < longestTopic {
			tags = append(tags, s.textOf(a.el))
		}
	}
	return tags
}

// tagsOfOthers says whether a link named a tag stands among other stories or
// comments. What is itself named "related topics" is a list of topics.
func (s *story) tagsOfOthers(at int32) bool {
	for ; at >= 0; at = s.els[at].parent {
		switch own := s.els[at].own; {
		case own&hintComments != 0:
			return true
		case own&hintRelated != 0:
			return own&hintTag == 0
		}
	}
	return false
}

// headedTopics are the short links behind the story that a line announces as
// topics: "Read more about: ferries, tides".
func (s *story) headedTopics() []string {
	if len(s.picked) == 0 {
		return nil
	}
	first := s.picked[len(s.picked)-1] + 1
	for i := first; i < min(first+topicReach, int32(len(s.blocks))); i++ {
		b := &s.blocks[i]
		head, _, _ := strings.Cut(b.text, ":")
		if len(head) > longestTopic || !topicHeads[prose.Fold(head)] || s.out[b.el] || s.closest(b.el, atom.Nav, atom.Footer, atom.Header) >= 0 {
			continue
		}
		if tags := s.shortLinks(i); len(tags) > 0 {
			return tags
		}
	}
	return nil
}

// shortLinks are the texts of the links in the box that a block heads; none if
// they are more than topics.
func (s *story) shortLinks(head int32) []string {
	k := s.firstAnchor(head)
	if k == len(s.anchors) {
		return nil
	}
	box := s.blocks[head].el
	for n := 0; n < boxDepth && !s.within(s.anchors[k].el, box); n++ {
		if box = s.els[box].parent; box < 0 {
			return nil
		}
	}
	var tags []string
	for ; k < len(s.anchors) && s.within(s.anchors[k].el, box); k++ {
		text := s.anchors[k].text
		if len(text) > longestTopic || prose.CountWords(text) > mostTopicWords || len(tags) == mostTopics {
			return nil
		}
		tags = append(tags, text)
	}
	return tags
}

// topicHeads announce a story's topics, folded.
var topicHeads = prose.FoldedSet(
	"Topics", "Topics in this article", "Related topics", "Tags", "Tagged", "Filed under", "Read more about", "More about", "More on", "Keywords",
	"Themen", "Thema", "Themen in diesem Artikel", "Schlagworte", "Schlagwörter", "Stichworte", "Mehr lesen über", "Mehr über", "Mehr zu",
	"Sujets", "Thèmes", "Mots-clés", "Sur le même sujet", "Temas", "Etiquetas", "Archivado en", "Más sobre", "Assuntos", "Tópicos", "Mais sobre", "Tudo sobre", "Argomenti", "Temi",
	"Onderwerpen", "Lees meer over", "Trefwoorden", "Ämnen", "Mer om", "Emner", "Les mer om", "Læs mere om", "Aiheet", "Lisää aiheesta",
	"Tematy", "Tagi", "Témata", "Štítky", "Címkék", "Etichete", "Ετικέτες", "Etiketler", "Konular", "Теги", "Темы", "Ключевые слова", "Ключові слова", "Тагове",
	"キーワード", "関連キーワード", "関連ワード", "タグ", "关键词", "标签", "關鍵字", "關鍵詞", "標籤", "키워드", "태그", "टैग", "الكلمات المفتاحية", "الوسوم", "برچسب\u200cها", "תגיות", "Từ khóa", "Chủ đề", "Tag", "Topik",
)
