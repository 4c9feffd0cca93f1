package gitrepo

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha1" //nolint:gosec // it is git's
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// Blobs reads blobs through one long-lived git process and calls give for each,
// in the order of oids; i is the index into oids. sizes gives their sizes as
// [Repo.Tree] told them. A blob that is not in the mirror, or damaged, is given
// as Missing; one larger than [limit.BlobBytes] as
// Truncated, with its first [limit.BlobPrefix] bytes: they are read by a process
// of its own that is ended then, so a blob of any size costs no more than that. The data is valid until give
// returns. An error of give, or a panic in it, ends the reading and is returned.
func (r *Repo) Blobs(ctx context.Context, oids []string, sizes []int64, give func(i int, c Content) error) error {
	r.blobs.Add(int64(len(oids)))
	if err := r.affordBlobs(sizes); err != nil {
		return err
	}
	fn := func(i int, c Content) (err error) {
		defer errkind.Catch(&err) // git is to be ended in good order
		return give(i, c)
	}
	todo := make([]int, len(oids))
	for i := range todo {
		todo[i] = i
	}
	for failures := 0; len(todo) > 0; {
		if failures == limit.BlobsBroken {
			return missing(todo, fn)
		}
		done, err := r.batch(ctx, oids, sizes, todo, fn)
		if err == nil {
			return nil
		}
		if _, ok := errors.AsType[*endedError](err); !ok {
			return err
		}
		if todo = todo[done:]; done > 0 {
			continue // git may have died of the object before: ask a new one
		}
		// git died of this object: it is damaged. Go on after it.
		if err := fn(todo[0], Content{Missing: true}); err != nil {
			return err
		}
		todo = todo[1:]
		failures++
	}
	return nil
}

// affordBlobs counts the bytes that blobs of these sizes cost, and fails where
// they are too many.
func (r *Repo) affordBlobs(sizes []int64) error {
	var n int64
	for _, size := range sizes {
		if size > limit.BlobBytes {
			size = limit.BlobPrefix
		}
		n += max(size, 0)
	}
	return spend(&r.blobBytes, n, "blobs-bytes", r.bounds.blobs)
}

// missing gives every blob at the indices as missing.
func missing(indices []int, fn func(int, Content) error) error {
	for _, i := range indices {
		if err := fn(i, Content{Missing: true}); err != nil {
			return err
		}
	}
	return nil
}

// An endedError says that git ended before it had answered a request.
type endedError struct{ err error }

func (e *endedError) Error() string { return "git cat-file ended: " + e.err.Error() }
func (e *endedError) Unwrap() error { return e.err }

// pipeBuffer is the size of our buffer on git's output.
const pipeBuffer = 256 << 10

// batch reads the blobs at the given indices through git cat-file --batch, the
// large ones apart. It returns how many were answered; the error is a
// *endedError when git itself failed.
func (r *Repo) batch(ctx context.Context, oids []string, sizes []int64, indices []int, fn func(int, Content) error) (int, error) {
	outer := ctx
	ctx, w := r.watch(outer)
	defer w.stop()
	cancel := w.cancel
	cmd := command(ctx, r.dir, "cat-file", "--batch", "--buffer")
	stderr := newStderr()
	cmd.Stderr = stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return 0, fmt.Errorf("git cat-file: %w", err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return 0, fmt.Errorf("git cat-file: %w", err)
	}
	if err := launch(cmd); err != nil {
		return 0, gitError(ctx, "cat-file", err, stderr)
	}
	widen(stdout)
	asked := ask(stdin, oids, sizes, indices)
	out := &watchedReader{Reader: stdout, watch: w}
	br := batchReader{r: bufio.NewReaderSize(out, pipeBuffer), kind: "blob"}
	for n, i := range indices {
		c, err := r.next(ctx, &br, oids[i], sizes[i])
		if err != nil {
			ended := settle(cmd, out)
			if err := cmp.Or(<-asked, w.explain(err)); errkind.Stack(err) != "" || errkind.Of(err) == errkind.Limit || errkind.Of(err) == errkind.Machine {
				return n, err
			}
			return n, broken(outer, ended, err, stderr)
		}
		if err := fn(i, c); err != nil {
			cancel()
			_ = cmd.Wait()
			return n, err
		}
	}
	cancel()
	_ = cmd.Wait() // we have all we asked for: how git ends says nothing more
	return len(indices), faultOf(outer, nil, stderr)
}

// next is the content of one blob: from br, or its first bytes when it is large.
func (r *Repo) next(ctx context.Context, br *batchReader, oid string, size int64) (Content, error) {
	if size <= limit.BlobBytes {
		return br.next(oid)
	}
	data, err := r.prefix(ctx, oid)
	if ctx.Err() != nil || errkind.Of(err) == errkind.Machine {
		return Content{}, cmp.Or(ctx.Err(), err)
	}
	return Content{Data: data, Missing: err != nil, Truncated: err == nil}, nil
}

// broken tells a git that failed from one that we were told to end, and from one that
// this machine failed.
func broken(outer context.Context, ended, err error, stderr *boundedBuffer) error {
	if outer.Err() != nil {
		return outer.Err()
	}
	if fault := faultOf(outer, ended, stderr); fault != nil {
		return fault
	}
	if said := firstLines(stderr.buf.String(), 3); said != "" {
		err = errors.New(said)
	}
	return &endedError{err}
}

// ask runs request beside the reading of what git answers. Once it has written
// all, or git has ended, the channel gives the panic that it ended with, or nil.
func ask(w io.WriteCloser, oids []string, sizes []int64, indices []int) <-chan error {
	asked := make(chan error, 1)
	go func() {
		var err error
		defer func() { asked <- err }()
		defer errkind.Catch(&err)
		request(w, oids, sizes, indices)
	}()
	return asked
}

// request writes the names of the wanted blobs, but for the large ones. git
// reads them as it answers.
func request(w io.WriteCloser, oids []string, sizes []int64, indices []int) {
	defer w.Close()
	bw := bufio.NewWriterSize(w, 32<<10)
	for _, i := range indices {
		if sizes[i] > limit.BlobBytes {
			continue
		}
		if !isOID(oids[i]) {
			break // the reading side gets no answer, and takes it for damaged
		}
		_, _ = bw.WriteString(oids[i])
		if err := bw.WriteByte('\n'); err != nil {
			return // git is gone; the reading side finds out
		}
	}
	_ = bw.Flush()
}

// A batchReader reads the answers of git cat-file --batch, one buffer for all.
type batchReader struct {
	r    *bufio.Reader
	kind string // of the objects asked for
	buf  []byte
}

// next reads the answer to the request for oid:
// "<oid> <type> <size> LF <content> LF", or "<oid> missing LF".
func (b *batchReader) next(oid string) (Content, error) {
	line, err := b.r.ReadSlice('\n')
	if err != nil {
		return Content{}, err
	}
	name, rest, _ := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
	if string(name) != oid {
		return Content{}, fmt.Errorf("answer for %q where %q was asked", name, oid)
	}
	kind, sizeText, ok := bytes.Cut(rest, []byte(" "))
	if !ok {
		return Content{Missing: true}, nil // "missing", "ambiguous"
	}
	size, err := strconv.ParseInt(string(sizeText), 10, 64)
	if err != nil || size < 0 || size > limit.BlobBytes {
		return Content{}, errkind.Errorf(errkind.Corrupt, "git cat-file: size %q of %s", sizeText, oid)
	}
	asked := string(kind) == b.kind
	data, err := b.read(int(size) + 1)
	if err != nil {
		return Content{}, err
	}
	if !asked || !named(oid, b.kind, data[:size]) {
		return Content{Missing: true}, nil
	}
	return Content{Data: data[:size]}, nil
}

// named reports whether an object with this content has that name. git itself
// believes what the index of a pack says.
func named(oid, kind string, data []byte) bool {
	sum := sha1.New() //nolint:gosec // it is git's
	if len(oid) > 2*sha1.Size {
		sum = sha256.New()
	}
	fmt.Fprintf(sum, "%s %d\x00", kind, len(data))
	sum.Write(data)
	return hex.EncodeToString(sum.Sum(nil)) == oid
}

// read gives the next n bytes: in place where they fit the reader's buffer,
// otherwise copied into b.buf, which grows to the largest blob seen.
func (b *batchReader) read(n int) ([]byte, error) {
	if n <= pipeBuffer/2 {
		data, err := b.r.Peek(n)
		if err != nil {
			return nil, err
		}
		_, err = b.r.Discard(n)
		return data, err
	}
	if cap(b.buf) < n {
		b.buf = make([]byte, n+n/4)
	}
	data := b.buf[:n]
	_, err := io.ReadFull(b.r, data)
	return data, err
}

// prefix reads the first limit.BlobPrefix bytes of a blob and lets git go.
func (r *Repo) prefix(ctx context.Context, oid string) ([]byte, error) {
	if !isOID(oid) {
		return nil, errkind.Errorf(errkind.Corrupt, "object name %q", oid)
	}
	ctx, w := r.watch(ctx)
	defer w.stop()
	cmd := command(ctx, r.dir, "cat-file", "blob", oid)
	stderr := newStderr()
	cmd.Stderr = stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	if err := launch(cmd); err != nil {
		return nil, gitError(ctx, "cat-file", err, stderr)
	}
	data := make([]byte, limit.BlobPrefix)
	out := &watchedReader{Reader: stdout, watch: w}
	_, err = io.ReadFull(out, data)
	ended := settle(cmd, out) // we have what we asked for, or git broke off
	if err != nil {
		if fault := faultOf(ctx, ended, stderr); fault != nil {
			return nil, fault
		}
		return nil, errkind.Errorf(errkind.Corrupt, "read the first %d bytes of %s: %w", limit.BlobPrefix, oid, err)
	}
	return data, nil
}
