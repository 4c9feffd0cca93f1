package gitrepo

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// A Judge tells from a name and an address, as a commit has them, the name of
// the bot that made it; "" for a person.
type Judge func(name, address string) (bot string)

// Latest finds the newest commits by the end of the day rev.AsOf on all
// branches, for [fact.Revision.Latest]. Branches are those that [Repo.At] knows.
// Where the revision itself has a commit by a person on that very day, no other
// branch is looked at: none can be later by the day. A commit that is not in the
// mirror ends the line of history it is in. Kinds of error: Corrupt; Limit when
// there are more than limit.LatestCommits commits to go through.
func (r *Repo) Latest(ctx context.Context, rev *fact.Revision, judge Judge) (*fact.Latest, error) {
	refs, err := r.seenRefs(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	if r.folder != "" {
		return r.folderLatest(ctx, rev, judge)
	}
	read := r.headers()
	defer read.close()
	s := &search{read: read, judge: judge, until: math.MaxInt64}
	if rev.AsOf != "" {
		s.until = rev.AsOf.End().Unix()
	}
	starts := append([]start{{commit: rev.Commit, ref: rev.Ref}}, r.tips(rev, refs)...)
	own, err := s.run(ctx, starts[:1])
	latest := own
	if err == nil && (own.Person == nil || own.Person.At[:len(rev.AsOf)] != string(rev.AsOf) || rev.AsOf == "") {
		latest, err = s.run(ctx, starts)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	latest.Revision = own.Person
	return latest, nil
}

// tips are the branches, that of rev first, then the default branch, then by
// name.
func (r *Repo) tips(rev *fact.Revision, refs []ref) []start {
	head, _, err := r.head()
	if err != nil {
		head = "" // no branch goes first
	}
	var tips []start
	for _, b := range refs {
		if !strings.HasPrefix(b.name, "refs/tags/") {
			tips = append(tips, start{commit: b.commit, ref: b.name, time: b.time})
		}
	}
	rank := func(s start) int { return slices.Index([]string{rev.Ref, head, s.ref}, s.ref) }
	slices.SortFunc(tips, func(a, b start) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.ref, b.ref))
	})
	return tips
}

// A start is where a search begins.
type start struct {
	commit, ref string
	time        int64 // committer time where it is known, else 0
}

// Bounds of a search.
const (
	// lookBack is how many commits of the time are looked at, even when a person's
	// is found: one may be newer than what follows it, where a clock was wrong,
	// and the newest of a bot is wanted too.
	lookBack = 32
)

// A search walks from some commits to older ones, always on from the newest.
type search struct {
	read  *headers
	judge Judge
	until int64

	starts []start
	seen   map[string]*node
	queue  queue
	found  fact.Latest
}

// A node is a commit on the way.
type node struct {
	oid    string
	time   int64 // of an undated commit, that of the one it was reached from
	ref    int   // index into starts: the first that leads to it
	header *header
}

// run searches from starts.
func (s *search) run(ctx context.Context, starts []start) (*fact.Latest, error) {
	s.starts, s.seen, s.queue, s.found = starts, map[string]*node{}, nil, fact.Latest{}
	for i, b := range starts {
		if err := s.reach(ctx, b.commit, &node{time: b.time, ref: i}); err != nil {
			return nil, err
		}
	}
	for looked := 0; s.queue.Len() > 0 && (looked < lookBack || s.found.Person == nil); {
		n := heap.Pop(&s.queue).(*node)
		if ok, err := s.open(ctx, n); err != nil {
			return nil, err
		} else if !ok {
			continue
		}
		if n.header.dated && n.time <= s.until {
			looked++
			s.look(n)
		}
		for _, p := range n.header.parents {
			if err := s.reach(ctx, p, n); err != nil {
				return nil, err
			}
		}
		n.header = nil // so that a long walk stays small
	}
	found := s.found
	return &found, nil
}

// reach notes that a commit can be reached from what from knows. A time that
// from does not have is read.
func (s *search) reach(ctx context.Context, oid string, from *node) error {
	if n := s.seen[oid]; n != nil {
		n.ref = min(n.ref, from.ref)
		return nil
	}
	if len(s.seen) == limit.LatestCommits {
		return errkind.Errorf(errkind.Limit, "the newest commits lie deeper than %d commits", limit.LatestCommits)
	}
	n := &node{oid: oid, time: from.time, ref: from.ref}
	s.seen[oid] = n
	if from.oid != "" || from.time == 0 {
		if ok, err := s.open(ctx, n); err != nil || !ok {
			return err
		}
	}
	heap.Push(&s.queue, n)
	return nil
}

// open reads the header of n where that is to be done; false says that it is
// not in the mirror.
func (s *search) open(ctx context.Context, n *node) (bool, error) {
	if n.header != nil {
		return true, nil
	}
	h, ok, err := s.read.read(ctx, n.oid)
	if err != nil || !ok {
		return false, err
	}
	n.header = &h
	if h.dated {
		n.time = h.time
	}
	return true, nil
}

// look takes n for the newest where it is.
func (s *search) look(n *node) {
	bot := s.judge(string(n.header.name), string(n.header.address))
	if bot != "" {
		s.newer(&s.found.Bot, n, bot)
		return
	}
	s.newer(&s.found.Person, n, "")
}

// newer puts n in place of an older commit.
func (s *search) newer(found **fact.LatestCommit, n *node, bot string) {
	at := timestamp(n.time)
	if *found != nil && at <= (*found).At {
		return
	}
	*found = &fact.LatestCommit{
		Ref: s.starts[n.ref].ref, Commit: n.oid, At: at, Merge: len(n.header.parents) > 1, Bot: bot,
	}
}

// A queue is a heap of commits, the newest on top.
type queue []*node

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	if q[i].time != q[j].time {
		return q[i].time > q[j].time
	}
	return q[i].oid < q[j].oid
}

func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push implements [heap.Interface].
func (q *queue) Push(n any) { *q = append(*q, n.(*node)) }

// Pop implements [heap.Interface].
func (q *queue) Pop() any {
	last := len(*q) - 1
	n := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return n
}
