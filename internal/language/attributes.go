package language

import (
	"bytes"
	"cmp"
	"path"
	"sort"
	"strconv"
	"strings"

	"assay/internal/limit"
)

// A Tri is an attribute that may be set, unset or not said.
type Tri int8

// The values of a Tri.
const (
	Unsaid Tri = iota
	Yes
	No
)

// or is the value of t, or what fallback says when t is unsaid.
func (t Tri) or(fallback func() bool) bool {
	if t == Unsaid {
		return fallback()
	}
	return t == Yes
}

// Attrs are the attributes of one path that linguist obeys.
type Attrs struct {
	Vendored, Generated, Documentation, Detectable Tri
	Language                                       string // linguist-language, "" when not said
	LFS                                            bool   // filter=lfs
}

// Attributes are the .gitattributes files of a tree. They are read as git reads
// them, with the macros ("[attr]name …") of the outermost.
type Attributes struct {
	below   string          // folder of the repository that paths are within, with a slash at its end; "" for the root
	files   []attributeFile // outermost folder first
	dropped int             // rules beyond the bounds, which are not obeyed
	budget  int             // steps left for expressions
	unsure  int             // paths for which it was used up
}

type attributeFile struct {
	dir   string // folder of the file with a slash at its end; "" for the root
	rules []rule
}

type rule struct {
	pattern pattern
	set     []setting
}

// A setting is one attribute of a rule: "name", "-name", "!name", "name=value".
type setting struct {
	name, value string
	unsaid      bool
	state       bool // it has a state, set or unset, and no value of its own
}

// ParseAttributes reads the .gitattributes files of a tree, given by path.
// Content beyond limit.AttributesFile is ignored.
func ParseAttributes(files map[string][]byte) *Attributes { return ParseAttributesWithin("", files) }

// ParseAttributesWithin is [ParseAttributes] for the paths within a folder. The
// files are given by path in the repository, those above the folder too.
func ParseAttributesWithin(folder string, files map[string][]byte) *Attributes {
	a := &Attributes{budget: limit.AttributesSteps}
	if folder != "" {
		a.below = folder + "/"
	}
	paths := make([]string, 0, len(files))
	for p := range files {
		paths = append(paths, p)
	}
	sort.Slice(paths, func(i, j int) bool {
		di, dj := strings.Count(paths[i], "/"), strings.Count(paths[j], "/")
		return di < dj || di == dj && paths[i] < paths[j]
	})
	room, steps := limit.AttributesRules, limit.AttributesMacro
	macros := parseMacros(files[attributesName])
	for _, p := range paths {
		dir, _ := path.Split(p)
		f := attributeFile{dir: dir}
		for line := range bytes.Lines(attributesText(files[p])) {
			pattern, set := parseRule(string(line))
			switch {
			case !macros.gives(set), strings.HasPrefix(pattern, macroMark) && len(pattern) > len(macroMark):
			case room == 0:
				a.dropped++
			default:
				set, ok := macros.expand(set, &steps)
				if !ok {
					a.dropped++
					continue
				}
				f.rules = append(f.rules, rule{pattern: compile(pattern), set: set})
				room--
			}
		}
		if len(f.rules) > 0 {
			a.files = append(a.files, f)
		}
	}
	return a
}

// attributesText is the part of a .gitattributes file that is read: up to the
// bound and the first NUL, as git reads it, without a byte order mark.
func attributesText(content []byte) []byte {
	content = content[:min(len(content), limit.AttributesFile)]
	content, _, _ = bytes.Cut(content, []byte{0})
	return bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
}

// blank is what git takes for white space in these files.
const blank = " \t\r\n"

// parseRule reads a line "pattern attribute…". Those that git refuses give no
// settings, and macros are no rules.
func parseRule(line string) (pattern string, set []setting) {
	if len(strings.TrimSuffix(line, "\n")) >= limit.AttributesLine {
		return "", nil
	}
	line = strings.TrimLeft(line, blank)
	if line == "" || line[0] == '#' {
		return "", nil
	}
	pattern, rest := cutPattern(line)
	for field := range strings.FieldsFuncSeq(rest, func(r rune) bool { return strings.ContainsRune(blank, r) }) {
		s := parseSetting(field)
		if !validAttribute(s.name) {
			return "", nil // git drops the whole line
		}
		set = append(set, s)
	}
	if pattern == "" || pattern[0] == '!' || strings.HasSuffix(pattern, "/") {
		return "", nil // negative patterns are forbidden, "dir/" matches no file
	}
	return pattern, set
}

// cutPattern splits a line into its pattern, which may be quoted, and the rest.
func cutPattern(line string) (pattern, rest string) {
	if line[0] == '"' {
		if pattern, rest, ok := unquote(line[1:]); ok {
			return pattern, rest
		}
	}
	if i := strings.IndexAny(line, blank); i >= 0 {
		return line[:i], line[i:]
	}
	return line, ""
}

// unquote reads a name quoted as in C up to its closing quotation mark, and
// gives what follows it.
func unquote(s string) (text, rest string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return b.String(), s[i+1:], true
		case c != '\\':
			b.WriteByte(c)
		case i+1 == len(s):
			return "", "", false
		default:
			c, n, ok := unescape(s[i+1:])
			if !ok {
				return "", "", false
			}
			b.WriteByte(c)
			i += n
		}
	}
	return "", "", false
}

// unescape reads what follows a backslash: a letter, or three octal digits. It
// gives the byte meant and how many were read.
func unescape(s string) (c byte, n int, ok bool) {
	const letters, meaning = `abfnrtv\"`, "\a\b\f\n\r\t\v\\\""
	if i := strings.IndexByte(letters, s[0]); i >= 0 {
		return meaning[i], 1, true
	}
	if s[0] > '3' || len(s) < 3 {
		return 0, 0, false
	}
	v, err := strconv.ParseUint(s[:3], 8, 8)
	return byte(v), 3, err == nil
}

// parseSetting reads "name", "-name", "!name" or "name=value".
func parseSetting(field string) setting {
	name, value, ok := strings.Cut(field, "=")
	switch {
	case strings.HasPrefix(name, "-"):
		return setting{name: name[1:], value: "false", state: true}
	case strings.HasPrefix(name, "!"):
		return setting{name: name[1:], unsaid: true}
	case !ok:
		return setting{name: name, value: "true", state: true}
	}
	return setting{name: name, value: value}
}

// validAttribute reports whether git takes name for the name of an attribute.
func validAttribute(name string) bool {
	for _, c := range []byte(name) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '.', c == '_':
		default:
			return false
		}
	}
	return name != "" && name[0] != '-'
}

// For gives the attributes of a path. The last rule that matches decides, and a
// file in a deeper folder goes before one above it. For on nil gives none. It is
// not safe for use by several goroutines.
func (a *Attributes) For(name string) Attrs {
	var attrs Attrs
	if a == nil {
		return attrs
	}
	sure := true
	name = a.below + name
	for i := range a.files {
		rel, ok := strings.CutPrefix(name, a.files[i].dir)
		if !ok {
			continue
		}
		for j := range a.files[i].rules {
			r := &a.files[i].rules[j]
			matches, known := r.pattern.match(rel, &a.budget)
			if matches {
				attrs.apply(r.set)
			}
			sure = sure && known
		}
	}
	if !sure {
		a.unsure++
	}
	return attrs
}

// UnsurePaths is for how many paths [Attributes.For] could not ask every rule,
// because hostile patterns had used up the time there is; 0 on nil.
func (a *Attributes) UnsurePaths() int {
	if a == nil {
		return 0
	}
	return a.unsure
}

func (a *Attrs) apply(set []setting) {
	for _, s := range set {
		switch s.name {
		case "linguist-vendored":
			a.Vendored = s.tri()
		case "linguist-generated":
			a.Generated = s.tri()
		case "linguist-documentation":
			a.Documentation = s.tri()
		case "linguist-detectable":
			a.Detectable = s.tri()
		case "linguist-language":
			a.Language = s.text()
		case "filter":
			a.LFS = s.value == "lfs" && !s.unsaid
		}
	}
}

// tri reads a boolean as linguist does: set and not the word "false".
func (s setting) tri() Tri {
	switch {
	case s.unsaid:
		return Unsaid
	case s.value == "false":
		return No
	}
	return Yes
}

// text is a value that names something; "" when nothing is said. One that is
// set and names nothing is given as linguist looks it up, and is not found.
func (s setting) text() string {
	if s.unsaid || s.state && s.value == "false" {
		return ""
	}
	return cmp.Or(s.value, " ")
}

// DroppedRules is how many rules lay beyond the bounds; 0 on nil.
func (a *Attributes) DroppedRules() int {
	if a == nil {
		return 0
	}
	return a.dropped
}
