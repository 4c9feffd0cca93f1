package verify

import (
	"slices"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/verify/claim"
)

// A point is what a claim tells the value of: two values for one contradict each
// other.
type point struct {
	sort               claim.Sort
	id, field          string
	level, scope, year string
}

func pointOf(c *claim.Claim) point {
	return point{c.Subject.Sort, c.Subject.ID, c.Field, c.Level, c.Scope, c.Year}
}

// mentions are all that a report says of one point.
type mentions struct {
	claims []*claim.Claim
	days   map[string]int // how many claims give a day, by its text
	fits   map[float64][]claim.Quantity
}

// collect remembers what the report says in all, so that a claim can be judged by
// the others.
func (j *judge) collect(reading *claim.Reading) {
	j.neighbours(reading)
	for i := range reading.Claims {
		c := &reading.Claims[i]
		s := j.mentions[pointOf(c)]
		if s == nil {
			s = &mentions{days: map[string]int{}, fits: map[float64][]claim.Quantity{}}
			j.mentions[pointOf(c)] = s
		}
		s.claims = append(s.claims, c)
		if c.Form == claim.Dated {
			s.days[c.Day.Text]++
		}
	}
}

// elsewhere is what the report says of the point that a claim is about.
func (j *judge) elsewhere(c *claim.Claim) *mentions {
	if s := j.mentions[pointOf(c)]; s != nil {
		return s
	}
	return &mentions{}
}

// gives reports whether a claim besides c gives a day.
func (s *mentions) gives(day fact.Date, c *claim.Claim) bool {
	for _, n := range []int{len("2006-01-02"), len("2006-01"), len("2006")} {
		if len(day) < n {
			continue
		}
		text := string(day[:n])
		if others := s.days[text]; others > 1 || others == 1 && c.Day.Text != text {
			return true
		}
	}
	return false
}

// figures are the ways in which the report gives a value, each once.
func (s *mentions) figures(value float64) []claim.Quantity {
	if found, ok := s.fits[value]; ok {
		return found
	}
	var found []claim.Quantity
	for _, o := range s.claims {
		if len(found) < limit.VerifyWays && o.Form == claim.Numeric && !o.Part && o.Num.Fits(value) && !slices.Contains(found, o.Num) {
			found = append(found, o.Num)
		}
	}
	if s.fits != nil {
		s.fits[value] = found
	}
	return found
}

// readAlone: a text speaks of what was read.
var readAlone = lazyregexp.New(`(?i)\b(?:in|of|among|from) (?:what|those|all|the \pL+)(?: that| which)?(?: was| were| could be| we| they| we could| they could)(?: actually)? read\b|` +
	`\bwhose (?:code|repositories) (?:was|were|we|they|could be|we could|they could)(?: actually)? read\b`)

// ofAllThereIs: a sentence speaks of more than what was read, or of what others say.
var ofAllThereIs = lazyregexp.New(`(?i)\b(?:whole|entire|including|counting|all \d+|altogether|could not be read|estimat\w+|perhaps|probably|says?|claims?|claimed|according to)\b`)

// inAll: a sentence gives a sum, which may be of more than what was read unless it
// says otherwise.
var inAll = lazyregexp.New(`(?i)\bin all\b`)

// A speech is what a sentence says of how much it speaks of.
type speech struct {
	more  bool // of more than what was read
	alone bool // of what was read
}

// speech is that of the sentence of a claim. Many claims stand in one sentence, and
// each is looked at several times.
func (j *judge) speech(c *claim.Claim) speech {
	s, ok := j.speeches[c.Sentence]
	if !ok {
		s.alone = readAlone.MatchString(c.Sentence)
		s.more = ofAllThereIs.MatchString(c.Sentence) || !s.alone && inAll.MatchString(c.Sentence)
		j.speeches[c.Sentence] = s
	}
	return s
}

// ofWhatWasRead says why a figure is of what was read, so that more of it in
// what was not read would not make it true; "" when it may be of all there is. It
// is when the text says so, and when the report tells how many repositories were
// read, which are as many as we read.
func (j *judge) ofWhatWasRead(c *claim.Claim) string {
	said := j.speech(c)
	switch {
	case c.Read:
		return "in what was read, of which it is said"
	case said.more:
	case said.alone:
		return "in what was read, of which it is said"
	case j.tellsCoverage(c.Subject):
		return "in what was read, of which the report tells how much it is"
	}
	return ""
}

// tellsCoverage reports whether the report says how many repositories were read,
// in all or of the project of a subject, or of how many projects something was, and
// those are as many as here.
func (j *judge) tellsCoverage(s claim.Subject) bool {
	if j.tells(point{sort: claim.OfAll, field: "repos.read"}, float64(j.f.Coverage.Read)) ||
		j.tells(point{sort: claim.OfAll, field: "count.read"}, float64(j.f.Coverage.Projects-j.f.Summary.Unknown)) {
		return true
	}
	p := j.project(s)
	return p != nil && j.tells(point{sort: claim.OfProject, id: p.ID, field: "repos.read"}, float64(p.Coverage.Read))
}

// tells reports whether the report gives a value for a point.
func (j *judge) tells(t point, value float64) bool {
	s := j.mentions[t]
	return s != nil && len(s.figures(value)) > 0
}
