package catalog

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"assay/internal/errkind"
)

// The bounds on a list. The parser's tree costs some hundred bytes a node, and
// a list of all the CNCF's projects has less than ten thousand nodes.
const (
	deepest   = 32
	mostMarks = 300_000
)

var errDeep = fmt.Errorf("nested more than %d deep", deepest)

// A text is a scalar of a YAML file and the line it starts on.
type text struct {
	value string
	line  int
}

// A field is one entry of a mapping.
type field struct {
	name  string
	line  int
	value *yaml.Node
}

// parseYAML reads the first document of data. Aliases are left as they are:
// the lists have none, and following them is the usual way to make a small
// file large.
func parseYAML(data []byte) (root *yaml.Node, err error) {
	if marks(data) > mostMarks {
		return nil, errkind.Errorf(errkind.Limit, "more than %d YAML entries", mostMarks)
	}
	// The parser is not ours and its input is; a panic of it costs this source.
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, errkind.Errorf(errkind.Input, "not readable as YAML")
		}
	}()
	limits := loaderlimits.New(loaderlimits.DepthFunc(func(depth int, _ *loaderlimits.DepthContext) error {
		if depth > deepest {
			return errDeep
		}
		return nil
	}))
	var doc yaml.Node
	if err := yaml.Load(data, &doc, yaml.WithV4Defaults(), yaml.WithPlugin(limits)); err != nil {
		return nil, yamlError(err)
	}
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 {
		return doc.Content[0], nil
	}
	return &doc, nil
}

// yamlError is the parser's error in one line with its place.
func yamlError(err error) error {
	if errors.Is(err, errDeep) || strings.Contains(err.Error(), errDeep.Error()) {
		return errkind.Errorf(errkind.Limit, "%w", errDeep)
	}
	var at *yaml.LoadError
	if errors.As(err, &at) {
		return errkind.Errorf(errkind.Input, "not readable as YAML: line %d: %q", at.Mark.Line, at.Message)
	}
	return errkind.Errorf(errkind.Input, "not readable as YAML: %q", err.Error())
}

// marks counts, roughly and from above, the places where a node can begin.
func marks(data []byte) int {
	n := 0
	for i, c := range data {
		switch c {
		case '\n', '\r', ',', '[', '{':
			n++
		case ' ', '\t':
			if i > 0 && (data[i-1] == '-' || data[i-1] == ':' || data[i-1] == '?') {
				n++
			}
		}
	}
	return n
}

// fields lists the entries of a mapping; none when n is something else.
func fields(n *yaml.Node) []field {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	out := make([]field, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := n.Content[i]; key.Kind == yaml.ScalarNode {
			out = append(out, field{key.Value, key.Line, n.Content[i+1]})
		}
	}
	return out
}

// items lists the elements of a sequence; none when n is something else.
func items(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

// scalar is the text of n; the zero text when n is null or no scalar.
func scalar(n *yaml.Node) text {
	if n == nil || n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		return text{}
	}
	return text{n.Value, n.Line}
}
