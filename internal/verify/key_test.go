package verify

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"assay/internal/verify/claim"
	"assay/internal/verify/judge"
)

// An answer is a line of a key: a claim of a report that a person judged by hand.
type answer struct {
	Place
	quote, kind, why string
	verdict          Verdict
}

// readKey reads a key: line, quote, kind, verdict and reason, separated by
// tabs. A quote that stands in its line more than once ends in @ and a number.
func readKey(t *testing.T, name string, source []byte) []answer {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(source, []byte("\n"))
	starts := make([]int, len(lines)+1)
	for i, l := range lines {
		starts[i+1] = starts[i] + len(l)
	}
	var all []answer
	for n, row := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if strings.HasPrefix(row, "#") || strings.TrimSpace(row) == "" {
			continue
		}
		f := strings.Split(row, "\t")
		if len(f) != 5 {
			t.Fatalf("%s:%d: %d fields", name, n+1, len(f))
		}
		line, err := strconv.Atoi(f[0])
		if err != nil || line < 1 || line > len(lines) {
			t.Fatalf("%s:%d: line %q", name, n+1, f[0])
		}
		quote, nth := f[1], 1
		if i := strings.LastIndexByte(quote, '@'); i > 0 {
			if k, err := strconv.Atoi(quote[i+1:]); err == nil && k < 20 {
				quote, nth = quote[:i], k
			}
		}
		at := occurrence(string(lines[line-1]), quote, nth)
		if at < 0 {
			t.Fatalf("%s:%d: %q is not in line %d", name, n+1, quote, line)
		}
		from := starts[line-1] + at
		all = append(all, answer{Place{Line: line, Offset: from, End: from + len(quote)}, quote, f[2], f[4], Verdict(f[3])})
	}
	if len(all) == 0 {
		t.Fatalf("%s: no answers", name)
	}
	return all
}

func occurrence(s, part string, nth int) int {
	from := 0
	for {
		i := strings.Index(s[from:], part)
		if i < 0 {
			return -1
		}
		if nth--; nth == 0 {
			return from + i
		}
		from += i + len(part)
	}
}

// A score compares a result with a key.
type score struct {
	answers, factual    int // of the key; factual are all but judgements
	found, foundFactual int
	agree               int // of found
	// open are those that the key judges and what was not read decides: a bound is
	// not exact, and the reason names what is missing.
	open             int
	falseConfirms    []string
	falseRefutes     []string
	disagree, missed []string
	extra            int // claims on nothing of the key
	wrongExtra       []string
}

func compare(r *Result, key []answer) score {
	var s score
	used := map[int]bool{}
	for _, a := range key {
		s.answers++
		factual := a.verdict != Subjective
		if factual {
			s.factual++
		}
		i := bestMatch(r.Claims, a)
		if i < 0 {
			s.missed = append(s.missed, fmt.Sprintf("%d %s %q %s", a.Line, a.kind, a.quote, a.verdict))
			continue
		}
		used[i] = true
		s.found++
		if factual {
			s.foundFactual++
		}
		c := &r.Claims[i]
		if c.Verdict == a.verdict {
			s.agree++
			continue
		}
		if c.Verdict == Unverifiable && c.Source == judge.SourceRepository && c.Why != "" {
			s.open++
			continue
		}
		said := fmt.Sprintf("%d %s %q: key %s (%s), ours %s (%s; %s) %s", a.Line, a.kind, a.quote, a.verdict, a.why, c.Verdict, c.Measured, c.Why, c.Kind)
		s.disagree = append(s.disagree, said)
		if c.Verdict == Confirmed && (a.verdict == Refuted || a.verdict == Outdated) {
			s.falseConfirms = append(s.falseConfirms, said)
		}
		if a.verdict == Confirmed && (string(c.Kind) == a.kind || c.Quote == a.quote) && (c.Verdict == Refuted || c.Verdict == Outdated) {
			s.falseRefutes = append(s.falseRefutes, said)
		}
	}
	for i := range r.Claims {
		if c := &r.Claims[i]; !used[i] {
			s.extra++
			if c.Verdict == Refuted || c.Verdict == Outdated {
				s.wrongExtra = append(s.wrongExtra, fmt.Sprintf("%d %s [%s] %q %s %s", c.Line, c.Kind, c.Subject, c.Quote, c.Verdict, c.Why))
			}
		}
	}
	return s
}

// bestMatch is the claim that covers most of the answer, and of several the
// shortest. What is told of the first number of "8 of 141" is told of the answer.
func bestMatch(claims []Claim, a answer) int {
	best, most := -1, 0
	for i := range claims {
		c := &claims[i]
		shared := min(c.End, a.End) - max(c.Offset, a.Offset)
		if shared <= 0 {
			continue
		}
		if c.Kind == claim.Praise && a.verdict != Subjective && c.End-c.Offset > 3*(a.End-a.Offset) {
			continue // a sentence that judges, around a fact that was not read
		}
		if numberOf.MatchString(a.quote) && c.Offset == a.Offset {
			return i
		}
		if shared > most || shared == most && c.End-c.Offset < claims[best].End-claims[best].Offset {
			best, most = i, shared
		}
	}
	return best
}

// numberOf: so many of so many.
var numberOf = regexp.MustCompile(`^\d+ of \d`)

func (s *score) percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// agreement is the share of the claims found, but for those that are open, whose
// verdict is the key's.
func (s *score) agreement() float64 { return s.percent(s.agree, s.found-s.open) }

func (s *score) String() string {
	return fmt.Sprintf("%d answers, %d factual: recall %.1f %%, %d found, of %d what was not read decides; agreement %.1f %% of the others, "+
		"%d false confirmations, %d false refutations; %d further claims, %d of them wrong",
		s.answers, s.factual, s.percent(s.foundFactual, s.factual), s.found, s.open, s.agreement(), len(s.falseConfirms), len(s.falseRefutes), s.extra, len(s.wrongExtra))
}
