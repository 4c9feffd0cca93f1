package markdown

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/change"
	"assay/internal/finding/findingtest"
)

// eventful gives two surveys between which something of every kind changed.
func eventful(t *testing.T) (from, to finding.Facts) {
	t.Helper()
	from, to = busy(), busy()
	to.Survey.AsOf = "2025-12-31"
	item := func(name string) *fact.Project {
		all := to.Survey.Landscape.Projects
		return &all[slices.IndexFunc(all, func(p fact.Project) bool { return p.Name == name })]
	}
	without := func(f finding.Facts, name string) {
		l := f.Survey.Landscape
		l.Projects = slices.DeleteFunc(l.Projects, func(p fact.Project) bool { return p.Name == name })
	}
	without(from, "Attestor")
	without(to, "Nowhere")
	item("Ferrobase").Maturity = "archived"
	item("Ferrobase").Milestones["archived"] = "2024-04-04"
	item("Ferrobase").Milestones["accepted"] = "2018-03-07"
	item("Ferrobase").Audits[1].Vendor = "Fuzzwright & Sons"
	item("Ferrobase").AnnualReviewDate = "2025-10-10"
	item("Wasmoor").AnnualReviewURL = "https://ferrobase.example/review"
	item("Tracelet").Name = "Traceling" // the catalogue still has the old name, and no repository of the new one
	cells := func(id, language string, bytes int64) {
		c := to.Compositions[id]
		c.Cells = append(c.Cells, fact.Cell{Language: language, Counted: true, Role: fact.RoleProduct, Files: 1, Bytes: bytes})
	}
	cells("github.com/paragate/paragate", "Rust", 90_000)
	cells("github.com/wheelhouse/wheelhouse", "Go", 3_000)
	for i := range to.Survey.Outcomes {
		if o := &to.Survey.Outcomes[i]; o.Repo == "github.com/meshwork/proxy" {
			o.Revision, o.Failure, o.Why = nil, "absent", "no mirror of it"
		}
	}
	to.Survey.Catalog.Sources[2].State = "off"
	return from, to
}

func writeChanges(t *testing.T, from, to finding.Facts) string {
	t.Helper()
	side := func(facts finding.Facts) change.Side {
		return change.Side{Findings: findingtest.Find(t, facts, "Rust", finding.Options{}), Facts: facts}
	}
	c, err := change.Between(side(from), side(to), change.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := RenderChanges(&out, c); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestRenderChanges(t *testing.T) {
	t.Parallel()
	from, to := eventful(t)
	got := writeChanges(t, from, to)
	for _, want := range []string{
		"## Changes from 2025-06-30 to 2025-12-31\n\nRust, scope organisation; ",
		"- Before: [inventa/landscape landscape.yml](https://github.com/inventa/landscape/blob/1a5cade0000000000000000000000000000000aa/landscape.yml) at `1a5cade00000`, 8 projects, ",
		"### Projects in\n\n| Project | Maturity | Accepted | Class | Share | Repository | Read at |\n| --- | --- | --- | --- | ---: | --- | --- |\n| Attestor | ",
		"### Projects out\n", "### Projects renamed\n", "### Maturity\n", "### Class of Rust\n", "### Share of Rust\n", "### Not comparable\n",
		"### Repositories\n", "### Coverage\n", "### Dates\n", "### Annual reviews\n", "### Audits\n", "### Recorded late\n", "### Notes\n\n- ",
		"| Wasmoor | none | none | [ferrobase.example/review](https://ferrobase.example/review) | ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// Foreign words leave headings, tables and links as they are, in every flavour.
func TestHostileChanges(t *testing.T) {
	t.Parallel()
	const front = "front matter\n---\n"
	plainFrom, plainTo := eventful(t)
	want := outline(t, front+writeChanges(t, plainFrom, plainTo))
	if len(want) < 50 {
		t.Fatalf("an outline of %d blocks: the test looks at nothing", len(want))
	}
	for words := range slices.Chunk(findingtest.Hostile(), 20) {
		words := strings.Join(words, " ")
		words = words[:min(len(words), 3000)]
		from, to := eventful(t)
		findingtest.PoisonAny(&from, words)
		findingtest.PoisonAny(&to, words)
		source := writeChanges(t, from, to)
		got := outline(t, front+source)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q changes the page (-want +got):\n%s", words, diff)
		}
		checkMDX(t, source)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestRenderChangesNowhere(t *testing.T) {
	t.Parallel()
	if err := RenderChanges(broken{}, &change.Changes{}); err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("the error of the writer is lost: %v", err)
	}
}
