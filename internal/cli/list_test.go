package cli

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
)

// rowOf is a row with the figures of all kinds.
func rowOf(name string) usage.Row {
	r := usage.Row{ID: fact.Slug(name), Project: name, Class: usage.Core, ClassCell: "core+", Read: 1, Repositories: 2}
	gap := quantity.Gap{Unread: 1}
	r.Quantities.Bytes = quantity.AtLeast[int64](1234, gap)
	r.Quantities.Share = quantity.Read(0.5, gap)
	r.Quantities.CommitsYear = quantity.Exact(7)
	r.Quantities.AuthorsYear = quantity.AtLeast(0, gap)
	r.Quantities.LastActivity = quantity.AtMost[fact.Date]("2025-01-02", gap)
	return r
}

func picked(t *testing.T, o listOptions) []listColumn {
	t.Helper()
	columns, err := o.pick()
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

func namesOf(columns []listColumn) string {
	var names []string
	for _, c := range columns {
		names = append(names, c.name)
	}
	return strings.Join(names, " ")
}

func TestColumnsPicked(t *testing.T) {
	t.Parallel()
	const plain = "project maturity class share bytes accepted adopted human_commits_year authors_year release_cadence health repos"
	for _, tt := range []struct {
		opts listOptions
		want string
	}{
		{listOptions{format: formatTable}, plain},
		{listOptions{format: formatMarkdown}, plain},
		{
			listOptions{format: formatTable, wide: true},
			"project maturity class share bytes code_lines accepted adopted human_commits_year authors_year release_cadence health repos focus_area",
		},
		{
			listOptions{format: formatCSV},
			"id project maturity class class_lower class_upper share share_lower share_upper bytes bytes_lower bytes_upper accepted adopted adopted_lower adopted_upper " +
				"human_commits_year human_commits_year_lower human_commits_year_upper authors_year authors_year_lower authors_year_upper " +
				"release_cadence health repositories_read repositories",
		},
		{listOptions{format: formatCSV, columns: []string{"Project", "code lines", "COMMITS", "last-activity", "share_UPPER"}}, "project code_lines human_commits_year last_activity share_upper"},
	} {
		if got := namesOf(picked(t, tt.opts)); got != tt.want {
			t.Errorf("%+v shows\n%s\nwant\n%s", tt.opts, got, tt.want)
		}
	}
}

func TestColumnsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ columns, text, hint string }{
		{"projekt", `columns: there is no column "projekt"`, "did you mean project?"},
		{"", `columns: there is no column ""`, "one of id, project"},
		{"project,Project", "columns: project is named twice", ""},
		{"commits,human_commits_year", "columns: human_commits_year is named twice", ""},
	} {
		o := listOptions{columns: strings.Split(tt.columns, ",")}
		_, err := o.pick()
		if errkind.Of(err) != errkind.Usage || err.Error() != tt.text || !strings.HasPrefix(errkind.Hint(err), tt.hint) {
			t.Errorf("%s: %v, hint %q", tt.columns, err, errkind.Hint(err))
		}
	}
}

// Names and heads of columns are told apart, and each can be named by either.
func TestColumnsHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	for _, c := range listColumns {
		for _, name := range []string{c.name, c.head} {
			if got, err := columnNamed(name); err != nil || got.name != c.name {
				t.Errorf("%q is column %+v, %v; want %s", name, got, err, c.name)
			}
		}
		if c.about == "" && !isBound(c.name) {
			t.Errorf("%s: nothing is said of it", c.name)
		}
	}
}

// Numbers stay numbers, what is unknown is empty, and bounds stand beside.
func TestListAsCSV(t *testing.T) {
	t.Parallel()
	o := listOptions{format: formatCSV, columns: strings.Split("project,class,bytes,bytes_lower,bytes_upper,share,commits,authors,authors_lower,last_activity,adopted,repositories,focus_area", ",")}
	columns := picked(t, o)
	var b strings.Builder
	rows := []usage.Row{rowOf(`=cmd|"x",A1`)}
	if err := writeCSV(&b, strings.Fields(namesOf(columns)), records(rows, columns)); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	want := []string{`'=cmd|"x",A1`, "core", "1234", "1234", "", "0.5", "7", "", "0", "2025-01-02", "never", "2", ""}
	if err != nil || len(lines) != 2 || !slices.Equal(lines[1], want) {
		t.Errorf("%v: %q, want %q", err, lines, want)
	}
}

func TestListAsRecords(t *testing.T) {
	t.Parallel()
	columns := picked(t, listOptions{columns: []string{"project", "bytes", "authors", "share"}})
	got, err := json.Marshal(records([]usage.Row{rowOf("A<b>")}, columns))
	if want := `[{"project":"A\u003cb\u003e","bytes":1234,"authors_year":null,"share":0.5}]`; err != nil || string(got) != want {
		t.Errorf("%v: %s, want %s", err, got, want)
	}
}

func TestCheckFormat(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		format string
		json   bool
		want   string
		kind   errkind.Kind
	}{
		{"table", false, "table", ""}, {"table", true, "json", ""}, {"json", true, "json", ""}, {"md", false, "md", ""},
		{"csv", true, "", errkind.Usage}, {"xml", false, "", errkind.Usage}, {"", false, "", errkind.Usage},
	} {
		got, err := checkFormat(tt.format, tt.json, listFormats...)
		if got != tt.want || (err != nil) != (tt.kind != "") || err != nil && errkind.Of(err) != tt.kind {
			t.Errorf("%q, %v: %q, %v", tt.format, tt.json, got, err)
		}
	}
}

// Whoever knows the columns can sort by them.
func TestSortKey(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"": "", "bytes": "bytes", "project": "name", "PROJECT": "name", "commits": "commits", "human_commits_year": "commits", "code_lines": "lines",
		"lines": "lines", "repos": "repositories", "size": "size", "evidence": "evidence",
	} {
		if got := sortKey(name); got != want {
			t.Errorf("%q sorts by %q, want %q", name, got, want)
		}
	}
}

// Columns of text are shortened until the table fits; figures are not.
func TestSqueeze(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("水", 40)
	wide := func() *table {
		tab := &table{head: []string{"NAME", "FIGURE", "AREA"}, right: []bool{false, true, false}}
		tab.add(long, "12,345,678", strings.Repeat("x", 40))
		return tab
	}
	for width, want := range map[int]int{0: 134, 200: 134, 100: 100, 60: 60, 10: 38} {
		tab := wide()
		tab.squeeze(width)
		var b strings.Builder
		tab.print(&b)
		line := strings.Split(b.String(), "\n")[1]
		if got := runewidth.StringWidth(line); got > want || got < want-2 || !strings.Contains(line, "12,345,678") {
			t.Errorf("at %d columns the row has %d, want %d: %s", width, got, want, line)
		}
	}
}
