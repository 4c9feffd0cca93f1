package markup

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/lazyregexp"
)

// What is an e-mail address is decided here alone. People write theirs so that
// machines do not see them, and what is kept must not hold them for all that.
const (
	atSign  = `(?:[@＠﹫]|%40|&#0*64;|&#[xX]0*40;|&commat;)`
	atBox   = `[\[({<]{1,2}\s*(?:[Aa][Tt]|@|[Aa]|ät|arroba)\s*[\])}>]{1,2}`
	dotSign = `(?:[.．。]|&#0*46;|&period;)`
	dotBox  = `[\[({<]{1,2}\s*(?:[Dd][Oo][Tt]|[.]|[Pp]unkt|punto|point)\s*[\])}>]{1,2}`

	local = `[^\s<>()\[\]{}"',;:|/@＠﹫` + "`" + `*=?&]{1,64}`
	label = `[\p{L}\p{N}][\p{L}\p{N}_-]{0,62}`
	top   = `(?:[xX][nN]--[\p{L}\p{N}-]{1,60}|\p{L}{2,24})`
	// dot is one that may be written as a word, with blanks around it.
	dot = `(?:` + dotSign + `|\s*` + dotBox + `\s*|\s+[Dd][Oo][Tt]\s+|[-_]+[Dd][Oo][Tt][-_]+)`
	// spelt is a dot that is.
	spelt = `(?:\s*` + dotBox + `\s*|\s+[Dd][Oo][Tt]\s+|[-_]+[Dd][Oo][Tt][-_]+)`
	// commonTop are endings that addresses have and few sentences: for forms that
	// sentences can have, too.
	commonTop = `(?i:com|org|net|io|dev|edu|gov|mil|info|biz|example|test|app|ai|cloud|tech|xyz|me|eu|de|fr|uk|us|ca|cn|jp|kr|tw|hk|sg|ch|nl|se|dk|fi|pl|cz|es|pt|br|mx|ru|ua|tr|au|nz|za|il|ie|co|tv|cc)`
)

var (
	// written matches addresses, as they are or with a bracket in the place of a sign.
	written = lazyregexp.New(`(?:"[^"\n]{1,64}"|` + local + `)(?:` + atSign + `|\s+` + atSign + `\s+|` + atSign + `\s+)(?:` + label + dot + `){1,8}` + top + `\b` +
		`|(?:"[^"\n]{1,64}"|` + local + `)\s*` + atSign + `\s*\[[0-9a-fA-F.:]{3,60}\]` +
		`|` + local + `\s+` + atSign + `(?:` + label + dot + `){1,8}` + commonTop + `\b`)
	boxed = lazyregexp.New(`[\p{L}\p{N}_.+-]{1,64}\s*` + atBox + `\s*` + label + `(?:(?:\s+` + dotSign + `\s+|` + dot + `)` + label + `){0,8}`)
	// saidAt matches those with the word "at": joined to the words around it, or with a
	// dot that is a word, too.
	saidAt = lazyregexp.New(`[\p{L}\p{N}.+]{1,64}[-_]+(?i:at)[-_]+(?:[\p{L}\p{N}.]{1,63}[-_]+(?i:dot)[-_]+){1,8}` + top + `\b` +
		`|[\p{L}\p{N}_.+-]{1,64}\s+(?i:at)\s+(?:` + label + dot + `){0,8}` + label + spelt + commonTop + `\b`)
	// meant matches "ann at example.com", which can be no address: see [addressed].
	meant = lazyregexp.New(`([\p{L}\p{N}_.+-]{1,64})\s+([Aa][Tt])\s+((?:` + label + dotSign + `){1,8}(` + top + `))\b`)
)

// A mail is an address in a text. One that is not sure may be words.
type mail struct {
	start, end int
	sure       bool
}

// mails finds the e-mail addresses of a text, each with the brackets right around it,
// in order and apart.
func mails(s string) []mail {
	var all []mail
	marks := marksOf(s)
	for _, form := range []struct {
		marks int
		shape *lazyregexp.Regexp
	}{{signMark, written}, {boxMark, boxed}, {wordMark, saidAt}} {
		if marks&form.marks == 0 {
			continue
		}
		for _, m := range form.shape.FindAllStringIndex(s, -1) {
			all = append(all, mail{m[0], m[1], true})
		}
	}
	if marks&wordMark != 0 {
		for _, m := range meant.FindAllStringSubmatchIndex(s, -1) {
			if addressed(s[m[2]:m[3]], s[m[4]:m[5]], s[m[6]:m[7]], s[m[8]:m[9]]) {
				all = append(all, mail{m[0], m[1], enclosed(s, m[0], m[1])})
			}
		}
	}
	slices.SortFunc(all, func(a, b mail) int { return a.start - b.start })
	out := all[:0]
	for _, m := range all {
		for enclosed(s, m.start, m.end) {
			m.start, m.end = m.start-1, m.end+1
		}
		if k := len(out); k > 0 && m.start < out[k-1].end {
			out[k-1].end, out[k-1].sure = max(out[k-1].end, m.end), out[k-1].sure || m.sure
			continue
		}
		out = append(out, m)
	}
	return out
}

// What a text has of which an address could be made.
const (
	signMark = 1 << iota // a sign
	boxMark              // a bracket that begins with one, or with a word for it
	wordMark             // the word between a word and a domain
)

// marksOf is a quick look at a text: most have no address.
func marksOf(s string) (marks int) {
	for i := range len(s) {
		switch c := s[i]; c {
		case '@', '%', '&', 0xEF:
			marks |= signMark
		case '[', '(', '{', '<':
			if in := strings.TrimLeft(s[i+1:min(len(s), i+9)], " [({<"); in != "" && strings.IndexByte("aA@\xc3", in[0]) >= 0 {
				marks |= boxMark
			}
		case 't', 'T':
			if i > 1 && i+1 < len(s) && s[i-1]|0x20 == 'a' && parts(s[i-2]) && parts(s[i+1]) && dotted(s[i+2:]) {
				marks |= wordMark
			}
		}
	}
	return marks
}

// parts reports whether c is what stands around a word for the sign.
func parts(c byte) bool { return c <= ' ' || c == '-' || c == '_' }

// dotted reports whether what comes next could be a domain.
func dotted(s string) bool {
	s = s[:min(len(s), 300)]
	word, _, _ := strings.Cut(strings.TrimLeft(s, " "), " ")
	return strings.IndexByte(strings.TrimRight(word, "."), '.') > 0 || strings.Contains(word, "．") || strings.Contains(word, "。") ||
		strings.Contains(word, "&") || strings.Contains(strings.ToLower(s), "dot") || strings.ContainsAny(s, "[({<")
}

// addressed reports whether "before at domain" is an address. It is none where the
// word before is one that sentences have there ("hosted at"), where the domain is the
// name of a file, or where both are names ("Lead at Corp.Com").
func addressed(before, at, domain, top string) bool {
	low := strings.ToLower(before)
	if notLocal[low] || fileEnding[strings.ToLower(top)] {
		return false
	}
	return !(at == "at" && upper(before) && upper(domain))
}

func upper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// enclosed reports whether brackets or quotes stand right around a part of a text.
func enclosed(s string, start, end int) bool {
	if start == 0 || end == len(s) {
		return false
	}
	at := strings.IndexByte("(<[{`\"'", s[start-1])
	return at >= 0 && s[end] == ")>]}`\"'"[at]
}

// notLocal are words that sentences have before "at".
var notLocal = setOf("hosted published located listed described documented maintained used kept placed posted released developed built presented started based defined managed " +
	"tracked recorded implemented stored deployed available found running living looking working starting pointing arrived look see is are was were be live lives it them us here " +
	"docs documentation more works work worked employed engineer developer founder cto ceo cofounder co-founder now currently and or")

// fileEnding are endings of files' names.
var fileEnding = setOf("md txt rst yaml yml json toml html htm js ts go py rs sh xml adoc lock cfg ini conf lua cpp java proto")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// WithoutMail removes the e-mail addresses from s, with what they leave empty. What
// removing puts together is looked at again.
func WithoutMail(s string) string {
	for range 4 {
		all := mails(s)
		if len(all) == 0 {
			return withoutEmpty(s)
		}
		var b strings.Builder
		at := 0
		for _, m := range all {
			b.WriteString(s[at:m.start])
			at = m.end
		}
		s = b.String() + s[at:]
	}
	return "" // it was made to hide one
}

// withoutEmpty removes brackets and quotes that have nothing in them.
func withoutEmpty(s string) string {
	if !strings.ContainsAny(s, "<([{`\"'") && !strings.Contains(s, "mailto:") {
		return s
	}
	for _, empty := range []string{"mailto:", "``", `""`, "<>", "()", "[]", "{}"} {
		s = strings.ReplaceAll(s, empty, "")
	}
	return s
}

// blank replaces the e-mail addresses of a text by blanks, so that offsets keep their
// meaning, and tells where there surely was one.
func blank(s string) (without string, sure []int) {
	all := mails(s)
	if len(all) == 0 {
		return s, nil
	}
	b := []byte(s)
	for _, m := range all {
		if m.sure {
			sure = append(sure, m.start)
		}
		for i := m.start; i < m.end; i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	return string(b), sure
}

// HasMail reports whether s holds an e-mail address.
func HasMail(s string) bool { return len(mails(s)) > 0 }

// Kept is what is kept of a stranger's words: one line of at most so many bytes,
// without e-mail addresses.
func Kept(s string, limit int) string {
	clean := Clean(s)
	if without := WithoutMail(clean); without != clean {
		clean = strings.Trim(Clean(without), " ,;:-–—/|&")
	}
	return Shorten(clean, limit)
}
