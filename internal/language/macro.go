package language

import (
	"bytes"
	"slices"
	"strings"
)

// attributesName is the file in which a repository may define macros: the
// outermost. Git does not look for them in others.
const attributesName = ".gitattributes"

// macros are the attributes that stand for several others, by name.
type macros map[string][]setting

// macroMark begins the line of a macro.
const macroMark = "[attr]"

// parseMacros reads the macros of a .gitattributes file, and works out what each
// gives, with the macros that it names in turn. Of several definitions of a name
// the last holds.
func parseMacros(content []byte) macros {
	raw := macros{}
	if !bytes.Contains(content, []byte(macroMark)) {
		return raw
	}
	for line := range bytes.Lines(attributesText(content)) {
		pattern, set := parseRule(string(line))
		if name, ok := strings.CutPrefix(pattern, macroMark); ok && validAttribute(name) {
			raw[name] = set
		}
	}
	flat := macros{}
	for name := range raw {
		raw.flatten(name, flat)
	}
	return flat
}

// flatten works out what the macro name gives into flat. One that leads back to
// itself gives nothing there, as with git.
func (m macros) flatten(name string, flat macros) []setting {
	if done, ok := flat[name]; ok {
		return done
	}
	flat[name] = nil
	var all []setting
	for _, s := range m[name] {
		all = append(all, s)
		if _, ok := m[s.name]; ok && s.isSet() {
			all = append(all, m.flatten(s.name, flat)...)
		}
	}
	flat[name] = heeded(all)
	return flat[name]
}

// expand puts what macros give in their places among settings, and keeps those
// that linguist heeds.
func (m macros) expand(set []setting) []setting {
	var all []setting
	for _, s := range set {
		all = append(all, s)
		if s.isSet() {
			all = append(all, m[s.name]...)
		}
	}
	return heeded(all)
}

// isSet reports whether the attribute has the state "set", for which alone a
// macro stands for others.
func (s setting) isSet() bool { return s.state && s.value == "true" }

// heeded are the settings that are heeded, each once: the last holds.
func heeded(set []setting) []setting {
	var all []setting
	for _, s := range slices.Backward(set) {
		switch s.name {
		case "linguist-vendored", "linguist-generated", "linguist-documentation", "linguist-detectable", "linguist-language", "filter":
			if !slices.ContainsFunc(all, func(later setting) bool { return later.name == s.name }) {
				all = append(all, s)
			}
		}
	}
	slices.Reverse(all)
	return all
}
