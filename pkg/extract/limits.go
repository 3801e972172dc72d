package extract

// The budget of one page. A running extraction cannot be ended from outside, so
// what it may take is bounded beforehand: bytes by whoever decodes the page,
// nodes by pkg/markup, the rest here. No story comes near.
const (
	// mostText is how much text is read from a page, in bytes; it takes some
	// forty times its size. The longest stories have a twentieth of it.
	mostText = 2 << 20
	// mostData is how much JSON-LD is read from a page, in bytes. The longest live
	// reports have a quarter of that.
	mostData = 4 << 20
	// mostLines is how many lines of text are read where there is only text. The
	// longest live reports have a tenth of that.
	mostLines = 1 << 15
	// mostOpinion bounds the elements of which a second opinion is asked, each
	// counted as often as it stands in another.
	mostOpinion = 1 << 19
)
