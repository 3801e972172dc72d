package quote_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/quote"
)

// paragraphs makes a body of lines; those that begin with "# " are subheads.
func paragraphs(text string) []news.Block {
	var all []news.Block
	for _, line := range strings.Split(text, "\n") {
		kind := news.Paragraph
		if rest, ok := strings.CutPrefix(line, "# "); ok {
			kind, line = news.Subhead, rest
		}
		all = append(all, news.Block{Kind: kind, Text: line})
	}
	return all
}

func TestRead(t *testing.T) {
	tests := []struct {
		name, language, text string
		quotes               []string // speaker (verb): text
		sources              []string // kind name, role
	}{
		{"behind and before", "en",
			"“The tide will not wait for the council,” said harbour master Jane Doe. “It has never waited.”\nDoe told reporters: “We open the gates at dawn.”",
			[]string{"Jane Doe (said): The tide will not wait for the council,", "Jane Doe: It has never waited.", "Jane Doe (told): We open the gates at dawn."},
			[]string{"person Jane Doe, harbour master"}},
		{"pronoun and apposition", "en",
			"John Roe, a teacher at Quay School, said the roof leaks. “We have moved the piano twice,” he said.",
			[]string{"John Roe (said): We have moved the piano twice,"},
			[]string{"person John Roe, a teacher at Quay School"}},
		{"goes on in the next paragraph", "en",
			"“It began on a Monday,” said the mayor, Ann Poe. “Nobody had slept for a week.\n“Then the water came over the wall.”",
			[]string{"Ann Poe (said): It began on a Monday,", "Ann Poe: Nobody had slept for a week.", "Ann Poe: Then the water came over the wall."},
			[]string{"person Ann Poe, mayor"}},
		{"single marks and what is no quotation", "en",
			"‘You can’t moor two boats to one ring,’ said Mary Moe, who wrote ‘The Long Night of the Lamps’. The 15.6\" screen is “brand new”.",
			[]string{"Mary Moe (said): You can’t moor two boats to one ring,"},
			[]string{"person Mary Moe"}},
		{"a spokesman without a name", "en",
			"“We are closing the gates for good,” harbour spokesman Colonel Idris Roe said.\nOslia “has been told of it in time,” an Oslian Fisheries Ministry spokesman told reporters.\n“Every boat will find a berth elsewhere,” the spokesman said.",
			[]string{"Idris Roe (said): We are closing the gates for good,", "Oslian Fisheries Ministry (told): has been told of it in time,", "Oslian Fisheries Ministry (said): Every boat will find a berth elsewhere,"},
			[]string{"person Idris Roe, harbour spokesman", "organization Oslian Fisheries Ministry"}},
		{"a clause that speaks of nothing before it", "en",
			"The Fisheries Board counted boats in northern Oslia, after the navy released what it said was a list.",
			nil, nil},
		{"sources without quotations", "en",
			"The Harbour Board said on Monday that the ferry stays. According to two people familiar with the matter, the line lost money. A report found that the pier is safe. It was not said when the work ends.",
			nil,
			[]string{"organization Harbour Board", "anonymous person two people familiar with the matter", "document A report"}},
		{"Norwegian speech inside a paragraph", "no",
			"– Havnen er stengt i dag, sier havnesjef Kari Nordmann. Sønnen Ola venter på kaia. – Når går båten, mor? spør han.\nNordmann smiler. – Den går aldri mer, slår havnesjefen fast.",
			[]string{"Kari Nordmann (sier): Havnen er stengt i dag", "Ola (spør): Når går båten, mor?", "Kari Nordmann (slår): Den går aldri mer"},
			[]string{"person Kari Nordmann, havnesjef", "person Ola, Sønnen"}},
		{"Danish roles", "da",
			"Formand for Havne- og Kystudvalget Jens Ole Hansen er træt. - Vi kan ikke vente længere, siger udvalgsformanden.\n- Færgen er vores eneste vej, lyder det fra beboerne. - Den må ikke lukke, siger en kilde i rederiet.",
			[]string{"Jens Ole Hansen (siger): Vi kan ikke vente længere", "beboerne (lyder): Færgen er vores eneste vej", "en kilde i rederiet (siger): Den må ikke lukke"},
			[]string{"person Jens Ole Hansen, Formand for Havne- og Kystudvalget", "anonymous person beboerne", "anonymous person en kilde i rederiet"}},
		{"Dutch names, and who opens the sentence before", "nl",
			"Directeur Jan-Willem de Boer van Zanten van de haven legt het uit. ‘De pont vaart niet meer’, zegt hij.\nEen moeder die op de kade wacht, schudt haar hoofd. ‘Wij hebben geen andere weg.’",
			[]string{"Jan-Willem de Boer van Zanten (zegt): De pont vaart niet meer", "Een moeder: Wij hebben geen andere weg."},
			[]string{"person Jan-Willem de Boer van Zanten, Directeur", "anonymous person Een moeder"}},
		{"Polish cases", "pl",
			"Sąd skazał wczoraj kapitana portu Andrzeja Morskiego. „Statek nigdy nie wypłynął z portu” – mówił sędzia Jan Piasek. Andrzej Morski nie przyznaje się do winy.\nZ Morskim zgadza się jego obrończyni Anna Falista. „Nikt nas o nic nie zapytał” – powiedziała PAP.\nJeden z rybaków uśmiecha się. „Morze i tak swoje wie” – dodaje.",
			[]string{"Jan Piasek (mówił): Statek nigdy nie wypłynął z portu", "Anna Falista: Nikt nas o nic nie zapytał", "Jeden z rybaków: Morze i tak swoje wie"},
			[]string{"person Jan Piasek, sędzia", "person Anna Falista, obrończyni", "anonymous person Jeden z rybaków"}},
		{"Russian cases", "ru",
			"По словам капитана порта Ивана Морского, паром не выйдет. «Лёд слишком толстый для парома», — рассказал ТАСС Иван Морской. Об этом сообщила пресс-служба порта.\nС Морским не согласна рыбачка Анна Волнова. «Мы ждём уже целую неделю», — пожаловалась она. В пресс-службе ответили, что паром «выйдет в море завтра утром».",
			[]string{"Иван Морской (рассказал): Лёд слишком толстый для парома", "Анна Волнова (пожаловалась): Мы ждём уже целую неделю", "пресс-служба порта (ответили): выйдет в море завтра утром"},
			[]string{"person Иван Морской, капитана порта", "organization ТАСС", "organization пресс-служба порта", "person Анна Волнова, рыбачка"}},
		{"Turkish order", "tr",
			"“Vapur bu akşam kalkmayacak” diyen Liman Müdürü Ayşe Yelken, yolculardan özür diledi. Sefer defterinde “deniz bugün çok dalgalı idi” notu yer alıyor.\nÜst düzey bir yetkili ise umutlu. “Yarın sabah deniz durulur” diye ekledi. “Herkes evine dönsün artık” diyerek sözlerini bitiren Yelken, iskeleden ayrıldı.",
			[]string{"Ayşe Yelken (diyen): Vapur bu akşam kalkmayacak", "Sefer defteri (yer alıyor): deniz bugün çok dalgalı idi", "Üst düzey bir yetkili: Yarın sabah deniz durulur", "Ayşe Yelken (diyerek): Herkes evine dönsün artık"},
			[]string{"person Ayşe Yelken, Liman Müdürü", "document Sefer defteri", "anonymous person Üst düzey bir yetkili"}},
		{"Turkish goings-on that nobody says", "tr",
			"Yelkovan Ligi'nde Harmanlı ve Çınarlık zirve mücadelesi verirken yarış da kıyasıya devam ediyor. Tecrübeli dümenci, bu sezon attığı düğümlerle dikkati çekti.\nYelkovan Ligi'nde Çınarlık Kulübü, yarışın ertelendiğini açıkladı. Hakem Ayşe Yelken, rüzgârın yön değiştirdiğine dikkat çekti. “Yarışlar pazar günü baştan başlayacak” diye devam etti.",
			[]string{"Ayşe Yelken: Yarışlar pazar günü baştan başlayacak"},
			[]string{"organization Çınarlık Kulübü", "person Ayşe Yelken, Hakem"}},
		{"Dutch surnames that are nouns, and neighbours", "nl",
			"‘De haven is vanaf vandaag dicht’, zei havenmeester Marieke Noorderhof. Op de kade lag een briefje: ‘Niet voeren aan de zeehonden’.\n‘Ik heb haar nog nooit gezien’, zegt de buurvrouw.",
			[]string{"Marieke Noorderhof (zei): De haven is vanaf vandaag dicht", "een briefje: Niet voeren aan de zeehonden", "de buurvrouw (zegt): Ik heb haar nog nooit gezien"},
			[]string{"person Marieke Noorderhof, havenmeester", "document een briefje", "anonymous person de buurvrouw"}},
		{"nobody", "en", "“There is nothing to be done here.”", []string{": There is nothing to be done here."}, nil},
		{"German order", "de",
			"„Wir schließen den Hafen nicht“, sagte Bürgermeisterin Erika Muster am Freitag. Sie kündigte an, dass die Fähre „ab Montag wieder fahren wird“.",
			[]string{"Erika Muster (sagte): Wir schließen den Hafen nicht", "Erika Muster (kündigte): ab Montag wieder fahren wird"},
			[]string{"person Erika Muster, Bürgermeisterin"}},
		{"German sources", "de",
			"Laut Hafenamt sinkt der Pegel. Nach Angaben der Polizei wurde niemand verletzt. Medienberichten zufolge fährt die Fähre wieder. Das Ministerium teilte mit, man prüfe den Fall.",
			nil,
			[]string{"organization Hafenamt", "organization Polizei", "document Medienberichten", "organization Ministerium"}},
		{"verb that is no verb of saying", "de",
			"Max Muster ist Pfarrer. „Die Glocke läutet auch ohne mich“, brummt der Pfarrer Muster.",
			[]string{"Max Muster (brummt): Die Glocke läutet auch ohne mich"},
			[]string{"person Max Muster, Pfarrer"}},
		{"echo without a speaker", "de",
			"Landrat Max Muster schwieg.\n„Wir wollen unsere Glocke wieder“, hallte es über den Platz.",
			[]string{": Wir wollen unsere Glocke wieder"}, nil},
		{"subhead", "de",
			"Max Muster kam spät.\n# „Die Glocke läutet wieder“\n„Die Glocke läutet wieder, und zwar heute“, sagte Muster.",
			[]string{"Max Muster (sagte): Die Glocke läutet wieder", "Max Muster (sagte): Die Glocke läutet wieder, und zwar heute"},
			[]string{"person Max Muster"}},
		{"pronoun that hangs on its verb", "fr",
			"« Le bac ne passera plus jamais », a déclaré la maire, Odile Quai. « On nous l’avait promis », s’agace-t-elle.",
			[]string{"Odile Quai (déclaré): Le bac ne passera plus jamais", "Odile Quai (agace): On nous l’avait promis"},
			[]string{"person Odile Quai, maire"}},
		{"speech behind a dash", "es",
			"—El faro se apaga esta noche —dijo la farera, Inés Cabo—. Nadie sabe por qué.",
			[]string{"Inés Cabo (dijo): El faro se apaga esta noche", "Inés Cabo: Nadie sabe por qué."},
			[]string{"person Inés Cabo"}},
		{"speech that goes on without a dash", "sv",
			"– Vi väntar inte längre på båten, säger hamnkapten Ulla Vik. Den kommer inte i dag.",
			[]string{"Ulla Vik (säger): Vi väntar inte längre på båten", "Ulla Vik: Den kommer inte i dag."},
			[]string{"person Ulla Vik, hamnkapten"}},
		{"the speaker inside the marks", "ru",
			"«Лёд уже тронулся у причала, — сказал капитан Пётр Мыс. — Ждём ещё неделю».",
			[]string{"Пётр Мыс (сказал): Лёд уже тронулся у причала, — сказал капитан Пётр Мыс. — Ждём ещё неделю"},
			[]string{"person Пётр Мыс, капитан"}},
		{"verb at the end", "tr",
			"Belediye Başkanı Ayşe Liman, “Vapur bu akşam gelmeyecek” dedi. Liman'a göre iskele kapalı.",
			[]string{"Ayşe Liman (dedi): Vapur bu akşam gelmeyecek"},
			[]string{"person Ayşe Liman, Belediye Başkanı"}},
		{"Japanese", "ja",
			"港町の岬太郎町長は5日、「渡し船は今夜は出ません」と述べた。気象台によると、風は強まる。",
			[]string{"岬太郎: 渡し船は今夜は出ません"},
			[]string{"person 岬太郎, 港町の町長", "organization 気象台"}},
		{"Chinese", "zh",
			"“渡船今晚不会再开了。”镇长王海平说。据气象台消息，风力还会加大。",
			[]string{"王海平: 渡船今晚不会再开了。"},
			[]string{"person 王海平, 镇长", "organization 气象台"}},
		{"Korean", "ko",
			"김바다 군수는 \"오늘 밤 배는 더 이상 뜨지 않는다\"고 말했다. 기상청에 따르면 바람은 더 세진다.",
			[]string{"김바다: 오늘 밤 배는 더 이상 뜨지 않는다"},
			[]string{"person 김바다, 군수", "organization 기상청"}},
		{"Arabic", "ar",
			"قال مدير الميناء سمير البحري إن العبارة توقفت. وأضاف البحري: «لن تبحر السفينة هذه الليلة».",
			[]string{"سمير البحري (وأضاف): لن تبحر السفينة هذه الليلة"},
			[]string{"person سمير البحري, مدير الميناء"}},
		{"language without a pack", "fi", "”Laituri on suljettu tänään kokonaan”, sanoi Maija Meri.", []string{": Laituri on suljettu tänään kokonaan"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			quotations, attributions := quote.Read(paragraphs(tt.text), tt.language, agency.Table{})
			var quotes, sources []string
			for _, q := range quotations {
				line := q.Speaker
				if q.Verb != "" {
					line += " (" + q.Verb + ")"
				}
				quotes = append(quotes, line+": "+q.Text)
			}
			for _, a := range attributions {
				line := string(a.Kind) + " " + a.Name
				if a.Role != "" {
					line += ", " + a.Role
				}
				if a.Anonymous {
					line = "anonymous " + line
				}
				sources = append(sources, line)
			}
			if diff := cmp.Diff(tt.quotes, quotes); diff != "" {
				t.Errorf("quotations (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.sources, sources); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
			explained(t, paragraphs(tt.text), tt.language, quotations, attributions)
		})
	}
}

// FuzzRead holds that every quotation is part of its block, and every speaker
// among the sources, and that all of it is explained.
func FuzzRead(f *testing.F) {
	f.Add("“Why?” Doe asked. „Nein“, sagte er, »so nicht«.", "en")
	f.Add("»Wer ›A‹ sagt«, so Muster (41), „muss“", "de")
	f.Add("Am Mittwoch soll der Pegel sinken, sagte e", "de")
	f.Add("Der Pegel sinkt, sagte von", "de")
	f.Add(")000 ask", "en")
	f.Add("— Нет, — сказал он. — Никогда больше!", "ru")
	f.Add("町の岬太郎町長（45）は「渡し船は今夜は出ません」と述べた。", "ja")
	f.Add("“渡船今晚不会再开了。”镇长王海平说，“明天再来吧。”", "zh")
	f.Add("김바다(51) 군수는 \"오늘 밤 배는 뜨지 않는다\"고 말했다.", "ko")
	f.Add("وقال مدير الميناء سمير البحري: «لن تبحر السفينة هذه الليلة».", "ar")
	f.Add("Başkan Ayşe Liman'a göre, “Vapur bu akşam gelmeyecek” diye konuştu.", "tr")
	f.Add("— Лёд, — рассказал ТАСС Иван Морской. Один из рыбаков: «Нам нужен паром сегодня», — сказал он.", "ru")
	f.Add("Z Anną Falistą zgadza się Jan Morski. – Nikt nas nie zapytał – powiedziała PAP.", "pl")
	f.Add("Hun smiler. - Hvorfor ikke i morgen? spørger formand for Havne- og Kystudvalget Jens Hansen.", "da")
	f.Add("– Vi väntar inte längre på båten, säger hon. – Aldrig mer!", "sv")
	f.Fuzz(func(t *testing.T, text, language string) {
		blocks := paragraphs(text)
		quotations, attributions := quote.Read(blocks, language, agency.Table{})
		names := map[string]bool{"": true}
		for _, a := range attributions {
			if a.Name == "" {
				t.Error("a source without a name")
			}
			names[a.Name] = true
		}
		for _, q := range quotations {
			if !strings.Contains(blocks[q.Block].Text, q.Text) {
				t.Errorf("%q is not in its block", q.Text)
			}
			if !names[q.Speaker] {
				t.Errorf("%q is no source", q.Speaker)
			}
		}
		explained(t, blocks, language, quotations, attributions)
	})
}
