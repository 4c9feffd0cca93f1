package verify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
)

var (
	rankWord  = lazyregexp.New(`^(second |third )?(first|only|sole|second|largest|biggest|oldest|newest|youngest|most recent|latest|leading)`)
	levelName = lazyregexp.New(`\b(graduated|incubating|sandbox|archived)\b`)
)

// fillers are words of a superlative that narrow nothing.
var fillers = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`a an the of in on at to by for with and cncf project projects landscape foundation written using use
		that uses level status all is was currently now ever added accepted code codebase codebases production one these cloud native
		based language its it as among within from official member be become`) {
		m[w] = true
	}
	return m
}()

// superlative judges that a project is the first, only or largest of its like,
// where the facts tell all that are like it.
func (j *judge) superlative(c *claim.Claim) ruling {
	p := j.project(c.Subject)
	if p == nil {
		return unverifiable(sourceLandscape, "no project is named")
	}
	word := strings.ToLower(c.Word)
	rank := rankWord.FindString(word)
	set, open, rest := j.like(strings.TrimPrefix(word, rank), p)
	if q := qualityOf(word); q.pure && !j.isPure(p) && p.Class != usage.Unknown && p.Figures != nil {
		return ruling{verdict: Refuted, why: fmt.Sprintf("%s is not pure: %s", p.Name, usage.ShareWords(p.Figures)), evidence: []fact.Evidence{p.Evidence}}
	}
	if rest != "" {
		return unverifiable(sourceMeasurement, "the facts do not tell which projects are %q", rest)
	}
	if bySize.MatchString(rank) && !hasWord(word, j.language) {
		return unverifiable(sourceMeasurement, "it does not say by what it is the largest")
	}
	ofRead := ofThese.MatchString(c.Sentence) || j.ofAllRead(c)
	if ofRead {
		open = nil
	}
	switch inSet := slices.Contains(set, p); {
	case slices.Contains(open, p):
		return notRead(p, p.Words(), p.Because[0].Evidence)
	case !inSet:
		return ruling{verdict: Refuted, why: fmt.Sprintf("%s is not one: %s, %s", p.Name, p.Maturity, p.Because[0].Text), evidence: []fact.Evidence{p.Evidence}}
	}
	return ranked(rank, p, set, open, ofRead)
}

// ofThese: it is said of the projects that the report is about.
var ofThese = lazyregexp.New(`(?i)\b(?:of|among|amongst) (?:the |these |those |all )?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|\d+|lot|them|bunch|crowd|group|set)\b`)

var bySize = lazyregexp.New(`largest|biggest|leading`)

// A quality is what the words of a superlative ask for.
type quality struct{ pure bool }

func qualityOf(words string) quality {
	return quality{pure: strings.Contains(words, "pure") || strings.Contains(words, "entirely")}
}

// like are the projects that the words describe, those of which what was not read
// decides it, and the words that the facts know nothing of.
func (j *judge) like(words string, p *usage.Project) (set, open []*usage.Project, rest string) {
	level := levelName.FindString(words)
	uses := hasWord(words, j.language)
	own := strings.Fields(plainName(j.language))
	pure := qualityOf(words).pure
	area := areaOf(words, p)
	for w := range strings.FieldsSeq(plainName(words)) {
		known := fillers[w] || w == level || slices.Contains(own, w) || w == "pure" || w == "entirely" || strings.Contains(area, w)
		if !known {
			rest = strings.TrimSpace(rest + " " + w)
		}
	}
	for i := range j.f.Projects {
		q := &j.f.Projects[i]
		if level != "" && q.Maturity != level || area != "" && !strings.Contains(plainName(q.FocusArea), area) {
			continue
		}
		if pure && j.mayBePure(q) || uses && !pure && !surelyUses(q) && !surelyNot(q) {
			open = append(open, q)
		}
		if !(uses && !q.Class.Uses()) && !(pure && !j.isPure(q)) {
			set = append(set, q)
		}
	}
	return set, open, rest
}

// areaOf is the part of the project's category that the words name.
func areaOf(words string, p *usage.Project) string {
	for _, part := range []string{p.Item.Subcategory, p.Item.Category} {
		if w := plainName(part); w != "" && strings.Contains(plainName(words), w) {
			return w
		}
	}
	return ""
}

// isPure reports whether what was read of a project is in the language.
func (j *judge) isPure(p *usage.Project) bool {
	return p.Figures != nil && p.Figures.Share != nil && *p.Figures.Share >= shareAll
}

// ranked judges the place of a project in a set, to which those of open may belong
// or not. ofRead: it is said of what was read.
func ranked(rank string, p *usage.Project, set, open []*usage.Project, ofRead bool) ruling {
	at := []fact.Evidence{p.Evidence}
	sure := slices.DeleteFunc(slices.Clone(set), func(q *usage.Project) bool { return slices.Contains(open, q) })
	if rank == "only" || rank == "sole" {
		switch {
		case len(sure) > 1:
			return ruling{verdict: Refuted, why: "there are others: " + othersOf(sure, p), evidence: at}
		case len(open) > 0:
			return unverifiable(sourceRepository, "no other in what was read; %s", openWords(open))
		}
		return ruling{verdict: Confirmed, why: "no other is", evidence: at}
	}
	want := 0
	switch {
	case strings.HasPrefix(rank, "second"):
		want = 1
	case strings.HasPrefix(rank, "third"):
		want = 2
	}
	order := rankOrder(rank)
	set = slices.Clone(set)
	slices.SortStableFunc(set, order)
	first := set[min(want, len(set)-1)]
	if !ofRead {
		open = mayChange(rank, p, set, open, want > 0)
	}
	beaten := slices.ContainsFunc(sure, func(q *usage.Project) bool { return q != p && order(q, p) < 0 && !tied(rank, q, p) })
	switch i := slices.Index(set, p); {
	case len(open) > 0 && (want > 0 || !beaten || slices.Contains(open, p)):
		return unverifiable(sourceRepository, "%s is the one in what was read; %s", first.Name, openWords(open))
	case i != want && tied(rank, p, first):
		return ruling{verdict: Confirmed, why: "with " + first.Name, evidence: at}
	case i != want:
		return ruling{verdict: Refuted, why: fmt.Sprintf("that is %s", first.Name), measured: first.Name, evidence: []fact.Evidence{first.Evidence}}
	}
	return ruling{verdict: Confirmed, measured: p.Name, evidence: at}
}

func rankOrder(rank string) func(a, b *usage.Project) int {
	switch {
	case strings.Contains(rank, "largest"), strings.Contains(rank, "biggest"), strings.Contains(rank, "leading"):
		return func(a, b *usage.Project) int { return cmp.Compare(bytesOf(b), bytesOf(a)) }
	case strings.Contains(rank, "newest"), strings.Contains(rank, "youngest"), strings.Contains(rank, "most recent"), strings.Contains(rank, "latest"):
		return func(a, b *usage.Project) int { return cmp.Compare(b.Accepted, a.Accepted) }
	}
	return func(a, b *usage.Project) int {
		return cmp.Or(cmp.Compare(dayOr(a), dayOr(b)), cmp.Compare(a.ID, b.ID))
	}
}

// dayOr is the day of acceptance; without one a project comes last.
func dayOr(p *usage.Project) fact.Date { return cmp.Or(p.Accepted, "9999") }

// tied reports whether two projects have the same rank: they were accepted on one
// day, or have as many bytes.
func tied(rank string, a, b *usage.Project) bool {
	if bySize.MatchString(rank) {
		return bytesOf(a) == bytesOf(b)
	}
	return a.Accepted == b.Accepted
}

func bytesOf(p *usage.Project) int64 {
	if p.Figures == nil {
		return 0
	}
	return p.Figures.Bytes
}

func othersOf(set []*usage.Project, p *usage.Project) string {
	var names []string
	for _, q := range set {
		if q != p && len(names) < 5 {
			names = append(names, q.Name)
		}
	}
	return strings.Join(names, ", ")
}
