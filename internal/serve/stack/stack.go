// Package stack keeps the data sets open that a server answers from. A new survey takes
// the place of the newest without a pause: its data set is opened beside the old one,
// requests that have begun end with what they began with, and the old one is closed after
// the last of them.
package stack

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"golang.org/x/sync/singleflight"

	"assay/internal/dataset"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// A Library has the data sets of surveys.
type Library interface {
	// Look says which surveys there are, by date.
	Look(ctx context.Context) ([]Item, error)
	// Open opens the data set of an item. One that is no longer there is
	// errkind.NotFound, whatever has taken its place.
	Open(ctx context.Context, item *Item) (set *dataset.Set, closer func() error, err error)
}

// An Item is a survey of a library. There is one of each date.
type Item struct {
	store.Header
	// Key names its data set: another one has another key.
	Key string
}

// An Edition is what a library had when it was looked at. Nobody changes it.
type Edition struct {
	// Items by date; there is at least one.
	Items []Item
	// Fingerprint of the items: the same gives the same answers.
	Fingerprint string

	newest *Book
}

// Newest is the survey that is meant where no date is named.
func (e *Edition) Newest() *Item { return &e.Items[len(e.Items)-1] }

// item is the survey of a date; "" is the newest.
func (e *Edition) item(asOf fact.Date) (*Item, error) {
	if asOf == "" {
		return e.Newest(), nil
	}
	if i := slices.IndexFunc(e.Items, func(x Item) bool { return x.AsOf == asOf }); i >= 0 {
		return &e.Items[i], nil
	}
	var dates []string
	for i := range e.Items {
		dates = append(dates, string(e.Items[i].AsOf))
	}
	err := errkind.Errorf(errkind.NotFound, "there is no survey as of %s", asOf)
	return nil, errkind.WithHint(err, "there are surveys of %s", enumerate(dates))
}

// mostDates is how many dates an error names: the newest.
const mostDates = 12

// enumerate lists the last of dates.
func enumerate(dates []string) string {
	text, dates := "", dates[max(0, len(dates)-mostDates):]
	for i, d := range dates {
		if i > 0 {
			text += ", "
		}
		text += d
	}
	return text
}

// keptOpen is how many data sets stay open besides those that are being read.
const keptOpen = 4

// A Stack has the open data sets of a library. Use New.
type Stack struct {
	library Library
	ctx     context.Context //nolint:containedctx // data sets are opened for all who wait, not for one request
	stop    context.CancelFunc
	opening singleflight.Group

	looking sync.Mutex // one look at a time
	making  sync.Mutex // one opening at a time: it may have to make the data set

	mu      sync.Mutex
	edition *Edition
	books   map[string]*Book // those that are open, by key
	turn    uint64
}

// New looks at a library and opens its newest data set.
func New(ctx context.Context, l Library) (*Stack, error) {
	s := &Stack{library: l, books: map[string]*Book{}}
	s.ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	if _, err := s.Refresh(ctx); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// Refresh looks at the library again. It reports whether there is anything new; where the
// look fails, all stays as it was.
func (s *Stack) Refresh(ctx context.Context) (changed bool, err error) {
	s.looking.Lock()
	defer s.looking.Unlock()
	items, err := s.library.Look(ctx)
	if err != nil {
		return false, err
	}
	if len(items) == 0 {
		return false, errkind.WithHint(errkind.Errorf(errkind.NotFound, "there is no survey to serve"), "run 'assay survey' first")
	}
	e := &Edition{Items: items}
	if e.Fingerprint, err = fingerprint(items); err != nil {
		return false, err
	}
	if old := s.Edition(); old != nil && old.Fingerprint == e.Fingerprint {
		return false, nil
	}
	if e.newest, err = s.open(ctx, e.Newest()); err != nil {
		return false, err
	}
	s.put(e)
	return true, nil
}

// fingerprint tells items apart.
func fingerprint(items []Item) (string, error) {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(items); err != nil {
		return "", errkind.Errorf(errkind.Internal, "surveys: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// put makes e the edition that is read. It holds its newest data set.
func (s *Stack) put(e *Edition) {
	s.mu.Lock()
	old := s.edition
	s.edition = e
	for key, b := range s.books {
		b.stays = slices.ContainsFunc(e.Items, func(x Item) bool { return x.Key == key })
	}
	s.mu.Unlock()
	if old != nil {
		s.release(old.newest)
	}
	s.tidy()
}

// Edition is what there is now.
func (s *Stack) Edition() *Edition {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.edition
}

// Open is how many data sets are open.
func (s *Stack) Open() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.books)
}

// open opens the data set of an item, for who releases it. Several who ask at once wait
// for one opening, which no one of them can stop.
func (s *Stack) open(ctx context.Context, item *Item) (*Book, error) {
	for {
		if b := s.take(item.Key); b != nil {
			return b, nil
		}
		opened := s.opening.DoChan(item.Key, func() (_ any, err error) {
			defer errkind.Catch(&err)
			s.making.Lock()
			defer s.making.Unlock()
			set, closer, err := s.library.Open(s.ctx, item)
			if err != nil {
				return nil, err
			}
			s.add(&Book{Item: *item, Set: set, closer: closer, stays: true, lists: newLists(), meant: newMeant()})
			return nil, nil
		})
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case r := <-opened:
			if r.Err != nil {
				return nil, r.Err
			}
		}
	}
}

// take gives an open data set to who releases it; nil where it is not open.
func (s *Stack) take(key string) *Book {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.books[key]
	if b != nil {
		s.hold(b)
	}
	return b
}

// hold notes one more who reads. The caller has locked.
func (s *Stack) hold(b *Book) {
	b.readers++
	s.turn++
	b.used = s.turn
}

func (s *Stack) add(b *Book) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turn++
	b.used = s.turn
	s.books[b.Key] = b
}

// release is the end of who took it.
func (s *Stack) release(b *Book) {
	s.mu.Lock()
	b.readers--
	s.mu.Unlock()
	s.tidy()
}

// tidy closes what nobody reads: what is out of date, and of the rest what was read
// longest ago.
func (s *Stack) tidy() {
	s.mu.Lock()
	var idle, closed []*Book
	for _, b := range s.books {
		if b.readers == 0 {
			idle = append(idle, b)
		}
	}
	slices.SortFunc(idle, func(a, b *Book) int { return cmp.Compare(b.used, a.used) })
	for i, b := range idle {
		if !b.stays || i >= keptOpen {
			delete(s.books, b.Key)
			closed = append(closed, b)
		}
	}
	s.mu.Unlock()
	for _, b := range closed {
		_ = b.closer() // it was read only
	}
}

// Close closes all data sets. Nobody reads any more.
func (s *Stack) Close() error {
	s.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, b := range s.books {
		errs = append(errs, b.closer())
	}
	clear(s.books)
	return errors.Join(errs...)
}

// A Reader reads one edition, to the end of a request. Use [Stack.Read].
type Reader struct {
	stack   *Stack
	edition *Edition
	held    []*Book
}

// Read begins to read the edition that there is now; Done ends it.
func (s *Stack) Read() *Reader {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hold(s.edition.newest)
	return &Reader{stack: s, edition: s.edition, held: []*Book{s.edition.newest}}
}

// Edition is what is read.
func (r *Reader) Edition() *Edition { return r.edition }

// Book is the data set of the survey of a date; "" is the newest. It is open until the
// reader is done.
func (r *Reader) Book(ctx context.Context, asOf fact.Date) (*Book, error) {
	item, err := r.edition.item(asOf)
	if err != nil {
		return nil, err
	}
	for _, b := range r.held {
		if b.Key == item.Key {
			return b, nil
		}
	}
	b, err := r.stack.open(ctx, item)
	if err == nil {
		r.held = append(r.held, b)
	}
	return b, err
}

// Done ends reading.
func (r *Reader) Done() {
	for _, b := range r.held {
		r.stack.release(b)
	}
	r.held = nil
}
