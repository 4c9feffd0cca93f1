package stack

import (
	"context"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"assay/internal/ask"
	"assay/internal/dataset"
	"assay/internal/finding/usage"
)

// A Book is an open data set.
type Book struct {
	Item
	*dataset.Set

	closer  func() error
	readers int    // how many read it
	used    uint64 // when it was last taken
	stays   bool   // the library still has it

	mu   sync.Mutex
	kept map[string]any

	lists *lru.Cache[string, []usage.Row]
	meant *lru.Cache[string, ask.Match]
}

// How much of what was worked out is remembered of a data set.
const (
	keptLists = 16
	keptWords = 4 << 10
)

func newLists() *lru.Cache[string, []usage.Row] {
	c, _ := lru.New[string, []usage.Row](keptLists) // it fails for no size
	return c
}

func newMeant() *lru.Cache[string, ask.Match] {
	c, _ := lru.New[string, ask.Match](keptWords)
	return c
}

// Rows are those of the list for a language, in the order of reports. Nobody changes them.
func (b *Book) Rows(ctx context.Context, language string, limited bool) ([]usage.Row, error) {
	key := language
	if limited {
		key += " of what the survey was limited to"
	}
	if rows, ok := b.lists.Get(key); ok {
		return rows, nil
	}
	rows, err := b.List(ctx, language, limited)
	if err == nil {
		b.lists.Add(key, rows)
	}
	return rows, err
}

// Kept is what made gives, under a name, once for a data set and as long as it is open.
// What fails is made again. There are few names, which are the program's.
func (b *Book) Kept(name string, made func() (any, error)) (any, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if v, ok := b.kept[name]; ok {
		return v, nil
	}
	v, err := made()
	if err != nil {
		return nil, err
	}
	if b.kept == nil {
		b.kept = map[string]any{}
	}
	b.kept[name] = v
	return v, nil
}

// Find gives the project that is meant by word, with the names that the user gives
// projects besides their own. Its Aliases are nobody's to change.
func (b *Book) Find(ctx context.Context, word string, names map[string][]string) (*ask.Project, error) {
	head, err := b.Head(ctx)
	if err != nil {
		return nil, err
	}
	if m, ok := b.meant.Get(word); ok {
		return &head.Projects[m.Index], nil
	}
	for i := range head.Projects {
		p := &head.Projects[i]
		p.Aliases = append(p.Aliases, names[p.ID]...)
	}
	m, err := ask.Find(head.Projects, word)
	if err != nil {
		return nil, err
	}
	b.meant.Add(word, m)
	return &head.Projects[m.Index], nil
}
