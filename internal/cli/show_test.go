package cli

import (
	"testing"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// Adopters are none only where nothing was found and everything was read.
func TestAdopterWords(t *testing.T) {
	t.Parallel()
	one := []profile.Adopter{{Name: "Quillworks"}}
	sign := []profile.Unread{{
		Kind: fact.DocumentAdopters, Target: "https://tool.example/who", Why: "a link",
		Evidence: fact.Evidence{Repo: "git.example/corp/tool", Path: "README.md", Line: 7},
	}}
	of := func(d profile.Documents) usage.Documents { return usage.Documents{Documents: &d} }
	for want, p := range map[string]usage.Project{
		"":                      {Documents: of(profile.Documents{})},
		"1":                     {Documents: of(profile.Documents{Adopters: one})},
		"none":                  {Documents: of(profile.Documents{Adopters: []profile.Adopter{}})},
		"none in what was read": {Documents: of(profile.Documents{Adopters: []profile.Adopter{}}), Coverage: profile.ProjectCoverage{Absent: 1}},
		"at least 1":            {Documents: of(profile.Documents{Adopters: one, Unread: sign})},
		"unknown: a link (corp/tool README.md, line 7): https://tool.example/who": {
			Documents: of(profile.Documents{Adopters: []profile.Adopter{}, Unread: sign}), Coverage: profile.ProjectCoverage{Absent: 1},
		},
	} {
		if got := adopterWords(&p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
