// Package pypi reads the manifests of Python packages: pyproject.toml (PEP 621
// and Poetry), setup.cfg and setup.py.
//
// A folder is one component however many of them it has; each field is taken
// from the first that gives it, in that order. setup.py is a program and is not
// run: only what it passes to setup as plain string literals is read, and a
// package that it names otherwise goes by its folder's name. A pyproject.toml
// without a package (settings of linters) and a setup.cfg alone declare
// nothing.
package pypi

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
)

// Ecosystem is Python packages.
func Ecosystem() manifest.Ecosystem {
	return manifest.Ecosystem{
		Name: "pypi",
		Manifest: func(base string) bool {
			return base == "pyproject.toml" || base == "setup.py"
		},
		Extra:   func(path string) bool { return path == "setup.cfg" || strings.HasSuffix(path, "/setup.cfg") },
		Parse:   parse,
		Resolve: resolve,
	}
}

// A part is the Raw of a manifest: what it says is in its Found's component.
type part struct {
	rank     int  // order of precedence
	declares bool // it declares a package, with a name or without
}

func parse(f manifest.File) (*manifest.Found, error) {
	found := &manifest.Found{}
	var raw part
	var err error
	switch f.Base() {
	case "pyproject.toml":
		raw.declares, err = project(f.Data, &found.Component)
	case "setup.cfg":
		raw.rank = 1
		config(f.Data, &found.Component)
	default:
		raw.rank = 2
		raw.declares = script(f.Data, &found.Component)
	}
	if err != nil {
		return nil, err
	}
	found.Raw = raw
	return found, nil
}

// project reads a pyproject.toml.
func project(data []byte, out *fact.Component) (declares bool, err error) {
	doc, err := manifest.TOML(data)
	if err != nil {
		return false, err
	}
	if p := doc.Table("project"); p != nil {
		pep621(p, out)
		out.Line = manifest.LineOf(data, "project", "name")
		return true, nil
	}
	if p := doc.Table("tool", "poetry"); p.String("name") != "" {
		poetry(p, out)
		out.Line = manifest.LineOf(data, "tool.poetry", "name")
		return true, nil
	}
	return false, nil
}

func pep621(p manifest.Table, out *fact.Component) {
	out.Name = p.String("name")
	out.Version = p.String("version")
	out.Description = p.String("description")
	out.MinVersion = p.String("requires-python")
	out.License = cmp.Or(p.String("license"), p.Table("license").String("text"))
	if len(out.License) > 100 {
		out.License = "" // the text of a licence, not its name
	}
	out.Targets = slices.Concat(keys(p.Table("scripts")), keys(p.Table("gui-scripts")))
	out.Published = published(p.Strings("classifiers"))
}

func poetry(p manifest.Table, out *fact.Component) {
	out.Name = p.String("name")
	out.Version = p.String("version")
	out.Description = p.String("description")
	out.License = p.String("license")
	out.MinVersion = p.Table("dependencies").String("python")
	out.Targets = keys(p.Table("scripts"))
	out.Published = published(p.Strings("classifiers"))
}

func keys(t manifest.Table) []string { return slices.Sorted(maps.Keys(t)) }

// published is false when a classifier forbids the upload, else not said.
func published(classifiers []string) *bool {
	for _, c := range classifiers {
		if strings.HasPrefix(c, "Private ::") {
			return new(bool)
		}
	}
	return nil
}

// resolve makes one component of the manifests of a folder.
func resolve(t *manifest.Tree, found []*manifest.Found) []fact.Note {
	folders := map[string][]*manifest.Found{}
	for _, f := range found {
		folders[f.Path] = append(folders[f.Path], f)
	}
	for dir, parts := range folders {
		merge(dir, t, parts)
	}
	return nil
}

// merge folds the manifests of one folder into the first that names the
// package, or into the first that declares it.
func merge(dir string, t *manifest.Tree, parts []*manifest.Found) {
	slices.SortStableFunc(parts, func(a, b *manifest.Found) int {
		return cmp.Compare(a.Raw.(part).rank, b.Raw.(part).rank)
	})
	declares := func(f *manifest.Found) bool { return f.Raw.(part).declares }
	// A setup.cfg is read by the tools only beside one of the others.
	others := func(f *manifest.Found) bool { return f.Raw.(part).rank != 1 }
	first := slices.IndexFunc(parts, func(f *manifest.Found) bool { return f.Name != "" })
	if first < 0 {
		first = slices.IndexFunc(parts, declares)
	}
	if first < 0 || !slices.ContainsFunc(parts, others) {
		for _, f := range parts {
			f.Name = ""
		}
		return
	}
	main := &parts[first].Component
	main.Name = cmp.Or(main.Name, t.FolderName(dir))
	main.Language = "Python"
	for i, f := range parts {
		if i != first {
			fold(main, &f.Component)
			f.Name = ""
		}
	}
	if len(main.Targets) > 0 {
		main.Kinds = []string{"bin"}
	}
}

// fold fills what c does not say from other.
func fold(c, other *fact.Component) {
	c.Version = cmp.Or(c.Version, other.Version)
	c.Description = cmp.Or(c.Description, other.Description)
	c.License = cmp.Or(c.License, other.License)
	c.MinVersion = cmp.Or(c.MinVersion, other.MinVersion)
	c.Published = cmp.Or(c.Published, other.Published)
	if c.Targets == nil {
		c.Targets = other.Targets
	}
}
