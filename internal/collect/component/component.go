package component

import (
	"strings"

	"assay/internal/collect"
	"assay/internal/collect/component/cargo"
	"assay/internal/collect/component/gomod"
	"assay/internal/collect/component/gradle"
	"assay/internal/collect/component/manifest"
	"assay/internal/collect/component/maven"
	"assay/internal/collect/component/npm"
	"assay/internal/collect/component/pypi"
	"assay/internal/fact"
)

// Name is the collector's name in the keys of its facts.
const Name = "component"

// Version is the collector's. It is raised whenever the same revision would
// give other components.
const Version = 3

// ecosystems is the list behind Ecosystems. It is never changed.
var ecosystems = [...]manifest.Ecosystem{
	cargo.Ecosystem(),
	gomod.Ecosystem(),
	gradle.Ecosystem(),
	maven.Ecosystem(),
	npm.Ecosystem(),
	pypi.Ecosystem(),
}

// Ecosystems lists the package managers understood, by folder name.
func Ecosystems() []manifest.Ecosystem {
	all := ecosystems
	return all[:]
}

// New returns the collector. Its passes finish with a *fact.Components.
func New() collect.TreeCollector { return collector{} }

type collector struct{}

func (collector) Name() string { return Name }
func (collector) Version() int { return Version }

func (collector) Begin(rev *fact.Revision, _ *collect.Tree) collect.Pass { return newPass(rev) }

// base is the name of the file at path without its folder.
func base(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
