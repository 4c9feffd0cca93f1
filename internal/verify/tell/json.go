package tell

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

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
	return escapeHidden(b.String()), nil
}

// escapeHidden writes characters that could steer a terminal as JSON escapes.
// They stand in strings only: outside, there is no other than the line end.
func escapeHidden(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r == '\n' || !unicode.In(r, unicode.Cc, unicode.Cf):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
