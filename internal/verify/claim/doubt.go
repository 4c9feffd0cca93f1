package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/frame"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
)

// This file decides which statements are told as not checked: those of which it is
// not certain what they are about, or of which time. A statement that is not checked
// is never called right or wrong.

// A Doubt is a statement that is not checked, and why.
type Doubt struct {
	Claim
	Why string
}

// harmless are kinds that are never called wrong by what a sentence says besides.
var harmless = map[Kind]bool{Source: true, Change: true, Description: true, Link: true, Persona: true, Focus: true, Chat: true, Reason: true}

// ofTheirDay are kinds that say of themselves of which day they are.
var ofTheirDay = map[Kind]bool{Milestone: true, Audit: true, Review: true, Adoption: true}

// ofWork are kinds that tell what was done.
var ofWork = map[Kind]bool{Commits: true, Authors: true, Release: true, Cadence: true, Activity: true, Organisation: true, Factor: true}

// wholeNumbers are kinds of whole numbers.
var wholeNumbers = map[Kind]bool{Count: true, Commits: true, Authors: true, Release: true, Factor: true, Packages: true, Files: true, Lines: true, Repositories: true, Adopter: true, Maintainer: true}

// doubt says why a claim is not checked; "" for one that is.
func (r *reader) doubt(st *statement, c *Claim) string {
	switch kind := c.Kind(); {
	case c.Is("report") && c.Block.Form != page.Front && c.Label == "" && r.AsOf != "" && !strings.HasPrefix(r.AsOf, c.Day.Text):
		return "it is of another day"
	case harmless[kind], c.Property.Under("report"):
		return ""
	case wholeNumbers[kind] && c.Property.Value.IsNumber() && !c.Num.Percent && c.Num.Slack > 0 && c.Num.Slack < 0.5:
		return "it is no whole number"
	}
	if why := r.placeDoubt(c); why != "" {
		return why
	}
	if c.Subject.Sort == OfAll && !c.Property.MayBeOf(property.OfLandscape) && c.Kind() != Member {
		return "whom it is about is not said"
	}
	if st.said != nil {
		return saidDoubt(st, c)
	}
	if c.Cell && r.besideValue(c) {
		return "it stands beside the value that the label is of"
	}
	return ""
}

// saidDoubt is the doubt that the sentence of a claim raises.
func saidDoubt(st *statement, c *Claim) string {
	said, kind := st.said, c.Kind()
	dated := isDated(c)
	listed := c.Is("adopter", "maintainer") || kind == Audit && st.block.Form == page.Item
	switch {
	case listed:
		return ""
	case c.unsure != "":
		return c.unsure
	case said.why != "":
		return said.why
	case said.now != "" && !dated:
		return said.now
	case !dated && !ofWork[kind] && pastTense.MatchString(ofWhatWasRead.ReplaceAllString(st.s(), "")):
		return "it tells what was"
	case c.Part && len(said.names) == 0:
		return "" // of a part of what the section is about
	case c.Subject.Sort == OfAll && c.Property.Value.IsNumber() && kind != Count && kind != Repositories && !ofTheProjects.MatchString(st.s()):
		return "it does not say of what it is"
	case kind == Repositories && c.Subject.Sort == OfAll && !ofWhatWasRead.MatchString(st.s()):
		return "it does not say of what it is"
	case kind != Member && kind != Count && kind != Repositories && said.who != "" && c.Subject.Sort != OfAll:
		return said.who
	}
	return ""
}

// ofTheProjects: it is said of the projects that use the language together.
var ofTheProjects = lazyregexp.New(`(?i)\bprojects (?:that|which) (?:use|are written in)\b|\b(?:` + languageNames + `) projects\b`)

// isDated reports whether a claim is a day that says of itself of when it is.
func isDated(c *Claim) bool {
	return c.Day.Text != "" && (ofTheirDay[c.Kind()] || c.Is("release.last") && c.Of != "")
}

// A firstKey is what a label is of.
type firstKey struct {
	text     *page.Text
	property string
}

// besideValue reports whether a number of a cell stands behind the one that its label
// is of: "29,713 (across 3 files)".
func (r *reader) besideValue(c *Claim) bool {
	if !c.Property.Value.IsNumber() {
		return false
	}
	key := firstKey{c.Text, c.Property.Name}
	have, known := r.first[key]
	if !known {
		r.first[key] = c.Span
		return false
	}
	return have.To <= c.From && strings.Contains(c.Text.S[have.To:c.From], "(")
}

// placeDoubt is the doubt that the place of a claim raises.
func (r *reader) placeDoubt(c *Claim) string {
	f := &c.Frame
	switch {
	case f.Elsewhere != "":
		return "the section is about " + f.Elsewhere
	case (f.History || f.Rows == frame.Changes) && !isDated(c):
		return "it tells what was"
	case c.Block.Form != page.Row:
		return ""
	case f.Rows == frame.Releases && !isDated(c):
		return "the row is about a release"
	case f.Rows == frame.Others:
		return "what the rows of the table are is not known: " + quotedHead(f.Head)
	case f.Rows == frame.Projects && !f.Named && c.Subject.Sort != OfProject && c.Subject.Sort != OfRepository && c.Subject.Sort != OfPackage:
		return "what the row is about is not known"
	case c.Kind() == Count && levelOf(c.Label) != "" && !countsProjects(c):
		return "what is counted by level is not known: " + quotedHead(c.Block.Cells[0].S)
	case f.Rows == frame.Kinds && c.Kind() != Member && c.Subject.Sort != OfProject && !classes[label(c.Block.Cells[0].S)]:
		return "the rows of the table are groups of projects: " + quotedHead(f.Head)
	}
	return ""
}

// countsProjects reports whether a number under a level is one of projects: by the first
// cell of its row, where the level is the head of a column.
func countsProjects(c *Claim) bool {
	first := c.Block.Cells[0].S
	switch c.Frame.Rows {
	case frame.Levels, frame.Years, frame.Languages:
		return true
	case frame.Properties:
		return label(first) == c.Label || counted.MatchString(first)
	}
	return counted.MatchString(first)
}

// counted: a row counts projects.
var counted = lazyregexp.New(`(?i)\b(?:projects?|total|number|count)\b`)

var classes = map[string]bool{"core": true, "component": true, "trace": true, "none": true, "unknown": true}

// quotedHead is the head of a table in a reason, cut where it is long.
func quotedHead(s string) string {
	const long = 40
	if s = strings.TrimSpace(s); s == "" {
		return "no head"
	}
	if len(s) > long {
		s = strings.ToValidUTF8(s[:long], "") + "…"
	}
	return "“" + s + "”"
}
