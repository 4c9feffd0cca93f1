// Package gradle reads build.gradle, build.gradle.kts and the settings files
// beside them: Gradle projects.
//
// The files are programs and are not run: what they say in the plainest form is
// read line by line, the rest is unknown. A folder is one component, named by
// rootProject.name of its settings or after the folder.
package gradle

import (
	"bytes"
	"cmp"
	"regexp"
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
		Parse:   parse,
		Resolve: resolve,
	}
}

var (
	rootName = regexp.MustCompile(`(?m)^[ \t]*rootProject\.name[ \t]*=[ \t]*["']([^"'$\n]+)["']`)
	include  = regexp.MustCompile(`(?m)^[ \t]*include\b[ \t(]*((?:["'][^"'\n]*["'][\s,]*)+)`)
	quoted   = regexp.MustCompile(`["']([^"'\n]*)["']`)
	version  = regexp.MustCompile(`(?m)^version[ \t]*=?[ \t]*["']([^"'$\n]+)["']`)
	java     = regexp.MustCompile(`(?m)(?:jvmToolchain|JavaLanguageVersion\.of)\((\d+)\)|(?:options\.release|sourceCompatibility)(?:\.set\(|[ \t]*=?[ \t]*)(?:JavaVersion\.VERSION_)?["']?([\d._]+)`)
	kotlin   = regexp.MustCompile(`\bkotlin\("(?:jvm|multiplatform|android)"\)|org\.jetbrains\.kotlin\.|["']kotlin(?:-android|-multiplatform)?["']`)
	plugin   = regexp.MustCompile(`(?m)(?:\bid[ \t(]+|\bplugin:[ \t]*)["']([\w.-]+)["']|^[ \t]*` + "`?" + `(application|java-library)` + "`?" + `[ \t]*$`)
)

// A script is the Raw of a file.
type script struct {
	settings bool
	modules  []string // folders, seen from the file's
}

func parse(f manifest.File) (*manifest.Found, error) {
	found := &manifest.Found{}
	s := &script{settings: strings.HasPrefix(f.Base(), "settings.")}
	found.Raw = s
	if s.settings {
		if m := rootName.FindSubmatchIndex(f.Data); m != nil {
			found.Name = string(f.Data[m[2]:m[3]])
			found.Line = manifest.LineAt(f.Data, m[2])
		}
		s.modules = included(f.Data)
		return found, nil
	}
	found.Version = first(version, f.Data)
	found.MinVersion = strings.ReplaceAll(first(java, f.Data), "_", ".")
	found.Language = "Java"
	if kotlin.Match(f.Data) {
		found.Language = "Kotlin"
	}
	found.Kinds = kinds(f.Data)
	return found, nil
}

// first is the first group that matched in the first match.
func first(re *regexp.Regexp, data []byte) string {
	m := re.FindSubmatch(data)
	for i := 1; i < len(m); i++ {
		if len(m[i]) > 0 {
			return string(m[i])
		}
	}
	return ""
}

// included lists the folders of the projects that a settings file includes:
// ":lib:core" lies in lib/core.
func included(data []byte) []string {
	var all []string
	for _, m := range include.FindAllSubmatch(data, -1) {
		for _, q := range quoted.FindAllSubmatch(m[1], -1) {
			path := bytes.ReplaceAll(bytes.Trim(q[1], ":"), []byte(":"), []byte("/"))
			all = append(all, string(path))
		}
	}
	return all
}

// kinds is what the plugins of a build script make of its project.
func kinds(data []byte) []string {
	var all []string
	for _, m := range plugin.FindAllSubmatch(data, 100) {
		switch name := string(m[1]) + string(m[2]); name {
		case "application", "com.android.application":
			all = append(all, "bin")
		case "java-library", "com.android.library":
			all = append(all, "lib")
		}
	}
	return all
}

// resolve makes one component of the files of a folder: the build script's,
// with the name and the modules of the settings.
func resolve(t *manifest.Tree, found []*manifest.Found) []fact.Note {
	folders := map[string][]*manifest.Found{}
	for _, f := range found {
		folders[f.Path] = append(folders[f.Path], f)
	}
	for dir, files := range folders {
		name := ""
		var modules []string
		for _, f := range files {
			s := f.Raw.(*script)
			name = cmp.Or(name, f.Name)
			modules = append(modules, s.modules...)
			f.Name = ""
		}
		// Build scripts come before settings by name; files holds at least one.
		main := &files[0].Component
		main.Name = cmp.Or(name, t.FolderName(dir))
		main.Language = cmp.Or(main.Language, "Java")
		if len(modules) > 0 {
			main.Kinds = append(main.Kinds, "workspace")
			main.Members = members(dir, modules, folders)
		}
	}
	return nil
}

// members are those of modules that are folders with a Gradle file.
func members(dir string, modules []string, folders map[string][]*manifest.Found) []string {
	var all []string
	for _, m := range modules {
		if p, ok := manifest.Join(dir, m); ok && p != dir && folders[p] != nil {
			all = append(all, p)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
