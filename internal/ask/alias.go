package ask

import (
	_ "embed" // the aliases
	"slices"
	"strings"
	"sync"

	"assay/internal/fact"
)

// aliases.txt: names by which projects go besides that of the landscape, a
// project a line: "OpenTelemetry: OTel, Otel".
//
//go:embed aliases.txt
var aliasText string

// aliases are the names of aliases.txt by project.
var aliases = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(aliasText) {
		name, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for a := range strings.SplitSeq(list, ",") {
			id := fact.Slug(name)
			all[id] = append(all[id], strings.TrimSpace(a))
		}
	}
	return all
})

// Aliases are the names by which people call a project besides its own: those of
// our table, and the parts of "Open Policy Agent (OPA)".
func Aliases(name string) []string {
	bare, brief := bracketed(name)
	all := slices.Concat(aliases()[fact.Slug(name)], aliases()[fact.Slug(bare)], []string{bare, brief})
	return unique(slices.DeleteFunc(all, func(a string) bool { return a == "" }))
}
