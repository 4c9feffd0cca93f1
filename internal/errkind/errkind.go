// Package errkind is the closed set of error kinds of the program and the one
// place that maps a kind to an exit code, an HTTP status and the category
// stored beside a fact.
//
// A kind is attached where an error is first understood and travels with the
// error through %w wrapping. Adding a kind means adding it to the table below
// and to docs/exit-codes.md; a kind is never renumbered or removed, because
// scripts and stored rows depend on it.
package errkind

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
)

// A Kind says what sort of failure an error is. Its value is stored, so it is
// a word and not a number.
type Kind string

// The kinds of failure.
const (
	// Usage: the command line or configuration cannot be understood.
	Usage Kind = "usage"
	// Input: something the user gave us to read (landscape.yml, a template) is malformed.
	Input Kind = "input"
	// NotFound: the thing asked for (a project, a fact, a survey) is not there.
	NotFound Kind = "not_found"
	// Refuted: the answer to the question asked is no.
	Refuted Kind = "refuted"
	// Partial: the work was done as far as possible; some repositories were not read.
	Partial Kind = "partial"
	// Absent: a repository is in none of the places we may look.
	Absent Kind = "absent"
	// Gone: the host of a repository says that it has none of that name, or none to show us.
	Gone Kind = "gone"
	// Empty: a repository exists and has no commit (at the date asked for).
	Empty Kind = "empty"
	// Corrupt: objects of a repository are damaged or missing where they are indispensable.
	Corrupt Kind = "corrupt"
	// Network: a host could not be reached or broke off.
	Network Kind = "network"
	// Auth: a host refused us.
	Auth Kind = "auth"
	// Limit: hostile or huge input exceeded a bound of ours.
	Limit Kind = "limit"
	// Storage: the fact store, or the folder of our mirrors, cannot be read or
	// written; or the disk fails under what we write.
	Storage Kind = "storage"
	// Machine: this machine lacks what the work needs: git, memory, processes, open files.
	Machine Kind = "machine"
	// Canceled: the user or a deadline stopped the work.
	Canceled Kind = "canceled"
	// Internal: a bug of ours.
	Internal Kind = "internal"
)

// Exit codes of the program. They are documented in docs/exit-codes.md and
// only ever added to.
const (
	ExitDone     = 0   // everything asked for was done
	ExitNo       = 1   // the answer is no: nothing found, or a claim is refuted
	ExitUsage    = 2   // wrong use, or unreadable input
	ExitPartial  = 3   // some repositories failed; the rest is stored
	ExitFailed   = 4   // the work failed: network, store, a bug
	ExitCanceled = 130 // interrupted
)

var table = map[Kind]struct {
	exit   int
	status int
}{
	Usage:    {ExitUsage, http.StatusBadRequest},
	Input:    {ExitUsage, http.StatusUnprocessableEntity},
	NotFound: {ExitNo, http.StatusNotFound},
	Refuted:  {ExitNo, http.StatusOK},
	Partial:  {ExitPartial, http.StatusOK},
	Absent:   {ExitPartial, http.StatusNotFound},
	Gone:     {ExitPartial, http.StatusGone},
	Empty:    {ExitPartial, http.StatusNotFound},
	Corrupt:  {ExitPartial, http.StatusUnprocessableEntity},
	Network:  {ExitFailed, http.StatusBadGateway},
	Auth:     {ExitFailed, http.StatusForbidden},
	Limit:    {ExitFailed, http.StatusRequestEntityTooLarge},
	Storage:  {ExitFailed, http.StatusInternalServerError},
	Machine:  {ExitFailed, http.StatusInternalServerError},
	Canceled: {ExitCanceled, 499},
	Internal: {ExitFailed, http.StatusInternalServerError},
}

// Kinds lists every kind, in no particular order.
func Kinds() []Kind {
	all := make([]Kind, 0, len(table))
	for k := range table {
		all = append(all, k)
	}
	return all
}

// ExitCode is the exit code of a program that ends with an error of kind k.
func (k Kind) ExitCode() int {
	if row, ok := table[k]; ok {
		return row.exit
	}
	return ExitFailed
}

// HTTPStatus is the status of an HTTP answer that reports an error of kind k.
func (k Kind) HTTPStatus() int {
	if row, ok := table[k]; ok {
		return row.status
	}
	return http.StatusInternalServerError
}

type kindError struct {
	kind  Kind
	hint  string
	cause Cause
	err   error
}

func (e *kindError) Error() string { return e.err.Error() }
func (e *kindError) Unwrap() error { return e.err }

// Errorf makes an error of kind k. It formats as fmt.Errorf does, %w included.
func Errorf(k Kind, format string, args ...any) error {
	return &kindError{kind: k, err: fmt.Errorf(format, args...)}
}

// WithHint adds to err a sentence that says how to mend it. Hint reads it
// back. A nil err stays nil.
func WithHint(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &kindError{kind: Of(err), hint: fmt.Sprintf(format, args...), err: err}
}

// Of is the kind of err: that of the outermost error in its chain that has
// one. Errors of the standard library that speak for themselves (context,
// missing files) are understood; anything else is Internal. Of(nil) is "".
func Of(err error) Kind {
	if err == nil {
		return ""
	}
	var e *kindError
	switch {
	case errors.As(err, &e):
		return e.kind
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Canceled
	case errors.Is(err, os.ErrNotExist):
		return NotFound
	}
	return Internal
}

// Hint is the outermost non-empty hint in err's chain, or "".
func Hint(err error) string {
	for err != nil {
		var e *kindError
		if !errors.As(err, &e) {
			return ""
		}
		if e.hint != "" {
			return e.hint
		}
		err = e.err
	}
	return ""
}

// ExitCode is the exit code for a program that ends with err; 0 for nil.
func ExitCode(err error) int {
	if err == nil {
		return ExitDone
	}
	return Of(err).ExitCode()
}
