// Package names knows what the names in a report stand for: projects, repositories,
// packages. It knows no facts but these names.
package names

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

// A Sort is what a name may stand for.
type Sort string

// The sorts.
const (
	OfAll        Sort = ""           // the report's projects together
	OfProject    Sort = "project"    // ID is its identifier
	OfRepository Sort = "repository" // ID is its key
	OfPackage    Sort = "package"    // ID is its name; Within is the project
	OfLevel      Sort = "maturity"   // ID is the level: the projects of it
)

// A Subject is what a claim is about.
type Subject struct {
	Sort Sort
	ID   string
	// Within is the project of a package.
	Within string
	// Text is the name as the report has it.
	Text string
	// Others are what the name may mean besides: it is ambiguous.
	Others []string

	others []Subject
}

// Is reports whether two subjects are the same.
func (s Subject) Is(o Subject) bool {
	return s.Sort == o.Sort && s.ID == o.ID && (s.Within == o.Within || s.Sort == OfRepository)
}

// Names knows what names stand for. Names are told apart by case only where one
// is an everyday word.
type Names struct {
	byText map[string][]Subject
	// first gives the lengths, in words, of the names that begin with a word,
	// longest first.
	first map[string][]int
}

// New knows no name yet.
func New() *Names { return &Names{byText: map[string][]Subject{}, first: map[string][]int{}} }

// Add makes text a name of s. A name of several subjects is ambiguous, but for
// one that is a project's: then it is the project's.
func (n *Names) Add(text string, s Subject) {
	words := Words(text)
	if len(words) == 0 {
		return
	}
	key := strings.Join(words, " ")
	for _, have := range n.byText[key] {
		if have.Is(s) || have.Sort == OfProject && s.Sort != OfProject {
			return
		}
	}
	if s.Sort == OfProject {
		n.byText[key] = slices.DeleteFunc(n.byText[key], func(o Subject) bool { return o.Sort != OfProject })
	}
	n.byText[key] = append(n.byText[key], s)
	if !slices.Contains(n.first[words[0]], len(words)) {
		n.first[words[0]] = append(n.first[words[0]], len(words))
		slices.SortFunc(n.first[words[0]], func(a, b int) int { return b - a })
	}
}

// Exact is what text as a whole names; ok false for nothing.
func (n *Names) Exact(text string) (Subject, bool) {
	found := n.byText[strings.Join(Words(text), " ")]
	if len(found) == 0 {
		return Subject{}, false
	}
	return subject(found, strings.TrimSpace(text)), true
}

func subject(found []Subject, text string) Subject {
	s := found[0]
	s.Text = text
	for _, o := range found[1:] {
		s.Others = append(s.Others, o.ID)
		s.others = append(s.others, o)
	}
	return s
}

// In is s, or where it is ambiguous the one that is a repository of the
// project.
func (s Subject) In(project string) Subject {
	for _, o := range append([]Subject{s}, s.others...) {
		if len(s.others) > 0 && o.Sort == OfRepository && o.Within == project {
			o.Text, o.Others, o.others = s.Text, nil, nil
			return o
		}
	}
	return s
}

// A Mention is a name in a text.
type Mention struct {
	page.Span
	Subject
}

// In finds the names in s, from left to right, the longest where several begin.
func (n *Names) In(s string) []Mention {
	at := WordSpans(s)
	var found []Mention
	for i := 0; i < len(at); {
		m, used := n.at(s, at[i:])
		if used == 0 {
			i++
			continue
		}
		found = append(found, m)
		i += used
	}
	return found
}

// at is the name that begins with the first of the words.
func (n *Names) at(s string, at []page.Span) (Mention, int) {
	lengths := n.first[strings.ToLower(s[at[0].From:at[0].To])]
	for _, k := range lengths {
		if k > len(at) {
			continue
		}
		span := page.Span{From: at[0].From, To: at[k-1].To}
		text := s[span.From:span.To]
		found := n.byText[strings.Join(Words(text), " ")]
		if len(found) == 0 || !near(s, at[:k]) || everyday(text) && !isEntry(s, span) {
			continue
		}
		if found[0].Sort == OfRepository && (strings.Contains(text, " ") || common[strings.ToLower(text)]) {
			continue // its name has no spaces, and is no word: these are words like it
		}
		return Mention{span, subject(found, text)}, k
	}
	return Mention{}, 0
}

// near reports whether the words stand beside one another, as a name's do.
func near(s string, at []page.Span) bool {
	for i := 1; i < len(at); i++ {
		gap := s[at[i-1].To:at[i].From]
		if len(gap) > 2 || strings.ContainsAny(gap, ",;:()|") || strings.HasPrefix(gap, ". ") {
			return false
		}
	}
	return true
}

// everyday reports whether a text in small letters is too common a word to be
// taken for a name where it stands in a sentence.
func everyday(text string) bool { return len(text) < minName || common[text] }

// minName is the length in bytes from which a name is known in any text.
const minName = 3

var (
	entryLeft  = lazyregexp.New(`(?:^|[,;|(:])[ *\[]*$`)
	entryRight = lazyregexp.New(`^[ *\]]*(?:$|[,;|)]| \()`)
)

// entryLook is how far the ends of an entry are looked for, in bytes.
const entryLook = 4

// isEntry reports whether a very short name is all of an entry of a list: "ko" in
// "Knative, ko, kpt".
func isEntry(s string, at page.Span) bool {
	return at.To-at.From < minName && entryLeft.MatchString(s[max(0, at.From-entryLook):at.From]) && entryRight.MatchString(s[at.To:min(len(s), at.To+entryLook)])
}

// common are names of projects and repositories that are words of English.
var common = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`agent api armada atlantis backstage benchmark brigade builder buildpacks cadence capsule carina cartography carvel
		charts cli client community community-site connect console contour controller copa core core-library cortex curve
		dashboard demo devfile dex distribution docs docs-site dragonfly drop easegress engine envoy eraser examples falco
		flatcar fluid flux foundation gateway go governance harbor headlamp helm hexa infra installer interlink java
		javascript kepler kube lima litmus longhorn manager meta notary operator parsec perses pixie plugin plugins porter
		pravega project prometheus proxy python radius ratify registry rook ruby runtime rust sample samples score sdk sealer
		server shipwright spec specification spin spire stacker submariner telepresence teller test tests tinkerbell tooling
		tools tremor trickster trustee vineyard volcano wash weaver website`) {
		m[w] = true
	}
	return m
}()

// Words are the words of a name in small letters: letters and digits, and
// slashes, which tell a repository from a project.
func Words(s string) []string {
	var all []string
	for _, w := range WordSpans(s) {
		all = append(all, strings.ToLower(s[w.From:w.To]))
	}
	return all
}

// WordSpans are the stretches of letters, digits and slashes between them.
func WordSpans(s string) []page.Span { return slices.Collect(wordsOf(s)) }

// FewWords reports whether a text has so many words at most.
func FewWords(s string, most int) bool {
	for range wordsOf(s) {
		if most--; most < 0 {
			return false
		}
	}
	return true
}

// wordsOf gives WordSpans one by one.
func wordsOf(s string) iter.Seq[page.Span] {
	return func(yield func(page.Span) bool) {
		start := -1
		for i := 0; i < len(s); {
			r, size := utf8.DecodeRuneInString(s[i:])
			if isNameRune(r) || r == '/' && start >= 0 && i+1 < len(s) && isAlnum(s[i+1]) {
				if start < 0 {
					start = i
				}
			} else if start >= 0 {
				if !yield(page.Span{From: start, To: i}) {
					return
				}
				start = -1
			}
			i += size
		}
		if start >= 0 {
			yield(page.Span{From: start, To: len(s)})
		}
	}
}

func isNameRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
