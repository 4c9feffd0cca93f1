package component

import (
	"cmp"
	"path"
	"slices"

	"assay/internal/collect/component/manifest"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// Finish implements collect.Pass.
func (p *pass) Finish() (any, error) {
	tree := manifest.NewTree(path.Base(string(p.rev.Repo)), p.notable)
	out := &fact.Components{Components: []fact.Component{}}
	for i := range ecosystems {
		p.resolve(i, tree)
		for _, f := range p.eco[i].found {
			if f.Name == "" {
				continue
			}
			c := f.Component
			if t := p.eco[i].sources[c.Path]; t != nil && t.read > 0 {
				c.Unsafe = &t.Unsafe
			}
			c.Role = roleOf(c.Manifest)
			clean(&c)
			out.Components = append(out.Components, c)
		}
	}
	slices.SortStableFunc(out.Components, func(a, b fact.Component) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Ecosystem, b.Ecosystem),
			cmp.Compare(a.Name, b.Name), cmp.Compare(a.Manifest, b.Manifest))
	})
	p.sums()
	out.Notes = p.notes.sorted()
	return out, nil
}

// resolve runs the ecosystem's Resolve over what was found.
func (p *pass) resolve(i int, tree *manifest.Tree) {
	e, s := &ecosystems[i], &p.eco[i]
	if e.Resolve == nil || len(s.found) == 0 {
		return
	}
	slices.SortFunc(s.found, func(a, b *manifest.Found) int { return cmp.Compare(a.Manifest, b.Manifest) })
	err := guard(func() error {
		for _, n := range e.Resolve(tree, s.found) {
			p.notes.add(errkind.Kind(n.Kind), n.Evidence.Path, "%s", n.Text)
		}
		return nil
	})
	if err != nil {
		p.notes.add(kindOf(err), "", "the %s components are incomplete: %s", e.Name, err)
	}
}

// sums adds the notes that speak of many files at once.
func (p *pass) sums() {
	if p.vendored > 0 {
		p.notes.add(odd, "", "%s in vendored folders left out", count(p.vendored, "manifest"))
	}
	if p.beyond > 0 {
		p.notes.add(errkind.Limit, "", "%s not read: the revision has more than a survey reads", count(p.beyond, "manifest"))
	}
	for i := range p.eco {
		s := &p.eco[i]
		unread := 0
		for _, t := range s.sources {
			unread += t.unread
		}
		if unread > 0 {
			p.notes.add(errkind.Corrupt, "", "%s of %s components not in the mirror or too large: unsafe code in them is not counted",
				count(unread, "source file"), ecosystems[i].Name)
		}
		if s.stray > 0 {
			p.notes.add(odd, "", "%s with unsafe code in no %s component: not counted", count(s.stray, "source file"), ecosystems[i].Name)
		}
	}
}

// clean makes the texts of a manifest fit to be shown: one line, no control
// characters, bounded; and its lists sorted, without doubles, bounded.
func clean(c *fact.Component) {
	for _, s := range []*string{&c.Name, &c.Version, &c.License, &c.Edition, &c.MinVersion, &c.Toolchain} {
		*s = oneLine(*s, limit.ManifestText)
	}
	c.Description = oneLine(c.Description, limit.ManifestProse)
	for _, l := range []*[]string{&c.Kinds, &c.Targets, &c.Runtime} {
		for i, s := range *l {
			(*l)[i] = oneLine(s, limit.ManifestText)
		}
		*l = tidy(*l)
	}
	c.Members = tidy(c.Members) // folders of the tree, kept as git has them
}

func tidy(list []string) []string {
	out := slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "" })
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.Clip(out[:min(len(out), limit.ManifestList)])
}
