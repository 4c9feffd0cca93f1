package usage

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
)

// A Trend is the language in a project at the end of every month, from the
// first commit to the date: the sum of the repositories whose history is known.
type Trend struct {
	// Repositories whose timeline is known, of all that were read.
	Repositories int `json:"repositories"`
	Of           int `json:"of"`
	// Points, one for each month without a gap. The last is the state at the
	// date.
	Points []TrendPoint `json:"points"`
	// Adoption is the first mainline commit after which a product file of the
	// language stayed in a repository of the project; null when there is none.
	Adoption *Adoption `json:"adoption"`
	// Tenth and Half are the first months with a share of 10 % and 50 %; "" for
	// never.
	Tenth string `json:"tenth,omitempty"`
	Half  string `json:"half,omitempty"`
	// Peak is the month with the largest share, the first of them.
	Peak *TrendPoint `json:"peak"`
	// Crossings are languages that the language overtook or that overtook it,
	// for good.
	Crossings []Crossing `json:"crossings"`
	// Years is the composition at the end of each year.
	Years []YearComposition `json:"years"`
	// Breaks are repositories whose mainline is younger than releases of theirs:
	// an earlier history lies elsewhere.
	Breaks []Break `json:"breaks"`

	// Missing is what was not read of the project: the points are of what was.
	Missing quantity.Gap `json:"missing,omitzero"`

	// certain is the earliest adoption of a repository whose mirror speaks for the
	// day; "" for none. What another adopted it may have given up since.
	certain fact.Date
}

// A TrendPoint is a month's end.
type TrendPoint struct {
	Month string   `json:"month"`
	Bytes int64    `json:"bytes"` // of the language
	Total int64    `json:"total"` // of all languages
	Share *float64 `json:"share"` // null when nothing is counted
	// Missing counts files whose content is not in the mirrors.
	Missing int `json:"missing_files,omitempty"`
}

// An Adoption is when a language came to stay.
type Adoption struct {
	Date     fact.Date     `json:"date"`
	Repo     fact.RepoID   `json:"repository"`
	Path     string        `json:"path"`
	Evidence fact.Evidence `json:"evidence"`
}

// A Crossing is a month from which on one language has more bytes than another
// that had more before.
type Crossing struct {
	Month string `json:"month"`
	Up    string `json:"up"`
	Down  string `json:"down"`
}

// YearComposition is the languages at the end of a year, or at the date.
type YearComposition struct {
	Year      int             `json:"year"`
	Total     int64           `json:"total"`
	Languages []LanguageBytes `json:"languages"`
}

// A Break is a repository whose mainline begins after its first release.
type Break struct {
	Repo    fact.RepoID   `json:"repository"`
	First   fact.Date     `json:"first"` // of the mainline
	Release *fact.Release `json:"release"`
}

// trend sums the timelines of repositories; nil when none is known.
func (q *question) trend(repos []*Repository) *Trend {
	facts := &q.landscape.Facts
	t := &Trend{Of: len(repos), Breaks: []Break{}}
	asOf := fact.Month(string(facts.Survey.AsOf))
	var lines []*line
	for _, r := range repos {
		timeline := facts.Timelines[r.ID.Key()]
		if timeline == nil || len(timeline.Months) == 0 {
			continue
		}
		t.Repositories++
		lines = append(lines, &line{timeline: timeline})
		t.adopt(r, timeline, q.language)
		t.lookForBreak(r, timeline, facts.Releases[r.ID.Key()])
	}
	if len(lines) == 0 {
		return nil
	}
	s := q.series(lines, asOf)
	t.points(s, q.language)
	t.Crossings = crossings(s, q.language)
	t.Years = s.years
	return t
}

// adoption is a trend that knows when the language came to stay, and no more; nil when
// no timeline is known.
func (q *question) adoption(repos []*Repository) *Trend {
	t := &Trend{Of: len(repos)}
	for _, r := range repos {
		if timeline := q.landscape.Facts.Timelines[r.ID.Key()]; timeline != nil && len(timeline.Months) > 0 {
			t.Repositories++
			t.adopt(r, timeline, q.language)
		}
	}
	if t.Repositories == 0 {
		return nil
	}
	return t
}

// adopt takes the earliest adoption of the repositories.
func (t *Trend) adopt(r *Repository, timeline *fact.Timeline, language string) {
	i := slices.IndexFunc(timeline.Adoptions, func(a fact.Adoption) bool { return a.Language == language })
	if i < 0 {
		return
	}
	a := &timeline.Adoptions[i]
	found := &Adoption{
		Date: fact.Day(a.Commit.At), Repo: r.ID, Path: a.Path,
		Evidence: fact.Evidence{Repo: r.ID, Commit: a.Commit.Commit, View: fact.ViewCommit},
	}
	if t.Adoption == nil || found.Date < t.Adoption.Date {
		t.Adoption = found
	}
	if !r.Stale {
		t.certain = quantity.Earlier(t.certain, found.Date)
	}
}

// breakDays is how many days a release may lie before the first mainline commit
// until the history is taken for broken: clocks and rebased roots differ.
const breakDays = 30

func (t *Trend) lookForBreak(r *Repository, timeline *fact.Timeline, releases *fact.Releases) {
	if releases == nil || len(releases.Releases) == 0 || r.Cut() {
		return
	}
	first, oldest := fact.Day(timeline.First.At), &releases.Releases[0]
	if fact.Day(oldest.At).End().AddDate(0, 0, breakDays).Before(first.End()) {
		t.Breaks = append(t.Breaks, Break{Repo: r.ID, First: first, Release: oldest})
	}
}

// A line is a timeline being read month by month.
type line struct {
	timeline *fact.Timeline
	next     int
	now      *fact.MonthEnd // nil before the first
}

// to moves on to the end of a month.
func (l *line) to(month string) {
	for l.next < len(l.timeline.Months) && l.timeline.Months[l.next].Month <= month {
		l.now = &l.timeline.Months[l.next]
		l.next++
	}
}

// A series is the sum of timelines, month by month. It is of all languages, and nobody
// changes it once it is made.
type series struct {
	months  []string
	bytes   []map[string]int64
	totals  []int64 // of bytes
	missing []int
	peak    map[string]float64 // the largest share that each language ever had
	years   []YearComposition
}

// A shared is what the questions about one project have in common, whatever the language.
type shared struct {
	series *series // nil until it is asked for
}

// series sums the timelines of a project up.
func (q *question) series(lines []*line, last string) *series {
	if q.shared == nil {
		return newSeries(lines, last)
	}
	if q.shared.series == nil {
		q.shared.series = newSeries(lines, last)
	}
	return q.shared.series
}

// oldestMonth is the oldest month that a trend goes back to: git is of 2005, and
// what is dated long before it has a clock that is wrong.
const oldestMonth = "1990-01"

func newSeries(lines []*line, last string) *series {
	first := last
	for _, l := range lines {
		first = min(first, l.timeline.Months[0].Month)
	}
	s := &series{peak: map[string]float64{}}
	for month := max(first, oldestMonth); month <= last; month = nextMonth(month) {
		sum, missing := map[string]int64{}, 0
		for _, l := range lines {
			if l.to(month); l.now == nil {
				continue
			}
			for lang, n := range l.now.Bytes {
				sum[lang] += n
			}
			missing += l.now.Missing
		}
		s.add(month, sum, missing)
	}
	s.years = yearsOf(s)
	return s
}

// add adds a month.
func (s *series) add(month string, sum map[string]int64, missing int) {
	total := int64(0)
	for _, n := range sum {
		total += n
	}
	for lang, n := range sum {
		s.peak[lang] = max(s.peak[lang], float64(n)/float64(max(total, 1)))
	}
	s.months, s.bytes, s.totals, s.missing = append(s.months, month), append(s.bytes, sum), append(s.totals, total), append(s.missing, missing)
}

func nextMonth(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return "9999-99" // after every month: the end
	}
	return t.AddDate(0, 1, 0).Format("2006-01")
}

// points fills in the months and what follows from them.
func (t *Trend) points(s *series, language string) {
	t.Points = slices.Grow(t.Points, len(s.months))
	shares := make([]float64, len(s.months)) // in one piece: there are many
	for i, month := range s.months {
		p := TrendPoint{Month: month, Bytes: s.bytes[i][language], Total: s.totals[i], Missing: s.missing[i]}
		if p.share(&shares[i]); p.Share != nil {
			t.mark(p, *p.Share)
		}
		t.Points = append(t.Points, p)
	}
	if t.Peak != nil {
		t.Peak.Share = new(*t.Peak.Share) // it is kept when the points are not
	}
}

// share fills in the share, where anything is counted: at.
func (p *TrendPoint) share(at *float64) {
	if p.Total > 0 {
		*at = float64(p.Bytes) / float64(p.Total)
		p.Share = at
	}
}

func (t *Trend) mark(p TrendPoint, share float64) {
	if share >= 0.1 && t.Tenth == "" {
		t.Tenth = p.Month
	}
	if share >= 0.5 && t.Half == "" {
		t.Half = p.Month
	}
	if share > 0 && (t.Peak == nil || share > *t.Peak.Share) {
		t.Peak = &p
	}
}

// weight is the share that either language of a crossing had at some time: less
// is no replacement.
const weight = 0.25

// crossings finds the languages that changed places with the one asked for and
// stayed so.
func crossings(s *series, language string) []Crossing {
	found := []Crossing{}
	if s.peak[language] < weight {
		return found
	}
	for _, other := range slices.Sorted(maps.Keys(s.peak)) {
		if other == language || s.peak[other] < weight {
			continue
		}
		if c, ok := lastCrossing(s, language, other); ok {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b Crossing) int { return cmp.Compare(a.Month, b.Month) })
	return found
}

// lastCrossing is when two languages last changed places.
func lastCrossing(s *series, a, b string) (Crossing, bool) {
	last, sign := Crossing{}, 0
	for i, month := range s.months {
		now := cmp.Compare(s.bytes[i][a], s.bytes[i][b])
		if now == 0 {
			continue
		}
		if sign != 0 && now != sign {
			last = Crossing{Month: month, Up: a, Down: b}
			if now < 0 {
				last.Up, last.Down = b, a
			}
		}
		sign = now
	}
	return last, last.Month != ""
}

// yearsOf gives the last month of each year.
func yearsOf(s *series) []YearComposition {
	var years []YearComposition
	for i, month := range s.months {
		year := fact.Date(month).Year()
		if i+1 < len(s.months) && fact.Date(s.months[i+1]).Year() == year {
			continue
		}
		y := YearComposition{Year: year, Languages: orderLanguages(s.bytes[i])}
		for _, l := range y.Languages {
			y.Total += l.Bytes
		}
		years = append(years, y)
	}
	return years
}
