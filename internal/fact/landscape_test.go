package fact

import (
	"slices"
	"testing"
)

// Each project has an identifier of its own, whatever others are called.
func TestIDs(t *testing.T) {
	t.Parallel()
	for want, names := range map[*[]string][]string{
		{}:                         {},
		{"a-b", "c"}:               {"A b", "c"},
		{"a", "a-2", "a-3"}:        {"a", "A!", "(a)"},
		{"a", "a-3", "a-2"}:        {"a", "a", "a 2"},
		{"project-1", "x"}:         {"'", "x"},
		{"project-1", "project"}:   {"=", "Project"},
		{"project-2", "project-1"}: {"=", "project 1"},
	} {
		l := &Landscape{}
		for _, name := range names {
			l.Projects = append(l.Projects, Project{Name: name})
		}
		if got := l.IDs(); !slices.Equal(got, *want) && len(got)+len(*want) > 0 {
			t.Errorf("%q: %q, want %q", names, got, *want)
		}
	}
}
