package frame_test

import (
	"testing"

	"assay/internal/verify/frame"
	"assay/internal/verify/names"
	"assay/internal/verify/page"
)

func frames(t *testing.T, text string) (*page.Page, *frame.Frames) {
	t.Helper()
	p, err := page.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	n := names.New()
	for _, name := range []string{"Ferrobase", "Meshwork"} {
		n.Add(name, names.Subject{Sort: names.OfProject, ID: name})
	}
	return p, frame.Of(p, n, nil)
}

// What the rows of a table are is told by its head and by its first cells.
func TestRows(t *testing.T) {
	t.Parallel()
	for head, tt := range map[string]struct {
		first string
		want  frame.Rows
	}{
		"Project | Level":      {"Ferrobase | x", frame.Projects},
		"# | Project":          {"1 | Ferrobase", frame.Projects},
		"Version | Date":       {"v1.2.3 | 2025-01-02", frame.Releases},
		"Date | Change":        {"2025-01-02 | new", frame.Changes},
		"Year | Share":         {"2024 | 5 %", frame.Years},
		"Level | Projects":     {"Sandbox | 3", frame.Levels},
		"Metric | Value":       {"Stars | 3", frame.Properties},
		"Language | Bytes":     {"Rust | 3", frame.Languages},
		"Category | Projects":  {"Security | 3", frame.Kinds},
		"Duration | Projects":  {"0-30 days | 2", frame.Others},
		" | Ferrobase | Other": {"Stars | 1 | 2", frame.Columns},
	} {
		p, f := frames(t, "| "+head+" |\n|---|---|---|\n| "+tt.first+" |\n")
		at := f.At(&p.Blocks[len(p.Blocks)-1])
		if at.Rows != tt.want {
			t.Errorf("%q: rows %d, want %d", head, at.Rows, tt.want)
		}
	}
}

// A heading gives what is below it its subject, and says of which time and of what it is.
func TestHeadings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, subject    string
		history, foreign bool
	}{
		{"# Ferrobase Project Health Check\n\nText.", "Ferrobase", false, false},
		{"# Annual review of Ferrobase\n\nText.", "Ferrobase", false, false},
		{"# Ferrobase vs Meshwork\n\nText.", "", false, false},
		{"# Report\n\n## Meshwork (sandbox)\n\nText.", "Meshwork", false, false},
		{"# Ferrobase\n\n## Changelog\n\nText.", "Ferrobase", true, false},
		{"# Ferrobase\n\n## Roadmap\n\nText.", "Ferrobase", false, true},
		{"# Time spent on reviews\n\nText.", "", false, true},
		{"# Report\n\n## Graduated projects\n\nText.", "", false, false},
	} {
		p, f := frames(t, tt.text)
		at := f.At(&p.Blocks[len(p.Blocks)-1])
		if at.Subject.ID != tt.subject || at.History != tt.history || (at.Elsewhere != "") != tt.foreign {
			t.Errorf("%q: %q, history %v, elsewhere %q", tt.text, at.Subject.ID, at.History, at.Elsewhere)
		}
	}
}
