package usage_test

import (
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/usage"
)

func TestList(t *testing.T) {
	t.Parallel()
	f := find(t, findingtest.Facts(), finding.Options{})
	tests := []struct {
		name   string
		filter usage.Filter
		want   string
	}{
		{"all by bytes", usage.Filter{}, "ferrobase wasmoor meshwork attestor wheelhouse tracelet halfread paragate nowhere"},
		{"share", usage.Filter{Sort: "share", MinShare: 0.05}, "wheelhouse ferrobase wasmoor meshwork"},
		{"maturity", usage.Filter{Maturities: []string{"Incubation"}}, "wasmoor tracelet"},
		{"class", usage.Filter{Classes: []usage.Class{usage.Part, usage.Unknown}}, "meshwork attestor nowhere"},
		{"reverse", usage.Filter{Classes: []usage.Class{usage.Core}, Sort: "name", Reverse: true}, "wheelhouse wasmoor ferrobase"},
		{"accepted", usage.Filter{Classes: []usage.Class{usage.Core}, Sort: "accepted"}, "ferrobase wheelhouse wasmoor"},
		{"none", usage.Filter{Maturities: []string{"legendary"}}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rows, err := f.List(test.filter)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			if got := strings.Join(ids, " "); got != test.want {
				t.Errorf("rows %q, want %q", got, test.want)
			}
		})
	}
	for _, key := range usage.SortKeys() {
		if _, err := f.List(usage.Filter{Sort: key}); err != nil {
			t.Errorf("sorting by %s: %v", key, err)
		}
	}
	if _, err := f.List(usage.Filter{Sort: "beauty"}); errkind.Of(err) != errkind.Usage {
		t.Errorf("an unknown sort key gives %v", err)
	}
	if _, err := usage.ParseClass("best"); errkind.Of(err) != errkind.Usage {
		t.Errorf("an unknown class gives %v", err)
	}
}

func TestSortByVitality(t *testing.T) {
	t.Parallel()
	f := find(t, findingtest.Facts(), finding.Options{})
	for key, want := range map[string]string{
		"commits": "Ferrobase, Meshwork, Wheelhouse", "authors": "Ferrobase, Meshwork, Wheelhouse",
		"adopted": "Ferrobase, Meshwork", "health": "Ferrobase, Meshwork",
	} {
		rows, err := f.List(usage.Filter{Sort: key})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, r := range rows[:strings.Count(want, ",")+1] {
			names = append(names, r.Project)
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("by %s: %s, want %s", key, got, want)
		}
	}
}
