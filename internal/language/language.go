// Package language decides, for a file of a tree, which language it is in,
// whether it counts in the language statistics, and what role it plays.
//
// The rules are github-linguist's, the program behind GitHub's language bar:
// its data comes through go-enry (package linguist), its order of strategies and
// what go-enry leaves to the caller (.gitattributes, language groups, the detectable rule)
// is here. Sources: linguist's lib/linguist/{blob_helper,lazy_blob,linguist}.rb.
//
// Deciding goes in two steps, so that the content of a file is read only where
// it matters: [Classifier.Path] says what path and attributes tell alone,
// [Classifier.File] completes it from the content.
package language

import (
	"path"
	"strings"

	"github.com/go-enry/go-enry/v2/data"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/language/linguist"
	"assay/internal/limit"
)

// A File is what is known of one file.
type File struct {
	// Language is linguist's name with groups resolved ("TSX" counts as
	// TypeScript); "" when the file has none.
	Language string
	// Exact is the language before groups are resolved.
	Exact string
	// Type is "programming", "markup", "data", "prose" or "" without a language.
	Type string
	Role fact.Role
	// Counted: the file is part of the language statistics.
	Counted bool
	// NeedsContent: what is said above rests on the path alone and the content
	// could change it.
	NeedsContent bool

	attrs Attrs
}

// Shared keeps each File once: there are few among many paths, and one takes as
// much room as a path. The zero Shared is ready for use.
type Shared struct{ all map[File]*File }

// Of is the one File that is like f. It must not be changed.
func (s *Shared) Of(f File) *File {
	if known := s.all[f]; known != nil {
		return known
	}
	if s.all == nil {
		s.all = map[File]*File{}
	}
	s.all[f] = &f
	return &f
}

// A Classifier decides on the files of one tree. It is not safe for use by
// several goroutines.
type Classifier struct {
	attrs *Attributes
	exts  map[string]extension
}

// An extension is what linguist knows of the part of a name from a dot on.
type extension struct {
	candidates []string
	typ        string // when all candidates are of one type
}

// NewClassifier makes a classifier for a tree with the given attributes; nil
// stands for none.
func NewClassifier(attrs *Attributes) *Classifier {
	return &Classifier{attrs: attrs, exts: map[string]extension{}}
}

// Path decides on a file by its path and attributes.
func (c *Classifier) Path(name string) File {
	return c.path(name, c.attrs.For(name))
}

// Refine is what Path gives for name, where plain is what a classifier without
// attributes gave: most files have none, and are not decided on again.
func (c *Classifier) Refine(name string, plain File) File {
	attrs := c.attrs.For(name)
	if attrs == (Attrs{}) {
		return plain
	}
	return c.path(name, attrs)
}

// Countable is what Path gives for name, except that it does not tell the role
// of a file that could not count: much less work, for half of all files.
func (c *Classifier) Countable(name string) File {
	attrs := c.attrs.For(name)
	f := File{attrs: attrs}
	f.setLanguage(c.byPath(name, &f))
	if !f.countable() && !c.contentMatters(name, &f) {
		return f
	}
	return c.path(name, attrs)
}

func (c *Classifier) path(name string, attrs Attrs) File {
	f := File{attrs: attrs}
	lower := []byte(strings.ToLower(name))
	vendored := f.attrs.Vendored.or(func() bool { return vendored(name, lower) })
	docs := f.attrs.Documentation.or(func() bool { return documentation(name, lower) })
	// The dearest of the three: a vendored file is left out without it.
	generated := !vendored && f.attrs.Generated.or(func() bool { return generatedName(name, lower) })
	f.setLanguage(c.byPath(name, &f))
	f.Role = role(name, &f, verdicts{vendored, generated, docs})
	excluded := vendored || docs || generated || f.attrs.LFS
	f.Counted = !excluded && f.countable()
	f.NeedsContent = !excluded && c.contentMatters(name, &f)
	return f
}

// verdicts are linguist's three reasons to leave a file out.
type verdicts struct{ vendored, generated, docs bool }

// Sole is the language that a file is in if it is text and counts, where f, as
// Path gave it for name, leaves one choice: what the attributes say, else the
// only language of its file name, else the only one of its extension. It is ""
// where there are several or none. A "#!" line or a modeline may contradict.
func (c *Classifier) Sole(name string, f File) string {
	named := data.LanguagesByFilename[path.Base(name)]
	switch {
	case f.attrs.Language != "", len(named) == 1:
		return f.Language
	case len(named) == 0 && !generic(name) && len(c.extension(name).candidates) == 1:
		return f.Language
	}
	return ""
}

// A Verdict is what the content of a file says, whatever the attributes.
type Verdict struct {
	// Language as linguist's strategies detect it, groups not resolved; "" when
	// there is none.
	Language string
	// Generated: the content is a generator's.
	Generated bool
	// Pointer: the content is a Git LFS pointer.
	Pointer bool
}

// Look reads what the content of a file says: its first bytes, of size in all.
// Content beyond what linguist looks at is ignored. It is worth asking for
// files of which Path said NeedsContent.
func (c *Classifier) Look(name string, content []byte, size int64) Verdict {
	content = content[:min(len(content), considerBytes)]
	if isLFSPointer(content) {
		return Verdict{Pointer: true}
	}
	content = Decode(content)
	return Verdict{Language: c.detect(name, content, size), Generated: generatedContent(name, content)}
}

// File completes f, as Path gave it for name, from the first bytes of the
// content. size is the whole file's. Content beyond what linguist looks at is
// ignored.
func (c *Classifier) File(name string, f File, content []byte, size int64) File {
	if !f.NeedsContent {
		return f
	}
	return f.With(name, c.Look(name, content, size))
}

// With completes f, as Path gave it for name, by what the content says.
func (f File) With(name string, v Verdict) File {
	if !f.NeedsContent {
		return f
	}
	f.NeedsContent = false
	if v.Pointer {
		f.setLanguage("")
		f.Role, f.Counted = fact.RoleData, false
		return f
	}
	if f.attrs.Language == "" {
		f.setLanguage(v.Language)
	}
	f.Counted = f.countable()
	generated := f.Counted && f.attrs.Generated.or(func() bool { return v.Generated })
	f.Role = role(name, &f, verdicts{generated: generated})
	f.Counted = f.Counted && !generated
	return f
}

// considerBytes is how much of a blob linguist loads to decide on it.
const considerBytes = 128 << 10

// setLanguage sets the language and what follows from it.
func (f *File) setLanguage(name string) {
	f.Exact, f.Language, f.Type = name, name, ""
	if name == "" {
		return
	}
	if group := linguist.Group(name); group != "" {
		f.Language = group
	}
	f.Type = TypeOf(name)
}

// countable reports whether the language of f is one that counts: as
// linguist-detectable says, else when it is of type programming or markup.
func (f *File) countable() bool {
	if f.Exact == "" {
		return false
	}
	return f.attrs.Detectable.or(func() bool { return f.Type == "programming" || f.Type == "markup" })
}

// byPath is the language as attributes, file name and extension tell it: the
// likeliest one where several share an extension.
func (c *Classifier) byPath(name string, f *File) string {
	if f.attrs.Language != "" {
		return byAlias(f.attrs.Language)
	}
	if langs := data.LanguagesByFilename[path.Base(name)]; len(langs) > 0 {
		return langs[0]
	}
	if candidates := c.extension(name).candidates; len(candidates) > 0 {
		return likeliest(candidates, name)
	}
	return ""
}

// contentMatters reports whether reading the file could change whether and as
// what it counts. Content is not read for pictures and archives, nor where every
// candidate is data or prose: there only a modeline that contradicts the
// extension could make a file count (none of 54,000 files looked at does).
func (c *Classifier) contentMatters(name string, f *File) bool {
	if f.attrs.Language != "" {
		return f.countable() // for LFS pointers, generated content and lines
	}
	if binaryExtension(name) {
		return false
	}
	ext := c.extension(name)
	if len(ext.candidates) == 0 || ext.typ == "" {
		return true
	}
	if f.Type == "programming" || f.Type == "markup" || f.countable() {
		return true
	}
	return ext.typ != "data" && ext.typ != "prose"
}

// extension looks up the longest known extension of name, as linguist does.
func (c *Classifier) extension(name string) extension {
	base := strings.ToLower(path.Base(name))
	dot := strings.IndexByte(base, '.')
	if dot < 0 {
		return extension{}
	}
	key := base[dot:]
	if e, ok := c.exts[key]; ok {
		return e
	}
	var e extension
	for rest := key; ; {
		if langs, ok := data.LanguagesByExtension[rest]; ok {
			e = extension{candidates: langs, typ: sharedType(langs)}
			break
		}
		next := strings.IndexByte(rest[1:], '.')
		if next < 0 {
			break
		}
		rest = rest[1+next:]
	}
	if len(c.exts) < limit.FileExtensions {
		c.exts[key] = e
	}
	return e
}

// sharedType is the type that all of the languages have; data and prose count
// as one here, and "" means that they differ.
func sharedType(langs []string) string {
	typ := ""
	for _, l := range langs {
		t := TypeOf(l)
		if t == "prose" {
			t = "data"
		}
		if typ != "" && t != typ {
			return ""
		}
		typ = t
	}
	return typ
}

// TypeOf is linguist's type of a language: "programming", "markup", "data",
// "prose", or "" for a name linguist does not know.
func TypeOf(name string) string { return linguist.Type(name) }

// Find resolves a language as users write it, by name or alias in any case, to
// the name it is counted under: "golang" is Go, "tsx" is TypeScript. An unknown
// one is an error of kind Usage.
func Find(name string) (string, error) {
	lang, ok := linguist.ByAlias(strings.TrimSpace(name))
	if !ok {
		return "", errkind.WithHint(errkind.Errorf(errkind.Usage, "unknown language %q", name),
			"use a name or alias that GitHub knows, such as rust, go, c++ or typescript")
	}
	if group := linguist.Group(lang); group != "" {
		lang = group
	}
	return lang, nil
}
