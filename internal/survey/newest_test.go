package survey_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/mirror"
	"assay/internal/store"
	"assay/internal/store/memory"
)

// observations writes until when the mirrors of a survey speak, one a line.
func observations(s *fact.Survey) string {
	var b strings.Builder
	for _, o := range s.Outcomes {
		if o.Observed == nil {
			fmt.Fprintf(&b, "%s -\n", o.Repo)
			continue
		}
		fmt.Fprintf(&b, "%s %s %s", o.Repo, o.Observed.At, o.Observed.Source)
		if o.Stale(s.AsOf) {
			b.WriteString(" stale")
		}
		for _, n := range o.Observed.Notes {
			fmt.Fprintf(&b, " (%s)", n.Kind)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Every mirror that can be read says until when it speaks, also one without a
// commit by the date.
func TestObserved(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	const byRefs = `example.org/crackle/crackle -
example.org/ferrite/ferrite 2024-01-02T12:00:00Z refs stale
example.org/ghost/light -
example.org/hollow/hollow -
example.org/late/late 2024-07-01T12:00:00Z refs
example.org/weir/weir 2024-08-01T12:00:00Z refs
`
	for range 2 { // the second reads what is remembered
		if diff := cmp.Diff(byRefs, observations(w.run(w.config(st)).Survey)); diff != "" {
			t.Errorf("observations (-want +got):\n%s", diff)
		}
	}
	// The clock: what is dated later is no sign of life.
	cfg := w.config(memory.New())
	cfg.Now = func() time.Time { return time.Date(2024, 7, 15, 0, 0, 0, 0, time.UTC) }
	want := strings.Replace(byRefs, "2024-08-01T12:00:00Z refs", "-", 1)
	if diff := cmp.Diff(want, observations(w.run(cfg).Survey)); diff != "" {
		t.Errorf("with an earlier clock (-want +got):\n%s", diff)
	}
	// What is said of the mirrors changes while their refs do not.
	w.write("ferrite/ferrite.git/assay-observed", "2024-06-30T01:00:00Z\n")
	w.write("weir/weir.git/assay-observed", "soon\n")
	tree, err := mirror.New(mirror.Config{From: w.tree, FromAsOf: "2024-06-29", Offline: true})
	if err != nil {
		t.Fatal(err)
	}
	cfg = w.config(st)
	cfg.Mirrors = tree
	res := w.run(cfg)
	if got, want := counts(res), [4]int{0, 2, 4, 1}; got != want {
		t.Errorf("measured, cached, failed, absent %v, want %v", got, want)
	}
	if diff := cmp.Diff(`example.org/crackle/crackle 2024-06-29T23:59:59Z given stale
example.org/ferrite/ferrite 2024-06-30T01:00:00Z recorded
example.org/ghost/light -
example.org/hollow/hollow 2024-06-29T23:59:59Z given stale
example.org/late/late 2024-06-29T23:59:59Z given stale
example.org/weir/weir 2024-06-29T23:59:59Z given stale (input)
`, observations(res.Survey)); diff != "" {
		t.Errorf("observations (-want +got):\n%s", diff)
	}
}

// The newest commit on any branch is a part of the revision, also where it is
// remembered.
func TestLatest(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	w.remove("weir/weir.git")
	w.make("weir/weir", `-- commit main 2024-01-02 Ann <ann@example.org> Begin --
-- main.go --
package main
-- branch next main --
-- commit next 2024-06-01 Ben <ben@ferrite.io> More --
-- b.go --
package main
-- commit next 2024-06-02 dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com> Bump --
-- c.go --
package main
-- commit next 2024-08-01 Ben <ben@ferrite.io> After the date --
-- d.go --
package main
`)
	for range 2 {
		s := w.run(w.config(st)).Survey
		var l *fact.Latest
		for _, o := range s.Outcomes {
			if o.Repo.Name() == "weir" {
				l = o.Revision.Latest
			}
		}
		if l == nil || l.Person == nil || l.Revision == nil || l.Bot == nil {
			t.Fatalf("Latest = %+v", l)
		}
		got := fmt.Sprint(l.Person.At[:10], l.Person.Ref, l.Revision.At[:10], l.Revision.Ref, l.Bot.At[:10], l.Bot.Bot)
		if want := fmt.Sprint("2024-06-01", "refs/heads/next", "2024-01-02", "refs/heads/main", "2024-06-02", "dependabot"); got != want {
			t.Errorf("Latest is %s, want %s", got, want)
		}
	}
}

// A survey is the same whatever runs there were before it: one that needs no
// refs forgets what another asked them.
func TestObservedIsNoHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := func(st store.Store, given fact.Date) *fact.Survey {
		tree, err := mirror.New(mirror.Config{From: w.tree, FromAsOf: given, Offline: true})
		if err != nil {
			t.Fatal(err)
		}
		cfg := w.config(st)
		cfg.Mirrors = tree
		return w.run(cfg).Survey
	}
	for _, days := range [][2]fact.Date{{"", "2024-06-29"}, {"2024-06-29", ""}} {
		st := memory.New()
		run(st, days[0])
		if diff := cmp.Diff(run(memory.New(), days[1]), run(st, days[1])); diff != "" {
			t.Errorf("%q after %q is another survey (-alone +after):\n%s", days[1], days[0], diff)
		}
	}
}

// Damage beside the revision costs what lies beside it.
func TestNewestDamaged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.write("ferrite/ferrite.git/refs/pull/1/head", strings.Repeat("1", 40)+"\n")
	s := w.run(w.config(memory.New())).Survey
	for _, o := range s.Outcomes {
		if o.Repo.Name() != "ferrite" {
			continue
		}
		if o.Failure != "" || o.Observed.Day() != "2024-01-02" || o.Revision.Latest.Person == nil {
			t.Errorf("failure %q, observed %+v, latest %+v", o.Failure, o.Observed, o.Revision.Latest)
		}
		return
	}
	t.Error("no outcome")
}

// write writes a file of a mirror.
func (w *world) write(path, text string) {
	w.t.Helper()
	name := filepath.Join(w.tree, "example.org", path)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}
