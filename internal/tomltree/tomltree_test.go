package tomltree

import (
	"errors"
	"strings"
	"testing"

	"assay/internal/limit"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	if doc, err := Load([]byte("[a]\nb = 'c'\n")); err != nil || doc["a"].(map[string]any)["b"] != "c" { //nolint:forcetypeassert // a panic fails it, too
		t.Errorf("%v, error %v", doc, err)
	}
	if _, err := Load([]byte("a = 1\nb\n")); err == nil || !strings.HasPrefix(err.Error(), "line 2: ") {
		t.Errorf("error %v", err)
	}
	for _, part := range []string{"[[a]]\n", "a.b0 = 1\n", "a = 1\n"} {
		if _, err := Load([]byte(strings.Repeat(part, limit.TomlKeys+1))); !errors.Is(err, ErrTooManyKeys) {
			t.Errorf("%q repeated: error %v", part, err)
		}
	}
}
