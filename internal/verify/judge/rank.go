package judge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
)

// This file judges projects beside others: more than another, the most of all, the first
// of its like.

// compared is a figure of a project that claims compare; ok is false where it is not known.
func (j *Judge) compared(c *claim.Claim, s claim.Subject, ofRead bool) (f figure, ok bool) {
	all, _ := j.figures(with(c, property.Must(c.Of), "", s, ""))
	if len(all) == 0 {
		return figure{}, false
	}
	if ofRead {
		all[0].can = exactly(all[0].value)
	}
	return all[0], true
}

// comparison judges that one project has more or less of something than another.
func (j *Judge) comparison(c *claim.Claim, _ *usage.Project) Ruling {
	than := *c
	than.Subject = c.Than
	ofRead := j.OfRead(c) && j.OfRead(&than)
	a, okA := j.compared(c, c.Subject, ofRead)
	b, okB := j.compared(c, c.Than, ofRead)
	if !okA || !okB {
		return unverifiable(SourceRepository, "the figures of both are not known")
	}
	const few = 3
	at := slices.Concat(a.evidence[:min(few, len(a.evidence))], b.evidence[:min(few, len(b.evidence))])
	measured := fmt.Sprintf("%s, %s of %s", a.words(), b.words(), j.Name(c.Than))
	var truths []quantity.Truth
	for _, v := range []float64{a.can.from, a.can.to} {
		for _, w := range []float64{b.can.from, b.can.to} {
			truths = append(truths, quantity.TruthOf(compares(c.Word, v, w)))
		}
	}
	open := multiples[c.Word] != 0 && !(a.can.exact() && b.can.exact())
	switch {
	case !open && quantity.All(truths...) == quantity.Yes:
		return confirmed(measured, at...)
	case open || quantity.Any(truths...) != quantity.No:
		r := unverifiable(SourceRepository, "%s", strings.Trim(j.unreadOf(c.Subject)+"; "+j.unreadOf(c.Than), "; "))
		r.Measured, r.Evidence = measured, at
		return r
	}
	return refuted(measured, measured, at...)
}

// multiples are the numbers of the words for them.
var multiples = map[string]float64{"twice": 2, "double": 2, "three times": 3, "triple": 3, "four times": 4, "half": 0.5}

// compares reports whether the word for it holds between two values; a multiple
// within a tenth.
func compares(word string, a, b float64) bool {
	if m := multiples[word]; m != 0 {
		return a >= 0.9*m*b && a <= 1.1*m*b
	}
	if word == "fewer" || word == "less" {
		return a < b
	}
	return a > b
}

// rank judges that a project has the most or least of something, among those
// that use the language.
func (j *Judge) rank(c *claim.Claim, p *usage.Project) Ruling {
	ofRead := j.ofAllRead(c)
	own, ok := j.compared(c, c.Subject, ofRead)
	if !ok {
		return unverifiable(SourceRepository, "its figure is not known")
	}
	sign := 1.0
	if c.Word == "least" {
		sign = -1
	}
	best := func(b bounds) float64 { return max(sign*b.from, sign*b.to) }
	worst := func(b bounds) float64 { return min(sign*b.from, sign*b.to) }
	var open []*usage.Project
	beaten, others := "", 1
	for i := range j.Findings.Projects {
		q := &j.Findings.Projects[i]
		if q.ID == p.ID || SurelyNot(q) || ofRead && !q.Class.Uses() {
			continue
		}
		f, known := j.compared(c, claim.Subject{Sort: claim.OfProject, ID: q.ID}, ofRead)
		switch {
		case !known && (ofRead || !isOpen(q)):
			continue
		case !known:
			f.can = anyNumber
		case q.Class.Uses():
			others++
		}
		switch {
		case known && (SurelyUses(q) || ofRead) && worst(f.can) > best(own.can):
			beaten = fmt.Sprintf("%s has %s", q.Name, f.words())
		case best(f.can) > worst(own.can):
			open = append(open, q)
		}
	}
	measured := fmt.Sprintf("%s; of %s that use %s", own.words(), words.Amount(others, "project"), j.Language)
	r := confirmed(measured, own.evidence...)
	switch {
	case beaten != "":
		return refuted(measured, beaten, own.evidence...)
	case len(open) > 0:
		r.Verdict, r.Source, r.Why = Unverifiable, SourceRepository, openWords(open)
	}
	return r
}

var (
	rankWord  = lazyregexp.New(`^(second |third )?(first|only|sole|second|largest|biggest|oldest|newest|youngest|most recent|latest|leading)`)
	levelName = lazyregexp.New(`\b(graduated|incubating|sandbox|archived)\b`)
	bySize    = lazyregexp.New(`largest|biggest|leading`)
	byNewest  = lazyregexp.New(`newest|youngest|most recent|latest`)
)

// fillers are words of a superlative that narrow nothing.
var fillers = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`a an the of in on at to by for with and cncf project projects landscape foundation written using use
		that uses level status all is was currently now ever added accepted code codebase codebases production one these cloud native
		based language its it among as within from official member be become`) {
		m[w] = true
	}
	return m
}()

// A kind is the projects that the words of a superlative describe.
type kind struct {
	set  []*usage.Project
	open []*usage.Project // of which what was not read decides whether they are
	rest string           // words that the facts know nothing of
}

// superlative judges that a project is the first, only or largest of its like,
// where the facts tell all that are like it.
func (j *Judge) superlative(c *claim.Claim, p *usage.Project) Ruling {
	word := strings.ToLower(c.Word)
	rank := rankWord.FindString(word)
	k := j.like(strings.TrimPrefix(word, rank), p)
	pure := strings.Contains(word, "pure") || strings.Contains(word, "entirely")
	switch {
	case pure && !isPure(p) && p.Class != usage.Unknown && p.Figures != nil:
		return refuted("", fmt.Sprintf("%s is not pure: %s", p.Name, usage.ShareWords(p.Figures)), p.Evidence)
	case k.rest != "":
		return unverifiable(sourceMeasurement, "the facts do not tell which projects are %q", k.rest)
	case bySize.MatchString(rank) && !hasWord(word, j.Language):
		return unverifiable(sourceMeasurement, "it does not say by what it is the largest")
	}
	ofRead := j.ofAllRead(c)
	if ofRead {
		k.open = nil
	}
	switch {
	case slices.Contains(k.open, p):
		return notRead(p, p.Words(), p.Because[0].Evidence)
	case !slices.Contains(k.set, p):
		return refuted("", fmt.Sprintf("%s is not one: %s, %s", p.Name, p.Maturity, p.Because[0].Text), p.Evidence)
	}
	return k.placed(rank, p, ofRead)
}

// hasWord reports whether a text has a word, whatever its case: "C" is not in "CNCF".
func hasWord(text, word string) bool {
	return word != "" && slices.Contains(strings.Fields(strings.ToLower(text)), strings.ToLower(word))
}

// like are the projects that words describe.
func (j *Judge) like(words string, p *usage.Project) kind {
	k := kind{}
	level, uses := levelName.FindString(words), hasWord(words, j.Language)
	pure := strings.Contains(words, "pure") || strings.Contains(words, "entirely")
	area := areaOf(words, p)
	own := strings.Fields(plainName(j.Language))
	for w := range strings.FieldsSeq(plainName(words)) {
		if known := fillers[w] || w == level || slices.Contains(own, w) || w == "pure" || w == "entirely" || strings.Contains(area, w); !known {
			k.rest = strings.TrimSpace(k.rest + " " + w)
		}
	}
	for i := range j.Findings.Projects {
		q := &j.Findings.Projects[i]
		if level != "" && q.Maturity != level || area != "" && !strings.Contains(plainName(q.FocusArea), area) {
			continue
		}
		if pure && isOpen(q) && (q.Class == usage.Unknown || isPure(q)) || uses && !pure && !SurelyUses(q) && !SurelyNot(q) {
			k.open = append(k.open, q)
		}
		if (!uses || q.Class.Uses()) && (!pure || isPure(q)) {
			k.set = append(k.set, q)
		}
	}
	return k
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
func isPure(p *usage.Project) bool {
	return p.Figures != nil && p.Figures.Share != nil && *p.Figures.Share >= shareAll
}

// placed judges the place of a project among those of its kind. ofRead: it is said of what
// was read.
func (k *kind) placed(rank string, p *usage.Project, ofRead bool) Ruling {
	sure := slices.DeleteFunc(slices.Clone(k.set), func(q *usage.Project) bool { return slices.Contains(k.open, q) })
	if rank == "only" || rank == "sole" {
		var names []string
		for _, q := range sure {
			if q != p {
				names = append(names, q.Name)
			}
		}
		switch {
		case len(names) > 0:
			return refuted("", "there are others: "+firstOf(names), p.Evidence)
		case len(k.open) > 0:
			return unverifiable(SourceRepository, "no other in what was read; %s", openWords(k.open))
		}
		return confirmed("", p.Evidence)
	}
	want := 0
	switch {
	case strings.HasPrefix(rank, "second"):
		want = 1
	case strings.HasPrefix(rank, "third"):
		want = 2
	}
	order := orderOf(rank)
	set := slices.Clone(k.set)
	slices.SortStableFunc(set, order)
	first, open := set[min(want, len(set)-1)], k.open
	if !ofRead {
		open = k.mayChange(rank, p, want > 0)
	}
	beaten := slices.ContainsFunc(sure, func(q *usage.Project) bool { return order(q, p) < 0 })
	switch {
	case len(open) > 0 && (want > 0 || !beaten || slices.Contains(open, p)):
		return unverifiable(SourceRepository, "%s is the one in what was read; %s", first.Name, openWords(open))
	case order(p, first) != 0:
		return refuted(first.Name, "that is "+first.Name, first.Evidence)
	}
	return confirmed(p.Name, p.Evidence)
}

// mayChange are the projects that could change the place of another: by size those of
// which repositories were not read, by day those that may belong to the kind and come
// before it, and all of these for a place behind the first.
func (k *kind) mayChange(rank string, p *usage.Project, behind bool) []*usage.Project {
	order := orderOf(rank)
	var all []*usage.Project
	for _, q := range slices.Concat(k.set, k.open) {
		may := slices.Contains(k.open, q) && (behind || order(q, p) < 0)
		if bySize.MatchString(rank) {
			may = isOpen(q)
		}
		if may && !slices.Contains(all, q) {
			all = append(all, q)
		}
	}
	return all
}

// orderOf is the order that a superlative ranks by: bytes, or the day of acceptance. A
// project without one comes last.
func orderOf(rank string) func(a, b *usage.Project) int {
	bytes := func(p *usage.Project) int64 {
		if p.Figures == nil {
			return 0
		}
		return p.Figures.Bytes
	}
	day := func(p *usage.Project) fact.Date { return cmp.Or(p.Accepted, always) }
	switch {
	case bySize.MatchString(rank):
		return func(a, b *usage.Project) int { return cmp.Compare(bytes(b), bytes(a)) }
	case byNewest.MatchString(rank):
		return func(a, b *usage.Project) int { return cmp.Compare(b.Accepted, a.Accepted) }
	}
	return func(a, b *usage.Project) int { return cmp.Compare(day(a), day(b)) }
}
