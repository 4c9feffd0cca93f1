package survey

import (
	"slices"
	"testing"

	"assay/internal/fact"
)

// Surveys of one day that are limited to projects add up; one of all stays one of all.
func TestWidened(t *testing.T) {
	t.Parallel()
	l := &fact.Landscape{Projects: []fact.Project{{Name: "Pier"}, {Name: "Mole"}, {Name: "Jetty"}}}
	before := func(projects ...string) *earlier { return &earlier{catalog: &fact.Catalog{}, projects: projects} }
	for name, tt := range map[string]struct {
		before *earlier
		wanted map[string]bool
		want   []string
	}{
		"all":                    {&earlier{}, nil, nil},
		"one":                    {&earlier{}, map[string]bool{"Mole": true}, []string{"Mole"}},
		"one after another":      {before("Pier"), map[string]bool{"Mole": true}, []string{"Mole", "Pier"}},
		"the same":               {before("Mole"), map[string]bool{"Mole": true}, []string{"Mole"}},
		"one after all":          {before(), map[string]bool{"Mole": true}, nil},
		"all after one":          {before("Pier"), nil, nil},
		"one that is gone since": {before("Quay"), map[string]bool{"Mole": true}, []string{"Mole"}},
	} {
		if got := tt.before.widened(tt.wanted, l); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
