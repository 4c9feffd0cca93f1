package gitrepo

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"syscall"

	"assay/internal/errkind"
	"assay/internal/gitrepo/pack"
	"assay/internal/limit"
)

// A header is what the beginning of a commit says. Where it is broken, what can
// be read of it counts.
type header struct {
	parents       []string
	name, address []byte // of the author, as written
	time          int64  // of the committer, Unix seconds
	dated         bool   // time could be read
}

// parseHeader reads the header of a commit. Of several authors or committers
// the last counts, as in the history.
func parseHeader(data []byte) header {
	var h header
	text, _, _ := bytes.Cut(data, []byte("\n\n"))
	for line := range bytes.Lines(text) {
		key, value, _ := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
		switch string(key) {
		case "parent":
			if oid := string(value); isOID(oid) {
				h.parents = append(h.parents, oid)
			}
		case "author":
			name, address := pack.Author(value)
			h.name, h.address = bytes.Clone(name), bytes.Clone(address)
		case "committer":
			h.time, h.dated = pack.Date(value)
			h.time = min(h.time, lastSecond)
		}
	}
	return h
}

// headers reads the headers of single commits: from the packs, and from the
// first commit on that is odd there, through one git process. What is not what
// its name says is taken for missing.
type headers struct {
	repo  *Repo
	store *pack.Store // nil once git is asked
	git   *catFile    // nil before that
	cuts  map[string]bool
}

// headers opens a reader. It is to be closed.
func (r *Repo) headers() *headers {
	h := &headers{repo: r, cuts: r.cuts()}
	if store, err := pack.Open(r.dir, &r.indexes); err == nil {
		h.store = store
	}
	return h
}

// read reads a commit; ok is false when it is not in the mirror. Where history is
// cut off, a commit has no parents.
func (h *headers) read(ctx context.Context, oid string) (head header, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return head, false, err
	}
	data, err := h.content(ctx, oid)
	if err != nil {
		return head, false, err
	}
	if data == nil {
		h.repo.lacked.Store(true)
		return head, false, nil
	}
	if head = parseHeader(data); h.cuts[oid] {
		head.parents = nil
	}
	return head, true, nil
}

// content is that of a commit; nil when it is not in the mirror.
func (h *headers) content(ctx context.Context, oid string) ([]byte, error) {
	if h.store != nil {
		data, err := h.native(oid)
		if err == nil || errors.Is(err, pack.ErrForged) {
			return data, nil
		}
		h.store.Close()
		h.store = nil
	}
	if h.git == nil {
		var err error
		if h.git, err = h.repo.catFile(ctx); err != nil {
			return nil, err
		}
	}
	c, err := h.git.commit(ctx, oid)
	if err != nil || c.Missing {
		return nil, err
	}
	return c.Data, nil
}

// mainline walks the first parents of a commit, itself first, until fn says that
// it has seen enough.
func (h *headers) mainline(ctx context.Context, commit string, fn func(oid string, head *header) bool) error {
	for n := 0; commit != ""; n++ {
		if n == limit.MainlineCommits {
			return overLimit("mainline-commits", limit.MainlineCommits)
		}
		head, ok, err := h.read(ctx, commit)
		switch {
		case err != nil:
			return err
		case !ok:
			return errkind.Because(errkind.Errorf(errkind.Corrupt, "commit %s is missing or damaged", commit), errkind.CauseHistory)
		case !fn(commit, &head):
			return nil
		}
		if commit = ""; len(head.parents) > 0 {
			commit = head.parents[0]
		}
	}
	return nil
}

func (h *headers) native(oid string) ([]byte, error) {
	name, err := pack.ParseOID(oid)
	if err != nil {
		return nil, err
	}
	return h.store.Commit(&name)
}

// close ends what was opened.
func (h *headers) close() {
	if h.store != nil {
		h.store.Close()
	}
	if h.git != nil {
		h.git.close()
	}
}

// A catFile is a git process that is asked for one commit after the other.
type catFile struct {
	cmd    *exec.Cmd
	watch  *watch
	stdin  io.WriteCloser
	out    *watchedReader
	stderr *boundedBuffer
	answer batchReader
}

func (r *Repo) catFile(ctx context.Context) (*catFile, error) {
	ctx, w := r.watch(ctx)
	c := &catFile{cmd: command(ctx, r.dir, "cat-file", "--batch"), watch: w, stderr: newStderr()}
	c.cmd.Stderr = c.stderr
	stdin, err := c.cmd.StdinPipe()
	if err != nil {
		w.stop()
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	stdout, err := c.cmd.StdoutPipe()
	if err == nil {
		err = launch(c.cmd)
	}
	if err != nil {
		w.stop()
		return nil, gitError(ctx, "cat-file", err, c.stderr)
	}
	c.stdin = stdin
	c.out = &watchedReader{Reader: stdout, watch: w}
	c.answer = batchReader{r: bufio.NewReaderSize(c.out, pipeBuffer), kind: "commit"}
	return c, nil
}

// commit asks for one commit.
func (c *catFile) commit(ctx context.Context, oid string) (Content, error) {
	if !isOID(oid) {
		return Content{Missing: true}, nil
	}
	_, err := io.WriteString(c.stdin, oid+"\n")
	var content Content
	if err == nil {
		content, err = c.answer.next(oid)
	}
	if err == nil {
		return content, nil
	}
	c.out.over = c.out.over || errors.Is(err, syscall.EPIPE) // it is gone
	if ended := settle(c.cmd, c.out); ended != nil {
		return content, c.watch.explain(gitError(ctx, "cat-file", ended, c.stderr))
	}
	if err = c.watch.explain(err); errkind.Of(err) == errkind.Limit {
		return content, err
	}
	return content, errkind.Errorf(errkind.Corrupt, "git cat-file: %w", err)
}

// close ends git.
func (c *catFile) close() {
	_ = c.stdin.Close()
	c.watch.stop()
	_ = c.cmd.Wait() // we have all we asked for
}
