package archtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// traces are texts that do not belong into a file of the repository. They are
// put together here, so that this file does not hold them.
var traces = map[string]string{
	"/work" + "/":            "a folder of the machine it was written on",
	"/root" + "/":            "a folder of the machine it was written on",
	"/tmp" + "/w/":           "a folder of the machine it was written on",
	"/farm" + "/":            "a folder of the machine it was written on",
	".mirror" + "/":          "a folder of the machine it was written on",
	"proxy." + "golang.org":  "a package registry; whoever builds chooses their own",
	"sum." + "golang.org":    "a package registry; whoever builds chooses their own",
	"registry." + "npmjs":    "a package registry; whoever builds chooses their own",
	"pypi" + ".org":          "a package registry; whoever builds chooses their own",
	"python" + "hosted.org":  "a package registry; whoever builds chooses their own",
	"crates" + ".io/":        "a package registry; whoever builds chooses their own",
	"repo1." + "maven.org":   "a package registry; whoever builds chooses their own",
	"plugins." + "gradle.or": "a package registry; whoever builds chooses their own",
	"<<<<" + "<<< ":          "an unresolved conflict",
}

// registered are files that tools write, registries and all.
var registered = []string{"go.sum", "tools/go.sum"}

// traceless: no file names the machine it was written on, or a registry.
func traceless(t *tree) []string {
	var wrong []string
	for _, file := range t.paths {
		if slices.Contains(registered, file) {
			continue
		}
		number := 0
		for line := range strings.Lines(t.read(file)) {
			number++
			for trace, what := range traces {
				if strings.Contains(line, trace) {
					wrong = append(wrong, fmt.Sprintf("%s:%d: %q: %s", file, number, trace, what))
				}
			}
		}
	}
	return wrong
}

func TestNoTraces(t *testing.T) {
	t.Parallel()
	broken := map[string]string{}
	for trace := range traces {
		broken[fmt.Sprintf("docs/a.md:2: %q", trace)] = "-- docs/a.md --\nThe first line.\nSee " + trace + ".\n"
	}
	rule(traceless).holds(t, broken)
}
