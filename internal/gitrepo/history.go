package gitrepo

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"assay/internal/errkind"
	"assay/internal/gitrepo/pack"
	"assay/internal/limit"
)

// A Commit is a commit of a history. Its slices are valid during the call it
// is given to only.
type Commit struct {
	OID []byte
	// Parents counts its parents; two and more make a merge. Parent is the first
	// of them, empty for a root.
	Parents int
	Parent  []byte
	// Mainline: the commit is a first-parent ancestor of the revision, or the
	// revision itself.
	Mainline bool
	// Time is the committer date, Unix seconds; 0 of a commit that is Undated.
	Time int64
	// Undated: the commit has no date that can be read, or one that cannot be
	// ([pack.FirstSecond]).
	Undated bool
	// Name and Address are the author's after .mailmap, Written the address as
	// it stands in the commit.
	Name, Address, Written []byte
	// Aside: git's own history of the folder that is shown leaves the commit out.
	// It is given for the mainline alone. Never so for a whole repository.
	Aside bool
	// Changes against the first parent (against nothing for a root). Those of a
	// merge off the mainline are left out: they are its branches' over again.
	Changes []Change
}

// A Change is a path that a commit added, deleted or changed. A rename is a
// deletion and an addition.
type Change struct {
	Path             []byte
	OldMode, NewMode uint32 // 0: not there
	// OldOID and NewOID name the blobs, in commits of the mainline; they mean
	// nothing where the mode is 0.
	OldOID, NewOID []byte
}

// Regular reports whether a mode is an ordinary file's.
func Regular(mode uint32) bool { return mode&0o170000 == 0o100000 }

// Mainline lists the first-parent ancestors of commit and itself, newest first.
// With since, only those after it; the error is then of kind NotFound when since
// is not one of them, so that nothing can go on from there.
func (r *Repo) Mainline(ctx context.Context, commit, since string) ([]string, error) {
	args := []string{"rev-list", "--first-parent", "--parents", commit}
	if since != "" {
		args = append(args, "^"+since)
	}
	var chain []string
	parent := commit
	err := r.lines(ctx, func(line []byte) error {
		f := bytes.Fields(line)
		if len(f) == 0 {
			return errkind.Errorf(errkind.Corrupt, "git rev-list: an empty line")
		}
		if int64(len(chain)) == r.bounds.commits {
			return overLimit("history-commits", r.bounds.commits)
		}
		chain = append(chain, string(f[0]))
		if parent = ""; len(f) > 1 {
			parent = string(f[1])
		}
		return nil
	}, append(args, "--")...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	if since != "" && parent != since {
		return nil, errkind.Errorf(errkind.NotFound, "%s: %s is not on the mainline of %s", r.id, since, commit)
	}
	return chain, nil
}

// lastSecond is the last second of the year 9999. A later date is taken for it:
// dates are written with four digits for the year.
const lastSecond = 253402300799

// mailmap names the .mailmap of a commit as git's configuration wants it; "",
// which git takes for none, where there is no file of that name or too large a
// one.
func (r *Repo) mailmap(ctx context.Context, commit string) (string, error) {
	e, err := r.entry(ctx, commit, ".mailmap")
	if err != nil || e == nil || !ObeysMailmap(e) {
		return "", err
	}
	return e.OID, nil
}

// ObeysMailmap reports whether a history obeys the entry at .mailmap.
func ObeysMailmap(e *Entry) bool { return e.Regular() && e.Size >= 0 && e.Size <= limit.MailmapBytes }

// historyFormat is what is asked of each commit: a byte no later field starts
// with, then fields ended by NUL.
const historyFormat = "%x01%H%x00%P%x00%ct%x00%ae%x00%aE%x00%aN"

// unknownAddress is what git prints for the last address, and likewise for the
// name, where there is no author that can be read.
const unknownAddress = "%aE"

// historyFields counts the fields after the first byte.
const historyFields = 6

// History calls fn with every commit that can be reached from commit, children
// before their parents whatever their dates; with since, only with those that
// cannot be reached from since. The .mailmap in the tree of commit is obeyed
// ([ObeysMailmap]). An error of fn, or a panic in it, ends the reading and is
// returned.
func (r *Repo) History(ctx context.Context, commit, since string, fn func(*Commit) error) error {
	if !isOID(commit) || since != "" && !isOID(since) {
		return errkind.Errorf(errkind.Usage, "history: %q, %q: no full commit names", commit, since)
	}
	mailmap, err := r.mailmap(ctx, commit)
	if err != nil {
		return err
	}
	counted := func(c *Commit) (err error) {
		defer errkind.Catch(&err) // git is to be ended in good order
		if err := r.afford(c); err != nil {
			return err
		}
		return fn(c)
	}
	asked := logRequest{commit: commit, since: since, mailmap: mailmap, folder: r.folder != ""}
	if err = r.history(ctx, asked, counted); errkind.Of(err) == errkind.Corrupt {
		err = errkind.Because(err, errkind.CauseHistory)
	}
	return err
}

// history reads what is asked for from the packs, or through git.
func (r *Repo) history(ctx context.Context, asked logRequest, fn func(*Commit) error) error {
	if r.folder != "" {
		return r.folderHistory(ctx, asked, fn)
	}
	if asked.since != "" {
		return r.log(ctx, asked, fn) // few commits, which git finds without reading all others
	}
	n := &native{bounds: &r.bounds}
	err := n.run(ctx, r, asked, fn)
	switch {
	case errors.Is(err, pack.ErrForged):
		return errkind.Errorf(errkind.Corrupt, "%s: %w", r.id, err)
	case errors.Is(err, pack.ErrOdd):
		return r.log(ctx, asked, n.rest(fn))
	}
	return overWork(err, "history-folders", r.bounds.compared)
}

// afford counts a commit and its changes, and fails where they are too many.
func (r *Repo) afford(c *Commit) error {
	if err := spend(&r.commits, 1, "history-commits", r.bounds.commits); err != nil {
		return err
	}
	return spend(&r.changes, int64(len(c.Changes)), "history-changes", r.bounds.changes)
}

// A logRequest is the history that is asked for: that of commit without that of
// since, "" for none. mailmap is the object name of the .mailmap obeyed, or "".
type logRequest struct {
	commit, since, mailmap string
	folder                 bool // of the folder that is shown
	// firstParent asks for the first parents alone.
	firstParent bool
}

// merges is what merges are compared with. Of a folder's whole history with
// nothing: git would take a merge for one that changes the folder, which it would not
// without being asked for the changes. They are not wanted of merges off the mainline.
func (l *logRequest) merges() string {
	if l.folder && !l.firstParent {
		return "off"
	}
	return "first-parent"
}

// log is History by git log.
func (r *Repo) log(ctx context.Context, asked logRequest, fn func(*Commit) error) error {
	ctx, w := r.watch(ctx)
	defer w.stop()
	args := []string{
		"--bare", // else git would read the .mailmap of our current folder
		"-c", "mailmap.file=" + os.DevNull, "-c", "mailmap.blob=" + asked.mailmap,
		"-c", "log.showRoot=true", "-c", "diff.orderFile=" + os.DevNull, "-c", "core.deltaBaseCacheLimit=96m",
		"log", "--topo-order", "--raw", "-z", "--diff-merges=" + asked.merges(), "--no-renames", "--no-abbrev", "--no-color",
		"--no-decorate", "--no-notes", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none",
		"--encoding=UTF-8", "--format=" + historyFormat, asked.commit,
	}
	if asked.since != "" {
		args = append(args, "^"+asked.since)
	}
	if asked.firstParent {
		args = append(args, "--first-parent")
	}
	args = append(args, "--")
	if r.folder != "" {
		args = append(args, r.folder)
	}
	cmd := command(ctx, r.dir, args...)
	stderr := newStderr()
	cmd.Stderr = stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("git log: %w", err)
	}
	if err := launch(cmd); err != nil {
		return gitError(ctx, "log", err, stderr)
	}
	widen(pipe)
	out := &watchedReader{Reader: pipe, watch: w}
	p := &historyParser{r: bufio.NewReaderSize(out, limit.HistoryField), mainline: asked.commit, bounds: &r.bounds, below: r.below(), first: asked.firstParent}
	readErr := p.all(fn)
	err = settle(cmd, out)
	switch {
	case readErr != nil && !errors.Is(readErr, errBroken):
		return readErr
	case err != nil, readErr != nil && ctx.Err() != nil:
		return fmt.Errorf("%s: %w", r.id, w.explain(gitError(ctx, "log", err, stderr)))
	case readErr != nil:
		return errkind.Errorf(errkind.Corrupt, "%s: %w", r.id, w.explain(readErr))
	}
	return nil
}

// errBroken says that the output of git log is not as it should be.
var errBroken = errors.New("git log: output breaks off")

// A historyParser reads the output of git log in historyFormat with -z --raw:
// the fields of a commit, then for each change ":<mode> <mode> <oid> <oid> <status>"
// and the path, each ended by NUL, the first change after a line end.
type historyParser struct {
	r        *bufio.Reader
	mainline string // the commit that is next on the mainline
	commit   Commit
	// text keeps what the commit's slices point into: the reader's own buffer
	// moves on.
	text   text
	bounds *bounds
	passed int64  // changes that were not wanted
	below  string // what paths begin with, and is left out; what does not is passed over
	first  bool   // all commits are of the mainline
}

// all reads to the end.
func (p *historyParser) all(fn func(*Commit) error) error {
	open := false
	for {
		token, err := p.token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		switch {
		case len(token) > 0 && token[0] == 1:
			if open {
				if err := fn(&p.commit); err != nil {
					return err
				}
			}
			open = true
			if err := p.header(token[1:]); err != nil {
				return err
			}
		case !open:
			return errBroken
		default:
			if err := p.change(bytes.TrimPrefix(token, []byte("\n"))); err != nil {
				return err
			}
		}
	}
	if open {
		return fn(&p.commit)
	}
	return nil
}

// token is the next text up to a NUL. It is io.EOF at the end.
func (p *historyParser) token() ([]byte, error) {
	token, err := p.r.ReadSlice(0)
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, overLimit("history-field", limit.HistoryField)
	case errors.Is(err, io.EOF) && len(bytes.TrimSpace(token)) == 0:
		return nil, io.EOF
	case err != nil:
		return nil, errBroken
	}
	return token[:len(token)-1], nil
}

// more is the next token, which must be there.
func (p *historyParser) more() ([]byte, error) {
	token, err := p.token()
	if errors.Is(err, io.EOF) {
		err = errBroken
	}
	return token, err
}

// header reads the fields of a commit, the first of which is given.
func (p *historyParser) header(oid []byte) error {
	p.text.clear()
	p.commit = Commit{Changes: none(p.commit.Changes), OID: p.text.keep(oid), Mainline: p.first || p.mainline == string(oid)}
	var f [historyFields - 1][]byte
	for i := range f {
		token, err := p.more()
		if err != nil {
			return err
		}
		f[i] = p.text.keep(token)
	}
	t, dated := pack.Seconds(f[1])
	if len(f[0]) > 0 {
		p.commit.Parents = bytes.Count(f[0], []byte(" ")) + 1
		p.commit.Parent, _, _ = bytes.Cut(f[0], []byte(" "))
	}
	p.commit.Time, p.commit.Undated = min(t, lastSecond), !dated
	if p.commit.Mainline {
		p.mainline = string(p.commit.Parent)
	}
	p.commit.Written, p.commit.Address, p.commit.Name = f[2], f[3], f[4]
	if len(f[2]) == 0 && string(f[3]) == unknownAddress {
		p.commit.Address, p.commit.Name = nil, nil
	}
	return nil
}

// change reads a change, of which the first token is given.
func (p *historyParser) change(token []byte) error {
	if len(token) == 0 {
		return nil // what ends a commit without changes
	}
	if !p.commit.Mainline && p.commit.Parents > 1 {
		if p.passed++; p.passed > p.bounds.changes {
			return overLimit("history-changes", p.bounds.changes)
		}
		_, err := p.more() // the path
		return err
	}
	c, ok := parseChange(token)
	if !ok {
		return errBroken
	}
	if p.commit.Mainline {
		c.OldOID, c.NewOID = p.text.keep(c.OldOID), p.text.keep(c.NewOID)
	} else {
		c.OldOID, c.NewOID = nil, nil
	}
	path, err := p.more()
	if err != nil {
		return err
	}
	path, ok = bytes.CutPrefix(path, []byte(p.below))
	if !ok {
		return nil // the folder itself, where it is something else
	}
	if err := p.bounds.change(len(p.commit.Changes), p.text.held+len(path)); err != nil {
		return err
	}
	c.Path = p.text.keep(path)
	p.commit.Changes = add(p.commit.Changes, c)
	return nil
}

// parseChange reads ":<mode> <mode> <oid> <oid> <status>". It is at work on
// millions of lines, so it goes by position.
func parseChange(token []byte) (c Change, ok bool) {
	const modes = len(":100644 100644 ")
	if len(token) < modes || token[0] != ':' || token[7] != ' ' || token[14] != ' ' {
		return c, false
	}
	var fine bool
	if c.OldMode, fine = parseMode(token[1:7]); !fine {
		return c, false
	}
	if c.NewMode, fine = parseMode(token[8:14]); !fine {
		return c, false
	}
	if c.OldOID, token, fine = bytes.Cut(token[modes:], []byte(" ")); !fine {
		return c, false
	}
	c.NewOID, _, fine = bytes.Cut(token, []byte(" "))
	return c, fine
}

func parseMode(digits []byte) (mode uint32, ok bool) {
	for _, d := range digits {
		if d < '0' || d > '7' {
			return 0, false
		}
		mode = mode<<3 | uint32(d-'0')
	}
	return mode, true
}
