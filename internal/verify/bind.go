package verify

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/limit"
	"assay/internal/verify/claim"
	"assay/internal/verify/judge"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
	"assay/internal/verify/stated"
)

// This file gives the names in claims that are data their meaning in the landscape.

// A binder makes claims that the judge knows.
type binder struct {
	doc      *stated.Document
	j        *judge.Judge
	projects []ask.Project
	levels   []string
	slugs    map[string][]claim.Subject // repositories by names
	names    []string                   // of these
	known    map[string]match           // projects by the names asked for
	faults   []stated.Fault
}

// A match is the project that a name means, or why there is none.
type match struct {
	ask.Match
	err error
}

// An asked is a claim that is data, and what it is for the judge.
type asked struct {
	*stated.Claim

	claim claim.Claim
	// outside says why the facts do not reach it, and source what would tell; "" where
	// they do.
	outside, source string
}

// bind is the claims of a document as the judge knows them. It fails with all mistakes
// of the document where there is one.
func bind(ctx context.Context, doc *stated.Document, j *judge.Judge, aliases map[string][]string) ([]asked, error) {
	s := j.Facts.Survey
	b := &binder{doc: doc, j: j, projects: ask.Projects(s.Landscape, s.Catalog.Repositories, aliases), slugs: map[string][]claim.Subject{}, known: map[string]match{}}
	for i := range s.Landscape.Projects {
		b.levels = append(b.levels, s.Landscape.Projects[i].Maturity)
	}
	for i := range j.Findings.Projects {
		p := &j.Findings.Projects[i]
		for k := range p.Repositories {
			b.repository(p.Repositories[k].ID, p.ID)
		}
	}
	b.names = slices.Sorted(maps.Keys(b.slugs))
	all := make([]asked, 0, len(doc.Claims))
	for i := range doc.Claims {
		switch c := &doc.Claims[i]; {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case len(b.known) > limit.ClaimsNames:
			return nil, errkind.WithHint(errkind.Errorf(errkind.Limit, "the claims have %s", limit.Over("claims-names", limit.ClaimsNames)), "split them")
		case !c.Faulty() && len(b.faults) < limit.ClaimsFaults:
			all = append(all, b.claim(c))
		}
	}
	if err := doc.Err(b.faults...); err != nil {
		return nil, err
	}
	return all, nil
}

// repository remembers the names of a repository.
func (b *binder) repository(id fact.RepoID, project string) {
	for _, name := range []string{id.Key(), words.Fold(id.Slug()), words.Fold(id.Name())} {
		s := claim.Subject{Sort: claim.OfRepository, ID: id.Key(), Within: project}
		if !slices.ContainsFunc(b.slugs[name], s.Is) {
			b.slugs[name] = append(b.slugs[name], s)
		}
	}
}

func (b *binder) fail(c *stated.Claim, member, meant, format string, args ...any) {
	b.faults = append(b.faults, b.doc.Fault(c, member, fmt.Sprintf(format, args...), meant))
}

// claim is a claim as the judge knows it.
func (b *binder) claim(s *stated.Claim) asked {
	a := asked{Claim: s}
	c := &a.claim
	*c = claim.Claim{
		Property: s.Claimed(), Of: s.Of, Scope: s.Scope, Read: s.Read, Part: s.Part, Listed: s.Listed, Manifest: s.Subject.Manifest,
		Language: cmp.Or(s.Language, b.doc.Language), Block: &page.Block{Form: page.Paragraph}, Negated: s.Negated, Strict: true,
	}
	b.language(&a)
	b.subject(&a)
	c.Level = b.level(s, "level", cmp.Or(s.Level, s.Subject.Level))
	b.value(&a)
	switch c.Property.Than {
	case "project":
		c.Than = b.project(&a, "than", s.Than)
	case "language":
		c.Than = claim.Subject{ID: s.Than}
	}
	for _, name := range s.Among {
		c.Among = append(c.Among, b.project(&a, "among", name).ID)
	}
	b.period(&a)
	return a
}

// language gives a claim the language that it is of where its argument or its words say
// it: who judges for that language knows all bounds and scopes.
func (b *binder) language(a *asked) {
	c := &a.claim
	switch p := c.Property; {
	case c.Of != "" && p.Is("bytes", "code", "files", "share"):
		c.Language, c.Of = c.Of, ""
	case c.Language == "" && p.Is("superlative") && a.Value != nil:
		if found := titleLanguages([]string{a.Value.Text}); len(found) == 1 {
			c.Language = found[0]
		}
	}
}

// level is the level that a word means.
func (b *binder) level(s *stated.Claim, member, word string) string {
	if word == "" {
		return ""
	}
	level, err := ask.Level(b.levels, word)
	if err != nil {
		b.fail(s, member, errkind.Hint(err), "%v", err)
	}
	return level
}

// subject binds what a claim is about.
func (b *binder) subject(a *asked) {
	s, c := a.Claim, &a.claim
	switch s.Subject.Sort() {
	case property.OfProject:
		c.Subject = b.project(a, "subject", s.Subject.Project)
	case property.OfPackage:
		c.Subject = claim.Subject{Sort: claim.OfPackage, ID: s.Subject.Package, Within: b.project(a, "subject", s.Subject.Project).ID, Text: s.Subject.Package}
	case property.OfRepository:
		c.Subject = b.repositoryNamed(s, s.Subject.Repository)
	}
}

// project is the project that a name means.
func (b *binder) project(a *asked, member, name string) claim.Subject {
	m, known := b.known[name]
	if !known {
		m.Match, m.err = ask.Find(b.projects, name)
		b.known[name] = m
	}
	if m.err != nil {
		b.fail(a.Claim, member, errkind.Hint(m.err), "%v", m.err)
		return claim.Subject{}
	}
	p := &b.projects[m.Index]
	if m.Repository != "" {
		b.fail(a.Claim, member, "", "%q is a repository of %s; expected the name of a project, or {\"repository\": %q}", name, p.Name, m.Repository.Slug())
	}
	s := claim.Subject{Sort: claim.OfProject, ID: p.ID, Text: name}
	if b.j.Project(s) == nil {
		a.outside, a.source = "the survey left "+p.Name+" out", "a survey of "+p.Name
	}
	return s
}

// fewNames bounds how many names a mistake gives.
const fewNames = 3

// repositoryNamed is the repository that an address or a name means.
func (b *binder) repositoryNamed(s *stated.Claim, name string) claim.Subject {
	key := words.Fold(name)
	if id, err := fact.ParseRepoURL(name); err == nil && b.slugs[id.Key()] != nil {
		key = id.Key()
	}
	found := b.slugs[key]
	switch len(found) {
	case 1:
		found[0].Text = name
		return found[0]
	case 0:
		meant := ""
		if near := words.Near(key, b.names); len(near) > 0 {
			meant = words.Meant(near)
		}
		b.fail(s, "subject", meant, "there is no repository %q in the survey", name)
	default:
		var ids []string
		for _, r := range found {
			ids = append(ids, string(b.j.Repository(r.ID).ID))
		}
		b.fail(s, "subject", "say which: "+strings.Join(ids[:min(len(ids), fewNames)], ", "), "%q may be several", name)
	}
	return claim.Subject{}
}

// boundOf are the bounds of claims that are data.
var boundOf = map[stated.Bound]claim.Bound{
	stated.About: claim.About, stated.AtLeast: claim.AtLeast, stated.Over: claim.Over, stated.AtMost: claim.AtMost, stated.Under: claim.Under, stated.Range: claim.Range,
}

// value gives a claim its value.
func (b *binder) value(a *asked) {
	s, c := a.Claim, &a.claim
	quote := c.Property.Name
	if s.Value != nil {
		quote = s.Value.Text
	}
	c.Text, c.Span = &page.Text{S: quote}, page.Span{From: 0, To: len(quote)}
	if s.Value == nil {
		return
	}
	switch v := c.Property.Value; {
	case v.IsNumber():
		c.Num = quantityOf(s, v == property.Percent)
		return
	case v == property.Date:
		c.Day = claim.Day{Text: quote, Bound: boundOf[s.Bound]}
		if s.To != nil {
			c.Day.To = s.To.Text
		}
		return
	case v == property.Level:
		quote = b.level(s, "value", quote)
	}
	if c.Word, c.Bound = quote, boundOf[s.Bound]; s.To != nil {
		c.Word += " to " + s.To.Text
	}
}

// quantityOf is a number as the judge knows it. Without a tolerance the bounds of what is
// counted are exact.
func quantityOf(s *stated.Claim, percent bool) claim.Quantity {
	f := s.Figure(s.Value)
	q := claim.Quantity{Value: f.Value, Slack: f.Tolerance, Percent: percent, Bound: boundOf[s.Bound], Strict: true}
	if s.To != nil {
		end := s.Figure(s.To)
		q.To, q.ToSlack = end.Value, end.Tolerance
	}
	if q.Bound.Bounds() && !percent && s.Tolerance == nil {
		q.Slack, q.ToSlack = 0, 0
	}
	return q
}

// period gives a claim the time that it is of, and says why where nothing tells it.
func (b *binder) period(a *asked) {
	s, asOf := a.Claim, string(b.j.AsOf)
	if s.Period == nil || s.Period.AsOf == asOf {
		return
	}
	year := strconv.Itoa(s.Period.Year)
	if at, ok := strings.CutSuffix(s.Period.AsOf, "-12-31"); ok {
		year = at
	}
	day := cmp.Or(s.Period.AsOf, year+"-12-31")
	switch p := a.claim.Property; {
	case day == asOf && p.Period != property.YearEnd:
	case day > asOf && (p.Period == property.YearEnd || p.Name == "share"):
		a.outside, a.source = "the facts are of "+asOf, "a survey as of "+day
	case p.Name == "share" && len(year) == len("2006"),
		p.Period == property.YearEnd, s.Period.Year != 0 && p.Period == property.Year && strings.HasPrefix(asOf, year):
		a.claim.Year = year
	default:
		a.outside, a.source = "the facts are of "+asOf, "a survey as of "+day
	}
}

// words says a claim as a reader would.
func (a *asked) words() string {
	figure, not := a.Of, ""
	if p := property.Named(a.Of); p != nil {
		figure = p.Title
	}
	if a.Negated {
		not = "not "
	}
	switch p := a.claim.Property; {
	case p.Is("than"):
		return not + a.Value.Text + " " + figure + " than " + a.Than
	case p.Is("rank"):
		return not + "the " + a.Value.Text + " " + figure
	case p.Is("more") && a.Value == nil:
		return not + "more " + a.Of + " than anything else"
	case p.Is("more"):
		return not + "more " + a.Of + " than " + a.Value.Text
	case a.Value == nil:
		return not + strings.TrimPrefix(p.Called(a.Of), "the ")
	default:
		return strings.TrimPrefix(p.Called(a.Of), "the ") + ": " + not + a.valueWords()
	}
}

// valueWords is the value with its bound and unit.
func (a *asked) valueWords() string {
	var said []string
	if a.Bound != "" && a.Bound != stated.Exactly && a.Bound != stated.Range {
		said = append(said, string(a.Bound))
	}
	if said = append(said, numberWords(a.Value)); a.To != nil {
		said = append(said, "to", numberWords(a.To))
	}
	switch {
	case a.Unit != "":
		said = append(said, a.Unit)
	case a.claim.Property.Value == property.Percent:
		said = append(said, "%")
	}
	return strings.Join(said, " ")
}

// numberWords is a value as reports write it: a whole number with separators.
func numberWords(v *stated.Value) string {
	n, ok := v.Float()
	if !v.Number || !ok || n != math.Trunc(n) || strings.Contains(v.Text, ".") {
		return v.Text
	}
	return words.Number(int64(n))
}
