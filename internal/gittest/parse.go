package gittest

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// The modes of entries, as fast-import writes them.
const (
	modeFile      = "100644"
	modeExec      = "100755"
	modeSymlink   = "120000"
	modeSubmodule = "160000"
)

// A file is an entry of a tree: its mode and its content; of a submodule, the
// name of the commit.
type file struct {
	mode string
	data []byte
}

// A change is what a commit does to a path. Exactly one of file, deleted and
// from is set.
type change struct {
	path    string
	file    *file
	deleted bool
	from    string // the path it was renamed from
}

// A signature is who did something, and when.
type signature struct {
	who  string // NAME <EMAIL>
	when time.Time
}

// A commit is a commit of the history, with what git has to be told of it.
type commit struct {
	branch    string
	author    signature
	committer signature
	message   string
	parent    *commit // nil: a root
	other     *commit // second parent of a merge
	changes   []change
	tree      map[string]file // as it is after the changes
	mark      int             // the commit's number, from 1
}

// A tag is a tag and the commit it is on; lightweight without a tagger.
type tag struct {
	name    string
	at      *commit
	tagger  signature
	message string
}

// A history is a fixture as it was read.
type history struct {
	commits  []*commit
	tags     []tag
	branches map[string]*commit // the tips; nil for a branch that begins anew
	order    []string           // of branches
	head     string
}

// parse reads a fixture.
func parse(text []byte) (*history, error) {
	h := &history{branches: map[string]*commit{}}
	for _, f := range txtar.Parse(unquote(text)).Files {
		if err := h.entry(f.Name, f.Data); err != nil {
			return nil, fmt.Errorf("-- %s --: %w", f.Name, err)
		}
	}
	if h.head == "" {
		h.head = "main"
	}
	return h, nil
}

var quotedMarker = regexp.MustCompile(`(?m)^>(-- .* --)$`)

// unquote takes the '>' from the markers of a fixture inside a testscript.
func unquote(text []byte) []byte { return quotedMarker.ReplaceAll(text, []byte("$1")) }

// entry takes one marker of the archive with the text below it.
func (h *history) entry(header string, below []byte) error {
	verb, rest, _ := strings.Cut(header, " ")
	rest = strings.TrimSpace(rest)
	switch verb {
	case "commit", "merge":
		return h.commit(verb == "merge", rest, below)
	case "committer":
		return h.amend(func(c *commit) (err error) {
			c.committer, _, err = parseSignature(rest)
			return err
		})
	case "branch":
		name, from, _ := strings.Cut(rest, " ")
		return h.branch(name, strings.TrimSpace(from))
	case "orphan":
		return h.setTip(rest, nil)
	case "tag":
		return h.amend(func(c *commit) error {
			h.tags = append(h.tags, tag{name: rest, at: c})
			return nil
		})
	case "annotated":
		return h.annotated(rest)
	case "head":
		h.head = rest
		return nil
	}
	return h.amend(func(c *commit) error { return c.change(verb, header, rest, below) })
}

// amend applies f to the last commit.
func (h *history) amend(f func(*commit) error) error {
	if len(h.commits) == 0 {
		return errors.New("there is no commit above it")
	}
	return f(h.commits[len(h.commits)-1])
}

func (h *history) commit(merge bool, rest string, below []byte) error {
	branch, rest, _ := strings.Cut(rest, " ")
	c := &commit{branch: branch, mark: len(h.commits) + 1, tree: map[string]file{}}
	tip, known := h.branches[branch]
	if !known && len(h.commits) > 0 {
		return fmt.Errorf("there is no branch %q: begin it with \"branch %s FROM\" or \"orphan %s\"", branch, branch, branch)
	}
	c.inherit(tip)
	if merge {
		other, after, _ := strings.Cut(rest, " ")
		if c.other = h.branches[other]; c.other == nil || tip == nil {
			return fmt.Errorf("%q and %q are not two branches with commits", branch, other)
		}
		rest = after
		c.takeOver(c.other)
	}
	sig, subject, err := parseSignature(rest)
	if err != nil {
		return err
	}
	c.author, c.committer, c.message = sig, sig, subject+"\n"
	if body := strings.TrimSpace(string(below)); body != "" {
		c.message += "\n" + body + "\n"
	}
	h.commits = append(h.commits, c)
	if h.head == "" {
		h.head = branch
	}
	return h.setTip(branch, c)
}

func (h *history) branch(name, from string) error {
	if tip := h.branches[from]; tip != nil {
		return h.setTip(name, tip)
	}
	for _, t := range h.tags {
		if t.name == from {
			return h.setTip(name, t.at)
		}
	}
	return fmt.Errorf("%q is neither a branch with commits nor a tag", from)
}

func (h *history) setTip(name string, c *commit) error {
	if name == "" {
		return errors.New("a branch needs a name")
	}
	if _, known := h.branches[name]; !known {
		h.order = append(h.order, name)
	}
	h.branches[name] = c
	return nil
}

func (h *history) annotated(rest string) error {
	name, rest, _ := strings.Cut(rest, " ")
	sig, message, err := parseSignature(rest)
	if err != nil {
		return err
	}
	return h.amend(func(c *commit) error {
		h.tags = append(h.tags, tag{name: name, at: c, tagger: sig, message: message + "\n"})
		return nil
	})
}

// inherit makes c a child of parent.
func (c *commit) inherit(parent *commit) {
	c.parent = parent
	if parent == nil {
		return
	}
	maps.Copy(c.tree, parent.tree)
}

// takeOver adds the files of other that c and its ancestors never had.
func (c *commit) takeOver(other *commit) {
	for _, path := range sorted(other.tree) {
		if !c.parent.everHad(path) {
			c.put(path, other.tree[path])
		}
	}
}

func (c *commit) everHad(path string) bool {
	for ; c != nil; c = c.parent {
		if _, has := c.tree[path]; has {
			return true
		}
	}
	return false
}

func (c *commit) put(path string, f file) {
	c.tree[path] = f
	c.changes = append(c.changes, change{path: path, file: &f})
}

// change applies one entry of the archive to the commit.
func (c *commit) change(verb, header, rest string, below []byte) error {
	if verb == header {
		return c.add(header, file{modeFile, below}) // a path of one word
	}
	switch verb {
	case "file":
		return c.add(rest, file{modeFile, below})
	case "exec":
		return c.add(rest, file{modeExec, below})
	case "repeat":
		times, path, _ := strings.Cut(rest, " ")
		n, err := strconv.Atoi(times)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is not a number of times", times)
		}
		return c.add(path, file{modeFile, bytes.Repeat(below, n)})
	case "base64":
		data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(below)), ""))
		if err != nil {
			return err
		}
		return c.add(rest, file{modeFile, data})
	case "symlink":
		path, target, _ := strings.Cut(rest, " -> ")
		return c.add(path, file{modeSymlink, []byte(target)})
	case "submodule":
		path, object, _ := strings.Cut(rest, " ")
		return c.add(path, file{modeSubmodule, []byte(object)})
	case "delete":
		return c.remove(rest)
	case "rename":
		from, to, _ := strings.Cut(rest, " -> ")
		return c.rename(from, to)
	}
	return c.add(header, file{modeFile, below})
}

func (c *commit) add(name string, f file) error {
	path, err := parsePath(name)
	if err != nil {
		return err
	}
	c.put(path, f)
	return nil
}

func (c *commit) remove(name string) error {
	path, err := parsePath(name)
	if err != nil {
		return err
	}
	if _, has := c.tree[path]; !has {
		return fmt.Errorf("there is no file %q at this point", path)
	}
	delete(c.tree, path)
	c.changes = append(c.changes, change{path: path, deleted: true})
	return nil
}

func (c *commit) rename(oldName, newName string) error {
	from, err := parsePath(oldName)
	if err != nil {
		return err
	}
	to, err := parsePath(newName)
	if err != nil {
		return err
	}
	f, has := c.tree[from]
	if !has {
		return fmt.Errorf("there is no file %q at this point", from)
	}
	delete(c.tree, from)
	c.tree[to] = f
	c.changes = append(c.changes, change{path: to, from: from})
	return nil
}

// parsePath reads a path, which may be a quoted Go string.
func parsePath(s string) (string, error) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, `"`) {
		return strconv.Unquote(s)
	}
	if s == "" {
		return "", errors.New("a path is missing")
	}
	return s, nil
}

var signed = regexp.MustCompile(`^(\S+) +([^<>]*?) *<([^<>]*)> *(.*)$`)

// parseSignature reads "DATE NAME <EMAIL> REST".
func parseSignature(s string) (sig signature, rest string, err error) {
	m := signed.FindStringSubmatch(s)
	if m == nil {
		return sig, "", fmt.Errorf("%q is not of the form DATE NAME <EMAIL> TEXT", s)
	}
	sig.who = strings.TrimSpace(m[2] + " <" + m[3] + ">")
	if sig.when, err = time.Parse(time.DateOnly, m[1]); err == nil {
		sig.when = sig.when.Add(12 * time.Hour)
		return sig, m[4], nil
	}
	sig.when, err = time.Parse(time.RFC3339, m[1])
	return sig, m[4], err
}
