package chart

import (
	"assay/internal/chart/mark"
	"assay/internal/limit"
)

// A Spark is a small line without axes, for a line of text or a cell of a table. It
// stands on zero.
type Spark struct {
	Head

	// Periods are as those of a [Line]. They are not drawn.
	Periods []string
	Values  []Value
	Unit    Unit
}

// The size of a spark where none is asked for.
const (
	sparkWidth  = 120
	sparkHeight = 28
	sparkPoints = 600 // that are drawn: a few a pixel
)

func (s *Spark) data() (periods, []Series) {
	p := periodsOf(s.Periods, limit.ChartPeriods)
	one := []Series{{Name: s.Title, Values: s.Values}}
	return p, serieses(lined(one, len(s.Periods)), len(p.names), 1, Value.clean)
}

// SVG is the chart, written.
func (s *Spark) SVG(o Options) []byte { return render(s, o) }

// Table is the figures: a row for each period.
func (s *Spark) Table() Table {
	p, all := s.data()
	all[0].Name = "figure"
	return overTime(p.names, all, s.Unit)
}

// Alt says what the line shows.
func (s *Spark) Alt() string {
	p, all := s.data()
	return inTime("Small line chart", &p, all, s.Unit) + omitted(nil, s.Periods)
}

// Picture draws the line.
func (s *Spark) Picture(o Options) *mark.Picture {
	c := &canvas{head: s.Head, w: bounded(o.Width, sparkWidth, sparkWidth/3, widest)}
	height := o.height(sparkHeight)
	p, all := s.data()
	low, high, _ := extent(all[0].Values)
	plot := &plot{canvas: c, points: sparkPoints, left: 4, right: c.w - 5, top: 4, bottom: height - 4}
	plot.x = p.scale(plot.left, plot.right)
	plot.y = scale{min(low, 0), max(high, 0), plot.bottom, plot.top}
	if len(all[0].Values) == 0 || high == low && low == 0 {
		plot.y = scale{0, 1, plot.bottom, plot.top}
	}
	plot.line(plot.left, plot.y.at(0), plot.right, plot.y.at(0), mark.Style{Stroke: mark.Grid, Width: 1})
	plot.series(&p, all[0], mark.Series(0))
	c.signs = nil // there is no room for words; the description has them
	c.y = height - 4
	return c.picture(s.Alt())
}
