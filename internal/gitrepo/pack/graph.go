package pack

import (
	"context"

	"assay/internal/limit"
)

// A Graph is all commits that can be reached from one.
type Graph struct {
	// Commits in no order but that the first is the one asked for.
	Commits []Commit
	// People are the authors, each spelling once.
	People  []Person
	parents []int32
}

// A Commit is a commit of a graph.
type Commit struct {
	OID, Tree    OID
	Time         int64 // of committing, Unix seconds
	Dated        bool  // Time could be read
	Author       int32 // its place in Graph.People
	first, count int32 // its parents in Graph.parents
}

// A Person is an author as written in commits.
type Person struct{ Name, Mail string }

// Parents are the places in Commits of the parents of the i-th commit.
func (g *Graph) Parents(i int32) []int32 {
	c := &g.Commits[i]
	return g.parents[c.first : c.first+c.count]
}

// Graph reads all commits that can be reached from the one called tip.
func (s *Store) Graph(ctx context.Context, tip OID) (*Graph, error) {
	b := &builder{store: s, commits: map[OID]int32{}, people: map[string]int32{}}
	if _, err := b.number(tip); err != nil {
		return nil, err
	}
	for i := 0; i < len(b.Commits); i++ { //nolint:intrange // reading adds commits
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := b.read(i); err != nil {
			return nil, err
		}
	}
	return &b.Graph, nil
}

// A builder makes a graph.
type builder struct {
	Graph
	store   *Store
	commits map[OID]int32
	people  map[string]int32
	spelled int // bytes of people
	key     []byte
	buffer  []OID
}

// number is the place of a commit, which it gets where it has none.
func (b *builder) number(oid OID) (int32, error) {
	if n, ok := b.commits[oid]; ok {
		return n, nil
	}
	if len(b.Commits) == limit.GraphCommits {
		return 0, odd("more than %d commits", limit.GraphCommits)
	}
	n := int32(len(b.Commits)) //nolint:gosec // bounded above
	b.commits[oid] = n
	b.Commits = append(b.Commits, Commit{OID: oid})
	return n, nil
}

// read reads the i-th commit.
func (b *builder) read(i int) error {
	oid := b.Commits[i].OID
	data, err := b.store.get(&oid, kindCommit)
	if err != nil {
		return err
	}
	h, err := parseCommit(data, b.buffer[:0])
	if err != nil {
		return err
	}
	b.buffer = h.parents
	if len(b.parents)+len(h.parents) > 4*limit.GraphCommits {
		return odd("more than %d parents", 4*limit.GraphCommits)
	}
	first := int32(len(b.parents)) //nolint:gosec // bounded above
	for _, p := range h.parents {
		n, err := b.number(p)
		if err != nil {
			return err
		}
		b.parents = append(b.parents, n)
	}
	author, err := b.person(h.name, h.mail)
	if err != nil {
		return err
	}
	c := &b.Commits[i]
	c.Tree, c.Time, c.Dated, c.Author, c.first = h.tree, h.time, h.dated, author, first
	c.count = int32(len(h.parents)) //nolint:gosec // bounded above
	return nil
}

// person is the place of an author, who gets one where they have none.
func (b *builder) person(name, mail []byte) (int32, error) {
	b.key = append(append(append(b.key[:0], name...), 0), mail...)
	if n, ok := b.people[string(b.key)]; ok {
		return n, nil
	}
	if b.spelled += 2 * len(b.key); b.spelled > limit.GraphPeople {
		return 0, odd("more than %d bytes of names", limit.GraphPeople)
	}
	n := int32(len(b.People)) //nolint:gosec // at most one a commit
	b.people[string(b.key)] = n
	b.People = append(b.People, Person{string(name), string(mail)})
	return n, nil
}

// Order is the order of git log --topo-order: children before parents, and the
// commits of a merged branch together before what it was merged into.
func (g *Graph) Order() ([]int32, error) {
	children := make([]int32, len(g.Commits))
	for _, p := range g.parents {
		children[p]++
	}
	order := make([]int32, 0, len(g.Commits))
	ready := []int32{0}
	for len(ready) > 0 {
		i := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		order = append(order, i)
		for _, p := range g.Parents(i) {
			if children[p]--; children[p] == 0 {
				ready = append(ready, p)
			}
		}
	}
	if len(order) < len(g.Commits) || children[0] > 0 {
		return nil, odd("commits that come before themselves")
	}
	return order, nil
}
