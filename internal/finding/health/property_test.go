package health

import (
	"math/rand/v2"
	"testing"
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
		in = pin(t, in, input.Name, &value)
	}
	return in
}

// blank gives inputs of which one is unknown, and whether it was known.
func blank(t *testing.T, in Inputs, i int) (Inputs, bool) {
	t.Helper()
	known := fields[i].of(&in) != nil
	return pin(t, in, fields[i].name, nil), known
}

// below complains where less is not below more in every dimension: its level may
// not be higher, and what it may be at best not lower.
func below(t *testing.T, less, more Health, what string) {
	t.Helper()
	for _, name := range append(Dimensions(), Overall) {
		a, b := less.dimension(name), more.dimension(name)
		if a.Level.Rank() > b.Level.Rank() || atBest(a).Rank() < atBest(b).Rank() {
			t.Errorf("%s: %s is %s, at best %s; with all known %s, at best %s",
				what, name, a.Level, atBest(a), b.Level, atBest(b))
		}
	}
}

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
