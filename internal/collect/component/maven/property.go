package maven

import (
	"cmp"
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
		for _, set := range q.sets() {
			if value, known = set[key]; known {
				return false
			}
		}
		return true
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

// sets are the properties of p: those of the profiles that are active by default
// go before its own.
func (p *pom) sets() []properties {
	var all []properties
	for _, profile := range p.active() {
		all = append(all, profile.Properties)
	}
	return append(all, p.Properties)
}

// active are the profiles that Maven activates when it is told nothing: those
// by default, unless others of the project may be active instead.
func (p *pom) active() []profile {
	var all []profile
	for _, profile := range p.Profiles {
		switch {
		case profile.Activation.ByDefault == "true":
			all = append(all, profile)
		case profile.Activation.conditional():
			return nil
		}
	}
	return all
}
