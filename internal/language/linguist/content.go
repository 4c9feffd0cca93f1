package linguist

import (
	"bytes"
	"path"
	"strings"

	"github.com/go-enry/go-enry/v2/data"

	"assay/internal/lazyregexp"
)

// ByHeuristics gives the languages that the heuristics for the extension of a name tell
// from the text.
func ByHeuristics(name string, text []byte) []string {
	heuristics := data.ContentHeuristics[strings.ToLower(path.Ext(name))]
	if heuristics == nil {
		return nil
	}
	return heuristics.Match(text)
}

// ByHeader gives XML for a text whose first two lines hold a declaration of XML.
func ByHeader(text []byte) []string {
	if bytes.Contains(firstLines(text, 2), []byte("xml version=")) {
		return []string{"XML"}
	}
	return nil
}

var manpage = lazyregexp.New(`\.(?:[1-9](?:[a-z_]+[a-z_0-9]*)?|0p|n|man|mdoc)(?:\.in)?$`)

// ByManpage gives the languages of a page of the manual, by its name.
func ByManpage(name string) []string {
	if manpage.MatchString(strings.ToLower(name)) {
		return []string{"Roff Manpage", "Roff"}
	}
	return nil
}

// firstLines is the first lines of a text, up to the end of the last of them.
func firstLines(text []byte, count int) []byte {
	end := 0
	for range count {
		i := bytes.IndexByte(text[end:], '\n')
		if i < 0 {
			return text
		}
		end += i + 1
	}
	return text[:end]
}
