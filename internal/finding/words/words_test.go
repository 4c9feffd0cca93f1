package words_test

import (
	"strings"
	"testing"

	"assay/internal/fact"
	"assay/internal/finding/words"
)

func TestPercent(t *testing.T) {
	t.Parallel()
	for share, want := range map[float64]string{
		0: "0 %", 1e-9: "< 0.1 %", 0.0009: "< 0.1 %", 0.001: "0.1 %", 0.123: "12.3 %", 0.9994: "> 99.9 %", 0.999: "99.9 %",
		0.99999: "> 99.9 %", 1: "100 %",
	} {
		if got := words.Percent(share); got != want {
			t.Errorf("Percent(%v) = %q, want %q", share, got, want)
		}
	}
}

func TestAmount(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"1 repository": words.Amount(1, "repository"), "12,000 repositories": words.Amount(12_000, "repository"),
		"0 days": words.Amount(0, "day"), "24,814,809 bytes": words.Amount(int64(24_814_809), "byte"),
	} {
		if got != want {
			t.Errorf("amount %q, want %q", got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for id, want := range map[fact.RepoID]string{
		"github.com/ferrobase/raft": "ferrobase/raft", "example.org/ferrobase/raft": "example.org/ferrobase/raft",
	} {
		if got := words.Slug(id); got != want {
			t.Errorf("Slug(%q) = %q, want %q", id, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	t.Parallel()
	all := []string{"ferrobase", "ferrous", "meshwork", "wheelhouse"}
	for word, want := range map[string]string{
		"ferobase": "ferrobase", "ferrobsae": "ferrobase", "meshwrok": "meshwork", "meadow": "", "ferrocene": "ferrobase ferrous", "wheelchair": "wheelhouse", "ferr": "ferrobase ferrous", "Xyzzy": "", "": "", strings.Repeat("f", 99): "",
	} {
		if got := strings.Join(words.Near(word, all), " "); got != want {
			t.Errorf("near %q are %q, want %q", word, got, want)
		}
	}
}
