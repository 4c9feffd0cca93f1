package commit

import (
	"cmp"
	"slices"

	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
	"assay/internal/people"
)

// groups keeps what is known of authors by the numbers of a [people.Joiner];
// which numbers are one author is settled at the end.
type groups struct {
	people.Joiner
	of []group // by number; what belongs together is merged at the end
}

// A group is what is known of one author.
type group struct {
	keys, names []string
	bot         string
	first, last *fact.CommitRef
	// from and to are the seconds of first and last, to pass over the commits
	// between without a look.
	from, to int64
}

// join is the number under which to keep what is known of who has the keys.
func (s *groups) join(keys []string) int {
	n := s.Join(keys)
	for len(s.of) < s.Len() {
		s.of = append(s.of, group{})
	}
	return n
}

// called notes a name, hashed, and whether it is a bot's.
func (s *groups) called(n int, bot, name string) {
	s.of[n].bot = cmp.Or(s.of[n].bot, bot)
	s.of[n].name(name)
}

func (g *group) name(name string) {
	if i, ok := slices.BinarySearch(g.names, name); !ok {
		g.names = slices.Insert(g.names, i, name)
		g.names = g.names[:min(len(g.names), limit.AuthorNames)]
	}
}

// saw notes a commit that is no merge.
func (s *groups) saw(n int, c *gitrepo.Commit) {
	g := &s.of[n]
	if g.first != nil && c.Time > g.from && c.Time < g.to {
		return
	}
	g.saw(fact.CommitRef{Commit: string(c.OID), At: stamp(c.Time)})
	if g.from == 0 || c.Time < g.from {
		g.from = c.Time
	}
	g.to = max(g.to, c.Time)
}

// recall notes a commit of an earlier fact.
func (s *groups) recall(n int, ref fact.CommitRef) { s.of[n].saw(ref) }

func (g *group) saw(ref fact.CommitRef) {
	if g.first == nil || compareRefs(ref, *g.first) < 0 {
		g.first = &ref
	}
	if g.last == nil || compareRefs(ref, *g.last) > 0 {
		g.last = &ref
	}
}

func compareRefs(a, b fact.CommitRef) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Commit, b.Commit))
}

// settle merges what is known of the numbers of each author into its root, and
// lists the roots by their authors' first keys.
func (s *groups) settle() []int {
	var roots []int
	for n := range s.of {
		root := s.Root(n)
		into, from := &s.of[root], s.of[n]
		into.keys = append(into.keys, s.Key(n))
		if root == n {
			roots = append(roots, n)
			continue
		}
		into.bot = cmp.Or(into.bot, from.bot)
		for _, name := range from.names {
			into.name(name)
		}
		for _, ref := range []*fact.CommitRef{from.first, from.last} {
			if ref != nil {
				into.saw(*ref)
			}
		}
	}
	for _, r := range roots {
		slices.Sort(s.of[r].keys)
	}
	slices.SortFunc(roots, func(a, b int) int { return cmp.Compare(s.of[a].keys[0], s.of[b].keys[0]) })
	return roots
}

// author is a settled group as a fact.
func (s *groups) author(root int, addresses []fact.Address) fact.Author {
	at := &s.of[root]
	return fact.Author{
		ID: at.keys[0], Keys: at.keys, Names: at.names, Bot: at.bot, Addresses: addresses, First: at.first, Last: at.last,
	}
}
