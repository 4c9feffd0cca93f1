package gradle

import (
	"slices"
	"strings"
)

// build is what a build script says.
type build struct {
	version string
	// silent: nothing is said of the version, so that a property gives it.
	silent  bool
	plugins []string
	java    string
	// shared is the version that it gives to the projects below it, "" for none.
	shared string
}

// readBuild reads a build script; aliases are the plugins of the version catalog.
func readBuild(script []statement, properties, aliases map[string]string) *build {
	scope := newScope(script, properties)
	b := &build{}
	b.versions(script, scope)
	for _, st := range script {
		b.applied(st, aliases)
	}
	b.java = javaVersion(script, scope)
	return b
}

// versions reads what is said of the version at the outermost level, and for all
// projects or those below. Said twice, or under a condition, it is not known.
func (b *build) versions(script []statement, scope *scope) {
	var own, shared values
	for _, st := range script {
		switch {
		case st[0].is("allprojects"), st[0].is("subprojects"):
			for i := range st {
				for _, inner := range st[i].body {
					shared.version(inner, scope)
					if st[0].is("allprojects") {
						own.version(inner, scope)
					}
				}
			}
		case conditional(st):
			own.unsure = own.unsure || mentions(st, "version")
		default:
			own.version(st, scope)
		}
	}
	b.version, b.silent, b.shared = own.one(), len(own.all) == 0 && !own.unsure, shared.one()
}

func conditional(st statement) bool {
	return slices.ContainsFunc([]string{"if", "else", "when", "try", "for", "while", "switch"}, st[0].is)
}

// values are what is said of one thing.
type values struct {
	all    []string
	unsure bool
}

// one is the value when it is one.
func (v *values) one() string {
	if all := slices.Compact(v.all); len(all) == 1 && !v.unsure {
		return all[0]
	}
	return ""
}

func (v *values) add(value string, ok bool) {
	v.all = append(v.all, value)
	v.unsure = v.unsure || !ok
}

// version reads "version = …", "version …" and their like.
func (v *values) version(st statement, scope *scope) {
	if len(st) > 2 && st[0].is("project") && st[1].is(".") {
		st = st[2:]
	}
	switch {
	case len(st) < 2:
	case st[0].is("setVersion") && st[1].kind == group && len(st[1].body) == 1:
		v.add(scope.eval(st[1].body[0]))
	case st[0].is("version") && st[1].is("=") && len(st) > 2:
		v.add(scope.eval(st[2:]))
	case st[0].is("version") && (st[1].kind == text || st[1].kind == model || st[1].kind == word && len(st) == 2):
		v.add(scope.eval(st[1:]))
	}
}

// applied reads the plugins of a statement: plugins { … }, apply plugin: "x".
func (b *build) applied(st statement, aliases map[string]string) {
	switch {
	case st[0].is("plugins") && len(st) == 2 && st[1].kind == group:
		for _, p := range st[1].body {
			b.plugin(p, aliases)
		}
	case st[0].is("apply"), st[0].is("allprojects"):
		for i := range st {
			if st[i].kind == text && i >= 2 && st[i-2].is("plugin") {
				b.plugins = append(b.plugins, st[i].text)
			}
			for _, inner := range st[i].body {
				b.applied(append(statement{{kind: word, text: "apply"}}, inner...), aliases)
			}
		}
	}
}

// plugin reads a statement of a plugins block.
func (b *build) plugin(p statement, aliases map[string]string) {
	if notApplied(p) {
		return
	}
	var arg statement
	switch {
	case len(p) > 1 && p[1].kind == group && p[1].text == "(" && len(p[1].body) == 1:
		arg = p[1].body[0]
	case len(p) > 1:
		arg = p[1:2]
	}
	switch {
	case p[0].is("alias"):
		if id := aliases[accessor(arg)]; id != "" {
			b.plugins = append(b.plugins, id)
		}
	case p[0].is("id") && len(arg) == 1 && arg[0].kind == text:
		b.plugins = append(b.plugins, arg[0].text)
	case p[0].is("kotlin") && len(arg) == 1 && arg[0].kind == text:
		b.plugins = append(b.plugins, "org.jetbrains.kotlin."+arg[0].text)
	case p[0].kind == word && len(p) == 1:
		b.plugins = append(b.plugins, p[0].text)
	}
}

// notApplied reports whether a plugin is only put on the path: apply false.
func notApplied(p statement) bool {
	for i := range p {
		if !p[i].is("apply") || i+1 == len(p) {
			continue
		}
		next := p[i+1]
		if next.is("false") || next.kind == group && len(next.body) == 1 && len(next.body[0]) == 1 && next.body[0][0].is("false") {
			return true
		}
	}
	return false
}

// accessor is the name after libs.plugins in an expression, with dots.
func accessor(e statement) string {
	var b strings.Builder
	for i := range e {
		b.WriteString(e[i].text)
	}
	name, ok := strings.CutPrefix(b.String(), "libs.plugins.")
	if !ok {
		return ""
	}
	return name
}

// kinds is what the plugins make of the project.
func (b *build) kinds() []string {
	var all []string
	for _, name := range b.plugins {
		switch name {
		case "application", "com.android.application":
			all = append(all, "bin")
		case "java-library", "com.android.library":
			all = append(all, "lib")
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// language is Kotlin where one of its plugins is applied, else Java.
func (b *build) language() string {
	for _, name := range b.plugins {
		if strings.HasPrefix(name, "org.jetbrains.kotlin.") {
			return "Kotlin"
		}
		switch name {
		case "kotlin", "kotlin-android", "kotlin-multiplatform", "kotlin-platform-jvm":
			return "Kotlin"
		}
	}
	return "Java"
}

// javaVersion is the Java release that the script builds for: what the compiler
// is told to release, else the level of the sources, else the toolchain. Each is
// known only when the script says one.
func javaVersion(script []statement, scope *scope) string {
	var release, source, toolchain values
	javaVersions(script, scope, &release, &source, &toolchain)
	for _, v := range []*values{&release, &source, &toolchain} {
		if len(v.all) > 0 || v.unsure {
			return v.one()
		}
	}
	return ""
}

func javaVersions(script []statement, scope *scope, release, source, toolchain *values) {
	for _, st := range script {
		for i := range st {
			rest := st[i+1:]
			switch {
			case st[i].is("release") && i > 1 && st[i-2].is("options"):
				release.java(rest, scope)
			case st[i].is("sourceCompatibility"):
				source.java(rest, scope)
			case st[i].is("jvmToolchain") && len(rest) > 0 && rest[0].text == "(":
				toolchain.java(rest, scope)
			case st[i].is("languageVersion"):
				toolchain.java(rest, scope)
			}
			javaVersions(st[i].body, scope, release, source, toolchain)
		}
	}
}

// java reads "= JavaVersion.VERSION_17", ".set(JavaLanguageVersion.of(17))",
// "(17)" and their like.
func (v *values) java(e statement, scope *scope) {
	for len(e) > 0 && (e[0].is("=") || e[0].is(".") || e[0].is("set")) {
		e = e[1:]
	}
	if len(e) == 1 && e[0].kind == group && len(e[0].body) == 1 {
		e = e[0].body[0]
	}
	if len(e) > 2 && (e[0].is("JavaVersion") || e[0].is("JavaLanguageVersion")) && e[1].is(".") {
		e = e[2:]
		if len(e) == 2 && (e[0].is("of") || e[0].is("toVersion")) && e[1].kind == group && len(e[1].body) == 1 {
			e = e[1].body[0]
		} else if name, ok := strings.CutPrefix(e[0].text, "VERSION_"); ok && len(e) == 1 {
			v.add(strings.ReplaceAll(name, "_", "."), true)
			return
		}
	}
	if len(e) > 0 {
		v.add(scope.eval(e))
	}
}
