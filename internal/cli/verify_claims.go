package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"assay/internal/errkind"
	"assay/internal/file"
	"assay/internal/finding/words"
	"assay/internal/limit"
	"assay/internal/sanitize"
	"assay/internal/verify"
	"assay/internal/verify/stated"
)

// verifyClaims holds claims that are data against a stored survey.
func (a *app) verifyClaims(ctx context.Context, opts verifyOptions) (err error) {
	if err := firstError(opts.finish(), a.spares(opts.out, []string{opts.path})); err != nil {
		return err
	}
	source, err := a.readClaims(ctx, opts.path)
	if err != nil {
		return err
	}
	claims, err := verify.ReadClaims(source)
	if err != nil {
		return inFile(opts.name(), err)
	}
	h, err := a.heldAgainst(ctx, opts, claims)
	if err != nil { // what is wrong whatever the survey is, is told all the same
		return firstError(a.faulty(opts, claims.Err()), err)
	}
	defer func() { err = firstError(err, h.close()) }()
	result, err := h.check(ctx, claims)
	if err != nil {
		return a.faulty(opts, err)
	}
	return a.tellResult(ctx, opts, source, result)
}

// inFile is an error with the name of the file that it is about, and its hint.
func inFile(name string, err error) error {
	return errkind.WithHint(errkind.Errorf(errkind.Of(err), "%s: %w", name, err), "%s", errkind.Hint(err))
}

// readClaims reads a file of claims, which may be standard input.
func (a *app) readClaims(ctx context.Context, path string) ([]byte, error) {
	var source []byte
	var err error
	if path == standard {
		source, err = file.ReadAll(ctx, "standard input", io.NopCloser(a.Stdin), limit.ClaimsBytes)
	} else {
		source, err = file.ReadGiven(ctx, path, limit.ClaimsBytes)
	}
	switch kind := errkind.Of(err); {
	case err == nil || kind == errkind.Canceled:
	case kind == errkind.Limit:
		err = errkind.WithHint(errkind.Errorf(errkind.Limit, "claims: %q has %s", path, limit.Over("claims-bytes", limit.ClaimsBytes)), "split it")
	default:
		err = errkind.WithHint(errkind.Errorf(errkind.Usage, "claims: %w", err), "name a file of claims (assay verify --claims claims.json), or - for standard input")
	}
	return source, err
}

// faulty lists the mistakes that an error is about, and says how many there are.
func (a *app) faulty(opts verifyOptions, err error) error {
	var faults *stated.FaultsError
	if !errors.As(err, &faults) {
		return err
	}
	for i := range faults.List {
		fmt.Fprintf(a.Stderr, "%s:%s\n", opts.name(), faults.List[i].String())
	}
	if faults.More > 0 {
		fmt.Fprintf(a.Stderr, "and %s more\n", words.Number(faults.More))
	}
	return errkind.WithHint(errkind.Errorf(errkind.Of(err), "%s has %s", opts.name(), faults.Amount()), "%s", errkind.Hint(err))
}

// extract writes what was read from a report as claims that are data.
func (a *app) extract(ctx context.Context, opts verifyOptions) (err error) {
	_, report, err := a.openReport(ctx, &opts)
	if err != nil {
		return err
	}
	h, err := a.heldAgainst(ctx, opts, report)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, h.close()) }()
	doc, err := report.Extract(ctx, h.facts, h.found, h.opts)
	if err != nil {
		return err
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return fmt.Errorf("claims as JSON: %w", err)
	}
	return a.write(ctx, opts.out, []string{opts.path}, func(w io.Writer) error {
		return a.picked(w, func(w io.Writer) error {
			_, err := io.WriteString(w, sanitize.JSON(b.String()))
			return err
		})
	})
}
