package findingtest

import (
	"reflect"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding"
)

// Hostile lists texts that try to be more than text.
func Hostile() []string {
	return []string{
		"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- c -->", "&lt;b&gt; &amp; &#60;",
		"[click](https://evil.test)", "![i](https://evil.test/i.png)", "[ref]: https://evil.test", "[a][b]", "](https://evil.test)",
		"https://evil.test", "http://evil.test/a_b", "www.evil.test", "WWW.evil.test", "see www.evil.test now", "ftp://evil.test",
		"me@evil.test", "mailto:me@evil.test", "@someone", "a|b", `a\|b`, `\`, `a\`, "a`b", "``", "`a|b`", "```\ncode", "~~~",
		"# head", "####### seven", "a\n# head", "- item", "+ item", "* item", "1. item", "12) item", "8.1.0", "1.", "> quote", "---", "===",
		"a\n---", "***", "__init__", "a_b_c", "*a*", "**a**", "~~a~~", "~a~", "$x$", "$$x$$", "{1+1}", "{/* */}", "${a}", "}{",
		"import x from 'y'", "export const a = 1", ":::info", ":::", "::: note", ":smile:", "a:b", ":a[b]{c}", "::leaf[a]", "12:30", "a: b", "x:",
		"| a | b |", "|---|", "a\r\nb", "a\tb", "    indented", "a  ", "trailing!", "!", "![", "a\u2028b", "a\u202eb", "\u200b@x", "\x00\x1b[31m",
		"a\xffb", "😀 ok", "é", "\u0301", "<https://evil.test>", "<me@evil.test>", "&copy;", "&#x1F600;", "&", "&&", "#1", "GH-1", "a#b",
		"https:\u2060//evil.test", "http\u200b://evil.test", "xmpp:a@evil.test", "www\u200b.evil.test", "a.www.evil.test", "(www.evil.test)",
		"://", ": a", ":/", strings.Repeat("[", 3000), strings.Repeat("*_", 2500), strings.Repeat("é", 5000), "[^1]", "[x] done", "[ ] open", "^a^", "\\[a\\]",
	}
}

// Poison puts words before every string of facts that a source may choose freely, and
// leaves those that the program itself has made or checked.
func Poison(facts *finding.Facts, words string) { PoisonAny(facts, words) }

// PoisonAny does the same to what was made of facts.
func PoisonAny(v any, words string) { poison(reflect.ValueOf(v), "", words) }

func poison(v reflect.Value, field, words string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), field, words)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; v.Type() != reflect.TypeFor[fact.Commits]() || name != "Languages" {
				poison(v.Field(i), name, words)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), field, words)
		}
	case reflect.Map:
		if v.Type().Elem().Kind() == reflect.Pointer {
			for _, k := range v.MapKeys() {
				poison(v.MapIndex(k), field, words)
			}
		}
	case reflect.String:
		kept := []string{"Month", "Period", "At", "Maturity", "Ecosystem", "Language", "Type", "Failure", "State", "Rule", "Commit", "URL", "Kind"}
		own := v.Type() != reflect.TypeFor[string]()
		if own || slices.Contains(kept, field) && field != "Kind" || v.String() == "" || slices.Contains([]string{"landscape", "workspace", "wasm"}, v.String()) {
			return
		}
		v.SetString(words + " " + v.String())
	}
}
