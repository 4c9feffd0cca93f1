package health

import (
	"math/rand/v2"
	"testing"

	"assay/internal/finding/quantity"
)

// draw gives random inputs, of which the part known (0 to 1) is not nil: from
// small figures, where the thresholds are, and beyond the ends.
func draw(t *testing.T, random *rand.Rand, known float64) Inputs {
	t.Helper()
	var in Inputs
	for _, input := range Default().Inputs() {
		if random.Float64() >= known {
			continue
		}
		value := float64(random.IntN(40) - 1)
		switch {
		case random.IntN(3) == 0:
			value = float64(random.IntN(600))
		case max(input.Worst, input.Best) == 1:
			value = float64(random.IntN(24)-1) / 20
		}
		in = pin(t, in, input.Name, quantity.Exact(value))
	}
	return in
}

// blank gives inputs of which one is unknown, and whether it was known.
func blank(t *testing.T, in Inputs, i int) (Inputs, bool) {
	t.Helper()
	known := fields[i].of(&in).Known()
	return pin(t, in, fields[i].name, quantity.Of[float64]{}), known
}

// below complains where less is not below more in every dimension: its level may
// not be higher, and what it may be at best not lower.
func below(t *testing.T, less, more Health, what string) {
	t.Helper()
	for _, name := range append(Dimensions(), Overall) {
		a, b := less.dimension(name), more.dimension(name)
		if certain(a) > certain(b) || atBest(a).Rank() < atBest(b).Rank() {
			t.Errorf("%s: %s is %s, at best %s; with all known %s, at best %s",
				what, name, a.Level, atBest(a), b.Level, atBest(b))
		}
	}
}

// certain is the rank of the level that is certain. A level that is unknown may
// be the lowest.
func certain(d Dimension) int { return max(d.Level.Rank(), NeedsAttention.Rank()) }

// atBest is what the level may be.
func atBest(d Dimension) Level {
	if d.Best == "" {
		return d.Level
	}
	return d.Best
}

// Replacing a known input by an unknown one never raises a level, nor lowers
// what it may be.
func TestMissingNeverRaises(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	changed := 0
	for range 200 {
		in := draw(t, random, random.Float64())
		more := Default().Judge(in)
		for i := range fields {
			without, was := blank(t, in, i)
			if !was {
				continue
			}
			less := Default().Judge(without)
			below(t, less, more, "without "+fields[i].name)
			if less.Overall.Level != more.Overall.Level {
				changed++
			}
		}
	}
	if changed < 10 {
		t.Errorf("only %d of the inputs taken away changed the judgement over all: the test shows little", changed)
	}
}

// Whatever the unknown figures are, the level is no lower than the one given,
// and no higher than what it may be at best.
func TestTruthIsWithinTheBounds(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		whole := draw(t, random, 1)
		some := whole
		for i := range fields {
			if random.IntN(2) == 0 {
				some, _ = blank(t, some, i)
			}
		}
		below(t, Default().Judge(some), Default().Judge(whole), "with some unknown")
	}
}

// loosen gives inputs of which one has bounds in place of its figure: as for
// a project that was read in part.
func loosen(t *testing.T, random *rand.Rand, in Inputs, i int) Inputs {
	t.Helper()
	q := fields[i].of(&in)
	if !q.Exact() {
		return in
	}
	lower, upper := *q.Value-float64(random.IntN(20)), *q.Value+float64(random.IntN(20))
	q.Lower, q.Upper = &lower, &upper
	switch random.IntN(3) {
	case 0:
		q.Lower = nil
	case 1:
		q.Upper = nil
	}
	return pin(t, in, fields[i].name, q)
}

// Whatever the figures truly are within their bounds, the level is no lower than
// the one given, and no higher than what it may be at best.
func TestBoundsOfFiguresGiveBoundsOfLevels(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	ranges := 0
	for range 1000 {
		whole := draw(t, random, 1)
		some := whole
		for i := range fields {
			if random.IntN(2) == 0 {
				some = loosen(t, random, some, i)
			}
		}
		less := Default().Judge(some)
		below(t, less, Default().Judge(whole), "with bounds")
		if less.Overall.Best != "" {
			ranges++
		}
	}
	if ranges < 50 {
		t.Errorf("only %d judgements have a range: the test shows little", ranges)
	}
}
