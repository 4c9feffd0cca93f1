package render

import "assay/internal/verify"

// The levels of SARIF; those of GitHub's commands have the same names but for
// the last.
const (
	atError   = "error"
	atWarning = "warning"
	atNote    = "note"
)

// levels are those of claims by verdict. The verdicts that ask nothing of a
// reader have none.
var levels = map[verify.Verdict]string{
	verify.Refuted: atError, verify.Outdated: atWarning, verify.Unverifiable: atNote, verify.Ambiguous: atNote,
}

// findingLevel is the level of a finding. It asks for a look also where the facts
// cannot tell.
func findingLevel(f *verify.Finding) string {
	if f.Verdict == verify.Refuted {
		return atError
	}
	return atWarning
}
