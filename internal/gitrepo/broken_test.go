package gitrepo

import (
	"fmt"
	"strings"
	"testing"

	"assay/internal/errkind"
)

// brokenCommits are headers that git would not write, and the date that counts
// for them; 0 is none.
var brokenCommits = map[string]struct {
	author, committer string
	time              int64
}{
	"negative date":          {"", "committer C <c@example.org> -5 +0000", 0},
	"no date":                {"", "committer C <c@example.org>  +0000", 0},
	"nothing after address":  {"", "committer C <c@example.org>", 0},
	"a word for a date":      {"", "committer C <c@example.org> tomorrow +0000", 0},
	"a date like a number":   {"", "committer C <c@example.org> 1700x00000 +0000", 0},
	"no zone":                {"", "committer C <c@example.org> 1700000000", 0},
	"a zone without sign":    {"", "committer C <c@example.org> 1700000000 0000", 0},
	"a word for a zone":      {"", "committer C <c@example.org> 1700000000 +x", 0},
	"20 digits":              {"", "committer C <c@example.org> 17000000001700000000 +0000", 0},
	"more than any number":   {"", "committer C <c@example.org> 99999999999999999999 +0000", 0},
	"19 digits":              {"", "committer C <c@example.org> 9223372036854775807 +0000", 0},
	"18 digits":              {"", "committer C <c@example.org> 999999999999999999 +0000", lastSecond},
	"the epoch":              {"", "committer C <c@example.org> 0 +0000", 0},
	"a clock not set":        {"", "committer C <c@example.org> 315532800 +0000", 0},
	"the year 2106":          {"", "committer C <c@example.org> 4294967295 +0000", 4294967295},
	"no committer":           {"", "", 0},
	"a committer no address": {"", "committer C c@example.org 1700000000 +0000", 0},
	"two committers":         {"", "committer C <c@example.org> 1700000000 +0000\ncommitter D <d@example.org> 1600000000 +0000", 1600000000},
	"an address in address":  {"", "committer C <c> c@example.org> 1700000000 +0000", 1700000000},
	"no space after address": {"", "committer C <c@example.org>1700000000 +0000", 1700000000},
	"no author":              {"-", "committer C <c@example.org> 1700000000 +0000", 1700000000},
	"author no address":      {"author A a@example.org 1700000000 +0000", "committer C <c@example.org> 1700000000 +0000", 1700000000},
	"author address no end":  {"author A <a@example.org", "committer C <c@example.org> 1700000000 +0000", 1700000000},
	"author date negative":   {"author A <a@example.org> -9 +0000", "committer C <c@example.org> 1700000000 +0000", 1700000000},
	"empty author":           {"author ", "committer C <c@example.org> 1700000000 +0000", 1700000000},
	"two authors":            {"author A <a@example.org> 1 +0000\nauthor B <b@example.org> 1 +0000", "committer C <c@example.org> 1700000000 +0000", 1700000000},
	"nobody at all":          {"-", "", 0},
}

// breakCommit puts a broken commit onto main, and a sound one of 2024 onto that.
func breakCommit(f *fixture, author, committer string) (odd, tip string) {
	if author == "" {
		author = "author A <a@example.org> 1700000000 +0000"
	}
	head := fmt.Sprintf("tree %s\nparent %s\n", f.git(nil, "rev-parse", "main^{tree}"), rev(f, "main"))
	for _, line := range []string{author, committer} {
		if line != "" && line != "-" {
			head += line + "\n"
		}
	}
	odd = f.hash("commit", head+"\nm\n")
	tip = f.git(nil, "commit-tree", "-m", "m", "-p", odd, "main^{tree}")
	f.write("refs/heads/main", tip+"\n")
	return odd, tip
}

// A broken commit costs what is broken of it, and both ways of reading say the
// same of it.
func TestBrokenCommits(t *testing.T) {
	t.Parallel()
	for name, tt := range brokenCommits {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.commit("refs/heads/main", "2023-01-01T00:00:00Z", []int{f.commit("refs/heads/main", "2022-01-01T00:00:00Z", nil, "a", "1")}, "a", "2")
			r := f.done()
			odd, tip := breakCommit(f, tt.author, tt.committer)
			sameHistory(t, r, tip)
			var seen []string
			err := r.History(t.Context(), tip, "", func(c *Commit) error {
				seen = append(seen, string(c.OID))
				if string(c.OID) == odd && (c.Time != tt.time || c.Undated != (tt.time == 0)) {
					t.Errorf("time %d, undated %t, want %d", c.Time, c.Undated, tt.time)
				}
				return nil
			})
			if err != nil || len(seen) != 4 {
				t.Errorf("%d commits, %v", len(seen), err)
			}
			for asOf, want := range map[string]string{"": tip, "2024-12-31": tip, "2023-06-01": rev(f, "main~2"), "2022-06-01": rev(f, "main~3")} {
				got, err := r.At(t.Context(), date(t, asOf))
				if asOf != "" && tt.time == 1600000000 {
					want = map[bool]string{true: tip, false: odd}[asOf == "2024-12-31"]
				}
				if err != nil || got.Commit != want {
					t.Errorf("as of %q: %+v, %v, want %s", asOf, got, err, want)
				}
			}
			if _, err := r.At(t.Context(), "2001-01-01"); tt.time == 0 && errkind.CauseOf(err) != errkind.CauseUndated {
				t.Errorf("before all that is dated: %v", err)
			}
		})
	}
}

// The same where the broken commit is the tip of a branch and of a tag: neither
// the branch nor the repository is lost.
func TestBrokenTip(t *testing.T) {
	t.Parallel()
	for name, tt := range brokenCommits {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.commit("refs/heads/main", "2023-01-01T00:00:00Z", nil, "a", "1")
			r := f.done()
			sound := rev(f, "main")
			odd, _ := breakCommit(f, tt.author, tt.committer)
			f.write("refs/heads/main", odd+"\n")
			f.write("refs/tags/v1.0.0", odd+"\n")
			got, err := r.At(t.Context(), "2024-12-31")
			if err != nil {
				t.Fatal(err)
			}
			if want := tt.time == 0 || tt.time > 1735689599; (got.Commit == sound) != want {
				t.Errorf("picked %s, of %s", got.Commit, odd)
			}
			noted := false
			for _, n := range got.Notes {
				noted = noted || strings.Contains(n.Text, "no date")
			}
			if noted != (tt.time == 0) {
				t.Errorf("notes %+v", got.Notes)
			}
		})
	}
}
