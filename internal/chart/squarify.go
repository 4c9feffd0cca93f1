package chart

// A box is a rectangle that is divided.
type box struct{ x, y, w, h float64 }

// area is how large a box is.
func (b box) area() float64 { return float64(b.w * b.h) }

// A strand is some of the parts that lie beside one another in one strip of a box.
type strand struct {
	n    int
	tall bool // the strip stands at the left, and its parts below one another
}

// plan decides which parts lie together, so that they come near to squares
// (Bruls, Huizing and van Wijk, "Squarified treemaps"). Weights are in falling order.
func plan(weights []float64, b box) []strand {
	var all []strand
	rest := sum(weights)
	for len(weights) > 0 && rest > 0 && b.area() > 0 {
		s := strand{1, b.w >= b.h}
		side := min(b.w, b.h)
		unit := b.area() / rest
		total := weights[0]
		worst := ratio(weights[:1], total, unit, side)
		for s.n < len(weights) {
			next := total + weights[s.n]
			w := ratio(weights[:s.n+1], next, unit, side)
			if w > worst {
				break
			}
			s.n, total, worst = s.n+1, next, w
		}
		all = append(all, s)
		b, _ = b.cut(total/rest, s.tall)
		weights, rest = weights[s.n:], rest-total
	}
	if len(weights) > 0 { // nothing is left for them
		all = append(all, strand{len(weights), b.w >= b.h})
	}
	return all
}

// ratio is how far from a square the worst part of a strip is: its first or its last.
func ratio(weights []float64, total, unit, side float64) float64 {
	thick := float64(total*unit) / side
	square := float64(thick * thick)
	most, least := float64(weights[0]*unit), float64(weights[len(weights)-1]*unit)
	if square <= 0 || least <= 0 {
		return beyond
	}
	return max(most/square, square/least)
}

// cut takes a share of a box away, at the left or at the top; it gives the rest, and
// what was taken.
func (b box) cut(share float64, tall bool) (rest, taken box) {
	share = min(max(share, 0), 1)
	if tall {
		w := float64(b.w * share)
		return box{b.x + w, b.y, b.w - w, b.h}, box{b.x, b.y, w, b.h}
	}
	h := float64(b.h * share)
	return box{b.x, b.y + h, b.w, b.h - h}, box{b.x, b.y, b.w, h}
}

// place divides a box as planned. Each part has the share of the area that its weight
// has of all.
func place(weights []float64, strands []strand, b box) []box {
	all := make([]box, 0, len(weights))
	rest := sum(weights)
	for _, s := range strands {
		some := weights[:s.n]
		total := sum(some)
		var strip box
		b, strip = b.cut(share(total, rest), s.tall)
		left := total
		for _, w := range some {
			var part box
			strip, part = strip.cut(share(w, left), !s.tall)
			all = append(all, part)
			left -= w
		}
		weights, rest = weights[s.n:], rest-total
	}
	return all
}

// share is the part of a whole, and all of nothing.
func share(part, whole float64) float64 {
	if whole <= 0 {
		return 1
	}
	return part / whole
}

func sum(all []float64) float64 {
	total := 0.0
	for _, v := range all {
		total += v
	}
	return total
}
