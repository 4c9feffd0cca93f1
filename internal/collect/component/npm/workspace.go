package npm

import (
	"slices"
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/limit"
	"assay/internal/yamlnode"
)

// A listing is the Raw of a file that names the members of a workspace: the
// lowest rank of a folder holds.
type listing struct {
	rank     int
	patterns []string
	npm      bool // patterns may take back what earlier ones leave out
}

// pnpm reads a pnpm-workspace.yaml.
func pnpm(data []byte) (*manifest.Found, error) {
	root, err := yamlnode.Load(data, yamlnode.Limits{Depth: limit.YamlDepth, Marks: limit.YamlMarks})
	if err != nil {
		return nil, err
	}
	l := listing{rank: 0}
	for _, field := range yamlnode.Fields(root) {
		if field.Name != "packages" {
			continue
		}
		for _, item := range yamlnode.Items(field.Value) {
			l.patterns = append(l.patterns, yamlnode.Text(item))
		}
	}
	return &manifest.Found{Raw: l}, nil
}

// listed is the workspaces field of a package.json, in both its forms.
func listed(doc manifest.Table) listing {
	list := doc.Strings("workspaces")
	if list == nil {
		list = doc.Table("workspaces").Strings("packages")
	}
	return listing{rank: 1, patterns: list, npm: true}
}

// A workspace is what a listing names.
type workspace struct {
	rank       int
	named, not *manifest.Patterns
	manifest   string          // the file that members name as theirs
	root       *manifest.Found // the package in its folder; nil when there is none
}

// names reports whether the folder dir is a member.
func (w *workspace) names(dir string) bool { return w.named.Match(dir) && !w.not.Match(dir) }

// syntax is what npm, yarn, pnpm and lerna understand in patterns.
var syntax = manifest.Syntax{Braces: true, Groups: true, NoDots: true}

func newWorkspace(f *manifest.Found, l listing) *workspace {
	var in []string
	var out []exclusion
	for _, p := range l.patterns[:min(len(l.patterns), limit.ManifestList)] {
		name, not := plain(p)
		switch {
		case !not:
			in = append(in, name)
			if l.npm {
				out = slices.DeleteFunc(out, func(e exclusion) bool { return e.dirs.Match(name) })
			}
		case len(out) < limit.WorkspaceGlobs:
			out = append(out, exclusion{name, manifest.NewPatterns("", []string{name}, syntax)})
		}
	}
	if l.npm {
		in = slices.DeleteFunc(in, func(name string) bool {
			return slices.ContainsFunc(out, func(e exclusion) bool { return e.dirs.Match(name) })
		})
	}
	var left []string
	for _, e := range out {
		left = append(left, e.text)
	}
	return &workspace{
		rank: l.rank, manifest: f.Manifest,
		named: manifest.NewPatterns(f.Path, in, syntax), not: manifest.NewPatterns(f.Path, left, syntax),
	}
}

// An exclusion is a pattern of what is left out. npm holds it against the very
// text of the others: one that matches it, and comes later, takes it back.
type exclusion struct {
	text string
	dirs *manifest.Patterns
}

// plain is a pattern without what stands before it, and whether it says what is
// left out.
func plain(pattern string) (name string, not bool) {
	if strings.HasPrefix(pattern, "!(") {
		return pattern, false
	}
	name = strings.TrimLeft(pattern, "!")
	not = (len(pattern)-len(name))%2 == 1
	return strings.TrimLeft(strings.TrimPrefix(name, "./"), "/"), not
}

// workspaces finds the workspaces among the files, by folder.
func workspaces(found []*manifest.Found) map[string]*workspace {
	roots := map[string]*workspace{}
	for _, f := range found {
		l, ok := f.Raw.(listing)
		if doc, isPackage := f.Raw.(manifest.Table); isPackage {
			l, ok = listed(doc), true
		}
		if !ok || len(l.patterns) == 0 {
			continue
		}
		if w := roots[f.Path]; w == nil || l.rank < w.rank {
			roots[f.Path] = newWorkspace(f, l)
		}
	}
	return roots
}

// nearest is the workspace in the nearest folder above dir.
func nearest(roots map[string]*workspace, dir string) (w *workspace) {
	if dir == "" || len(roots) == 0 {
		return nil
	}
	manifest.Above(manifest.Dir(dir), func(d string) bool {
		w = roots[d]
		return w == nil
	})
	return w
}
