package pypi

import (
	"bytes"
	"regexp"
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
	"assay/internal/limit"
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
	out.License = plain(ini["metadata.license"])
	out.MinVersion = plain(firstOf(ini, "options.python_requires", "metadata.requires-python"))
	for _, key := range []string{"console_scripts", "gui_scripts"} {
		for line := range strings.Lines(ini["options.entry_points."+key]) {
			if name, _, ok := strings.Cut(line, "="); ok {
				out.Targets = append(out.Targets, strings.TrimSpace(name))
			}
		}
	}
	out.Published = published(strings.FieldsFunc(firstOf(ini, "metadata.classifiers", "metadata.classifier"),
		func(r rune) bool { return r == '\n' }))
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
		key = section + "." + strings.ToLower(strings.TrimSpace(line[:i]))
		values[key] = &strings.Builder{}
		values[key].WriteString(strings.TrimSpace(line[i+1:]))
	}
	all := make(map[string]string, len(values))
	for k, v := range values {
		all[k] = strings.TrimSpace(v.String())
	}
	return all
}

// Keyword arguments of setup, and the start of the call.
var (
	setupCall = regexp.MustCompile(`(?m)^[ \t]*(?:setuptools\.|distutils\.core\.|core\.)?setup[ \t]*\(`)
	argument  = regexp.MustCompile(`\b(name|version|python_requires|license|description)[ \t]*=[ \t]*(?:"([^"\n\\]*)"|'([^'\n\\]*)')?`)
)

// script reads the plain literals that a setup.py passes to setup. It reports
// whether setup is called at all.
func script(data []byte, out *fact.Component) bool {
	call := setupCall.FindIndex(data)
	if call == nil {
		return false
	}
	out.Line = manifest.LineAt(data, call[1])
	seen := map[string]bool{}
	for _, m := range argument.FindAllSubmatchIndex(data[call[1]:], limit.SetupArguments) {
		rest := data[call[1]:]
		key := string(rest[m[2]:m[3]])
		if seen[key] {
			continue // of a nested call, or code after setup
		}
		seen[key] = true
		var value string
		switch {
		case m[4] >= 0:
			value = string(rest[m[4]:m[5]])
		case m[6] >= 0:
			value = string(rest[m[6]:m[7]])
		default:
			continue // an expression
		}
		set(out, key, value)
		if key == "name" {
			out.Line = manifest.LineAt(data, call[1]+m[2])
		}
	}
	return true
}

func set(out *fact.Component, key, value string) {
	switch key {
	case "name":
		out.Name = value
	case "version":
		out.Version = value
	case "python_requires":
		out.MinVersion = value
	case "license":
		out.License = value
	case "description":
		out.Description = value
	}
}
