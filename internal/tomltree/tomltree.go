// Package tomltree reads untrusted TOML, the one way in which any is read here: a text
// that would keep the decoder busy is refused before it is decoded.
package tomltree

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/pelletier/go-toml/v2"

	"assay/internal/limit"
)

// ErrTooManyKeys says that a document was refused for its number of keys.
var ErrTooManyKeys = errors.New("has more keys than a document of its kind could")

// Load decodes a TOML document. One whose keys would keep the decoder busy is refused
// before it is decoded.
func Load(data []byte) (map[string]any, error) {
	// Each part of a key costs an equals sign, a dot or a bracket. Those in
	// strings make the count too high, and nothing makes it too low.
	keys := 0
	for _, mark := range []string{"=", ".", "["} {
		keys += bytes.Count(data, []byte(mark))
	}
	if keys > limit.TomlKeys {
		return nil, ErrTooManyKeys
	}
	var t map[string]any
	if err := toml.Unmarshal(data, &t); err != nil {
		if at, ok := errors.AsType[*toml.DecodeError](err); ok {
			line, _ := at.Position()
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		return nil, err
	}
	return t, nil
}
