package gitrepo

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// Tree lists the files of commit, in git's order (bytewise by path).
func (r *Repo) Tree(ctx context.Context, commit string) ([]Entry, error) {
	if !isOID(commit) {
		return nil, errkind.Errorf(errkind.Usage, "list tree: %q is no full commit name", commit)
	}
	ctx, w := r.watch(ctx)
	defer w.stop()
	cmd := command(ctx, r.dir, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
	stderr := newStderr()
	cmd.Stderr = stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("git ls-tree: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, gitError(ctx, "ls-tree", err, stderr)
	}
	entries, readErr := parseTree(&watchedReader{pipe, w})
	if readErr != nil {
		_ = cmd.Cancel()
	}
	err = cmd.Wait()
	switch {
	case readErr != nil && errkind.Of(readErr) == errkind.Limit:
		return nil, readErr
	case err != nil:
		return nil, w.explain(gitError(ctx, "ls-tree", err, stderr))
	case readErr != nil:
		return nil, w.explain(readErr)
	}
	return entries, nil
}

// parseTree reads the output of git ls-tree -r -z -l:
// "<mode> SP <type> SP <oid> SP+ <size> TAB <path> NUL", size "-" for a
// submodule and "BAD" for a missing blob.
func parseTree(r io.Reader) ([]Entry, error) {
	br := bufio.NewReaderSize(r, limit.TreePath+256)
	var entries []Entry
	for {
		record, err := br.ReadSlice(0)
		if errors.Is(err, io.EOF) && len(record) == 0 {
			return entries, nil
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			return nil, errkind.Errorf(errkind.Limit, "tree has a path longer than %d bytes", limit.TreePath)
		}
		if err != nil {
			return nil, errkind.Errorf(errkind.Corrupt, "git ls-tree: output breaks off: %w", err)
		}
		e, err := parseEntry(record[:len(record)-1])
		if err != nil {
			return nil, err
		}
		if len(entries) == limit.TreeFiles {
			return nil, errkind.Errorf(errkind.Limit, "tree has more than %d files", limit.TreeFiles)
		}
		entries = append(entries, e)
	}
}

func parseEntry(record []byte) (Entry, error) {
	head, path, ok := bytes.Cut(record, []byte{'\t'})
	fields := bytes.Fields(head)
	if !ok || len(fields) != 4 {
		return Entry{}, errkind.Errorf(errkind.Corrupt, "git ls-tree: record %q", record[:min(len(record), 80)])
	}
	mode, err := strconv.ParseUint(string(fields[0]), 8, 32)
	if err != nil {
		return Entry{}, errkind.Errorf(errkind.Corrupt, "git ls-tree: mode %q", fields[0])
	}
	size, err := strconv.ParseInt(string(fields[3]), 10, 64)
	if err != nil {
		size = -1
	}
	return Entry{Path: string(path), OID: string(fields[2]), Mode: uint32(mode), Size: size}, nil
}
