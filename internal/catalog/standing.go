package catalog

import (
	"strings"

	"assay/internal/fact"
	"assay/internal/forge"
)

// A sign recognises the standing of a repository by its name: the whole name
// is one of names, or it ends in one of suffixes.
type sign struct {
	standing        fact.Standing
	names, suffixes []string
}

// signs are tried in this order; names are in lower case.
var signs = []sign{
	{fact.StandingWebsite, []string{"website", "site", "web-site", "www", "homepage"},
		[]string{"-website", ".website", "-site", "-www", "-homepage", ".github.io", ".gitlab.io", ".io", ".dev", ".com", ".org", ".sh"}},
	{fact.StandingArtwork, []string{"artwork", "branding", "brand", "logo", "logos", "design-assets"},
		[]string{"-artwork", "-branding", "-logo", "-logos"}},
	{fact.StandingDocs, []string{"docs", "doc", "documentation"},
		[]string{"-docs", ".docs", "_docs", "-doc", "-documentation"}},
	{fact.StandingTemplate, []string{"template", "templates"},
		[]string{"-template"}},
}

// standingByName recognises a repository by its name. The second result is the
// sign, for a reader.
func standingByName(name string) (fact.Standing, string) {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, ".") {
		return fact.StandingMeta, "its name begins with a dot"
	}
	for _, s := range signs {
		for _, n := range s.names {
			if name == n {
				return s.standing, "its name is " + quote(n)
			}
		}
		for _, suffix := range s.suffixes {
			if strings.HasSuffix(name, suffix) && len(name) > len(suffix) {
				return s.standing, "its name ends in " + quote(suffix)
			}
		}
	}
	return fact.StandingCode, ""
}

// standing decides whether a repository counts. The host's flags go before
// the name, and where the host was asked its word on templates is final.
func standing(id fact.RepoID, told forge.Repo) (fact.Standing, string) {
	switch {
	case told.Fork:
		return fact.StandingFork, "its host says it is a fork"
	case told.Template:
		return fact.StandingTemplate, "its host says it is a template"
	}
	s, why := standingByName(id.Name())
	if s == fact.StandingTemplate && told.Known {
		return fact.StandingCode, ""
	}
	return s, why
}

// setStanding fills the standing of r. The primary repository is the project:
// it counts whatever its name or its host says, and a note tells the reader.
func (b *builder) setStanding(r *fact.Repository, told forge.Repo) {
	s, why := standing(r.ID, told)
	if s != fact.StandingCode && r.Reason() == fact.Primary {
		b.note("odd", r.Memberships[0].Evidence, "primary repository %q of project %q counts as code, though %s",
			string(r.ID), r.Project, why)
		return
	}
	r.Standing, r.StandingWhy = s, why
}
