package cadence

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
)

const asOf fact.Date = "2024-12-31"

// ago is a time on the day that is so many days before asOf, at noon.
func ago(days int) string {
	return asOf.End().Add(-12*time.Hour).AddDate(0, 0, -days).Format(time.RFC3339)
}

// fulls gives a patch release on each of the days before asOf.
func fulls(days ...int) []fact.Release {
	all := make([]fact.Release, len(days))
	for i, d := range days {
		all[i] = fact.Release{Tag: fmt.Sprintf("v1.0.%d", i), Version: fmt.Sprintf("1.0.%d", i), Kind: "patch", At: ago(d)}
	}
	return all
}

// every gives the days from first to last, so many apart.
func every(apart, first, last int) []int {
	var days []int
	for d := first; d <= last; d += apart {
		days = append(days, d)
	}
	return days
}

func TestOf(t *testing.T) {
	t.Parallel()
	series := func(name string, r fact.Release) fact.Release {
		r.Series, r.Tag = name, name+"-"+r.Tag
		return r
	}
	of := func(tag, kind string, days int) fact.Release {
		return fact.Release{Tag: tag, Version: tag[1:], Kind: kind, Pre: kind == "pre", At: ago(days)}
	}
	last, lastPre := of("v2.0.0", "major", 3), of("v2.1.0-rc.1", "pre", 1)
	got := Of([][]fact.Release{
		{
			of("v0.9.0", "first", 500), of("v1.0.0-rc.1", "pre", 400), of("v1.0.0", "major", 365), of("v1.1.0", "minor", 364),
			of("v1.1.1", "patch", 100), of("v2.0.0-rc.1", "pre", 10), last, lastPre,
			of("v3.0.0", "major", -1), // after the day
			{Tag: "v9.0.0", Kind: "major", At: "some time"},
		},
		nil,
		{
			series("a", of("v1.0.0", "first", 100)), series("b", of("v1.0.0", "first", 30)), series("a", of("v1.0.1", "patch", 3)),
			of("v1.0.0", "first", 200),
		},
	}, asOf)
	since, gap, spacing := 3, 85, 73
	want := Figures{
		Full: 9, Pre: 3, YearFull: 7, YearPre: 2,
		First: 3, Major: 1, Minor: 1, Patch: 2,
		Days: 5, Series: 4, // "" of the first; "", a and b of the third
		MedianGap: &gap, Period: 365, Spacing: &spacing, // gaps 27, 70, 100, 164
		Last: &last, LastPre: &lastPre, SinceLast: &since,
		Word: Quarterly,
		Why:  "7 full releases on 5 days of the year to 2024-12-31, 2 pre-releases, a median gap of 85 days, the last 3 days before",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Of (-want +got):\n%s", diff)
	}
}

func TestEdgesOfTheDay(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]int{
		"2024-12-31T23:59:59Z":      1,
		"2025-01-01T00:00:00Z":      0,
		"2025-01-01T00:30:00+01:00": 1,
		"2024-12-31T23:30:00-01:00": 0,
		"1960-01-01T00:00:00Z":      1,
		"":                          0,
	} {
		if got := Of([][]fact.Release{{{Tag: "v1", At: at}}}, asOf); got.Full != want {
			t.Errorf("a release of %q counts %d times, want %d", at, got.Full, want)
		}
	}
	if got := Of([][]fact.Release{fulls(1)}, "no day"); got.Full != 0 || got.Word != None {
		t.Errorf("without a day: %+v", got)
	}
}

func TestYear(t *testing.T) {
	t.Parallel()
	got := Of([][]fact.Release{fulls(0, 0, 364, 365)}, asOf)
	if got.Full != 4 || got.YearFull != 3 || got.Days != 2 {
		t.Errorf("full %d, in the year %d on %d days, want 4, 3, 2", got.Full, got.YearFull, got.Days)
	}
}

func TestLastOfSeveral(t *testing.T) {
	t.Parallel()
	at := func(series, tag, clock string) fact.Release {
		return fact.Release{Series: series, Tag: tag, At: "2024-12-01T" + clock + "Z"}
	}
	releases := []fact.Release{
		at("", "v1.0.0", "10:00:00"), at("b", "b-v1.0.0", "12:00:00"), at("", "v1.0.2", "12:00:00"), at("", "v1.0.1", "12:00:00"),
	}
	for range releases {
		releases = append(releases[1:], releases[0])
		if got := Of([][]fact.Release{slices.Clone(releases)}, asOf).Last.Tag; got != "v1.0.1" {
			t.Errorf("the last release is %s, want v1.0.1", got)
		}
	}
}

func TestRhythm(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		days                []int
		median, spacing     int // -1: none
		period, since, word any
	}{
		"four days of a year":         {[]int{10, 20, 40, 80, 400}, 20, 91, 365, 10, Quarterly},
		"the day before the year":     {[]int{10, 20, 40, 365}, 20, 122, 1095, 10, Quarterly},
		"the last day of the year":    {[]int{10, 20, 40, 364}, 20, 91, 365, 10, Quarterly},
		"three days of three years":   {[]int{0, 500, 1094}, 547, 365, 1095, 0, Rare},
		"two days of three years":     {[]int{0, 500, 1095}, -1, 365, 0, 0, Rare},
		"several on a day":            {[]int{0, 0, 7, 7, 14, 14, 21}, 7, 6, 365, 0, Weekly},
		"an even number of gaps":      {[]int{0, 10, 21, 200, 400}, 11, 91, 365, 0, Quarterly},
		"one day":                     {[]int{180}, -1, 181, 0, 180, New},
		"one day, older":              {[]int{181}, -1, 182, 0, 181, Rare},
		"two days":                    {[]int{0, 180}, -1, 91, 0, 0, New},
		"young and often":             {every(7, 0, 56), 7, 6, 365, 0, Weekly},
		"four in a fortnight":         {[]int{100, 103, 107, 114, 470, 474, 480}, 4, 91, 365, 100, Quarterly},
		"slow of late":                {append(every(14, 400, 1000), 50, 250), 14, 183, 1095, 50, HalfYearly},
		"early in the second year":    {[]int{5, 350, 700}, 348, 183, 1095, 5, Yearly},
		"none in the year":            {[]int{395, 700, 1000}, 303, 395, 1095, 395, Yearly},
		"a year of three":             {[]int{50, 170, 290, 410}, 120, 122, 1095, 50, Quarterly},
		"paused":                      {every(30, 181, 500), 30, 52, 365, 181, Paused},
		"not yet quiet":               {every(30, 180, 500), 30, 52, 365, 180, TwoMonthly},
		"three times the median":      {every(70, 210, 800), 70, 122, 1095, 210, Quarterly},
		"above three times":           {every(70, 211, 800), 70, 122, 1095, 211, Paused},
		"as long a gap before":        {[]int{200, 210, 220, 230, 430, 440}, 10, 91, 365, 200, Quarterly},
		"a shorter gap before":        {[]int{200, 210, 220, 230, 429, 439}, 10, 91, 365, 200, Paused},
		"paused, not stopped":         {every(30, 730, 2000), 30, 730, 1095, 730, Paused},
		"stopped":                     {every(30, 731, 2000), 30, 731, 1095, 731, Stopped},
		"stopped, long ago":           {[]int{3000}, -1, 3000, 0, 3000, Stopped},
		"two days, the last long ago": {[]int{730, 2000}, -1, 730, 0, 730, Rare},
	} {
		got := Of([][]fact.Release{fulls(c.days...)}, asOf)
		median := -1
		if got.MedianGap != nil {
			median = *got.MedianGap
		}
		have := []any{median, *got.Spacing, got.Period, *got.SinceLast, got.Word}
		if diff := cmp.Diff([]any{c.median, c.spacing, c.period, c.since, c.word}, have); diff != "" {
			t.Errorf("%s (-want +got: median, spacing, period, since, word):\n%s", name, diff)
		}
	}
}

func TestWord(t *testing.T) {
	t.Parallel()
	for interval, want := range map[int]string{
		1: Weekly, 10: Weekly, 11: Monthly, 45: Monthly, 46: TwoMonthly, 75: TwoMonthly, 76: Quarterly, 122: Quarterly, 123: HalfYearly,
		210: HalfYearly, 211: Yearly, 400: Yearly, 401: Rare,
	} {
		byMedian := rhythm{period: year, median: interval, longest: interval}.word(0, 1000, 1)
		bySpacing := rhythm{period: year, median: 1, longest: interval}.word(0, 1000, interval)
		if byMedian != want || bySpacing != want {
			t.Errorf("an interval of %d days is %s by the median and %s by the spacing, want %s", interval, byMedian, bySpacing, want)
		}
	}
}

func TestWhy(t *testing.T) {
	t.Parallel()
	pre := fact.Release{Tag: "v1.0.0-rc.1", Pre: true, Kind: "pre", At: ago(20)}
	for name, c := range map[string]struct {
		releases  []fact.Release
		word, why string
	}{
		"nothing":  {nil, None, "no release by 2024-12-31"},
		"pre only": {[]fact.Release{pre}, PreOnly, "no full release by 2024-12-31, 1 pre-release"},
		"one":      {append(fulls(1), pre), New, "1 full release on 1 day of the year to 2024-12-31, 1 pre-release, the last 1 day before"},
		"on the day": {
			fulls(0, 400, 800), Yearly,
			"1 full release on 1 day of the year to 2024-12-31, a median gap of 400 days over three years, the last on that day",
		},
		"old": {fulls(800), Stopped, "no full release in the year to 2024-12-31, the last 800 days before"},
	} {
		got := Of([][]fact.Release{c.releases}, asOf)
		if diff := cmp.Diff([]string{c.word, c.why}, []string{got.Word, got.Why}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestRepositoriesApart(t *testing.T) {
	t.Parallel()
	a, b := fulls(10, 20), fulls(20, 30)
	apart, together := Of([][]fact.Release{a, b}, asOf), Of([][]fact.Release{append(a, b...)}, asOf)
	if apart.Series != 2 || together.Series != 1 || apart.Days != 3 || apart.Full != 4 {
		t.Errorf("series %d and %d, days %d, releases %d, want 2, 1, 3, 4", apart.Series, together.Series, apart.Days, apart.Full)
	}
}
