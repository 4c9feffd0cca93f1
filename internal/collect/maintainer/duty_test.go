package maintainer

import (
	std "cmp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"assay/internal/fact"
	"assay/internal/markup"
)

func TestDutyOf(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]fact.Duty{
		"Maintainers":                           fact.DutyMaintainer,
		"Approver and Reviewer":                 fact.DutyMaintainer,
		"Project Lead":                          fact.DutyMaintainer,
		"Committers":                            fact.DutyMaintainer,
		"All things ovn":                        fact.DutyMaintainer,
		"REVIEWERS":                             fact.DutyReviewer,
		"Emeritus Maintainers":                  fact.DutyEmeritus,
		"Past":                                  fact.DutyEmeritus,
		"Triage":                                fact.DutyOther,
		"corp/triage-maintainers":               fact.DutyOther,
		"Initial authors":                       fact.DutyOther,
		"Security contacts":                     fact.DutyOther,
		"Core Contributor":                      fact.DutyOther,
		"Community Management":                  fact.DutyOther,
		"CoCo Steering Committee / Maintainers": fact.DutyMaintainer,
		// Words within words are none.
		"Transformer maintainers":           fact.DutyMaintainer,
		"Pastry maintainers":                fact.DutyMaintainer,
		"Previously maintainers":            fact.DutyEmeritus,
		"core_maintainers":                  fact.DutyMaintainer,
		"Committers of the mainframe":       fact.DutyMaintainer,
		"Thanksgiving":                      fact.DutyMaintainer,
		"Co-maintainers and comaintainers":  fact.DutyMaintainer,
		"release_managers":                  fact.DutyOther,
		"Performer maintainers and leaders": fact.DutyMaintainer,
	} {
		if got, _ := dutyOf(title, false); got != want {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
	for _, title := range []string{"Thanksgiving", "Mischief", "Steeringwheels", "Misleading", "Homeowners' tales", "Dashboards", "Unmaintained", "Areas"} {
		if duty, known := dutyOf(title, false); known {
			t.Errorf("%q is told as %q", title, duty)
		}
	}
	if got, _ := dutyOf("Committers", true); got != fact.DutyOther {
		t.Errorf("committers beside maintainers are %q", got)
	}
}

// Forms of public files, with invented people. The comments name the files.
func TestForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, src string
		want      people
	}{
		// https://github.com/thanos-io/thanos/blob/main/MAINTAINERS.md
		{"sections of other roles", "# Core Maintainers\n\n| Name | GitHub |\n|---|---|\n| Ann Example | @ann |\n\n## Triage\n\n| Name | GitHub |\n|---|---|\n| Bob Sample | @bob |\n\n## Initial authors\n\nCy Third @cy and Di Fourth @di\n\n## Emeritus\n\n### Maintainers\n\n- @old\n",
			people{{Name: "Ann Example", Handle: "ann", Line: 5}, {Name: "Bob Sample", Handle: "bob", Duty: fact.DutyOther, Role: "Triage", Line: 11}, {Name: "Cy Third", Handle: "cy", Duty: fact.DutyOther, Role: "Initial authors", Line: 15}, {Name: "Di Fourth", Handle: "di", Duty: fact.DutyOther, Role: "Initial authors", Line: 15}, {Handle: "old", Duty: fact.DutyEmeritus, Line: 21}}},
		// https://github.com/AthenZ/athenz/blob/master/MAINTAINERS
		{"records in comments", "##########\n# Maintainers\n##########\n\n# Ann Example\n# Corp Inc\n# @ann\n\n# Bob Sample\n# @bob\n", people{{Name: "Ann Example", Handle: "ann", Organisation: "Corp Inc", Line: 5}, {Name: "Bob Sample", Handle: "bob", Line: 9}}},
		// https://github.com/OpenObservability/OpenMetrics/blob/main/MAINTAINERS.md
		{"names alone", "* Ann Example\n* Bob Sample\n", people{{Name: "Ann Example", Line: 1}, {Name: "Bob Sample", Line: 2}}},
		{"no names", "* Review changes\n* Answer questions\n", nil},
		// https://github.com/open-gitops/project/blob/main/MAINTAINERS
		{"an account after its forge", "The maintainers are:\n\nAnn Example, Corp <ann@corp.example> (GitHub: ann)\n\nEmeritus:\n\nOld One, GmbH (github: old)\n", people{{Name: "Ann Example", Handle: "ann", Organisation: "Corp", Line: 3}, {Name: "Old One", Handle: "old", Organisation: "GmbH", Duty: fact.DutyEmeritus, Role: "Emeritus", Line: 7}}},
		// https://github.com/kubeslice/kubeslice/blob/master/MAINTAINERS.md
		{"names and addresses", "# Maintainers\nThey are on a channel.\n\nAnn Example ann@corp.example\nBob Sample bob@corp.example\n", people{{Name: "Ann Example", Line: 4}, {Name: "Bob Sample", Line: 5}}},
		// https://github.com/litmuschaos/litmus/blob/master/MAINTAINERS.md
		{"areas", "| Area | Maintainers | Reviewers |\n|---|---|---|\n| core | @ann, @bob | @cy |\n", people{{Handle: "ann", Line: 3}, {Handle: "bob", Line: 3}, {Handle: "cy", Duty: fact.DutyReviewer, Role: "reviewers", Line: 3}}},
		// https://github.com/pipe-cd/pipecd/blob/master/MAINTAINERS.md
		{"a title with a remark", "| Name | GitHub ID (not Twitter ID) |\n|---|---|\n| Ann Example | [@ann](https://github.com/ann) |\n", people{{Name: "Ann Example", Handle: "ann", Line: 3}}},
		// https://github.com/runmedev/runme/blob/main/MAINTAINERS.md
		{"a role in brackets", "- Ann Example (project lead) @ann\n- Bob Sample @bob (Corp)\n", people{{Name: "Ann Example", Handle: "ann", Role: "project lead", Line: 1}, {Name: "Bob Sample", Handle: "bob", Organisation: "Corp", Line: 2}}},
		// https://github.com/vscode-kubernetes-tools/vscode-kubernetes-tools/blob/main/OWNERS.md
		{"struck through", "* ~~[Old One](https://github.com/old)~~\n* [Ann Example](https://github.com/ann)\n", people{{Name: "Old One", Handle: "old", Duty: fact.DutyEmeritus, Line: 1}, {Name: "Ann Example", Handle: "ann", Line: 2}}},
		// https://github.com/theupdateframework/python-tuf/blob/develop/docs/MAINTAINERS.txt
		{"sentences", "The project is currently managed by Ann Example at the university.\n\nThe project lead is Bob Sample (@bob). Cy Third (@cy) is the maintainer of it.\n\nMaintainers lead by example, and the lead is asked.\n",
			people{{Name: "Ann Example", Line: 1}, {Name: "Bob Sample", Handle: "bob", Line: 3}, {Name: "Cy Third", Handle: "cy", Line: 3}}},
		// The form of https://github.com/torvalds/linux/blob/master/MAINTAINERS, which explains it in its head.
		{"lettered lines", "WIDGETS\nM:\tAnn Example <ann@corp.example>\nR:\tBob Sample <bob@corp.example>\nL:\tWidget List <list@corp.example>\nS:\tMaintained\nF:\tdrivers/\n", people{{Name: "Ann Example", Line: 2}, {Name: "Bob Sample", Duty: fact.DutyReviewer, Role: "reviewer", Line: 3}}},
		{"mentioned in passing", "# Maintainers\n\n- [Ann Example](https://github.com/ann)\n\nThanks to [Cy](https://github.com/cy) for the logo.\n\nSpecial thanks @di\n", people{{Name: "Ann Example", Handle: "ann", Line: 3}}},
		{"a sentence for a title", "# This file lists the maintainers\n\nAnn Example (@ann)\n", people{{Name: "Ann Example", Handle: "ann", Line: 3}}},
		{"after the account", "- Ann Example (@ann), Corp\n- [Bob Sample](https://github.com/bob) (Tech Lead & Developer)\n- Cy Third (@cy), Developer\n", people{{Name: "Ann Example", Handle: "ann", Organisation: "Corp", Line: 1}, {Name: "Bob Sample", Handle: "bob", Role: "Tech Lead & Developer", Line: 2}, {Name: "Cy Third", Handle: "cy", Role: "Developer", Line: 3}}},
		{"owners", "# Owners\n\n| Owner | GitHub |\n|---|---|\n| Ann Example | @ann |\n", people{{Name: "Ann Example", Handle: "ann", Role: "Owners", Line: 5}}},
		{"words within words", "## Transformer maintainers\n\n| Name | GitHub | Company | Provider |\n|---|---|---|---|\n| Ann Example | @ann | Transformers Inc | one |\n| Bob Past | @bob | Past Horizons | two |\n| Old One (emeritus) | @old | Corp | |\n| Old Two | @two | Corp (retired) | |\n| Old Three | @three | Corp | former maintainer |\n",
			people{{Name: "Ann Example", Handle: "ann", Organisation: "Transformers Inc", Line: 5}, {Name: "Bob Past", Handle: "bob", Organisation: "Past Horizons", Line: 6}, {Name: "Old One", Handle: "old", Organisation: "Corp", Duty: fact.DutyEmeritus, Line: 7}, {Name: "Old Two", Handle: "two", Organisation: "Corp", Duty: fact.DutyEmeritus, Line: 8}, {Name: "Old Three", Handle: "three", Organisation: "Corp", Duty: fact.DutyEmeritus, Line: 9}}},
		{"titles within words", "## Image processing maintainers\n\n- Ann Example @ann\n\n## Adding maintainers\n\n- Bob Sample @bob\n", people{{Name: "Ann Example", Handle: "ann", Role: "", Line: 3}}},
		{"links and templates", "Each has its list in the\n[Corp organization](https://github.com/corp) file.\n\n- @username (until YYYY-MM-DD)\n", nil},
		{"a page in HTML", "<table>\n<tr><th>Name</th><th>GitHub</th></tr>\n<tr><td>Ann Example</td><td><a href=\"https://github.com/ann\">ann</a></td></tr>\n</table>\n", people{{Name: "Ann Example", Handle: "ann", Line: 3}}},
	} {
		got := maintainersIn("", markup.Blocks([]byte(c.src)), false)
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

// A sentence names people only where it is about the project itself.
func TestSentences(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"The project lead is Bob Sample (@bob).":                                 "Bob Sample",
		"The current maintainers are Ann Example (@ann) and @cy.":                "Ann Example, cy",
		"This repository is maintained by Ann Example.":                          "Ann Example",
		"It is currently maintained by @ann.":                                    "ann",
		"Our open source project is led by Ann Example.":                         "Ann Example",
		"The maintainer of this project is Ann Example.":                         "Ann Example",
		"Ann Example (@ann) is the lead maintainer of the project.":              "Ann Example",
		"It is maintained by Ann Example, Bob Sample and Cy Third from Corp.":    "Ann Example, Bob Sample, Cy Third",
		"Ann Example is the project lead.":                                       "Ann Example",
		"The upstream Kernel is maintained by Linus Torvalds.":                   "",
		"Kernel is maintained by Linus Torvalds (@torvalds).":                    "",
		"The Linux kernel project is maintained by Linus Torvalds.":              "",
		"The maintainer of the upstream kernel is Linus Torvalds.":               "",
		"The kernel maintainer is Linus Torvalds.":                               "",
		"Linus Torvalds (@torvalds) is the maintainer of the Linux kernel.":      "",
		"This project is not maintained by Ann Example.":                         "",
		"It was led by Ann Example, and the lead is asked.":                      "",
		"If the project is maintained by Ann Example, ask her in the channel.":   "",
		"A dependency of it, libfoo, is maintained by Ann Example since a year.": "",
		"The maintainers are People Who Care about the project and its users.":   "",
	} {
		var got []string
		for _, p := range maintainersIn("", markup.Blocks([]byte("# Maintainers\n\n"+src+"\n")), false) {
			got = append(got, std.Or(p.Name, p.Handle))
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%q names %q, want %q", src, got, want)
		}
	}
}

// Names and nothing else are people where a title, or the paragraph before, says so.
func TestBareNames(t *testing.T) {
	t.Parallel()
	const list = "- Ann Example\n- Bob Sample\n"
	for src, want := range map[string]string{
		list:                                     "Ann Example, Bob Sample",
		"# Maintainers\n\n" + list:               "Ann Example, Bob Sample",
		"# Maintainers\n\n## Current\n\n" + list: "Ann Example, Bob Sample",
		"# Tool\n\nThe maintainers are:\n\n" + list:                                                                       "Ann Example, Bob Sample",
		"# Maintainers\n\n## Areas\n\n- Cluster Lifecycle\n- Service Catalog\n":                                           "",
		"## Areas\n\n- Cluster Lifecycle (Core)\n- Service Catalog, Storage\n":                                            "",
		"# Tool\n\n- Cluster Lifecycle\n- Service Catalog\n":                                                              "",
		"Maintainers:\n\n- Ann Example\n\nTopics:\n\n- Service Mesh\n":                                                    "Ann Example",
		"# Maintainers\n\nIn alphabetical order:\n\n" + list:                                                              "Ann Example, Bob Sample",
		"# Tool\n\nThe core maintainers of Tool are as follows:\n\n" + list:                                               "Ann Example, Bob Sample",
		"# Maintainers\n\nThe maintainers look after:\n\n- Image Builder (Linux)\n":                                       "",
		"# Maintainers\n\n- Ann Example (Corp)\n\n## Meetings\n\n- Every Monday (Zoom)\n- Ann Example ann@corp.example\n": "Ann Example, Ann Example",
	} {
		var got []string
		for _, p := range maintainersIn("", markup.Blocks([]byte(src)), false) {
			got = append(got, std.Or(p.Name, p.Handle))
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%q names %q, want %q", src, got, want)
		}
	}
}
