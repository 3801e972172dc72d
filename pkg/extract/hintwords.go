package extract

// hintWords gives each word of a name its meaning.
var hintWords = map[string]hint{
	"body": wordBody, "content": wordBody, "text": wordBody, "copy": wordBody, "contents": wordBody, "texte": wordBody, "texto": wordBody,
	"testo": wordBody, "inhalt": wordBody, "paragraphs": wordBody, "corps": wordBody, "cuerpo": wordBody, "corpo": wordBody, "contenu": wordBody,
	"recipe": wordBody, "rezept": wordBody, "recette": wordBody, "receta": wordBody, "ricetta": wordBody, "contenido": wordBody, "brodtext": wordBody, "richtext": wordBody, "wysiwyg": wordBody,
	"article": wordStory, "story": wordStory, "post": wordStory, "entry": wordStory, "artikel": wordStory, "articulo": wordStory, "noticia": wordStory,
	"news": wordStory, "page": wordStory, "blog": wordStory, "item": wordStory, "articolo": wordStory, "nota": wordStory, "beitrag": wordStory,
	"detail": wordStory, "node": wordStory, "materia": wordStory,
	"articlebody": hintProse, "storybody": hintProse, "articletext": hintProse, "articlecontent": hintProse, "postcontent": hintProse,
	"entrycontent": hintProse, "storycontent": hintProse, "storytext": hintProse, "bodytext": hintProse, "postbody": hintProse, "hentry": wordStory,
	"artikeltext": hintProse, "articlecopy": hintProse, "newstext": hintProse, "bodycopy": hintProse, "maincontent": wordMain,
	"main": wordMain, "primary": wordMain, "single": wordMain, "maintext": hintProse,

	"caption": hintCaption, "figcaption": hintCaption, "captions": hintCaption, "legend": hintCaption, "bildunterschrift": hintCaption,
	"legende": hintCaption, "bildtext": hintCaption, "imagecaption": hintCaption, "imgcaption": hintCaption, "cutline": hintCaption, "didascalia": hintCaption,
	"credit": hintCredit, "credits": hintCredit, "copyright": hintCredit, "photographer": hintCredit, "photocredit": hintCredit,
	"imagecredit": hintCredit, "bildautor": hintCredit, "bildrechte": hintCredit, "bildnachweis": hintCredit, "fotograf": hintCredit, "photographe": hintCredit, "fotografo": hintCredit, "bildquelle": hintCredit, "rights": hintCredit, "attribution": hintCredit, "distributor": hintCredit, "credito": hintCredit, "creditos": hintCredit, "copyrightholder": hintCredit,
	"accreditation": 0, /* who wrote it, and when */

	"byline": hintByline, "author": hintByline, "authors": hintByline, "autor": hintByline, "autoren": hintByline, "auteur": hintByline,
	"autore": hintByline, "writer": hintByline, "bylines": hintByline, "authorname": hintByline, "contributor": hintByline, "creator": hintByline,
	"contributors": hintByline, "verfasser": hintByline, "firma": hintByline, "autores": hintByline, "signature": hintByline, "journalist": hintByline, "yazar": hintByline,
	"reporter": hintByline, "reporters": hintByline, "autorin": hintByline, "autora": hintByline, "auteurs": hintByline, "penulis": hintByline, "wartawan": hintByline, "muhabir": hintByline,
	"date": hintDate, "time": hintDate, "published": hintDate, "publication": hintDate, "timestamp": hintDate, "pubdate": hintDate, "datum": hintDate,
	"fecha": hintDate, "datetime": hintDate, "publishdate": hintDate, "postdate": hintDate, "dateline": hintDate, "datepublished": hintDate,
	"posted": hintDate, "created": hintDate, "uhrzeit": hintDate, "pubtime": hintDate, "releasedate": hintDate, "publish": hintDate, "data": hintDate,
	"updated": hintChanged, "modified": hintChanged, "datemodified": hintChanged, "lastmod": hintChanged, "lastmodified": hintChanged, "aktualisiert": hintChanged,
	"lastupdated": hintChanged, "update": hintChanged,

	"kicker": hintKicker, "overline": hintKicker, "eyebrow": hintKicker, "dachzeile": hintKicker, "topline": hintKicker, "roofline": hintKicker,
	"supertitle": hintKicker, "spitzmarke": hintKicker, "pretitle": hintKicker, "supra": hintKicker, "supratitle": hintKicker, "surtitle": hintKicker, "antetitulo": hintKicker, "antetitle": hintKicker,
	"overhead": hintKicker, "surtitre": hintKicker, "occhiello": hintKicker, "slugline": hintKicker, "superheadline": hintKicker, "vignette": hintKicker,
	"rubric": hintKicker, "flytitle": hintKicker, "overtitle": hintKicker, "catchline": hintKicker, "stichwort": hintKicker, "volanta": hintKicker, "oberzeile": hintKicker, "highline": hintKicker,
	"deck": hintDeck, "dek": hintDeck, "standfirst": hintDeck, "subtitle": hintDeck, "subheadline": hintDeck, "vorspann": hintDeck,
	"chapo": hintDeck, "chapeau": hintDeck, "entradilla": hintDeck, "bajada": hintDeck, "sottotitolo": hintDeck, "sommario": hintDeck, "subheading": hintDeck,
	"preamble": hintDeck, "preface": hintDeck, "epigraph": hintDeck, "spot": hintDeck, "ingress": hintDeck, "manchet": hintDeck, "strapline": hintDeck, "lead": hintDeck, "lede": hintDeck, "intro": hintDeck,
	"introduction": hintDeck, "abstract": hintDeck, "excerpt": hintDeck, "leadtext": hintDeck, "articlelead": hintDeck, "dropline": hintDeck, "dachtext": hintDeck,
	"subhead": hintDeck, "subtitulo": hintDeck, "underline": hintDeck, "summary": hintDeck, "synopsis": hintDeck, "strap": hintDeck, "einleitung": hintDeck,
	"anriss": hintDeck, "subhed": hintDeck, "leadin": hintDeck, "untertitel": hintDeck, "resume": hintDeck, "description": hintDeck, "teasertext": hintDeck,
	"leadparagraph": hintDeck, "abstracts": hintDeck, "hook": hintDeck, "sapo": hintDeck, "blurb": hintDeck, "linhafina": hintDeck, "bullets": hintDeck, "introtext": hintDeck, "incipit": hintDeck, "anrisstext": hintDeck, "copete": hintDeck, "catenaccio": hintDeck, "subline": hintDeck,
	"sub":      hintSub,
	"headline": hintHead, "title": hintHead, "heading": hintHead, "hed": hintHead, "titel": hintHead, "titre": hintHead, "titulo": hintHead,
	"titolo": hintHead, "header": hintHead, "titulek": hintHead, "schlagzeile": hintHead, "ueberschrift": hintHead,
	"breadcrumb": hintCrumbs, "breadcrumbs": hintCrumbs, "crumb": hintCrumbs, "crumbs": hintCrumbs, "brotkrumen": hintCrumbs, "breadcrumblist": hintCrumbs,
	"ariane": hintCrumbs, "migas": hintCrumbs,
	"teaser": hintTeaser, "teasers": hintTeaser, "promo": hintFurniture, "promos": hintFurniture, "preview": hintTeaser,

	"nav": hintFurniture, "navi": hintFurniture, "navbar": hintFurniture, "navigation": hintFurniture, "menu": hintFurniture, "menubar": hintFurniture, "footer": hintFurniture, "foot": hintFurniture,
	"sidebar": hintFurniture, "share": hintFurniture, "sharing": hintFurniture, "shares": hintFurniture, "social": hintFurniture, "socials": hintFurniture, "sharebar": hintFurniture,
	"sharedaddy": hintFurniture, "addthis": hintFurniture, "addtoany": hintFurniture, "facebook": hintFurniture, "whatsapp": hintFurniture, "newsletter": hintFurniture,
	"newsletters": hintFurniture, "subscribe": hintFurniture, "subscription": hintFurniture | hintPaid, "subscriptions": hintFurniture, "subscriber": hintPaid, "subscribers": hintPaid, "signup": hintFurniture, "register": hintFurniture,
	"ad": hintFurniture, "ads": hintFurniture, "advert": hintFurniture, "adverts": hintFurniture, "advertisement": hintFurniture, "advertising": hintFurniture,
	"advertisment": hintFurniture, "adsense": hintFurniture, "adblock": hintFurniture, "adslot": hintFurniture, "dfp": hintFurniture, "anzeige": hintFurniture, "werbung": hintFurniture, "publicidad": hintFurniture,
	"pub": hintFurniture, "publicite": hintFurniture, "sponsor": hintFurniture, "sponsored": hintFurniture, "banner": hintFurniture, "popup": hintFurniture, "modal": hintFurniture,
	"overlay": hintFurniture, "cookie": hintFurniture, "cookies": hintFurniture, "consent": hintFurniture, "gdpr": hintFurniture, "widgets": hintFurniture,
	"pagination": hintFurniture, "pager": hintFurniture, "outbrain": hintRelated, "taboola": hintRelated, "login": hintFurniture, "toolbar": hintFurniture,
	"tools": hintFurniture, "buttons": hintFurniture, "button": hintFurniture, "btn": hintFurniture, "skip": hintFurniture, "skiplink": hintFurniture, "masthead": hintFurniture, "disclaimer": hintFurniture,
	"rating": hintFurniture, "ratings": hintFurniture, "poll": hintFurniture, "form": hintFurniture, "search": hintFurniture, "donate": hintFurniture, "donation": hintFurniture,
	"shoutbox": hintFurniture, "toc": hintFurniture, "affiliate": hintFurniture, "marketing": hintFurniture, "feedback": hintFurniture, "print": hintFurniture,
	"follow": hintFurniture, "cta": hintFurniture, "player": hintFurniture | hintMedia, "audio": hintFurniture | hintMedia, "complementary": hintFurniture, "contentinfo": hintFurniture,
	"comment": hintComments, "comments": hintComments, "disqus": hintComments, "kommentare": hintComments, "kommentar": hintComments, "commentaires": hintComments,
	"comentarios": hintComments, "respond": hintComments, "commentlist": hintComments, "discussion": hintComments, "forum": hintComments, "talkback": hintComments, "talkbacks": hintComments, "replies": hintComments, "commenti": hintComments,
	"related": hintRelated, "relatedposts": hintRelated, "recommended": hintRelated, "recommendation": hintRelated, "recommendations": hintRelated,
	"popular": hintRelated, "trending": hintRelated, "mostread": hintRelated, "readmore": hintRelated, "morefrom": hintRelated, "relacionadas": hintRelated,
	"similar": hintRelated, "yarpp": hintRelated, "recirc": hintRelated, "recirculation": hintRelated, "suggested": hintRelated, "relacionados": hintRelated,
	"suggestions": hintRelated, "upnext": hintRelated, "nextpost": hintRelated, "seealso": hintRelated, "relacionada": hintRelated, "correlati": hintRelated,
	"latest": hintRelated, "jumplink": hintRelated, "verwandte": hintRelated, "recommend": hintRelated, "relatedarticles": hintRelated, "further": hintRelated,
	"image": wordPicture, "picture": wordPicture, "photo": wordPicture, "img": wordPicture, "pic": wordPicture, "foto": wordPicture, "bild": wordPicture,
	"imagen": wordPicture, "thumbnail": wordPicture, "desc": wordTells, "descr": wordTells,
	"carousel": hintGallery, "gallery": hintGallery, "slideshow": hintGallery, "slider": hintGallery, "galerie": hintGallery, "galeria": hintGallery, "bildergalerie": hintGallery,
	"pullquote": hintQuote, "pull": hintQuote,
	"embed": hintMedia, "video": hintMedia, "videoplayer": hintMedia, "audioplayer": hintMedia, "infobox": hintInfo, "factbox": hintInfo, "faktenbox": hintInfo, "factboxes": hintInfo, "zusatzinfo": hintInfo, "glossary": hintInfo, "inset": hintInfo, "textbox": hintInfo, "inlinetextbox": hintInfo,
	"kasten": hintInfo, "expandable": hintInfo, "collapse": hintInfo, "card": hintInfo, "callout": hintInfo, "box": hintBox, "aside": hintBox,
	"paywall": hintPaywall, "paywalled": 0 /* what is behind one */, "piano": hintPaywall, "regwall": hintPaywall, "offer": hintPaywall, "meter": hintPaywall, "abo": hintPaywall,
	"bio": hintBio, "biography": hintBio, "authorbio": hintBio, "aboutauthor": hintBio, "authorbox": hintBio,
	"signoff": hintSignoff, "kuerzel": hintSignoff, "quelle": hintSignoff, "source": hintSignoff, "sources": hintSignoff, "agency": hintSignoff,
	"tag": hintTag, "tags": hintTag, "topics": hintTag, "keywords": hintTag, "taglist": hintTag, "tagcloud": hintTag, "hashtags": hintTag, "schlagworte": hintTag, "etiquetas": hintTag,
	"hidden": hidden, "invisible": hidden, "hide": hidden,

	// The same in further languages of those who build pages.
	"cikk": wordStory, "haber": wordStory, "clanek": wordStory, "artykul": wordStory, "wiadomosc": wordStory, "vijest": wordStory, "berita": wordStory, "stire": wordStory,
	"torzs": wordBody, "icerik": wordBody, "metin": wordBody, "obsah": wordBody, "tresc": wordBody, "sadrzaj": wordBody, "tekst": wordBody, "noidung": wordBody, "innehall": wordBody, "innhold": wordBody, "indhold": wordBody, "sisalto": wordBody, "continut": wordBody,
	"szerzo": hintByline, "forfatter": hintByline, "skribent": hintByline, "toimittaja": hintByline, "kirjoittaja": hintByline, "tacgia": hintByline,
	"tarih": hintDate, "tanggal": hintDate, "dato": hintDate,
	"alcim": hintDeck, "perex": hintDeck, "zajawka": hintDeck, "podnaslov": hintDeck, "podtitulek": hintDeck, "ozet": hintDeck, "undertittel": hintDeck, "underrubrik": hintDeck, "ondertitel": hintDeck,
	"nadnaslov": hintKicker,
	"cim":       hintHead, "baslik": hintHead, "tytul": hintHead, "naslov": hintHead, "nadpis": hintHead, "judul": hintHead,
	"kep": wordPicture, "slika": wordPicture, "resim": wordPicture, "obrazek": wordPicture, "zdjecie": wordPicture, "gambar": wordPicture, "kuva": wordPicture,
	"alairas": wordTells, "podpis": wordTells, "opis": wordTells,
	"kepalairas": hintCaption, "popisek": hintCaption,
	"hirdetes": hintFurniture, "reklama": hintFurniture, "reklam": hintFurniture, "reklame": hintFurniture, "mainos": hintFurniture, "annonse": hintFurniture, "annons": hintFurniture, "annonce": hintFurniture, "advertentie": hintFurniture, "oglas": hintFurniture, "oglasi": hintFurniture, "iklan": hintFurniture, "quangcao": hintFurniture, "publicidade": hintFurniture, "pubblicita": hintFurniture, "publicitate": hintFurniture, "megosztas": hintFurniture, "paylas": hintFurniture, "udostepnij": hintFurniture, "bagikan": hintFurniture,
	"ajanlo": hintRelated, "kapcsolodo": hintRelated, "tovabbi": hintRelated, "ilgili": hintRelated, "souvisejici": hintRelated, "powiazane": hintRelated, "povezano": hintRelated, "terkait": hintRelated, "lienquan": hintRelated, "relaterat": hintRelated, "relatert": hintRelated, "relaterede": hintRelated,
	"cimke": hintTag, "cimkek": hintTag, "etiketler": hintTag, "stitky": hintTag, "oznake": hintTag,
	"yorum": hintComments, "yorumlar": hintComments, "hozzaszolas": hintComments, "komentarze": hintComments, "komentari": hintComments, "kommentarer": hintComments, "binhluan": hintComments,
}

// hintLengths holds, by first letter, how long the words are that have a meaning:
// bit n for n bytes.
var hintLengths = func() (lengths ['z' - 'a' + 1]uint64) {
	for word := range hintWords {
		lengths[word[0]-'a'] |= 1 << len(word)
	}
	return lengths
}()

// hintParts are looked for inside words that are in no list: names that were
// run together.
var hintParts = []struct {
	part string
	hint hint
}{
	{"articlebody", hintProse}, {"storybody", hintProse}, {"articletext", hintProse}, {"articlecontent", hintProse}, {"bodytext", hintProse},
	{"newsletter", hintFurniture}, {"sidebar", hintFurniture}, {"advert", hintFurniture}, {"share", hintFurniture}, {"social", hintFurniture},
	{"footer", hintFurniture}, {"related", hintRelated}, {"recommend", hintRelated}, {"mostread", hintRelated}, {"comment", hintComments},
	{"caption", hintCaption}, {"credit", hintCredit}, {"copyright", hintCredit}, {"byline", hintByline}, {"author", hintByline},
	{"kicker", hintKicker}, {"standfirst", hintDeck}, {"subtitle", hintDeck}, {"subheadline", hintDeck}, {"headline", hintHead},
	{"timestamp", hintDate}, {"pubdate", hintDate}, {"breadcrumb", hintCrumbs}, {"gallery", hintGallery}, {"cookie", hintFurniture}, {"paywall", hintPaywall},
}
