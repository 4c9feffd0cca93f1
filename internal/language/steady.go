package language

import (
	"path"
	"strings"
)

// Steady reports whether the content of files with name's extension is not
// known to decide anything: of tens of thousands of versions that were looked at,
// none was in another language than its name says, or generated
// (docs/accuracy.md has the counts). Linguist has no rule for generated files of
// these; only a modeline, a "#!" line or a heuristic of another language could
// tell otherwise. Who looks at every file reads their content all the same; who
// looks at every version of every file may do without.
func Steady(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".rs", ".md", ".sh", ".sum", ".conf", ".pem", ".txt":
		return true
	}
	return false
}

// OneWay reports whether files with name's extension become generated, and were
// never seen to be written by hand after that: when the newest version of such a
// file is plain, the older ones are taken to be too.
func OneWay(name string) bool { return strings.ToLower(path.Ext(name)) == ".go" }

// Volatile reports whether the versions of a file of this name are known to
// change what they are, there and back: files without an extension, and Go files
// with a second one (lex.l.go), which tools write and people mend.
func Volatile(name string) bool {
	base := path.Base(name)
	return strings.IndexByte(base[1:], '.') < 0 || strings.HasSuffix(base, ".go") && strings.Count(base, ".") > 1
}

// Plain is the verdict that agrees with what the path says.
func (f *File) Plain() Verdict { return Verdict{Language: f.Exact} }
