package verify

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"assay/internal/ask"
	"assay/internal/finding"
	"assay/internal/finding/usage"
	"assay/internal/limit"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
	"assay/internal/verify/stated"
)

// This file writes what was read from a text as claims that are data.

// Extract is what was read from the report, as claims that are data: what words around
// a claim say of it is said by the claim. What has no such form is listed with the
// reason. It fails as [Report.Check] does.
func (rep *Report) Extract(ctx context.Context, facts finding.Facts, f *usage.Findings, opts Options) (*stated.Document, error) {
	j, _, reading, err := rep.read(ctx, facts, f, opts)
	if err != nil {
		return nil, err
	}
	d := &stated.Document{Version: stated.Version, AsOf: string(facts.Survey.AsOf), Language: j.language, Claims: []stated.Claim{}}
	s := facts.Survey
	projects := ask.Projects(s.Landscape, s.Catalog.Repositories, opts.Aliases)
	for i := range reading.Claims {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := &reading.Claims[i]
		at := placeOf(rep.page, c.Source())
		x := &extraction{j: j, c: c, projects: projects}
		x.out.Quote, x.out.Source = shortened(c.Quote()), &stated.Source{Line: at.Line, Column: at.Column}
		if x.extract(); x.why != "" {
			d.Left = append(d.Left, stated.Left{Quote: x.out.Quote, Why: x.why, Source: x.out.Source})
			continue
		}
		x.out.ID = "c" + strconv.Itoa(len(d.Claims)+1)
		d.Claims = append(d.Claims, x.out)
	}
	return d, nil
}

// shortened cuts a quotation that is too long for a claim.
func shortened(s string) string {
	if len(s) <= limit.ClaimsText {
		return s
	}
	s = s[:limit.ClaimsText]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s
}

// An extraction makes one claim.
type extraction struct {
	j        *judge // for the language of the claim
	c        *claim.Claim
	projects []ask.Project
	p        *property.Property
	out      stated.Claim
	why      string // it has no form as data
}

func (x *extraction) leave(format string, args ...any) {
	if x.why == "" {
		x.why = fmt.Sprintf(format, args...)
	}
}

func (x *extraction) extract() {
	c := x.c
	if len(c.Subject.Others) > 0 {
		x.leave("%q may be %s", c.Subject.Text, strings.Join(append([]string{c.Subject.ID}, c.Subject.Others...), " or "))
		return
	}
	if x.j.language == "" && x.j.needsLanguage(c) {
		x.ofOwnLanguage()
	}
	x.named()
	if x.why != "" {
		return
	}
	x.argument()
	x.value()
	x.subject()
	x.around()
}

// ofOwnLanguage gives a claim in a report that names no language its own.
func (x *extraction) ofOwnLanguage() {
	language := ownLanguage(x.c)
	if other := x.j.in(language); other != nil {
		own := *x.c
		own.Field = strings.TrimSuffix(own.Field, ":"+language)
		x.j, x.c, x.out.Language = other, &own, language
		return
	}
	if p, _ := property.Of(x.c.Field); p != nil && p.Asks == property.ByWords {
		x.leave("the text does not say of which language")
	}
}

// named gives a claim its property, and what that is of.
func (x *extraction) named() {
	c := x.c
	name, of, _ := strings.Cut(c.Field, ":")
	switch {
	case name == "count.level" || name == "count.level.using" || name == "count.level.projects":
		x.out.Subject.Level = c.Level
		if name = "count.using"; c.Field == "count.level.projects" || c.Field == "count.level" && c.Label == "" && !x.j.speaksOfUse(c) {
			name = "count.projects"
		}
	case name == "count.level.unknown":
		x.out.Subject.Level = c.Level
	case name == "count.some":
		name = x.some()
	case name == "share.year":
		name = "share"
	case name == "growth":
		name, of = "milestone", strings.Replace(of, "changes of level", "changed", 1)
		if of == "adopted" {
			name, of = "adopted", ""
		}
	case name == "packages.editions":
		name = "edition"
	case name == "review" && c.Form == claim.Address:
		name = "review.url"
	case name == "named" && c.Label == "maintainers":
		name = "maintainers"
	case name == "release.full":
		name = x.releases()
	}
	x.p = property.Named(name)
	switch {
	case x.p == nil:
		x.leave("there is no property for it")
	case x.p.Text != "":
		x.leave("%s", x.p.Text)
	}
	x.out.Property, x.out.Of = name, of
}

// some is of which projects a number is that does not say so.
func (x *extraction) some() string {
	for _, name := range []string{"count.projects", "count.read", "count.using"} {
		if x.fits(name) {
			return name
		}
	}
	return x.c.Field
}

// fits reports whether a number is that of another property.
func (x *extraction) fits(name string) bool {
	o := *x.c
	if o.Field = name; x.j.language == "" && x.j.needsLanguage(&o) {
		return false
	}
	all, _ := x.j.measures(&o)
	return slices.ContainsFunc(all, func(m measure) bool { return o.Num.Fits(m.value) })
}

// releases is of which time a number of releases is.
func (x *extraction) releases() string {
	labelled := *x.c
	labelled.Label = "releases" // of the year
	all, _ := x.j.measures(&labelled)
	if !slices.ContainsFunc(all, func(m measure) bool { return x.c.Num.Fits(m.value) }) && x.fits("release.full") {
		return "release.all"
	}
	return "release.full"
}

// argument gives a claim what the words around it say that it is of.
func (x *extraction) argument() {
	c := x.c
	p := x.j.project(c.Subject)
	switch x.p.Argument {
	case property.APerson, property.AnAdopter:
		x.out.Of = c.Label
	case property.People:
		x.out.Of = "adopters"
		if c.Label == "maintainers" {
			x.out.Of = c.Label
		}
	case property.AnArea:
		x.out.Of = c.Area
	case property.ADay:
		x.out.Of = x.day(p)
	case property.ATag:
		x.out.Of = x.tag()
	case property.AMilestone:
		x.milestone(p)
	}
	switch x.p.Than {
	case "project":
		x.out.Than = x.projectName(c.Than.ID)
	case "language":
		x.out.Than = x.crossed(p)
	}
	if x.p.Argument != "" && !x.p.Optional && x.out.Of == "" {
		x.leave("the text does not say of which %s", x.p.Argument)
	}
	if x.p.Than != "" && x.out.Than == "" {
		x.leave("the text does not say what it compares with")
	}
	for i := range x.j.f.Projects {
		if name := x.j.f.Projects[i].Name; x.p.Among && strings.Contains(c.Sentence, name) {
			x.out.Among = append(x.out.Among, x.projectName(x.j.f.Projects[i].ID))
		}
	}
	if x.p.Among && len(x.out.Among) == 0 {
		x.leave("it names no projects")
	}
}

// day is the day of a change of level, or of the audit that the sentence names by its
// day.
func (x *extraction) day(p *usage.Project) string {
	if x.p.Name == "changed" {
		return x.c.Day.Text
	}
	if p == nil {
		return ""
	}
	for i := range p.Item.Audits {
		if a := &p.Item.Audits[i]; datedIn(a, x.c) && len(a.Date) == len("2006-01-02") {
			return string(a.Date)
		}
	}
	return ""
}

// tag is the release that the words before a day name, where it is not said to be the
// last.
func (x *extraction) tag() string {
	p := x.j.only(x.c.Subject)
	if p == nil {
		return ""
	}
	days := x.j.releaseDay(x.c, p)
	for _, d := range days {
		if tag, ok := strings.CutPrefix(d.about, "release "); ok && !x.c.Day.Matches(string(days[0].day)) || ok && len(days) == 1 {
			return tag
		}
	}
	return ""
}

// milestone is the level whose day is told, where the text tells it apart from that of
// the project.
func (x *extraction) milestone(p *usage.Project) {
	switch c := x.c; {
	case x.out.Of != "reached" || p == nil:
	case c.Level != p.Maturity && strings.Contains(strings.ToLower(c.Text.S), p.Maturity):
		if x.out.Of = c.Level; c.Level == "sandbox" {
			x.out.Of = "accepted"
		}
	default:
		x.out.Level = c.Level
	}
}

// crossed is the language that another passed, of those that the sentence names.
func (x *extraction) crossed(p *usage.Project) string {
	if p == nil || p.Trend == nil {
		return ""
	}
	for _, k := range p.Trend.Crossings {
		if strings.EqualFold(k.Up, x.out.Of) && strings.Contains(x.c.Sentence, k.Down) {
			return k.Down
		}
	}
	return ""
}

// subject says what a claim is about.
func (x *extraction) subject() {
	if x.out.Subject.Level != "" {
		return
	}
	s, c := &x.out.Subject, x.c
	p := x.j.project(c.Subject)
	switch may := x.p.MayBeOf; {
	case c.Subject.Sort == claim.OfPackage && may(property.OfPackage):
		s.Package, s.Project, s.Manifest = c.Subject.ID, x.projectName(c.Subject.Within), rowManifest(c)
	case c.Subject.Sort == claim.OfRepository && may(property.OfRepository) && x.j.repos[c.Subject.ID] != nil:
		s.Repository = string(x.j.repos[c.Subject.ID].ID)
	case p != nil && may(property.OfProject):
		s.Project = x.projectName(p.ID)
	case may(property.OfLandscape) && c.Subject.Sort != claim.OfLevel:
		s.Landscape = true
	default:
		x.leave("it is about nothing that the property is said of")
	}
}

// projectName is the name by which a project is found.
func (x *extraction) projectName(id string) string {
	p := x.j.projects[id]
	if p == nil {
		x.leave("it names no project")
		return ""
	}
	for _, name := range []string{p.Name, p.ID} {
		if m, err := ask.Find(x.projects, name); err == nil && x.projects[m.Index].ID == id && m.Repository == "" {
			return name
		}
	}
	x.leave("%q may be several projects", p.Name)
	return ""
}

// around gives a claim what the words around it say.
func (x *extraction) around() {
	c := x.c
	x.out.Read = x.ofRead()
	x.out.Listed = c.Listed
	if !x.p.Listed {
		x.out.Listed = 0
	}
	if x.p.Level && x.p.Argument != property.AMilestone {
		x.out.Level = c.Level
	}
	x.out.Part = c.Part && x.p.Name == "purity"
	if year, err := strconv.Atoi(c.Year); err == nil && (x.p.Period == property.YearEnd || strings.HasPrefix(c.Field, "share.year") || strings.HasSuffix(c.Field, ".year")) {
		x.out.Period = &stated.Period{Year: year}
	}
	if x.p.Scoped() {
		x.out.Scope = c.Scope
	}
	head, arg, _ := strings.Cut(c.Field, ":")
	if ownSize := arg == "" || arg == x.j.language; c.Form == claim.Numeric && x.p.Scoped() && ownSize && len(x.j.reasoned(c, head)) > 0 {
		x.out.Scope = stated.OfRule
	}
}

// ofRead reports whether a claim is of what was read, by what the text says.
func (x *extraction) ofRead() bool {
	j, c := x.j, x.c
	switch {
	case c.Form == claim.Numeric && c.Num.Bound.Bounds():
		return c.Read
	case c.Form == claim.Numeric:
		return j.ofWhatWasRead(c) != ""
	case c.Form == claim.Dated:
		return c.Read || c.Day.Bound == claim.Exactly && j.isOfRead(c)
	case c.Kind == claim.Superlative:
		return j.ofAllRead(c) || x.p.Name == "superlative" && ofThese.MatchString(c.Sentence)
	case x.p.Name == "than":
		return j.isOfRead(c) && j.isOfRead(with(c, c.Field, c.Than, ""))
	case c.Kind == claim.Health:
		return c.Exact
	}
	return j.isOfRead(c)
}
