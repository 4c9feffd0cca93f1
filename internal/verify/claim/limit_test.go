package claim_test

import (
	"context"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/verify/claim"
	"assay/internal/verify/page"
)

// A report that says too much is refused, with the bound and the line; one that is
// no longer wanted ends.
func TestTooMuch(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, says string }{
		"claims":  {strings.Repeat("- Linkerd is graduated\n", 50_000), "the report has more than 40,000 claims (limit verify-claims)"},
		"numbers": {strings.Repeat(strings.Repeat("1 ", 1000)+"\n\n", 300), "the report has more than 200,000 numbers (limit verify-figures)"},
	} {
		p, err := page.Read([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		_, err = claim.Read(t.Context(), p, claim.Options{Names: someNames(), Language: "Rust", Languages: []string{"Rust"}})
		if errkind.Of(err) != errkind.Limit || errkind.Hint(err) == "" || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "line ") {
			t.Errorf("%s: error %v (%s), want %q", name, err, errkind.Of(err), c.says)
		}
	}
	p, err := page.Read([]byte("Linkerd is graduated."))
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := claim.Read(ended, p, claim.Options{Names: someNames()}); errkind.Of(err) != errkind.Canceled {
		t.Errorf("error %v, want one of a context that ended", err)
	}
}
