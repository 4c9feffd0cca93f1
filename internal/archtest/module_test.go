package archtest

import (
	"fmt"
	"testing"

	"golang.org/x/mod/modfile"
)

// allowed are the modules that we require, each with what it is for. A module
// is added here before it is added to go.mod.
var allowed = map[string]string{
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp":     "traces and metrics of requests",
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp": "sending metrics",
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp":   "sending traces",
	"go.opentelemetry.io/otel/sdk/metric":                               "making metrics",
	"go.opentelemetry.io/otel/sdk":                                      "making them",
	"go.opentelemetry.io/otel":                                          "traces and metrics, where the environment names a collector",
	"golang.org/x/time":                                                 "how often a client may ask",
	"github.com/prometheus/client_golang":                               "the counts of the server, as Prometheus reads them",
	"github.com/hashicorp/golang-lru/v2":                                "what is remembered up to a bound",
	"github.com/danielgtaylor/huma/v2":                                  "the API with the document that describes it",
	"code.dny.dev/ssrf":                                                 "which addresses are public, by IANA's registries",
	"github.com/aymanbagabas/go-udiff":                                  "the difference between a report and the mended one",
	"github.com/cenkalti/backoff/v5":                                    "waiting and trying again, by the server's word where it gives one",
	"github.com/cloudflare/ahocorasick":                                 "finding the literals of linguist's heuristics in one pass",
	"github.com/dustin/go-humanize":                                     "figures and sizes as people read them",
	"github.com/go-enry/go-enry/v2":                                     "linguist's data and detection",
	"github.com/gofrs/flock":                                            "locks between processes on the folder of mirrors",
	"github.com/google/cel-go":                                          "the rules of health, as expressions that are checked before they run",
	"github.com/github/go-spdx/v2":                                      "expressions of SPDX",
	"github.com/google/go-cmp":                                          "differences in tests",
	"github.com/google/renameio/v2":                                     "putting a file in the place of another, whole or not at all",
	"github.com/google/licensecheck":                                    "licence texts to SPDX identifiers, word for word",
	"github.com/itchyny/gojq":                                           "expressions of jq, for --jq",
	"github.com/klauspost/compress":                                     "inflating the objects of packs, faster than the standard library",
	"github.com/mattn/go-runewidth":                                     "columns of a table that holds any script",
	"github.com/muesli/reflow":                                          "lines that fit a terminal",
	"github.com/owenrumney/go-sarif/v3":                                 "the types of SARIF",
	"github.com/parquet-go/parquet-go":                                  "tables as Parquet files",
	"github.com/pelletier/go-toml/v2":                                   "Cargo.toml, pyproject.toml",
	"github.com/rogpeppe/go-internal":                                   "testscript and txtar: commands and repositories as text",
	"github.com/santhosh-tekuri/jsonschema/v6":                          "the report's JSON against its schema, in tests",
	"github.com/schollz/progressbar/v3":                                 "the progress bar on a terminal",
	"github.com/sony/gobreaker/v2":                                      "giving up a host that says nothing, and trying it again",
	"github.com/spf13/cobra":                                            "the command line",
	"github.com/yuin/goldmark":                                          "Markdown of repositories as a tree",
	"go.yaml.in/yaml/v4":                                                "YAML of others, with lines and bounds",
	"golang.org/x/mod":                                                  "go.mod files, and versions",
	"golang.org/x/text":                                                 "texts in UTF-16 and UTF-32",
	"golang.org/x/net":                                                  "the list of public suffixes; what the environment says of proxies",
	"golang.org/x/sys":                                                  "bounding the memory of git, where the system can",
	"golang.org/x/sync":                                                 "groups of goroutines with a limit",
	"golang.org/x/term":                                                 "whether standard error is a terminal",
	"modernc.org/sqlite":                                                "SQLite without cgo",
	"golang.org/x/image":                                                "shapes and letters of charts as PNG, and the Go fonts",
}

// listed: go.mod requires what the list allows, and nothing is replaced.
func listed(t *tree) []string {
	mod, err := modfile.Parse("go.mod", []byte(t.read("go.mod")), nil)
	if err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	required := map[string]bool{}
	for _, r := range mod.Require {
		if r.Indirect {
			continue
		}
		required[r.Mod.Path] = true
		if allowed[r.Mod.Path] == "" {
			wrong = append(wrong, fmt.Sprintf("go.mod: requires %s, which is not on the list of allowed modules", r.Mod.Path))
		}
	}
	for path := range allowed {
		if !required[path] {
			wrong = append(wrong, fmt.Sprintf("go.mod: %s is on the list of allowed modules and not required", path))
		}
	}
	for _, r := range mod.Replace {
		wrong = append(wrong, fmt.Sprintf("go.mod: replaces %s; go install would refuse us", r.Old.Path))
	}
	return wrong
}

func TestModules(t *testing.T) {
	t.Parallel()
	rule(listed).holds(t, map[string]string{
		"requires example.com/new":    "-- go.mod --\nmodule assay\nrequire example.com/new v1.0.0\n",
		"spf13/cobra is on the list":  "-- go.mod --\nmodule assay\n",
		"replaces example.com/forked": "-- go.mod --\nmodule assay\nreplace example.com/forked => ../forked\n",
	})
}
