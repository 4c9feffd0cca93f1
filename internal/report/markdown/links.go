package markdown

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A linker writes links. Most addresses are permalinks of a hundred bytes, between
// which nobody can read a text; so the report names them by number, and defines the
// numbers at its end. An address has one number, however often it is linked to.
//
// A nil linker writes every address where it is linked to.
type linker struct {
	// sparing: an address that has no number yet gets none. What is data rather than
	// text, such as the tables of the appendix, is written so: a definition is a line
	// more for a link that is there once.
	sparing   bool
	numbers   map[string]int
	addresses []string // those with a number, in order
}

// shortAddress is the length up to which an address stands in the text: it reads as
// part of it.
const shortAddress = 40

// definitionsTogether is how many definitions stand in one paragraph. A reader of
// Markdown takes a time for a paragraph that grows with its square.
const definitionsTogether = 500

// inline writes addresses where they are linked to.
var inline *linker

func newLinker() *linker { return &linker{numbers: map[string]int{}} }

// anchor links Markdown to an address that target made.
func (l *linker) anchor(words, to string) string {
	n, known := 0, false
	if l != nil {
		n, known = l.numbers[to]
	}
	if !known && (l == nil || l.sparing || len(to) <= shortAddress) {
		return "[" + words + "](" + to + ")"
	}
	if !known {
		l.addresses = append(l.addresses, to)
		n = len(l.addresses)
		l.numbers[to] = n
	}
	return fmt.Sprintf("[%s][%d]", words, n)
}

// definitions says which address each number stands for.
func (l *linker) definitions() string {
	var b strings.Builder
	for i, to := range l.addresses {
		if i > 0 && i%definitionsTogether == 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "[%d]: %s\n", i+1, to)
	}
	return b.String()
}

// link makes a link of text to an address, or plain text when the address is
// not one to link to.
func (l *linker) link(text, address string) string {
	words := escape(text)
	to, ok := target(address)
	if !ok {
		return words
	}
	if words == "" {
		words = escape(to)
	}
	return l.anchor(words, to)
}

// ref links a text to where it was read.
func (l *linker) ref(text any, e fact.Evidence) string { return l.link(fmt.Sprint(text), e.Link()) }

// source is a small link to a place, or nothing where there is no address.
func (l *linker) source(e fact.Evidence) string {
	if _, ok := target(e.Link()); !ok {
		return ""
	}
	return " (" + l.link("source", e.Link()) + ")"
}

// sources links places by number, or a single one as "source".
func (l *linker) sources(places []fact.Evidence) string {
	if len(places) == 1 {
		return l.source(places[0])
	}
	var links []string
	for i, e := range places {
		if to, ok := target(e.Link()); ok {
			links = append(links, l.anchor(words.Number(i+1), to))
		}
	}
	if len(links) == 0 {
		return ""
	}
	return " (" + strings.Join(links, ", ") + ")"
}

// at shows a commit by its first digits, linked to the tree there.
func (l *linker) at(hash string, e fact.Evidence) string {
	to, ok := target(e.Link())
	if !ok || commit(hash) == "" {
		return commit(hash)
	}
	return l.anchor(commit(hash), to)
}

// place names a file by repository, path and commit, linked to it.
func (l *linker) place(e fact.Evidence) string {
	if e.Repo == "" || e.Commit == "" {
		return l.link(e.String(), e.Link())
	}
	return l.link(strings.TrimSpace(e.Repo.Slug()+" "+e.Path), e.Link()) + " at " + commit(e.Commit)
}

// places links the places behind the strongest reason of a class, by the name
// of their repository.
func (l *linker) places(v usage.Verdict) string {
	const most = 2
	if len(v.Because) == 0 {
		return ""
	}
	all := v.Because[0].Evidence
	var parts []string
	for _, e := range all[:min(most, len(all))] {
		parts = append(parts, l.link(e.Repo.Slug(), e.Link()))
	}
	if more := len(all) - most; more > 0 {
		parts = append(parts, words.Number(more)+" more")
	}
	return strings.Join(parts, ", ")
}

// because says the reasons of a class, each linked to where it was read.
func (l *linker) because(v usage.Verdict) string { return l.reasons(v, 3) }

// reason says the strongest reason of a class, or nothing where the share of the
// project says it already.
func (l *linker) reason(v usage.Verdict) string {
	v.Because = head(v.Because, 1)
	if len(v.Because) == 0 || slices.Contains([]string{usage.RuleLargest, usage.RulePrimary, usage.RuleShare}, v.Because[0].Rule) {
		return ""
	}
	return l.reasons(v, 1)
}

// reasons says at most so many reasons of a class, and how many more there are.
func (l *linker) reasons(v usage.Verdict, most int) string {
	var all []string
	for _, b := range head(v.Because, most) {
		all = append(all, escape(b.Text)+l.sources(head(b.Evidence, most)))
	}
	if more := rest(v.Because, most); more > 0 {
		all = append(all, words.Number(more)+" more")
	}
	return strings.Join(all, "; ")
}
