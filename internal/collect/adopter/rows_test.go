package adopter

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect/collecttest"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
)

func TestAdopters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, src string
		want      []fact.Adopter
	}{
		{"table", "| Organization | Contact | Stage | Description of Use |\n|---|---|---|---|\n| [Quillworks](https://corp.example) | @x | production | everything |\n| Harbour GmbH <a@b.example> | | Evaluating | |\n| TBD | | | |\n| Your company here | | | |\n",
			[]fact.Adopter{{Name: "Quillworks", URL: "https://corp.example", Kind: "production", Line: 3}, {Name: "Harbour GmbH", Kind: "Evaluating", Line: 4}}},
		{"table with a link column", "| Type | Name | Website |\n|---|---|---|\n| Vendor | One | https://one.example |\n| End user | ![Two](logo.png) | [site](https://two.example) |\n",
			[]fact.Adopter{{Name: "One", URL: "https://one.example", Kind: "Vendor", Line: 3}, {Name: "Two", URL: "https://two.example", Kind: "End user", Line: 4}}},
		{"table of something else", "| Version | Date |\n|---|---|\n| 1.0 | today |\n", nil},
		{"list", "# Adopters\n\n* [One](https://one.example) - uses it\n  * a detail\n* **Two** — also\n* Three, Inc (since 2020)\n* four small things: are told\n- to add yourself, open a pull request\n* This is a whole sentence about the project.\n",
			[]fact.Adopter{{Name: "One", URL: "https://one.example", Line: 3}, {Name: "Two", Line: 5}, {Name: "Three", Since: "2020", Line: 6}}},
		{"kind of section", "# Adopters\n\n## Production users\n\n- One\n\n## Others\n\n- Two\n\n## Adding your organization\n\n- Name\n- Three\n",
			[]fact.Adopter{{Name: "One", Kind: "Production users", Line: 5}, {Name: "Two", Kind: "Others", Line: 9}}},
		{"headings", "# Users\n\nText.\n\n## One\n\n- *Application*: https://one.example\n- *Launched*: 2020\n- *Operator*: a@one.example\n\n## [Two](https://two.example)\n\nIt is good.\n\n## Notes\n\n- Three\n",
			[]fact.Adopter{{Name: "One", Line: 5}, {Name: "Two", URL: "https://two.example", Line: 11}}},
		{"bold paragraphs", "**One** - is a company.\n\n**_[Two](https://two.example)_** – too\n\n**NOTE:** - add a line\n\n**Strong** words in a text.\n\nThree - is prose.\n",
			[]fact.Adopter{{Name: "One", Line: 1}, {Name: "Two", URL: "https://two.example", Line: 3}}},
		{"instructions", "Please open a pull request with:\n\n- Name of the company\n- Logo\n\nThanks to:\n\n- One\n", []fact.Adopter{{Name: "One", Line: 8}}},
		{"moved", "# Adopters\n\nThis page has moved to https://example.org/adopters.\n", nil},
		{"a list of groups", "* End users:\n  * One\n  * [Two](https://two.example)\n* Three\n  * Talk: [at a fair](https://fair.example)\n",
			[]fact.Adopter{{Name: "One", Line: 2}, {Name: "Two", URL: "https://two.example", Line: 3}, {Name: "Three", Line: 4}}},
		{"the paragraph before is no instruction", "Please send a request.\n\nThe following organizations use it:\n\n1. [One](https://one.example)\n", []fact.Adopter{{Name: "One", URL: "https://one.example", Line: 5}}},
		// Logos with a link around them, after https://github.com/kubeedge/kubeedge/blob/master/ADOPTERS.md and
		// https://github.com/openelb/openelb/blob/master/ADOPTERS.md, with words in the place of one.
		{"logos", "# Adopters\n\n<a href=\"https://one.example\" target=\"_blank\"><img alt=\"One\" src=\"a/one.png\"></a> &nbsp;\n<a href=\"https://two.example\">Two</a> <br/>\n<img title=\"Three logo\" src=\"t.svg\">\n\n![build](https://img.shields.io/x)\n",
			[]fact.Adopter{{Name: "Two", URL: "https://two.example", Line: 4}, {Name: "One", URL: "https://one.example", Line: 3}, {Name: "Three", Line: 5}}},
		{"a grid of logos", "<table>\n<tr>\n<td><a href=\"https://one.example\"><img alt=\"One\"></a></td>\n<td>\n\n[![Two](two.png)](https://two.example)\n\n</td>\n</tr>\n</table>\n",
			[]fact.Adopter{{Name: "One", URL: "https://one.example", Line: 3}, {Name: "Two", URL: "https://two.example", Line: 6}}},
		{"a table in HTML", "<table>\n  <tr><th>Organization</th><th>Since</th></tr>\n  <tr><td><a href=\"https://one.example\">One</a></td><td>2021</td></tr>\n</table>\n",
			[]fact.Adopter{{Name: "One", URL: "https://one.example", Since: "2021", Line: 3}}},
		{"stories", "# Adopters\n\n## Success Stories\n\n### One Ltd.\n\n#### Highlights\n\nOne moved.\n- It is good.\n- [A tool](https://tool.example) helps.\n\n### Two\n\nTwo is a company.\n\n## Process\n\nSend a PR.\n",
			[]fact.Adopter{{Name: "One Ltd.", Line: 5}, {Name: "Two", Line: 13}}},
		{"names in bold", "# Adopters\n\n**[One](https://one.example)**\n\nOne uses it:\n\n- [part](https://part.example)\n\n## Stories\n\n**Two:** it is good.\n\n**Three:** it is, too.\n\n## More\n\n**Warning:** do not.\n",
			[]fact.Adopter{{Name: "One", URL: "https://one.example", Line: 3}, {Name: "Two", Kind: "Stories", Line: 11}, {Name: "Three", Kind: "Stories", Line: 13}}},
		// Records by letters, after https://github.com/flatcar/Flatcar/blob/main/ADOPTERS.md (indented) and
		// https://github.com/cilium/cilium/blob/main/USERS.md (items).
		{"records", "# Users\n\n## Adding yourself\n\n    * N: Name of user\n      L: Link\n\n## Users\n\n    * N: One GmbH\n      D: uses it\n      L: https://one.example\n\n    * N: Two\n\n* N: Three\n  D: too\n  L: https://three.example\n",
			[]fact.Adopter{{Name: "One GmbH", URL: "https://one.example", Line: 10}, {Name: "Two", Line: 14}, {Name: "Three", URL: "https://three.example", Line: 16}}},
		// After https://github.com/distribution/distribution/blob/main/ADOPTERS.md.
		{"names with an address", "One Hub https://one.example/\n\nTwo, a project https://two.example\n", []fact.Adopter{{Name: "One Hub", URL: "https://one.example/", Line: 1}, {Name: "Two", URL: "https://two.example", Line: 3}}},
		{"a badge for a kind", "| Logo | Organization | Status |\n|--|--|--|\n| ![x](x.png) | [One](https://one.example) | ![production](https://img.shields.io/x) |\n", []fact.Adopter{{Name: "One", URL: "https://one.example", Kind: "production", Line: 3}}},
		{"invitations and templates", "# Adopters\n\n- [See all](https://all.example)\n- [Example Organization](https://example.com)\n- [your org name here](https://x.example)\n\n## Maturity levels\n\n- Alpha (for pilots)\n", nil},
		{"struck through, and accounts", "# Adopters\n\n- ~~Old~~\n- ~~[Older](https://old.example)~~\n- One @ann\n- Two (@bob)\n\n| Company | Stage |\n|---|---|\n| ~~Oldest~~ | no |\n| Three @cy | production |\n",
			[]fact.Adopter{{Name: "One", Line: 5}, {Name: "Two", Line: 6}, {Name: "Three", Kind: "production", Line: 11}}},
		{"users of a system", "# Users\n\n| User | Role |\n|---|---|\n| admin | Administrator |\n| guest | Visitor |\n", nil},
		{"a table in a cell", "<table><tr><td><table><tr><td><a href=\"https://one.example\">One</a></td></tr></table></td><td><a href=\"https://two.example\">Two</a></td></tr></table>\n",
			[]fact.Adopter{{Name: "One", URL: "https://one.example", Line: 1}, {Name: "Two", URL: "https://two.example", Line: 1}}},
		{"words within words", "# Adopters\n\nWe are pleased to name these:\n\n- One\n\n## WordPress VIP\n\nIt is good.\n\n## [Joint Ventures](https://joint.example)\n\n## Legendary Games\n\nThey do.\n\n## Copilots\n\n- Two\n\n## In the press\n\n- Three\n\n## Notes\n\n- Four\n",
			[]fact.Adopter{{Name: "One", Line: 5}, {Name: "WordPress VIP", Line: 7}, {Name: "Joint Ventures", URL: "https://joint.example", Line: 11}, {Name: "Legendary Games", Line: 13}, {Name: "Two", Kind: "Copilots", Line: 19}}},
		{"columns within words", "| Organic Farm | Website | Mandate | Prototype |\n|---|---|---|---|\n| no | https://x.example | 2020 | x |\n\n| Company | Webinar | Year founded | Storage | Status |\n|---|---|---|---|---|\n| One | https://w.example | 1987 | disk | production |\n",
			[]fact.Adopter{{Name: "One", Kind: "production", Line: 7}}},
		{"hostile", "- [One\u202e](javascript:alert(1))\n- <img src=x onerror=alert(1)>Two\n- [Three](https://user:pw@three.example)\n", []fact.Adopter{{Name: "One", Line: 1}, {Name: "Two", Line: 2}, {Name: "Three", Line: 3}}},
		{"code", "```\n- One\n```\n\n    - Two\n\n> - Three\n\n<!--\n- Four\n-->\n", nil},
	} {
		for i := range c.want {
			c.want[i].Path = "ADOPTERS.md"
		}
		got := adoptersIn("ADOPTERS.md", markup.Blocks([]byte(c.src)))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

func TestYAMLAdopters(t *testing.T) {
	t.Parallel()
	src := "# who\nadopters:\n  - name: One\n    website: https://one.example\n    type: end user\n    tags: [a, b]\n  - company: Two\n    url: javascript:x\n  - Three\n  - name: Your company\n"
	got, err := yamlAdopters("adopters.yml", []byte(src))
	want := []fact.Adopter{{Name: "One", URL: "https://one.example", Kind: "end user", Path: "adopters.yml", Line: 3}, {Name: "Two", Path: "adopters.yml", Line: 7}, {Name: "Three", Path: "adopters.yml", Line: 9}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("err %v (-want +got)\n%s", err, diff)
	}
	for _, bad := range []string{"a: [", "\t- x\n\ty", strings.Repeat("[", 100_000), strings.Repeat("x", limit.YamlBytes+1)} {
		if rows, err := yamlAdopters("adopters.yml", []byte(bad)); len(rows) > 0 || err == nil {
			t.Errorf("%.20q: %d rows, error %v", bad, len(rows), err)
		}
	}
	if rows, err := yamlAdopters("adopters.yml", []byte("a: &a [*a]\nb: *a\n")); len(rows) > 0 {
		t.Errorf("anchors: %d rows, error %v", len(rows), err)
	}
}

// A title that says who tells what is no name.
func TestReports(t *testing.T) {
	t.Parallel()
	const list = "# Adopters\n\n* Ferro Detailing\n* Shows and More\n* The Presented Company\n\n## Case studies\n\n" +
		"* Bolt talks about its gates:\n<https://a.example>\n\n* [Big Corp describes how it serves](https://b.example)\n* Cog, Inc. on how it pays less for it\n* Dot\n"
	var got []string
	for _, a := range adoptersIn("ADOPTERS.md", markup.Blocks([]byte(list))) {
		got = append(got, a.Name)
	}
	if diff := cmp.Diff([]string{"Ferro Detailing", "Shows and More", "The Presented Company", "Cog", "Dot"}, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

// A year is that of the use where the words around it say so.
func TestSinceIn(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"One (since 2020)":                                    "2020",
		"One - since 2021-03":                                 "2021-03",
		"One, since: May 2021":                                "2021",
		"One - uses it in production since 2019.":             "2019",
		"One has been using Tool since early 2020":            "2020",
		"One – since 2018 in production":                      "2018",
		"One, a bank (founded 1850), relies on it since 2022": "2022",
		"One has been in business since 1987":                 "",
		"One - in business since 1987":                        "",
		"One - in business since 1987 and uses it since 2021": "2021",
		"One has served customers since 1999":                 "",
		"One - since 1987 a leader in paper":                  "",
		"A leader in paper since 1987, using it daily":        "",
		"One - uses it; on the market since 1990":             "",
		"One, a company established since 1930":               "",
		"One (family owned since 1950) uses it":               "",
		"One - a charity since 2001":                          "",
	} {
		if got := sinceIn(text); got != want {
			t.Errorf("%q: since %q, want %q", text, got, want)
		}
	}
}

// Below a key that does not say that adopters follow, nothing is one.
func TestYAMLKeys(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"[One, {name: Two}]":           "One Two",
		"adopters: [One, {name: Two}]": "One Two",
		"organisations: [One]\nusers: [Two]\ncompanies: [Three]\norganizations: [Four]":                         "One Two Three Four",
		"filters: [{name: Finance}, All]\ncolumns: [Name]\ncolors: [{name: red}]":                               "",
		"filters: {users: [all], companies: [{name: All}]}":                                                     "",
		"adopters: [{name: One, tags: [x], colors: [{name: red}]}]\nlanguages: [{name: x}]":                     "One",
		"adopters:\n  columns: [{name: Logo}]\n  items: [{name: One, url: 'https://one.example'}, {name: Sum}]": "One",
		"adopters: {production: [One], evaluating: [{name: Two}], sorting: [Three]}":                            "One/production Two/evaluating",
		"vendors: [{name: One}, Two]": "One/vendors",
		"- {name: Finance, adopters: [{name: One}]}\n- {name: Two, url: 'https://two.example'}": "One Two",
		"site: {title: Who, adopters: [{name: One}], team: [{name: Ann}]}":                      "One",
		"items: [{name: One, website: 'https://one.example'}, {name: Two}]":                     "One",
		"accounts: [{name: ann}]\nroles: [admin]\nmaintainers: [{name: Bob}]":                   "",
		"user_types: [{name: Admin}]\ncompany_sizes: [small]":                                   "",
		"end_users: [{company: One}]":                                                           "One/end_users",
		"body: [{type: input, attributes: {label: Company, options: [{label: a}]}}]":            "",
	} {
		rows, err := yamlAdopters("adopters.yaml", []byte(src))
		var got []string
		for _, r := range rows {
			got = append(got, strings.TrimSuffix(r.Name+"/"+r.Kind, "/"))
		}
		if got := strings.Join(got, " "); err != nil || got != want {
			t.Errorf("%q gives %q, want %q, error %v", src, got, want, err)
		}
	}
}

func TestOtherForms(t *testing.T) {
	t.Parallel()
	json, err := jsonAdopters("adopters.json", []byte("{\n\t\"vendors\": [\n\t\t{\"name\": \"One\", \"url\": \"https://one.example\", \"since\": 2021},\n\t\t{\"title\": \"Two\"}\n\t]\n}\n"))
	want := []fact.Adopter{{Name: "One", URL: "https://one.example", Kind: "vendors", Since: "2021", Path: "adopters.json", Line: 3}, {Name: "Two", Kind: "vendors", Path: "adopters.json", Line: 4}}
	if diff := cmp.Diff(want, json); err != nil || diff != "" {
		t.Errorf("JSON: err %v (-want +got)\n%s", err, diff)
	}
	csv, err := csvAdopters("adopters.csv", []byte("Company,Website,Stage\nOne,https://one.example,production\n\"Two,\nInc\",javascript:x,\nThree\n"))
	want = []fact.Adopter{{Name: "One", URL: "https://one.example", Kind: "production", Path: "adopters.csv", Line: 2}, {Name: "Two, Inc", Path: "adopters.csv", Line: 3}, {Name: "Three", Path: "adopters.csv", Line: 5}}
	if diff := cmp.Diff(want, csv); err != nil || diff != "" {
		t.Errorf("CSV: err %v (-want +got)\n%s", err, diff)
	}
	if rows, _ := csvAdopters("adopters.csv", []byte("a,b\n1,2\n")); rows != nil {
		t.Errorf("a table of something else gives %v", rows)
	}
}

func FuzzAdopters(f *testing.F) {
	f.Add("# Adopters\n\n* [One](https://one.example) - uses it\n\n| Name | Stage |\n|---|---|\n| a | b |\n")
	f.Add("## One\n\n- *Application*: x\n- *Launched*: 2020\n\n**B** - c\n")
	f.Add("adopters:\n- name: One\n  url: https://one.example\n")
	f.Fuzz(func(t *testing.T, src string) {
		lines := strings.Count(src, "\n") + 1
		rows := adoptersIn("A", markup.Blocks([]byte(src)))
		fromYAML, _ := yamlAdopters("A", []byte(src))
		for _, r := range append(rows, fromYAML...) {
			if r.Name == "" || len(r.Name) > limit.RowName || len(r.Kind) > limit.RowKind || !collecttest.Plain(r.Name) || !collecttest.Plain(r.Kind) {
				t.Errorf("row %+v is not plain", r)
			}
			if r.URL != markup.WebURL(r.URL) {
				t.Errorf("address %q", r.URL)
			}
			if r.Line < 1 || r.Line > lines+1 {
				t.Errorf("line %d of %d", r.Line, lines)
			}
		}
	})
}
