package lines

import (
	"bytes"
	"fmt"
	"strings"
)

// naives are plain counters, written from the definition without regard to
// speed: they mark every byte as code, comment or white space, then look at
// each line.
var naives = map[string]func([]byte) Lines{
	"Go":   func(data []byte) Lines { return naive(data, goElement) },
	"Rust": func(data []byte) Lines { return naive(data, new(rust).element) },
}

// naive counts with element, which says how many bytes the element at the
// beginning of rest takes, and whether it is a comment; before is the line so far.
func naive(data []byte, element func(before, rest string) (n int, comment bool)) Lines {
	text := strings.TrimPrefix(string(data), "\uFEFF")
	mark := make([]byte, len(text))
	i := 0
	if strings.HasPrefix(text, "#!") && !strings.HasPrefix(text, "#![") {
		i = len(strings.SplitN(text, "\n", 2)[0])
		mark[0] = 'c'
	}
	for i < len(text) {
		before := text[:i]
		n, comment := element(before[strings.LastIndexByte(before, '\n')+1:], text[i:])
		for end := i + n; i < end; i++ {
			switch {
			case strings.IndexByte(" \t\r\n\v\f", text[i]) >= 0:
			case comment:
				mark[i] = '/'
			default:
				mark[i] = 'c'
			}
		}
	}
	var lines Lines
	for len(text) > 0 {
		n := strings.IndexByte(text, '\n') + 1
		if n == 0 {
			n = len(text)
		}
		switch {
		case bytes.IndexByte(mark[:n], 'c') >= 0:
			lines.Code++
		case bytes.IndexByte(mark[:n], '/') >= 0:
			lines.Comment++
		default:
			lines.Blank++
		}
		text, mark = text[n:], mark[n:]
	}
	return lines
}

func goElement(_, rest string) (int, bool) {
	switch {
	case strings.HasPrefix(rest, "//"):
		return upTo(rest, "\n", 0), true
	case strings.HasPrefix(rest, "/*"):
		if n := strings.Index(rest[2:], "*/"); n >= 0 {
			return 2 + n + 2, true
		}
	case rest[0] == '`':
		if n := strings.Index(rest[1:], "`"); n >= 0 {
			return 1 + n + 1, false
		}
	case rest[0] == '"':
		return oneLineString(rest), false
	case rest[0] == '\'':
		return naiveCharacter(rest), false
	}
	return 1, false
}

// A rust is a plain counter of Rust. flat: a comment never ended, and those that follow
// are read as if they did not nest.
type rust struct{ flat bool }

func (r *rust) element(before, rest string) (int, bool) {
	switch {
	case strings.HasPrefix(rest, "//"):
		return upTo(rest, "\n", 0), true
	case strings.HasPrefix(rest, "/*"):
		if n := nestedComment(rest); n > 0 && !r.flat {
			return n, true
		}
		r.flat = true
		if n := strings.Index(rest[2:], "*/"); n >= 0 {
			return 2 + n + 2, true
		}
	case rest[0] == '"':
		if n := rustString(before, rest); n > 0 {
			return n, false
		}
	case rest[0] == '\'':
		return naiveCharacter(rest), false
	}
	return 1, false
}

// upTo is where the first mark in s after from begins, or the length of s.
func upTo(s, mark string, from int) int {
	if n := strings.Index(s[from:], mark); n >= 0 {
		return from + n
	}
	return len(s)
}

func oneLineString(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return i + 1
		case s[i] == '\n':
			return i
		case s[i] == '\\' && strings.HasPrefix(s[i+1:], "\r\n"):
			i += 2
		case s[i] == '\\':
			i++
		}
	}
	return len(s)
}

func nestedComment(s string) int {
	depth := 0
	for i := 0; i < len(s); {
		switch {
		case strings.HasPrefix(s[i:], "/*"):
			depth, i = depth+1, i+2
		case strings.HasPrefix(s[i:], "*/"):
			depth, i = depth-1, i+2
			if depth == 0 {
				return i
			}
		default:
			i++
		}
	}
	return 0
}

func rustString(before, s string) int {
	word := strings.TrimRight(before, "#")
	hashes := before[len(word):]
	if head, ok := strings.CutSuffix(word, "r"); ok && len(hashes) <= maxHashes {
		if n := len(head); n > 0 && (head[n-1] == 'b' || head[n-1] == 'c') {
			head = head[:n-1]
		}
		if head == "" || !isWord(head[len(head)-1]) {
			if n := strings.Index(s[1:], `"`+hashes); n >= 0 {
				return 1 + n + 1 + len(hashes)
			}
		}
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return 0
}

func naiveCharacter(s string) int {
	if strings.HasPrefix(s, `'\`) {
		if n := strings.IndexAny(s[min(3, len(s)):], "'\n"); n >= 0 && n <= maxEscape-2 && s[3+n] == '\'' && s[2] != '\n' {
			return 3 + n + 1
		}
		return 1
	}
	if r := []rune(s[1:min(len(s), 6)]); len(r) > 1 && r[0] != '\n' {
		if n := 1 + runeBytes(s[1:]); n < len(s) && s[n] == '\'' {
			return n + 1
		}
	}
	return 1
}

// runeBytes is the length in bytes of the first rune of s.
func runeBytes(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

// rustText is n functions of Rust as one meets it: a third of the lines
// comments, some strings, lifetimes and attributes.
func rustText(n int) string {
	var b strings.Builder
	b.WriteString("//! Keeps the ledger of a harbour.\n\nuse std::collections::BTreeMap;\n\n")
	for i := range n {
		fmt.Fprintf(&b, `/// Finds the berth of a vessel by its number.
///
/// Returns an error when the ledger has no entry for it.
#[tracing::instrument(level = "debug", skip(self))]
pub fn berth_%[1]d<'a>(&'a self, number: u64) -> Result<&'a Berth, LedgerError> {
    let mut found = None;
    for (name, berth) in self.berths.iter().filter(|(_, b)| b.length > %[1]d) {
        // The harbour master's list wins over ours.
        if berth.vessel == Some(number) && !name.starts_with('#') {
            found = Some(berth);
            break;
        }
    }
    /* Older ledgers have no names. */
    found.ok_or_else(|| LedgerError::NoBerth {
        number,
        url: format!("https://ledger.example/{}/{number}", self.name),
    })
}

`, i)
	}
	return b.String()
}

// goText is n functions of Go as one meets it.
func goText(n int) string {
	var b strings.Builder
	b.WriteString("// Package ledger keeps the ledger of a harbour.\npackage ledger\n\nimport (\n\t\"context\"\n\t\"fmt\"\n)\n\n")
	for i := range n {
		fmt.Fprintf(&b, `// Berth%[1]d finds the berth of a vessel by its number.
// It fails when the ledger has no entry for it.
func (l *Ledger) Berth%[1]d(ctx context.Context, number uint64) (*Berth, error) {
	rows, err := l.db.QueryContext(ctx, `+"`SELECT name, length\n\t\tFROM berths WHERE vessel = ?`"+`, number)
	if err != nil {
		return nil, fmt.Errorf("berth %%d: %%w", number, err)
	}
	defer rows.Close()

	for rows.Next() {
		var b Berth
		if err := rows.Scan(&b.Name, &b.Length); err != nil {
			return nil, err // the driver says which column
		}
		if b.Length > %[1]d && b.Name[0] != '#' {
			return &b, nil
		}
	}
	/* Older ledgers
	   have no names. */
	return nil, fmt.Errorf("no berth for %%d in https://ledger.example/%%s", number, l.name)
}

`, i)
	}
	return b.String()
}
