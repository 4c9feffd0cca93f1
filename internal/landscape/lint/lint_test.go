package lint_test

import (
	"fmt"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/landscape/lint"
	"assay/internal/limit"
)

// head is the start of a landscape: the first item is in line 7.
const head = `landscape:
  - category:
    name: Harbour
    subcategories:
      - name: Quay
        items:
`

// item writes an item of fields, a line each.
func item(fields ...string) string {
	return "          - item:\n            " + strings.Join(fields, "\n            ") + "\n"
}

// fine is an item without a problem.
func fine(name string) string {
	return item("name: "+name, "project: sandbox", "accepted: 2024-01-01", "repo_url: https://github.com/"+name+"/"+name, "homepage_url: https://"+name+".example")
}

func problems(t *testing.T, text string) *lint.Result {
	t.Helper()
	r, err := lint.File([]byte(text), fact.Evidence{Path: "landscape.yml"}, "2025-06-30")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestProblems(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text string
		want string // the problems, a line each, as LINE KIND WORDS
	}{
		"none":             {fine("pier"), ""},
		"no item":          {"", `0 unreadable no item is a project: a project is an item with its maturity in the field "project"`},
		"no project":       {item("name: Shop", "repo_url: nowhere"), `0 unreadable no item is a project: a project is an item with its maturity in the field "project"`},
		"a slip":           {item("name: A", "project: gradated", "repo_url: https://github.com/a/a"), `9 level A: project: "gradated" is no level of maturity that is known; did you mean graduated?`},
		"a lone word":      {item("name: A", "project: seedling", "repo_url: https://github.com/a/a"), `9 level A: project: "seedling" is no level of maturity that is known, and of few projects here`},
		"words of its own": {seedlings(3), ""},
		"no date":          {item("name: A", "project: sandbox", "repo_url: https://github.com/a/a", "accepted: 2024-02-30"), `11 odd accepted: "2024-02-30" is not a date that exists; left unknown`},
		"order": {
			item("name: A", "project: graduated", "repo_url: https://github.com/a/a", "graduated: 2020-01-01", "incubating: 2022-01-01", "accepted: 2021-01-01"),
			"11 date A: graduated: 2020-01-01 is before incubating (2022-01-01, line 12)",
		},
		"all on a day": {item("name: A", "project: archived", "repo_url: https://github.com/a/a", "accepted: 2024-01-01", "sandbox: 2024-01-01", "archived: 2024-01-01"), ""},
		"to come": {
			item("name: A", "project: sandbox", "repo_url: https://github.com/a/a", "accepted: 2025-07-01", "annual_review_date: 2026-01-01", "audits:", "  - date: 2030-01-01", "    url: somewhere"),
			"11 date A: accepted: 2025-07-01 has yet to come\n12 date A: annual_review_date: 2026-01-01 has yet to come\n" +
				"14 date A: audits: date: 2030-01-01 has yet to come\n14 address A: audits: url: \"somewhere\" is no address",
		},
		"addresses": {
			item("name: A", "project: sandbox", "repo_url: https://github.com/a", "homepage_url: a.example", "twitter_url: 'https://x.example, https://y.example'", "blog_url: https://nodots", "mailing_list_url: mailto:a@b.example"),
			"10 address A: repo_url: \"https://github.com/a\" is no address of a repository\n11 address A: homepage_url: \"a.example\" is no address\n" +
				"12 address A: twitter_url: \"https://x.example, https://y.example\" is no address\n13 address A: blog_url: \"https://nodots\" is no address",
		},
		"no repository":       {item("name: A", "project: sandbox"), "8 repository A: repo_url: the project has no repository"},
		"no primary":          {item("name: A", "project: sandbox", "additional_repos:", "  - repo_url: https://github.com/a/b"), "8 repository A: repo_url: the project has no primary repository"},
		"twice in a project":  {item("name: A", "project: sandbox", "repo_url: https://github.com/a/b", "additional_repos:", "  - repo_url: https://github.com/A/B.git"), "12 repository A: additional_repos: A/B is named twice, first in line 10"},
		"of two projects":     {fine("pier") + item("name: A", "project: sandbox", "repo_url: https://github.com/Pier/pier/"), "16 repository A: repo_url: Pier/pier is named by pier too, in line 11"},
		"a parent that is":    {fine("pier") + strings.Replace(fine("mole"), "project:", "parent_project: Pier\n            project:", 1), ""},
		"a parent that isn't": {strings.Replace(fine("mole"), "project:", "parent_project: Per\n            project:", 1), `9 parent mole: parent_project: no project is called "Per"`},
		"two of one name":     {fine("pier") + item("name: Pier", "project: sandbox", "repo_url: https://github.com/other/pier"), `14 odd two projects are called "Pier" (the other in line 8); their repositories differ, so they are kept apart`},
		"a token":             {item("name: A", "project: sandbox", "repo_url: https://ghp_0123456789abcdefghijABCDEFGHIJ012345@github.com/a/a"), "10 secret repo_url: an address in it holds a user name, a password or a token, which was taken out; change it where it is used"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := problems(t, head+tt.text)
			var got []string
			for i := range r.Problems {
				p := &r.Problems[i]
				got = append(got, fmt.Sprintf("%d %s %s", p.Line, p.Kind, p.Words()))
			}
			if all := strings.Join(got, "\n"); all != tt.want {
				t.Errorf("found\n%s\nwant\n%s", all, tt.want)
			}
			if (r.Err() == nil) != (tt.want == "") || r.Err() != nil && errkind.Of(r.Err()) != errkind.Refuted {
				t.Errorf("error %v", r.Err())
			}
		})
	}
}

// seedlings are n projects of a level that no other foundation has.
func seedlings(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Replace(fine(fmt.Sprintf("p%d", i)), "sandbox", "seedling", 1))
	}
	return b.String()
}

// What is no landscape is a problem with its place.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         "0:0 the file is empty",
		"<html></html>":            "0:0 this is a web page, not a landscape",
		"landscape:\n  - a: [1\n":  "3:1 ",
		"landscape: yes\n":         "1:0 landscape: is text, not a list of categories",
		"a: 1\n":                   `0:0 no "landscape:" at the top of the file (it is a mapping)`,
		"landscape:\n - \xff\xfe ": "2:4 byte 0xff is not part of UTF-8 text",
	} {
		r := problems(t, text)
		if len(r.Problems) != 1 {
			t.Errorf("%q: %+v", text, r.Problems)
			continue
		}
		p := r.Problems[0]
		if got := fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Text); p.Kind != lint.Unreadable || !strings.HasPrefix(got, want) {
			t.Errorf("%q: %s %s, want %s", text, p.Kind, got, want)
		}
	}
}

func TestTooMuch(t *testing.T) {
	t.Parallel()
	deep := "landscape: " + strings.Repeat("[", limit.LandscapeDepth+1)
	if r, err := lint.File([]byte(deep), fact.Evidence{}, ""); errkind.Of(err) != errkind.Limit {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestTotal(t *testing.T) {
	t.Parallel()
	if got, want := problems(t, head+fine("pier")).Total(), "landscape.yml: no problem in 1 project of 1 item"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := problems(t, "a: 1\n").Total(), "landscape.yml: no landscape that can be read"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := problems(t, head+item("name: A", "project: sandbox")).Total(), "landscape.yml: 1 problem in 1 project of 1 item"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
