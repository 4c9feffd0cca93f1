package chart

import "math"

// A scale leads from figures to places.
type scale struct{ low, high, from, to float64 }

// at is the place of v, and that of the nearest end where v lies outside.
func (s scale) at(v float64) float64 {
	if s.high <= s.low {
		return round((s.from + s.to) / 2)
	}
	share := min(max((v-s.low)/(s.high-s.low), 0), 1)
	return round(s.from + float64(share*(s.to-s.from)))
}

// nice is the step of an axis from low to high that has about count steps: 1, 2 or 5
// times a power of ten, and no part of one where only whole figures have a meaning.
func nice(low, high float64, count int, whole bool) float64 {
	rough := (high - low) / float64(max(count, 1))
	if !(rough > tiny) {
		return 1
	}
	power := 1.0
	for power > rough {
		power /= 10
	}
	for float64(power*10) <= rough {
		power *= 10
	}
	step := float64(power * 10)
	for _, m := range []float64{1, 2, 5} {
		if float64(power*m) >= float64(rough*0.8) {
			step = float64(power * m)
			break
		}
	}
	if whole {
		return max(step, 1)
	}
	return step
}

// tiny is less than any figure: what is below it is drawn, and steps no axis.
const tiny = 1e-12

// An axis is a scale of figures and the figures that stand at it.
type axis struct {
	low, high float64
	ticks     []float64
}

// axisOf is an axis that holds all from low to high, and zero. It ends where the figures
// do: they may lie beyond the first and the last tick.
func axisOf(low, high float64, count int, u Unit) axis {
	low, high = min(low, 0), max(high, 0)
	if u == Share && high <= 1 && high > 0.6 {
		high = 1
	}
	if high-low <= tiny {
		low, high = 0, 1
	}
	step := nice(low, high, count, u == Count || u == Days)
	first, last := math.Ceil(low/step-1e-9), math.Floor(high/step+1e-9)
	a := axis{low: min(low, float64(first*step)), high: max(high, float64(last*step))}
	for i := first; i <= last; i++ {
		a.ticks = append(a.ticks, float64(i*step))
	}
	return a
}

// shades is a scale of colours: a figure has the colour of the last threshold that it
// reaches, or that below the first one.
type shades struct{ thresholds []float64 }

// shadesOf makes steps over the known figures: equal ones, or where the largest is far
// from the middle, ones that grow tenfold.
func shadesOf(values []Value, u Unit) shades {
	most, known := 0.0, 0
	for _, v := range values {
		if v.known() {
			most, known = max(most, v.Mid), known+1
		}
	}
	if known == 0 || most <= tiny {
		return shades{}
	}
	if u != Share && skewed(values, most) {
		return shades{tenfold(most)}
	}
	if u == Share && most > 0.5 {
		return shades{[]float64{0.2, 0.4, 0.6, 0.8}}
	}
	step := nice(0, most, 5, u == Count || u == Days)
	var s shades
	for i := 1.0; float64(i*step) <= most && len(s.thresholds) < stepsMost-1; i++ {
		s.thresholds = append(s.thresholds, float64(i*step))
	}
	return s
}

// stepsMost is how many colours a scale has.
const stepsMost = 7

// skewed reports whether fewer than one known figure of four reaches a tenth of the most.
func skewed(values []Value, most float64) bool {
	known, high := 0, 0
	for _, v := range values {
		if v.known() && v.Mid > 0 {
			known++
			if v.Mid >= most/10 {
				high++
			}
		}
	}
	return known > 8 && high*4 < known
}

// tenfold gives the last powers of ten up to most.
func tenfold(most float64) []float64 {
	top := 1.0
	for float64(top*10) <= most {
		top *= 10
	}
	for top > most {
		top /= 10
	}
	out := make([]float64, 5)
	for i := range out {
		out[len(out)-1-i] = top
		top /= 10
	}
	return out
}

// of is the step of v.
func (s shades) of(v float64) int {
	n := 0
	for n < len(s.thresholds) && v >= s.thresholds[n] {
		n++
	}
	return s.spread(n)
}

// spread is the colour of the n-th of the steps in use: few steps take colours that are
// far from each other.
func (s shades) spread(n int) int {
	if len(s.thresholds) == 0 {
		return stepsMost / 2
	}
	return n * (stepsMost - 1) / len(s.thresholds)
}
