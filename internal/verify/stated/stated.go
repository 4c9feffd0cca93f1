// Package stated holds claims as data: what somebody says of a project, a property of
// the dictionary and its value, in JSON and not in a text. [Read] reads a document of
// them, and finds everything that is wrong with it by the dictionary alone, with the
// place of each mistake; [Schema] says the same as a JSON Schema. What a document
// says is judged in package verify, which also knows the names of the landscape.
package stated

import (
	"encoding/json"

	"assay/internal/verify/property"
)

// Version of the format. Members are added without a new one.
const Version = 1

// A Document is claims, and what holds for all of them.
type Document struct {
	// Version of the format: 1.
	Version int `json:"version"`
	// AsOf is the day that the claims are of, YYYY-MM-DD; "" for the newest survey.
	AsOf string `json:"as_of,omitempty"`
	// Language is that of claims which name none.
	Language string  `json:"language,omitempty"`
	Claims   []Claim `json:"claims"`
	// Left are the claims of a text that have no form as data. Nobody judges them.
	Left []Left `json:"left_out,omitempty"`

	grid   *grid
	places map[string]int // of its own texts
	faults []Fault
}

// A Claim is one statement.
type Claim struct {
	ID       string  `json:"id,omitempty"`
	Subject  Subject `json:"subject"`
	Property string  `json:"property"`
	// Of is the argument of the property: the language of a share.
	Of    string `json:"of,omitempty"`
	Value *Value `json:"value,omitempty"`
	// To is the upper end of a range.
	To   *Value `json:"to,omitempty"`
	Unit string `json:"unit,omitempty"`
	// Bound is "" for Exactly.
	Bound Bound `json:"bound,omitempty"`
	// Tolerance is how far off the true value may be; nil for what the number itself
	// says: half of its last digit where it is a share, a decimal fraction or has an
	// exponent, else nothing.
	Tolerance *Value `json:"tolerance,omitempty"`
	Negated   bool   `json:"negated,omitempty"`
	// Scope is the repositories that a figure is over: primary, listed, organisation,
	// or rule, for the figures of the rules that gave the class.
	Scope string `json:"scope,omitempty"`
	// Level narrows it to a level of maturity.
	Level string `json:"level,omitempty"`
	// Than is what it compares with.
	Than string `json:"than,omitempty"`
	// Among are the projects of which some are counted.
	Among []string `json:"among,omitempty"`
	// Listed is how many are listed before "and N more".
	Listed int `json:"listed,omitempty"`
	// Part: it is said of a part of the subject.
	Part bool `json:"part,omitempty"`
	// Read: it is said of what was read, and not of all there is.
	Read     bool    `json:"in_what_was_read,omitempty"`
	Period   *Period `json:"period,omitempty"`
	Language string  `json:"language,omitempty"`
	// Quote is how a text says it, and Source where.
	Quote  string  `json:"quote,omitempty"`
	Source *Source `json:"source,omitempty"`

	index  int
	places map[string]place // by member, "" for the claim: where it stands
	faulty bool
}

// A Subject is what a claim is about: a project; a repository; a package of a project;
// the projects of a level; or the projects of the landscape together.
type Subject struct {
	Project    string `json:"project,omitempty"`
	Repository string `json:"repository,omitempty"`
	Package    string `json:"package,omitempty"`
	// Manifest tells packages of one name apart.
	Manifest  string `json:"manifest,omitempty"`
	Level     string `json:"level,omitempty"`
	Landscape bool   `json:"landscape,omitempty"`
}

// Sort is the sort of what it names; "" for none, or several.
func (s *Subject) Sort() property.Sort {
	var all []property.Sort
	for _, of := range []struct {
		sort  property.Sort
		given bool
	}{
		{property.OfProject, s.Project != "" && s.Package == ""}, {property.OfRepository, s.Repository != ""}, {property.OfPackage, s.Package != "" && s.Project != ""},
		{property.OfLevel, s.Level != ""}, {property.OfLandscape, s.Landscape},
	} {
		if of.given {
			all = append(all, of.sort)
		}
	}
	if len(all) != 1 || s.Package != "" && s.Project == "" || s.Manifest != "" && s.Package == "" {
		return ""
	}
	return all[0]
}

// A Period is the time that a claim is of: a year, or a day.
type Period struct {
	Year int    `json:"year,omitempty"`
	AsOf string `json:"as_of,omitempty"`
}

// A Source is where a claim stands in the text that it was read from.
type Source struct {
	Line   int `json:"line"`
	Column int `json:"column,omitempty"`
}

// A Left is a claim of a text that has no form as data.
type Left struct {
	Quote  string  `json:"quote"`
	Why    string  `json:"why"`
	Source *Source `json:"source,omitempty"`
}

// A Value is a number, as it is written, or a text.
type Value struct {
	Text   string
	Number bool
}

// MarshalJSON writes a number as it is.
func (v Value) MarshalJSON() ([]byte, error) {
	if v.Number {
		return []byte(v.Text), nil
	}
	return json.Marshal(v.Text)
}

// A Bound says how a value is meant.
type Bound string

// The bounds. Over and under are more and less, without the value itself; of a date,
// after and before it.
const (
	Exactly Bound = "exactly"
	About   Bound = "about" // within a tenth
	AtLeast Bound = "at least"
	AtMost  Bound = "at most"
	Over    Bound = "over"
	Under   Bound = "under"
	Range   Bound = "range" // from the value to another, both included
)

// boundsOf are those that the values of a property may have.
func boundsOf(p *property.Property) []Bound {
	switch {
	case p.Value.IsNumber():
		return []Bound{Exactly, About, AtLeast, AtMost, Over, Under, Range}
	case p.Value == property.Date:
		return []Bound{Exactly, AtLeast, AtMost, Over, Under, Range}
	case p.Name == "class":
		return []Bound{Exactly, AtLeast}
	case p.Kind == "health":
		return []Bound{Exactly, Range}
	}
	return []Bound{Exactly}
}

// Properties are those that a claim which is data may say.
func Properties() []*property.Property {
	var all []*property.Property
	for _, p := range property.All() {
		if p.Text == "" {
			all = append(all, p)
		}
	}
	return all
}

// Scopes are the words for the repositories that figures are over.
func Scopes() []string { return []string{"primary", "listed", "organisation", OfRule} }

// OfRule is the scope of figures that a rule for the class was applied to.
const OfRule = "rule"

// Claimed is the property of a claim.
func (c *Claim) Claimed() *property.Property { return property.Named(c.Property) }

// A place is bytes of the source.
type place struct{ from, to int }

// Index is the place of a claim in the document, from 0.
func (c *Claim) Index() int { return c.index }

// Faulty reports whether a claim has a mistake, so that nothing more is to be asked of
// it.
func (c *Claim) Faulty() bool { return c.faulty }

// Place is where the value of a claim stands in the document, without its quotation
// marks; of one without a value its property.
func (d *Document) Place(c *Claim) (line, column, from, to int) {
	at, ok := c.places["value"]
	if !ok {
		at = c.places["property"]
	}
	if s := d.grid.source[at.from:at.to]; len(s) > 1 && s[0] == '"' {
		at = place{at.from + 1, at.to - 1}
	}
	line, column = d.grid.of(at.from)
	return line, column, at.from, at.to
}
