package manifest

import (
	"encoding/json"
	"errors"
	"fmt"

	"assay/internal/tomltree"
)

// A Table is a decoded TOML table or JSON object. Its getters give the zero
// value for what is absent or of another type than expected, so that one odd
// field costs that field only. They work on a nil Table.
type Table map[string]any

// ErrTooManyKeys says that a TOML document was refused for its number of keys.
var ErrTooManyKeys = tomltree.ErrTooManyKeys

// TOML decodes a TOML document.
func TOML(data []byte) (Table, error) {
	t, err := tomltree.Load(data)
	return t, err
}

// JSON decodes a JSON object. The standard decoder bounds the depth.
func JSON(data []byte) (Table, error) {
	var t map[string]any
	if err := json.Unmarshal(data, &t); err != nil {
		if at, ok := errors.AsType[*json.SyntaxError](err); ok {
			return nil, fmt.Errorf("line %d: %w", LineAt(data, int(at.Offset)), err)
		}
		return nil, err
	}
	return t, nil
}

// Table follows keys through nested tables; nil when one is missing.
func (t Table) Table(keys ...string) Table {
	for _, k := range keys {
		t = asTable(t[k])
	}
	return t
}

// String is the text at key.
func (t Table) String(key string) string {
	s, _ := t[key].(string)
	return s
}

// Bool is the truth value at key, nil when there is none.
func (t Table) Bool(key string) *bool {
	if b, ok := t[key].(bool); ok {
		return &b
	}
	return nil
}

// Is reports whether the value at key is true.
func (t Table) Is(key string) bool {
	b := t.Bool(key)
	return b != nil && *b
}

// Strings is the list of texts at key; what is no text in it is left out. A
// lone text counts as a list of one.
func (t Table) Strings(key string) []string {
	if s, ok := t[key].(string); ok {
		return []string{s}
	}
	list, _ := t[key].([]any)
	var all []string
	for _, v := range list {
		if s, ok := v.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// Tables is the list of tables at key.
func (t Table) Tables(key string) []Table {
	list, _ := t[key].([]any)
	var all []Table
	for _, v := range list {
		if table := asTable(v); table != nil {
			all = append(all, table)
		}
	}
	return all
}

func asTable(v any) Table {
	m, _ := v.(map[string]any)
	return m
}
