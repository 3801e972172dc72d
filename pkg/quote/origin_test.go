package quote_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/quote"
)

// TestSources tells which origins are read, by the grammar of their sentences;
// speakers are those of the quotations, in order.
func TestSources(t *testing.T) {
	tests := []struct {
		name, language, text string
		sources, speakers    []string
	}{
		{"spelt without ß", "de", "Die Stadt äusserte sich nicht. Die Bank habe verloren, hiess es in einem Bericht.",
			[]string{"Stadt", "einem Bericht"}, nil},
		{"whose officer speaks", "en", "Cuts will come this week, said The Ferry Company’s recently named executive chair Marcelo Claro in an email.",
			[]string{"Marcelo Claro"}, nil},
		{"name of many words", "en", "The end is near, said Harbour Accountants of Norland’s chief economist, Jane-Alexandra Brass.",
			[]string{"Jane-Alexandra Brass"}, nil},
		{"institute whose founder is named", "en", "The Quay Institute for Tides, an institute founded by the shipowner Paul Quay, said the sea rises.",
			[]string{"Quay Institute for Tides"}, nil},
		{"role of two parts", "en", "Ruby Mendes, Quayside Economics managing director and head of strategy, was cautious. “We see a rise in June too,” said Mendes.",
			[]string{"Ruby Mendes"}, []string{"Ruby Mendes"}},
		{"bureau with and in its name", "en", "Norland Bureau of Harbours and Aquatic Resources said the boat sank. It “tried to block the path of others”, the bureau said.",
			[]string{"Norland Bureau of Harbours and Aquatic Resources"}, []string{"Norland Bureau of Harbours and Aquatic Resources"}},
		{"what documents and groups show", "en", "An internal analysis showed a loss. Experts fear the worst. Documents found in a car are old.",
			[]string{"An internal analysis", "Experts"}, nil},
		{"announced clause", "de", "Max Muster, Astronom von der Sternwarte, spricht davon, dass es Steine waren. Das führte dazu, dass alle gingen.",
			[]string{"Max Muster"}, nil},
		{"verb of two parts", "de", "Die Spiele hätten geholfen, stellte der Abgeordnete Florian Muster fest. Dagegen wirft die Opposition dem Land Versagen vor.",
			[]string{"Florian Muster", "Opposition"}, nil},
		{"word for any company", "en", "Quayworks builds boats in Norland. The owners of Quayworks live there too. The company said it would grow.",
			[]string{"Quayworks"}, nil},
		{"word for any company, without a name", "en", "The factory is old. The company said it would grow.", []string{"company"}, nil},
		{"word for any organisation", "de", "Muster leitet den Bund des Hafener Zentrums für Gezeitenkunde, teilte die Organisation mit.",
			[]string{"Hafener Zentrums für Gezeitenkunde"}, nil},
		{"where somebody is from", "de", "Jan Muster lebt am Kai. Er sei geblieben, sagt der Insulaner. „Ich habe zwei Jahre lang gewartet“, sagt der Insulaner.",
			[]string{"Jan Muster"}, []string{"Jan Muster"}},
		{"aside between commas", "en", "Quayworks, however, tells us that it will stop.", []string{"Quayworks"}, nil},
		{"per", "en", "Fleas, per the Harbour Health Office, cost 3 crowns per person.", []string{"Harbour Health Office"}, nil},
		{"unknown word before a name", "en", "It is new, according to Quay Search lead Liz Reidy.", []string{"Liz Reidy"}, nil},
		{"as", "en", "As a Quayworks spokesperson promised, “no matter what you ask, you get it.”",
			[]string{"a Quayworks spokesperson"}, []string{"a Quayworks spokesperson"}},
		{"one of many", "en", "“If we were any higher, we’d be up north,” one user quipped. Another resident said no.",
			[]string{"one user", "Another resident"}, []string{"one user"}},
		{"whatever it is, a document", "en", "According to an August 2025 slideshow, the floors go. Two million came, according to one estimate. It is new, according to a copy obtained by Quay Post.",
			[]string{"an August 2025 slideshow", "one estimate", "a copy"}, nil},
		{"his aunt", "en", "According to his aunt, Jane Starling, he was bright.", []string{"Jane Starling"}, nil},
		{"preposition in a name", "en", "The National Institute on Harbour Use estimated that ten left. The Tidal Commission on pollution and health found that many died.",
			[]string{"National Institute on Harbour Use", "Tidal Commission"}, nil},
		{"with somebody warning", "en", "The sea will rise, with some analysts warning that the pier is lost.", []string{"some analysts"}, nil},
		{"signed post", "en", "Please protect the sea.\n— Ann Tidewater (@anntide) November 1, 2019", []string{"Ann Tidewater"}, nil},
		{"two together", "en", "Mayor Jane Doe and harbour master John Roe said the gates stay shut.", []string{"John Roe", "Jane Doe"}, nil},
		{"somebody and others", "en", "Mayor Jane Doe was late. Doe and city leaders said the gates stay shut.", []string{"city leaders", "Jane Doe"}, nil},
		{"study that is meant by it", "en", "The study was published in a journal. It found that children ate more.", []string{"study"}, nil},
		{"interview", "de", "Was bleibt, weiß Kenner Thomas Muster.\nWie wichtig war die Flut?\nThomas Muster: Sie war ausschlaggebend.\nPreis der Karten: drei Kronen",
			[]string{"Thomas Muster"}, nil},
		{"list of names", "en", "Jane Doe was late.\nJane Doe: two boats.\nJohn Roe: one boat.", nil, nil},
		{"hearer before the verb", "de", "In einem Interview mit dem Sender Kanal 13 hat Max Muster über die Flut berichtet. Gegenüber der Hafenzeitung erklärte Muster, man bleibe.",
			[]string{"Max Muster", "Sender Kanal 13", "Hafenzeitung"}, nil},
		{"own account", "de", "Die Reederei Muster fährt eigenen Angaben zufolge nicht.", []string{"Reederei Muster"}, nil},
		{"so, without a quotation", "de", "Der Pegel fällt, so die Polizei weiter. Es war kalt, so die Idee. Die Flut kommt, so Erika Muster.",
			[]string{"Polizei", "Erika Muster"}, nil},
		{"dazu", "de", "Dazu erklärt Patrick Muster, Mitglied im Vorstand: „Wir begrüßen die mehr als 80 Zusagen sehr.“",
			[]string{"Patrick Muster"}, []string{"Patrick Muster"}},
		{"colleague", "de", "Das Boot ist neu, berichtet Yuans Kollege Max Muster.", []string{"Max Muster"}, nil},
		{"organisation and what it gives", "de", "Gestern gab das Unternehmen Investoren die Zahlen bekannt.", []string{"Unternehmen"}, nil},
		{"job before a name", "en", "“Quayworks was lucky for years,” noted Norland-based product liability lawyer Jim Dunham. It is sound, says dietitian Amanda A. Costa Miller.",
			[]string{"Jim Dunham", "Amanda A. Costa Miller"}, []string{"Jim Dunham"}},
		{"dated document", "en", "An October 11 presentation to bondholders indicated jobs would go. The pier is safe, a March 3 report from the auditor found.",
			[]string{"An October 11 presentation to bondholders", "a March 3 report from the auditor"}, nil},
		{"who came and said", "es", "El presidente Luis Muelle llegó con Juan Faro. Sobre la nota de Faro, Muelle sonrió y dijo: “Creo que el hombre tiene razón”.",
			[]string{"Luis Muelle"}, []string{"Luis Muelle"}},
		{"post by another word", "es", "La ministra del Interior, Ana Cabo, llegó. “Sabemos que han pasado bandas de otros lados”, advirtió la titular de Interior.",
			[]string{"Ana Cabo"}, []string{"Ana Cabo"}},
		{"epithet", "es", "El inspector general, Álvaro Cabo, habló del puerto.\n“La misión del nuevo director es clara”, señaló el funcionario.",
			[]string{"Álvaro Cabo"}, []string{"Álvaro Cabo"}},
		{"verb without a subject", "es", "El asunto fue abordado por el Presidente Barco. “Necesitamos recuperar la calma del puerto”, dijo al ser consultado sobre la renuncia del director, Ricardo Ancla.",
			[]string{"Barco"}, []string{"Barco"}},
		{"second surname", "es", "El consejero, Antonio Sal Cabo, llegó. “Estamos ante una marea trágica”, dijo Antonio Sal.",
			[]string{"Antonio Sal Cabo"}, []string{"Antonio Sal Cabo"}},
		{"según", "es", "Son reacios, según fuentes diplomáticas. Nadie lo vio, según informó el Ministerio de Puertos.",
			[]string{"fuentes diplomáticas", "Ministerio de Puertos"}, nil},
		{"what he hopes", "fr", "Jean Quai, qui verra le président Paul Môle, affirme qu'il souhaite « donner un nouvel élan au port ».",
			[]string{"Jean Quai"}, []string{"Jean Quai"}},
		{"one on another", "it", "Donald Molo su Giulia Porto: «Ha preso d'assalto tutto il molo». Giulia Porto e Donald Molo erano lì.",
			[]string{"Donald Molo"}, []string{"Donald Molo"}},
		{"things", "de", "Der schwer lesbare Satz sagt, dass es regnet. Das Gewicht der Teile zeigt, dass es schwer war. Das Notfalltelefon der Hafenbehörde warnt, dass es friert.",
			[]string{"Notfalltelefon der Hafenbehörde"}, nil},
		{"name before a comma", "es", "El presidente Luis Muelle llegó con Juan Faro. Sobre la nota de Faro, Muelle dijo que se va.", []string{"Luis Muelle"}, nil},
		{"two with one role", "es", "“La marea sube cada año más”, explica Ana Cabo, directora del puerto. Luis Faro, el investigador que midió el récord, lo confirma. La investigadora Eva Sal calla. El investigador asegura que “nadie lo había visto antes así”.",
			[]string{"Ana Cabo", "Luis Faro"}, []string{"Ana Cabo", "Luis Faro"}},
		{"particle with a capital", "es", "La presidenta, Úrsula von der Kai, es clara. “Seguiremos explorando otras formas”, dice Von der Kai.",
			[]string{"Úrsula von der Kai"}, []string{"Úrsula von der Kai"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			quotations, attributions := quote.Read(paragraphs(tt.text), tt.language, agency.Table{})
			var sources, speakers []string
			for _, a := range attributions {
				sources = append(sources, a.Name)
			}
			for _, q := range quotations {
				speakers = append(speakers, q.Speaker)
			}
			if diff := cmp.Diff(tt.sources, sources); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.speakers, speakers); diff != "" {
				t.Errorf("speakers (-want +got):\n%s", diff)
			}
		})
	}
}
