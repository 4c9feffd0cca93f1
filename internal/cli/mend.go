package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/file"
	"assay/internal/finding/words"
	"assay/internal/limit"
	"assay/internal/verify"
	"assay/internal/verify/render"
)

// The values of --fix.
const (
	fixNone = ""
	fixSafe = "safe" // without a value
	fixAll  = "all"
)

// mendFlags are the flags of what is written into a report.
func mendFlags(cmd *cobra.Command, opts *verifyOptions) {
	f := cmd.Flags()
	f.StringVar(&opts.fix, "fix", fixNone, "replace wrong values in the file, and print the change; `which`: safe (those of cells and properties), or all (what is only suggested, too)")
	f.Lookup("fix").NoOptDefVal = fixSafe
	f.BoolVar(&opts.dry, "dry-run", false, "print the change of --fix, and write nothing")
	f.BoolVar(&opts.dry, "diff", false, "the same as --dry-run")
	f.BoolVarP(&opts.yes, "yes", "y", false, "do not ask before --fix=all writes")
}

// mends reports whether the report is to be mended, or the change to be shown.
func (o *verifyOptions) mends() bool { return o.fix != fixNone }

// finishMending checks the options of mending and fills in what follows from them.
func (o *verifyOptions) finishMending() error {
	switch o.fix {
	case fixNone, fixSafe, fixAll:
	case "true": // as --fix alone
		o.fix = fixSafe
	case "false":
		o.fix = fixNone
	default:
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "fix: %q is not known", o.fix), "--fix alone, or --fix=all")
	}
	if o.dry {
		o.fix = cmp.Or(o.fix, fixSafe)
	}
	if o.mends() && (o.format != "text" || o.out != "") {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "--fix writes the report itself and prints the change"), "leave out --format and --output")
	}
	return nil
}

// mendable refuses to mend what is no file. The change of any can be shown.
func mendable(opts verifyOptions) error {
	if opts.mends() && !opts.dry && (opts.path == standard || !isFile(opts.path)) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "--fix mends a file, and %q is none", opts.path), "save the report and name its file, or add --dry-run")
	}
	return nil
}

// fixReport shows what mends a report, writes it, and tells what was changed and what
// is wrong still.
func (a *app) fixReport(ctx context.Context, opts verifyOptions, source []byte, r *verify.Result, h *held) error {
	mended, left := verify.Fix(source, r, verify.FixOptions{All: opts.fix == fixAll})
	if !bytes.Equal(mended, source) {
		if err := render.Diff(a.Stdout, opts.name(), source, mended); err != nil {
			return err
		}
		agreed, err := a.agreed(opts)
		switch {
		case err != nil:
			return err
		case !agreed:
			fmt.Fprintln(a.Stderr, "nothing was written")
			return verdict(opts, r)
		}
		if err := a.writeMended(ctx, opts.path, source, mended); err != nil {
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
	if err := render.Text(a.Stderr, mended, again, a.textOptions(opts)); err != nil {
		return err
	}
	return verdict(opts, again)
}

// agreed reports whether a change that was shown may be written. What is only
// suggested, somebody has to agree to.
func (a *app) agreed(opts verifyOptions) (bool, error) {
	switch {
	case opts.dry:
		return false, nil
	case opts.fix != fixAll || opts.yes:
		return true, nil
	case !a.Asks:
		return false, errkind.WithHint(errkind.Errorf(errkind.Usage, "--fix=all writes what is only suggested, and there is nobody to ask; nothing was written"),
			"read the change above, and add --yes")
	}
	fmt.Fprintf(a.Stderr, "Write this to %q? [y/N] ", opts.path)
	answer, err := bufio.NewReader(a.Stdin).ReadString('\n')
	if err != nil && answer == "" {
		return false, nil // who says nothing does not agree
	}
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes", nil
}

// writeMended puts a mended report in the place of the one that was read, unless that
// has changed meanwhile.
func (a *app) writeMended(ctx context.Context, path string, source, mended []byte) error {
	now, err := file.ReadGiven(ctx, path, limit.VerifyBytes)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, source) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "%q has changed since it was read; nothing was written", path), "run it again")
	}
	return file.Write(ctx, path, mended)
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
