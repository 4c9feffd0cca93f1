package verify

import (
	"strings"
	"testing"

	"assay/internal/finding/usage"
)

func TestLanguage(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"# CNCF Rust Projects\n":                                   "Rust",
		"# Projects (“Go”)\n":                                      "Go",
		"---\ntitle: Rust in CNCF\n---\n":                          "Rust",
		"# How to Go cloud native\n":                               "",
		"# Rust and Go side by side\n":                             "",
		"# Projects\n\nAll is Rust here.\n":                        "",
		"# The C++ and more: C++ projects\n":                       "C++",
		"# C in CNCF projects\n":                                   "C",
		"---\ntitle: \"C in CNCF projects\"\n---\n\n# Projects\n":  "C",
		"# C# in CNCF projects\n":                                  "C#",
		"# F# in the foundation's projects\n":                      "F#",
		"# D in Lantern projects\n":                                "D",
		"# Projects in R\n":                                        "R",
		"# V: a survey of its projects\n":                          "V",
		"# Zig in CNCF projects\n":                                 "Zig",
		"# Objective-C in CNCF projects\n":                         "Objective-C",
		"# Jupyter Notebook in CNCF projects\n":                    "Jupyter Notebook",
		"# Shell in CNCF projects\n":                               "Shell",
		"# Rust-based projects of the CNCF\n":                      "Rust",
		"# C-based projects\n":                                     "C",
		"# Projects of the CNCF\n":                                 "",
		"# C and C++ in CNCF projects\n":                           "",
		"# C/C++ projects\n":                                       "",
		"# C-level briefing on our projects\n":                     "",
		"# Appendix C: projects\n":                                 "",
		"# R&D projects\n":                                         "",
		"# Projects of John C. Smith\n":                            "",
		"# Let's Go: projects\n":                                   "",
		"# Projects, v 2\n":                                        "",
		"---\nlanguage: Rust\n---\n\n# Projects\n":                 "Rust",
		"---\nlanguage: en\n---\n\n# Go projects\n":                "Go",
		"---\ntags:\n  - cncf\n  - \"rust\"\n---\n\n# Projects\n":  "Rust",
		"---\ntags: [cncf, golang]\ndate: 2025\n---\n# Projects\n": "Go",
		"---\ntags: [rust, go]\n---\n# Projects\n":                 "",
		"---\nauthor: Rust\n---\n# Projects\n":                     "",
	}
	for text, want := range tests {
		rep, err := Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := rep.Language(); got != want {
			t.Errorf("the language of %q is %q; want %q", text, got, want)
		}
	}
}

// checkUnnamed checks a text for which no language is named against the facts of
// readWhole. The findings that it is given are on Rust.
func checkUnnamed(t *testing.T, text string) *Result {
	t.Helper()
	facts := readWhole()
	rust := found(t, facts, "rust")
	find := func(language string) (*usage.Findings, error) { return usage.Of(rust.Profile, language) }
	r, err := check([]byte(text), facts, rust, Options{Unnamed: true, Find: find})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Where no language is named, what needs one is compared with none, and says
// what is missing. What names its own is of that one.
func TestUnnamedLanguage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, quote string
		want        Verdict
	}{
		{"Five projects are listed. 5 projects use it.", "5", Unverifiable},
		{"Projects that use it: Ferrobase, Meshwork.", "Ferrobase", Unverifiable},
		{"Projects that use it: Paragate, Nowhere, Ferrobase.", "Paragate", Unverifiable},
		{"| Project | Class |\n| - | - |\n| Paragate | core |", "core", Unverifiable},
		{"| Project | Share |\n| - | - |\n| Ferrobase | 3 % |", "3 %", Unverifiable},
		{"Ferrobase has 12 packages.", "12", Unverifiable},

		{"Ferrobase is a graduated project.", "graduated", Confirmed},
		{"Paragate is a graduated project.", "graduated", Refuted},
		{"Ferrobase had 704 commits.", "704", Confirmed},
		{"Graduated projects: Ferrobase, Meshwork.", "Ferrobase", Confirmed},
		{"Graduated projects: Ferrobase, Wasmoor.", "Wasmoor", Refuted},

		{"Ferrobase is 99.8 % Rust.", "99.8 %", Confirmed},
		{"Ferrobase is 98.8 % Rust.", "98.8 %", Refuted},
		{"Meshwork is mainly written in Go.", "mainly written in Go", Confirmed},
		{"Ferrobase has 567,194 lines of Rust.", "567,194", Confirmed},
		{"Ferrobase has 467,199 lines of Rust.", "467,199", Refuted},
		{"3 graduated Rust projects are there.", "3", Refuted},
		{"2 graduated Rust projects are there.", "2", Confirmed},
		{"## Rust\n\nGraduated projects: Ferrobase, Meshwork.", "Meshwork", Confirmed},
		{"## Rust\n\n| Project | Class |\n| - | - |\n| Meshwork | component |", "component", Confirmed},
		{"## Go\n\n| Project | Class |\n| - | - |\n| Meshwork | component |", "component", Refuted},
		{"## Rust and Go\n\n| Project | Class |\n| - | - |\n| Meshwork | component |", "component", Unverifiable},
	}
	for _, tt := range tests {
		r := checkUnnamed(t, "# Projects\n\n"+tt.text+"\n")
		seen := false
		for i := range r.Claims {
			c := &r.Claims[i]
			if c.Quote != tt.quote {
				continue
			}
			seen = true
			if c.Verdict != tt.want {
				t.Errorf("%q: %q is %s (%s), want %s", tt.text, c.Quote, c.Verdict, c.Why+c.Source, tt.want)
			}
			if c.Verdict == Unverifiable && !strings.Contains(c.Source, "--language") {
				t.Errorf("%q: %q is unverifiable without saying how to mend that: %q, missing %q", tt.text, c.Quote, c.Why, c.Source)
			}
		}
		if !seen {
			t.Errorf("%q: no claim %q in %+v", tt.text, tt.quote, r.Claims)
		}
		if r.Language != "" {
			t.Errorf("%q: the language is %q", tt.text, r.Language)
		}
	}
}

// What a report leaves out, or should not list, is nothing without a language.
func TestUnnamedOmissions(t *testing.T) {
	t.Parallel()
	const text = "# Projects\n\n## Graduated projects\n\n### Ferrobase\n\n### Meshwork\n\n## Sandbox projects\n\n### Paragate\n\n### Halfread\n"
	r := checkUnnamed(t, text)
	if len(r.Findings) > 0 || len(r.Claims) < 4 {
		t.Errorf("%d claims, findings %+v", len(r.Claims), r.Findings)
	}
	if asked := checkText(t, text); len(asked.Findings) > 0 {
		t.Errorf("the text names no language, and is found to lack projects of it: %+v", asked.Findings)
	}
	if named := checkText(t, strings.Replace(text, "# Projects", "# Rust projects", 1)); len(named.Findings) == 0 {
		t.Error("with a language nothing is missing either: the test looks at nothing")
	}
}
