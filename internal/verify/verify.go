// Package verify holds a report against the facts, claim by claim.
//
// A report is any Markdown text on projects of a landscape. [Read] parses it
// (package page), and [Report.Check] takes out its atomic statements (package
// claim), judges each by the findings of a survey, and looks at the document as a
// whole: whether it contradicts itself, leaves projects out that meet its own
// criterion, or lists some that do not. [Fix] writes measured values over wrong ones where that is safe. Package render
// shows the result.
//
// Like all that is made from facts, it reads no repository, no network and no
// clock. What the facts do not tell is never called right: see [Unverifiable].
// docs/verify.md lists the kinds of claims and their limits.
package verify

import (
	"assay/internal/fact"
	"assay/internal/verify/claim"
	"assay/internal/verify/judge"
)

// A Verdict is what the facts say of a claim: see package judge.
type Verdict = judge.Verdict

// The verdicts, worst first.
const (
	Refuted      = judge.Refuted
	Outdated     = judge.Outdated
	Ambiguous    = judge.Ambiguous
	Unverifiable = judge.Unverifiable
	Subjective   = judge.Subjective
	Confirmed    = judge.Confirmed
)

// A Hypothesis is what may have gone wrong: see package judge.
type Hypothesis = judge.Hypothesis

// Verdicts lists the verdicts, worst first.
func Verdicts() []Verdict {
	return []Verdict{Refuted, Outdated, Ambiguous, Unverifiable, Subjective, Confirmed}
}

// A Place is a stretch of the report's bytes.
type Place struct {
	Line   int `json:"line"`   // 1-based
	Column int `json:"column"` // 1-based, in characters
	Offset int `json:"offset"` // of the first byte
	End    int `json:"end"`    // of the byte after the last
}

// A Claim is a statement of the report with its verdict.
type Claim struct {
	Place
	// ID is the name that a claim which is data gives itself.
	ID   string     `json:"id,omitempty"`
	Kind claim.Kind `json:"kind"`
	// Section is the headings above the claim, outermost first.
	Section []string `json:"section,omitempty"`
	// History: it stands in a part of the report on the past, such as a changelog,
	// in which nothing is written.
	History bool `json:"history,omitempty"`
	// Subject is what it is about, as the facts name it: a project, a repository,
	// a package, or "" for the report's projects together.
	Subject string `json:"subject,omitempty"`
	// Quote is the bytes at Place: what was claimed, as it stands; of a claim that is
	// data its value.
	Quote string `json:"quote"`
	// Claimed and Measured are both sides in words; Measured is empty when it is
	// not known.
	Claimed  string  `json:"claimed"`
	Measured string  `json:"measured,omitempty"`
	Verdict  Verdict `json:"verdict"`
	// Why is the reason of the verdict, a clause.
	Why string `json:"why,omitempty"`
	// Hypothesis explains a wrong value, where one was found.
	Hypothesis *Hypothesis `json:"hypothesis,omitempty"`
	// Source is what would tell, for an unverifiable claim.
	Source   string          `json:"missing_source,omitempty"`
	Evidence []fact.Evidence `json:"evidence,omitempty"`
	// Edit mends the claim; nil when that is not safe. What it writes is exact in
	// the facts, and stands in a cell or property with a label.
	Edit *Edit `json:"edit,omitempty"`
	// Suggestion is what would mend a claim of running text, or the likeliest of
	// several values; nil where there is an Edit or nothing is known. It is written
	// where that is asked for.
	Suggestion *Edit `json:"suggestion,omitempty"`
}

// An Edit replaces bytes of the report. It may reach beyond those of the claim, to
// words that have to agree with the new ones.
type Edit struct {
	Offset int    `json:"offset"`
	End    int    `json:"end"`
	Text   string `json:"text"`
}

// A Finding is about the report as a whole.
type Finding struct {
	Place
	// Kind is "contradiction", "count" (a number is not that of the rows it
	// sums), "omission" (a project or statement is missing), or "criterion" (a listed project does not
	// meet the report's own).
	Kind string `json:"kind"`
	// Verdict is Refuted for what is wrong whatever the facts are, Unverifiable
	// for what cannot be told.
	Verdict Verdict `json:"verdict"`
	// Subject is the project that it is about, where that is one.
	Subject string `json:"subject,omitempty"`
	Text    string `json:"text"`
	// Others are the further places it is about.
	Others   []Place         `json:"others,omitempty"`
	Evidence []fact.Evidence `json:"evidence,omitempty"`
}

// An Unchecked is a statement that is not checked: of what or of which time it is, is
// not certain.
type Unchecked struct {
	Place
	Quote string `json:"quote"`
	Why   string `json:"why"`
}

// A Result is a report that was checked.
type Result struct {
	// Name of the report, as it was given: a path.
	Name string `json:"report"`
	// AsOf is the day it was held against, and Why that one.
	AsOf    fact.Date `json:"as_of"`
	AsOfWhy string    `json:"as_of_why"`
	// Language that it is about; "" where none is named.
	Language string `json:"language"`
	// Landscape is the file behind the facts.
	Landscape fact.Evidence `json:"landscape"`
	// Claims, in the order of the report.
	Claims   []Claim   `json:"claims"`
	Findings []Finding `json:"findings"`
	// Figures counts the numbers and dates of the text, and those that are part
	// of a claim.
	Figures     int `json:"figures"`
	FiguresRead int `json:"figures_read"`
	// Unchecked are the statements that are not checked.
	Unchecked []Unchecked `json:"unchecked,omitempty"`
	// Unread are the places of the figures that are in no claim.
	Unread []Place `json:"unread,omitempty"`
}

// Count is how many claims have the verdict.
func (r *Result) Count(v Verdict) int {
	n := 0
	for i := range r.Claims {
		if r.Claims[i].Verdict == v {
			n++
		}
	}
	return n
}
