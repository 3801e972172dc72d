package language

import "testing"

func TestOf(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The council voted on Friday to keep all of the lines that it had, for at least another year.", "en"},
		{"Das Rathaus ist am Dienstag geräumt worden, nachdem der Damm auf einer Länge von dreißig Metern gebrochen war.", "de"},
		{"Le phare sera restauré par la commune, qui a trouvé l'argent dans une souscription pour les travaux.", "fr"},
		{"La campana apareció en el gallinero de una vecina que la usaba como bebedero desde hace años.", "es"},
		{"汐凪町の浜小学校の五年生が、漁協の指導でワカメの種付けを体験した。", "ja"},
		{"Мэр сказал, что он не знает, как это было и кто из них был на мосту.", "ru"},
		{"xyzzy", ""},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			if got := Of(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
