package claim

import (
	"strings"

	"assay/internal/lazyregexp"
)

// levelWord finds a level of maturity in a text.
var levelWord = lazyregexp.New(`(?i)\b(graduated|graduates|graduation|graduate|incubating|incubation|incubator|incubated|sandbox|archived|archive|emeritus)\b`)

// levelOf is the level that a text names first, as the facts name it; "" for
// none.
func levelOf(text string) string {
	m := levelWord.FindString(text)
	return levelNamed(m)
}

func levelNamed(word string) string {
	switch w := strings.ToLower(word); {
	case w == "":
		return ""
	case strings.HasPrefix(w, "graduat"):
		return "graduated"
	case strings.HasPrefix(w, "incubat"):
		return "incubating"
	case w == "archive":
		return "archived"
	default:
		return w
	}
}
