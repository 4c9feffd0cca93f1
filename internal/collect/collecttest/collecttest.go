// Package collecttest runs collectors of documents over made-up trees.
package collecttest

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/markup"
)

// A File is a file of a made-up tree. Text nil: its blob is missing.
type File struct {
	Path string
	Text *string
	Mode uint32 // 0 is gitrepo.ModeFile
}

// Files makes a tree of paths and texts.
func Files(pathsAndTexts ...string) []File {
	var all []File
	for i := 0; i+1 < len(pathsAndTexts); i += 2 {
		all = append(all, File{Path: pathsAndTexts[i], Text: &pathsAndTexts[i+1]})
	}
	return all
}

// Run passes a tree, in git's order, through a collector twice, the second time from
// what the first made of its files. It gives the fact, which is F.
func Run[F any](t *testing.T, c collect.TreeCollector, files []File) *F {
	t.Helper()
	readings := map[string][]byte{}
	read := run[F](t, c, files, readings)
	if diff := cmp.Diff(read, run[F](t, c, files, readings)); diff != "" {
		t.Errorf("(-from the files +from what is remembered)\n%s", diff)
	}
	return read
}

func run[F any](t *testing.T, c collect.TreeCollector, files []File, readings map[string][]byte) *F {
	t.Helper()
	p := c.Begin(&fact.Revision{Repo: "git.example/corp/tool", Commit: "c0ffee"}, nil).(collect.RecallingPass)
	entries := make([]collect.Entry, len(files))
	wants := make([]int64, len(files))
	for i, f := range files {
		entries[i] = collect.Entry{Path: f.Path, Mode: gitrepo.ModeFile, Size: -1}
		if f.Mode != 0 {
			entries[i].Mode = f.Mode
		}
		if f.Text != nil {
			entries[i].Size = int64(len(*f.Text))
		}
		wants[i] = p.Wants(&entries[i])
	}
	for i, f := range files {
		switch known, ok := readings[f.Path]; {
		case wants[i] == 0:
		case !ok:
			p.File(&entries[i], content(f, wants[i]))
			if body := p.Reading(); body != nil {
				readings[f.Path] = body
			}
		case !p.Recall(&entries[i], known):
			t.Errorf("%s: does not recall %s", f.Path, known)
		}
	}
	got, err := p.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return got.(*F)
}

// content is the file, or the first bytes of it.
func content(f File, most int64) collect.Content {
	if f.Text == nil {
		return collect.Content{Missing: true}
	}
	if data := []byte(*f.Text); int64(len(data)) > most {
		return collect.Content{Data: data[:most], Truncated: true}
	}
	return collect.Content{Data: []byte(*f.Text)}
}

// Unread writes what was not understood, one a line.
func Unread(all []fact.UnreadDocument) []string {
	var out []string
	for _, u := range all {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s:%d %s: %s", u.Path, u.Line, u.Target, u.Why)))
	}
	return out
}

// Notes writes the kinds of notes and their places, one a line. Each must say
// something, and leave repository and commit to the key of the fact.
func Notes(t *testing.T, all []fact.Note) []string {
	t.Helper()
	var out []string
	for _, n := range all {
		out = append(out, n.Kind+" "+n.Evidence.Path)
		if n.Evidence.Repo != "" || n.Evidence.Commit != "" || n.Text == "" {
			t.Errorf("note %+v names its repository, or says nothing", n)
		}
	}
	return out
}

// Plain reports whether s is one line of visible text without an e-mail address.
func Plain(s string) bool {
	hidden := func(r rune) bool { return unicode.IsControl(r) || markup.Hidden(r) }
	return strings.IndexFunc(s, hidden) < 0 && !markup.HasMail(s)
}

// Hostile are shapes of 200 KiB that make careless readers quadratic, exponential or
// deep.
func Hostile() []string {
	const size = 200 << 10
	var all []string
	for _, unit := range []string{"[", "[\n", "[a](b ", "*a _b\n", "`\n", "> ", "- ", "<a ", "<!-- ", "a <![CDATA[\n", "&#x", "[a]: <b\n", "http://a.b/(((\n", "a@", "![a",
		"|a", "|-", "\t", "\x00", "\xff", "\\", "1. ", "**a*b", "a\n=\n", "a at ", "@a ", "GitHub: @a\n", "Go ", "because Rust Go C++ ", "We chose Rust because \n", "A.\n"} {
		all = append(all, strings.Repeat(unit, size/len(unit)))
	}
	return all
}
