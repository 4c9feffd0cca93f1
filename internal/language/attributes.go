package language

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"
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

// Attributes are the .gitattributes files of a tree.
type Attributes struct {
	files   []attributeFile // outermost folder first
	dropped int             // rules beyond the bounds, which are not obeyed
}

// Bounds on .gitattributes: a file is read up to MaxAttributes bytes, of a tree
// the first maxRules rules that concern linguist are obeyed.
const (
	MaxAttributes = 1 << 20
	maxRules      = 2_000
	maxPattern    = 2_048 // git's own bound on a line
)

type attributeFile struct {
	dir   string // folder of the file with a slash at its end; "" for the root
	rules []rule
}

type rule struct {
	match func(rel string) bool
	set   []setting
}

// A setting is one attribute of a rule: "name", "-name", "!name", "name=value".
type setting struct {
	name, value string
	unsaid      bool
}

// ParseAttributes reads the .gitattributes files of a tree, given by path.
// Content beyond MaxAttributes is ignored.
func ParseAttributes(files map[string][]byte) *Attributes {
	a := &Attributes{}
	paths := make([]string, 0, len(files))
	for p := range files {
		paths = append(paths, p)
	}
	sort.Slice(paths, func(i, j int) bool {
		di, dj := strings.Count(paths[i], "/"), strings.Count(paths[j], "/")
		return di < dj || di == dj && paths[i] < paths[j]
	})
	room := maxRules
	for _, p := range paths {
		dir, _ := path.Split(p)
		f := attributeFile{dir: dir}
		content := files[p][:min(len(files[p]), MaxAttributes)]
		for line := range bytes.Lines(content) {
			r, ok := parseRule(string(bytes.TrimSpace(line)))
			switch {
			case !ok:
			case room == 0:
				a.dropped++
			default:
				f.rules = append(f.rules, r)
				room--
			}
		}
		if len(f.rules) > 0 {
			a.files = append(a.files, f)
		}
	}
	return a
}

// parseRule reads a line "pattern attribute…". Lines that set nothing linguist
// looks at are not rules for us.
func parseRule(line string) (rule, bool) {
	if line == "" || line[0] == '#' || len(line) > maxPattern || strings.HasPrefix(line, "[attr]") {
		return rule{}, false
	}
	pattern, rest := cutPattern(line)
	var set []setting
	for field := range strings.FieldsSeq(rest) {
		if s := parseSetting(field); s.name == "filter" || strings.HasPrefix(s.name, "linguist-") {
			set = append(set, s)
		}
	}
	if len(set) == 0 || pattern == "" || pattern[0] == '!' || strings.HasSuffix(pattern, "/") {
		return rule{}, false // negative patterns are forbidden, "dir/" matches no file
	}
	return rule{match: compile(pattern), set: set}, true
}

// cutPattern splits a line into its pattern, which may be quoted, and the rest.
func cutPattern(line string) (pattern, rest string) {
	if line[0] != '"' {
		i := strings.IndexAny(line, " \t")
		if i < 0 {
			return line, ""
		}
		return line[:i], line[i:]
	}
	end := strings.IndexByte(line[1:], '"')
	if end < 0 {
		return "", ""
	}
	return line[1 : 1+end], line[2+end:]
}

func parseSetting(field string) setting {
	switch field[0] {
	case '-':
		return setting{name: field[1:], value: "false"}
	case '!':
		return setting{name: field[1:], unsaid: true}
	}
	name, value, ok := strings.Cut(field, "=")
	if !ok {
		value = "true"
	}
	return setting{name: name, value: value}
}

// compile turns a gitattributes pattern into a test of the path relative to
// the folder of its file. A pattern without a slash is matched against the
// file's name; with one, against the whole relative path.
func compile(pattern string) func(rel string) bool {
	anchored := strings.Contains(pattern, "/")
	pattern = strings.TrimPrefix(pattern, "/")
	if !strings.ContainsAny(pattern, `*?[\`) {
		if anchored {
			return func(rel string) bool { return rel == pattern }
		}
		return func(rel string) bool { return path.Base(rel) == pattern }
	}
	if suffix, ok := strings.CutPrefix(pattern, "*"); ok && !anchored && !strings.ContainsAny(suffix, `*?[\`) {
		return func(rel string) bool { return strings.HasSuffix(path.Base(rel), suffix) }
	}
	if dir, ok := strings.CutSuffix(pattern, "/**"); ok && !strings.ContainsAny(dir, `*?[\`) {
		return func(rel string) bool { return strings.HasPrefix(rel, dir+"/") }
	}
	re, err := regexp.Compile(globExpression(pattern))
	if err != nil {
		return func(string) bool { return false }
	}
	if !anchored {
		return func(rel string) bool { return re.MatchString(path.Base(rel)) }
	}
	return re.MatchString
}

// globExpression is the regular expression of a wildmatch pattern. Go's
// expressions match in linear time, whatever the pattern.
func globExpression(pattern string) string {
	var b strings.Builder
	b.WriteString(`(?s)^`)
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; c {
		case '*':
			i = writeStars(&b, pattern, i)
		case '?':
			b.WriteString(`[^/]`)
		case '[':
			i = writeClass(&b, pattern, i)
		case '\\':
			if i+1 < len(pattern) {
				i++
			}
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		default:
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		}
	}
	b.WriteString(`$`)
	return b.String()
}

// writeStars writes the expression for the star or stars at i and returns the
// index of the last byte used: "**/" is any number of folders, "/**" at the end
// everything below, any other run of stars stays within a folder.
func writeStars(b *strings.Builder, pattern string, i int) int {
	end := i
	for end < len(pattern) && pattern[end] == '*' {
		end++
	}
	wide := end-i == 2 && (i == 0 || pattern[i-1] == '/')
	switch {
	case wide && end < len(pattern) && pattern[end] == '/':
		b.WriteString(`(?:.*/)?`)
		return end
	case wide && end == len(pattern):
		b.WriteString(`.+`)
	default:
		b.WriteString(`[^/]*`)
	}
	return end - 1
}

// writeClass writes the bracket expression that starts at i, or a literal
// bracket when it is not closed, and returns the index of the last byte used.
func writeClass(b *strings.Builder, pattern string, i int) int {
	end := strings.IndexByte(pattern[min(i+2, len(pattern)):], ']')
	if end < 0 {
		b.WriteString(`\[`)
		return i
	}
	end += i + 2
	class := pattern[i+1 : end]
	negate := ""
	if class[0] == '!' || class[0] == '^' {
		negate, class = "^", class[1:]
	}
	class = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `^`, `\^`).Replace(class)
	b.WriteString(`[` + negate + class + `]`)
	return end
}

// For gives the attributes of a path. The last rule that matches decides, and a
// file in a deeper folder goes before one above it. For on nil gives none.
func (a *Attributes) For(name string) Attrs {
	var attrs Attrs
	if a == nil {
		return attrs
	}
	for i := range a.files {
		rel, ok := strings.CutPrefix(name, a.files[i].dir)
		if !ok {
			continue
		}
		for j := range a.files[i].rules {
			if r := &a.files[i].rules[j]; r.match(rel) {
				attrs.apply(r.set)
			}
		}
	}
	return attrs
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

func (s setting) text() string {
	if s.unsaid || slices.Contains([]string{"true", "false"}, s.value) {
		return ""
	}
	return s.value
}

// DroppedRules is how many rules lay beyond the bounds; 0 on nil.
func (a *Attributes) DroppedRules() int {
	if a == nil {
		return 0
	}
	return a.dropped
}
