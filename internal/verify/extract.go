package verify

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"assay/internal/ask"
	"assay/internal/finding"
	"assay/internal/finding/usage"
	"assay/internal/limit"
	"assay/internal/verify/claim"
	"assay/internal/verify/judge"
	"assay/internal/verify/property"
	"assay/internal/verify/stated"
)

// This file writes what was read from a text as claims that are data.

// Extract is what was read from the report, as claims that are data. What has no such form
// is listed with the reason. It fails as [Report.Check] does.
func (rep *Report) Extract(ctx context.Context, facts finding.Facts, f *usage.Findings, opts Options) (*stated.Document, error) {
	j, _, reading, err := rep.read(ctx, facts, f, opts)
	if err != nil {
		return nil, err
	}
	d := &stated.Document{Version: stated.Version, AsOf: string(facts.Survey.AsOf), Language: j.Language, Claims: []stated.Claim{}}
	s := facts.Survey
	projects := ask.Projects(s.Landscape, s.Catalog.Repositories, opts.Aliases)
	for i := range reading.Claims {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := &reading.Claims[i]
		if c.Loose != "" && j.Judge(c).Verdict != Confirmed {
			continue // which is not checked
		}
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
	j        *judge.Judge
	c        *claim.Claim
	projects []ask.Project
	out      stated.Claim
	why      string // it has no form as data
}

func (x *extraction) leave(format string, args ...any) {
	if x.why == "" {
		x.why = fmt.Sprintf(format, args...)
	}
}

func (x *extraction) extract() {
	c, p := x.c, x.c.Property
	switch {
	case len(c.Subject.Others) > 0:
		x.leave("%q may be %s", c.Subject.Text, strings.Join(append([]string{c.Subject.ID}, c.Subject.Others...), " or "))
	case p.Text != "":
		x.leave("%s", p.Text)
	case p.Argument != "" && !p.Optional && c.Of == "":
		x.leave("the text does not say of which %s", p.Argument)
	}
	if x.why != "" {
		return
	}
	x.out.Property, x.out.Of, x.out.Language = p.Name, c.Of, c.Language
	x.value()
	x.subject()
	x.out.Read = x.j.OfRead(c)
	x.out.Part, x.out.Listed = c.Part, c.Listed
	for _, id := range c.Among {
		x.out.Among = append(x.out.Among, x.projectName(id))
	}
	if p.Level {
		x.out.Level = c.Level
	}
	if year, err := strconv.Atoi(c.Year); err == nil && (p.Is("share") || p.Period == property.YearEnd || p.Period == property.Year) {
		x.out.Period = &stated.Period{Year: year}
	}
	if p.Scoped() {
		x.out.Scope = c.Scope
	}
}

// subject says what a claim is about.
func (x *extraction) subject() {
	s, c := &x.out.Subject, x.c
	p, may := x.j.Project(c.Subject), c.Property.MayBeOf
	switch r := x.j.Repository(c.Subject.ID); {
	case c.Level != "" && may(property.OfLevel):
		s.Level = c.Level
	case c.Subject.Sort == claim.OfPackage && may(property.OfPackage):
		s.Package, s.Project, s.Manifest = c.Subject.ID, x.projectName(c.Subject.Within), c.Manifest
	case c.Subject.Sort == claim.OfRepository && may(property.OfRepository) && r != nil:
		s.Repository = string(r.ID)
	case p != nil && may(property.OfProject):
		s.Project = x.projectName(p.ID)
	case may(property.OfLandscape) && c.Subject.Sort == claim.OfAll:
		s.Landscape = true
	default:
		x.leave("it is about nothing that the property is said of")
	}
}

// projectName is the name by which a project is found.
func (x *extraction) projectName(id string) string {
	p := x.j.Project(project(id))
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

// value gives a claim its value as data.
func (x *extraction) value() {
	c, v := x.c, x.c.Property.Value
	switch {
	case v == property.None:
	case v.IsNumber():
		x.number(c.Num)
	case v == property.Date:
		x.out.Value = &stated.Value{Text: c.Day.Text}
	case strings.TrimSpace(c.Word) == "" || len(c.Word) > limit.ClaimsText:
		x.leave("its words are none, or too many")
	default:
		word := c.Word
		if v == property.Word {
			if word = strings.ToLower(word); !slices.Contains(c.Property.Words, word) {
				x.leave("%q is no word that it is measured by", word)
			}
		}
		x.out.Value = &stated.Value{Text: word}
	}
}

// number gives a claim a number. What words mean by over, under and almost is a range.
func (x *extraction) number(q claim.Quantity) {
	if q.Percent || x.c.Property.Value == property.Percent {
		x.out.Unit = "%"
	}
	switch q.Bound {
	case claim.Over, claim.Under, claim.Nearly:
		reach := q.Reach()
		x.out.Bound = stated.Range
		x.out.Value, x.out.To = plainNumber(max(0, reach.From)), plainNumber(reach.To)
		x.out.Tolerance = plainNumber(0)
		return
	case claim.About:
		x.out.Bound = stated.About
	case claim.AtLeast:
		x.out.Bound = stated.AtLeast
	case claim.AtMost:
		x.out.Bound = stated.AtMost
	case claim.Exactly, claim.Range:
	}
	for _, text := range spellings(q.Value) {
		v := &stated.Value{Text: text, Number: true}
		if f := x.out.Figure(v); near(f.Value, q.Value) && (near(f.Tolerance, q.Slack) || q.Bound.Bounds() && !q.Percent) {
			x.out.Value = v
			return
		}
	}
	x.out.Value, x.out.Tolerance = plainNumber(q.Value), plainNumber(q.Slack)
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b)) }

func plainNumber(v float64) *stated.Value {
	return &stated.Value{Text: strconv.FormatFloat(v, 'f', -1, 64), Number: true}
}

// spellings are the ways to write a number: in full, with so many decimals, with an
// exponent. Their digits say how far it is rounded.
func spellings(v float64) []string {
	all := []string{strconv.FormatFloat(v, 'f', -1, 64)}
	const decimals = 4
	for k := range decimals {
		all = append(all, strconv.FormatFloat(v, 'f', k, 64))
		for _, e := range []int{3, 6, 9} {
			all = append(all, strconv.FormatFloat(v/math.Pow10(e), 'f', k, 64)+"e"+strconv.Itoa(e))
		}
	}
	return all
}
