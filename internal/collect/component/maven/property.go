package maven

import (
	"cmp"
	"maps"
	"slices"
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
		before, rest, found := strings.Cut(s, "${")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		key, after, closed := strings.Cut(rest, "}")
		value, ok := p.property(key)
		if !closed || !ok {
			return ""
		}
		b.WriteString(value)
		s = after
	}
	return b.String()
}

// property is the value of a property, which may be empty; false when it is not
// known.
func (p *pom) property(key string) (string, bool) {
	if value, ok := p.model(strings.TrimPrefix(strings.TrimPrefix(key, "pom."), "project.")); ok {
		return value, value != ""
	}
	value, known := "", false
	p.lineage(func(q *pom) bool {
		value, known = q.Properties[key]
		return !known
	})
	return value, known
}

// model is the value of a field of the project itself.
func (p *pom) model(key string) (string, bool) {
	var parent parent
	if p.Parent != nil {
		parent = *p.Parent
	}
	switch key {
	case "version":
		return cmp.Or(p.Version, parent.Version), true
	case "groupId":
		return p.group(), true
	case "artifactId":
		return p.ArtifactID, true
	case "packaging":
		return cmp.Or(p.Packaging, "jar"), true
	case "parent.version":
		return parent.Version, true
	case "parent.groupId":
		return parent.GroupID, true
	case "parent.artifactId":
		return parent.ArtifactID, true
	}
	return "", false
}

// activate puts what the profiles give that Maven activates when it is told
// nothing to what the project gives: those by default, unless others of the
// project may be active instead.
func (p *pom) activate() {
	p.modules = slices.Concat(p.Modules, p.Subprojects)
	if p.Properties == nil {
		p.Properties = properties{}
	}
	if slices.ContainsFunc(p.Profiles, func(f profile) bool { return f.Activation.conditional() && f.Activation.ByDefault != "true" }) {
		return
	}
	for _, profile := range p.Profiles {
		if profile.Activation.ByDefault == "true" {
			p.modules = append(p.modules, profile.Modules...)
			maps.Copy(p.Properties, profile.Properties)
		}
	}
}
