package people

import (
	_ "embed"
	"fmt"
	"sync"

	"assay/internal/yamlnode"
)

//go:embed organisations.yaml
var organisationsYAML []byte

// A registry is organisations.yaml, made ready for look-up.
type registry struct {
	domains  map[string]history // by domain
	personal map[string]bool    // domains that say nothing
	names    map[string]string  // by folded name: how it is spelt
	legal    map[string]bool    // folded legal forms
	words    map[string]stint   // by folded word: that of no organisation
}

// shipped is our own registry.
var shipped = sync.OnceValue(func() *registry {
	var file struct {
		Organisations map[string][]string `yaml:"organisations"`
		Before        map[string][]string `yaml:"before"`
		Aliases       map[string][]string `yaml:"aliases"`
		Legal         []string            `yaml:"legal"`
		Independent   []string            `yaml:"independent"`
		Unknown       []string            `yaml:"unknown"`
		Personal      []string            `yaml:"personal"`
	}
	embedded("organisations.yaml", organisationsYAML, &file)
	r := &registry{
		domains: map[string]history{}, personal: map[string]bool{}, names: map[string]string{},
		legal: map[string]bool{}, words: map[string]stint{},
	}
	for name, domains := range file.Organisations {
		r.names[fold(name)] = name
		for _, domain := range domains {
			r.domains[domain] = history{{org: name, said: true}}
		}
	}
	for name, others := range file.Aliases {
		for _, other := range others {
			r.names[fold(other)] = name
		}
	}
	for _, domain := range file.Personal {
		r.personal[domain] = true
	}
	for _, form := range file.Legal {
		r.legal[fold(form)] = true
	}
	for _, word := range file.Independent {
		r.words[fold(word)] = stint{said: true}
	}
	for _, word := range file.Unknown {
		r.words[fold(word)] = stint{}
	}
	r.addBefore(file.Before)
	return r
})

// addBefore adds the former owners of domains, "Name < date" in gitdm's form.
func (r *registry) addBefore(before map[string][]string) {
	for domain, owners := range before {
		for _, owner := range owners {
			s, err := r.stint(owner)
			if err != nil {
				panic(fmt.Sprintf("organisations.yaml: %s: %v", domain, err))
			}
			r.domains[domain] = append(r.domains[domain], s)
			r.names[fold(s.org)] = s.org
		}
	}
}

// embeddedLimits are far above what our own files have.
var embeddedLimits = yamlnode.Limits{Depth: 8, Marks: 100_000}

// embedded reads a data file of ours, which is part of the program: a mistake in
// it is a bug, and a test reads each.
func embedded(name string, data []byte, into any) {
	if _, err := yamlnode.Decode(data, embeddedLimits, into); err != nil {
		panic(fmt.Sprintf("%s: %v", name, err))
	}
}
