package png

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"

	"golang.org/x/image/vector"

	"assay/internal/chart/mark"
)

// The dashes and stripes are those of package svg.
const (
	dashOn, dashOff       = 4, 3
	hatchStep, hatchWidth = 5, 1.6
	faint                 = 0.4
)

// shape paints a line through points, or what it encloses.
func (a *painter) shape(points []mark.Point, closed bool, s mark.Style) {
	at := make([]mark.Point, len(points))
	for i, p := range points {
		at[i] = mark.Point{X: p.X * a.scale, Y: p.Y * a.scale}
	}
	if s.Fill != mark.None && closed {
		share := 1.0
		if s.Faint {
			share = faint
		}
		a.fill([][]mark.Point{at}, a.colour(s.Fill), share, s.Hatch)
	}
	if s.Stroke == mark.None || len(at) < 2 {
		return
	}
	if closed {
		at = slices.Concat(at, at[:1])
	}
	runs := [][]mark.Point{at}
	if s.Dash {
		runs = dashes(at, dashOn*a.scale, dashOff*a.scale)
	}
	var quads [][]mark.Point
	for _, run := range runs {
		quads = append(quads, a.outline(run, s.Width*a.scale/2)...)
	}
	a.fill(quads, a.colour(s.Stroke), 1, false)
}

// outline gives, for each piece of a line, the rectangle around it, and a disc at each
// bend.
func (a *painter) outline(line []mark.Point, half float64) [][]mark.Point {
	var all [][]mark.Point
	for i := 1; i < len(line); i++ {
		p, q := line[i-1], line[i]
		dx, dy := q.X-p.X, q.Y-p.Y
		length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
		if length == 0 {
			continue
		}
		nx, ny := float64(-dy*half)/length, float64(dx*half)/length
		all = append(all, []mark.Point{{X: p.X - nx, Y: p.Y - ny}, {X: q.X - nx, Y: q.Y - ny}, {X: q.X + nx, Y: q.Y + ny}, {X: p.X + nx, Y: p.Y + ny}})
		if i+1 < len(line) && half > 0.75 {
			all = append(all, ring(mark.Circle{X: q.X, Y: q.Y, R: half}))
		}
	}
	return all
}

// corners are the places of a polygon on a circle of radius 1: enough of them to look
// round.
var corners = makeCorners()

func makeCorners() []mark.Point {
	all := []mark.Point{{X: 1, Y: 0}}
	// Turned by a twenty-fourth of a circle each time: sine and cosine of 15 degrees,
	// as numbers, so that every machine has the same.
	const sin, cos = 0.25881904510252074, 0.9659258262890683
	for range 23 {
		p := all[len(all)-1]
		all = append(all, mark.Point{X: float64(p.X*cos) - float64(p.Y*sin), Y: float64(p.X*sin) + float64(p.Y*cos)})
	}
	return all
}

// ring is a circle as a polygon.
func ring(c mark.Circle) []mark.Point {
	all := make([]mark.Point, len(corners))
	for i, p := range corners {
		all[i] = mark.Point{X: c.X + float64(p.X*c.R), Y: c.Y + float64(p.Y*c.R)}
	}
	return all
}

// dashes breaks a line into pieces.
func dashes(line []mark.Point, on, off float64) [][]mark.Point {
	var all [][]mark.Point
	piece, left, drawn := []mark.Point{line[0]}, on, true
	for i := 1; i < len(line); i++ {
		p, q := line[i-1], line[i]
		dx, dy := q.X-p.X, q.Y-p.Y
		length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
		done := 0.0
		for length-done > left {
			done += left
			at := mark.Point{X: p.X + float64(dx*(done/length)), Y: p.Y + float64(dy*(done/length))}
			if drawn {
				all = append(all, append(piece, at))
			}
			piece, drawn = []mark.Point{at}, !drawn
			if left = off; drawn {
				left = on
			}
		}
		left -= length - done
		piece = append(piece, q)
	}
	if drawn && len(piece) > 1 {
		all = append(all, piece)
	}
	return all
}

// fill paints what polygons enclose. What several of them cover is painted once.
func (a *painter) fill(polygons [][]mark.Point, c color.RGBA, share float64, hatch bool) {
	var box image.Rectangle
	for _, points := range polygons {
		box = box.Union(bounds(points))
	}
	box = box.Intersect(a.image.Bounds())
	if box.Empty() {
		return
	}
	mask := image.NewAlpha(box)
	for _, points := range polygons {
		cover(mask, points)
	}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		row := mask.Pix[(y-box.Min.Y)*mask.Stride:]
		for x := box.Min.X; x < box.Max.X; x++ {
			alpha := row[x-box.Min.X]
			if alpha == 0 {
				continue
			}
			strength := float64(float64(alpha) * share)
			if hatch {
				strength *= 1 - a.stripe(image.Pt(x, y))
			}
			a.blend(image.Pt(x, y), c, uint32(math.Round(strength)))
		}
	}
}

// bounds are the pixels that a polygon may touch.
func bounds(points []mark.Point) image.Rectangle {
	var all image.Rectangle
	for _, p := range points {
		x, y := int(math.Floor(p.X)), int(math.Floor(p.Y))
		all = all.Union(image.Rect(x, y, x+2, y+2))
	}
	return all
}

// cover marks in a mask how much of each pixel a polygon covers, where that is more than
// is marked. The rasterizer is given a piece of the picture at a time, small enough that it
// counts in whole numbers, which are the same on every machine.
func cover(mask *image.Alpha, points []mark.Point) {
	const piece = 500
	box := bounds(points).Intersect(mask.Rect)
	for y := box.Min.Y; y < box.Max.Y; y += piece {
		for x := box.Min.X; x < box.Max.X; x += piece {
			part := raster(points, image.Rect(x, y, x+piece, y+piece).Intersect(box))
			for py := range part.Rect.Dy() {
				from := mask.Pix[mask.PixOffset(x, y+py):]
				for px, alpha := range part.Pix[py*part.Stride : py*part.Stride+part.Rect.Dx()] {
					from[px] = max(from[px], alpha)
				}
			}
		}
	}
}

// raster gives how much of the pixels of a part a polygon covers.
func raster(points []mark.Point, part image.Rectangle) *image.Alpha {
	z := vector.NewRasterizer(part.Dx(), part.Dy())
	for i, p := range points {
		x, y := float32(p.X-float64(part.Min.X)), float32(p.Y-float64(part.Min.Y))
		if i == 0 {
			z.MoveTo(x, y)
		} else {
			z.LineTo(x, y)
		}
	}
	z.ClosePath()
	out := image.NewAlpha(image.Rect(0, 0, part.Dx(), part.Dy()))
	z.DrawOp = draw.Src
	z.Draw(out, out.Rect, image.Opaque, image.Point{})
	return out
}

// stripe is how much of a pixel a stripe of paper covers.
func (a *painter) stripe(at image.Point) float64 {
	const root = 1.4142135623730951
	along := float64(float64(at.X+at.Y)/root) / a.scale
	in := along - float64(math.Floor(along/hatchStep)*hatchStep)
	edge := 0.5 / a.scale
	return min(max(min(in, hatchWidth-in)/edge+0.5, 0), 1)
}

// blend lays a colour over a pixel.
func (a *painter) blend(at image.Point, c color.RGBA, alpha uint32) {
	i := a.image.PixOffset(at.X, at.Y)
	for k, v := range [3]uint8{c.R, c.G, c.B} {
		mixed := (uint32(v)*alpha + uint32(a.image.Pix[i+k])*(255-alpha) + 127) / 255
		a.image.Pix[i+k] = uint8(mixed & 0xff)
	}
}
