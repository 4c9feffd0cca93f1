package verify

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// coverageTold: a line says how much was read.
var coverageTold = regexp.MustCompile(`repositor(?:y|ies) (?:could be )?read`)

// A notation is a way to write bounds: an expression with the groups of the lower
// and the upper one, 0 for none.
type notation struct {
	like         *regexp.Regexp
	lower, upper int
}

const (
	plainFigure = `(\d[\d,]*(?:\.\d+)?)`
	dayOf       = `(\d{4}-\d\d-\d\d)`
)

// notations are the ways in which our reports write bounds.
var notations = []notation{
	{regexp.MustCompile(`at least ` + plainFigure + ` \((?:[\d,]+ in what was read)?(?:, )?(?:at most ` + plainFigure + `)?\)`), 1, 2},
	{regexp.MustCompile(`\b` + plainFigure + `(?: %| days?)? to ` + plainFigure + `(?: %| days?)?`), 1, 2},
	{regexp.MustCompile(`\b` + dayOf + `(?: or later|\+)`), 1, 0},
	{regexp.MustCompile(`\b` + dayOf + ` or earlier`), 0, 1},
	{regexp.MustCompile(`\bby ` + dayOf), 0, 1},
	{regexp.MustCompile(`(?i)at least ` + plainFigure), 1, 0},
	{regexp.MustCompile(`(?i)at most ` + plainFigure), 0, 1},
	{regexp.MustCompile(`\| by ` + plainFigure + ` %`), 0, 1},
	{regexp.MustCompile(`\b` + plainFigure + `(?: %)?\+`), 1, 0},
}

// A stretch is the values between two bounds.
type stretch struct{ from, to float64 }

// boundVerdict is the verdict on a bound at a site that is changed: it is confirmed
// where it still contains the true bounds, refuted where it does not overlap them,
// else unverifiable. It is "" where no bound stands there.
func boundVerdict(text string, s site, changed string, asOf time.Time) Verdict {
	line := lineAround(text, s.from)
	start := strings.LastIndexByte(text[:s.from], '\n') + 1
	for _, n := range notations {
		for _, m := range n.like.FindAllStringSubmatchIndex(line, -1) {
			truth := stretch{math.Inf(-1), math.Inf(1)}
			said, at := truth, false
			if ofDays(line[m[0]:m[1]]) {
				truth.to = written(asOf.Format(time.DateOnly))
			}
			for _, end := range []struct {
				group         int
				truth, stated *float64
			}{{n.lower, &truth.from, &said.from}, {n.upper, &truth.to, &said.to}} {
				if end.group == 0 || m[2*end.group] < 0 {
					continue
				}
				from, to := m[2*end.group], m[2*end.group+1]
				*end.truth = written(line[from:to])
				here := start+from <= s.from && s.to <= start+to+len(" %")
				switch {
				case here:
					*end.stated, at = written(changed), true
				case n.like == notations[1].like: // both are one statement
					*end.stated = *end.truth
				}
			}
			if at {
				return said.on(truth)
			}
		}
	}
	return ""
}

// ofDays reports whether bounds are of days.
func ofDays(s string) bool { return regexp.MustCompile(dayOf).MatchString(s) }

// on is the verdict on bounds that are said, given the true ones.
func (said stretch) on(truth stretch) Verdict {
	switch {
	case said.from > said.to || said.to < truth.from || truth.to < said.from:
		return Refuted
	case said.from <= truth.from && truth.to <= said.to:
		return Confirmed
	}
	return Unverifiable
}

// written is a number or a day as a number.
func written(s string) float64 {
	v, err := strconv.ParseFloat(strings.NewReplacer(",", "", " %", "", "-", "").Replace(s), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}
