package gradle

import (
	"strings"

	"assay/internal/collect/component/manifest"
)

// parseProperties reads a gradle.properties, in the format of Java's properties.
func parseProperties(data []byte) map[string]string {
	all := map[string]string{}
	var line strings.Builder
	for part := range strings.Lines(string(data)) {
		part = strings.TrimLeft(strings.TrimRight(part, "\r\n"), " \t\f")
		if line.Len() == 0 && (part == "" || part[0] == '#' || part[0] == '!') {
			continue
		}
		if trail := len(part) - len(strings.TrimRight(part, `\`)); trail%2 == 1 {
			line.WriteString(part[:len(part)-1])
			continue
		}
		line.WriteString(part)
		if key, value, ok := entry(line.String()); ok {
			all[key] = value
		}
		line.Reset()
	}
	return all
}

// entry parts a line at its separator: an equals sign, a colon or a blank.
func entry(line string) (key, value string, ok bool) {
	i := strings.IndexAny(line, "=: \t")
	if i <= 0 {
		return "", "", false
	}
	value = strings.TrimLeft(line[i:], " \t")
	if value != "" && (value[0] == '=' || value[0] == ':') {
		value = value[1:]
	}
	return line[:i], strings.TrimLeft(value, " \t"), true
}

// parseCatalog reads the plugins of a version catalog: their ids by the names by
// which scripts have them.
func parseCatalog(data []byte) (map[string]string, error) {
	doc, err := manifest.TOML(data)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	plugins := doc.Table("plugins")
	for alias := range plugins {
		id := plugins.Table(alias).String("id")
		if id == "" {
			id, _, _ = strings.Cut(plugins.String(alias), ":")
		}
		all[strings.NewReplacer("-", ".", "_", ".").Replace(alias)] = id
	}
	return all, nil
}
