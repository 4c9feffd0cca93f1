package verify

import (
	"regexp"
	"slices"

	"assay/internal/verify/claim"
)

// A thing is what a claim tells the value of: two values for one contradict each
// other.
type thing struct {
	sort               claim.Sort
	id, field          string
	level, scope, year string
}

func thingOf(c *claim.Claim) thing {
	return thing{c.Subject.Sort, c.Subject.ID, c.Field, c.Level, c.Scope, c.Year}
}

// hear remembers what the report says in all, so that a claim can be judged by
// the others.
func (j *judge) hear(reading *claim.Reading) {
	for i := range reading.Claims {
		c := &reading.Claims[i]
		j.said[thingOf(c)] = append(j.said[thingOf(c)], c)
	}
}

// elsewhere are the other claims on the same thing.
func (j *judge) elsewhere(c *claim.Claim) []*claim.Claim {
	var others []*claim.Claim
	for _, o := range j.said[thingOf(c)] {
		if o.Source() != c.Source() {
			others = append(others, o)
		}
	}
	return others
}

// readAlone: a text speaks of what was read.
var readAlone = regexp.MustCompile(`(?i)\bin what (?:was|we|could be|we could) read\b`)

// ofWhatWasRead says why a figure is of what was read, so that more of it in
// what was not read would not make it true; "" when it may be of all there is. It
// is when the text says so, when the report tells how many repositories were
// read, which are as many as we read, and when it gives what was read as the same
// figure elsewhere.
func (j *judge) ofWhatWasRead(c *claim.Claim, m measure) string {
	switch {
	case readAlone.MatchString(c.Sentence):
		return "in what was read, of which it is said"
	case j.tellsCoverage(c.Subject):
		return "in what was read, of which the report tells how much it is"
	case j.saysElsewhere(c, m):
		return "in what was read, as the report says elsewhere"
	}
	return ""
}

// tellsCoverage reports whether the report says how many repositories were read,
// in all or of the project of a subject.
func (j *judge) tellsCoverage(s claim.Subject) bool {
	told := j.said[thing{sort: claim.OfAll, field: "repos.read"}]
	if p := j.project(s); p != nil {
		told = append(slices.Clip(told), j.said[thing{sort: claim.OfProject, id: p.ID, field: "repos.read"}]...)
	}
	for _, c := range told {
		if j.number(c).verdict == Confirmed {
			return true
		}
	}
	return false
}

// saysElsewhere reports whether another claim on the same thing has the measured
// value, which contradicts this one.
func (j *judge) saysElsewhere(c *claim.Claim, m measure) bool {
	if !single(c) {
		return false
	}
	for _, o := range j.elsewhere(c) {
		if o.Form == claim.Numeric && !o.Part && o.Num.Fits(m.value) && !o.Num.Fits(c.Num.Value) && !c.Num.Fits(o.Num.Value) {
			return true
		}
	}
	return false
}
