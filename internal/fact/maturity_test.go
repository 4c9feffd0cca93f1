package fact

import (
	"slices"
	"testing"
)

func TestMaturityOrder(t *testing.T) {
	t.Parallel()
	// From the most mature to the ended; each ranks strictly before the next.
	order := []string{"graduated", "incubating", "sandbox", "a level nobody knows", "deprecated", "archived", "emeritus"}
	if !slices.IsSortedFunc(order, func(a, b string) int { return MaturityRank(a) - MaturityRank(b) }) {
		t.Errorf("order of %q is not kept", order)
	}
	for i := 1; i < len(order); i++ {
		if MaturityRank(order[i-1]) == MaturityRank(order[i]) {
			t.Errorf("%q and %q have the same rank", order[i-1], order[i])
		}
	}
	same := [][2]string{{"incubating", "Incubation"}, {"at-large", "At Large"}, {"at_large", "at-large"}, {"graduated", "graduation"}}
	for _, pair := range same {
		if MaturityRank(pair[0]) != MaturityRank(pair[1]) {
			t.Errorf("%q and %q differ in rank", pair[0], pair[1])
		}
	}
}

func TestMaturityEnded(t *testing.T) {
	t.Parallel()
	for level, want := range map[string]bool{"graduated": false, "sandbox": false, "odd": false, "": false, "archived": true, "Emeritus": true} {
		if got := MaturityEnded(level); got != want {
			t.Errorf("MaturityEnded(%q) = %v, want %v", level, got, want)
		}
	}
}

func TestMaturityTitle(t *testing.T) {
	t.Parallel()
	for level, want := range map[string]string{
		"graduated": "Graduated", "at-large": "At large", "END_OF_LIFE": "End of life", "émergent": "Émergent", "": "", " - ": "",
	} {
		if got := MaturityTitle(level); got != want {
			t.Errorf("MaturityTitle(%q) = %q, want %q", level, got, want)
		}
	}
}

func TestReached(t *testing.T) {
	t.Parallel()
	p := Project{Milestones: map[string]Date{"accepted": "2020-04-09", "incubation": "2022-03-21", "odd": "2023-01-01"}}
	tests := []struct {
		level string
		date  Date
		name  string
	}{
		{"accepted", "2020-04-09", "accepted"},
		{"incubation", "2022-03-21", "incubation"},
		{"incubating", "2022-03-21", "incubation"},
		{"odd", "2023-01-01", "odd"},
		{"graduated", "", ""},
		{"strange", "", ""},
	}
	for _, tt := range tests {
		if date, name := p.Reached(tt.level); date != tt.date || name != tt.name {
			t.Errorf("Reached(%q) = %q, %q, want %q, %q", tt.level, date, name, tt.date, tt.name)
		}
	}
}
