// Package gradle reads build.gradle, build.gradle.kts and the settings files
// beside them: Gradle projects.
//
// The files are programs and are not run. They are parted into statements, and
// what those say plainly is read: names, versions, plugins, the projects that
// are included and their folders. Names stand for what the script sets once, and
// for the properties of gradle.properties; plugins by alias for those of
// gradle/libs.versions.toml. What a condition, a loop or another program decides
// is unknown; a note tells where projects are included that way.
//
// A folder is one component, named by rootProject.name of its settings or after
// the folder.
package gradle

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
)

// Ecosystem is Gradle.
func Ecosystem() manifest.Ecosystem {
	return manifest.Ecosystem{
		Name: "gradle",
		Manifest: func(base string) bool {
			switch base {
			case "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts":
				return true
			}
			return false
		},
		Extra:   isExtra,
		Parse:   parse,
		Resolve: resolve,
	}
}

const catalogFile = "gradle/libs.versions.toml"

func isExtra(p string) bool {
	return path.Base(p) == "gradle.properties" || p == catalogFile || strings.HasSuffix(p, "/"+catalogFile)
}

// A script is the Raw of a build script or settings file.
type script struct {
	settings   bool
	statements []statement
}

// properties is the Raw of a gradle.properties.
type properties map[string]string

// A catalog is the Raw of a version catalog.
type catalog map[string]string

func parse(f manifest.File) (*manifest.Found, error) {
	switch f.Base() {
	case "gradle.properties":
		return &manifest.Found{Raw: properties(parseProperties(f.Data))}, nil
	case path.Base(catalogFile):
		aliases, err := parseCatalog(f.Data)
		return &manifest.Found{Raw: catalog(aliases)}, err
	}
	statements, err := parseScript(f.Data)
	if err != nil {
		return nil, err
	}
	return &manifest.Found{Raw: &script{strings.HasPrefix(f.Base(), "settings."), statements}}, nil
}

// A project is the files of a folder.
type project struct {
	main       *manifest.Found
	settings   *settings
	file       string // of the settings
	build      *build
	scripts    []*script
	properties properties
	catalog    catalog
}

// resolve makes one component of the files of a folder: the build script's,
// with the name and the modules of the settings.
func resolve(t *manifest.Tree, found []*manifest.Found) []fact.Note {
	folders := gather(found)
	dirs := slices.Sorted(maps.Keys(folders))
	for _, dir := range dirs {
		read(folders, dir)
	}
	var notes []fact.Note
	for _, dir := range dirs {
		p := folders[dir]
		if p.main == nil {
			continue
		}
		p.fill(t, dir, folders)
		if p.settings != nil && p.settings.unsure {
			notes = append(notes, fact.Note{
				Kind: "odd", Text: "some projects are included only while the build runs: they are not among the members",
				Evidence: fact.Evidence{Path: p.file},
			})
		}
	}
	for _, dir := range dirs {
		if p := folders[dir]; p.main != nil {
			share(p, folders)
		}
	}
	return notes
}

// gather puts files to their folders.
func gather(found []*manifest.Found) map[string]*project {
	folders := map[string]*project{}
	for _, f := range found {
		dir := f.Path
		if _, ok := f.Raw.(catalog); ok {
			dir = manifest.Dir(dir)
		}
		p := folders[dir]
		if p == nil {
			p = &project{}
			folders[dir] = p
		}
		switch raw := f.Raw.(type) {
		case properties:
			p.properties = raw
		case catalog:
			p.catalog = raw
		case *script:
			p.scripts = append(p.scripts, raw)
			if p.main == nil { // build scripts come before settings by name
				p.main = f
			}
			if raw.settings {
				p.file = f.Manifest
			}
		}
	}
	return folders
}

// read reads the scripts of a folder, with the properties and the catalog of the
// build that it belongs to.
func read(folders map[string]*project, dir string) {
	p := folders[dir]
	root := rootOf(folders, dir)
	known := map[string]string{}
	if root != nil {
		maps.Copy(known, root.properties)
	}
	maps.Copy(known, p.properties)
	p.properties = known
	for _, s := range p.scripts {
		switch {
		case s.settings && p.settings == nil:
			p.settings = readSettings(s.statements, known)
		case !s.settings && p.build == nil:
			var aliases catalog
			if root != nil {
				aliases = root.catalog
			}
			p.build = readBuild(s.statements, known, aliases)
		}
	}
}

// rootOf is the nearest folder at or above dir with a settings file.
func rootOf(folders map[string]*project, dir string) (root *project) {
	manifest.Above(dir, func(d string) bool {
		if p := folders[d]; p != nil && slices.ContainsFunc(p.scripts, func(s *script) bool { return s.settings }) {
			root = p
		}
		return root == nil
	})
	return root
}

// fill completes the component of p.
func (p *project) fill(t *manifest.Tree, dir string, folders map[string]*project) {
	out := &p.main.Component
	out.Name = t.FolderName(dir)
	out.Language = "Java"
	if b := p.build; b != nil {
		out.Version, out.MinVersion, out.Language, out.Kinds = b.version, b.java, b.language(), b.kinds()
	}
	if p.build == nil || p.build.silent {
		out.Version = p.properties["version"]
	}
	if s := p.settings; s != nil {
		if s.name != "" {
			out.Name = s.name
			if p.main.Manifest == p.file {
				out.Line = s.line
			}
		}
		if len(s.dirs) > 0 {
			out.Kinds = append(out.Kinds, "workspace")
			out.Members = members(dir, s.dirs, folders)
		}
	}
}

// share gives the version that p's script sets for all projects to its members.
func share(p *project, folders map[string]*project) {
	if p.build == nil || p.build.shared == "" {
		return
	}
	for _, dir := range p.main.Members {
		m := folders[dir]
		if m.build == nil || m.build.silent {
			m.main.Version = cmp.Or(p.build.shared, m.main.Version)
		}
	}
}

// members are those of the included projects whose folders have a Gradle file.
func members(dir string, dirs map[string]string, folders map[string]*project) []string {
	var all []string
	for _, m := range dirs {
		p, ok := manifest.Join(dir, m)
		if ok && m != "" && p != dir && folders[p] != nil && folders[p].main != nil {
			all = append(all, p)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
