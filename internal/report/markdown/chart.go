package markdown

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/finding/usage"
	"assay/internal/limit"
)

// palette gives a chart colours that show on white and on black; the first of
// Mermaid's own is nearly white.
const palette = `%%%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#4c78a8, #e4572e"}}}}%%%%` + "\n"

// mermaid draws the number of projects accepted up to each year, and of those
// that had adopted the language by then. Years in which nothing happened keep
// their place on the axis.
func mermaid(growth []usage.Year) string {
	read := ""
	for i := range growth {
		if !growth[i].TotalBounds.Exact() || !growth[i].AdoptedBounds.Exact() {
			read = ", in what was read"
		}
	}
	var years []usage.Year
	for _, y := range growth {
		if y.Year > 0 {
			years = append(years, y)
		}
	}
	if len(years) == 0 {
		return ""
	}
	years = filled(years)
	labels, bars, line := make([]string, len(years)), make([]string, len(years)), make([]string, len(years))
	for i, y := range years {
		labels[i], bars[i], line[i] = quotedYear(y.Year), fmt.Sprint(y.Total), fmt.Sprint(y.AdoptedTotal)
	}
	last := years[len(years)-1]
	title, second := "Projects accepted up to the end of the year"+read, ""
	if last.AdoptedTotal > 0 {
		title = "Accepted (bars) and adopted (line) up to the end of the year" + read
		second = fmt.Sprintf("\n    line [%s]", strings.Join(line, ", "))
	}
	return fmt.Sprintf("```mermaid\n"+palette+"xychart-beta\n    title %q\n"+
		"    x-axis [%s]\n    y-axis \"Projects\" 0 --> %d\n    bar [%s]%s\n```",
		title, strings.Join(labels, ", "), max(1, last.Total, last.AdoptedTotal), strings.Join(bars, ", "), second)
}

// filled puts the years between into place, with the totals of the year before.
func filled(years []usage.Year) []usage.Year {
	if years[len(years)-1].Year-years[0].Year >= limit.ChartYears {
		return years
	}
	var all []usage.Year
	for i, y := range years {
		for i > 0 && all[len(all)-1].Year+1 < y.Year {
			before := all[len(all)-1]
			all = append(all, usage.Year{Year: before.Year + 1, Total: before.Total, AdoptedTotal: before.AdoptedTotal})
		}
		all = append(all, y)
	}
	return all
}

func quotedYear(year int) string { return fmt.Sprintf("%q", fmt.Sprint(year)) }

// trend draws the share of the language in a project at the end of each year,
// in percent. Less than two years are no trend.
func trend(t *usage.Trend, language string) string {
	if t == nil || len(t.Years) < 2 || len(t.Years) > limit.ChartYears {
		return ""
	}
	labels, line := make([]string, len(t.Years)), make([]string, len(t.Years))
	some, read := false, ""
	if !t.Missing.IsZero() {
		read = ", in what was read"
	}
	for i, y := range t.Years {
		share := 0.0
		if k := slices.IndexFunc(y.Languages, func(l usage.LanguageBytes) bool { return l.Language == language }); k >= 0 {
			share, some = y.Languages[k].Share, true
		}
		labels[i], line[i] = quotedYear(y.Year), fmt.Sprintf("%.1f", share*100)
	}
	if !some {
		return ""
	}
	return fmt.Sprintf("```mermaid\n"+palette+"xychart-beta\n    title \"Share of %s at the end of the year, in %% of the counted bytes%s\"\n"+
		"    x-axis [%s]\n    y-axis \"%%\" 0 --> 100\n    line [%s]\n```",
		chartText(language), read, strings.Join(labels, ", "), strings.Join(line, ", "))
}

// chartText is a text that may stand in quotes in a chart.
func chartText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune("\"`\\;", r) {
			return ' '
		}
		return r
	}, plain(s))
}
