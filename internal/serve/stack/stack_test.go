package stack_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"assay/internal/dataset"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/serve/stack"
	"assay/internal/store"
)

// A library is invented: it counts what is open, and complains of what is read after it
// was closed.
type library struct {
	mu     sync.Mutex
	items  []stack.Item
	fails  error
	open   map[string]int
	opened atomic.Int64
	gate   chan struct{} // nil, or what an opening waits for
}

func item(day, key string) stack.Item {
	return stack.Item{Header: store.Header{AsOf: fact.Date(day)}, Key: key}
}

func (l *library) set(items ...stack.Item) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items = items
}

func (l *library) Look(context.Context) ([]stack.Item, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.items, l.fails
}

// A keeper is a data set that is open or not.
type keeper struct {
	key    string
	closed atomic.Bool
}

func (k *keeper) Select(context.Context, *dataset.Table, map[string][]any, func([]any) error) error {
	if k.closed.Load() {
		return errkind.Errorf(errkind.Internal, "%s is closed", k.key)
	}
	return nil
}

func (l *library) Open(_ context.Context, i *stack.Item) (*dataset.Set, func() error, error) {
	if l.gate != nil {
		<-l.gate
	}
	l.opened.Add(1)
	l.count(i.Key, 1)
	k := &keeper{key: i.Key}
	return dataset.Open(k), func() error { k.closed.Store(true); l.count(i.Key, -1); return nil }, nil
}

func (l *library) count(key string, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == nil {
		l.open = map[string]int{}
	}
	l.open[key] += n
}

// isOpen is how often a data set is open.
func (l *library) isOpen(key string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.open[key]
}

func newStack(t *testing.T, l *library) *stack.Stack {
	t.Helper()
	s, err := stack.New(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// read reads a data set; one that was closed gives an error.
func read(t *testing.T, b *stack.Book) {
	t.Helper()
	_, err := dataset.Rows[dataset.Alias](t.Context(), b.Set, nil)
	if err != nil {
		t.Error(err)
	}
}

func book(t *testing.T, r *stack.Reader, day string) *stack.Book {
	t.Helper()
	b, err := r.Book(t.Context(), fact.Date(day))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Who reads goes on with what there was; who begins has what is new; the old one is closed
// after the last of its readers.
func TestNewSurvey(t *testing.T) {
	t.Parallel()
	l := &library{}
	l.set(item("2025-06-30", "a"))
	s := newStack(t, l)
	old := s.Read()
	l.set(item("2025-06-30", "a2"), item("2025-12-31", "b"))
	if changed, err := s.Refresh(t.Context()); !changed || err != nil {
		t.Fatalf("changed %t, %v", changed, err)
	}
	fresh := s.Read()
	if got := book(t, fresh, "").Key + book(t, fresh, "2025-06-30").Key; got != "ba2" {
		t.Errorf("who begins reads %s", got)
	}
	if b := book(t, old, ""); b.Key != "a" || l.isOpen("a") != 1 {
		t.Errorf("who has begun reads %s, which is open %d times", b.Key, l.isOpen("a"))
	} else {
		read(t, b)
	}
	old.Done()
	if l.isOpen("a") != 0 || l.isOpen("b") != 1 {
		t.Errorf("a is open %d times, b %d", l.isOpen("a"), l.isOpen("b"))
	}
	fresh.Done()
	if changed, err := s.Refresh(t.Context()); changed || err != nil {
		t.Errorf("nothing new: changed %t, %v", changed, err)
	}
}

// Where a look fails, what there was is read on.
func TestLookFails(t *testing.T) {
	t.Parallel()
	l := &library{}
	l.set(item("2025-06-30", "a"))
	s := newStack(t, l)
	l.fails = errors.New("the disk is gone")
	if _, err := s.Refresh(t.Context()); err == nil {
		t.Error("no error")
	}
	l.fails = nil
	l.set()
	if _, err := s.Refresh(t.Context()); errkind.Of(err) != errkind.NotFound || errkind.Hint(err) == "" {
		t.Errorf("no survey any more: %v", err)
	}
	r := s.Read()
	defer r.Done()
	read(t, book(t, r, ""))
}

// Of those that nobody reads, four stay open.
func TestFewStayOpen(t *testing.T) {
	t.Parallel()
	l := &library{}
	var all []stack.Item
	for i := range 20 {
		all = append(all, item(fmt.Sprintf("2025-01-%02d", i+1), fmt.Sprint(i)))
	}
	l.set(all...)
	s := newStack(t, l)
	for i := range 20 {
		r := s.Read()
		read(t, book(t, r, fmt.Sprintf("2025-01-%02d", i+1)))
		r.Done()
	}
	if n := s.Open(); n != 5 || l.isOpen("19") != 1 || l.isOpen("18") != 1 || l.isOpen("0") != 0 {
		t.Errorf("%d are open", n)
	}
}

// A day without a survey is told with those that there are.
func TestNoSuchDay(t *testing.T) {
	t.Parallel()
	l := &library{}
	l.set(item("2025-06-30", "a"), item("2025-12-31", "b"))
	r := newStack(t, l).Read()
	defer r.Done()
	_, err := r.Book(t.Context(), "2025-07-01")
	if errkind.Of(err) != errkind.NotFound || errkind.Hint(err) != "there are surveys of 2025-06-30, 2025-12-31" {
		t.Errorf("%v, hint %q", err, errkind.Hint(err))
	}
}

// Many who ask for one data set wait for one opening, and who gives up stops nobody else.
func TestOneOpening(t *testing.T) {
	t.Parallel()
	l := &library{}
	l.set(item("2025-06-30", "a"), item("2025-12-31", "b"))
	s := newStack(t, l)
	l.gate = make(chan struct{})
	ctx, giveUp := context.WithCancel(t.Context())
	giveUp()
	r := s.Read()
	if _, err := r.Book(ctx, "2025-06-30"); !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up got %v", err)
	}
	r.Done()
	var g sync.WaitGroup
	for range 20 {
		g.Go(func() {
			r := s.Read()
			defer r.Done()
			if b, err := r.Book(context.WithoutCancel(t.Context()), "2025-06-30"); err != nil || b.Key != "a" {
				t.Errorf("%v", err)
			}
		})
	}
	close(l.gate)
	g.Wait()
	if n := l.opened.Load(); n != 2 {
		t.Errorf("%d openings, want 2", n)
	}
}

// While surveys come and go, nobody reads what is closed, and one request reads one
// edition.
func TestNobodyReadsWhatIsClosed(t *testing.T) {
	t.Parallel()
	l := &library{}
	l.set(item("2025-06-30", "0"))
	s := newStack(t, l)
	ctx, stop := context.WithCancel(t.Context())
	var g sync.WaitGroup
	var reads atomic.Int64
	for range 4 {
		g.Go(func() {
			for ctx.Err() == nil {
				r := s.Read()
				first := book(t, r, "")
				read(t, first)
				read(t, book(t, r, ""))
				if book(t, r, "").Key != first.Key {
					t.Error("an answer is torn")
				}
				r.Done()
				reads.Add(1)
			}
		})
	}
	for i := range 500 {
		l.set(item("2025-06-30", fmt.Sprint(i+1)))
		if _, err := s.Refresh(t.Context()); err != nil {
			t.Error(err)
		}
	}
	for reads.Load() < 100 {
	}
	stop()
	g.Wait()
	if n := s.Open(); n != 1 {
		t.Errorf("%d are open", n)
	}
}
