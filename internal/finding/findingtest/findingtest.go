// Package findingtest gives tests an invented survey: a landscape of nine
// projects whose repositories were read, read in part, replaced, or not found.
// Nothing in it is taken from a real project.
package findingtest

import (
	"strings"
	"testing"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// AsOf is the day of the survey.
const AsOf fact.Date = "2025-06-30"

// LandscapeCommit is the commit of its landscape.
const LandscapeCommit = "1a5cade0000000000000000000000000000000aa"

// builder collects the facts of the survey.
type builder struct {
	f    finding.Facts
	line int
}

// Facts is the survey. Each call makes a new one, which the caller may change.
//
// For Rust at scope organisation the classes are: Ferrobase, Wheelhouse and
// Wasmoor core; Meshwork (a sibling repository) and Attestor (a crate beside
// Python) component; Tracelet trace; Paragate none; Halfread none in what was
// read; Nowhere unknown.
func Facts() finding.Facts {
	b := &builder{f: finding.Facts{
		Survey: &fact.Survey{
			AsOf: AsOf,
			Landscape: &fact.Landscape{
				Evidence:    fact.Evidence{Repo: "github.com/inventa/landscape", Commit: LandscapeCommit, Path: "landscape.yml"},
				CommittedAt: "2025-06-30T09:12:00Z", Items: 120,
			},
			Catalog: &fact.Catalog{Sources: []fact.Source{
				{Name: "landscape", State: "read"},
				{Name: "clomonitor", State: "off", Why: "no file given"},
				{Name: "listing", State: "read"},
			}},
			Collectors: map[string]int{"census": 1, "component": 1, "licence": 1, "adopter": 1, "maintainer": 1, "policy": 1},
		},
		Compositions: map[string]*fact.Composition{},
		Components:   map[string]*fact.Components{},
		Licences:     map[string]*fact.Licences{},
		Adopters:     map[string]*fact.Adopters{},
		Maintainers:  map[string]*fact.Maintainers{},
		Policies:     map[string]*fact.Policy{},
		Commits:      map[string]*fact.Commits{},
		Timelines:    map[string]*fact.Timeline{},
		Releases:     map[string]*fact.Releases{},
	}, line: 10}
	b.ferrobase()
	b.meshwork()
	b.attestor()
	b.wasmoor()
	b.small()
	b.vital()
	return b.f
}

// project adds an item; its lines in the file are invented, one a field.
func (b *builder) project(p fact.Project) {
	p.Lines = map[string]int{}
	for _, field := range []string{
		"name", "homepage_url", "project", "repo_url", "description", "accepted", "incubating", "graduated", "archived",
		"audits", "personas", "tags", "annual_review_date", "dev_stats_url", "lfx_slug", "clomonitor_name", "chat_channel",
		"additional_repos",
	} {
		p.Lines[field] = b.line
		b.line++
	}
	for i := range p.Audits {
		p.Audits[i].Line = b.line
		b.line++
	}
	l := b.f.Survey.Landscape
	l.Projects = append(l.Projects, p)
}

// repo adds a repository of the project added last.
func (b *builder) repo(id fact.RepoID, reason fact.Reason, standing fact.Standing) *fact.Repository {
	l, c := b.f.Survey.Landscape, b.f.Survey.Catalog
	p := &l.Projects[len(l.Projects)-1]
	e := l.Evidence
	source := "landscape"
	switch reason {
	case fact.Primary:
		e.Line = p.Lines["repo_url"]
	case fact.Discovered:
		source, e = "listing", fact.Evidence{URL: "https://" + id.Host() + "/" + id.Owner(), At: "2025-06-30T10:00:00Z"}
	default:
		e.Line = p.Lines["additional_repos"]
	}
	c.Repositories = append(c.Repositories, fact.Repository{
		ID: id, Project: p.Name, Standing: standing,
		Memberships: []fact.Membership{{Reason: reason, Source: source, Evidence: e}},
	})
	return &c.Repositories[len(c.Repositories)-1]
}

// read adds the outcome of a repository that was read, with its composition.
func (b *builder) read(id fact.RepoID, cells ...fact.Cell) (*fact.Outcome, *fact.Composition) {
	s := b.f.Survey
	commit := hex(id) + strings.Repeat("0", 32)
	s.Outcomes = append(s.Outcomes, fact.Outcome{Repo: id, Revision: &fact.Revision{
		Repo: id, Ref: "refs/heads/main", Commit: commit, CommittedAt: "2025-06-29T18:00:00Z", AsOf: AsOf, Rule: fact.RuleMainline,
	}})
	c := &fact.Composition{Cells: cells, Largest: map[string][]fact.FileSize{}}
	for i := range cells {
		c.Files += cells[i].Files
	}
	b.f.Compositions[id.Key()] = c
	return &s.Outcomes[len(s.Outcomes)-1], c
}

// hex gives eight digits that tell repositories apart.
func hex(id fact.RepoID) string {
	const digits = "0123456789abcdef"
	h := uint32(2166136261)
	for _, c := range []byte(id) {
		h = (h ^ uint32(c)) * 16777619
	}
	out := make([]byte, 8)
	for i := range out {
		out[i] = digits[h>>(4*i)&15]
	}
	return string(out)
}

// fail adds the outcome of a repository that could not be read.
func (b *builder) fail(id fact.RepoID, kind, why, how string) {
	b.f.Survey.Outcomes = append(b.f.Survey.Outcomes, fact.Outcome{Repo: id, Failure: kind, Why: why, How: how})
}

// cell makes a counted cell of about 35 bytes a line.
func cell(component, language string, role fact.Role, files int, bytes int64) fact.Cell {
	lines := bytes / 35
	return fact.Cell{
		Component: component, Language: language, Type: "programming", Role: role, Counted: true,
		Files: files, Bytes: bytes, LineFiles: files, Code: lines * 8 / 10, Comment: lines / 10, Blank: lines / 10,
	}
}

func (b *builder) ferrobase() {
	b.project(fact.Project{
		Name: "Ferrobase", Category: "App Definition", Subcategory: "Database", Maturity: "graduated",
		Description: "Distributed key-value store with | pipes and <angles>", Homepage: "https://ferrobase.example/",
		RepoURL: "https://github.com/ferrobase/ferrobase",
		Milestones: map[string]fact.Date{
			"accepted": "2018-03-06", "incubating": "2019-05-21", "graduated": "2020-09-02",
		},
		AnnualReviewDate: "2022-02-01", AnnualReviewURL: "https://github.com/inventa/toc/pull/17",
		Personas: []string{"SREs", "Architects"}, Tags: []string{"database", "storage"},
		DevStatsURL: "https://ferrobase.devstats.example/", LFXSlug: "ferrobase", CLOMonitorName: "ferrobase",
		ChatChannel: "#ferrobase",
		Audits: []fact.Audit{
			{Date: "2020-02-10", Type: "security", Vendor: "Lockpick Labs", URL: "https://ferrobase.example/audit.pdf"},
			{Type: "fuzzing", Vendor: "Fuzzwright"},
		},
	})
	const id = "github.com/ferrobase/ferrobase"
	b.repo(id, fact.Primary, "")
	_, c := b.read(id,
		cell("", "Rust", fact.RoleProduct, 400, 20_000_000), cell("", "Shell", fact.RoleProduct, 12, 40_000),
		cell("components/raft", "Rust", fact.RoleProduct, 80, 4_000_000), cell("", "Rust", fact.RoleTest, 60, 814_809),
		fact.Cell{Language: "Markdown", Type: "prose", Role: fact.RoleDocs, Files: 30, Bytes: 200_000},
	)
	c.Missing, c.MissingPaths = 3, []string{"src/a.rs", "src/b.rs", "src/c.rs"}
	c.Largest["Rust"] = []fact.FileSize{{Path: "src/server/mod.rs", Bytes: 310_000}, {Path: "src/raft (old).rs", Bytes: 120_000}}
	yes := true
	b.f.Components[id] = &fact.Components{Components: []fact.Component{
		{
			Ecosystem: "cargo", Name: "ferrobase", Version: "8.1.0", Manifest: "Cargo.toml", Line: 2, Language: "Rust",
			Role: fact.RoleProduct, Kinds: []string{"bin", "lib"}, Targets: []string{"ferrobase"}, License: "Apache-2.0", Edition: "2021",
			MinVersion: "1.76", Published: &yes, Members: []string{"components/raft"}, Runtime: []string{"tokio"},
			Unsafe: &fact.Unsafe{Blocks: 212, Fns: 14, Impls: 9, Traits: 1, Files: 40}, Description: "the server",
		},
		{
			Ecosystem: "cargo", Name: "raft", Version: "0.7.0", Path: "components/raft", Manifest: "components/raft/Cargo.toml",
			Line: 2, Language: "Rust", Role: fact.RoleProduct, Kinds: []string{"lib"}, Edition: "2021", Workspace: "Cargo.toml",
			Unsafe: &fact.Unsafe{Blocks: 3, Files: 1},
		},
		{
			Ecosystem: "cargo", Name: "bench", Path: "tests/bench", Manifest: "tests/bench/Cargo.toml", Line: 1, Language: "Rust",
			Role: fact.RoleTest, Kinds: []string{"bin"},
		},
	}}
	b.speaks(id)
	b.f.Licences[id].Licences = []fact.Licence{{SPDX: "Apache-2.0", Confidence: 0.99, Path: "LICENSE"}}
	*b.f.Adopters[id] = fact.Adopters{Files: []string{"ADOPTERS.md"}, Adopters: []fact.Adopter{
		{Name: "Harbour & Sons", URL: "https://harbour.example/", Kind: "production", Path: "ADOPTERS.md", Line: 7},
		{Name: "Tin [Can] Bank", Path: "ADOPTERS.md", Line: 8},
	}}
	*b.f.Maintainers[id] = fact.Maintainers{Files: []string{"MAINTAINERS.md"}, Maintainers: []fact.Maintainer{
		{Name: "Ada Invented", Handle: "ada-invented", Organisation: "Harbour & Sons", Path: "MAINTAINERS.md", Line: 5},
		{Handle: "bert-invented", Path: "MAINTAINERS.md", Line: 6},
	}}
	*b.f.Policies[id] = fact.Policy{Security: "SECURITY.md", Reasons: []fact.Quote{{
		Language: "Rust", Text: "We chose Rust because it has no garbage collector.", Path: "README.md", Line: 12,
	}}}
}

// speaks makes a repository one that was read for documents and has none yet.
func (b *builder) speaks(id string) { Speak(&b.f, id) }

// Speak makes the repository of that key one that was read for documents and has
// none.
func Speak(f *finding.Facts, key string) {
	f.Licences[key], f.Adopters[key] = &fact.Licences{}, &fact.Adopters{}
	f.Maintainers[key], f.Policies[key] = &fact.Maintainers{}, &fact.Policy{}
}

// Forget makes the tree of the repository of that key one that was not read.
func Forget(f *finding.Facts, key string) {
	delete(f.Compositions, key)
	delete(f.Components, key)
	delete(f.Licences, key)
	delete(f.Adopters, key)
	delete(f.Maintainers, key)
	delete(f.Policies, key)
}

func (b *builder) meshwork() {
	b.project(fact.Project{
		Name: "Meshwork", Category: "Orchestration", Subcategory: "Service Mesh", Maturity: "graduated",
		Description: "A service mesh", Homepage: "https://meshwork.example/", RepoURL: "https://github.com/meshwork/meshwork",
		AdditionalRepos: []fact.AdditionalRepo{{URL: "https://github.com/meshwork/proxy", Line: 60}},
		Milestones:      map[string]fact.Date{"accepted": "2017-01-23", "incubating": "2018-04-06", "graduated": "2021-07-28"},
	})
	const control, proxy fact.RepoID = "github.com/meshwork/meshwork", "github.com/meshwork/proxy"
	b.repo(control, fact.Primary, "")
	b.repo(proxy, fact.Additional, "")
	b.repo("github.com/meshwork/website", fact.Discovered, fact.StandingWebsite).StandingWhy = "its name"
	b.read(control,
		cell("", "Go", fact.RoleProduct, 900, 40_000_000), cell("", "Rust", fact.RoleProduct, 5, 200_000),
		cell("", "JavaScript", fact.RoleProduct, 100, 1_000_000),
	)
	_, c := b.read(proxy, cell("", "Rust", fact.RoleProduct, 350, 2_400_000))
	c.Largest["Rust"] = []fact.FileSize{{Path: "proxy/src/main.rs", Bytes: 90_000}}
	b.speaks(control.Key())
	b.f.Licences[control.Key()].Licences = []fact.Licence{{SPDX: "Apache-2.0", Confidence: 1, Path: "LICENSE"}}
}

func (b *builder) attestor() {
	b.project(fact.Project{
		Name: "Attestor", Category: "Provisioning", Subcategory: "Security", Maturity: "sandbox",
		RepoURL: "https://github.com/attestor/attestor", Milestones: map[string]fact.Date{"accepted": "2020-09-22"},
		Audits: []fact.Audit{{Date: "2023-01-05", Vendor: "Lockpick Labs", URL: "javascript:alert(1)"}},
	})
	const id = "github.com/attestor/attestor"
	b.repo(id, fact.Primary, "")
	b.read(id,
		cell("", "Python", fact.RoleProduct, 200, 2_000_000), cell("agent", "Rust", fact.RoleProduct, 9, 80_000),
		cell("agent", "Shell", fact.RoleProduct, 1, 500),
	)
	b.f.Components[id] = &fact.Components{Components: []fact.Component{
		{Ecosystem: "pypi", Name: "attestor", Manifest: "pyproject.toml", Language: "Python", Role: fact.RoleProduct},
		{
			Ecosystem: "cargo", Name: "attestor-agent", Version: "0.3.1", Path: "agent", Manifest: "agent/Cargo.toml", Line: 2,
			Language: "Rust", Role: fact.RoleProduct, Kinds: []string{"bin", "wasm"}, Edition: "2018",
		},
	}}
}

func (b *builder) wasmoor() {
	b.project(fact.Project{
		Name: "Wasmoor", Category: "Runtime", Subcategory: "Wasm Host", Maturity: "incubating",
		Homepage: "https://wasmoor.example", RepoURL: "https://github.com/wasmoor/wasmoor",
		Milestones: map[string]fact.Date{"accepted": "2021-07-13", "incubating": "2024-11-08"},
	})
	const id, lib fact.RepoID = "github.com/wasmoor/wasmoor", "github.com/wasmoor/lib"
	b.repo(id, fact.Primary, "")
	b.repo("github.com/wasmoor/gone", fact.Discovered, "")
	b.repo(lib, fact.Discovered, "").FoundAs = "github.com/wasmoor/library"
	b.repo("github.com/wasmoor/library", fact.Discovered, "")
	b.fail("github.com/wasmoor/gone", "absent", "no mirror of github.com/wasmoor/gone", "give --mirror-from a tree that holds it")
	o, _ := b.read(id, cell("", "Rust", fact.RoleProduct, 250, 3_000_000), cell("", "TypeScript", fact.RoleProduct, 30, 700_000))
	r := o.Revision
	r.Rule, r.Ref = fact.RuleLineage, "refs/tags/v1.9.0"
	r.Lineages = []fact.Lineage{
		{
			Ref: "refs/tags/v1.9.0", Commit: r.Commit, CommittedAt: r.CommittedAt, FirstAt: "2019-10-01T00:00:00Z",
			Commits: 4210, LastRelease: "v1.9.0", LastReleaseAt: "2025-06-20T00:00:00Z", Why: "it carries the releases of the day",
		},
		{
			Ref: "refs/heads/main", Commit: "feedfacefeedfacefeedfacefeedfacefeedface", CommittedAt: "2025-06-28T00:00:00Z",
			FirstAt: "2025-05-01T00:00:00Z", Commits: 37, Why: "the default branch today",
		},
	}
	b.read(lib, cell("", "Rust", fact.RoleProduct, 20, 100_000))
	b.read("github.com/wasmoor/library", cell("", "Rust", fact.RoleProduct, 20, 100_000))
}

// small adds the projects that are there for one thing each.
func (b *builder) small() {
	b.project(fact.Project{
		Name: "Paragate", Category: "Provisioning", Subcategory: "Security", Maturity: "sandbox",
		RepoURL: "https://github.com/paragate/paragate", Milestones: map[string]fact.Date{"accepted": "2022-12-14"},
	})
	b.repo("github.com/paragate/paragate", fact.Primary, "")
	b.read("github.com/paragate/paragate", cell("", "Go", fact.RoleProduct, 100, 900_000))

	b.project(fact.Project{
		Name: "Tracelet", Category: "Observability", Subcategory: "Tracing", Maturity: "incubating",
		RepoURL: "https://github.com/tracelet/tracelet", Milestones: map[string]fact.Date{"accepted": "2019-02-02"},
	})
	b.repo("github.com/tracelet/tracelet", fact.Primary, "")
	b.read("github.com/tracelet/tracelet",
		cell("", "Go", fact.RoleProduct, 700, 9_000_000), cell("", "Rust", fact.RoleExample, 1, 900))

	b.project(fact.Project{
		Name: "Halfread", Category: "Runtime", Subcategory: "Storage", Maturity: "sandbox",
		RepoURL: "https://github.com/halfread/halfread", Milestones: map[string]fact.Date{"accepted": "2023-03-03"},
	})
	b.repo("github.com/halfread/halfread", fact.Primary, "")
	b.repo("github.com/halfread/engine", fact.Additional, "")
	b.read("github.com/halfread/halfread", cell("", "C", fact.RoleProduct, 50, 500_000))
	b.fail("github.com/halfread/engine", "corrupt", "the pack is damaged", "fetch the mirror anew")

	b.project(fact.Project{
		Name: "Nowhere", Category: "Runtime", Subcategory: "Storage", Maturity: "sandbox",
		RepoURL: "https://github.com/nowhere/nowhere", Milestones: map[string]fact.Date{"accepted": "2024-01-01"},
	})
	b.repo("github.com/nowhere/nowhere", fact.Primary, "")
	b.fail("github.com/nowhere/nowhere", "absent", "no mirror of github.com/nowhere/nowhere", "give --mirror-from a tree that holds it")

	b.project(fact.Project{
		Name: "Wheelhouse", Category: "Runtime", Subcategory: "Container Runtime", Maturity: "archived",
		RepoURL:    "https://github.com/wheelhouse/wheelhouse",
		Milestones: map[string]fact.Date{"accepted": "2019-06-01", "archived": "2023-10-10"},
	})
	b.repo("github.com/wheelhouse/wheelhouse", fact.Primary, "")
	b.read("github.com/wheelhouse/wheelhouse", cell("", "Rust", fact.RoleProduct, 3, 9_000))
}

// Find answers what a language is to the projects of a survey.
func Find(tb testing.TB, facts finding.Facts, language string, opts finding.Options) *usage.Findings {
	tb.Helper()
	l, err := profile.Of(facts, opts)
	if err != nil {
		tb.Fatal(err)
	}
	f, err := usage.Of(l, language)
	if err != nil {
		tb.Fatal(err)
	}
	return f
}
