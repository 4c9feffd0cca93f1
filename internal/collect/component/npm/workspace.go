package npm

import (
	"cmp"
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
	ordered  bool // a later pattern goes before an earlier one
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
	return listing{rank: 1, patterns: list, ordered: true}
}

// A workspace is what a listing names.
type workspace struct {
	rank     int
	rules    []rule
	manifest string          // the file that members name as theirs
	root     *manifest.Found // the package in its folder; nil when there is none
}

// A rule takes folders in, or leaves them out.
type rule struct {
	in   bool
	dirs *manifest.Patterns
}

// names reports whether the folder dir is a member.
func (w *workspace) names(dir string) bool {
	in := false
	for _, r := range w.rules {
		if r.dirs.Match(dir) {
			in = r.in
		}
	}
	return in
}

// syntax is what npm, yarn, pnpm and lerna understand in patterns.
var syntax = manifest.Syntax{Braces: true, Groups: true, NoDots: true}

func newWorkspace(f *manifest.Found, l listing) *workspace {
	patterns := l.patterns
	if !l.ordered { // what is taken in comes first
		slices.SortStableFunc(patterns, func(a, b string) int { return cmp.Compare(sign(a), sign(b)) })
	}
	w := &workspace{rank: l.rank, manifest: f.Manifest}
	for len(patterns) > 0 && len(w.rules) < limit.WorkspaceGlobs {
		not := sign(patterns[0])
		n := slices.IndexFunc(patterns, func(p string) bool { return sign(p) != not })
		if n < 0 {
			n = len(patterns)
		}
		dirs := make([]string, n)
		for i, p := range patterns[:n] {
			dirs[i] = p[not:]
		}
		w.rules = append(w.rules, rule{not == 0, manifest.NewPatterns(f.Path, dirs, syntax)})
		patterns = patterns[n:]
	}
	return w
}

// sign is 1 for a pattern of what is left out, else 0.
func sign(pattern string) int {
	if strings.HasPrefix(pattern, "!") && !strings.HasPrefix(pattern, "!(") {
		return 1
	}
	return 0
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
