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
	"assay/internal/verify/page"
	"assay/internal/verify/property"
	"assay/internal/verify/stated"
)

// This file gives the names in claims that are data their meaning in the landscape.

// A binder makes claims that the judge knows.
type binder struct {
	doc      *stated.Document
	j        *judge
	projects []ask.Project
	levels   []string
	slugs    map[string][]*member // repositories by names
	names    []string             // of these
	known    map[string]match     // projects by the names asked for
	faults   []stated.Fault
}

// A match is the project that a name means, or why there is none.
type match struct {
	ask.Match
	err error
}

// bind is the claims of a document as the judge knows them. It fails with all mistakes
// of the document where there is one.
func bind(ctx context.Context, doc *stated.Document, j *judge, aliases map[string][]string) ([]asked, error) {
	s := j.facts.Survey
	b := &binder{doc: doc, j: j, projects: ask.Projects(s.Landscape, s.Catalog.Repositories, aliases), slugs: map[string][]*member{}, known: map[string]match{}}
	for i := range s.Landscape.Projects {
		b.levels = append(b.levels, s.Landscape.Projects[i].Maturity)
	}
	for i := range j.f.Projects {
		for k := range j.f.Projects[i].Repositories {
			b.repository(j.repos[j.f.Projects[i].Repositories[k].ID.Key()])
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
func (b *binder) repository(m *member) {
	for _, name := range []string{m.ID.Key(), words.Fold(m.ID.Slug()), words.Fold(m.ID.Name())} {
		if !slices.Contains(b.slugs[name], m) {
			b.slugs[name] = append(b.slugs[name], m)
		}
	}
}

func (b *binder) fail(c *stated.Claim, member, meant, format string, args ...any) {
	b.faults = append(b.faults, b.doc.Fault(c, member, fmt.Sprintf(format, args...), meant))
}

// claim is a claim as the judge knows it.
func (b *binder) claim(s *stated.Claim) asked {
	p := s.Claimed()
	a := asked{Claim: s, property: p}
	c := &a.claim
	*c = claim.Claim{
		Kind: kindOf(p, s.Of), Field: p.FieldName(), Label: p.Title, Scope: s.Scope, Read: s.Read, Part: s.Part, Listed: s.Listed,
		Language: cmp.Or(s.Language, b.doc.Language), Block: &page.Block{Form: page.Paragraph}, Exact: s.Read,
	}
	b.subject(&a)
	if c.Level = b.level(s, "level", cmp.Or(s.Level, s.Subject.Level)); s.Subject.Level != "" {
		c.Field = ofLevel(p)
	}
	b.value(&a)
	b.argument(&a)
	b.period(&a)
	b.ofRules(&a)
	return a
}

// kindOf is the kind of claims on a property.
func kindOf(p *property.Property, of string) claim.Kind {
	if figure := property.Named(of); p.Kind == "figure" && figure != nil {
		return claim.Kind(figure.Kind)
	}
	return claim.Kind(p.Kind)
}

// ofLevel is the field of a number of projects of one level.
func ofLevel(p *property.Property) string {
	switch p.Name {
	case "count.using":
		return "count.level.using"
	case "count.projects":
		return "count.level.projects"
	}
	return p.FieldName()
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
		of := b.project(a, "subject", s.Subject.Project)
		c.Subject = claim.Subject{Sort: claim.OfPackage, ID: s.Subject.Package, Within: of.ID, Text: s.Subject.Package}
		if s.Subject.Manifest != "" { // as in the row of a table of packages
			c.Block.Cells = []page.Text{{S: s.Subject.Manifest}}
			c.Block.Head = &page.Block{Cells: []page.Text{{S: "manifest"}}}
		}
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
	if b.j.projects[p.ID] == nil {
		a.outside, a.source = "the survey left "+p.Name+" out", "a survey of "+p.Name
	}
	return claim.Subject{Sort: claim.OfProject, ID: p.ID, Text: name}
}

// repositoryNamed is the repository that an address or a name means.
func (b *binder) repositoryNamed(s *stated.Claim, name string) claim.Subject {
	key := words.Fold(name)
	if id, err := fact.ParseRepoURL(name); err == nil && b.slugs[id.Key()] != nil {
		key = id.Key()
	}
	switch found := b.slugs[key]; len(found) {
	case 1:
		return claim.Subject{Sort: claim.OfRepository, ID: found[0].ID.Key(), Within: found[0].project.ID, Text: name}
	case 0:
		meant := ""
		if near := words.Near(key, b.names); len(near) > 0 {
			meant = words.Meant(near)
		}
		b.fail(s, "subject", meant, "there is no repository %q in the survey", name)
	default:
		var ids []string
		for _, m := range found {
			ids = append(ids, string(m.ID))
		}
		b.fail(s, "subject", "say which: "+strings.Join(ids[:min(len(ids), fewNames)], ", "), "%q may be several", name)
	}
	return claim.Subject{}
}

// value gives a claim its value.
func (b *binder) value(a *asked) {
	s, c := a.Claim, &a.claim
	quote := a.property.Name
	if s.Value != nil {
		quote = s.Value.Text
	}
	c.Text = &page.Text{S: quote}
	c.Span = page.Span{From: 0, To: len(quote)}
	if s.Value == nil {
		return
	}
	switch v := a.property.Value; {
	case v.IsNumber():
		c.Form, c.Num = claim.Numeric, quantityOf(s, v == property.Percent)
	case v == property.Date:
		c.Form, c.Day = claim.Dated, claim.Day{Text: quote, Bound: dayBounds[s.Bound]}
	case v == property.Level:
		c.Word = b.level(s, "value", quote)
	case v == property.Address:
		c.Word = quote
		if strings.HasSuffix(a.property.Name, ".repository") {
			c.Word = repositoryWord(quote)
		} else {
			c.Form = claim.Address
		}
	default:
		c.Word = quote
	}
	if s.To != nil && c.Kind == claim.Health {
		c.Word += " to " + s.To.Text
	}
	if s.Bound == stated.AtLeast && c.Form == claim.Verbal {
		c.Num.Bound = claim.AtLeast
	}
}

// repositoryWord is a repository as the facts write it.
func repositoryWord(s string) string {
	if strings.Count(s, "/") == 1 {
		return s
	}
	if id, err := fact.ParseRepoURL(s); err == nil {
		return string(id)
	}
	return s
}

// dayBounds are the bounds of dates; all but exactly set a bound.
var dayBounds = map[stated.Bound]claim.Bound{
	stated.AtLeast: claim.AtLeast, stated.Over: claim.AtLeast, stated.Range: claim.AtLeast, stated.AtMost: claim.AtMost, stated.Under: claim.AtMost,
}

// quantityOf is a number as the judge knows it, by which likely slips are looked for.
func quantityOf(s *stated.Claim, percent bool) claim.Quantity {
	f := s.Figure(s.Value)
	bound := map[stated.Bound]claim.Bound{
		stated.About: claim.About, stated.AtLeast: claim.AtLeast, stated.Over: claim.AtLeast, stated.AtMost: claim.AtMost, stated.Under: claim.AtMost, stated.Range: claim.Range,
	}[s.Bound]
	q := claim.Quantity{Value: f.Value, Slack: f.Tolerance, Percent: percent, Bound: bound}
	if s.To != nil {
		end := s.Figure(s.To)
		q.To, q.ToSlack = end.Value, end.Tolerance
	}
	return q
}

// argument gives a claim what its property is of besides.
func (b *binder) argument(a *asked) {
	s, c := a.Claim, &a.claim
	for _, name := range s.Among {
		if found := b.project(a, "among", name); found.ID != "" && b.j.projects[found.ID] != nil {
			c.Sentence += b.j.projects[found.ID].Name + ", "
		}
	}
	switch a.property.Than {
	case "project":
		c.Than = b.project(a, "than", s.Than)
	case "language":
		c.Sentence = s.Than
	}
	if c.Kind == claim.Superlative {
		c.Sentence = c.Word // which names the language
	}
	if s.Of == "" {
		return
	}
	switch a.property.Argument {
	case property.ALanguage:
		b.ofLanguage(a)
	case property.APerson, property.AnAdopter, property.People:
		c.Label = s.Of
	case property.ATag:
		c.Word = s.Of
	case property.ADay:
		c.Day = claim.Day{Text: s.Of}
	case property.AnArea:
		c.Area = s.Of
	default:
		c.Field += ":" + s.Of
	}
}

// ofLanguage gives a claim the language that it is of: as an argument, or where a figure
// is known for the language of the report alone, as that.
func (b *binder) ofLanguage(a *asked) {
	s, c := a.Claim, &a.claim
	if p := a.property; p.Language && !p.Own && (p.Name == "code" || p.Name == "files") {
		c.Language = s.Of
		return
	}
	c.Field += ":" + s.Of
}

// period gives a claim the time that it is of, and says why where nothing tells it.
func (b *binder) period(a *asked) {
	s, asOf := a.Claim, string(b.j.asOf)
	if s.Period == nil || s.Period.AsOf == asOf {
		return
	}
	year := strconv.Itoa(s.Period.Year)
	if at, ok := strings.CutSuffix(s.Period.AsOf, "-12-31"); ok {
		year = at
	}
	day := cmp.Or(s.Period.AsOf, year+"-12-31")
	switch p := a.property; {
	case day == asOf && p.Period != property.YearEnd:
	case p.Name == "share" && len(year) == len("2006"):
		language := cmp.Or(s.Of, a.claim.Language, b.j.language)
		a.claim.Field, a.claim.Year = "share.year:"+language, year
	case p.Period == property.YearEnd, s.Period.Year != 0 && p.Period == property.Year && strings.HasPrefix(asOf, year):
		a.claim.Year = year
	default:
		a.outside, a.source = "the facts are of "+asOf, "a survey as of "+day
	}
}

// ofRules lets a claim be of the figures of the rules that gave the class, which are
// told as a report tells them.
func (b *binder) ofRules(a *asked) {
	c := &a.claim
	if c.Scope != stated.OfRule {
		return
	}
	c.Scope, c.Label = "", "class"
	k := b.j.speaker(a)
	if k == nil {
		return
	}
	if p := k.project(c.Subject); p != nil {
		for _, why := range p.Because {
			c.Text.S += "\n" + why.Text
		}
	}
}

// words says a claim as a reader would.
func (a *asked) words() string {
	figure := a.Of
	if p := property.Named(a.Of); p != nil {
		figure = p.Title
	}
	not := ""
	if a.Negated {
		not = "not "
	}
	switch a.property.Name {
	case "than":
		return not + a.Value.Text + " " + figure + " than " + a.Than
	case "rank":
		return not + "the " + a.Value.Text + " " + figure
	case "more":
		other := "anything else"
		if a.Value != nil {
			other = a.Value.Text
		}
		return not + "more " + a.Of + " than " + other
	}
	called := strings.TrimPrefix(a.property.Called(a.Of), "the ")
	if a.Value == nil {
		return not + called
	}
	return called + ": " + not + a.valueWords()
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
	case a.property.Value == property.Percent:
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
