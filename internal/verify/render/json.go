package render

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"assay/internal/sanitize"
	"assay/internal/verify"
)

// version of the JSON. Fields are added without a new one.
const version = 1

//go:embed schema.json
var schema []byte

// Schema is the JSON Schema (draft 2020-12) of what [JSON] writes.
func Schema() []byte { return slices.Clone(schema) }

// document is a result as JSON.
type document struct {
	// Version of the format.
	Version int `json:"version"`
	// Counts is how many claims have each verdict.
	Counts map[verify.Verdict]int `json:"counts"`
	verify.Result
}

// JSON writes the result, indented, with its version and the number of claims
// of each verdict. It fails when w does.
func JSON(w io.Writer, r *verify.Result) error {
	d := document{Version: version, Counts: map[verify.Verdict]int{}, Result: *r}
	for _, v := range verify.Verdicts() {
		d.Counts[v] = r.Count(v)
	}
	// Programs expect lists, also of nothing.
	if d.Claims == nil {
		d.Claims = []verify.Claim{}
	}
	if d.Findings == nil {
		d.Findings = []verify.Finding{}
	}
	text, err := indented(d)
	if err != nil {
		return err
	}
	return put(w, "JSON", text)
}

// indented is a value as JSON that may be looked at in a terminal.
func indented(v any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return "", fmt.Errorf("the result as JSON: %w", err)
	}
	return sanitize.JSON(b.String()), nil
}
