// Package mark is what a drawn chart is made of: rectangles, lines, circles and
// texts with places in pixels, and the roles of their colours. Whoever lays a
// chart out makes marks, and a writer (packages svg and png) shows them.
//
// A mark names a role, such as "the third series", and no colour: the same
// picture is shown on light and on dark paper.
package mark

// A Picture is a drawing of a given size. All marks lie within it.
type Picture struct {
	W, H float64
	// Title is the name of the picture, and Desc what it shows, in sentences.
	Title, Desc string
	Marks       []Mark
}

// A Mark is one of [Rect], [Path], [Circle], [Text] and [Group].
type Mark interface{ isMark() }

// A Point is a place, from the upper left corner.
type Point struct{ X, Y float64 }

// A Style says how a shape looks. The zero value is not seen.
type Style struct {
	Fill, Stroke Colour
	Width        float64 // of the stroke
	Dash         bool    // the stroke is broken: the figure is a bound
	Hatch        bool    // the fill is hatched: the figure is possible, or a bound
	Faint        bool    // the fill is let through to a third: a range around a figure
}

// A Rect is a rectangle.
type Rect struct {
	X, Y, W, H float64
	Style
}

// A Path is a line through points, closed or open.
type Path struct {
	Points []Point
	Closed bool
	Style
}

// A Circle is a dot or a ring.
type Circle struct {
	X, Y, R float64
	Style
}

// Anchor says which part of a text stands at its place.
type Anchor uint8

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// A Text is one line of text. Y is where its letters stand.
type Text struct {
	X, Y   float64
	Size   float64
	Anchor Anchor
	Bold   bool
	Fill   Colour
	Text   string
}

// A Group is marks that belong together. It may have a title, which is shown
// when a reader points at it, and be a link.
type Group struct {
	Title string
	Href  string
	Marks []Mark
}

func (Rect) isMark()   {}
func (Path) isMark()   {}
func (Circle) isMark() {}
func (Text) isMark()   {}
func (Group) isMark()  {}
