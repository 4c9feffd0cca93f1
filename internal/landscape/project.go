package landscape

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"assay/internal/fact"
	"assay/internal/limit"
)

// projects makes projects of the items that have a maturity, and merges items
// that are listed twice.
func (r *reader) projects(items []item) {
	levels := map[string]bool{"accepted": true}
	maturities := make([]string, len(items))
	for i := range items {
		it := &items[i]
		it.flatten(r)
		maturities[i] = r.maturity(it)
		levels[maturities[i]] = true
	}
	m := merger{reader: r, byName: map[string][]int{}, bySlug: map[string]string{}}
	for i := range items {
		it := &items[i]
		if maturities[i] == "" {
			continue
		}
		if it.name == "" {
			r.note(it.line, "an item with a maturity has no name; left out")
			continue
		}
		m.add(r.project(it, maturities[i], levels))
	}
	for i := range items {
		if maturities[i] == "" {
			m.elsewhere(&items[i])
		}
	}
}

// flatten lays the fields below "extra:" beside those of the item itself. A
// field that is in both places counts as the item has it. A maturity below
// "extra:" is none: landscapes show such an item as no project, and where it
// occurs the item is a project of another foundation.
func (it *item) flatten(r *reader) {
	extra, ok := it.fields["extra"]
	if !ok || isNull(extra.value) {
		return
	}
	inner, ok := r.fields(extra.value)
	if !ok {
		r.note(extra.line, "extra: is %s, not a mapping; left out", kindOf(extra.value))
		return
	}
	if f, ok := inner["project"]; ok {
		r.note(f.line, "%s: a maturity below extra: does not make an item a project; left out", oneLine(it.name))
		delete(inner, "project")
	}
	for name, f := range inner {
		if has, ok := it.fields[name]; !ok || isNull(has.value) {
			it.fields[name] = f
		}
	}
}

// maturity is the level of an item, in lower case; "" when it is no project.
// Files of 2018 call the field cncf_project.
func (r *reader) maturity(it *item) string {
	for _, name := range []string{"project", "cncf_project"} {
		f, ok := it.fields[name]
		if !ok || isBool(f.value) {
			continue
		}
		if level := strings.ToLower(r.line(f)); level != "" {
			return level
		}
	}
	return ""
}

// A builder fills one project from the fields of its item. Every field it
// takes leaves its line, and is not taken again as a link.
type builder struct {
	*reader
	in    fields
	taken map[string]bool
	p     fact.Project
}

func (r *reader) project(it *item, maturity string, levels map[string]bool) fact.Project {
	b := &builder{reader: r, in: it.fields, taken: map[string]bool{"logo": true, "extra": true, "item": true}}
	p := &b.p
	p.Lines = map[string]int{"name": it.line} // where the name is its marker's
	p.Name, p.Category, p.Subcategory, p.Maturity = it.name, it.category, it.subcategory, maturity
	b.take("name")
	b.take("project", "cncf_project")
	p.SecondPaths = r.paths(b.take("second_path"))
	p.Description = r.text(b.take("description"))
	p.Homepage = r.address(b.take("homepage_url"))
	p.RepoURL = r.address(b.take("repo_url"))
	p.Branch = r.line(b.take("branch"))
	p.ProjectOrg = r.address(b.take("project_org"))
	p.ParentProject = r.line(b.take("parent_project"))
	p.AnnualReviewDate = r.date(b.take("annual_review_date"))
	p.AnnualReviewURL = r.address(b.take("annual_review_url"))
	p.Personas = r.words(b.take("summary_personas"))
	p.Tags = r.words(b.take("summary_tags"))
	p.Languages = r.words(b.take("summary_languages"))
	p.UseCase = r.text(b.take("summary_use_case"))
	p.BusinessUseCase = r.text(b.take("summary_business_use_case"))
	p.ReleaseRate = r.text(b.take("summary_release_rate"))
	p.Integrations = r.text(b.take("summary_integrations", "summary_integration"))
	p.DevStatsURL = r.address(b.take("dev_stats_url", "devstats"))
	p.LFXSlug = r.line(b.take("lfx_slug"))
	p.CLOMonitorName = r.line(b.take("clomonitor_name"))
	p.ChatChannel = r.line(b.take("chat_channel"))
	b.repositories(b.take("additional_repos"))
	b.audits(b.take("audits"))
	b.milestones(levels)
	b.links()
	return b.p
}

// take gives the field of one of the names, the first that is not empty, and
// keeps its line under its own name and under the first, by which others look
// for it.
func (b *builder) take(names ...string) field {
	for _, name := range names {
		f, ok := b.in[name]
		b.taken[name] = true
		if !ok || f.value.Kind == yaml.ScalarNode && (isNull(f.value) || f.value.Value == "") {
			continue
		}
		b.p.Lines[name], b.p.Lines[names[0]] = f.line, f.line
		return f
	}
	return field{}
}

// paths reads second paths: one, or a list. A comma is part of a path.
func (r *reader) paths(f field) []string {
	if f.value != nil && f.value.Kind == yaml.SequenceNode {
		return r.words(f)
	}
	if path := r.line(f); path != "" {
		return []string{path}
	}
	return nil
}

// date is a field that holds a day; unknown, with a note, when it is none.
func (r *reader) date(f field) fact.Date {
	s := r.line(f)
	if s == "" {
		return ""
	}
	d, err := parseDate(s)
	if err != nil {
		short, _ := cut(s, 80)
		r.note(f.line, "%s: %q is not a date that exists; left unknown", f.name, short)
	}
	return d
}

func (b *builder) repositories(f field) {
	if !b.isList(f) {
		return
	}
	for _, n := range b.sequence(f.value) {
		repo := fact.AdditionalRepo{Line: n.Line}
		if entry, ok := b.fields(n); ok {
			url := entry["repo_url"]
			repo.URL, repo.Branch = b.address(url), b.line(entry["branch"])
			repo.Line = max(url.line, 1)
		} else {
			repo.URL = b.address(field{f.name, n.Line, n})
		}
		if repo.URL != "" {
			b.p.AdditionalRepos = append(b.p.AdditionalRepos, repo)
		}
	}
}

func (b *builder) audits(f field) {
	if !b.isList(f) {
		return
	}
	for _, n := range b.sequence(f.value) {
		entry, ok := b.fields(n)
		if !ok {
			b.note(n.Line, "audits: an entry is %s, not a mapping; left out", kindOf(n))
			continue
		}
		a := fact.Audit{
			Date: b.date(entry["date"]), Type: b.line(entry["type"]),
			Vendor: b.line(entry["vendor"]), URL: b.address(entry["url"]), Line: n.Line,
		}
		if a != (fact.Audit{Line: n.Line}) {
			b.p.Audits = append(b.p.Audits, a)
		}
	}
}

// isList reports whether f holds a list, and notes when it holds anything else.
func (b *builder) isList(f field) bool {
	if f.value == nil {
		return false
	}
	if f.value.Kind != yaml.SequenceNode {
		b.note(f.line, "%s: is %s, not a list; left out", f.name, kindOf(f.value))
		return false
	}
	return true
}

// milestones takes the dates of every field that is named for a level: one
// that this file uses, or one that foundations are known to use.
func (b *builder) milestones(levels map[string]bool) {
	for _, name := range slices.Sorted(maps.Keys(b.in)) {
		level := strings.ToLower(name)
		if b.taken[name] || !levels[level] && !fact.KnownMaturity(level) {
			continue
		}
		if s := b.in[name].value.Value; isAddress(s) || !strings.ContainsAny(s, "0123456789") {
			continue // "archived: true", "labs: https://…": no date was meant
		}
		f := b.take(name)
		d := b.date(f)
		if d == "" {
			continue
		}
		if b.p.Milestones == nil {
			b.p.Milestones = map[string]fact.Date{}
		}
		b.p.Milestones[level], b.p.Lines[level] = d, f.line
	}
}

// links takes the addresses that are left.
func (b *builder) links() {
	links := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(b.in)) {
		f := b.in[name]
		key := oneLine(name)
		switch {
		case b.taken[name] || key == "" || len(key) > limit.LandscapeLink:
		case name == "other_links":
			b.otherLinks(links, f)
		case f.value.Kind == yaml.ScalarNode && (strings.HasSuffix(key, "_url") || isAddress(f.value.Value)):
			if address := b.address(b.take(name)); address != "" {
				links[key], b.p.Lines[key] = address, f.line
			}
		}
	}
	if len(links) > 0 {
		b.p.Links = links
	}
}

// otherLinks takes the named links of an item, as "other_links/NAME".
func (b *builder) otherLinks(links map[string]string, f field) {
	for _, n := range b.sequence(f.value) {
		entry, _ := b.fields(n)
		name, address := b.line(entry["name"]), b.address(entry["url"])
		if key := f.name + "/" + name; name != "" && address != "" && len(key) <= limit.LandscapeLink {
			links[key], b.p.Lines[key] = address, n.Line
		}
	}
}
