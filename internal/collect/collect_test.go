package collect_test

import (
	"testing"

	"assay/internal/collect"
	"assay/internal/collect/census"
	"assay/internal/collect/release"
	"assay/internal/collect/timeline"
	"assay/internal/fact"
)

// What a fact is made of, and so the revision in its key, follows from the type of
// its collector.
func TestInput(t *testing.T) {
	t.Parallel()
	tagged, bare := &fact.Revision{Commit: "c0ffee", Tags: "00ff"}, &fact.Revision{Commit: "c0ffee"}
	for _, tc := range []struct {
		of           collect.Collector
		tagged, bare string
	}{
		{census.Collector{}, "c0ffee", "c0ffee"},
		{timeline.Collector{}, "c0ffee", "c0ffee"},
		{release.Collector{}, "00ff", "none"},
	} {
		in := collect.InputOf(tc.of)
		if got := in.Of(tagged); got != tc.tagged {
			t.Errorf("%s: %q, want %q", tc.of.Name(), got, tc.tagged)
		}
		if got := in.Of(bare); got != tc.bare {
			t.Errorf("%s without tags: %q, want %q", tc.of.Name(), got, tc.bare)
		}
	}
}
