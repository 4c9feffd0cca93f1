package survey

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/store"
)

// A fact that was made while something was not in the mirror is provisional. It
// is kept under what it says and not under its revision alone, so that the whole
// fact of the revision can be stored beside it; so facts still never change, and
// a later survey goes on from whole ones only.

// provisionalMark stands between the commit and the mark of a provisional fact in
// the revision of its key. No name of a commit has it.
const provisionalMark = "~"

// provisional makes a fact provisional. Its mark is of what an export says of it: the
// hashes of authors differ from store to store, and equal runs export the same.
func provisional(rec *fact.Record) error {
	body, err := Publish(*rec, false)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	rec.Revision += provisionalMark + hex.EncodeToString(sum[:8])
	return nil
}

// unstored are the records without the provisional ones that the store has already.
// What they do not publish may differ, and then what is stored stays.
func unstored(ctx context.Context, st store.Facts, records []fact.Record) ([]fact.Record, error) {
	var marked []fact.Key
	for i := range records {
		if isProvisional(records[i].Revision) {
			marked = append(marked, records[i].Key)
		}
	}
	if len(marked) == 0 {
		return records, nil
	}
	have, err := st.Have(ctx, marked)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(records), func(r fact.Record) bool { return have[r.Key] }), nil
}

// isProvisional reports whether the revision of a key is that of a provisional fact.
func isProvisional(revision string) bool { return strings.Contains(revision, provisionalMark) }

// provisionalOf is the marks of the provisional facts of a revision, once records
// were measured of it; nil when all are whole.
func provisionalOf(rev *fact.Revision, records []fact.Record) map[string]string {
	marks := maps.Clone(rev.Provisional)
	for i := range records {
		delete(marks, records[i].Collector)
		if _, mark, ok := strings.Cut(records[i].Revision, provisionalMark); ok {
			if marks == nil {
				marks = map[string]string{}
			}
			marks[records[i].Collector] = mark
		}
	}
	if len(marks) == 0 {
		return nil
	}
	return marks
}

// notePartial notes that what is missing was left out on purpose.
func notePartial(t *task, rev *fact.Revision) {
	const text = "the mirror is a partial clone: it was made without all objects, and what is missing is not fetched"
	known := slices.ContainsFunc(rev.Notes, func(n fact.Note) bool { return n.Text == text })
	if len(rev.Provisional) > 0 && !known && t.repo.PartialClone() {
		rev.Notes = append(rev.Notes, fact.Note{Kind: string(errkind.Partial), Text: text, Evidence: fact.Evidence{Repo: t.id}})
	}
}

// wanting is what a measurement found to be missing.
type wanting struct {
	attributes bool // content of .gitattributes, which say what files are
	files      bool // the size of a file of the tree
	mailmap    bool // content of .mailmap, which says who people are
}

// readMailmap looks whether the .mailmap that a history obeys can be read.
func (m *measurer) readMailmap(ctx context.Context, entries []collect.Entry) error {
	if m.Repo.ID().Folder() == "" && !slices.ContainsFunc(entries, func(e collect.Entry) bool { return e.Path == mailmapFile && e.Regular() }) {
		return nil
	}
	_, err := m.Repo.ReadFile(ctx, m.Revision.Commit, mailmapFile, limit.MailmapBytes)
	switch errkind.Of(err) {
	case errkind.Corrupt:
		m.mailmap = true
	case errkind.Limit, errkind.NotFound: // it is not obeyed, or, above a folder, not there
	default:
		return err
	}
	return nil
}

const mailmapFile = ".mailmap"

// A lacking reads blobs and notes whether one was missing. It is for one
// goroutine.
type lacking struct {
	repo   collect.Blobs
	lacked bool
}

// Sizes implements [collect.Blobs].
func (l *lacking) Sizes(ctx context.Context, oids []string) ([]int64, error) {
	sizes, err := l.repo.Sizes(ctx, oids)
	l.lacked = l.lacked || slices.ContainsFunc(sizes, func(n int64) bool { return n < 0 })
	return sizes, err
}

// Blobs implements [collect.Blobs].
func (l *lacking) Blobs(ctx context.Context, oids []string, sizes []int64, give func(i int, c collect.Content) error) error {
	return l.repo.Blobs(ctx, oids, sizes, func(i int, c collect.Content) error {
		l.lacked = l.lacked || c.Missing
		return give(i, c)
	})
}
