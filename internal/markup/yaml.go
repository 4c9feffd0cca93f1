package markup

import (
	"bytes"
	"errors"

	"go.yaml.in/yaml/v4"

	"assay/internal/errkind"
	"assay/internal/limit"
	"assay/internal/yamlnode"
)

// YAML reads a text of rows and fields into a tree with lines; nil for an empty
// one. Anchors are not followed, so that no text grows. What is too large is
// errkind.Limit, what is no YAML errkind.Input.
func YAML(data []byte) (*yaml.Node, error) {
	if len(data) > limit.YamlBytes {
		return nil, errkind.Errorf(errkind.Limit, "the YAML text is too large")
	}
	root, err := yamlnode.Load(data, yamlnode.Limits{Depth: limit.YamlDepth, Marks: limit.YamlMarks})
	var at *yamlnode.Error
	switch {
	case err == nil:
		return root, nil
	case errors.As(err, &at) && at.TooMuch:
		return nil, errkind.Errorf(errkind.Limit, "the YAML text is too large or too deeply nested")
	}
	return nil, errkind.Errorf(errkind.Input, "not YAML: %s", Shorten(Clean(err.Error()), 200))
}

// DataOfJSON gives the text of a document in JSON as [YAML] reads it: JSON may be
// indented with tabs, YAML may not.
func DataOfJSON(data []byte) []byte { return bytes.ReplaceAll(data, []byte{'\t'}, []byte{' '}) }
