package gradle

import (
	"path"
	"slices"
	"strings"
)

// settings is what a settings file says.
type settings struct {
	name string
	line int
	// dirs are the folders of the projects that it includes, seen from its own, by
	// their paths (":lib:core"); "" where the folder is not known.
	dirs map[string]string
	// unsure: it includes projects only while the build runs.
	unsure bool
}

// readSettings reads a settings file. What it does under a condition, in a loop or
// by names that are not known is not known.
func readSettings(script []statement, properties map[string]string) *settings {
	s := &settings{dirs: map[string]string{}}
	scope := newScope(script, properties)
	for _, st := range script {
		s.statement(st, scope)
	}
	for _, st := range script {
		s.place(st, scope)
	}
	return s
}

func (s *settings) statement(st statement, scope *scope) {
	for len(st) > 2 && st[0].is("settings") && st[1].is(".") {
		st = st[2:]
	}
	switch {
	case st[0].is("include"), st[0].is("includeFlat"):
		s.include(st, scope)
	case st[0].is("rootProject"):
		if i := slices.IndexFunc(st, func(n node) bool { return n.is("name") || n.is("setName") }); i == 2 && i+1 < len(st) {
			value := st[i+1:]
			if value[0].is("=") {
				value = value[1:]
			}
			if name, ok := scope.eval(value); ok {
				s.name, s.line = name, st[0].line
			}
		}
	default:
		s.unsure = s.unsure || mentions(st, "include")
	}
}

// mentions reports whether a statement within st begins with name.
func mentions(st statement, name string) bool {
	for i := range st {
		if i > 0 && st[i].is(name) && !st[i-1].is(".") {
			return true
		}
		for _, inner := range st[i].body {
			if inner[0].is(name) || mentions(inner, name) {
				return true
			}
		}
	}
	return false
}

// include reads the arguments of an include: texts, also in lists.
func (s *settings) include(st statement, scope *scope) {
	flat := st[0].is("includeFlat")
	args := st[1:]
	var list []statement
	if len(args) > 0 && args[0].kind == group && args[0].text == "(" {
		list = args[0].body
	} else {
		list = split(args)
	}
	for _, arg := range elements(list) {
		name, ok := scope.eval(arg)
		if !ok {
			s.unsure = true
			continue
		}
		if flat {
			s.dirs[":"+name] = "../" + name
			continue
		}
		name = ":" + strings.Trim(name, ":")
		s.dirs[name] = strings.ReplaceAll(name[1:], ":", "/")
	}
}

// split parts nodes at commas.
func split(nodes statement) []statement {
	var all []statement
	from := 0
	for i := range nodes {
		if nodes[i].is(",") {
			all = append(all, nodes[from:i])
			from = i + 1
		}
	}
	return append(all, nodes[from:])
}

// elements are arguments with those of lists in their places.
func elements(args []statement) []statement {
	var all []statement
	for _, arg := range args {
		if len(arg) > 0 && arg[0].is("*") {
			arg = arg[1:]
		}
		n := len(arg)
		switch {
		case n == 0:
		case arg[0].kind == group && arg[0].text == "[" && (n == 1 || arg[1].is("as")):
			all = append(all, elements(arg[0].body)...)
		case n == 2 && (arg[0].is("listOf") || arg[0].is("arrayOf") || arg[0].is("setOf")) && arg[1].kind == group:
			all = append(all, elements(arg[1].body)...)
		default:
			all = append(all, arg)
		}
	}
	return all
}

// place reads "project(":x").projectDir = …".
func (s *settings) place(st statement, scope *scope) {
	for len(st) > 2 && st[0].is("settings") && st[1].is(".") {
		st = st[2:]
	}
	if len(st) < 6 || !st[0].is("project") || st[1].kind != group || len(st[1].body) != 1 || !st[2].is(".") || !st[3].is("projectDir") || !st[4].is("=") {
		return
	}
	name, ok := scope.eval(st[1].body[0])
	if !ok {
		return
	}
	dir, ok := folder(st[5:], scope)
	if !ok {
		dir = ""
	}
	if name = ":" + strings.Trim(name, ":"); s.dirs[name] != "" {
		s.dirs[name] = dir
	}
}

// folder is the folder that an expression names, seen from the settings file.
func folder(e statement, scope *scope) (string, bool) {
	e = stripped(e)
	if len(e) > 0 && e[0].is("new") {
		e = e[1:]
	}
	if n := len(e); n == 3 && e[1].is("as") && e[2].is("File") {
		e = statement{{kind: word, text: "file"}, {kind: group, text: "(", body: []statement{e[:1]}}}
	}
	switch {
	case len(e) == 4 && isRoot(e[:1]) && e[1].is(".") && e[2].is("resolve") && e[3].kind == group && len(e[3].body) == 1:
		return below(e[3].body[0], scope)
	case len(e) == 2 && (e[0].is("file") || e[0].is("File")) && e[1].kind == group:
		args := e[1].body
		if len(args) == 2 && isRoot(args[0]) {
			return below(args[1], scope)
		}
		if len(args) == 1 {
			if len(args[0]) == 1 && args[0][0].kind == model {
				return rooted(args[0][0].text, scope)
			}
			return below(args[0], scope)
		}
	}
	return "", false
}

func below(e statement, scope *scope) (string, bool) {
	dir, ok := scope.eval(e)
	return path.Clean(dir), ok && !path.IsAbs(dir)
}

// isRoot reports whether e is the folder of the settings file.
func isRoot(e statement) bool {
	e = stripped(e)
	return len(e) == 1 && (e[0].is("rootDir") || e[0].is("settingsDir") || e[0].is("projectDir") || e[0].is("rootProjectDir"))
}

// rooted is the folder in "$rootDir/x".
func rooted(t string, scope *scope) (string, bool) {
	for _, root := range []string{"$rootDir/", "${rootDir}/", "$settingsDir/", "${settingsDir}/", "${rootProject.projectDir}/", "$rootProject.projectDir/"} {
		if rest, ok := strings.CutPrefix(t, root); ok {
			t = rest
			if !strings.Contains(t, "$") {
				return path.Clean(t), true
			}
		}
	}
	dir, ok := scope.fill(t)
	return path.Clean(dir), ok && !path.IsAbs(dir)
}
