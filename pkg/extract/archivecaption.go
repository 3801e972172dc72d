package extract

import "strings"

// longestArchiveCaption is how long a caption may be, in bytes, that says that its
// picture is an old one.
const longestArchiveCaption = 600

// archiveLabels begin the captions of old pictures, in capitals, as agencies send
// them: they stand among the paragraphs where a system knows no captions.
var archiveLabels = []string{
	"FILE PHOTO:", "FILE PHOTO -", "FILE PHOTO –", "FILE PHOTO —", "FILE - ", "FILE – ", "FILE — ", "FILE PICTURE", "(FILES)", "FILES-", "ARCHIVFOTO", "ARCHIVBILD", "ARCHIV - ", "ARCHIV – ",
	"FOTO DE ARCHIVO", "IMAGEN DE ARCHIVO", "FOTO ARCHIVO", "ARCHIVO - ", "ARCHIVO – ", "FOTO DE ARQUIVO", "FOTO ARQUIVO", "ARQUIVO - ", "ARQUIVO – ", "PHOTO D'ARCHIVES", "PHOTO D’ARCHIVES", "FOTO D'ARCHIVIO", "FOTO D’ARCHIVIO", "FOTO DI REPERTORIO", "ARCHIEFFOTO", "ARKIVFOTO", "ARKIVBILD", "ФОТО ИЗ АРХИВА",
}

func isArchiveCaption(text string) bool {
	for _, label := range archiveLabels {
		if strings.HasPrefix(text, label) {
			return true
		}
	}
	return false
}
