// Package chart draws figures that know what they do not know. It is given plain
// values (titles, names, figures with their bounds) and gives SVG, a text that says the
// same in a sentence or two, and a table with the same figures.
//
// # Kinds
//
// [Line] and [Area] show figures over time, [Bars] compares figures, [Dots] shows figures
// with their ranges, [Strip] shows activity as a row of cells, [Spark] fits in a line of
// text, and [Treemap] shows parts of a whole by their area. All are [Chart]s.
//
// # What is not certain
//
// A [Value] is exact, a bound, a range, what was read (the true figure may be lower or
// higher), or unknown; its zero value is unknown. Each chart draws them apart and says
// below which sign means what: lines are dashed and areas hatched where the figure is a
// bound; an arrow leads where there is no upper bound; what is unknown is a gap, or says
// so. Nothing unknown is drawn as zero.
//
// # How it works
//
// A chart lays itself out as marks (package mark), which know roles of colours and no
// colours. Package svg writes them; package png paints them. The same chart gives the
// same bytes: nothing is ordered by chance, places are rounded to hundredths of a pixel,
// and products are rounded before they are added, so that processors that multiply and
// add in one step give the same sum.
//
// # What comes from outside
//
// Names and links may be written by anybody. Texts are cut, their control characters
// shown as escapes, and escaped ([Label]); links lead to http, https or within the site, or are
// dropped. Figures that are no numbers are unknown. What is too much to be drawn is left
// out, and the description says how much that is.
package chart
