package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo/pack"
)

// A Repo may show one folder. Then
//
//   - [Repo.At] picks the commit that it would pick for the whole repository. It is
//     an error where that has no such folder.
//   - [Repo.Tree] is the folder's, with paths within it.
//   - [Repo.History] is what "git log COMMIT -- FOLDER" gives: commits that change
//     the folder, and where a merge took it over from one side unchanged, that
//     side alone. What of the mainline git leaves out thereby comes beside it,
//     marked ([Commit.Aside]): when something came to the branch is told by that.
//   - [Repo.Latest] looks at commits that change the folder.
//   - [Repo.Tags] are those named after the folder, where there are such.
//
// The .mailmap is that of the repository's root, as git has it.

// below is what paths of the folder begin with, "" for the whole repository.
func (r *Repo) below() string {
	if r.folder == "" {
		return ""
	}
	return r.folder + "/"
}

// treeOf is what git lists for the files of commit: the commit, or the tree of
// the folder, "" where there is none.
func (r *Repo) treeOf(ctx context.Context, commit string) (string, error) {
	if r.folder == "" {
		return commit, nil
	}
	e, err := r.entry(ctx, commit, r.folder)
	if err != nil || e == nil || e.Mode != modeFolder {
		return "", err
	}
	return e.OID, nil
}

// modeFolder is a folder's.
const modeFolder = 0o40000

// Above lists the files that lie in the folders above the one shown, by their
// paths in the repository, those of the root first. There are none above a
// whole repository.
func (r *Repo) Above(ctx context.Context, commit string) ([]Entry, error) {
	var all []Entry
	for at := r.folder; at != ""; {
		if at = path.Dir(at); at == "." {
			at = ""
		}
		files, err := r.filesIn(ctx, commit, at)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.id, err)
		}
		all = append(files, all...)
	}
	return all, nil
}

// Root lists the files at the root of the repository and those of its folder
// LICENSES, in which REUSE has the texts of licences.
func (r *Repo) Root(ctx context.Context, commit string) ([]Entry, error) {
	var all []Entry
	for _, folder := range []string{"", "LICENSES"} {
		files, err := r.filesIn(ctx, commit, folder)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.id, err)
		}
		all = append(all, files...)
	}
	return all, nil
}

// filesIn lists the files of one folder, without those of the folders in it.
func (r *Repo) filesIn(ctx context.Context, commit, folder string) (files []Entry, err error) {
	args := []string{"ls-tree", "-z", "-l", "--full-tree", commit, "--"}
	if folder != "" {
		args = append(args, folder+"/")
	}
	var entries []Entry
	err = r.stream(ctx, func(out io.Reader) (err error) {
		entries, err = r.bounds.parseTree(out)
		return err
	}, args...)
	for _, e := range entries {
		if e.Mode != modeFolder && e.Mode != ModeSubmodule {
			files = append(files, e)
		}
	}
	return files, err
}

// scope notes what a revision is of, where that is a folder. The error is of
// kind NotFound where the revision has no such folder.
func (r *Repo) scope(ctx context.Context, rev *fact.Revision, refs []ref) error {
	if r.folder == "" {
		return nil
	}
	tree, err := r.treeOf(ctx, rev.Commit)
	if err != nil {
		return fmt.Errorf("%s: %w", r.id, err)
	}
	if tree == "" {
		return errkind.Because(errkind.Errorf(errkind.NotFound, "%s: there is no folder %q at %s", r.id.Repository(), r.folder, rev.Commit[:12]), errkind.CauseNoFolder)
	}
	rev.Notes = append(rev.Notes, r.note("scope", "the folder %q of the repository is measured: its files, and the commits that change it", r.folder))
	if all := tagsBy(refs, rev.AsOf); len(all) > 0 && len(r.tagsOf(all)) == len(all) {
		rev.Notes = append(rev.Notes, r.note("scope", "no tag is named after the folder %q: releases are those of the whole repository", r.folder))
	}
	return nil
}

// tagsOf are those of tags that are named after the folder shown: by its path or
// its last part, before a slash, "@", or a hyphen and a version ("dir/v1.2.3",
// "dir@1.2.3", "dir-v1.2.3"). They are all where none is so named.
func (r *Repo) tagsOf(tags []Tag) []Tag {
	if r.folder == "" {
		return tags
	}
	for _, name := range []string{r.folder, path.Base(r.folder)} {
		var own []Tag
		for _, t := range tags {
			if namedAfter(t.Name, name) {
				own = append(own, t)
			}
		}
		if len(own) > 0 {
			return own
		}
	}
	return tags
}

// namedAfter reports whether a tag is one of what has that name.
func namedAfter(tag, name string) bool {
	rest, ok := strings.CutPrefix(tag, name)
	if !ok || len(rest) < 2 {
		return false
	}
	if rest[0] == '/' || rest[0] == '@' {
		return true
	}
	version := strings.TrimLeft(rest[1:], "vV")
	return (rest[0] == '-' || rest[0] == '_') && version != "" && version[0] >= '0' && version[0] <= '9'
}

// folderHistory is History of a folder. git reads it: which sides of merges
// count is for git to say. The mainline comes last.
func (r *Repo) folderHistory(ctx context.Context, asked logRequest, fn func(*Commit) error) error {
	if asked.since != "" {
		return errkind.Errorf(errkind.Internal, "%s: the history of a folder goes on from nowhere", r.id)
	}
	chain, err := r.Mainline(ctx, asked.commit, "")
	if err != nil {
		return err
	}
	counted := make(map[string]bool, len(chain)) // of the mainline
	for _, oid := range chain {
		counted[oid] = false
	}
	err = r.log(ctx, asked, func(c *Commit) error {
		if _, main := counted[string(c.OID)]; main {
			counted[string(c.OID)] = true
			return nil
		}
		c.Mainline = false
		return fn(c)
	})
	if err != nil {
		return err
	}
	asked.firstParent = true
	m := &mainlineOf{counted: counted, fn: fn}
	if err := r.log(ctx, asked, m.commit); err != nil {
		return err
	}
	return m.end()
}

// A mainlineOf gives the commits of a mainline that change a folder, each with
// the next of them as its parent: those between are none of the folder's.
type mainlineOf struct {
	counted map[string]bool
	fn      func(*Commit) error
	last    *Commit // that was read and not given yet
}

func (m *mainlineOf) commit(c *Commit) error {
	if err := m.give(c.OID); err != nil {
		return err
	}
	m.last = c.clone()
	m.last.Aside = !m.counted[string(c.OID)]
	return nil
}

// give gives the last commit with its parent.
func (m *mainlineOf) give(parent []byte) error {
	if m.last == nil {
		return nil
	}
	m.last.Parent = parent
	return m.fn(m.last)
}

// end gives the oldest.
func (m *mainlineOf) end() error { return m.give(nil) }

// clone is a copy that stays as it is.
func (c *Commit) clone() *Commit {
	n := *c
	for _, field := range []*[]byte{&n.OID, &n.Parent, &n.Name, &n.Address, &n.Written} {
		*field = bytes.Clone(*field)
	}
	n.Changes = make([]Change, len(c.Changes))
	for i, ch := range c.Changes {
		ch.Path, ch.OldOID, ch.NewOID = bytes.Clone(ch.Path), bytes.Clone(ch.OldOID), bytes.Clone(ch.NewOID)
		n.Changes[i] = ch
	}
	return &n
}

// folderLatest is Latest of a folder.
func (r *Repo) folderLatest(ctx context.Context, rev *fact.Revision, judge Judge) (*fact.Latest, error) {
	s := &folderSearch{judge: judge, until: math.MaxInt64, rev: rev}
	if rev.AsOf != "" {
		s.until = rev.AsOf.End().Unix()
	}
	own, err := s.run(ctx, r, rev.Commit)
	if err != nil {
		return nil, err
	}
	latest, err := s.run(ctx, r, rev.Commit, "--glob=refs/heads", "--glob=refs/remotes/origin")
	if err != nil {
		return nil, err
	}
	latest.Revision = own.Person
	if latest.Person != nil && own.Person != nil && latest.Person.At == own.Person.At {
		latest.Person = own.Person // it is on the branch that was picked, too
	}
	return latest, nil
}

// A folderSearch looks for the newest commits that change a folder.
type folderSearch struct {
	judge Judge
	until int64
	rev   *fact.Revision
	found fact.Latest
}

// errEnough ends a search that has found what it looked for.
var errEnough = errors.New("enough was read")

// run searches from what git is given as starts, the newest first.
func (s *folderSearch) run(ctx context.Context, r *Repo, starts ...string) (*fact.Latest, error) {
	s.found = fact.Latest{}
	args := append([]string{"log", "--source", "--no-decorate", "--encoding=UTF-8", "--format=%H%x00%S%x00%P%x00%ct%x00%an%x00%ae"}, starts...)
	looked := 0
	err := r.lines(ctx, func(line []byte) error {
		f := bytes.Split(line, []byte{0})
		if len(f) != 6 {
			return errBroken
		}
		at, dated := pack.Seconds(f[3])
		if !dated || at > s.until {
			return nil
		}
		s.look(f, min(at, lastSecond))
		if looked++; looked >= lookBack && s.found.Person != nil {
			return errEnough
		}
		return nil
	}, append(args, "--", r.folder)...)
	if err != nil && !(looked >= lookBack && s.found.Person != nil && ctx.Err() == nil) {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	found := s.found
	return &found, nil
}

// look takes a commit for the newest where it is.
func (s *folderSearch) look(f [][]byte, at int64) {
	c := &fact.LatestCommit{
		Ref: string(f[1]), Commit: string(f[0]), At: timestamp(at), Merge: bytes.Count(f[2], []byte(" ")) > 0,
		Bot: s.judge(string(f[4]), string(f[5])),
	}
	if c.Ref == s.rev.Commit {
		c.Ref = s.rev.Ref
	}
	place := &s.found.Person
	if c.Bot != "" {
		place = &s.found.Bot
	}
	if *place == nil || c.At > (*place).At {
		*place = c
	}
}
