package cli

import (
	"fmt"
	"strings"

	"assay/internal/finding/health"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// vitalLines are the lines of a project's page on how alive it is: label and
// value. A sparkline has at most a number of columns.
func vitalLines(p *usage.Project, language string, spark int) [][2]string {
	var lines [][2]string
	add := func(label, value string) { lines = append(lines, [2]string{label, value}) }
	add("commits", p.ActivityWords())
	if p.Activity != nil {
		add("last activity", p.LatestWords())
		add("authors", p.AuthorWords())
		add("organisations", p.OrganisationWords())
		add("work on "+language, p.PartWords())
	}
	add("releases", p.ReleaseWords())
	return append(lines, trendLines(p, spark)...)
}

// trendLines are the lines of a project's page on a language through time.
func trendLines(p *usage.Project, spark int) [][2]string {
	t := p.Trend
	if t == nil {
		return [][2]string{{"adoption", p.AdoptionWords()}}
	}
	lines := [][2]string{{"adoption", p.AdoptionWords()}, {"trend", trendWords(t, spark)}}
	for _, c := range t.Crossings {
		lines = append(lines, [2]string{"", fmt.Sprintf("%s has more than %s since %s", c.Up, c.Down, c.Month)})
	}
	for _, b := range t.Breaks {
		lines = append(lines, [2]string{"", usage.BreakWords(&b)})
	}
	return lines
}

// sparks are the heights of a sparkline, lowest first.
var sparks = []rune("▁▂▃▄▅▆▇█")

// sparkWidth is the most columns of a sparkline.
const sparkWidth = 48

// trendWords draws the share through time, from the first month to the last.
func trendWords(t *usage.Trend, spark int) string {
	if len(t.Points) == 0 {
		return "unknown"
	}
	first, last := t.Points[0], t.Points[len(t.Points)-1]
	share := "nothing counted"
	if last.Share != nil {
		share = words.Percent(*last.Share)
	}
	return fmt.Sprintf("%s %s %s (%s)", first.Month, sparkline(t.Points, spark), last.Month, share)
}

// sparkRoom is how many columns a sparkline may have where the line is indented: all
// that is left beside the months and the share.
func (a *app) sparkRoom(indent int) int {
	const beside = len("2016-01 ") + len(" 2025-12 (> 99.9 %)")
	if a.width() == 0 {
		return sparkWidth
	}
	return min(max(a.width()-indent-beside, narrow), sparkWidth)
}

// sparkline draws the shares of points from 0 to 100 %, each column the last of
// the months that fall on it; a blank where nothing is counted.
func sparkline(points []usage.TrendPoint, most int) string {
	width := min(len(points), most)
	var b strings.Builder
	for i := range width {
		p := points[(i+1)*len(points)/width-1]
		if p.Share == nil {
			b.WriteByte(' ')
			continue
		}
		b.WriteRune(sparks[min(int(*p.Share*float64(len(sparks))), len(sparks)-1)])
	}
	return b.String()
}

// showHealth prints the levels with their figures.
func (a *app) showHealth(h *health.Health) {
	t := table{head: []string{"HEALTH", "LEVEL", "WHY"}, right: make([]bool, 3)}
	t.add(h.Overall.Title, h.Overall.Level.To(h.Overall.Best), h.Overall.Why)
	for _, d := range h.Dimensions {
		t.add(d.Title, d.Level.To(d.Best), d.Why)
	}
	t.fold(a.width())
	t.print(a.Stdout)
}
