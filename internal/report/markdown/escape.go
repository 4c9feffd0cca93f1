package markdown

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/limit"
)

// A joiner (WORD JOINER) has no width and breaks no line. Put into a word it
// stops renderers that look for addresses and mentions in finished text, where
// no escape of Markdown's helps.
const joiner = "\u2060"

// escape makes a text from outside harmless wherever inline text may stand: in
// a paragraph (at its start too), a heading, a list, a table cell or the text
// of a link. The reader sees the same characters on one line; none of them is
// markup, HTML, an MDX expression, a link or a mention.
//
// It is the one way in for foreign words. Addresses go through target, code
// through codeSpan.
func escape(s string) string {
	s = plain(s)
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for i, r := range s {
		switch {
		case i == 0 && startsBlock(s):
			escapeStart(&b, r)
		case r == '@':
			b.WriteString("@" + joiner)
		case r == ':':
			escapeColon(&b, s[:i], s[i+1:])
		case r == '.' && hasWWW(s[:i]):
			b.WriteString(joiner + ".")
		default:
			escapeRune(&b, s, i, r)
		}
	}
	return b.String()
}

// plain puts s on one line: white space folded, control, format (bidirectional
// overrides among them) and unassigned characters dropped, ends trimmed,
// length bounded, invalid UTF-8 replaced.
func plain(s string) string {
	cut := len(s) > limit.PageText
	if cut {
		s = s[:limit.PageText]
		for len(s) > 0 && !utf8.RuneStart(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
		s = s[:max(0, len(s)-1)]
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if cut {
		s += " …"
	}
	return s
}

// startsBlock reports whether s at the start of a line could begin something
// else than a paragraph: a heading, list, quote, rule, fence or setext line,
// or a module statement of MDX.
func startsBlock(s string) bool {
	if strings.HasPrefix(s, "import") || strings.HasPrefix(s, "export") {
		return true
	}
	return s != "" && strings.ContainsRune("#-+=>~*_`", rune(s[0])) || startsNumber(s)
}

func startsNumber(s string) bool {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits == 0 || digits == len(s) || s[digits] != '.' && s[digits] != ')' {
		return false
	}
	return digits+1 == len(s) || s[digits+1] == ' '
}

func escapeStart(b *strings.Builder, r rune) {
	switch {
	case r == '>':
		b.WriteString("&gt;")
	case r >= '0' && r <= '9':
		b.WriteString("&#" + itoa(r) + ";")
	case r >= 'a' && r <= 'z':
		b.WriteString("&#" + itoa(r) + ";")
	default:
		b.WriteString(`\` + string(r))
	}
}

func itoa(r rune) string {
	if r >= 100 {
		return string([]rune{'0' + r/100, '0' + r/10%10, '0' + r%10})
	}
	return string([]rune{'0' + r/10%10, '0' + r%10})
}

// escapeColon breaks addresses ("https://"), directives (":name", ":::") and
// emoji (":name:") apart. A colon before a space or between digits is just one,
// unless it opens a line (a definition list).
func escapeColon(b *strings.Builder, before, after string) {
	next, _ := utf8.DecodeRuneInString(after)
	last, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case next == '/':
		b.WriteString("&#58;" + joiner)
	case before != "" && (after == "" || next == ' '), unicode.IsDigit(last) && unicode.IsDigit(next):
		b.WriteByte(':')
	default:
		b.WriteString("&#58;")
	}
}

// hasWWW reports whether s ends in the "www" that makes an address of what
// follows.
func hasWWW(s string) bool {
	return len(s) >= 3 && strings.EqualFold(s[len(s)-3:], "www")
}

func escapeRune(b *strings.Builder, s string, i int, r rune) {
	switch r {
	case '<':
		b.WriteString("&lt;")
	case '>':
		b.WriteString("&gt;")
	case '&':
		b.WriteString("&amp;")
	case '{':
		b.WriteString("&#123;")
	case '}':
		b.WriteString("&#125;")
	case '|':
		b.WriteString("&#124;")
	case '\\', '`', '*', '[', ']', '~', '$':
		b.WriteString(`\` + string(r))
	case '_':
		if inWord(s, i) {
			b.WriteRune(r)
			return
		}
		b.WriteString(`\_`)
	case '!':
		if i+1 == len(s) || s[i+1] == '[' {
			b.WriteByte('\\')
		}
		b.WriteByte('!')
	case '#':
		b.WriteString(`\#`)
	default:
		b.WriteRune(r)
	}
}

// inWord reports whether the byte at i stands between ASCII letters or digits,
// where an underscore is no markup.
func inWord(s string, i int) bool {
	word := func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
	}
	return i > 0 && i+1 < len(s) && word(s[i-1]) && word(s[i+1])
}

// target makes raw the destination of a link, or reports that it must not be
// one: only http, https and mailto, with a plain host, without a user name.
func target(raw string) (string, bool) {
	if len(raw) > 2000 || raw != strings.TrimSpace(raw) {
		return "", false
	}
	u, err := url.Parse(raw)
	if err != nil || u.User != nil {
		return "", false
	}
	switch u.Scheme {
	case "http", "https":
		if !plainHost(u.Host) {
			return "", false
		}
	case "mailto":
		if !plainMail(u.Opaque) || u.RawQuery != "" || u.Fragment != "" {
			return "", false
		}
	default:
		return "", false
	}
	return encode(u.String()), true
}

// plainMail reports whether s is an address without anything that could write
// the letter too.
func plainMail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && plainHost(host) && strings.Trim(name, "-._+") == name &&
		strings.IndexFunc(name, func(r rune) bool { return !plainMailRune(r) }) < 0
}

func plainMailRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._+", r)
}

func plainHost(host string) bool {
	if host == "" {
		return false
	}
	for _, r := range host {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && !strings.ContainsRune(".-:[]", r) {
			return false
		}
	}
	return true
}

// encode writes every byte that Markdown, MDX or HTML could take for its own
// as a percent escape. What is escaped already stays as it is.
func encode(address string) string {
	const harmless = "-._~:/?#@!&+,;=%"
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(address) {
		c := address[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if letter || strings.IndexByte(harmless, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', digits[c>>4], digits[c&15]})
	}
	// '&' begins an HTML entity in a link's destination.
	return strings.ReplaceAll(b.String(), "&", "&amp;")
}

// codeSpan shows s as code, or as plain text when its characters do not fit a
// code span that may stand in a table.
func codeSpan(s string) string {
	s = plain(s)
	if s == "" {
		return ""
	}
	if strings.ContainsAny(s, "`|\\{}<>&") {
		return escape(s)
	}
	return "`" + s + "`"
}
