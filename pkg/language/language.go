package language

import (
	"strings"
	"unicode"
)

// samples bounds how many words a language is told by.
const samples = 400

// commonWords holds the words by which a language in Latin or Cyrillic letters
// is told: frequent ones, and not frequent in its neighbours.
var commonWords = []struct{ tag, words string }{
	{"en", "the of and to in that is was for it with as his on be at by this had not are but from have they which you were her she there been their has would will said who more"},
	{"de", "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum haben nur"},
	{"fr", "le la les de des et du en un une est que dans qui pour au sur par pas plus ce avec il sont aux ne se cette été ont mais ses leur elle deux être nous"},
	{"es", "el la los las de que y en un una es por con para del se al como más pero su sus lo fue ha este entre cuando muy sin sobre también hasta desde años según"},
	{"pt", "o os as de que e do da em um uma para com não dos das no na por mais foi ao como mas se sua seu ou pelo pela são também até isso ele entre depois já"},
	{"it", "il di che e la per un una in non è sono del della dei le gli con si da al come anche più nel ha lo alla dalla questo ma delle degli nella dal stato suo"},
	{"nl", "de het een van en in is dat op te zijn met voor niet aan er om ook als door maar bij nog naar uit worden wordt deze heeft werd hij over hebben kan dan"},
	{"sv", "och att det som en är av för på den med till inte har om ett de han var jag men från vi kan när också eller efter hade ska alla mot"},
	{"da", "og at det er en af til på for den med der de ikke som har et fra var jeg men han vi kan eller blev også efter skal være sig efter hvor"},
	{"no", "og det som er av til på for den med ikke har de en at et fra han var jeg men vi kan eller ble også etter skal være seg sier hvor"},
	{"fi", "ja on ei että se hän oli mutta myös kun ovat joka niin kuin tai sen mukaan ole jo vain jos nyt siitä hänen vuoden kanssa olla"},
	{"pl", "i w na z się nie do że jest to o jak po od za przez dla są oraz tym jego także który które był jednak ale już może tylko"},
	{"cs", "a v se na je že s z do o i k jako za by pro jsou podle ale po také který které jeho byl jsem může nebo když jen už"},
	{"sk", "a v sa na je že s z do o i k ako za by pre sú podľa ale po tiež ktorý ktoré jeho bol môže alebo keď len už"},
	{"hu", "a az és hogy nem is egy ez volt meg csak már de el mint vagy még azt mert ha lesz ki után szerint amely több lehet"},
	{"ro", "și de la în a cu pe că este o din care un nu mai se pentru sunt fi au fost prin dar ca după sau lui anul această"},
	{"tr", "ve bir bu da de için ile olarak olan daha çok gibi sonra kadar en var ne ama her dedi ise değil ki oldu olduğunu türkiye"},
	{"id", "yang dan di untuk dengan dari ini itu pada dalam tidak akan ke oleh juga ada sebagai karena adalah telah mereka bisa tersebut lebih saat kata"},
	{"vi", "của và là các có được trong cho một không người với này đã những để khi từ đến về ra cũng như tại nhiều"},
	{"hr", "i je u da se na za su od s o koji kao ne što nije iz bi to će te ali koja jer nakon još biti ili godine"},
	{"sl", "je in v na da se za so ki pa z s o po tudi ne od kot bi iz še bo ali pri do je bil leta"},
	{"lt", "ir yra kad į su iš apie tai bet kaip už nuo taip jau buvo jis po tik jo pat dar metų"},
	{"lv", "un ir ka ar no par kas uz to bet arī lai ne pēc kā tika gada viņš ļoti vai jau"},
	{"et", "ja on et ei see oli kui ka ning aga mis oma tema siis või kes ta juba aasta pärast"},
	{"ca", "de la el i que a en els les un una per amb no és del al com ha les dels més però també entre seva són aquest"},
	{"ru", "и в не на что с он как это по но из у за от к для так же то бы был его о она они или также который года"},
	{"uk", "і в на не що з до та за як у це від про для по але його він або також був який яка щоб року буде із"},
	{"bg", "и на да в се за не от са с по че като е до ще но към при това също който което след беше има или"},
	{"sr", "и је у да се на за су од са који као не што није из би то ће али која јер након још бити или године"},
}

// wordLanguages maps a word to the languages that it counts for.
var wordLanguages = func() map[string][]uint8 {
	m := map[string][]uint8{}
	for i, l := range commonWords {
		for w := range strings.FieldsSeq(l.words) {
			m[w] = append(m[w], uint8(i))
		}
	}
	return m
}()

// IsCommon says whether a word is one of those by which a language is told.
func IsCommon(word string) bool { return len(wordLanguages[strings.ToLower(word)]) > 0 }

// Of tells a text's language by its script or its common words;
// empty where there are too few of them.
func Of(text string) string {
	if tag := byScript(text); tag != "" {
		return tag
	}
	var points [64]int
	n, hits := 0, 0
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if n++; n > samples {
			break
		}
		langs := wordLanguages[strings.ToLower(w)]
		if len(langs) > 0 {
			hits++
		}
		for _, l := range langs {
			points[l] += 6 / len(langs) // a word of one language alone counts most
		}
	}
	best := 0
	for i := range commonWords {
		if points[i] > points[best] {
			best = i
		}
	}
	if hits < 3 || points[best] < n/4 {
		return ""
	}
	return commonWords[best].tag
}
