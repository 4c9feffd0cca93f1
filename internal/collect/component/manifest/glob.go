package manifest

import (
	"path"
	"strings"

	"assay/internal/limit"
)

// Patterns are the folders a workspace names, some with wildcards: "*", "?" and
// "[…]" within a part of the path, "**" for any number of parts.
type Patterns struct {
	root  string
	names map[string]struct{} // folders
	globs [][]string          // parts of each pattern, seen from root
}

// NewPatterns prepares patterns relative to the folder root. Those that lead
// out of the repository match nothing, and neither do wildcards outside root.
func NewPatterns(root string, patterns []string) *Patterns {
	p := &Patterns{root: root, names: make(map[string]struct{}, len(patterns))}
	for _, s := range patterns {
		if !strings.ContainsAny(s, "*?[") {
			if dir, ok := Join(root, s); ok {
				p.names[dir] = struct{}{}
			}
			continue
		}
		glob, ok := Join("", s)
		parts := strings.Split(glob, "/")
		if ok && len(p.globs) < limit.WorkspaceGlobs && len(glob) <= limit.GlobBytes && len(parts) <= limit.GlobParts {
			p.globs = append(p.globs, parts)
		}
	}
	return p
}

// Match reports whether the folder dir is named by the patterns.
func (p *Patterns) Match(dir string) bool {
	if _, ok := p.names[dir]; ok {
		return true
	}
	if len(p.globs) == 0 || dir == p.root || !Within(dir, p.root) {
		return false
	}
	parts := strings.Split(strings.TrimPrefix(dir[len(p.root):], "/"), "/")
	for _, g := range p.globs {
		if matchParts(g, parts) {
			return true
		}
	}
	return false
}

// Covers reports whether dir, or a folder above it, is named outright.
func (p *Patterns) Covers(dir string) bool {
	covered := false
	Above(dir, func(d string) bool {
		_, covered = p.names[d]
		return !covered && Within(d, p.root)
	})
	return covered
}

// matchParts matches the parts of a path against those of a pattern in time
// proportional to their product: reach[i] tells whether the pattern so far
// matches the first i parts.
func matchParts(pattern, parts []string) bool {
	reach := make([]bool, len(parts)+1)
	reach[0] = true
	for _, want := range pattern {
		if want == "**" {
			for i := 1; i < len(reach); i++ {
				reach[i] = reach[i] || reach[i-1]
			}
			continue
		}
		for i := len(parts); i > 0; i-- {
			ok, err := path.Match(want, parts[i-1])
			reach[i] = reach[i-1] && ok && err == nil
		}
		reach[0] = false
	}
	return reach[len(parts)]
}
