// Package cadence tells how often a project releases, from the releases of its
// repositories ([fact.Release]) up to a day. It counts releases as the CHAOSS
// metric release frequency does, by kind, and puts beside that the days between
// them, and one word for the rhythm.
//
// # Whose releases
//
// Of counts all releases that it is given. [Product] says which of a project's
// those are that tell of the project: what a monorepo or a sibling repository
// releases beside the product is its own.
//
// # Days, and not releases
//
// A monorepo tags ten components at once, a project with backports three
// versions. That is one occasion, so the rhythm is that of the days with a full
// release. Pre-releases have no part in it.
//
// # Gap and spacing
//
// Two figures tell the rhythm, both in days:
//
//   - the median gap between consecutive days with a full release, in the year
//     that ends with the as-of day where it has four such days, else in the three
//     years that end with it where they have three. With fewer there is no rhythm
//     to speak of.
//   - the spacing: the length of that year, or of the time since the first full
//     release ever when that is shorter, divided by the days with a full release
//     in it. Where it has none, the spacing is the time since the last one.
//
// A year is 365 days. The longer of the two is the interval: the median alone
// would call weekly what makes four releases in a fortnight once a year, or what
// has become slow of late; the spacing alone would call half-yearly what had its
// yearly release early, and has two of them in the year.
//
// # The word
//
// The first that fits:
//
//   - [None]: never a release; [PreOnly]: pre-releases, never a full one
//   - [Stopped]: the last full release is more than 730 days old
//   - [New]: no rhythm, and the first full release is at most 180 days old
//   - [Rare]: no rhythm
//   - [Paused]: the last full release is more than 180 days old, and longer ago
//     than three times the median gap and than any gap of the last three years
//   - [Weekly]: an interval of at most 10 days; [Monthly]: 45; [TwoMonthly]: 75;
//     [Quarterly]: 122, so three in a year; [HalfYearly]: 210; [Yearly]: 400;
//     [Rare]: longer
package cadence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"assay/internal/fact"
)

// The words for a rhythm; the package comment says when each fits.
const (
	Weekly     = "weekly"
	Monthly    = "monthly"
	TwoMonthly = "two-monthly"
	Quarterly  = "quarterly"
	HalfYearly = "half-yearly"
	Yearly     = "yearly"
	Rare       = "rare"
	New        = "new"
	Paused     = "paused"
	Stopped    = "stopped"
	PreOnly    = "pre-releases only"
	None       = "none"
)

// Lengths of time, in days.
const (
	year       = 365
	threeYears = 3 * year
	stopped    = 2 * year // since the last release of a project that stopped
	quiet      = 180      // since the last release of one that may have paused
)

// Figures are how often a project releases. All are up to the as-of day, which
// counts; the trailing year is the 365 days that end with it.
type Figures struct {
	// Full and Pre count full releases and pre-releases of all time, YearFull and
	// YearPre those of the trailing year.
	Full     int `json:"full"`
	Pre      int `json:"pre"`
	YearFull int `json:"year_full"`
	YearPre  int `json:"year_pre"`
	// First, Major, Minor and Patch are the kinds of YearFull.
	First int `json:"first"`
	Major int `json:"major"`
	Minor int `json:"minor"`
	Patch int `json:"patch"`
	// Days with a full release in the trailing year, and the Series they were of.
	Days   int `json:"days"`
	Series int `json:"series"`
	// MedianGap, in days, is of the Period, which is 365 or 1095 days; nil, and 0,
	// when there is no rhythm.
	MedianGap *int `json:"median_gap"`
	Period    int  `json:"period,omitempty"`
	// Spacing, in days, is nil when there never was a full release.
	Spacing *int `json:"spacing"`
	// Last is the last full release, and LastPre the last pre-release; nil for
	// none. Of one day it is the highest version of a repository, and of several
	// repositories the newest of theirs. They point into what was given.
	Last    *fact.Release `json:"last"`
	LastPre *fact.Release `json:"last_pre"`
	// SinceLast is the days from Last to the as-of day: 0 on the day itself.
	SinceLast *int `json:"since_last"`
	// Word for the rhythm, and Why: the figures behind it in one clause.
	Word string `json:"word"`
	Why  string `json:"why"`
}

// Of gives the figures at the end of a day, from the releases of each
// repository of a project in any order. Series of one name in two repositories
// are two. Releases without a date, or after the day, do not count.
func Of(repos [][]fact.Release, asOf fact.Date) Figures {
	end, ok := dayOf(asOf.End())
	if !ok {
		return Figures{Word: None, Why: "there is no as-of day"}
	}
	var f Figures
	var days []int // with a full release
	series := map[seriesID]bool{}
	for repo, releases := range repos {
		last, lastPre := f.Last, f.LastPre
		f.Last, f.LastPre = nil, nil
		for i := range releases {
			r := &releases[i]
			day, ok := dayOf(timeOf(r))
			if !ok || day > end {
				continue
			}
			f.count(r, day > end-year)
			if r.Pre {
				continue
			}
			days = append(days, day)
			if day > end-year {
				series[seriesID{repo, r.Series}] = true
			}
		}
		f.Last, f.LastPre = latest(last, f.Last), latest(lastPre, f.LastPre)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	f.Series = len(series)
	f.Days = len(trailing(days, end, year))
	f.describe(days, end)
	f.Why = f.why(asOf)
	return f
}

// A seriesID names a series of a repository.
type seriesID struct {
	repo int
	name string
}

// count counts a release, which may be within the trailing year.
func (f *Figures) count(r *fact.Release, recent bool) {
	all, inYear, last := &f.Full, &f.YearFull, &f.Last
	if r.Pre {
		all, inYear, last = &f.Pre, &f.YearPre, &f.LastPre
	}
	*all++
	if *last == nil || later(r, *last) {
		*last = r
	}
	if !recent {
		return
	}
	*inYear++
	switch r.Kind {
	case "first":
		f.First++
	case "major":
		f.Major++
	case "minor":
		f.Minor++
	case "patch":
		f.Patch++
	}
}

// later reports whether a is to be named as the last release of a repository
// before b: it is of a later day, or the higher version of one day. A hotfix of
// an older line and a release of the newest are often tagged within seconds.
func later(a, b *fact.Release) bool {
	dayA, _ := dayOf(timeOf(a))
	dayB, _ := dayOf(timeOf(b))
	return cmp.Or(
		cmp.Compare(dayB, dayA), precedence(b, a), timeOf(b).Compare(timeOf(a)), strings.Compare(a.Series, b.Series),
		strings.Compare(a.Tag, b.Tag), strings.Compare(a.Commit, b.Commit),
	) < 0
}

// latest gives the later of the last releases of two repositories, whose
// versions cannot be compared. Nil is none.
func latest(a, b *fact.Release) *fact.Release {
	if a == nil || b != nil && timeOf(b).After(timeOf(a)) {
		return b
	}
	return a
}

// timeOf is when a release was made, the zero time when that is not known.
func timeOf(r *fact.Release) time.Time {
	t, err := time.Parse(time.RFC3339, r.At)
	if err != nil {
		return time.Time{}
	}
	return t
}

// dayOf numbers the day of a time, UTC.
func dayOf(t time.Time) (day int, ok bool) {
	midnight := t.UTC().Truncate(24 * time.Hour)
	return int(midnight.Unix() / (24 * 60 * 60)), !t.IsZero()
}

// describe sets what the days with a full release up to end say of the rhythm.
func (f *Figures) describe(days []int, end int) {
	if len(days) == 0 {
		f.Word = None
		if f.Pre > 0 {
			f.Word = PreOnly
		}
		return
	}
	since, age := end-days[len(days)-1], end-days[0]
	spacing := since
	if f.Days > 0 {
		spacing = quotient(min(year, age+1), f.Days)
	}
	f.SinceLast, f.Spacing = &since, &spacing
	r := rhythmOf(days, end)
	if r.period > 0 {
		f.MedianGap, f.Period = &r.median, r.period
	}
	f.Word = r.word(since, age, spacing)
}

// A rhythm is how days with a full release follow each other, in days.
type rhythm struct {
	period  int // 0 when there is no rhythm
	median  int // gap between two of the days in the period
	longest int // gap of the last three years
}

// rhythmOf tells the rhythm of days, which are ordered and end by end.
func rhythmOf(days []int, end int) rhythm {
	for _, p := range []struct{ length, least int }{{year, 4}, {threeYears, 3}} {
		if in := trailing(days, end, p.length); len(in) >= p.least {
			return rhythm{p.length, median(gaps(in)), slices.Max(gaps(trailing(days, end, threeYears)))}
		}
	}
	return rhythm{}
}

// word is the word for a rhythm when the last full release is since days old
// and the first one age days.
func (r rhythm) word(since, age, spacing int) string {
	switch {
	case since > stopped:
		return Stopped
	case r.period == 0 && age <= quiet:
		return New
	case r.period == 0:
		return Rare
	case since > quiet && since > 3*r.median && since > r.longest:
		return Paused
	}
	interval := max(r.median, spacing)
	for _, w := range words {
		if interval <= w.most {
			return w.word
		}
	}
	return Rare
}

// words are those for intervals of at most so many days.
var words = []struct {
	most int
	word string
}{{10, Weekly}, {45, Monthly}, {75, TwoMonthly}, {122, Quarterly}, {210, HalfYearly}, {400, Yearly}}

// trailing gives those of the ordered days that are in the period of this
// length that ends with end.
func trailing(days []int, end, length int) []int {
	i, _ := slices.BinarySearch(days, end-length+1)
	return days[i:]
}

// gaps gives the differences of ordered days.
func gaps(days []int) []int {
	all := make([]int, 0, len(days))
	for i := 1; i < len(days); i++ {
		all = append(all, days[i]-days[i-1])
	}
	return all
}

// median is the middle of numbers or, of an even count, the mean of the middle
// two. There is at least one.
func median(numbers []int) int {
	sorted := slices.Sorted(slices.Values(numbers))
	n := len(sorted)
	return quotient(sorted[(n-1)/2]+sorted[n/2], 2)
}

// quotient divides, and rounds halves up.
func quotient(a, b int) int { return (2*a + b) / (2 * b) }

// why gives the figures in one clause.
func (f *Figures) why(asOf fact.Date) string {
	switch {
	case f.Full+f.Pre == 0:
		return "no release by " + string(asOf)
	case f.Full == 0:
		return fmt.Sprintf("no full release by %s, %s", asOf, number(f.Pre, "pre-release"))
	}
	parts := []string{fmt.Sprintf("%s on %s of the year to %s", number(f.YearFull, "full release"), number(f.Days, "day"), asOf)}
	if f.YearFull == 0 {
		parts[0] = "no full release in the year to " + string(asOf)
	}
	if f.YearPre > 0 {
		parts = append(parts, number(f.YearPre, "pre-release"))
	}
	if f.Period > 0 {
		over := ""
		if f.Period != year {
			over = " over three years"
		}
		parts = append(parts, fmt.Sprintf("a median gap of %s%s", number(*f.MedianGap, "day"), over))
	}
	last := "the last on that day"
	if *f.SinceLast > 0 {
		last = fmt.Sprintf("the last %s before", number(*f.SinceLast, "day"))
	}
	return strings.Join(append(parts, last), ", ")
}

// number is a number and its noun: "no day", "1 day", "1,095 days".
func number(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun
	case 1:
		return "1 " + noun
	}
	return humanize.Comma(int64(n)) + " " + noun + "s"
}
