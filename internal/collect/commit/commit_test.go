package commit_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect"
	"assay/internal/collect/commit"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/gittest"
	"assay/internal/people"
	"assay/internal/store"
	"assay/internal/store/memory"
	"assay/internal/survey"
)

var hash = people.NewHasher([]byte("key"))

func open(t *testing.T, text string) *gitrepo.Repo {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "r.git")
	if err := gittest.Make(t.Context(), dir, []byte(text)); err != nil {
		t.Fatal(err)
	}
	repo, err := gitrepo.Open(dir, "example.org/o/n")
	if err != nil {
		t.Fatal(err)
	}
	return repo
}

// at measures the commits as of a day, going on from what st holds, and keeps
// them there.
func at(t *testing.T, repo *gitrepo.Repo, st store.Store, asOf fact.Date) (*fact.Commits, string) {
	t.Helper()
	rev, err := repo.At(t.Context(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	records, err := survey.Measure(t.Context(), survey.Job{
		Repo: repo, Revision: rev, Collectors: []collect.Collector{commit.New(hash)}, Earlier: st,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Put(t.Context(), records); err != nil {
		t.Fatal(err)
	}
	var found fact.Commits
	if err := json.Unmarshal(records[0].Body, &found); err != nil {
		t.Fatal(err)
	}
	return &found, string(records[0].Body)
}

// names are the people of the fixture by the key of their address, so that a
// test can be read.
func names(words ...string) map[string]string {
	by := map[string]string{}
	for _, w := range words {
		name, address, _ := strings.Cut(w, " ")
		for _, node := range people.Nodes(name, address) {
			by[hash.Key(node)] = name
		}
	}
	return by
}

// work writes the work as "2024-01 Ann@ferrite.io commits 2 merges 1 Rust 1".
func work(c *fact.Commits, by map[string]string) string {
	var b strings.Builder
	for _, w := range c.Work {
		a := c.Authors[w.Author]
		who := a.Bot
		for _, k := range a.Keys {
			if by[k] != "" {
				who = by[k]
			}
		}
		fmt.Fprintf(&b, "%s %s@%s commits %d merges %d", w.Period, who, a.Addresses[w.Address].Domain, w.Commits, w.Merges)
		for _, t := range w.Touched {
			fmt.Fprintf(&b, " %s %d", c.Languages[t.Language], t.Commits)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

const story = `
-- commit main 2022-01-02 Ann <ann@ferrite.io> Begin --
-- main.rs --
fn main() {}
-- README.md --
words
-- commit main 2022-01-05 Ann <ANN@ferrite.io> More, from a shouting address --
-- main.rs --
fn main() { 1 }
-- main.go --
package main
-- commit main 2022-02-01 dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com> Bump --
-- Cargo.toml --
[package]
-- branch side main --
-- commit side 2024-11-03 Ben <ben@corp.example> Beside --
-- vendor/x.go --
package x
-- docs/a.rs --
fn a() {}
-- commit main 2024-11-04 Benjamin <12345+benny@users.noreply.github.com> From the web --
-- lib.rs --
pub fn l() {}
-- merge main side 2024-11-05 Ann <ann@ferrite.io> Merge --
-- commit main 2024-11-06 Ben <benny@users.noreply.github.com> An old noreply address --
-- lib.rs --
pub fn l2() {}
-- commit main 2024-11-07 Ann <ann@home.example> Another Ann, or the same? --
-- lib.rs --
pub fn l3() {}
-- commit main 2024-11-30 Ann <ann@ferrite.io> Last --
-- delete lib.rs --
`

func everyone() map[string]string {
	return names("Ann ann@ferrite.io", "Ben ben@corp.example", "Benny benny@users.noreply.github.com", "Ann2 ann@home.example")
}

func TestWork(t *testing.T) {
	t.Parallel()
	got, body := at(t, open(t, story), memory.New(), "2024-12-31")
	want := `2022-01 Ann@ferrite.io commits 2 merges 0 Go 1 Rust 2
2022-02 dependabot@ commits 1 merges 0
2024-11-03 Ben@corp.example commits 1 merges 0
2024-11-04 Benny@ commits 1 merges 0 Rust 1
2024-11-05 Ann@ferrite.io commits 0 merges 1
2024-11-06 Benny@ commits 1 merges 0 Rust 1
2024-11-07 Ann2@home.example commits 1 merges 0 Rust 1
2024-11-30 Ann@ferrite.io commits 1 merges 0 Rust 1
`
	if diff := cmp.Diff(want, work(got, everyone())); diff != "" {
		t.Errorf("work (-want +got):\n%s", diff)
	}
	for _, secret := range []string{"ann@", "Ann", "benny", "Benjamin"} {
		if strings.Contains(body, secret) {
			t.Errorf("the fact holds %q", secret)
		}
	}
	for _, a := range got.Authors {
		if a.Bot == "" && (a.First == nil || a.Last == nil || a.First.At > a.Last.At) {
			t.Errorf("first and last of %v: %v, %v", a.ID, a.First, a.Last)
		}
	}
}

// .mailmap at the revision joins people, also for commits before it.
func TestMailmap(t *testing.T) {
	t.Parallel()
	got, _ := at(t, open(t, story+`
-- .mailmap --
Ann <ann@ferrite.io> <ann@home.example>
`), memory.New(), "2024-12-31")
	people := 0
	for _, a := range got.Authors {
		if a.Bot == "" {
			people++
		}
	}
	if people != 3 || got.Mailmap == "" {
		t.Errorf("%d people with mailmap %q, want 3", people, got.Mailmap)
	}
	if !strings.Contains(work(got, everyone()), "2024-11-07 Ann@home.example commits 1") {
		t.Errorf("the domain is that of the commit:\n%s", work(got, everyone()))
	}
}

// Going on from any earlier fact gives the same as a walk from the beginning.
func TestGoesOn(t *testing.T) {
	t.Parallel()
	withMap := story + "-- .mailmap --\nAnn <ann@ferrite.io> <ann@home.example>\n"
	later := withMap + "-- commit main 2026-01-15 Ann <ann@ferrite.io> Much later --\n-- lib.rs --\npub fn l4() {}\n"
	for _, text := range []string{story, later} {
		repo := open(t, text)
		const end = "2026-12-31"
		_, want := at(t, repo, memory.New(), end)
		for _, first := range []fact.Date{"2022-01-02", "2022-12-31", "2024-11-04", "2024-11-06", "2024-11-30"} {
			st := memory.New()
			at(t, repo, st, first)
			if _, got := at(t, repo, st, end); got != want {
				t.Errorf("from %s (-from the beginning +going on):\n%s", first, cmp.Diff(want, got))
			}
		}
	}
}

// The same people under another key are others.
func TestKey(t *testing.T) {
	t.Parallel()
	repo := open(t, story)
	rev, err := repo.At(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, key := range []string{"one", "two"} {
		records, err := survey.Measure(t.Context(), survey.Job{
			Repo: repo, Revision: rev, Collectors: []collect.Collector{commit.New(people.NewHasher([]byte(key)))},
		})
		if err != nil {
			t.Fatal(err)
		}
		var c fact.Commits
		if err := json.Unmarshal(records[0].Body, &c); err != nil {
			t.Fatal(err)
		}
		for _, a := range c.Authors {
			if ids[a.ID] {
				t.Errorf("%s under both keys", a.ID)
			}
			ids[a.ID] = true
		}
	}
	if len(ids) != 10 {
		t.Errorf("%d authors under two keys, want 10", len(ids))
	}
}

// A clock that is wrong is told, and what is dated by it is in no time. Where one
// was, a later survey begins anew.
func TestLateCommits(t *testing.T) {
	t.Parallel()
	got, _ := at(t, open(t, `
-- commit main 2024-01-02 Ann <ann@ferrite.io> Begin --
-- a.rs --
fn a() {}
-- branch side main --
-- commit side 2031-01-02 Ben <ben@example.org> From the future --
-- b.rs --
fn b() {}
-- merge main side 2024-01-03 Ann <ann@ferrite.io> Merge --
`), memory.New(), "2024-12-31")
	if len(got.Notes) != 1 || !strings.Contains(got.Notes[0].Text, "without a date that can be") || got.Undated() != 1 {
		t.Errorf("notes %v, %d undated", got.Notes, got.Undated())
	}
	for _, a := range got.Authors {
		for _, ref := range []*fact.CommitRef{a.First, a.Last} {
			if ref != nil && ref.At > "2024-12-31" {
				t.Errorf("a commit of %s", ref.At)
			}
		}
	}
}

// A merge counts for who made it, so that the merges of people are told from
// those of bots, by the day.
func TestMergesOfPeopleAndBots(t *testing.T) {
	t.Parallel()
	repo := open(t, `
-- commit main 2024-11-01 Ann <ann@ferrite.io> Begin --
-- main.rs --
fn main() {}
-- branch one main --
-- commit one 2024-11-02 renovate[bot] <29139614+renovate[bot]@users.noreply.github.com> Bump --
-- Cargo.toml --
[package]
-- merge main one 2024-11-03 Ann <ann@ferrite.io> Merge one --
-- branch two main --
-- commit two 2024-11-03 Ben <ben@corp.example> Mend --
-- main.rs --
fn main() { 1 }
-- merge main two 2024-11-03 mergify[bot] <37929162+mergify[bot]@users.noreply.github.com> Merge two --
`)
	found, _ := at(t, repo, memory.New(), "2024-12-01")
	merges := map[string]int{}
	for _, w := range found.Work {
		if w.Merges > 0 {
			merges[fmt.Sprint(w.Period, " bot: ", found.Authors[w.Author].Bot)] += w.Merges
		}
	}
	want := map[string]int{"2024-11-03 bot: ": 1, "2024-11-03 bot: mergify": 1}
	if diff := cmp.Diff(want, merges); diff != "" {
		t.Errorf("merges (-want +got):\n%s", diff)
	}
}
