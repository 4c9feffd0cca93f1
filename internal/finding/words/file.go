package words

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// longName is how many bytes the name of a file has at most, and its parts.
const longName = 80

// File makes a name the name of a file: what is no plain letter, digit, dot or dash
// becomes a dash, and a long one is cut. Where that loses something, a sum of the whole
// keeps names apart.
func File(name string) string {
	plain := strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune(".-_+~", r):
			return r
		}
		return '-'
	}, name), ".")
	if plain == name && len(name) <= longName && name != "" {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return plain[:min(len(plain), longName)] + "-" + hex.EncodeToString(sum[:4])
}

// spelled are signs in the names of languages, as words.
var spelled = strings.NewReplacer("#", "sharp", "+", "p", "*", "star")

// LanguageFile makes the name of a language part of the name of a file: "cpp" of C++.
// Languages of which it is the same are told apart by whoever has several.
func LanguageFile(language string) string {
	parts := strings.FieldsFunc(strings.ToLower(spelled.Replace(language)), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	name := strings.Join(parts, "-")
	if name == "" {
		return "language"
	}
	return name[:min(len(name), longName)]
}
