package cli

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"assay/internal/file"
	"assay/internal/finding/words"
	"assay/internal/sanitize"
	"assay/internal/verify"
	"assay/internal/verify/render"
)

// fixReport mends a report in place, and tells what was changed and what is wrong
// still.
func (a *app) fixReport(ctx context.Context, opts verifyOptions, source []byte, r *verify.Result, h *held) error {
	mended, left := verify.Fix(source, r)
	if string(mended) != string(source) {
		if err := file.Write(ctx, opts.path, mended); err != nil {
			return err
		}
		if err := render.Diff(a.Stdout, filepath.ToSlash(opts.path), source, mended); err != nil {
			return err
		}
	}
	report, err := verify.Read(mended)
	if err != nil {
		return err
	}
	again, err := h.check(ctx, report)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Stderr, "%s replaced; %s to mend by hand\n", words.Amount(wrong(r)-len(left), "value"), words.Amount(wrong(again)+refuted(again), "statement"))
	for i := range again.Claims {
		if c := &again.Claims[i]; c.Verdict == verify.Refuted || c.Verdict == verify.Outdated {
			fmt.Fprintf(a.Stderr, "%s:%d:%d: %s: %s: %q: %s%s\n", sanitize.Text(r.Name), c.Line, c.Column, c.Verdict, sanitize.Text(c.Subject), prose(c.Quote), prose(cmp.Or(c.Why, c.Measured)), suggested(c))
		}
	}
	for i := range again.Findings {
		if f := &again.Findings[i]; f.Verdict == verify.Refuted {
			fmt.Fprintf(a.Stderr, "%s:%d:%d: %s: %s\n", sanitize.Text(r.Name), f.Line, f.Column, f.Kind, prose(f.Text))
		}
	}
	return verdict(opts, again)
}

// suggested is what would mend a claim, as the end of a line.
func suggested(c *verify.Claim) string {
	if c.Suggestion == nil {
		return ""
	}
	return fmt.Sprintf("; perhaps %q", prose(c.Suggestion.Text))
}

// wrong counts the claims that are refuted or outdated.
func wrong(r *verify.Result) int { return r.Count(verify.Refuted) + r.Count(verify.Outdated) }

// refuted counts the findings on the whole report that are refuted.
func refuted(r *verify.Result) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Verdict == verify.Refuted {
			n++
		}
	}
	return n
}
