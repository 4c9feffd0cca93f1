package verify

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
)

// counts are numbers of projects.
func (j *judge) counts(c *claim.Claim) []measure {
	s := &j.f.Summary
	switch c.Field {
	case "count.using":
		b, open := j.using("")
		return j.counted(s.Using(), "that use "+j.language, b, open)
	case "count.read":
		return count(j.f.Coverage.Projects-s.Unknown, "project", j.landscape()...)
	case "count.area":
		return j.areaCount(c)
	case "count.some":
		return j.some(c)
	case "count.core":
		return j.classCount(usage.Core, s.Core)
	case "count.component":
		return j.classCount(usage.Part, s.Component)
	case "count.trace":
		return j.classCount(usage.Trace, s.Trace)
	case "count.none":
		return j.classCount(usage.None, s.None)
	case "count.unknown":
		return count(s.Unknown, "project", j.landscape()...)
	case "count.partial":
		return count(j.f.Coverage.ProjectsPartial, "project", j.landscape()...)
	case "count.projects":
		listed := j.f.Coverage.Projects + j.f.Coverage.LeftOut
		return []measure{{value: float64(listed), unit: "project", about: "in the landscape", evidence: j.landscape()}}
	case "count.level", "count.level.using", "count.level.projects", "count.level.unknown":
		return j.levelCounts(c)
	case "growth.accepted", "growth.adopted":
		return j.growth(c)
	}
	return nil
}

// classCount is the number of projects of a class.
func (j *judge) classCount(class usage.Class, n int) []measure {
	b, open := j.ofClass(class)
	return j.counted(n, "of class "+class.String(), b, open)
}

// counted is a number of projects, n in what was read, of which open may be or not.
func (j *judge) counted(n int, about string, b bounds, open []*usage.Project) []measure {
	m := measure{value: float64(n), unit: "project", about: about, evidence: j.landscape(), strict: true}
	if len(open) > 0 {
		m.can, m.unread = &b, openWords(open)
	}
	return []measure{m}
}

func (j *judge) landscape() []fact.Evidence {
	return []fact.Evidence{j.facts.Survey.Landscape.Evidence}
}

// levelCounts are numbers of projects of one level: those that use the language,
// and for a number in a sentence about the landscape, all of them.
func (j *judge) levelCounts(c *claim.Claim) []measure {
	for _, m := range j.f.Summary.Maturities {
		if m.Maturity != c.Level {
			continue
		}
		switch c.Field {
		case "count.level.projects":
			return count(m.Projects, "project", j.landscape()...)
		case "count.level.unknown":
			return count(m.Unknown, "project", j.landscape()...)
		}
		all := []measure{{value: float64(m.Projects), unit: "project", about: c.Level + " in the landscape", evidence: j.landscape()}}
		if c.Field == "count.level" && c.Label == "" && !j.speaksOfUse(c) {
			return all
		}
		b, open := j.using(c.Level)
		return j.counted(len(m.Using), c.Level+" that use "+j.language+": "+strings.Join(m.Using, ", "), b, open)
	}
	return nil
}

// usesWords: a sentence counts projects that use a language.
var usesWords = lazyregexp.New(`(?i)\b(?:use|uses|using|written|utili[sz]ing|adopt\w*|of them)\b|\([\pL]`)

// speaksOfUse reports whether the sentence of a count is about projects that use
// the language.
func (j *judge) speaksOfUse(c *claim.Claim) bool {
	return usesWords.MatchString(c.Sentence) || hasWord(c.Sentence, j.language)
}

// hasWord reports whether a text has a word or words, whatever their case: "C" is
// not in "CNCF", nor in "C++".
func hasWord(text, word string) bool {
	text, word = strings.ToLower(text), strings.ToLower(word)
	for from := 0; word != ""; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		from += i + len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:from-len(word)])
		after, _ := utf8.DecodeRuneInString(text[from:])
		if !isWordRune(before) && !isWordRune(after) {
			return true
		}
	}
	return false
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' || r == '#'
}

// growth are the sums up to a year.
func (j *judge) growth(c *claim.Claim) []measure {
	year, err := strconv.Atoi(strings.TrimSpace(c.Year))
	if err != nil {
		return nil
	}
	for _, y := range j.f.Growth {
		if y.Year == year {
			n, q := y.Total, y.TotalBounds
			if c.Field == "growth.adopted" {
				n, q = y.AdoptedTotal, y.AdoptedBounds
			}
			m := count(n, "project", j.landscape()...)
			if !q.Exact() {
				b := boundsIn(q)
				m[0].can, m[0].unread = &b, words.Gap(q.Missing)
			}
			return m
		}
	}
	return nil
}

// member judges that a project is in a list of such that use the language, of a
// level.
func (j *judge) member(c *claim.Claim) ruling {
	p := j.project(c.Subject)
	if p == nil {
		return unverifiable(sourceLandscape, "no project of the landscape goes by that name")
	}
	if c.Area != "" {
		return inArea(c, p)
	}
	at := []fact.Evidence{p.Where("project")}
	if c.Level != "" && p.Maturity != c.Level {
		r := ruling{verdict: Refuted, why: "it is " + p.Maturity, measured: p.Maturity, evidence: at}
		j.wasLevel(p, c.Level, &r)
		return r
	}
	if j.language == "" { // by its level alone
		return ruling{verdict: Confirmed, measured: p.Maturity, evidence: at}
	}
	return j.ofUse(c, p)
}

// ofUse judges that a project uses the language of the report.
func (j *judge) ofUse(c *claim.Claim, p *usage.Project) ruling {
	because := p.Because[0]
	switch {
	case p.Class.Uses() && (surelyUses(p) || j.isOfRead(c)):
		return ruling{verdict: Confirmed, measured: p.Class.String(), why: because.Text, evidence: because.Evidence}
	case isOpen(p) && !surelyNot(p):
		return notRead(p, p.Words(), because.Evidence)
	case p.Class == usage.Unknown || !p.Settled():
		return unverifiable(sourceRepository, "%s; %s", p.Words(), because.Text)
	}
	return ruling{verdict: Refuted, measured: p.Class.String(), why: because.Text, evidence: because.Evidence}
}

// wasLevel makes a refuted level outdated when the project was once of it.
func (j *judge) wasLevel(p *usage.Project, level string, r *ruling) {
	i := slices.IndexFunc(p.Milestones, func(m profile.Milestone) bool { return m.Name == level || level == "sandbox" && m.Name == "accepted" })
	if i < 0 || p.MaturityDate == "" || p.Milestones[i].Date >= p.MaturityDate {
		return
	}
	if level == "sandbox" && fact.MaturityRank(p.Maturity) > fact.MaturityRank("sandbox") {
		return
	}
	r.verdict = Outdated
	r.why = "it is " + p.Maturity + " since " + string(p.MaturityDate)
	r.hypothesis = &Hypothesis{"time", "it was " + level + " until " + string(p.MaturityDate)}
}

// some are the numbers of projects that a number may be which does not say of
// what: those that use the language, or all of the landscape. Another number is
// of something else, that nothing tells.
func (j *judge) some(c *claim.Claim) []measure {
	for _, n := range []int{j.f.Coverage.Projects, j.f.Coverage.Projects - j.f.Summary.Unknown} {
		if c.Num.Fits(float64(n)) {
			return count(n, "project", j.landscape()...)
		}
	}
	if using := j.f.Summary.Using(); j.language != "" && c.Num.Fits(float64(using)) {
		b, open := j.using("")
		return j.counted(using, "that use "+j.language, b, open)
	}
	return nil
}

// inArea judges that a project is in an area, by the landscape's categories.
func inArea(c *claim.Claim, p *usage.Project) ruling {
	at := []fact.Evidence{p.Evidence}
	if hasArea(p, c.Area) {
		return ruling{verdict: Confirmed, measured: p.FocusArea, evidence: at}
	}
	return ruling{verdict: Refuted, measured: p.FocusArea, why: "the landscape puts it under " + p.FocusArea, evidence: at}
}

func hasArea(p *usage.Project, area string) bool {
	return strings.Contains(plainName(p.FocusArea+" "+strings.Join(p.Item.SecondPaths, " ")), plainName(area))
}

// areaCount counts the projects that the sentence names and that are in the
// area; where it names none, those that use the language.
func (j *judge) areaCount(c *claim.Claim) []measure {
	n, named := 0, 0
	for i := range j.f.Projects {
		p := &j.f.Projects[i]
		if !strings.Contains(c.Sentence, p.Name) {
			continue
		}
		named++
		if hasArea(p, c.Area) {
			n++
		}
	}
	if named > 0 {
		return []measure{{value: float64(n), unit: "project", about: "of those named are in the area " + c.Area, evidence: j.landscape()}}
	}
	return nil
}
