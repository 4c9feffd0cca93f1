package main

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// onPaper are the figures that a table in Markdown has columns for.
var onPaper = strings.Fields("class share bytes code_lines files total_bytes packages adopted human_commits_year authors_year language_commits_year " +
	"language_authors_year last_activity absence_factor organisations_year last_release maintainers adopters")

// A page is a table in Markdown: cells by project and column.
type page map[string]map[string]string

// page has list print all figures of all projects in Markdown.
func (s *session) page(t *testing.T, language string) page {
	t.Helper()
	columns := []string{"id"}
	for _, name := range onPaper {
		columns = append(columns, name, name+"_lower", name+"_upper")
	}
	out, err := s.command(t, "list", "--all", "--format", "md", "--language", language, "--columns", strings.Join(columns, ",")).Output()
	if err != nil {
		t.Fatal(err)
	}
	found := page{}
	for i, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) != len(columns) {
			t.Fatalf("line %d has %d cells, there are %d columns: %s", i+1, len(cells), len(columns), line)
		}
		row := map[string]string{}
		for k, cell := range cells {
			row[columns[k]] = strings.ReplaceAll(strings.TrimSpace(cell), `\`, "")
		}
		if i > 1 { // below the header
			found[row["id"]] = row
		}
	}
	return found
}

// holds complains when the page says another thing of a figure; false when it says none.
func (p page) holds(t *testing.T, f *said) bool {
	t.Helper()
	if !slices.Contains(onPaper, f.name) {
		return false
	}
	row := p[f.project]
	for end, want := range map[string]any{"_lower": f.Lower, "_upper": f.Upper} {
		if got := row[f.name+end]; !reads(got, want) && (want != nil || got != "-") {
			t.Errorf("Markdown: %s of %s (%s) is %q, by %s %v", f.name+end, f.project, f.language, got, f.by, want)
		}
	}
	if cell := row[f.name]; !f.stands(cell) {
		t.Errorf("Markdown: %s of %s (%s) is %q, by %s %v, %v to %v", f.name, f.project, f.language, cell, f.by, f.Value, f.Lower, f.Upper)
	}
	return true
}

// stands reports whether a cell says what a figure is, with the sign that its bounds
// ask for.
func (f *said) stands(cell string) bool {
	if f.name == "class" {
		return strings.HasPrefix(cell, written(f.Value)) || f.Value == nil && cell == "unknown"
	}
	low, high := f.Value != nil && f.Lower == f.Value, f.Value != nil && f.Upper == f.Value
	from, to, between := strings.Cut(cell, " to ")
	least, more := strings.CutSuffix(cell, "+")
	seen, either := strings.CutSuffix(cell, "?")
	latest, earlier := strings.CutPrefix(cell, "by ")
	switch {
	case cell == "unknown":
		return f.Value == nil || nothing(f.Value) && !(low && high)
	case cell == "-":
		return f.Value == nil && len(f.Missing) == 0
	case between:
		return reads(from, f.Lower) && reads(to, f.Upper)
	case more:
		return reads(least, f.Value) && low && !high
	case earlier:
		return reads(latest, f.Value) && high && !low
	case either:
		return reads(seen, f.Value) && !low
	}
	return reads(cell, f.Value) && low && high
}

// nothing reports whether a value is none of something.
func nothing(v any) bool { n, ok := v.(json.Number); return ok && n == "0" }

// reads reports whether words say a value: a number with commas, a share in percent to
// the tenth, a day or its month.
func reads(words string, v any) bool {
	number, ok := v.(json.Number)
	if !ok {
		return v != nil && (words == written(v) || len(words) == len("2006-01") && strings.HasPrefix(written(v), words))
	}
	value, err := number.Float64()
	percent, share := strings.CutSuffix(words, " %")
	switch {
	case words == "< 0.1 %":
		return value > 0 && value < 0.001
	case words == "> 99.9 %":
		return value > 0.999 && value < 1
	case share:
		got, err2 := strconv.ParseFloat(percent, 64)
		return err == nil && err2 == nil && math.Abs(got-100*value) <= 0.05+1e-9
	}
	got, err2 := strconv.ParseFloat(strings.ReplaceAll(words, ",", ""), 64)
	return err == nil && err2 == nil && got == value
}
