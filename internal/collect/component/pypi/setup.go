package pypi

import (
	"bytes"
	"slices"
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
)

// config reads a setup.cfg.
func config(data []byte, out *fact.Component) {
	ini := readINI(data)
	out.Name = plain(ini["metadata.name"])
	if out.Name != "" {
		out.Line = manifest.LineOf(data, "metadata", "name")
	}
	out.Version = plain(ini["metadata.version"])
	out.Description = plain(firstOf(ini, "metadata.description", "metadata.summary"))
	out.License = shortLicence(plain(ini["metadata.license"]))
	out.MinVersion = plain(firstOf(ini, "options.python_requires", "options.python-requires", "metadata.requires_python", "metadata.requires-python",
		"metadata.python_requires", "metadata.python-requires"))
	out.Targets = iniCommands(ini, "options.entry_points.")
	out.Published = published(strings.FieldsFunc(firstOf(ini, "metadata.classifiers", "metadata.classifier"),
		func(r rune) bool { return r == '\n' }))
}

// iniCommands are the commands among entry points: of the sections of their groups
// when prefix is "", else of its keys.
func iniCommands(ini map[string]string, prefix string) []string {
	var all []string
	for _, group := range scriptGroups {
		if prefix != "" {
			all = append(all, commandNames(strings.Split(ini[prefix+group], "\n"))...)
			continue
		}
		for key := range ini {
			if name, ok := strings.CutPrefix(key, group+"."); ok {
				all = append(all, name)
			}
		}
	}
	slices.Sort(all)
	return all
}

// plain is the value itself, "" when it is a direction to find it elsewhere.
func plain(value string) string {
	if strings.HasPrefix(value, "attr:") || strings.HasPrefix(value, "file:") {
		return ""
	}
	return value
}

func firstOf(ini map[string]string, keys ...string) string {
	for _, k := range keys {
		if v := ini[k]; v != "" {
			return v
		}
	}
	return ""
}

// readINI reads an INI file as Python's configparser does, by "section.key".
// Further lines of a value, indented, are joined with line breaks.
func readINI(data []byte) map[string]string {
	values := map[string]*strings.Builder{}
	section, key := "", ""
	for text := range bytes.Lines(data) {
		line := strings.TrimSpace(string(text))
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
			continue
		case key != "" && (text[0] == ' ' || text[0] == '\t'):
			values[key].WriteString("\n" + line)
			continue
		case line[0] == '[':
			section, _, _ = strings.Cut(line[1:], "]")
			key = ""
			continue
		}
		i := strings.IndexAny(line, "=:")
		if i < 0 {
			key = ""
			continue
		}
		key = section + "." + iniKey(section, strings.TrimSpace(line[:i]))
		values[key] = &strings.Builder{}
		values[key].WriteString(strings.TrimSpace(line[i+1:]))
	}
	all := make(map[string]string, len(values))
	for k, v := range values {
		all[k] = strings.TrimSpace(v.String())
	}
	return all
}

// iniKey is a key as it is looked up: names of commands keep their case.
func iniKey(section, key string) string {
	if slices.Contains(scriptGroups, section) {
		return key
	}
	return strings.ToLower(key)
}
