package chaoss

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
)

// known is a repository of which all is known: Scorecard's own first test case.
func known() Maintenance {
	return Maintenance{Commits90: new(2), Issues90: new(1), Archived: new(false), Young: new(false)}
}

func TestMaintainedScore(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change      func(*Maintenance)
		worst, best float64
	}{
		"two commits, one issue (Scorecard)": {func(*Maintenance) {}, 2, 2},
		"nothing (Scorecard)":                {func(m *Maintenance) { *m.Commits90, *m.Issues90 = 0, 0 }, 0, 0},
		"four commits (Scorecard)":           {func(m *Maintenance) { *m.Commits90, *m.Issues90 = 4, 0 }, 3, 3},
		"two issues (Scorecard)":             {func(m *Maintenance) { *m.Commits90, *m.Issues90 = 0, 2 }, 1, 1},
		"archived (Scorecard)":               {func(m *Maintenance) { *m.Archived = true }, 0, 0},
		"created recently (Scorecard)":       {func(m *Maintenance) { *m.Young = true }, 0, 0},
		"one a week, less one":               {func(m *Maintenance) { *m.Commits90 = 10 }, 9, 9},
		"one a week":                         {func(m *Maintenance) { *m.Commits90 = 11 }, 10, 10},
		"huge":                               {func(m *Maintenance) { *m.Commits90 = math.MaxInt - 1 }, 10, 10},
		"negative":                           {func(m *Maintenance) { *m.Commits90 = -5 }, 0, 0},
		"issues unknown":                     {func(m *Maintenance) { m.Issues90 = nil }, 1, 10},
		"commits unknown":                    {func(m *Maintenance) { m.Commits90 = nil }, 0, 10},
		"archived or not unknown":            {func(m *Maintenance) { m.Archived = nil }, 0, 2},
		"age unknown":                        {func(m *Maintenance) { m.Young = nil }, 0, 2},
		"archived, all else unknown":         {func(m *Maintenance) { *m = Maintenance{Archived: new(true)} }, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := known()
			test.change(&m)
			if got := MaintainedScore(m); got.Worst != test.worst || got.Best != test.best {
				t.Errorf("MaintainedScore = %v to %v, want %v to %v", got.Worst, got.Best, test.worst, test.best)
			}
		})
	}
}

func TestMaintainedScoreNamesSignals(t *testing.T) {
	t.Parallel()
	got := MaintainedScore(Maintenance{Commits90: new(12), Archived: new(false)})
	want := Score{
		Worst: 0, Best: 10,
		Present: []string{"commits_90_days", "archived"},
		Missing: []string{"issues_90_days", "created_in_90_days"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("MaintainedScore: -want +got\n%s", diff)
	}
}

// The cases of the score's own test of its bounds, those without a range left
// out: ours refuses them.
func TestWithin(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		signal      Signal
		value, want float64
	}{
		{Signal{Upper: 10}, 7, 7},
		{Signal{Upper: 10, SmallerIsBetter: true}, 7, 3},
		{Signal{Lower: 40, Upper: 80}, 50, 10},
		{Signal{Upper: 10}, -10, 0},
		{Signal{Lower: 20, Upper: 30, SmallerIsBetter: true}, 15, 10},
		{Signal{Upper: 10, SmallerIsBetter: true}, 20, 0},
	} {
		if got := test.signal.within(test.value); got != test.want {
			t.Errorf("%+v within(%v) = %v, want %v", test.signal, test.value, got, test.want)
		}
	}
	// ln(1+300), of its test of distributions.
	if got := zipf(300, math.E-1); math.Abs(got-5.707110264748875) > 1e-12 {
		t.Errorf("zipf(300, e-1) = %v", got)
	}
}

// kubernetes is the example of the README of the score's first edition. That one
// gave updated_since a weight of −1; it was 0 there, so that it takes part in
// the sum of weights alone and the rest of the figures hold our formula.
func kubernetes() []Signal {
	values := map[string]float64{
		"created_since": 78, "contributor_count": 3649, "org_count": 5, "commit_frequency": 105.9,
		"recent_release_count": 77, "closed_issues_count": 3333, "updated_issues_count": 5489,
		"issue_comment_frequency": 5.4, "github_mention_count": 403529,
	}
	signals := Signals()
	for i := range signals {
		if v, ok := values[signals[i].Name]; ok {
			signals[i].Value = &v
		}
	}
	return signals
}

func TestCriticalityOfTheREADME(t *testing.T) {
	t.Parallel()
	got, err := Criticality(kubernetes())
	if err != nil {
		t.Fatal(err)
	}
	const published, weights = 0.98514, 9.5
	if first := *got.Available * weights / (weights - 1); math.Abs(first-published) > 0.000005 {
		t.Errorf("the formula of the first edition gives %.6f, published is %v", first, published)
	}
	if diff := cmp.Diff([]string{"updated_since"}, got.Missing); diff != "" || len(got.Present) != 9 {
		t.Errorf("missing: -want +got\n%s\npresent %q", diff, got.Present)
	}
	if want := *got.Available * weights / (weights + 1); math.Abs(got.Worst-want) > 1e-12 {
		t.Errorf("Worst = %v, want %v: the missing signal at 0", got.Worst, want)
	}
	if want := (*got.Available*weights + 1) / (weights + 1); math.Abs(got.Best-want) > 1e-12 {
		t.Errorf("Best = %v, want %v: the missing signal at 1", got.Best, want)
	}
}

// The weights of the score's own test of its mean, where the values are ours: at
// the ends of their ranges they are 0 and 1 whatever the distribution.
func TestCriticalityIsAWeightedMean(t *testing.T) {
	t.Parallel()
	signal := func(weight, value float64) Signal { return Signal{Weight: weight, Upper: 9, Value: &value} }
	for name, test := range map[string]struct {
		signals []Signal
		want    float64
	}{
		"none":             {nil, 0},
		"at the lower end": {[]Signal{signal(1, 0), signal(2, -1)}, 0},
		"at the upper end": {[]Signal{signal(1, 9), signal(2, 900)}, 1},
		"1 to 5":           {[]Signal{signal(1, 0), signal(2, 0), signal(3, 0), signal(4, 9), signal(5, 9)}, 9. / 15},
		"between":          {[]Signal{signal(1, math.Sqrt(10)-1)}, 0.5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Criticality(test.signals)
			if err != nil || math.Abs(got.Worst-test.want) > 1e-12 || got.Best != got.Worst {
				t.Errorf("Criticality = %+v, %v, want %v", got, err, test.want)
			}
		})
	}
}

// A dropped signal may raise the published score; it never raises what is
// claimed, and the score of all signals lies within the bounds.
func TestMissingSignalsNeverRaiseCriticality(t *testing.T) {
	t.Parallel()
	all := kubernetes()
	all[1].Value = new(3.0)
	whole, err := Criticality(all)
	if err != nil {
		t.Fatal(err)
	}
	raised := false
	for i := range all {
		some := slices.Clone(all)
		some[i].Value = nil
		got, err := Criticality(some)
		if err != nil {
			t.Fatal(err)
		}
		if got.Worst > whole.Worst || got.Best < whole.Best || got.Worst > *got.Available || got.Best < *got.Available {
			t.Errorf("without %s: %+v, with it %+v", all[i].Name, got, whole)
		}
		raised = raised || *got.Available > *whole.Available
	}
	if !raised {
		t.Error("no dropped signal raised the published score: the test shows nothing")
	}
}

func TestCriticalityRefuses(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Signal){
		"no weight":        func(s *Signal) { s.Weight = 0 },
		"negative weight":  func(s *Signal) { s.Weight = -1 },
		"no range":         func(s *Signal) { s.Upper = s.Lower },
		"range upside":     func(s *Signal) { s.Lower = s.Upper + 1 },
		"no number":        func(s *Signal) { s.Weight = math.NaN() },
		"endless range":    func(s *Signal) { s.Upper = math.Inf(1) },
		"endless weight":   func(s *Signal) { s.Weight = math.Inf(1) },
		"bound no number":  func(s *Signal) { s.Upper = math.NaN() },
		"lower no number":  func(s *Signal) { s.Lower = math.NaN() },
		"lower is endless": func(s *Signal) { s.Lower = math.Inf(-1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			signals := Signals()
			change(&signals[3])
			if _, err := Criticality(signals); errkind.Of(err) != errkind.Input {
				t.Errorf("Criticality: error %v, want one of kind input", err)
			}
		})
	}
	signals := Signals()
	signals[0].Value = new(math.NaN())
	if got, err := Criticality(signals); err != nil || len(got.Missing) != len(signals) {
		t.Errorf("a value that is no number is not missing: %+v, %v", got, err)
	}
}
