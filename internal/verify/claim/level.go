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
	switch w := strings.ToLower(levelWord.FindString(text)); {
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

// levelLabel is the level that a label is, with few words beside it that add nothing; ""
// for none.
func levelLabel(label string) string {
	for w := range strings.FieldsSeq(label) {
		if levelOf(w) == "" && !besideLevel[w] {
			return ""
		}
	}
	return levelOf(label)
}

// besideLevel are words that may stand beside a level in a label.
var besideLevel = map[string]bool{"projects": true, "project": true, "cncf": true, "number": true, "of": true, "total": true, "count": true, "level": true, "stage": true, "the": true, "in": true, "rust": true, "using": true, "with": true}
