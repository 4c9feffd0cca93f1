package gitrepo

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"

	"assay/internal/errkind"
	"assay/internal/gitrepo/pack"
)

// A header is what the beginning of a commit says. Where it is broken, what can
// be read of it counts.
type header struct {
	parents       []string
	name, address []byte // of the author, as written
	time          int64  // of the committer, Unix seconds
	dated         bool   // time could be read
}

// parseHeader reads the header of a commit. The first author and the first
// committer count.
func parseHeader(data []byte) header {
	var h header
	var author, committer bool
	text, _, _ := bytes.Cut(data, []byte("\n\n"))
	for line := range bytes.Lines(text) {
		key, value, _ := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
		switch string(key) {
		case "parent":
			if oid := string(value); isOID(oid) {
				h.parents = append(h.parents, oid)
			}
		case "author":
			if !author {
				name, address, _ := pack.Author(value)
				h.name, h.address, author = bytes.Clone(name), bytes.Clone(address), true
			}
		case "committer":
			if !committer {
				h.time, h.dated = pack.Date(value)
				committer = true
			}
		}
	}
	return h
}

// headers reads the headers of single commits: from the packs, and from the
// first commit on that is odd there, through one git process.
type headers struct {
	repo  *Repo
	store *pack.Store // nil once git is asked
	git   *catFile    // nil before that
}

// headers opens a reader. It is to be closed.
func (r *Repo) headers() *headers {
	h := &headers{repo: r}
	if store, err := pack.Open(r.dir); err == nil {
		h.store = store
	}
	return h
}

// read reads a commit; ok is false when it is not in the mirror.
func (h *headers) read(ctx context.Context, oid string) (head header, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return head, false, err
	}
	if h.store != nil {
		data, err := h.native(oid)
		if err == nil {
			return parseHeader(data), true, nil
		}
		h.store.Close()
		h.store = nil
	}
	if h.git == nil {
		if h.git, err = h.repo.catFile(ctx); err != nil {
			return head, false, err
		}
	}
	c, err := h.git.commit(oid)
	if err != nil || c.Missing {
		return head, false, err
	}
	return parseHeader(c.Data), true, nil
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
		err = c.cmd.Start()
	}
	if err != nil {
		w.stop()
		return nil, gitError(ctx, "cat-file", err, c.stderr)
	}
	c.stdin = stdin
	c.answer = batchReader{r: bufio.NewReaderSize(&watchedReader{stdout, w}, pipeBuffer), kind: "commit"}
	return c, nil
}

// commit asks for one commit.
func (c *catFile) commit(oid string) (Content, error) {
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
	if said := firstLines(c.stderr.buf.String(), 3); said != "" {
		err = errors.New(said)
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
