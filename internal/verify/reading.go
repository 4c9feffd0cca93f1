package verify

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
)

// This file looks for other readings of a number that does not hold in the first: of
// another scope or period, rounded down, or meant as a mere bound. A number with such
// a reading is never refuted.

// A reading is a way to read a number in which it holds.
type reading struct {
	words    string
	evidence []fact.Evidence
	// sure: the number is so precise that it cannot hold by accident, and nothing that was
	// not read could change it.
	sure bool
}

// otherReading is another reading of a number in which it holds.
func (j *judge) otherReading(c *claim.Claim, all []measure) (reading, bool) {
	for _, try := range []func(*claim.Claim, []measure) (reading, bool){j.listedIn, j.cutOff, j.literally, j.ofScope, j.ofPeriod} {
		if r, ok := try(c, all); ok {
			return r, true
		}
	}
	return reading{}, false
}

// isExact reports whether nothing that was not read could change a figure.
func (m *measure) isExact() bool { return m.can == nil || m.can.from == m.can.to }

// ruling is that on a number that holds in another reading than the first.
func (r reading) ruling(c *claim.Claim, m measure) ruling {
	out := ruling{verdict: Ambiguous, claimed: c.Quote(), measured: m.words(), why: r.words, evidence: r.evidence}
	if r.sure {
		out.verdict = Confirmed
	}
	if out.evidence == nil {
		out.evidence = m.evidence
	}
	return out
}

// cutOff: the digits behind the last one were cut off, and not rounded.
func (j *judge) cutOff(c *claim.Claim, all []measure) (reading, bool) {
	q := c.Num
	if q.Slack == 0 || q.Bound != claim.Exactly && q.Bound != claim.About {
		return reading{}, false
	}
	for _, m := range all {
		if m.value >= q.Value && m.value < q.Value+2*q.Slack {
			return reading{words: "its last digits are cut off", evidence: m.evidence, sure: m.isExact()}, true
		}
	}
	return reading{}, false
}

// listedIn: so many people or adopters are named in the files of one repository, or who
// counts among them is not said.
func (j *judge) listedIn(c *claim.Claim, all []measure) (reading, bool) {
	p := j.project(c.Subject)
	if p == nil || c.Field != "maintainers" && c.Field != "adopters" {
		return reading{}, false
	}
	in := map[fact.RepoID]int{}
	for i := range p.Documents.Maintainers {
		if c.Field == "maintainers" {
			in[p.Documents.Maintainers[i].Evidence.Repo]++
		}
	}
	for i := range p.Documents.Adopters {
		if c.Field == "adopters" {
			in[p.Documents.Adopters[i].Evidence.Repo]++
		}
	}
	for _, repo := range slices.Sorted(maps.Keys(in)) {
		if c.Num.Fits(float64(in[repo])) {
			return reading{words: "so many are named in " + repo.Slug()}, true
		}
	}
	return reading{words: "who counts among them is not said; the files name " + all[0].words()}, len(all) > 0
}

// literally: "over 500" is true of 5,000, though it is not how one would say it.
func (j *judge) literally(c *claim.Claim, all []measure) (reading, bool) {
	for _, m := range all {
		over := c.Num.Bound == claim.Over && m.value >= c.Num.Value
		under := c.Num.Bound == claim.Under && m.value <= c.Num.Value
		if over || under {
			return reading{words: "it holds, and says little: " + m.words(), evidence: m.evidence}, true
		}
	}
	return reading{}, false
}

// scoped are the properties that each repository of a project has a value of.
var scoped = map[string]bool{"bytes": true, "total": true, "code": true, "comment": true, "blank": true, "files": true, "share": true, "packages": true, "manifests": true}

// ofAllScopes: a text says that it speaks of all of a project.
var ofAllScopes = lazyregexp.New(`(?i)\b(?:all (?:of )?(?:its|the|their)? ?(?:repositories|repos|code)|whole|entire|overall|organi[sz]ation-wide|in all)\b`)

// ofScope: it is so of a repository of the project, or over another scope.
func (j *judge) ofScope(c *claim.Claim, _ []measure) (reading, bool) {
	head, _, _ := strings.Cut(c.Field, ":")
	p := j.project(c.Subject)
	if p == nil || !scoped[head] || c.Scope != "" || ofAllScopes.MatchString(c.Sentence) || ofAllScopes.MatchString(c.Label) {
		return reading{}, false
	}
	sure := precise(c.Num)
	for _, scope := range fact.Scopes() {
		if m, ok := j.fitting(with(c, c.Field, claim.Subject{Sort: claim.OfProject, ID: p.ID}, string(scope))); ok {
			return reading{fmt.Sprintf("it is so of the project over the scope %q", scope), m.evidence, sure && m.isExact()}, true
		}
	}
	if c.Subject.Sort != claim.OfProject {
		return reading{}, false
	}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		if c.Num.Percent && c.Num.Slack >= plainSlack && !j.isBeside(c, r.ID) {
			continue // some repository has nearly any share
		}
		s := claim.Subject{Sort: claim.OfRepository, ID: r.ID.Key(), Within: p.ID}
		if m, ok := j.fitting(with(c, c.Field, s, "")); ok {
			return reading{"it is so of the repository " + r.Slug(), m.evidence, m.isExact() && (sure || j.isBeside(c, r.ID))}, true
		}
	}
	return reading{}, false
}

// plainSlack is that of a share without decimals.
const plainSlack = 0.5

// A neighbourhood is a list or table of properties of one subject.
type neighbourhood struct {
	group   int
	subject string
}

// neighbours remembers the repositories that a list or table of properties names as that
// of its subject: what stands beside it is of that repository.
func (j *judge) neighbours(reading *claim.Reading) {
	for i := range reading.Claims {
		c := &reading.Claims[i]
		if c.Kind != claim.Link || !strings.HasPrefix(c.Field, "repository") || c.Block.Group == 0 {
			continue
		}
		word := c.Word
		if strings.Count(word, "/") == 1 && !strings.Contains(word, "://") {
			word = "github.com/" + word
		}
		if id, err := fact.ParseRepoURL(word); err == nil {
			at := neighbourhood{c.Block.Group, c.Subject.ID}
			j.beside[at] = append(j.beside[at], id.Key())
		}
	}
}

// isBeside reports whether a claim stands in a list or table of properties that names a
// repository.
func (j *judge) isBeside(c *claim.Claim, id fact.RepoID) bool {
	return c.Block.Group > 0 && slices.Contains(j.beside[neighbourhood{c.Block.Group, c.Subject.ID}], id.Key())
}

// fitting is the figure that a claim has for its number, where it says something: a
// small number fits by accident, and so does nothing.
func (j *judge) fitting(c *claim.Claim) (measure, bool) {
	if c.Num.Value < 10 && !c.Num.Percent || c.Num.Value == 0 || c.Num.Bound.Bounds() {
		return measure{}, false
	}
	all, _ := j.measures(c)
	j.limit(c, all)
	for _, m := range all {
		if c.Num.Fits(m.value) {
			return m, true
		}
	}
	return measure{}, false
}

// preciseDigits is from how many digits on a number does not fit by accident.
const preciseDigits = 4

// precise reports whether a number has so many digits that it does not fit by
// accident.
func precise(q claim.Quantity) bool {
	if q.Percent || q.Bound != claim.Exactly || q.Value <= 0 {
		return false
	}
	unit := max(2*q.Slack, 1)
	return math.Log10(q.Value/unit) >= preciseDigits-1
}

// peoples: a text says that its commits are those of people.
var peoples = lazyregexp.New(`(?i)\b(?:human|non-bot|people|by people|without (?:bots|merges)|non-merge|excluding)\b`)

// periodSaid: a text says of which time its numbers are.
var periodSaid = lazyregexp.New(`(?i)\b(?:year|years|months?|quarter|annual|20\d\d|days|weeks?|all[- ]time|ever|since|total|history)\b`)

// ofPeriod: it is so of all time, or with the commits of bots and merges.
func (j *judge) ofPeriod(c *claim.Claim, _ []measure) (reading, bool) {
	p := j.only(c.Subject)
	if p == nil || p.Activity == nil || c.Num.Bound.Bounds() {
		return reading{}, false
	}
	said := c.Sentence + " " + c.Label
	for _, r := range periodReadings(p.Activity, c.Field, periodSaid.MatchString(said), peoples.MatchString(said)) {
		if c.Num.Value >= 10 && c.Num.Fits(float64(r.value)) {
			return reading{r.words + ": " + words.Number(r.value), p.Activity.Evidence, precise(c.Num) && ofWork(p).IsZero()}, true
		}
	}
	return reading{}, false
}

type periodReading struct {
	value int
	words string
}

// periodReadings are the figures that a number of commits or authors may be, where the
// text does not say which.
func periodReadings(a *usage.Activity, field string, dated, human bool) []periodReading {
	y := &a.Year
	var all []periodReading
	switch field {
	case "commits.year":
		if !human {
			all = append(all, periodReading{y.Human + y.Bot, "with bots"}, periodReading{y.All(), "with bots and merges"})
		}
		if !dated {
			all = append(all, periodReading{a.Commits.Human, "of all time"})
		}
	case "commits.all":
		all = append(all, periodReading{a.Commits.Human + a.Commits.Bot, "of all time, with bots"})
	case "commits.quarter":
		all = append(all, periodReading{a.Quarter.Human + a.Quarter.Bot, "with bots"})
	}
	return all
}
