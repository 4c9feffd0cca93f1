package change_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/change"
	"assay/internal/finding/findingtest"
)

// Each case changes one thing of two equal surveys and gets its rows, and no
// others.
func TestDiff(t *testing.T) {
	t.Parallel()
	for _, test := range slices.Concat(projectCases(), shareCases(), repositoryCases(), statementCases()) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			from, to := two()
			test.change(t, from, to)
			c := diff(t, from, to, change.Options{})
			if d := cmp.Diff(test.want, told(c)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if c.None() != (len(c.Sections()) == 0 || len(c.Late) == len(told(c))) {
				t.Errorf("none: %v, with %q", c.None(), c.Total())
			}
			checkPlaces(t, c, from, to)
		})
	}
}

// checkPlaces checks that every change says where it was read on each date, at
// the commits of that date.
func checkPlaces(t *testing.T, c *change.Changes, from, to finding.Facts) {
	t.Helper()
	known := func(f finding.Facts) map[string]bool {
		commits := map[string]bool{f.Survey.Landscape.Evidence.Commit: true}
		for _, o := range f.Survey.Outcomes {
			if o.Revision != nil {
				commits[o.Revision.Commit] = true
			}
		}
		return commits
	}
	before, after := known(from), known(to)
	for _, s := range c.Sections() {
		for _, r := range s.Rows {
			b, a := r.Places.Before, r.Places.After
			if named := slices.Contains(r.Cells, "devstats"); (b == (fact.Evidence{}) || a == (fact.Evidence{})) && !named {
				t.Errorf("%s: %q was read at %q and %q", s.Title, r.Cells, b, a)
			}
			if b.Commit != "" && !before[b.Commit] || a.Commit != "" && !after[a.Commit] {
				t.Errorf("%s: %q was read at %q and %q: of another survey", s.Title, r.Cells, b, a)
			}
		}
	}
}

// A corrected date comes with its line in both files.
func TestDiffLines(t *testing.T) {
	t.Parallel()
	from, to := two()
	item(t, to, "Tracelet").Milestones["accepted"] = "2019-02-20"
	c := diff(t, from, to, change.Options{})
	line := item(t, from, "Tracelet").Lines["accepted"]
	e := from.Survey.Landscape.Evidence
	e.Line = line
	later := to.Survey.Landscape.Evidence
	later.Line = line + lineShift
	want := []change.DateChange{{
		Subject: change.Subject{ID: "tracelet", Name: "Tracelet"}, Field: "accepted", Before: "2019-02-02", After: "2019-02-20",
		Places: change.Places{Before: e, After: later},
	}}
	if d := cmp.Diff(want, c.Dates); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// In valid time the later file's word counts for both dates, and nothing is
// late.
func TestDiffValidTime(t *testing.T) {
	t.Parallel()
	from, to := two()
	without(from, "Meshwork")                                     // accepted in 2017, recorded late
	item(t, to, "Halfread").Milestones["accepted"] = "2025-08-08" // recorded early
	item(t, to, "Paragate").Milestones = nil                      // without any date
	without(to, "Nowhere")                                        // valid time cannot see it
	p := item(t, to, "Attestor")
	p.Maturity, p.Milestones["archived"] = "archived", "2025-03-03" // before both dates
	p = item(t, to, "Tracelet")
	p.Maturity, p.Milestones["graduated"] = "graduated", "2025-10-10"
	p = item(t, to, "Wasmoor")
	p.Maturity, p.Milestones["graduated"] = "graduated", "2025-11-11"
	c := diff(t, from, to, change.Options{ValidTime: true})
	want := []string{
		"Projects in: Halfread | sandbox | 2025-08-08 | none in what was read | 0 % | halfread/halfread and 1 more",
		"Maturity: Wasmoor | incubating | graduated | 2025-11-11",
		"Maturity: Tracelet | sandbox | graduated | 2025-10-10",
		"Dates: Attestor | archived | none | 2025-03-03",
		"Dates: Halfread | accepted | 2023-03-03 | 2025-08-08",
		"Dates: Paragate | accepted | 2022-12-14 | none",
		"note: the later file does not list 1 project of the earlier one, so that valid time says nothing of it: Nowhere",
		"note: before its first dated level a project counts as sandbox, as those do that give no date but that of acceptance; so here for 1 change of maturity",
	}
	if d := cmp.Diff(want, told(c)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if c.Time != change.ValidTime {
		t.Errorf("time %q", c.Time)
	}
	for _, m := range c.Maturities {
		if m.Places.Before.Commit != laterCommit || m.Places.After.Commit != laterCommit || m.Reached.Line == 0 {
			t.Errorf("%s was read at %+v", m.Name, m.Places)
		}
	}
}

// Two projects that share a repository are kept apart.
func TestDiffSharedRepository(t *testing.T) {
	t.Parallel()
	from, to := two()
	for _, f := range []finding.Facts{from, to} {
		item(t, f, "Nowhere").RepoURL = item(t, f, "Halfread").RepoURL
	}
	rename(t, to, "Nowhere", "Somewhere")
	got := told(diff(t, from, to, change.Options{}))
	if want := []string{"Projects renamed: Nowhere | Somewhere | repository"}; !slices.Equal(got, want) {
		t.Errorf("the one left over: got %q", got)
	}
	rename(t, to, "Halfread", "Halfwritten")
	c := diff(t, from, to, change.Options{})
	if len(c.Renamed) != 0 || len(c.In) != 2 || len(c.Out) != 2 {
		t.Errorf("which is which cannot be told, and yet: %q", told(c))
	}
}

// The scope decides which repositories are compared.
func TestDiffScope(t *testing.T) {
	t.Parallel()
	from, to := two()
	drop(from, proxy)
	c := diffOver(t, from, to, fact.ScopePrimary, change.Options{})
	if !c.None() {
		t.Errorf("in the primary repositories nothing changed, and yet: %q", told(c))
	}
}

// A threshold of one's own tells smaller changes; one that is a round number
// apart is told.
func TestDiffMinChange(t *testing.T) {
	t.Parallel()
	const id = "github.com/paragate/paragate"
	from, to := two()
	grow(from, id, "Rust", 100_000) // 10 %
	grow(to, id, "Rust", 100_000)
	to.Compositions[id].Cells[0].Bytes = 800_000
	to.Compositions[id].Cells[1].Bytes = 100_000 // 11.1 %
	for minimum, want := range map[float64]int{0: 1, 0.01: 1, 0.012: 0, 0.011: 1} {
		if got := len(diff(t, from, to, change.Options{MinChange: minimum}).Shares); got != want {
			t.Errorf("from %v on: %d changes, want %d", minimum, got, want)
		}
	}
	to.Compositions[id].Cells[0].Bytes, to.Compositions[id].Cells[1].Bytes = 890_000, 110_000 // 11 %
	if got := diff(t, from, to, change.Options{}).Shares; len(got) != 1 {
		t.Errorf("one point exactly: %d changes", len(got))
	}
}

// The same facts in another order give the same changes, and the facts stay as
// they are.
func TestDiffOrder(t *testing.T) {
	t.Parallel()
	make2 := func() (finding.Facts, finding.Facts) {
		from, to := two()
		without(from, "Meshwork")
		without(from, "Attestor")
		without(to, "Nowhere")
		grow(to, "github.com/paragate/paragate", "Rust", 100)
		grow(to, "github.com/wheelhouse/wheelhouse", "Go", 100_000)
		item(t, to, "Halfread").Maturity = "incubating"
		item(t, to, "Paragate").Maturity = "graduated"
		return from, to
	}
	from, to := make2()
	want := encode(t, diff(t, from, to, change.Options{}))
	untouched, untouchedTo := make2()
	if d := cmp.Diff(untouched, from) + cmp.Diff(untouchedTo, to); d != "" {
		t.Errorf("Diff changes what it is given (-want +got):\n%s", d)
	}
	slices.Reverse(to.Survey.Landscape.Projects)
	slices.Reverse(from.Survey.Landscape.Projects)
	if d := cmp.Diff(want, encode(t, diff(t, from, to, change.Options{}))); d != "" {
		t.Errorf("in another order (-want +got):\n%s", d)
	}
}

func encode(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// No change is an empty list in JSON, not null.
func TestDiffJSON(t *testing.T) {
	t.Parallel()
	from, to := two()
	if got := encode(t, diff(t, from, to, change.Options{})); strings.Contains(got, "null") {
		t.Errorf("null in %s", got)
	}
}

func TestDiffRefuses(t *testing.T) {
	t.Parallel()
	from, to := two()
	for name, test := range map[string]struct {
		from, to finding.Facts
		opts     change.Options
		kind     errkind.Kind
		words    string
	}{
		"the wrong way round": {to, from, change.Options{}, errkind.Usage, "the survey of 2025-12-31 is later than that of 2025-06-30"},
		"too large a change":  {from, to, change.Options{MinChange: 1.5}, errkind.Usage, "not above 0"},
		"less than nothing":   {from, to, change.Options{MinChange: -1}, errkind.Usage, "not above 0"},
	} {
		_, err := change.Between(side(t, test.from, ""), side(t, test.to, ""), test.opts)
		if errkind.Of(err) != test.kind || !strings.Contains(err.Error(), test.words) {
			t.Errorf("%s: %v of kind %q, want %q of kind %q", name, err, errkind.Of(err), test.words, test.kind)
		}
	}
}

// The total names every kind of change with its number.
func TestDiffTotal(t *testing.T) {
	t.Parallel()
	from, to := two()
	if got := diff(t, from, to, change.Options{}).Total(); got != "no change" {
		t.Errorf("of nothing: %q", got)
	}
	without(from, "Meshwork")
	without(to, "Nowhere")
	without(to, "Wheelhouse")
	grow(to, "github.com/paragate/paragate", "Rust", 100)
	unread(t, to, "github.com/tracelet/tracelet")
	const want = "1 project in, 2 projects out, 1 change of class, 1 share not comparable, 1 change of coverage, 1 statement recorded late"
	if got := diff(t, from, to, change.Options{}).Total(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Releases between the dates are told, those outside of them not; of a day that
// is the earlier date's, the earlier survey knew.
func TestDiffReleases(t *testing.T) {
	t.Parallel()
	from, to := findingtest.Facts(), findingtest.Facts()
	from.Survey.AsOf = "2025-01-04"
	c := diff(t, from, to, change.Options{})
	var got []string
	for _, r := range c.Releases {
		before := "none"
		if r.Before != nil {
			before = r.Before.Tag
		}
		got = append(got, fmt.Sprintf("%s %d+%d %s -> %s at %s", r.Name, r.Full, r.Pre, before, r.Last.Tag, r.Places.After.View))
	}
	want := []string{"Ferrobase 1+1 v8.0.0 -> v8.1.0 at commit", "Meshwork 0+1 none -> edge-25.6.1 at commit"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("releases (-want +got):\n%s", diff)
	}
	if !strings.Contains(c.Total(), "2 repositories with releases") {
		t.Errorf("total %q", c.Total())
	}
}
