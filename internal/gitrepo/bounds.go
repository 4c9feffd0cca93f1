package gitrepo

import (
	"errors"
	"sync/atomic"
	"time"

	"assay/internal/errkind"
	"assay/internal/gitrepo/pack"
	"assay/internal/limit"
)

// bounds are the limits that hold for one mirror: those of package limit, but
// in tests.
type bounds struct {
	silence        time.Duration // of git
	refs           int
	refsText       int64
	files          int // of a tree, and their paths
	text           int
	commits        int64 // of a history
	changes        int64
	commitChanges  int // of one commit, and their text
	commitText     int
	blobs          int64     // bytes
	tree, compared pack.Work // listing a tree, and comparing all of a history
}

// usual are the bounds of package limit.
func usual() bounds {
	return bounds{
		silence:       limit.GitSilence,
		refs:          limit.RefCount,
		refsText:      limit.RefsText,
		files:         limit.TreeFiles,
		text:          limit.TreeText,
		commits:       limit.HistoryCommits,
		changes:       limit.HistoryChanges,
		commitChanges: limit.CommitChanges,
		commitText:    limit.CommitText,
		blobs:         limit.BlobsBytes,
		tree:          pack.Work{Folders: limit.TreeFolders, Bytes: limit.HistoryBytes},
		compared:      pack.Work{Folders: limit.HistoryFolders, Bytes: limit.HistoryBytes},
	}
}

// overLimit is the error that more was met than the limit of that name allows.
func overLimit(name string, most int64) error {
	return errkind.Because(errkind.Errorf(errkind.Limit, "%s", limit.Over(name, most)), errkind.CauseLimit(name, most))
}

// overWork is err, or where it says that reading packs costs too much, the
// error of the limit: that of the name where it is on folders.
func overWork(err error, folders string, most pack.Work) error {
	over, ok := errors.AsType[*pack.OverError](err)
	switch {
	case !ok:
		return err
	case over.Folders:
		return overLimit(folders, most.Folders)
	}
	return overLimit("history-bytes", most.Bytes)
}

// file fails where a tree has that many files before the one at path, or text
// with it, and that is too much. Text is what the paths before have.
func (b *bounds) file(before int, text *int, path string) error {
	if before >= b.files {
		return overLimit("tree-files", int64(b.files))
	}
	if *text += len(path); *text > b.text {
		return overLimit("tree-text", int64(b.text))
	}
	return nil
}

// change fails where a commit has that many changes before the next, or would
// have that much text with it, and that is too much.
func (b *bounds) change(before, text int) error {
	switch {
	case before >= b.commitChanges:
		return overLimit("commit-changes", int64(b.commitChanges))
	case text > b.commitText:
		return overLimit("commit-text", int64(b.commitText))
	}
	return nil
}

// spend adds n to what was used of a limit, and fails where that is more than
// most.
func spend(used *atomic.Int64, n int64, name string, most int64) error {
	if used.Add(n) > most {
		return overLimit(name, most)
	}
	return nil
}
