package cli

import (
	"slices"
	"strings"

	"assay/internal/errkind"
)

// The formats of a table.
const (
	formatTable    = "table"
	formatCSV      = "csv"
	formatJSON     = "json"
	formatMarkdown = "md"
)

// checkFormat is the format that flags ask for: --json is the same as --format json.
func checkFormat(format string, asJSON bool, known ...string) (string, error) {
	if !slices.Contains(known, format) {
		return "", errkind.WithHint(errkind.Errorf(errkind.Usage, "format: %q is not known", format), "one of %s", strings.Join(known, ", "))
	}
	if asJSON && format != known[0] && format != formatJSON {
		return "", errkind.Errorf(errkind.Usage, "JSON (--json, --jq) and --format %s cannot both be had", format)
	}
	if asJSON {
		return formatJSON, nil
	}
	return format, nil
}
