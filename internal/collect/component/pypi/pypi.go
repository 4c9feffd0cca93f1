// Package pypi reads the manifests of Python packages: pyproject.toml (PEP 621,
// Poetry, Flit), setup.cfg and setup.py.
//
// A folder is one component however many of them it has. What pyproject.toml
// gives holds, and what it does not call dynamic nobody else can give. Dynamic
// fields are given by setup.py and setup.cfg where setuptools builds, and by
// Poetry's own table where Poetry does; those of other tools (a file, a tag) are
// unknown. Without a project in pyproject.toml a field of setup.py goes before the
// same of setup.cfg, as with setuptools.
//
// setup.py is a program and is not run. It is parted into tokens, and what it
// passes to setup is read: strings, names that it sets once to such, lists and
// dicts of them. What it works out is unknown, also where setup.cfg says
// something. A package that it names that way goes by its folder's name. A
// pyproject.toml without a package (settings of linters) and a setup.cfg alone
// declare nothing.
package pypi

import (
	"cmp"
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
	// closed: others can give the open fields alone.
	closed bool
	open   []string
	// unknown are the fields that it gives by what is not known.
	unknown []string
}

// The fields that several manifests may give.
const (
	fieldName        = "name"
	fieldVersion     = "version"
	fieldDescription = "description"
	fieldLicense     = "license"
	fieldPython      = "python_requires"
	fieldScripts     = "scripts"
	fieldPublished   = "classifiers"
)

const rankConfig = 2

func parse(f manifest.File) (*manifest.Found, error) {
	found := &manifest.Found{}
	var raw part
	switch f.Base() {
	case "pyproject.toml":
		doc, err := manifest.TOML(f.Data)
		if err != nil {
			return nil, err
		}
		raw = project(doc, f.Data, &found.Component)
	case "setup.cfg":
		raw.rank = rankConfig
		config(f.Data, &found.Component)
	default:
		raw.rank = 1
		raw.declares, raw.unknown = script(f.Data, &found.Component)
	}
	found.Raw = raw
	return found, nil
}

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
	names := func(f *manifest.Found) bool {
		raw := f.Raw.(part)
		return f.Name != "" || raw.closed || slices.Contains(raw.unknown, fieldName)
	}
	declares := func(f *manifest.Found) bool { return f.Raw.(part).declares }
	// A setup.cfg is read by the tools only beside one of the others.
	others := func(f *manifest.Found) bool { return f.Raw.(part).rank != rankConfig }
	first := slices.IndexFunc(parts, names)
	if first < 0 {
		first = slices.IndexFunc(parts, declares)
	}
	if first < 0 || !slices.ContainsFunc(parts, others) {
		for _, f := range parts {
			f.Name = ""
		}
		return
	}
	out := fold(parts)
	main := &parts[first].Component
	name := cmp.Or(main.Name, t.FolderName(dir))
	for _, f := range parts {
		f.Name = ""
	}
	main.Name, main.Language = name, "Python"
	main.Version, main.Description, main.License, main.MinVersion = out.Version, out.Description, out.License, out.MinVersion
	main.Published, main.Targets = out.Published, out.Targets
	if len(main.Targets) > 0 {
		main.Kinds = []string{"bin"}
	}
}

// fold takes each field from the first manifest that gives it.
func fold(parts []*manifest.Found) fact.Component {
	var out fact.Component
	settled := map[string]bool{}
	for _, f := range parts {
		raw := f.Raw.(part)
		for _, field := range raw.unknown {
			settled[field] = settled[field] || empty(&f.Component, field)
		}
		for _, field := range []string{fieldVersion, fieldDescription, fieldLicense, fieldPython, fieldScripts, fieldPublished} {
			if settled[field] {
				continue
			}
			if !empty(&f.Component, field) {
				give(&out, &f.Component, field)
				settled[field] = true
			}
			settled[field] = settled[field] || raw.closed && !slices.Contains(raw.open, field)
		}
	}
	return out
}

// empty reports whether c gives nothing for a field.
func empty(c *fact.Component, field string) bool {
	switch field {
	case fieldVersion:
		return c.Version == ""
	case fieldDescription:
		return c.Description == ""
	case fieldLicense:
		return c.License == ""
	case fieldPython:
		return c.MinVersion == ""
	case fieldScripts:
		return c.Targets == nil
	case fieldPublished:
		return c.Published == nil
	}
	return true
}

// give sets a field of out from c.
func give(out, c *fact.Component, field string) {
	switch field {
	case fieldVersion:
		out.Version = c.Version
	case fieldDescription:
		out.Description = c.Description
	case fieldLicense:
		out.License = c.License
	case fieldPython:
		out.MinVersion = c.MinVersion
	case fieldScripts:
		out.Targets = c.Targets
	case fieldPublished:
		out.Published = c.Published
	}
}
