package linguist

import "assay/internal/lazyregexp"

var (
	emacsLine = lazyregexp.New(`.*-\*-\s*(.+?)\s*-\*-.*(?m:$)`)
	emacsMode = lazyregexp.New(`.*(?i:mode)\s*:\s*([^\s;]+)\s*;*.*`)
	vimLine   = lazyregexp.New(`(?:(?m:\s|^)vi(?:m[<=>]?\d+|m)?|[\t\x20]*ex)\s*[:]\s*(.*)(?m:$)`)
	vimSets   = lazyregexp.New(`(?i:filetype|ft|syntax)\s*=(\w+)(?:\s|:|$)`)
)

// ByEmacs gives the language that the last line of Emacs' variables in a text names.
func ByEmacs(text []byte) []string {
	all := emacsLine.FindAllSubmatch(text, -1)
	if len(all) == 0 {
		return nil
	}
	variables := all[len(all)-1][1]
	if m := emacsMode.FindSubmatch(variables); m != nil {
		return named(string(m[1]))
	}
	return named(string(variables))
}

// ByVim gives the language that the last modeline of Vim in a text sets; none where it
// sets several.
func ByVim(text []byte) []string {
	all := vimLine.FindAllSubmatch(text, -1)
	if len(all) == 0 {
		return nil
	}
	alias := ""
	for _, m := range vimSets.FindAllSubmatch(all[len(all)-1][1], -1) {
		if set := string(m[1]); alias != "" && set != alias {
			return nil
		}
		alias = string(m[1])
	}
	return named(alias)
}
