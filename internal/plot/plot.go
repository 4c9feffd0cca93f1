// Package plot draws findings: it chooses which figures a chart or a badge of a data set
// shows, and with which words. What they look like is for packages chart and badge.
//
// Pages ([assay/internal/site]) and reports ([assay/internal/report/markdown]) draw the
// same figures, and draw them from here, so that they cannot disagree. A [Frame] is what
// all charts of a data set have in common. A chart of which there is nothing to show is
// nil: nothing is drawn where nothing is known.
package plot

import (
	"assay/internal/chart"
	"assay/internal/fact"
	"assay/internal/finding/quantity"
)

// A Frame is what all charts and badges of a data set have in common.
type Frame struct {
	// Language that the figures are about.
	Language string
	// AsOf is the day of the survey.
	AsOf fact.Date
	// From is the file that the projects were read from.
	From fact.Evidence
}

// Head is what stands around a chart in a file of its own.
func (f *Frame) Head(title, subtitle string) chart.Head {
	return chart.Head{Title: title, Subtitle: subtitle, Note: "As of " + string(f.AsOf) + ", from " + f.From.String()}
}

// Value is a figure as charts know it.
func Value[T quantity.Number](q quantity.Of[T]) chart.Value {
	if !q.Known() {
		return chart.Value{}
	}
	v := float64(*q.Value)
	switch q.State() {
	case quantity.StateExact:
		return chart.Of(v)
	case quantity.StateAtLeast:
		return chart.Least(v)
	case quantity.StateAtMost:
		return chart.Most(v)
	case quantity.StateRange:
		return chart.Within(float64(*q.Lower), v, float64(*q.Upper))
	case quantity.StateRead:
		return chart.Seen(v)
	}
	return chart.Value{}
}

// In is a sum over what was read: exact where that is everything.
func In[T int | int64 | float64](v T, exact bool) chart.Value {
	if exact {
		return chart.Of(float64(v))
	}
	return chart.Seen(float64(v))
}
