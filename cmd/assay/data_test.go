package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sqlBlock matches a question in a page of Markdown.
var sqlBlock = regexp.MustCompile("(?s)```sql\n(.*?)```")

// TestDataQuestions asks every question of docs/data.md of what the program carries: each
// has an answer of at least a row.
func TestDataQuestions(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "data.md"))
	if err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("assay") // TestMain put it there
	if err != nil {
		t.Fatal(err)
	}
	home, questions := t.TempDir(), sqlBlock.FindAllStringSubmatch(string(page), -1)
	if len(questions) < 10 {
		t.Errorf("docs/data.md has %d questions: are they still found?", len(questions))
	}
	for _, q := range questions {
		cmd := exec.CommandContext(t.Context(), program, "query", "-", "--as-of", "2025-12-10", "--format", "csv")
		cmd.Stdin, cmd.Env = strings.NewReader(q[1]), []string{"HOME=" + home, "ASSAY_CONFIG=" + os.DevNull, "GORACE=" + promptExit}
		out, err := cmd.Output()
		if err != nil || strings.Count(string(out), "\n") < 2 {
			t.Errorf("%s\n%v: %s", q[1], err, out)
		}
	}
}
