package chaoss_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/finding/chaoss"
)

func TestFactors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		counts []int
		want   int
	}{
		"none":                 {nil, 0},
		"nobody did anything":  {[]int{0, 0}, 0},
		"the CHAOSS page":      {[]int{1000, 202, 90, 33, 332, 343, 42, 433}, 2},
		"eight equal (CHAOSS)": {[]int{5, 5, 5, 5, 5, 5, 5, 5}, 4},
		"one of half (CHAOSS)": {[]int{1, 1, 1, 1, 1, 1, 1, 7}, 1},
		"one":                  {[]int{1}, 1},
		"exactly half":         {[]int{2, 1, 1}, 1},
		"just below half":      {[]int{2, 1, 1, 1}, 2},
		"negative is nothing":  {[]int{-8, 2, 2}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			given := append([]int(nil), test.counts...)
			if got := chaoss.ContributorAbsenceFactor(test.counts); got != test.want {
				t.Errorf("ContributorAbsenceFactor(%v) = %d, want %d", test.counts, got, test.want)
			}
			if got := chaoss.ElephantFactor(test.counts); got != test.want {
				t.Errorf("ElephantFactor(%v) = %d, want %d", test.counts, got, test.want)
			}
			if diff := cmp.Diff(given, test.counts); diff != "" {
				t.Errorf("the counts were changed:\n%s", diff)
			}
		})
	}
}

func TestDiversity(t *testing.T) {
	t.Parallel()
	got := chaoss.Diversity(map[string]int{"b": 1, "a": 1, "gone": 0, "big": 6})
	want := []chaoss.Share{{"big", 6, 0.75}, {"a", 1, 0.125}, {"b", 1, 0.125}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Diversity: -want +got\n%s", diff)
	}
	if got := chaoss.Diversity(nil); len(got) != 0 {
		t.Errorf("Diversity(nil) = %v", got)
	}
}

func TestClosureRatio(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		closed, open int
		want         float64
		known        bool
	}{
		{0, 0, 0, false},
		{3, 0, 0, false},
		{0, 4, 0, true},
		{3, 4, 0.75, true},
		{4, 4, 1, true},
		{-1, 4, 0, true},
	} {
		got, known := chaoss.ClosureRatio(test.closed, test.open)
		if got != test.want || known != test.known {
			t.Errorf("ClosureRatio(%d, %d) = %v, %v, want %v, %v", test.closed, test.open, got, known, test.want, test.known)
		}
	}
}
