package describe

import (
	"fmt"
	"strings"

	"assay/internal/dataset"
	"assay/internal/finding/words"
	"assay/internal/sanitize"
)

// Readme says to people what the export is, how its files are written and read, and
// what its tables hold.
func Readme(x *Export) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Findings of Assay as of %s\n\n", x.Head.Survey.AsOf)
	fmt.Fprintf(&b, "Landscape: %s, at %s. Figures of projects are over the scope *%s*.\n%s\n\n",
		verbatim(x.landscape()), verbatim(x.Head.Survey.Landscape.Evidence.String()), x.Head.Scope, x.Head.Coverage.Words())
	fmt.Fprintf(&b, "## How the files are written\n\n")
	for _, rule := range rules(x.Format) {
		fmt.Fprintf(&b, "- %s\n", Words(rule))
	}
	fmt.Fprintf(&b, "- The same facts give the same bytes. `%s` has the sums of all files; `sha256sum -c %s` checks them.\n\n", SumsFile, SumsFile)
	fmt.Fprintf(&b, "## How to read them\n\n%s\n%s\n\n## Tables\n\n", strings.ReplaceAll(reading(x), "'''", "```"), Bounds)
	b.WriteString("| table | rows | file |\n| --- | ---: | --- |\n")
	for i := range x.Tables {
		t := &x.Tables[i]
		fmt.Fprintf(&b, "| [%s](#%s) | %s | [%s](%s) |\n", Words(t.Name), t.Name, words.Number(t.Rows), Words(t.File), t.File)
	}
	b.WriteString("\n")
	tables := make([]*dataset.Table, 0, len(x.Tables))
	for i := range x.Tables {
		tables = append(tables, x.Tables[i].Table)
	}
	b.WriteString(Dictionary(tables, 3))
	return []byte(strings.TrimRight(b.String(), "\n") + "\n")
}

// reading says how programs read the files, with the first table as the example.
func reading(x *Export) string {
	t := &x.Tables[0]
	s := fmt.Sprintf("DuckDB, with types, keys and meanings:\n\n'''sh\nduckdb assay.duckdb -c '.read %s'\n'''\n\npandas:\n\n'''python\n", LoadFile)
	switch x.Format {
	case CSV:
		s += fmt.Sprintf("pd.read_csv(%q, keep_default_na=False, na_values=[\"\"])\n'''\n\n"+
			"A spreadsheet opens the files as they are; tell it that they are UTF-8, parted by commas.\n", t.File)
	case JSONL:
		s += fmt.Sprintf("pd.read_json(%q, lines=True)\n'''\n", t.File)
	case Parquet:
		s += fmt.Sprintf("pd.read_parquet(%q)\n'''\n", t.File)
	case SQLite:
		s += fmt.Sprintf("pd.read_sql(\"select * from %s\", sqlite3.connect(%q))\n'''\n", t.Name, t.File) //nolint:unqueryvet // a person looks at a table
	}
	return s + fmt.Sprintf("\n`%s` (Frictionless) and `%s` (Croissant, schema.org) say the same to programs.\n", PackageFile, CroissantFile)
}

// verbatim is a text from outside as code, in which no Markdown is seen.
func verbatim(s string) string { return "`" + strings.ReplaceAll(sanitize.Text(s), "`", "'") + "`" }

// Sums are the sums of files, as sha256sum reads them.
func Sums(names []string, sums map[string]string) []byte {
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, "%s  %s\n", sums[name], name)
	}
	return []byte(b.String())
}
