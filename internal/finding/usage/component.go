package usage

import (
	"cmp"
	"maps"
	"slices"

	"assay/internal/fact"
)

// A Component is a package of a package manager in the language asked for,
// with the manifest that declares it.
type Component struct {
	Repo fact.RepoID `json:"repo"`
	fact.Component
	Evidence fact.Evidence `json:"evidence"`
}

// IsPackage reports whether the manifest declares a package of its own, rather
// than only tying others together (a virtual workspace).
func (c *Component) IsPackage() bool { return isPackage(&c.Component) }

func isPackage(c *fact.Component) bool {
	return c.Name != "" && !(len(c.Kinds) == 1 && c.Kinds[0] == "workspace")
}

// A Count is how many of a thing there are.
type Count struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Packages sums up the components in a language. Vendored packages, which are
// others' work, are in no figure.
type Packages struct {
	// Product counts packages of product role; Other those that are tests,
	// examples and the like.
	Product int `json:"product"`
	Other   int `json:"other"`
	// The counts below are over the packages of product role, most first.
	Ecosystems []Count `json:"ecosystems"`
	Kinds      []Count `json:"kinds"`    // a package may be of several kinds
	Editions   []Count `json:"editions"` // where declared
	Runtimes   []Count `json:"runtimes"` // async runtimes depended on
	// Wasm counts packages that build for WebAssembly.
	Wasm int `json:"wasm"`
	// Unsafe sums the packages of product role whose sources were looked at;
	// null when none was.
	Unsafe *fact.Unsafe `json:"unsafe"`
}

// components lists the components of the counted repositories in the language,
// vendored ones left out: product first, then by repository and path.
func (q *question) components(repos []*Repository) []Component {
	found := []Component{}
	for _, r := range repos {
		c := q.landscape.ComponentsOf(r.Repository)
		if c == nil {
			continue
		}
		for i := range c.Components {
			x := &c.Components[i]
			if x.Language != q.language || x.Role == fact.RoleVendored {
				continue
			}
			e := r.At(x.Manifest, false)
			e.Line = x.Line
			found = append(found, Component{r.ID, *x, e})
		}
	}
	slices.SortStableFunc(found, func(a, b Component) int { return cmp.Compare(notProduct(&a), notProduct(&b)) })
	return found
}

func notProduct(c *Component) int {
	if c.Role == fact.RoleProduct {
		return 0
	}
	return 1
}

// packages sums components up.
func packages(components []Component) Packages {
	var p Packages
	ecosystems, kinds, editions, runtimes := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for i := range components {
		c := &components[i]
		if !c.IsPackage() {
			continue
		}
		if c.Role != fact.RoleProduct {
			p.Other++
			continue
		}
		p.Product++
		ecosystems[c.Ecosystem]++
		editions[c.Edition]++
		for _, k := range c.Kinds {
			kinds[k]++
		}
		for _, r := range c.Runtime {
			runtimes[r]++
		}
		if slices.Contains(c.Kinds, "wasm") {
			p.Wasm++
		}
		p.addUnsafe(c.Unsafe)
	}
	delete(editions, "")
	p.Ecosystems, p.Kinds, p.Editions, p.Runtimes = Ranked(ecosystems), Ranked(kinds), Ranked(editions), Ranked(runtimes)
	return p
}

func (p *Packages) addUnsafe(u *fact.Unsafe) {
	if u == nil {
		return
	}
	if p.Unsafe == nil {
		p.Unsafe = &fact.Unsafe{}
	}
	p.Unsafe.Blocks += u.Blocks
	p.Unsafe.Fns += u.Fns
	p.Unsafe.Impls += u.Impls
	p.Unsafe.Traits += u.Traits
	p.Unsafe.Files += u.Files
}

// Ranked lists counts by name, most first, then by name.
func Ranked(m map[string]int) []Count {
	all := make([]Count, 0, len(m))
	for _, name := range slices.Sorted(maps.Keys(m)) {
		all = append(all, Count{name, m[name]})
	}
	slices.SortStableFunc(all, func(a, b Count) int { return cmp.Compare(b.Count, a.Count) })
	return all
}

// A part is a component folder that is mainly one language.
type part struct {
	name, path   string
	bytes, total int64
}

// mainParts lists the components of product role of a repository whose product
// files are mainly in the language, most bytes first. A folder with a manifest
// counts by its files alone, whatever the manifest's language; the root of a
// repository only when a manifest of the language is there, because "no
// component" looks the same. Vendored, test and example components have no
// product files.
func mainParts(r *Repository, components *fact.Components, language string) []part {
	byFolder := map[string]map[string]int64{}
	for i := range r.Composition.Cells {
		c := &r.Composition.Cells[i]
		if !c.Counted || c.Role != fact.RoleProduct {
			continue
		}
		if byFolder[c.Component] == nil {
			byFolder[c.Component] = map[string]int64{}
		}
		byFolder[c.Component][c.Language] += c.Bytes
	}
	names, left := componentNames(components, language)
	var parts []part
	for folder, bytes := range byFolder {
		name, named := names[folder]
		if !mainly(bytes, language) || left[folder] || folder == "" && !named {
			continue
		}
		if !named {
			name = folder
		}
		parts = append(parts, part{name, folder, bytes[language], sum(bytes)})
	}
	slices.SortFunc(parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(b.bytes, a.bytes), cmp.Compare(a.path, b.path))
	})
	return parts
}

// componentNames names the folders that hold a package of product role in the
// language, and tells the folders all of whose packages are of another role.
func componentNames(components *fact.Components, language string) (names map[string]string, left map[string]bool) {
	names, left = map[string]string{}, map[string]bool{}
	if components == nil {
		return names, left
	}
	product := map[string]bool{}
	for i := range components.Components {
		c := &components.Components[i]
		if c.Role != fact.RoleProduct {
			left[c.Path] = true
			continue
		}
		product[c.Path] = true
		if _, again := names[c.Path]; c.Language == language && isPackage(c) && !again {
			names[c.Path] = c.Name
		}
	}
	for folder := range product {
		delete(left, folder)
	}
	return names, left
}
