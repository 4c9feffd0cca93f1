package yamlnode

import (
	"testing"

	"go.yaml.in/yaml/v4"
)

// Whatever the text is, it is a bounded tree or an error of ours.
func FuzzLoad(f *testing.F) {
	for _, text := range []string{"a: [1, {b: c}]\n", "a: &x [1]\nb: *x\n", "? a\n: - b\n", "- - - -\n", "a: |\n  b\n", "%YAML 1.2\n---\n!!binary x", "\ufeffa: 'b"} {
		f.Add([]byte(text))
	}
	limits := Limits{Depth: 20, Marks: 1000}
	f.Fuzz(func(t *testing.T, data []byte) {
		root, err := Load(data, limits)
		if err != nil {
			if _, ok := err.(*Error); !ok { //nolint:errorlint // not wrapped, by its contract
				t.Errorf("an error of type %T: %v", err, err)
			}
			return
		}
		if depth := depthOf(root); depth > limits.Depth+1 {
			t.Errorf("%d deep", depth)
		}
	})
}

func depthOf(n *yaml.Node) int {
	deepest := 0
	for _, child := range n.Content {
		deepest = max(deepest, depthOf(child))
	}
	return deepest + 1
}
