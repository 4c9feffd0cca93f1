package quantity_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"assay/internal/finding/quantity"
)

// rounds is how many random worlds each property is tried in.
const rounds = 3000

// depth is how well a part of a world was read.
type depth int

const (
	unread  depth = iota // not at all
	stale                // on an earlier day: the true value may be anything
	partial              // less than all of it
	whole
)

// A world is parts with their true values, and how well each was read.
type world struct {
	true, seen []int64
	read       []depth
}

func newWorld(r *rand.Rand) *world {
	n := 1 + r.IntN(5)
	w := &world{make([]int64, n), make([]int64, n), make([]depth, n)}
	for i := range n {
		w.true[i] = int64(r.IntN(6))
		w.read[i] = depth(r.IntN(4))
		w.seen[i] = w.look(r, i)
	}
	return w
}

// look is what a reading of that depth gives.
func (w *world) look(r *rand.Rand, i int) int64 {
	switch w.read[i] {
	case stale:
		return int64(r.IntN(6))
	case partial:
		return r.Int64N(w.true[i] + 1)
	}
	return w.true[i]
}

// more is the world read better: no part less, some perhaps more.
func (w *world) more(r *rand.Rand) *world {
	better := &world{w.true, append([]int64{}, w.seen...), append([]depth{}, w.read...)}
	for i := range better.read {
		if r.IntN(2) == 0 {
			better.read[i], better.seen[i] = whole, w.true[i]
		}
	}
	return better
}

// figure is a part as it was read.
func (w *world) figure(i int) quantity.Of[int64] {
	switch w.read[i] {
	case unread:
		return quantity.Unknown[int64](quantity.Gap{Unread: 1})
	case stale:
		return quantity.Read(w.seen[i], quantity.Gap{Stale: 1})
	case partial:
		return quantity.AtLeast(w.seen[i], quantity.Gap{Partial: 1})
	}
	return quantity.Exact(w.seen[i])
}

func (w *world) figures() []quantity.Of[int64] {
	all := make([]quantity.Of[int64], len(w.true))
	for i := range all {
		all[i] = w.figure(i)
	}
	return all
}

// An operation is applied to a world as it was read, and to the true one.
type operation struct {
	name string
	read func(*world) quantity.Of[float64]
	real func(*world) (value float64, defined bool)
}

func operations() []operation {
	total := func(w *world) (n int64) {
		for _, v := range w.true {
			n += v
		}
		return n
	}
	rest := func(w *world) []quantity.Of[int64] { return w.figures()[1:] }
	return []operation{
		{"sum", func(w *world) quantity.Of[float64] { return floats(quantity.Sum(w.figures()...)) },
			func(w *world) (float64, bool) { return float64(total(w)), true }},
		{"share", func(w *world) quantity.Of[float64] { return quantity.Share(w.figure(0), quantity.Sum(rest(w)...)) },
			func(w *world) (float64, bool) { return float64(w.true[0]) / float64(max(total(w), 1)), total(w) > 0 }},
		{"max", func(w *world) quantity.Of[float64] { return floats(quantity.Max(w.figures()...)) },
			func(w *world) (float64, bool) {
				most := w.true[0]
				for _, v := range w.true {
					most = max(most, v)
				}
				return float64(most), true
			}},
		{"min", func(w *world) quantity.Of[float64] { return floats(quantity.Min(w.figures()...)) },
			func(w *world) (float64, bool) {
				least := w.true[0]
				for _, v := range w.true {
					least = min(least, v)
				}
				return float64(least), true
			}},
		{"count", func(w *world) quantity.Of[float64] { return floats(count(w)) },
			func(w *world) (float64, bool) {
				n := 0
				for _, v := range w.true {
					if v >= 3 {
						n++
					}
				}
				return float64(n), true
			}},
	}
}

// count counts the parts of three and more.
func count(w *world) quantity.Of[int] {
	var truths []quantity.Truth
	var read []bool
	var missing quantity.Gap
	for i, q := range w.figures() {
		truths = append(truths, q.AtLeast(3))
		read = append(read, w.read[i] != unread && w.seen[i] >= 3)
		missing = missing.Add(q.Missing)
	}
	return quantity.Count(truths, read, missing)
}

func floats[T quantity.Number](q quantity.Of[T]) quantity.Of[float64] {
	out := quantity.Of[float64]{Missing: q.Missing}
	for _, p := range []struct {
		from *T
		to   **float64
	}{{q.Value, &out.Value}, {q.Lower, &out.Lower}, {q.Upper, &out.Upper}} {
		if p.from != nil {
			v := float64(*p.from)
			*p.to = &v
		}
	}
	return out
}

func TestTheTrueFigureLiesWithinTheBounds(t *testing.T) {
	t.Parallel()
	for _, op := range operations() {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, 2))
			for range rounds {
				w := newWorld(r)
				q := op.read(w)
				if want, defined := op.real(w); defined && !q.Holds(want) {
					t.Fatalf("%s of %+v is %v, outside of %s", op.name, *w, want, text(t, q))
				}
			}
		})
	}
}

func TestReadingMoreNeverWidensTheBounds(t *testing.T) {
	t.Parallel()
	for _, op := range operations() {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(3, 4))
			for range rounds {
				w := newWorld(r)
				better := w.more(r)
				if before, after := op.read(w), op.read(better); after.Known() && !before.Contains(after) {
					t.Fatalf("%s of %+v is %s, and read better %+v it is %s", op.name, *w, text(t, before), *better, text(t, after))
				}
			}
		})
	}
}

// A comparison that is answered is answered for good, and rightly.
func TestTruths(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	answered := 0
	for range rounds {
		w := newWorld(r)
		a, b := w.figure(0), w.figure(len(w.true)-1)
		x, y := w.true[0], w.true[len(w.true)-1]
		for _, q := range []struct {
			name  string
			truth quantity.Truth
			real  bool
		}{
			{"is 2", a.Is(2), x == 2}, {"at least 2", a.AtLeast(2), x >= 2}, {"at most 2", a.AtMost(2), x <= 2},
			{"below", a.Below(b), x < y}, {"not below", a.Below(b).Not(), x >= y},
			{"all", quantity.All(a.AtLeast(2), b.AtLeast(2)), x >= 2 && y >= 2},
			{"any", quantity.Any(a.AtLeast(2), b.AtLeast(2)), x >= 2 || y >= 2},
		} {
			if q.truth == quantity.Perhaps {
				continue
			}
			answered++
			if (q.truth == quantity.Yes) != q.real {
				t.Fatalf("%s of %+v is said to be %s", q.name, *w, q.truth)
			}
		}
	}
	if answered < rounds {
		t.Errorf("only %d of %d questions were answered: the test looks at too little", answered, 7*rounds)
	}
}

// A superlative is said only when it holds.
func TestExtremes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	found := 0
	for range rounds {
		w := newWorld(r)
		if i, ok := quantity.First(w.figures()); ok {
			found++
			for k, v := range w.true {
				if k != i && v <= w.true[i] {
					t.Fatalf("the first of %+v is said to be %d", *w, i)
				}
			}
		}
		if i, ok := quantity.Last(w.figures()); ok {
			for k, v := range w.true {
				if k != i && v >= w.true[i] {
					t.Fatalf("the last of %+v is said to be %d", *w, i)
				}
			}
		}
	}
	if found < rounds/20 {
		t.Errorf("a first was found in %d of %d worlds: the test looks at too little", found, rounds)
	}
}

func TestState(t *testing.T) {
	t.Parallel()
	gap := quantity.Gap{Unread: 1}
	for _, tt := range []struct {
		name string
		got  quantity.State
		want quantity.State
	}{
		{"everything was read", quantity.Exact(3).State(), quantity.StateExact},
		{"more may come", quantity.AtLeast(3, gap).State(), quantity.StateAtLeast},
		{"less may be left", quantity.AtMost(3, gap).State(), quantity.StateAtMost},
		{"two bounds", quantity.Between(3, 2, 5, gap).State(), quantity.StateRange},
		{"two equal bounds", quantity.Between(3, 3, 3, gap).State(), quantity.StateExact},
		{"a share of nothing to all", quantity.Between(0.3, 0, 1, gap).State(), quantity.StateRead},
		{"a share of some", quantity.Between(0.3, 0.2, 1, gap).State(), quantity.StateRange},
		{"no bound", quantity.Read(3, gap).State(), quantity.StateRead},
		{"a part may be less", quantity.Sum(quantity.Exact(1), quantity.Read(2, gap)).State(), quantity.StateRead},
		{"nothing read", quantity.Unknown[int](gap).State(), quantity.StateUnknown},
		{"nothing at all", quantity.Of[int]{}.State(), quantity.StateUnknown},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		q    quantity.Of[int]
		want string
	}{
		{quantity.Exact(3), `{"value":3,"lower":3,"upper":3}`},
		{quantity.AtLeast(3, quantity.Gap{Unread: 2}), `{"value":3,"lower":3,"upper":null,"missing":{"unread":2}}`},
		{quantity.Of[int]{}, `{"value":null,"lower":null,"upper":null}`},
	} {
		if got := text(t, tt.q); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
		var back quantity.Of[int]
		if err := json.Unmarshal([]byte(tt.want), &back); err != nil || text(t, back) != tt.want {
			t.Errorf("%s is read as %s (%v)", tt.want, text(t, back), err)
		}
	}
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
