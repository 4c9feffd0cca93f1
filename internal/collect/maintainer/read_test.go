package maintainer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"assay/internal/fact"
	"assay/internal/markup"
)

type people = []fact.Maintainer

func TestMaintainers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, src string
		want      people
	}{
		{"table", "# Maintainers\n\n| Maintainer | GitHub ID | Affiliation | Email |\n|---|---|---|---|\n| Ann (Annie) Example | [ann](https://github.com/ann) | [Corp](https://corp.example) (part) | <ann@corp.example> |\n| Bob Sample | @bob | GmbH | |\n| Old One | @old | emeritus | |\n",
			people{{Name: "Ann (Annie) Example", Handle: "ann", Organisation: "Corp (part)", Line: 5}, {Name: "Bob Sample", Handle: "bob", Organisation: "GmbH", Line: 6}, {Name: "Old One", Handle: "old", Duty: fact.DutyEmeritus, Line: 7}}},
		{"table of teams", "| Team | Members |\n|---|---|\n| docs | @a, @b |\n", nil},
		{"roles", "| Name | Handle | Role |\n|---|---|---|\n| Ann Example | @ann | Approver |\n", people{{Name: "Ann Example", Handle: "ann", Role: "Approver", Line: 3}}},
		{"list", "# Maintainers\n\n* Ann Example <ann@corp.example> @ann\n* [Bob Sample](https://github.com/bob), [GmbH](https://gmbh.example)\n* Cy van Dam (cy@x.example / @cy)\n* Di Example (Corp) @di\n* @ed\n* Flo Example <flo@x.example>\n* To act in the best interest of the project at all times.\n* Ask @gus for help with anything\n",
			people{{Name: "Ann Example", Handle: "ann", Line: 3}, {Name: "Bob Sample", Handle: "bob", Organisation: "GmbH", Line: 4}, {Name: "Cy van Dam", Handle: "cy", Line: 5}, {Name: "Di Example", Handle: "di", Organisation: "Corp", Line: 6}, {Handle: "ed", Line: 7}, {Name: "Flo Example", Line: 8}}},
		{"several in an item", "* `storage`\n  * `remote`: Ann Example (a@x.example / @ann), Bob Sample (<b@x.example> / @bob)\n",
			people{{Name: "Ann Example", Handle: "ann", Line: 2}, {Name: "Bob Sample", Handle: "bob", Line: 2}}},
		{"emeritus", "# Maintainers\n\n- @ann\n\n## Emeritus\n\n- @old\n\n## Steering Committee\n\n- @bob\n\nFormer maintainers:\n\n- @older\n",
			people{{Handle: "ann", Line: 3}, {Handle: "old", Duty: fact.DutyEmeritus, Role: "Emeritus", Line: 7}, {Handle: "bob", Role: "Steering Committee", Line: 11}, {Handle: "older", Duty: fact.DutyEmeritus, Role: "Former maintainers", Line: 15}}},
		{"records", "## @corp/wash-maintainers\n\nName: Ann Example  \nGitHub: @ann\nOrganization: Corp\n\nName: Bob Sample\nGitHub: https://github.com/bob\n",
			people{{Name: "Ann Example", Handle: "ann", Organisation: "Corp", Role: "corp/wash-maintainers", Line: 3}, {Name: "Bob Sample", Handle: "bob", Role: "corp/wash-maintainers", Line: 7}}},
		{"indented records", "Maintainers:\n  Ann Example\n    Email: ann@x.example\n    GitHub username: @ann\n    PGP fingerprint: 00FF\n\n  Bob Sample\n    Email: bob@x.example\n",
			people{{Name: "Ann Example", Handle: "ann", Line: 2}, {Name: "Bob Sample", Line: 7}}},
		{"comma-separated with a header", "# Maintainers\n#\n# Github ID, Name, Affiliation\n\nann, Ann Example, Corp\nbob, Bob, Sample, GmbH\n",
			people{{Name: "Ann Example", Handle: "ann", Organisation: "Corp", Line: 5}, {Name: "Bob Sample", Handle: "bob", Organisation: "GmbH", Line: 6}}},
		{"quoted", "# REVIEWERS\n# GitHub ID, Name, Email address\n\"ann\",\"Ann Example\",\"ann@x.example\"\n", people{{Name: "Ann Example", Handle: "ann", Duty: fact.DutyReviewer, Role: "REVIEWERS", Line: 3}}},
		{"bare handles", "Project Lead:\n@ann\n\nMaintainers:\n\n@bob\n@cy\n", people{{Handle: "ann", Role: "Project Lead", Line: 2}, {Handle: "bob", Line: 6}, {Handle: "cy", Line: 7}}},
		{"prose", "See <https://github.com/corp/project/blob/main/MAINTAINERS.md>.\n\nThe maintainers decide by lazy consensus and @corp/maintainers is asked in doubt about everything.\n", nil},
		{"spelt address", "- Ann Example (ann [at] x [dot] example) @ann\n", people{{Name: "Ann Example", Handle: "ann", Line: 1}}},
	} {
		got := maintainersIn("", markup.Blocks([]byte(c.src)), false)
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

func TestGovernanceTables(t *testing.T) {
	t.Parallel()
	src := "# Governance\n\n- @nobody\n\n| Vote | Majority |\n|---|---|\n| small | simple |\n\n## Maintainers\n\n| Name | GitHub |\n|---|---|\n| Ann Example | @ann |\n\n## Board\n\n| Name | GitHub |\n|---|---|\n| Bob Sample | @bob |\n"
	got := maintainersIn("", markup.Blocks([]byte(src)), true)
	want := people{{Name: "Ann Example", Handle: "ann", Line: 13}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestOwners(t *testing.T) {
	t.Parallel()
	aliases, err := aliasesIn([]byte("aliases:\n  leads:\n    - ann\n    - bob\n"))
	if err != nil {
		t.Fatal(err)
	}
	owners, err := ownersIn([]byte("reviewers:\n- ann\n- cy # Cy <cy@x.example>\napprovers:\n- leads\nemeritus_approvers:\n- old\nfilters:\n  \"docs/.*\":\n    approvers:\n    - di\n  .*:\n    approvers: [ed]\n"))
	got := accountsOf("OWNERS", owners, aliases, "OWNERS_ALIASES")
	want := people{
		{Handle: "ann", Duty: fact.DutyReviewer, Role: "reviewer", Path: "OWNERS", Line: 2}, {Handle: "cy", Duty: fact.DutyReviewer, Role: "reviewer", Path: "OWNERS", Line: 3},
		{Handle: "ann", Role: "approver", Path: "OWNERS_ALIASES", Line: 3}, {Handle: "bob", Role: "approver", Path: "OWNERS_ALIASES", Line: 4},
		{Handle: "old", Duty: fact.DutyEmeritus, Role: "emeritus approver", Path: "OWNERS", Line: 7},
		{Handle: "ed", Role: "approver", Path: "OWNERS", Line: 13},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("err %v (-want +got)\n%s", err, diff)
	}
	if joined := joinPeople(got); len(joined) != 5 || joined[0].Role != "approver" {
		t.Errorf("joined: %+v", joined)
	}
	if _, err := ownersIn([]byte("a: [")); err == nil {
		t.Error("broken YAML gives no error")
	}
}

// The pattern is no owner, whatever it looks like:
// https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
// and, for sections, https://docs.gitlab.com/user/project/codeowners/reference/.
func TestCodeowners(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"# @nobody\n*  @ann @corp/team ann@x.example # @no\n\n/x @Ann, @bob\n- @cy\n": "ann:2 corp/team:2 bob:4 cy:5",
		"@types/node @ann\n@types\n":                         "ann:1",
		"node_modules/@types/node @ann @corp/js\n":           "ann:1 corp/js:1",
		"/my\\ @file.md @ann\n/my\\ @file @bob\n":            "ann:1 bob:2",
		"/src/C#/ @ann#lead\n":                               "ann:1",
		"[Docs] @ann\n^[Two Words][2] @bob\n*.md\n!a @cy\n":  "ann:1 bob:2 cy:4",
		"* @@maintainer @di/../x @ann-at-corp-dot-example\n": "",
		"  # @no\n\t@pattern\t@ann\n":                        "ann:2",
	} {
		var got []string
		for _, p := range codeownersIn("CODEOWNERS", []byte(src)) {
			got = append(got, fmt.Sprintf("%s:%d", p.Handle, p.Line))
			if p.Name != "" || p.Path != "CODEOWNERS" || p.Duty != fact.DutyCodeOwner || p.Role != "code owner" {
				t.Errorf("%q gives %+v", src, p)
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q gives %q, want %q", src, got, want)
		}
	}
}

func TestJoinPeople(t *testing.T) {
	t.Parallel()
	got := joinPeople(people{{Name: "Ann Example", Handle: "ann", Line: 1}, {Name: "Bob Sample", Line: 2}}, people{{Handle: "Ann", Organisation: "Corp"}, {Handle: "cy"}, {Name: "bob sample", Organisation: "GmbH"}})
	want := people{{Name: "Ann Example", Handle: "ann", Organisation: "Corp", Line: 1}, {Name: "Bob Sample", Organisation: "GmbH", Line: 2}, {Handle: "cy"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
