package maven

import (
	"strings"

	"assay/internal/limit"
)

// lineage calls visit with p and its parents, nearest first, until visit
// returns false. Parents that form a circle end at the bound.
func (p *pom) lineage(visit func(q *pom) bool) {
	for n := 0; p != nil && n < limit.MavenParents && visit(p); n++ {
		p = p.parent
	}
}

// known is s with its ${…} replaced; "" when one is not known.
func (p *pom) known(s string) string {
	for range limit.MavenRounds {
		if !strings.Contains(s, "${") {
			return s
		}
		if s = p.replace(s); len(s) > limit.MavenText {
			return ""
		}
	}
	return ""
}

// replace replaces each ${…} of s once. One that is unknown makes it "".
func (p *pom) replace(s string) string {
	var b strings.Builder
	for b.Len() <= limit.MavenText {
		before, rest, ok := strings.Cut(s, "${")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		key, after, ok := strings.Cut(rest, "}")
		value := p.property(key)
		if !ok || value == "" {
			return ""
		}
		b.WriteString(value)
		s = after
	}
	return b.String()
}

// property is the value of a property, "" when it is not known.
func (p *pom) property(key string) string {
	switch strings.TrimPrefix(key, "pom.") {
	case "project.version", "version":
		if p.Version == "" && p.Parent != nil {
			return strings.TrimSpace(p.Parent.Version)
		}
		return p.Version
	case "project.groupId", "groupId":
		return p.group()
	case "project.artifactId", "artifactId":
		return p.ArtifactID
	case "project.parent.version", "parent.version":
		if p.Parent != nil {
			return strings.TrimSpace(p.Parent.Version)
		}
		return ""
	}
	value := ""
	p.lineage(func(q *pom) bool {
		value = q.Properties[key]
		return value == ""
	})
	return value
}
