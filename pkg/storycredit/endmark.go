package storycredit

import "regexp"

// endMark says that a story is over, as agencies and East Asian papers
// print it: "-0-", "(END)", "（完）", "(끝)".
var endMark = regexp.MustCompile(`^(?:-+0-+|#{2,3}|_{3,}|/{3}|\*{3}|[(/]+\s*(?:END|End|Ende|FIM|Fim|Fin|FIN|完|끝|おわり|النهاية|انتهى)\s*[)/]+|انتهای پیام\s*[/.]?\s*\p{Arabic}{0,3}\s*[/.]*)$`)

// IsEndMark says whether a line says that the story is over and no more.
func IsEndMark(line string) bool { return endMark.MatchString(line) }
