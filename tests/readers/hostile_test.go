package readers

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// harmful are texts that somebody might write to harm who reads an export.
var harmful = []string{
	"=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "%0A", "'quoted", "''", "\t=1", "\r\n=1", " =1", "＝1", "a;=1", "a,\"b\"\r\nc",
	"\x1b[31mred\x1b]0;title\a", "\u009b31m", "\u202eright", "\u200b\ufeff\U000e0041", `\u001b`, "\\\x1b", "a\x00b",
	"Robert'); DROP TABLE project;--", `"; DROP TABLE "project"; --`, "$(rm -rf /)", "**bold** <script>alert(1)</script>",
	"| a | b |", "NULL", "null", "[]", "{}", "0", "true", "2025-01-01", "NaN", strings.Repeat("long ", 500), "🦀 é 鉄",
}

// hostile surveys a landscape whose projects are called and described by these texts.
func hostile(t *testing.T, assay string) string {
	t.Helper()
	dir := t.TempDir()
	var items strings.Builder
	for i, text := range harmful {
		quoted := asYAML(text)
		fmt.Fprintf(&items, `          - item:
            name: %s
            description: %s
            homepage_url: %s
            project: sandbox
            repo_url: https://code.example/evil/p%d
            extra:
              lfx_slug: %s
              audits: [{date: "2024-01-02", vendor: %s, type: %s, url: %s}]
`, quoted, quoted, quoted, i, quoted, quoted, quoted, quoted)
	}
	landscape := "landscape:\n  - category:\n    name: " + asYAML("=1+1") + "\n    subcategories:\n      - subcategory:\n" +
		"        name: " + asYAML("\x1b[1m@") + "\n        items:\n" + items.String()
	path := filepath.Join(dir, "landscape.yml")
	if err := os.WriteFile(path, []byte(landscape), 0o600); err != nil {
		t.Fatal(err)
	}
	store := filepath.Join(dir, "facts.db")
	run(t, dir, assay, "survey", "--landscape", path, "--as-of", "2025-06-30", "--mirror-from", dir, "--mirrors", filepath.Join(dir, "own"),
		"--offline", "--store", store)
	return store
}

// asYAML is a text in YAML, with every character that is not plain as an escape.
func asYAML(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case strconv.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return `"` + b.String() + `"`
}
