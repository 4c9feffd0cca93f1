package gitrepo

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"strconv"

	"assay/internal/errkind"
	"assay/internal/gitrepo/pack"
	"assay/internal/limit"
)

// Tree lists the files of commit, in git's order (bytewise by path); of a folder
// those in it, by their paths within it. A tree beyond a limit is an error of
// kind Limit.
func (r *Repo) Tree(ctx context.Context, commit string) ([]Entry, error) {
	if !isOID(commit) {
		return nil, errkind.Errorf(errkind.Usage, "list tree: %q is no full commit name", commit)
	}
	entries, err := r.nativeTree(ctx, commit)
	switch {
	case errors.Is(err, pack.ErrForged):
		err = errkind.Errorf(errkind.Corrupt, "%s: %w", r.id, err)
	case errors.Is(err, pack.ErrOdd):
		entries, err = r.listTree(ctx, commit)
	}
	if err == nil {
		err = checkPaths(entries)
	}
	if errkind.Of(err) == errkind.Corrupt {
		err = errkind.Because(err, errkind.CauseTree)
	}
	if err != nil {
		return nil, err
	}
	return entries, nil
}

// nativeTree is Tree from the packs, every object of it held against its name.
// It is pack.ErrOdd where git is to be asked.
func (r *Repo) nativeTree(ctx context.Context, commit string) ([]Entry, error) {
	oid, err := pack.ParseOID(commit)
	if err != nil {
		return nil, err
	}
	store, err := pack.Open(r.dir, &r.indexes)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	store.Bound(r.bounds.tree)
	var entries []Entry
	var blobs []string
	text := 0
	err = store.Files(ctx, oid, r.folder, func(path string, e *pack.Entry) error {
		if err := r.bounds.file(len(entries), &text, path); err != nil {
			return err
		}
		name := hex.EncodeToString(e.OID)
		entries = append(entries, Entry{Path: path, OID: name, Mode: e.Mode, Size: -1})
		if e.Mode != ModeSubmodule {
			blobs = append(blobs, name)
		}
		return nil
	})
	if err != nil {
		return nil, overWork(err, "tree-folders", r.bounds.tree)
	}
	return entries, r.sizeEntries(ctx, entries, blobs)
}

// sizeEntries fills in the sizes of entries, of whose files blobs are the names.
func (r *Repo) sizeEntries(ctx context.Context, entries []Entry, blobs []string) error {
	if len(blobs) == 0 {
		return nil
	}
	sizes, err := r.askAllSizes(ctx, blobs)
	if err != nil {
		return err
	}
	for i := range entries {
		if entries[i].Mode != ModeSubmodule {
			entries[i].Size, sizes = sizes[0], sizes[1:]
		}
	}
	return nil
}

// listTree is Tree through git.
func (r *Repo) listTree(ctx context.Context, commit string) (entries []Entry, err error) {
	tree, err := r.treeOf(ctx, commit)
	if err != nil || tree == "" {
		return nil, err
	}
	err = r.stream(ctx, func(out io.Reader) (err error) {
		entries, err = r.bounds.parseTree(out)
		return err
	}, "ls-tree", "-r", "-z", "-l", "--full-tree", tree)
	if err != nil {
		return nil, err
	}
	return entries, nil
}

// parseTree reads the output of git ls-tree -r -z -l:
// "<mode> SP <type> SP <oid> SP+ <size> TAB <path> NUL", size "-" for a
// submodule and "BAD" for a missing blob.
func (b *bounds) parseTree(r io.Reader) ([]Entry, error) {
	br := bufio.NewReaderSize(r, limit.TreePath+256)
	var entries []Entry
	text := 0
	for {
		record, err := br.ReadSlice(0)
		if errors.Is(err, io.EOF) && len(record) == 0 {
			return entries, nil
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			return nil, overLimit("tree-path", limit.TreePath)
		}
		if err != nil {
			return nil, errkind.Errorf(errkind.Corrupt, "git ls-tree: output breaks off: %w", err)
		}
		e, err := parseEntry(record[:len(record)-1])
		if err != nil {
			return nil, err
		}
		if err := b.file(len(entries), &text, e.Path); err != nil {
			return nil, err
		}
		entries = add(entries, e)
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
