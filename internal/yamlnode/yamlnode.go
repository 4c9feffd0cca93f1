// Package yamlnode reads untrusted YAML, the one way in which any is read here:
// bounded in depth and in number of nodes, and with a panic of the library turned
// into an error. [Load] gives the library's tree of nodes, with their lines and
// with aliases not followed; [Decode] fills a value of ours, and bounds what
// aliases make of the text before it follows one.
package yamlnode

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// Limits bound what the library is given. A node costs it some hundred bytes,
// and a file of commas is all nodes, so the places at which a node can begin
// are counted before it starts.
type Limits struct {
	Depth int // of nesting
	Marks int // places at which a node can begin
}

// An Error says where and why a text is no YAML that we read. Line and Column
// count from 1 and are 0 when unknown.
type Error struct {
	Line, Column int
	Message      string
	// TooMuch: the text is beyond the limits.
	TooMuch bool
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Message)
}

// Load reads the first document of data. An empty text gives a node without
// content. The error is an *Error.
func Load(data []byte, limits Limits) (root *yaml.Node, err error) {
	if marks(data) > limits.Marks {
		return nil, &Error{Message: fmt.Sprintf("more than %d YAML entries", limits.Marks), TooMuch: true}
	}
	// The library is not ours and its input is hostile: a panic costs this text.
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, &Error{Message: "the YAML cannot be read"}
		}
	}()
	tooDeep := fmt.Errorf("nested more than %d deep", limits.Depth)
	plugin := loaderlimits.New(loaderlimits.DepthFunc(func(depth int, _ *loaderlimits.DepthContext) error {
		if depth > limits.Depth {
			return tooDeep
		}
		return nil
	}))
	var doc yaml.Node
	lines := linesOf(data)
	if err := yaml.Load(data, &doc, yaml.WithV4Defaults(), yaml.WithPlugin(plugin)); err != nil {
		e := explain(err, tooDeep)
		e.Line = lines.of(e.Line)
		return nil, e
	}
	lines.mend(&doc)
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 {
		return doc.Content[0], nil
	}
	return &doc, nil
}

// Decode reads the first document of data into the value that into points to, and
// gives its root as [Load] does. A field that into does not have is an error. What
// aliases and merge keys repeat counts each time: of a text that they make larger
// than the limits nothing is filled in. The error is an *Error where the text is
// no YAML that we read, and the library's where it does not fit into.
func Decode(data []byte, limits Limits, into any) (root *yaml.Node, err error) {
	root, err = Load(data, limits)
	if err != nil || root.Kind == 0 {
		return root, err
	}
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, &Error{Message: "the YAML cannot be read"}
		}
	}()
	w := scale{most: limits.Marks, known: map[*yaml.Node]int{}}
	if w.weigh(root) > limits.Marks {
		return nil, &Error{Message: fmt.Sprintf("more than %d YAML entries, when its aliases are followed", limits.Marks), TooMuch: true}
	}
	if err := unique(root); err != nil {
		return nil, err
	}
	return root, root.Load(into, yaml.WithV4Defaults(), yaml.WithKnownFields(), yaml.WithUniqueKeys(false))
}

// unique refuses a mapping that has a key twice. The library compares each key
// with every other, which takes seconds for some thousand.
func unique(n *yaml.Node) error {
	if n.Kind == yaml.MappingNode {
		lines := make(map[string]int, len(n.Content)/2)
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			if key.Kind != yaml.ScalarNode {
				return &Error{Line: key.Line, Column: key.Column, Message: "a key is no text"}
			}
			if line, twice := lines[key.Value]; twice {
				return &Error{Line: key.Line, Column: key.Column, Message: fmt.Sprintf("mapping key %q already defined at line %d", key.Value, line)}
			}
			lines[key.Value] = key.Line
		}
	}
	for _, part := range n.Content {
		if err := unique(part); err != nil {
			return err
		}
	}
	return nil
}

// A scale counts nodes, every alias followed.
type scale struct {
	most  int
	known map[*yaml.Node]int // of nodes with an anchor; those being counted weigh more than most
}

// weigh is how many nodes n stands for; more than most, when there are more or
// when n is part of itself.
func (s *scale) weigh(n *yaml.Node) int {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n == nil {
		return 1
	}
	if weight, ok := s.known[n]; ok {
		return weight
	}
	if n.Anchor != "" {
		s.known[n] = s.most + 1
	}
	sum := 1
	for _, part := range n.Content {
		if sum += s.weigh(part); sum > s.most {
			sum = s.most + 1
			break
		}
	}
	if n.Anchor != "" {
		s.known[n] = sum
	}
	return sum
}

// explain is the library's error in our form.
func explain(err, tooDeep error) *Error {
	e := &Error{Message: err.Error()}
	if at, ok := errors.AsType[*yaml.LoadError](err); ok {
		e.Line, e.Column, e.Message = at.Mark.Line, at.Mark.Column, at.Message
	}
	if errors.Is(err, tooDeep) || strings.Contains(err.Error(), tooDeep.Error()) {
		e.Message, e.TooMuch = tooDeep.Error(), true
	}
	return e
}

// marks counts the places at which a node can begin: line breaks, commas,
// opening brackets, and "- ", ": ", "? ".
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
		case 0x85, 0xa8, 0xa9: // the ends of U+0085, U+2028, U+2029: line breaks too
			if i > 0 && (data[i-1] == 0xc2 || data[i-1] == 0x80) {
				n++
			}
		}
	}
	return n
}

// A Field is an entry of a mapping.
type Field struct {
	Name  string
	Line  int
	Value *yaml.Node
}

// Fields lists the entries of a mapping with a plain key; none when n is
// something else.
func Fields(n *yaml.Node) []Field {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	out := make([]Field, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := n.Content[i]; key.Kind == yaml.ScalarNode {
			out = append(out, Field{key.Value, key.Line, n.Content[i+1]})
		}
	}
	return out
}

// Items lists the elements of a sequence; none when n is something else.
func Items(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

// Text is the text of a scalar; "" when n is null or something else.
func Text(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		return ""
	}
	return n.Value
}
