package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

// controls are what buttons and links of pages say that stand around stories,
// and the first words of those that say more ("Share on", "Copy link"). Folded.
var controls = prose.FoldedSet(
	"Account", "Advertise", "Bookmark", "Close", "Comment", "Comments", "Contact", "Contact us", "Copy", "Copy link", "Donate", "Download", "E-paper", "Email", "Epaper", "Facebook", "Feedback", "Follow", "Follow us", "Gift", "Instagram", "LinkedIn", "Listen", "Listen to", "Live TV", "Log in", "Login", "Log out", "Mail", "Menu", "More", "My account", "Newsletter", "Newsletters", "Open", "Pinterest", "Play", "Podcast", "Podcasts", "Print", "Privacy", "Reddit", "Register", "RSS", "Save", "Search", "See all", "Send", "Share", "Share on", "Share this", "Shop", "Show", "Show more", "Sign in", "Sign up", "Sign up here", "Store", "Subscribe", "Subscribe now", "Telegram", "Terms", "Toggle", "Tweet", "Twitter", "Video", "Videos", "View", "Watch", "Web Share", "WhatsApp", "X", "YouTube",
	"Abo", "Abonnement", "Abonnieren", "Anhören", "Anmelden", "Anzeigen", "Artikel teilen", "Datenschutz", "Drucken", "Einloggen", "Folgen", "Impressum", "Jetzt abonnieren", "Kleinanzeigen", "Kommentare", "Konto", "Kontakt", "Link kopieren", "Mediathek", "Mehr", "Mein Konto", "Merken", "Menü", "Registrieren", "Schließen", "Speichern", "Suche", "Suchen", "Teilen", "Vorlesen", "Zurück",
	"Abonnez-vous", "Compte", "Connexion", "Copier le lien", "Écouter", "Enregistrer", "Envoyer", "Fermer", "Imprimer", "Je m'abonne", "Mon compte", "Partager", "Rechercher", "S'abonner", "Se connecter", "S'inscrire", "Suivre",
	"Buscar", "Cerrar", "Compartir", "Comentarios", "Contacto", "Copiar enlace", "Enviar", "Enviar por correo", "Escuchar", "Guardar", "Imprimir", "Iniciar sesión", "Mi cuenta", "Registrarse", "Seguir", "Suscríbete", "Suscribirse",
	"Assine", "Assinar", "Busca", "Compartilhar", "Compartilhe", "Copiar link", "Entrar", "Fale conosco", "Fechar", "Minha conta", "Ouvir", "Pesquisar", "Partilhar", "Salvar",
	"Abbonati", "Accedi", "Ascolta", "Cerca", "Chiudi", "Condividi", "Copia link", "Iscriviti", "Salva", "Segui", "Stampa",
	"Aanmelden", "Abonneren", "Bewaren", "Deel", "Delen", "Inloggen", "Luister", "Mijn account", "Sluiten", "Volg", "Zoeken",
	"Dela", "Del", "Logga in", "Logg inn", "Log ind", "Lyssna", "Lytt", "Prenumerera", "Skriv ut", "Spara", "Sök", "Søg", "Søk", "Tilaa", "Jaa", "Kirjaudu", "Haku",
	"Udostępnij", "Szukaj", "Zaloguj", "Zaloguj się", "Drukuj", "Zapisz", "Subskrybuj", "Sdílet", "Hledat", "Přihlásit", "Megosztás", "Keresés", "Distribuie", "Caută", "Podijeli", "Pretraga",
	"Поделиться", "Поиск", "Войти", "Подписаться", "Печать", "Поділитися", "Увійти", "Пошук", "Сподели", "Търсене", "Κοινοποίηση", "Αναζήτηση", "Σύνδεση",
	"Paylaş", "Ara", "Giriş yap", "Üye ol", "Yazdır", "Kaydet", "Abone ol", "Bagikan", "Cari", "Masuk", "Chia sẻ", "Tìm kiếm", "Đăng nhập",
	"شارك", "مشاركة", "بحث", "تسجيل الدخول", "اشترك", "שתף", "שיתוף", "חיפוש", "اشتراک", "جستجو", "शेयर करें", "शेयर", "कॉपी लिंक", "लॉग इन", "แชร์", "ค้นหา",
	"共有", "シェア", "検索", "ログイン", "会員登録", "保存", "印刷", "フォロー", "メニュー", "分享", "分享到", "搜索", "登录", "注册", "登入", "收藏", "공유", "공유하기", "검색", "로그인", "회원가입", "인쇄", "스크랩", "구독", "글자크기",
)

// mostControl is how many words a control says.
const mostControl = 4

// isControl says whether a line is what a button or a link around stories says.
func isControl(line string) bool {
	words := strings.Fields(line)
	if len(words) == 0 || len(words) > mostControl {
		return false
	}
	for n := min(2, len(words)); n > 0; n-- {
		if controls[prose.Fold(strings.Join(words[:n], ""))] {
			return true
		}
	}
	return controls[prose.Fold(line)]
}
