package health

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/finding/quantity"
)

// dimension is the judgement of that name.
func (h *Health) dimension(name string) Dimension {
	if i := slices.IndexFunc(h.Dimensions, func(d Dimension) bool { return d.Name == name }); i >= 0 {
		return h.Dimensions[i]
	}
	return h.Overall
}

// Every rule at its boundary: with these figures it just holds, and with any one
// of them a step worse it does not.
func TestBoundaries(t *testing.T) {
	t.Parallel()
	type figures = map[string]float64
	for _, test := range []struct {
		dimension string
		level     Level
		at        figures
	}{
		{"activity", Excellent, figures{"human_commits_year": 250, "human_commits_quarter": 48, "active_months": 11}},
		{"activity", Good, figures{"human_commits_year": 52, "human_commits_quarter": 12, "active_months": 9}},
		{"activity", Moderate, figures{"human_commits_year": 12, "active_months": 3, "days_since_commit": 180}},
		{"people", Excellent, figures{"absence_factor": 4, "authors_year": 30, "new_authors_year": 6}},
		{"people", Good, figures{"absence_factor": 3, "authors_year": 12, "new_authors_year": 2}},
		{"people", Moderate, figures{"absence_factor": 2, "authors_year": 5}},
		{"people", Moderate, figures{"authors_year": 12}}, // one made half, but there are many
		{"organisations", Excellent, figures{"organisation_known_share": 0.5, "elephant_factor": 3, "organisations_year": 10}},
		{"organisations", Good, figures{"organisation_known_share": 0.5, "elephant_factor": 2, "organisations_year": 5}},
		{"organisations", Moderate, figures{"organisation_known_share": 0.2, "largest_organisation_share": 0.5, "organisations_year": 3}},
		{"releases", Excellent, figures{"releases_year": 6, "release_gap_days": 60, "days_since_release": 90}},
		{"releases", Good, figures{"releases_year": 4, "days_since_release": 180}},
		{"releases", Moderate, figures{"releases_year": 1, "days_since_release": 365}},
		{"responsiveness", Excellent, figures{"closure_ratio": 0.9, "days_to_first_response": 2}},
		{"responsiveness", Good, figures{"closure_ratio": 0.75, "days_to_first_response": 7}},
		{"responsiveness", Moderate, figures{"closure_ratio": 0.5, "days_to_first_response": 30}},
	} {
		level := func(at figures) Level {
			h := Default().Judge(inputs(t, at))
			return h.dimension(test.dimension).Level
		}
		if got := level(test.at); got != test.level {
			t.Errorf("%s at %v is %s, want %s", test.dimension, test.at, got, test.level)
		}
		for name := range test.at {
			worse := maps.Clone(test.at)
			worse[name] = aStepWorse(name, worse[name])
			if got := level(worse); got.Rank() >= test.level.Rank() {
				t.Errorf("%s at %v is %s, want worse than %s", test.dimension, worse, got, test.level)
			}
		}
	}
}

// aStepWorse is the next worse figure of an input.
func aStepWorse(name string, value float64) float64 {
	inputs := Default().Inputs()
	input := inputs[slices.IndexFunc(inputs, func(i Input) bool { return i.Name == name })]
	step := 1.0
	if input.Unit == percent {
		step = 0.001
	}
	if input.Worst < input.Best {
		step = -step
	}
	return value + step
}

// Likewise of the judgement over all, whose figures are the ranks of dimensions.
func TestOverallBoundaries(t *testing.T) {
	t.Parallel()
	overall := Default().overall
	type ranks = map[string]any
	for _, test := range []struct {
		level Level
		at    ranks // archived apart, which is 0
	}{
		{Excellent, ranks{"activity": 3., "people": 2., "releases": 2., "organisations": 1.}},
		{Good, ranks{"activity": 2., "people": 1., "releases": 1.}},
		{Moderate, ranks{"activity": 1., "people": 1.}},
		{Moderate, ranks{"activity": 1., "releases": 1.}},
	} {
		level := func(change func(ranks)) Level {
			at := ranks{"archived": 0., "activity": 0., "people": 0., "releases": 0., "organisations": 0., "responsiveness": 0.}
			maps.Copy(at, test.at)
			change(at)
			return overall.rungs[overall.decide(at)].level
		}
		if got := level(func(ranks) {}); got != test.level {
			t.Errorf("%v is %s, want %s", test.at, got, test.level)
		}
		if got := level(func(at ranks) { at["archived"] = 1. }); got != NeedsAttention {
			t.Errorf("%v and archived is %s", test.at, got)
		}
		for name := range test.at {
			got := level(func(at ranks) { at[name] = at[name].(float64) - 1 })
			if got.Rank() >= test.level.Rank() {
				t.Errorf("%v with %s a step worse is %s, want worse than %s", test.at, name, got, test.level)
			}
		}
	}
}

// tikv is a project of which all but the host's figures are known.
func tikv() Inputs {
	return Inputs{
		HumanCommitsYear: quantity.Exact(702.), HumanCommitsQuarter: quantity.Exact(158.), ActiveMonths: quantity.Exact(12.), DaysSinceCommit: quantity.Exact(0.), BotShare: quantity.Exact(0.01),
		AuthorsYear: quantity.Exact(76.), NewAuthorsYear: quantity.Exact(23.), AbsenceFactor: quantity.Exact(5.),
		OrganisationsYear: quantity.Exact(8.), ElephantFactor: quantity.Exact(1.), OrganisationKnownShare: quantity.Exact(0.19), LargestOrganisationShare: quantity.Exact(0.81),
		ReleasesYear: quantity.Exact(18.), ReleaseGapDays: quantity.Exact(9.), DaysSinceRelease: quantity.Exact(20.), Archived: quantity.Exact(0.),
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	h := Default().Judge(tikv())
	for name, want := range map[string]string{
		Overall: "activity: excellent; people: excellent; organisations: needs attention (at best excellent); releases: excellent",
		"activity": "702 human commits in the year, 158 of them in the last quarter; 12 of 12 months active; 0 days since the last; " +
			"bots, which do not count, made 1.0 % of all commits",
		"people": "76 authors in the year, 23 of them new; contributor absence factor 5",
		"organisations": "one organisation dominates, as far as is known: 8 organisations in the year, elephant factor 1; " +
			"of the commits whose organisation is known (19.0 % of all) the largest made 81.0 %",
		"releases":       "18 release days in the year, 20 days since the last; median days between them: 9",
		"responsiveness": "not known: change request closure ratio, days to the first response",
	} {
		if got := h.dimension(name).Why; got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}

func TestJudgeSaysWhatItRestsOn(t *testing.T) {
	t.Parallel()
	in := tikv()
	in.NewAuthorsYear = quantity.Of[float64]{}
	h := Default().Judge(in)
	want := Dimension{
		Name: "people", Title: "People", Level: Moderate, Best: Excellent,
		Why:  "76 authors in the year, unknown of them new; contributor absence factor 5",
		Rule: "authors_year >= 5 && (absence_factor >= 2 || authors_year >= 12)",
		Figures: []Figure{
			{"authors_year", "human authors in the year", quantity.Exact(76.), "76 authors"},
			{"new_authors_year", "new human authors in the year", quantity.Of[float64]{}, "unknown"},
			{"absence_factor", "contributor absence factor", quantity.Exact(5.), "5"},
		},
		Missing: []string{"new_authors_year"},
	}
	if diff := cmp.Diff(want, h.dimension("people")); diff != "" {
		t.Errorf("people: -want +got\n%s", diff)
	}
	if diff := cmp.Diff([]string{"new_authors_year"}, h.Overall.Missing); diff != "" {
		t.Errorf("overall is missing: -want +got\n%s", diff)
	}
	if got := h.dimension("organisations"); len(got.Bounded) != 1 || !strings.HasPrefix(got.Rule, "!(") || got.Missing != nil {
		t.Errorf("organisations: %+v", got)
	}
}

// The bound on organisations holds below half of the commits and says nothing
// from there on; it never changes the level itself.
func TestBounded(t *testing.T) {
	t.Parallel()
	for known, want := range map[float64]Level{0: Excellent, 0.49: Excellent, 0.5: "", 1: ""} {
		in := tikv()
		in.OrganisationKnownShare = quantity.Exact(known)
		in.LargestOrganisationShare = quantity.Exact(0.95)
		h := Default().Judge(in)
		d := h.dimension("organisations")
		if d.Level != NeedsAttention || d.Best != want || (len(d.Bounded) > 0) != (want != "") {
			t.Errorf("with %v known: %s, at best %q, bounded by %q", known, d.Level, d.Best, d.Bounded)
		}
	}
}

func TestNothingKnown(t *testing.T) {
	t.Parallel()
	h := Default().Judge(Inputs{})
	for _, name := range append(Dimensions(), Overall) {
		if d := h.dimension(name); d.Level != Unknown || d.Best != Excellent || d.Rule != "" || len(d.Missing) == 0 || d.Bounded != nil {
			t.Errorf("%s: %+v", name, d)
		}
	}
	// That it has ended is enough to know.
	if d := Default().Judge(Inputs{Archived: quantity.Exact(1.)}).Overall; d.Level != NeedsAttention || d.Best != "" {
		t.Errorf("archived: %+v", d)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	h := Default().Judge(Inputs{ClosureRatio: quantity.Exact(0.5), DaysToFirstResponse: quantity.Exact(1.)})
	data, err := json.Marshal(h.dimension("responsiveness"))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"name":"responsiveness","title":"Responsiveness","level":"moderate",` +
		`"why":"50.0 % of the change requests closed, 1 day to a first response",` +
		`"rule":"closure_ratio \u003e= 0.5 \u0026\u0026 days_to_first_response \u003c= 30","figures":[` +
		`{"name":"closure_ratio","title":"change request closure ratio","value":0.5,"lower":0.5,"upper":0.5,"text":"50.0 %"},` +
		`{"name":"days_to_first_response","title":"days to the first response","value":1,"lower":1,"upper":1,"text":"1 day"}]}`
	if string(data) != want {
		t.Errorf("JSON\n%s\nwant\n%s", data, want)
	}
}

// The same figures give the same words, also to many at once, and the figures of
// a judgement are its own.
func TestJudgeIsDeterministic(t *testing.T) {
	t.Parallel()
	in := tikv()
	want := Default().Judge(in)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if diff := cmp.Diff(want, Default().Judge(in)); diff != "" {
				t.Errorf("judged twice: -first +then\n%s", diff)
			}
		})
	}
	all.Wait()
	*in.AuthorsYear.Value = 1
	if got := want.dimension("people").Figures[0]; *got.Value != 76 {
		t.Errorf("a figure changed with the inputs: %+v", got)
	}
}

func TestLevels(t *testing.T) {
	t.Parallel()
	for i, level := range Levels() {
		if level.Rank() != 3-i {
			t.Errorf("%s has rank %d, want %d", level, level.Rank(), 3-i)
		}
	}
	if Unknown.Rank() != -1 || Level("").Rank() != -1 {
		t.Error("what is no level has a rank")
	}
}
