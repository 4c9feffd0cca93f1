package language

import (
	"bytes"
	"maps"
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

// parseMacros reads the macros of a .gitattributes file: those that give something that
// linguist heeds, by themselves or by the macros that they name. Of several definitions
// of a name the last holds.
func parseMacros(content []byte) macros {
	all := macros{}
	if !bytes.Contains(content, []byte(macroMark)) {
		return all
	}
	for line := range bytes.Lines(attributesText(content)) {
		pattern, set := parseRule(string(line))
		if name, ok := strings.CutPrefix(pattern, macroMark); ok && validAttribute(name) {
			all[name] = set
		}
	}
	all.reduce()
	return all
}

// reduce leaves out the macros that give nothing that is heeded.
func (m macros) reduce() {
	users := map[string][]string{} // of each attribute, the macros that set it
	for name, set := range m {
		for _, s := range set {
			if s.isSet() || isHeeded(s.name) {
				users[s.name] = append(users[s.name], name)
			}
		}
	}
	useful := map[string]bool{}
	todo := slices.Clone(heededNames)
	for len(todo) > 0 {
		name := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, user := range users[name] {
			if !useful[user] {
				useful[user] = true
				todo = append(todo, user)
			}
		}
	}
	maps.DeleteFunc(m, func(name string, _ []setting) bool { return !useful[name] })
}

// gives reports whether something among settings is heeded, or a macro that gives such.
func (m macros) gives(set []setting) bool {
	return slices.ContainsFunc(set, func(s setting) bool { return isHeeded(s.name) || s.isSet() && m[s.name] != nil })
}

// expand puts what macros give in their places among settings, and keeps those
// that are heeded, each once: the last holds. It goes backwards as git does, so that a
// macro that leads back to itself gives the same wherever one begins. It takes its steps
// from room; where there are none left it is not ok.
func (m macros) expand(set []setting, room *int) (all []setting, ok bool) {
	known := map[string]bool{}
	var fill func(set []setting)
	fill = func(set []setting) {
		for _, s := range slices.Backward(set) {
			if *room--; *room < 0 {
				return
			}
			if known[s.name] {
				continue
			}
			known[s.name] = true
			if isHeeded(s.name) {
				all = append(all, s)
			}
			if s.isSet() {
				fill(m[s.name])
			}
		}
	}
	fill(set)
	slices.Reverse(all)
	return all, *room >= 0
}

// isSet reports whether the attribute has the state "set", for which alone a
// macro stands for others.
func (s setting) isSet() bool { return s.state && s.value == "true" }

// heededNames are the attributes that are heeded.
var heededNames = []string{
	"linguist-vendored", "linguist-generated", "linguist-documentation", "linguist-detectable", "linguist-language", "filter",
}

func isHeeded(name string) bool { return slices.Contains(heededNames, name) }
