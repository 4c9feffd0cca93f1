package usage

import (
	"fmt"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
	"assay/internal/finding/words"
)

// A Class is what a language is to a project. Classes are ordered: what was not
// read can only raise one.
type Class int8

// The classes, weakest first.
const (
	// Unknown: nothing could be read.
	Unknown Class = iota
	// None: no counted code in what was read.
	None
	// Trace: some counted code, less than that of a component.
	Trace
	// Part (written "component"): not core, but some repository or component of
	// product role is mainly this language, or its share reaches the threshold.
	Part
	// Core: the largest language of the project or of its primary repository.
	Core
)

// classNames are the classes as they are written, by their value.
var classNames = [...]string{"unknown", "none", "trace", "component", "core"}

// Classes lists the classes, strongest first.
func Classes() []Class { return []Class{Core, Part, Trace, None, Unknown} }

// ParseClass reads a class as it is written. An unknown one is errkind.Usage.
func ParseClass(name string) (Class, error) {
	for _, c := range Classes() {
		if c.String() == name {
			return c, nil
		}
	}
	return Unknown, errkind.WithHint(errkind.Errorf(errkind.Usage, "class %q is not known", name),
		"one of core, component, trace, none, unknown")
}

// String is the class as it is written.
func (c Class) String() string { return classNames[c] }

// MarshalText implements encoding.TextMarshaler.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *Class) UnmarshalText(text []byte) error {
	parsed, err := ParseClass(string(text))
	*c = parsed
	return err
}

// Uses reports whether the language has a part in the project worth a section:
// core or component.
func (c Class) Uses() bool { return c == Core || c == Part }

// The rules by which a class is given.
const (
	RuleLargest    = "largest-of-project"
	RulePrimary    = "largest-of-primary"
	RuleRepository = "mainly-in-repository"
	RuleComponent  = "mainly-in-component"
	RuleShare      = "share"
	RuleTrace      = "some-code"
	RuleNone       = "no-code"
	RuleUnknown    = "nothing-read"
)

// A Verdict is the class of a project with the rules that gave it.
type Verdict struct {
	Class Class `json:"class"` // in what was read
	// Bounds of the true class, whatever is in what was not read.
	Bounds quantity.Of[Class] `json:"class_bounds"`
	// Incomplete: repositories were not read, their mirrors end before the day, or
	// files were missing, so that Bounds may be wider than Class.
	Incomplete bool `json:"incomplete"`
	// Because lists the rules that hold, strongest first; never empty.
	Because []Because `json:"because"`
}

// Words is the class as a reader sees it: "core", "at least component", "core (at
// least component)", "none in what was read".
func (v Verdict) Words() string {
	q := v.Bounds
	switch {
	case v.Class == Unknown:
		return words.Unknown
	case q.Exact():
		return v.Class.String()
	case q.Lower == nil || *q.Lower <= None:
		return v.Class.String() + " in what was read"
	case *q.Lower == v.Class:
		return "at least " + v.Class.String()
	}
	return fmt.Sprintf("%s (at least %s)", v.Class, *q.Lower)
}

// Cell is the class for a cell of a table, in the notation of figures:
// "component+", "core (component+)", "none?".
func (v Verdict) Cell() string {
	q := v.Bounds
	switch {
	case v.Class == Unknown:
		return words.Unknown
	case q.Exact():
		return v.Class.String()
	case q.Lower == nil || *q.Lower <= None:
		return v.Class.String() + words.Either
	case *q.Lower == v.Class:
		return v.Class.String() + words.Higher
	}
	return fmt.Sprintf("%s (%s%s)", v.Class, *q.Lower, words.Higher)
}

// Settled reports whether the class is the true one, whatever is in what was not
// read.
func (v Verdict) Settled() bool { return v.Bounds.Exact() }

// A Because is one rule that holds for a project, in words, with the figures
// it was applied to.
type Because struct {
	Rule     string          `json:"rule"`
	Text     string          `json:"text"`
	Bytes    int64           `json:"bytes"` // of the language
	Total    int64           `json:"total"` // of all languages
	Evidence []fact.Evidence `json:"evidence"`
}

// mostExamples bounds how many repositories or components a rule lists.
const mostExamples = 5

// A judge holds what a class is decided from: the repositories of a project
// within a scope and their sum.
type judge struct {
	language   string
	scope      fact.Scope
	thresholds finding.Thresholds
	repos      []*Repository // counted
	components map[string]*fact.Components
	sum        *tally
	coverage   profile.ProjectCoverage
}

// verdict is the class with its bounds.
func (j *judge) verdict() Verdict {
	v := j.decide()
	v.Bounds = j.bounds(v.Class)
	return v
}

// decide applies the rules of the definitions, in their order, to what was read.
func (j *judge) decide() Verdict {
	v := Verdict{Incomplete: !j.coverage.Complete()}
	if len(j.repos) == 0 {
		v.Class, v.Because = Unknown, []Because{{
			Rule: RuleUnknown, Text: "nothing could be measured: " + j.coverage.Words(), Evidence: []fact.Evidence{},
		}}
		return v
	}
	switch {
	case j.holds(&v, j.largest()):
		v.Class = Core
	case j.holds(&v, j.mainRepositories(), j.mainComponents(), j.share()):
		v.Class = Part
	case j.sum.Bytes > 0:
		v.Class, v.Because = Trace, []Because{j.trace()}
	default:
		v.Class, v.Because = None, []Because{j.none()}
	}
	return v
}

func (j *judge) holds(v *Verdict, rules ...[]Because) bool {
	for _, r := range rules {
		v.Because = append(v.Because, r...)
	}
	return len(v.Because) > 0
}

func (j *judge) largest() []Because {
	var found []Because
	for _, r := range j.repos {
		if r.Reason == fact.Primary && r.leads && !r.Meta {
			found = append(found, Because{
				Rule:  RulePrimary,
				Text:  fmt.Sprintf("%s is the largest language of the primary repository %s: %s", j.language, r.Slug(), ShareWords(r.Figures)),
				Bytes: r.Figures.Bytes, Total: r.Figures.Total, Evidence: []fact.Evidence{r.Evidence()},
			})
		}
	}
	if len(found) == len(j.repos) || !mainly(j.sum.languages, j.language) {
		return found // nothing beside the primary repository to sum up
	}
	return append([]Because{{
		Rule: RuleLargest,
		Text: fmt.Sprintf("%s is the largest language of the project: %s", j.language, ShareWords(j.sum.figures())),

		Bytes: j.sum.Bytes, Total: j.sum.Total, Evidence: j.evidence(func(r *Repository) bool { return r.Figures.Bytes > 0 }),
	}}, found...)
}

func (j *judge) mainRepositories() []Because {
	var found []Because
	more := 0
	for _, r := range j.repos {
		if !r.Mainly || r.Meta {
			continue
		}
		if len(found) == mostExamples {
			more++
			continue
		}
		found = append(found, Because{
			Rule:  RuleRepository,
			Text:  fmt.Sprintf("the repository %s is mainly %s: %s", r.Slug(), j.language, ShareWords(r.Figures)),
			Bytes: r.Figures.Bytes, Total: r.Figures.Total, Evidence: []fact.Evidence{r.Evidence()},
		})
	}
	return andMore(found, more, j.language)
}

func (j *judge) mainComponents() []Because {
	var found []Because
	more := 0
	for _, r := range j.repos {
		if r.Mainly || r.Meta {
			continue // said of the repository already, or decides nothing
		}
		for _, p := range mainParts(r, j.components[r.ID.Key()], j.language) {
			if len(found) == mostExamples {
				more++
				continue
			}
			found = append(found, Because{
				Rule: RuleComponent,
				Text: fmt.Sprintf("the component %s of %s is mainly %s: %s of %s in product files",
					p.name, r.Slug(), j.language, words.Amount(p.bytes, "byte"), words.Number(p.total)),
				Bytes: p.bytes, Total: p.total, Evidence: []fact.Evidence{r.At(p.path, true)},
			})
		}
	}
	return andMore(found, more, j.language)
}

func andMore(found []Because, more int, language string) []Because {
	if more > 0 {
		last := &found[len(found)-1]
		last.Text += fmt.Sprintf("; and %s more that are mainly %s", words.Number(more), language)
	}
	return found
}

func (j *judge) share() []Because {
	f := j.sum.figures()
	if f.Share == nil || *f.Share < j.thresholds.ComponentShare {
		return nil
	}
	return []Because{{
		Rule: RuleShare,
		Text: fmt.Sprintf("%s reaches the threshold of %s: %s", j.language, words.Percent(j.thresholds.ComponentShare), ShareWords(f)),

		Bytes: f.Bytes, Total: f.Total, Evidence: j.evidence(func(r *Repository) bool { return r.Figures.Bytes > 0 }),
	}}
}

func (j *judge) trace() Because {
	f := j.sum.figures()
	return Because{
		Rule: RuleTrace,
		Text: fmt.Sprintf("some %s, below %s and mainly in no repository or component: %s", j.language,
			words.Percent(j.thresholds.ComponentShare), ShareWords(f)),

		Bytes: f.Bytes, Total: f.Total, Evidence: j.evidence(func(r *Repository) bool { return r.Figures.Bytes > 0 }),
	}
}

func (j *judge) none() Because {
	text := fmt.Sprintf("0 bytes of %s in %s", j.language, j.coverage.Words())
	return Because{
		Rule: RuleNone, Text: text, Total: j.sum.Total,
		Evidence: j.evidence(func(*Repository) bool { return true }),
	}
}

// evidence is the trees of the repositories that fit, all of them.
func (j *judge) evidence(fits func(*Repository) bool) []fact.Evidence {
	found := []fact.Evidence{}
	for _, r := range j.repos {
		if fits(r) {
			found = append(found, r.Evidence())
		}
	}
	return found
}
