package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

// A chart is what has been read of a Mermaid chart: its title and the names on
// its x axis.
type chart struct {
	title string
	axis  []string
}

// isChart reports whether a line of a chart's source holds its figures.
func isChart(line string) bool {
	s := strings.TrimSpace(line)
	return strings.HasPrefix(s, "line [") || strings.HasPrefix(s, "bar [")
}

var quoted = lazyregexp.New(`"([^"]*)"`)

// chartLine reads a line of a chart.
func (sp *splitter) chartLine(b *page.Block) {
	s := strings.TrimSpace(b.Text.S)
	switch {
	case strings.HasPrefix(s, "title "):
		sp.chart.title = strings.ToLower(s)
	case strings.HasPrefix(s, "x-axis "):
		for _, m := range quoted.FindAllStringSubmatch(s, -1) {
			sp.chart.axis = append(sp.chart.axis, m[1])
		}
	case isChart(s):
		st := sp.context(b)
		c := sp.chart
		st.chart = &c
		sp.emit(st, &b.Text, whole(&b.Text))
	}
}

// chart makes a claim of each figure of a line of a chart whose title says what
// it shows: shares of a language, or projects accepted and adopted, by year.
func (r *reader) chart(st *statement) {
	field := ""
	switch bar := strings.Contains(st.s(), "bar ["); {
	case strings.Contains(st.chart.title, "share of "):
		field = "share.year:" + r.chartLanguage(st.chart.title)
	case strings.Contains(st.chart.title, "accepted") && bar:
		field = "growth.accepted"
	case strings.Contains(st.chart.title, "adopted"):
		field = "growth.adopted"
	}
	found := tokens(st.s())
	if field == "" || len(found) != len(st.chart.axis) {
		return
	}
	for i, tok := range found {
		if tok.form == isNumber {
			c := Claim{Kind: kindOf(field), Field: field, Subject: st.subject, Form: Numeric, Num: tok.num, Year: st.chart.axis[i]}
			r.add(st, c, page.Span{From: st.From + tok.From, To: st.From + tok.To})
		}
	}
}

// chartLanguage is the language that the title of a chart names first, or the
// report's.
func (r *reader) chartLanguage(s string) string {
	for fields := strings.Fields(label(s)); len(fields) > 0; fields = fields[1:] {
		if l, _ := r.languageIn(fields); l != "" {
			return l
		}
	}
	return r.Language
}
