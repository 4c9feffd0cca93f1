package catalog

import (
	"errors"

	"go.yaml.in/yaml/v4"

	"assay/internal/errkind"
	"assay/internal/limit"
	"assay/internal/yamlnode"
)

// A text is a scalar of a YAML file and the line it starts on.
type text struct {
	value string
	line  int
}

// parseYAML reads the first document of data. Aliases are left as they are:
// the lists have none, and following them is the usual way to make a small
// file large.
func parseYAML(data []byte) (*yaml.Node, error) {
	root, err := yamlnode.Load(data, yamlnode.Limits{Depth: limit.ListDepth, Marks: limit.ListMarks})
	var at *yamlnode.Error
	switch {
	case err == nil:
		return root, nil
	case errors.As(err, &at) && at.TooMuch:
		return nil, errkind.Errorf(errkind.Limit, "%w", err)
	}
	return nil, errkind.Errorf(errkind.Input, "not readable as YAML: %w", err)
}

// scalar is the text of n; the zero text when n is null or no scalar.
func scalar(n *yaml.Node) text {
	if n == nil || n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		return text{}
	}
	return text{n.Value, n.Line}
}
