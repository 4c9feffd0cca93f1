package chart

// Tones gives the classes by which the stylesheet colours a tile, and a text on it, for
// any figure on the scale of the treemap: a page paints the tiles anew with them, for
// another day.
func (t *Treemap) Tones() func(Value) (tile, text string) {
	var colours []Value
	for _, g := range t.data() {
		for _, tile := range g.Tiles {
			colours = append(colours, tile.Colour)
		}
	}
	tones := shadesOf(colours, t.ColourUnit)
	return func(v Value) (tile, text string) {
		v = v.positive()
		style := (&canvas{}).tone(tones, v)
		return "f-" + style.Fill.Name(), "f-" + onTone(tones, v).Name()
	}
}
