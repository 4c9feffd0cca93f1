package landscape

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

func parseFile(t *testing.T, name string) *fact.Landscape {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse(data, fact.Evidence{Path: name})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// parse reads one item, written as its fields, each on a line of its own.
func parse(t *testing.T, item string) *fact.Landscape {
	t.Helper()
	l, err := Parse([]byte(oneItem(item)), fact.Evidence{Path: "l.yml"})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// oneItem is a landscape of one item; its fields begin in line 3.
func oneItem(item string) string {
	return "landscape:\n- {name: C, subcategories: [{name: S, items: &items [&item\n{" +
		strings.ReplaceAll(item, "\n", ",\n") + "\n}]}]}\n"
}

func texts(notes []fact.Note) []string {
	var out []string
	for _, n := range notes {
		out = append(out, n.Text)
	}
	return out
}

func TestParse(t *testing.T) {
	t.Parallel()
	l := parseFile(t, "foundation.yml")
	if l.Items != 6 || len(l.Projects) != 3 {
		t.Fatalf("%d items, %d projects, want 6, 3", l.Items, len(l.Projects))
	}
	want := fact.Project{
		Name: "Basalt", Category: "Storage & Retrieval", Subcategory: "Key-Value",
		SecondPaths: []string{"Networking / Proxies, Old and New", "Networking / Proxies"},
		Maturity:    "graduated",
		Description: "A store that keeps its promises, on disk.\nAnd in memory.",
		Homepage:    "https://basalt.example/", RepoURL: "https://git.example/basalt/basalt", Branch: "2.0",
		ProjectOrg: "https://git.example/basalt",
		AdditionalRepos: []fact.AdditionalRepo{
			{URL: "https://git.example/basalt/client", Branch: "next", Line: 25},
			{URL: "https://git.example/basalt/docs", Line: 27},
		},
		Milestones:       map[string]fact.Date{"accepted": "2018-05-01", "incubating": "2019-06-02", "graduated": "2021-07-28"},
		AnnualReviewDate: "2022-01-31", AnnualReviewURL: "https://git.example/toc/12",
		Personas: []string{"Operators", "Developers (Go, Rust)"}, Tags: []string{"storage", "raft"},
		Languages: []string{"Rust", "Go"}, UseCase: "Keeping things.", BusinessUseCase: "Keeping costly things.",
		ReleaseRate: "monthly", Integrations: "Marble",
		DevStatsURL: "https://stats.example/basalt", LFXSlug: "basalt", CLOMonitorName: "basalt", ChatChannel: "#basalt",
		Links: map[string]string{
			"twitter": "https://social.example/basalt", "slack_url": "https://chat.example/basalt",
			"other_links/Forum": "https://forum.example/basalt",
		},
		Audits: []fact.Audit{
			{Date: "2020-03-05", Type: "security", Vendor: "Example Audits", URL: "https://basalt.example/audit.pdf", Line: 50},
			{Type: "fuzzing", Line: 54},
		},
	}
	if d := cmp.Diff(want, l.Projects[0], cmpopts.IgnoreFields(fact.Project{}, "Lines")); d != "" {
		t.Errorf("Basalt (-want +got):\n%s", d)
	}
	for field, line := range map[string]int{
		"name": 10, "project": 17, "repo_url": 18, "accepted": 30, "audits": 49, "second_path": 23, "additional_repos": 24,
		"summary_integration": 47, "summary_integrations": 47, "other_links/Forum": 57, "slack_url": 38,
	} {
		if got := l.Projects[0].Lines[field]; got != line {
			t.Errorf("line of %s: %d, want %d", field, got, line)
		}
	}
}

func TestParseTwice(t *testing.T) {
	t.Parallel()
	a, b := parseFile(t, "foundation.yml"), parseFile(t, "foundation.yml")
	if d := cmp.Diff(a, b); d != "" {
		t.Errorf("two readings differ:\n%s", d)
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	l := parseFile(t, "foundation.yml")
	var names []string
	for _, p := range l.Projects {
		names = append(names, p.Name)
	}
	// Marble and Marble Cloud share a repository and stay two.
	if d := cmp.Diff([]string{"Basalt", "Marble", "Marble Cloud"}, names); d != "" {
		t.Errorf("projects (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"Networking / Proxies"}, l.Projects[1].SecondPaths); d != "" {
		t.Errorf("paths of Marble (-want +got):\n%s", d)
	}
	want := []string{
		`date: "2021-02-30" is not a date that exists; left unknown`,
		`accepted: "2020-02-30" is not a date that exists; left unknown`,
		`"BASALT" is listed again in "Networking / Proxies", there with the maturity sandbox; the item in line 10 counts`,
		`"Marble" is listed again in "Networking / Proxies", there without maturity; the item in line 60 counts`,
	}
	if d := cmp.Diff(want, texts(l.Notes)); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
	if p := l.Projects[1]; p.Accepted() != "" || p.Milestones["incubation"] != "2021-01-01" || len(p.Milestones) != 1 {
		t.Errorf("milestones of Marble: %v", p.Milestones)
	}
}

func TestSameNameApart(t *testing.T) {
	t.Parallel()
	l, err := Parse([]byte(`{landscape: [{name: C, subcategories: [{name: S, items: [
{name: Twin, project: sandbox, repo_url: "https://git.example/a/twin"},
{name: twin, project: sandbox, repo_url: "https://git.example/b/twin"},
{name: Twin!, project: sandbox, repo_url: "https://git.example/c/twin"},
{name: Twin, repo_url: "https://git.example/d/twin"},
{name: Twin}]}]}]}`), fact.Evidence{Path: "l.yml"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`two projects are called "twin" (the other in line 2); their repositories differ, so they are kept apart`,
		`the projects "Twin" and "Twin!" have the same identifier "twin"`,
	}
	if d := cmp.Diff(want, texts(l.Notes)); d != "" || len(l.Projects) != 3 {
		t.Errorf("%d projects, notes (-want +got):\n%s", len(l.Projects), d)
	}
}

func TestOtherShape(t *testing.T) {
	t.Parallel()
	l := parseFile(t, "stages.yml")
	type row struct {
		Name, Path, Maturity string
		Milestones           map[string]fact.Date
	}
	var got []row
	for _, p := range l.Projects {
		got = append(got, row{p.Name, p.Category + " / " + p.Subcategory, p.Maturity, p.Milestones})
	}
	const pumps = "Machine Rooms / Pumps"
	want := []row{
		{"Bilge", pumps, "at large", map[string]fact.Date{"accepted": "2020-01-02", "at large": "2021-01-02"}},
		{"Sluice", pumps, "emeritus", map[string]fact.Date{"emeritus": "2022-03-04", "impact": "2020-05-06"}},
		{"Valve", pumps, "impact", nil},
		{"Valve Two", pumps, "impact", nil},
	}
	if d := cmp.Diff(want, got); d != "" || l.Items != 4 || len(l.Notes) != 0 {
		t.Errorf("%d items, notes %q, projects (-want +got):\n%s", l.Items, texts(l.Notes), d)
	}
}

// Each case adds one oddity to a plain project.
func TestOddFields(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		field string
		check func(p *fact.Project) any
		want  any
		note  string
	}{
		{"terminal control", `description: "\e[31mred\u0007\u202e \u009b2J"`,
			func(p *fact.Project) any { return p.Description }, "[31mred 2J", ""},
		{"line break in a name", `chat_channel: "a\nb\tc"`, func(p *fact.Project) any { return p.ChatChannel }, "a b c", ""},
		{"emoji stays", `chat_channel: "👩‍💻 ü"`, func(p *fact.Project) any { return p.ChatChannel }, "👩‍💻 ü", ""},
		{"list for text", `homepage_url: [a]`, func(p *fact.Project) any { return p.Homepage }, "", `homepage_url: is a list, not text; left out`},
		{"text for a list", `audits: none`, func(p *fact.Project) any { return len(p.Audits) }, 0, `audits: is text, not a list; left out`},
		{"text for an audit", `audits: [x, {}]`, func(p *fact.Project) any { return len(p.Audits) }, 0, `audits: an entry is text, not a mapping; left out`},
		{"mapping in a list", `summary_tags: [a, {b: c}]`, func(p *fact.Project) any { return len(p.Tags) }, 1, `summary_tags: is a mapping, not text; left out`},
		{"text for extra", `extra: none`, func(p *fact.Project) any { return p.Name }, "P", `extra: is text, not a mapping; left out`},
		{"key twice", `name: Q`, func(p *fact.Project) any { return p.Name }, "P", `"name" is written twice; that of line 3 counts`},
		{"long address", `repo_url: https://` + strings.Repeat("a", limit.LandscapeLine), func(p *fact.Project) any { return p.RepoURL }, "",
			`repo_url: has 2056 bytes, more than 2048; left out`},
		{"long prose", `description: ` + strings.Repeat("ä", limit.LandscapeText), func(p *fact.Project) any { return len(p.Description) }, limit.LandscapeText,
			`description: has 32768 bytes; cut to 16384`},
		{"odd address", `repo_url: "ext::sh -c id"`, func(p *fact.Project) any { return p.RepoURL }, "ext::sh -c id", ""},
		{"number", `branch: 1.10`, func(p *fact.Project) any { return p.Branch }, "1.10", ""},
		{"no date", `archived: soon`, func(p *fact.Project) any { return len(p.Milestones) }, 0, ""},
		{"address named for a level", `labs: https://labs.example/1`, func(p *fact.Project) any { return p.Links["labs"] }, "https://labs.example/1", ""},
		{"date below extra", `extra: {accepted: 2020-01-02T03:04:05Z}`, func(p *fact.Project) any { return p.Accepted() }, fact.Date("2020-01-02"), ""},
		{"maturity below extra", `extra: {project: graduated}`, func(p *fact.Project) any { return p.Maturity }, "sandbox",
			`P: a maturity below extra: does not make an item a project; left out`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := parse(t, "name: P\nproject: sandbox\n"+tt.field)
			if len(l.Projects) != 1 {
				t.Fatalf("%d projects", len(l.Projects))
			}
			if d := cmp.Diff(tt.want, tt.check(&l.Projects[0])); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if got := strings.Join(texts(l.Notes), "; "); got != tt.note {
				t.Errorf("notes %q, want %q", got, tt.note)
			}
			for _, n := range l.Notes {
				if n.Evidence.Line == 0 || n.Evidence.Path != "l.yml" {
					t.Errorf("note without its place: %+v", n)
				}
			}
		})
	}
}

func TestNoProject(t *testing.T) {
	t.Parallel()
	for _, item := range []string{"name: P", "name: P\nproject: null", "name: P\nproject: ''", "name: P\nproject: false", "project: sandbox", "name: P\nproject: [a]"} {
		if l := parse(t, item); l.Items != 1 || len(l.Projects) != 0 {
			t.Errorf("%q: %d items, %d projects, want 1, 0", item, l.Items, len(l.Projects))
		}
	}
	if l := parse(t, "name: P\ncncf_project: sandbox"); len(l.Projects) != 1 || l.Projects[0].Lines["project"] != 4 {
		t.Errorf("old name of the field: %+v", l.Projects)
	}
}

func TestBroken(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, data string
		kind       errkind.Kind
		want       string
	}{
		{"empty", " \n", errkind.Input, "l.yml: the file is empty"},
		{"no mapping", "- a\n", errkind.Input, `l.yml: no "landscape:" at the top of the file (it is a list)`},
		{"other file", "settings: {}\n", errkind.Input, `l.yml: no "landscape:" at the top of the file (it is a mapping)`},
		{"no list", "a: b\nlandscape: {}\n", errkind.Input, "l.yml:2: landscape: is a mapping, not a list of categories"},
		{"no categories", "landscape:\n", errkind.Input, "l.yml:1: landscape: is empty, not a list of categories"},
		{"web page", "\n<!DOCTYPE html><p>", errkind.Input, "l.yml: this is a web page, not a landscape"},
		{"LFS pointer", "version https://git-lfs.github.com/spec/v1\n", errkind.Input, "l.yml: this is a Git LFS pointer, not the file itself"},
		{"syntax", "landscape:\n  - a: b: c\n", errkind.Input, "l.yml:2:9: mapping values are not allowed in this context"},
		{"tab", "landscape:\n\t- b\n", errkind.Input, "l.yml:2:1: found character that cannot start any token"},
		{"NUL", "landscape:\n  - ab\x00", errkind.Input, "l.yml:2:7: byte 0x00 is not part of UTF-8 text"},
		{"not UTF-8", "landscape:\n  - ä\xff", errkind.Input, "l.yml:2:6: byte 0xff is not part of UTF-8 text"},
		{"unknown alias", "landscape: *a\n", errkind.Input, "l.yml:1:12: unknown anchor 'a' referenced"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse([]byte(tt.data), fact.Evidence{Path: "l.yml"})
			if err == nil || err.Error() != tt.want || errkind.Of(err) != tt.kind || errkind.Hint(err) == "" {
				t.Errorf("error %v (kind %q, hint %q), want %q", err, errkind.Of(err), errkind.Hint(err), tt.want)
			}
		})
	}
}
