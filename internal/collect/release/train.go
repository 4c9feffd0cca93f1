package release

import (
	"strings"

	"assay/internal/lazyregexp"
)

// trains matches a release of a train that has a name and no number, as those of
// Spring: Hoxton.RELEASE, Hoxton.SR12, Hoxton.M1. Their names follow the alphabet.
var trains = lazyregexp.New(
	`^(?:[vV]|(?i:release)[-/])?(([A-Z][a-z]+)[.-](?:(?i:RELEASE|GA|(SR|SP|RC|M|BUILD-SNAPSHOT))(\d*)))$`)

// train reads a name as that of a train's release. Its number is the name, and
// that of the service release.
func train(name string) (r reading, ok bool) {
	m := trains.FindStringSubmatch(name)
	if m == nil || has(whole, m[2]) || isEarly(strings.ToLower(m[2])) {
		return reading{}, false
	}
	kind, n := strings.ToUpper(m[3]), strings.TrimLeft(m[4], "0")
	switch {
	case kind != "" && kind != "BUILD-SNAPSHOT" && m[4] == "", kind == "" && (m[4] != "" || !strings.Contains(m[1], ".")):
		return reading{}, false // Pre-GA is no train
	case kind == "" || kind == "SR" || kind == "SP":
		return reading{text: m[1], number: []string{strings.ToLower(m[2]), n}}, true
	}
	early := suffix{sense: pre, key: key(strings.ToLower(kind + m[4]))}
	early.stem = early.key
	return reading{text: m[1], number: []string{strings.ToLower(m[2])}, suffix: early, pre: true}, true
}
