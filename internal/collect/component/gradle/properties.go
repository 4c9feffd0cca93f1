package gradle

import (
	"strings"

	"assay/internal/collect/component/manifest"
)

// parseProperties reads a gradle.properties, in the format of Java's properties.
func parseProperties(data []byte) map[string]string {
	all := map[string]string{}
	var line string
	for part := range strings.Lines(string(data)) {
		part = strings.TrimLeft(strings.TrimRight(part, "\r\n"), " \t\f")
		if line == "" && (part == "" || part[0] == '#' || part[0] == '!') {
			continue
		}
		line += part
		if trail := len(line) - len(strings.TrimRight(line, `\`)); trail%2 == 1 {
			line = line[:len(line)-1]
			continue
		}
		i := strings.IndexAny(line, "=: \t")
		if i > 0 {
			value := strings.TrimLeft(line[i:], " \t")
			value = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(value, "="), ":"), " \t")
			all[line[:i]] = value
		}
		line = ""
	}
	return all
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
