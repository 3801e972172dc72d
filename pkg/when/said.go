package when

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

// changeWords stand before the date of a change. Folded.
var changeWords = prose.FoldAll("updated", "last updated", "modified", "last modified", "update", "aktualisiert", "zuletzt aktualisiert", "geändert", "stand", "letzte änderung", "bearbeitet", "mis à jour", "mise à jour", "modifié", "actualizado", "actualización",
	"última actualización", "modificado", "atualizado", "atualizada", "aggiornato", "ultimo aggiornamento", "bijgewerkt", "laatste update", "gewijzigd", "uppdaterad", "oppdatert", "opdateret", "sist endret", "päivitetty", "aktualizacja", "aktualizováno", "upraveno", "обновлено", "оновлено", "güncelleme", "son güncelleme", "diperbarui", "更新", "最終更新", "수정", "frissítve", "ultima modifica", "تم التحديث", "آخر تحديث", "تحديث", "به\u200cروزرسانی", "अपडेट", "আপডেট", "cập nhật", "อัปเดต", "수정일", "עודכן", "ενημέρωση", "ажурирано", "ažurirano", "обновена", "actualizat", "atnaujinta", "atjaunots", "uuendatud", "更新日")

// pubWords stand before the date of publication. Folded.
var pubWords = prose.FoldAll("published", "publishedon", "posted", "posted on", "first published", "veröffentlicht", "erstellt", "publié", "publié le", "publicado", "pubblicato", "gepubliceerd", "geplaatst", "publicerad", "publisert", "udgivet", "julkaistu", "opublikowano", "data publikacji", "dodano", "publikováno", "vydáno", "опубликовано", "опубліковано", "yayınlanma", "giriş", "dipublikasikan", "发布", "公開", "掲載", "입력", "issued", "created", "date", "datum", "vom", "artikel vom", "megjelent", "am", "تم نشره", "نشر", "نُشر", "منتشر شده", "प्रकाशित", "প্রকাশ", "প্রকাশিত", "đăng", "เผยแพร่", "등록", "配信", "公開日", "פורסם", "δημοσίευση", "δημοσιεύθηκε", "објављено", "objavljeno", "публикувана", "publicat", "paskelbta", "publicēts", "avaldatud")

// SaysChanged says whether the words just before a date call it a change.
func SaysChanged(before string) bool {
	f := prose.Fold(prose.Tail(before, 40))
	change, pub := lastOf(f, changeWords), lastOf(f, pubWords)
	return change >= 0 && change >= pub
}

// SaysPublished says whether they call it that of publication.
func SaysPublished(before string) bool {
	f := prose.Fold(prose.Tail(before, 40))
	return lastOf(f, pubWords) >= 0 && !SaysChanged(before)
}

// CutLead cuts off a line what belongs to the date that followed: the day of the
// week, "published on".
func CutLead(line string) string {
	fields := strings.Fields(line)
	if n := len(fields); n > 0 && isWeekday(fields[n-1]) {
		fields = fields[:n-1]
	}
	for back := min(3, len(fields)); back > 0; back-- {
		at := len(fields) - back
		if said := prose.Fold(strings.Join(fields[at:], "")); slices.Contains(changeWords, said) || slices.Contains(pubWords, said) {
			fields = fields[:at]
			break
		}
	}
	return strings.TrimRight(strings.Join(fields, " "), " |,-–:·•")
}

// lastOf is the furthest end at which one of the words stands in f, -1 if none.
func lastOf(f string, list []string) int {
	best := -1
	for _, w := range list {
		if i := strings.LastIndex(f, w); i >= 0 {
			best = max(best, i+len(w))
		}
	}
	return best
}
