package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

// pleas begin lines that stand inside stories without being part of them:
// leads to other stories, requests to subscribe, marks of advertising. Folded.
var pleas = prose.FoldAll(
	"Read more", "Read also", "Also read", "See also", "Related:", "Related stories", "Related articles", "READ:", "MORE:", "More on this", "More on:", "Recommended for you",
	"Sign up for", "Sign up to", "Subscribe to", "Click here", "Follow us on", "Join our", "Download our", "Get our free", "Like us on", "Watch:", "WATCH:",
	"Advertisement", "Article continues", "Story continues", "Continue reading", "Scroll to continue", "This article was originally published", "Loading...",
	"Share this", "Enable notifications", "Support our journalism", "Copyright ©", "All rights reserved", "Click to", "Don't miss", "Read the full", "What to read next",
	"Have a tip?", "This is a breaking news story", "This is a developing story", "Thank you for registering", "Stay up to date with", "Get the latest", "Follow him on", "Follow her on", "Sign up now", "Already have an account", "Text size", "Key Points",
	"Photo:", "Photograph:", "Image source", "Image caption", "Getty Images", "Image:", "Listen to this article", "Your browser does not support", "To view this video please enable",
	"View image in fullscreen", "Skip past newsletter", "after newsletter promotion", "Show caption", "Download the app", "Sponsored", "You may also like", "Related Content", "Privacy notice", "Already a subscriber",
	"Personenbezogene Daten können an", "Nur angemeldete Benutzer", "Bitte beachten Sie unsere", "Bitte achten Sie darauf", "Mit Agenturmaterial", "Passend zum Artikel", "Dieser Artikel wurde ausgedruckt",
	"Lesen Sie auch", "Lesen Sie hier", "Lesen Sie mehr", "Mehr lesen", "Lies auch", "Mehr zum Thema", "Auch interessant", "Zum Thema", "Hier geht es", "Jetzt abonnieren", "Mehr dazu", "Das könnte Sie auch",
	"Anzeige", "Werbung", "Foto:", "Bild:", "Quelle:", "Melden Sie sich", "Abonnieren Sie", "Hier können Sie", "Newsletter", "Empfohlener redaktioneller Inhalt", "An dieser Stelle finden Sie", "Externer Inhalt",
	"Ich bin damit einverstanden", "Lesetipp", "Lesen Sie dazu", "Zur Startseite", "Weiterlesen", "Artikel anhören", "Teilen Sie", "Diesen Artikel",
	"Lire aussi", "À lire aussi", "A lire aussi", "Lire également", "Voir aussi", "Abonnez-vous", "La suite après", "Publicité", "Inscrivez-vous", "À lire :", "Écouter l'article", "Article réservé",
	"Lea también", "Leer más", "Lee también", "Te puede interesar", "También te puede", "Ver también", "Le puede interesar", "Suscríbete", "Publicidad", "Más información:", "Mira también", "Te recomendamos",
	"Leia também", "Leia mais", "Veja também", "Saiba mais", "Publicidade", "Continua após",
	"Leggi anche", "Leggi pure", "Potrebbe interessarti", "Pubblicità", "Iscriviti", "Per approfondire",
	"Lees ook", "Lees meer", "Advertentie", "Läs också", "Läs mer", "Läs även", "Les også", "Læs også", "Annonse", "Annons", "Annonce", "Lue myös",
	"Czytaj także", "Czytaj też", "Zobacz także", "Zobacz też", "Reklama", "Czytaj więcej", "Reklam", "Reklame", "Mainos", "Реклама", "Čtěte také", "Читайте также", "Читайте також", "Ayrıca okuyun", "İlgili haber", "Baca juga", "Baca Juga", "Baca selengkapnya", "Xem thêm",
	"This post may contain affiliate", "This article may contain affiliate", "This article contains affiliate", "This post contains affiliate", "When you buy through", "If you buy something through", "If you purchase through", "We may earn a commission", "We use income earning", "Products featured in this",
	"Was this article helpful", "Did you find this article", "Did you like this article", "How useful was this post", "Rate this article", "This entry was posted", "This post was filed", "Filed under", "Posted in:", "Notifications can be managed",
	"Für Links auf dieser Seite", "Dieser Artikel enthält Affiliate", "Dieser Artikel enthält sogenannte", "Dieser Text enthält Affiliate", "Bei einem Kauf über", "Wenn Sie über diese Links", "War der Artikel", "War dieser Artikel", "Wie gefällt Ihnen dieser", "Hat Ihnen der Artikel", "Möchten Sie den Artikel", "Noch keine Bewertungen", "Der Beitrag wurde am", "Dieser Beitrag wurde am", "Dieser Eintrag wurde", "Schon gelesen?", "Dieses Thema im Programm", "Über dieses Thema berichtete", "Zitiervorschlag", "Kommentieren Sie",
	"Cet article contient des liens", "Cet article vous a", "Cette entrée a été publiée", "Ce billet a été publié", "Este artículo contiene enlaces", "Te ha gustado este", "Esta entrada fue publicada", "Este artigo contém links", "Gostou deste artigo", "Questo articolo contiene link", "Ti è piaciuto", "Questo articolo è stato pubblicato", "Dit artikel bevat affiliate", "Artykuł zawiera linki", "Zapraszamy do subskrypcji", "Zapraszamy też do", "Text obsahuje affiliate", "Этот материал содержит", "この記事には広告", "本文含有",
	"Permalink", "Permalien",
	"By entering your email", "By signing up", "Please enter a valid email", "Enter your email", "Create an account", "The material on this site may not", "You need to be a subscriber", "Unlimited digital access", "Unlimited online access", "Please review our comment", "As you comment, please",
	"Mit Ihrer Anmeldung", "Bitte geben Sie eine gültige", "Sie sind noch nicht registriert", "En vous inscrivant", "Veuillez saisir une adresse", "Al registrarte", "Introduce un correo", "Ao se cadastrar", "Inserisci un indirizzo", "Door je in te schrijven",
	"Citește și", "Citeşte şi", "Pročitajte i", "Pročitajte još", "Pročitaj još", "Lue lisää", "Katso myös", "Læs mere", "Simak juga", "Lihat juga", "Đọc thêm", "Mời độc giả",
	"Διαβάστε επίσης", "Διαβάστε ακόμη", "Διαβάστε περισσότερα", "Δείτε επίσης", "Ακολουθήστε μας", "Ακολουθήστε το", "Подписывайтесь на", "Смотрите также", "Підписуйтесь на", "Підписуйтеся на", "Дивіться також", "Прочетете още", "Вижте още",
	"اقرأ أيضا", "اقرأ أيضًا", "إقرأ أيضا", "اقرأ المزيد", "بیشتر بخوانید", "עוד באותו נושא", "קראו עוד", "यह भी पढ़ें", "ये भी पढ़ें", "इसे भी पढ़ें", "আরও পড়ুন", "இதையும் படிங்க", "மேலும் படிக்க", "อ่านข่าวที่เกี่ยวข้อง", "อ่านเพิ่มเติม",
	"あわせて読みたい", "合わせて読みたい", "延伸閱讀", "延伸阅读", "相關新聞", "相关新闻", "推荐阅读", "관련기사",
	"関連記事", "相关阅读", "広告",
)

// invitations begin lines at a story's end that have its readers do something.
// Inside of it they may be questions of an interview. Folded.
var invitations = prose.FoldAll(
	"What do you think", "Let us know", "Tell us", "Share your thoughts", "Share your views", "Have your say", "Leave a comment", "Leave your comment", "Join the discussion", "Do you agree", "Do you have a story", "Got a tip", "Get in touch", "Contact us", "Send us", "Email us", "Write to us", "If you liked this", "If you enjoyed this", "Thanks for reading", "Thank you for reading", "Download the PDF", "Print this",
	"For all the latest news", "For more news", "For more stories", "Get your weekly", "Get your daily", "To reach the reporter", "Did you find this", "Have you tried this", "Tried this recipe",
	"Fandest du", "Fanden Sie", "Hast du dieses", "Den ganzen Artikel", "Den Rest des Artikels", "Den vollständigen Artikel", "Para leer sobre", "Para leer más",
	"Was meinen Sie", "Was denken Sie", "Was denkt ihr", "Was meint ihr", "Was ist Ihre Meinung", "Verraten Sie", "Verratet uns", "Schreiben Sie uns", "Schreibt uns", "Sagen Sie uns", "Sagt uns", "Diskutieren Sie", "Diskutiert mit", "Kommentieren Sie", "Um kommentieren zu", "Haben Sie Fragen", "Haben Sie Hinweise", "Als PDF herunterladen", "Hat Ihnen der", "Hat dir der", "Viel Spaß",
	"Qu'en pensez-vous", "Dites-nous", "Donnez votre avis", "Réagissez", "Laissez un commentaire", "Cet article vous a plu", "¿Qué opinas", "¿Qué te parece", "Cuéntanos", "Déjanos", "Comparte tu opinión", "Escríbenos", "O que você acha", "Conte para nós", "Deixe seu comentário", "Deixe o seu comentário", "Cosa ne pensate", "Cosa ne pensi", "Fateci sapere", "Lascia un commento",
	"Wat vind jij", "Wat vindt u", "Laat het ons weten", "Vad tycker du", "Hva mener du", "Hvad mener du", "Mitä mieltä", "Co sądzicie", "Dajcie znać", "Co si myslíte", "Napište nám", "А что вы думаете", "Что вы думаете", "Пишите нам", "Siz ne düşünüyorsunuz", "Bagaimana menurut",
)

// invites says whether a short line has its readers do something.
func invites(text string) bool {
	if len(text) > longestPlea {
		return false
	}
	f := prose.Fold(text)
	for _, p := range invitations {
		if strings.HasPrefix(f, p) {
			return true
		}
	}
	return false
}

// tailHeads are the headings behind which a story is over. Folded.
var tailHeads = prose.FoldAll(
	"Related", "More on this", "More from", "Read more", "Read next", "Most read", "Most popular", "Recommended", "Comments", "Leave a comment", "Leave a reply", "Share this",
	"About the author", "About author", "About the writer", "About the contributor", "Meet the author", "Previous article", "Next article", "Related articles", "Related stories", "Related posts", "You may also like", "You might also like", "Trending", "Latest", "Top stories", "Topics", "Tags", "Further reading",
	"More stories", "See also", "What to read next", "Subscribe", "Newsletter", "Sign up", "Follow", "Keep reading", "Related topics", "In other news", "Join the conversation", "Advertisement", "Post a comment",
	"Mehr zum Thema", "Das könnte Sie", "Auch interessant", "Lesen Sie auch", "Weitere Artikel", "Kommentare", "Schlagworte", "Themen", "Meistgelesen", "Mehr aus", "Verwandte", "Ähnliche", "Über den Autor", "Über die Autor", "Zur Autorin", "Zum Autor", "Voriger Artikel", "Nächster Artikel", "Voriger / nächster", "Weitere Meldungen", "Mehr von",
	"Zur Person", "Weiterführende", "Links zum", "Diskutieren Sie", "Kommentar schreiben", "Schreibe einen Kommentar", "Newsletter", "Teilen",
	"À lire aussi", "Lire aussi", "Sur le même", "Commentaires", "Articles similaires", "Les plus lus", "Laisser un commentaire", "Partager", "Voir aussi", "À propos de",
	"Te puede interesar", "Más noticias", "Comentarios", "Noticias relacionadas", "Lo más leído", "Relacionadas", "Artículos relacionados", "Compartir", "Etiquetas", "Deja un comentario",
	"Leia também", "Veja também", "Comentários", "Mais lidas", "Notícias relacionadas", "Relacionados", "Leggi anche", "Commenti", "Articoli correlati", "Potrebbe interessarti",
	"Lees ook", "Reacties", "Meest gelezen", "Gerelateerd", "Läs också", "Les også", "Læs også", "Czytaj także", "Zobacz także", "Komentarze", "Polecane", "Читайте также", "Комментарии", "Yorumlar", "İlgili Haberler", "Baca juga", "Komentar", "関連記事",
	"À propos de l'auteur", "L'auteur", "Sobre el autor", "Sobre la autora", "Acerca del autor", "Sobre o autor", "Sobre a autora", "L'autore", "Over de auteur", "Om forfatteren", "Om författaren", "Om skribenten", "O autorze", "O autorce", "O autorovi", "Об авторе", "Про автора", "За автора", "Yazar hakkında", "Tentang penulis", "Despre autor", "关于作者", "作者简介", "作者簡介", "關於作者", "筆者紹介", "著者紹介", "저자 소개",
	"Articole similare", "Comentarii", "Berita terkait", "Artikel terkait", "Kapcsolódó cikkek", "Luetuimmat", "Kommentit", "Mest læst", "Mest lest", "Mest läst", "Kommentarer", "Komentari", "Tin liên quan", "Bình luận",
	"Διαβάστε επίσης", "Σχόλια", "Περισσότερα από", "Материалы по теме", "Новости по теме", "Коментарі", "Читайте також", "תגובות", "עוד בנושא", "כתבות נוספות", "اقرأ أيضا", "اقرأ أيضًا", "أخبار ذات صلة", "مواضيع ذات صلة", "التعليقات", "مطالب مرتبط", "اخبار مرتبط", "نظرات",
	"यह भी पढ़ें", "संबंधित खबरें", "अगला लेख", "ข่าวที่เกี่ยวข้อง", "ความคิดเห็น", "관련기사", "댓글", "コメント", "あわせて読みたい", "合わせて読みたい", "こんな記事も", "アクセスランキング", "相关新闻", "相關新聞", "延伸阅读", "延伸閱讀", "推荐阅读",
)

// commentHeads are the headings of what readers write. Folded.
var commentHeads = prose.FoldAll(
	"Comments", "Leave a comment", "Post a comment", "Leave a reply", "Join the conversation", "Kommentare", "Kommentar schreiben", "Schreibe einen Kommentar", "Diskutieren Sie",
	"Commentaires", "Laisser un commentaire", "Comentarios", "Deja un comentario", "Comentários", "Commenti", "Partecipa alla discussione", "Reacties", "Kommentarer", "Komentarze", "Комментарии", "Yorumlar", "Komentar", "コメント", "댓글",
	"Comentarii", "Kommentit", "Komentari", "Bình luận", "Σχόλια", "Коментарі", "תגובות", "التعليقات", "نظرات", "ความคิดเห็น",
)

// isCommentHead says whether a heading announces what readers write.
func isCommentHead(text string) bool { return isHeadOf(text, commentHeads) }

// longestPlea is how long a line may be, in bytes, to be thrown out by its
// first words alone.
const longestPlea = 220

// isPlea says whether a short line begins as those do that lead away from the
// story.
func isPlea(text string) bool {
	if len(text) > longestPlea {
		return false
	}
	if strings.HasPrefix(text, "©") {
		return true
	}
	f := prose.Fold(text[:min(len(text), 80)])
	for _, p := range pleas {
		if strings.HasPrefix(f, p) {
			// One common word begins sentences too: it must be nearly all.
			if len(p) >= 9 || len(f) < len(p)+3 || strings.ContainsAny(text[:min(len(text), len(p)+6)], ":©") {
				return true
			}
		}
	}
	return false
}

// isTailHead says whether a heading announces what is no longer the story.
func isTailHead(text string) bool { return isHeadOf(text, tailHeads) }

// isHeadOf says whether a text is one of the folded headings, or little more.
func isHeadOf(text string, heads []string) bool {
	f := prose.Fold(text)
	for _, p := range heads {
		if strings.HasPrefix(f, p) && len(f) < len(p)+25 && (len(p) > 8 || len(f) <= len(p)+2) {
			return true
		}
	}
	return false
}
