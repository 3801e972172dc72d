package agency

import "github.com/copydesk/copydesk/pkg/prose"

// ordinary are words of many languages that are printed alone, as labels or in
// menus, and in names.
var ordinary = prose.SetOf(`about abo aktuell alles analyse andina app apps archiv archive article audio author autor beta bild blog box breaking business by club com
	contact corr correspondent das day der deals desk die dire direkt editor ende end error extra fakten fin fine five fm foto fotos from gallery heute home html http https image images info kai kommentar
	latest leben life live login mail map media mehr mein menu mia mina mit more music nan national news newsroom next novum on online op paris petra photo photos picture pictures
	pol politik press presse prime print pro quelle quiz radio read reading red redaktion report reporter review rss saba sana service shop siren sky source spa sport sports sta staff start stream tap team test text
	the thema today top trend trends tv uni update video videos von web wetter wire wissen with world writer www you الآن مع من في`)
