package chart

// A Table is the figures of a chart. Every row has as many cells as the head.
type Table struct {
	Head []string
	Rows [][]Cell
}

// A Cell is what stands in a table, for people, and the figure itself where it is
// one.
type Cell struct {
	Text   string
	Figure *Value
}

// word is a cell that is no figure.
func word(s string) Cell { return Cell{Text: Label(s)} }

// figure is a cell with a figure.
func figure(u Unit, v Value) Cell { return Cell{Text: u.figure(v), Figure: &v} }

// Plain is the table for programs: figures without commas and units, empty where
// they are unknown. Where a column has figures that are not exact, one with their bounds
// follows it.
func (t Table) Plain() (head []string, rows [][]string) {
	rows = make([][]string, len(t.Rows))
	for i, name := range t.Head {
		head = append(head, name)
		bounds := t.inexact(i)
		if bounds {
			head = append(head, name+" (certainty)")
		}
		for j, row := range t.Rows {
			rows[j] = append(rows[j], row[i].plain())
			if bounds {
				rows[j] = append(rows[j], row[i].certainty())
			}
		}
	}
	return head, rows
}

// inexact reports whether a column has a figure that is not exact.
func (t Table) inexact(column int) bool {
	for _, row := range t.Rows {
		if v := row[column].Figure; v != nil && v.State != Exact {
			return true
		}
	}
	return false
}

func (c Cell) plain() string {
	switch {
	case c.Figure == nil:
		return c.Text
	case !c.Figure.known():
		return ""
	}
	return plain(c.Figure.Mid)
}

// certainty says what is known of the figure.
func (c Cell) certainty() string {
	switch {
	case c.Figure == nil:
		return ""
	case c.Figure.State == Exact:
		return "exact"
	case c.Figure.State == Between:
		return "between " + plain(c.Figure.Low) + " and " + plain(c.Figure.High)
	}
	return c.Figure.word()
}

// A Series is figures that belong together: a line, the bars of a colour, a row of
// cells.
type Series struct {
	Name   string
	Values []Value
	// Other has the series drawn in grey: what is left when the others are named.
	Other bool
	// Href is where its name leads to, if anywhere.
	Href string
}

// serieses are the series that are drawn, with values for n places each.
func serieses(all []Series, n, most int, clean func(Value) Value) []Series {
	out := make([]Series, 0, min(len(all), most))
	for _, s := range all[:min(len(all), most)] {
		s.Name, s.Href = Label(s.Name), link(s.Href)
		s.Values = cleaned(last(s.Values, n), n, clean)
		out = append(out, s)
	}
	return out
}

// last gives the last n of all.
func last[T any](all []T, n int) []T { return all[max(len(all)-n, 0):] }

// overTime is the table of series over periods.
func overTime(names []string, all []Series, u Unit) Table {
	t := Table{Head: []string{"period"}}
	for _, s := range all {
		t.Head = append(t.Head, s.Name)
	}
	for i, name := range names {
		row := []Cell{word(name)}
		for _, s := range all {
			row = append(row, figure(u, s.Values[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
