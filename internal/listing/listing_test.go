package listing

import (
	stdcsv "encoding/csv"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"assay/internal/dataset/csv"
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

func picked(t *testing.T, form Form, names ...string) []Column {
	t.Helper()
	columns, err := Pick(names, form)
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

func namesOf(columns []Column) string {
	var names []string
	for _, c := range columns {
		names = append(names, c.Name)
	}
	return strings.Join(names, " ")
}

func TestColumnsPicked(t *testing.T) {
	t.Parallel()
	const plain = "project maturity class share bytes accepted adopted human_commits_year authors_year release_cadence health repos"
	for _, tt := range []struct {
		form  Form
		names []string
		want  string
	}{
		{Form{}, nil, plain},
		{
			Form{Wide: true}, nil,
			"project maturity class share bytes code_lines accepted adopted human_commits_year authors_year release_cadence health repos focus_area",
		},
		{
			Form{Data: true}, nil,
			"id project maturity class class_lower class_upper share share_lower share_upper bytes bytes_lower bytes_upper accepted adopted adopted_lower adopted_upper " +
				"human_commits_year human_commits_year_lower human_commits_year_upper authors_year authors_year_lower authors_year_upper " +
				"release_cadence health repositories_read repositories",
		},
		{Form{Data: true}, []string{"Project", "code lines", "COMMITS", "last-activity", "share_UPPER"}, "project code_lines human_commits_year last_activity share_upper"},
	} {
		if got := namesOf(picked(t, tt.form, tt.names...)); got != tt.want {
			t.Errorf("%+v shows\n%s\nwant\n%s", tt.form, got, tt.want)
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
		names := strings.Split(tt.columns, ",")
		_, err := Pick(names, Form{})
		if errkind.Of(err) != errkind.Usage || err.Error() != tt.text || !strings.HasPrefix(errkind.Hint(err), tt.hint) {
			t.Errorf("%s: %v, hint %q", tt.columns, err, errkind.Hint(err))
		}
	}
}

// Names and heads of columns are told apart, and each can be named by either.
func TestColumnsHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	for _, c := range All() {
		for _, name := range []string{c.Name, c.Head} {
			if got, err := Named(name); err != nil || got.Name != c.Name {
				t.Errorf("%q is column %+v, %v; want %s", name, got, err, c.Name)
			}
		}
		if c.About == "" && !IsBound(c.Name) {
			t.Errorf("%s: nothing is said of it", c.Name)
		}
	}
}

func TestListAsRecords(t *testing.T) {
	t.Parallel()
	columns := picked(t, Form{}, "project", "bytes", "authors", "share")
	got, err := json.Marshal(Records([]usage.Row{rowOf("A<b>")}, columns))
	if want := `[{"project":"A\u003cb\u003e","bytes":1234,"authors_year":null,"share":0.5}]`; err != nil || string(got) != want {
		t.Errorf("%v: %s, want %s", err, got, want)
	}
}

func TestShare(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]float64{
		"": 0, "0": 0, "0.1": 0.1, "1": 1, "10%": 0.1, "10 %": 0.1, " 100% ": 1, "0.5%": 0.005, "1e-1": 0.1,
	} {
		got, err := Share(in)
		if err != nil || math.Abs(got-want) > 1e-12 {
			t.Errorf("Share(%q) = %v, %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"x", "%", "1.01", "101%", "-1", "-1%", "NaN", "nan%", "Inf", "10%%", "1,5", "10 percent"} {
		if got, err := Share(in); errkind.Of(err) != errkind.Usage || errkind.Hint(err) != "write 10% or 0.1" {
			t.Errorf("Share(%q) = %v, %v with hint %q, want an error of wrong use with a hint", in, got, err, errkind.Hint(err))
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
		if got := SortKey(name); got != want {
			t.Errorf("%q sorts by %q, want %q", name, got, want)
		}
	}
}

// Numbers stay numbers, what is unknown is empty, and bounds stand beside.
func TestListAsCSV(t *testing.T) {
	t.Parallel()
	columns := picked(t, Form{}, strings.Split("project,class,bytes,bytes_lower,bytes_upper,share,commits,authors,authors_lower,last_activity,adopted,repositories,focus_area", ",")...)
	var b strings.Builder
	rows := []usage.Row{rowOf(`=cmd|"x",A1`)}
	if err := csv.Write(&b, strings.Fields(namesOf(columns)), Values(Records(rows, columns))); err != nil {
		t.Fatal(err)
	}
	lines, err := stdcsv.NewReader(strings.NewReader(b.String())).ReadAll()
	want := []string{`'=cmd|"x",A1`, "core", "1234", "1234", "", "0.5", "7", "", "0", "2025-01-02", "never", "2", ""}
	if err != nil || len(lines) != 2 || !slices.Equal(lines[1], want) {
		t.Errorf("%v: %q, want %q", err, lines, want)
	}
}
