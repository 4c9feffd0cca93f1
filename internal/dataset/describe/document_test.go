package describe

import (
	"flag"
	"os"
	"strings"
	"testing"

	"assay/internal/dataset"
)

var update = flag.Bool("update", false, "write docs/dictionary.md anew")

const document = "../../../docs/dictionary.md"

// page is the dictionary as a page of the documentation.
func page() string {
	return `# Dictionary

The tables that ` + "`assay export -o DIR`" + ` writes, and what their columns mean; ` + "`assay dictionary`" + ` prints the same. The types of rows of package
` + "`internal/dataset`" + ` are the source of it; ` + "`go test ./internal/dataset/describe -update`" + ` writes this page. [data.md](data.md) says how to use an export.

` + Bounds + `

*or null*: the value is unknown, or there is none, as the meaning says. 0 and an empty list are something else: none, and known.

` + strings.TrimRight(Dictionary(dataset.Dictionary(), 2), "\n") + "\n"
}

// The document says what the dictionary does.
func TestDocument(t *testing.T) {
	t.Parallel()
	want := page()
	if *update {
		if err := os.WriteFile(document, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/dictionary.md is not what the dictionary says: go test ./internal/dataset/describe -update")
	}
}
