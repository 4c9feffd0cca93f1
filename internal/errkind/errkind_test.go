package errkind

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"testing"
)

// One row for each kind. The words, codes and statuses are documented, and
// stored: a row is never changed.
func TestKinds(t *testing.T) {
	t.Parallel()
	rows := []struct {
		kind   Kind
		word   string
		exit   int
		status int
	}{
		{Usage, "usage", 2, 400},
		{Input, "input", 2, 422},
		{NotFound, "not_found", 1, 404},
		{Refuted, "refuted", 1, 200},
		{Partial, "partial", 3, 200},
		{Absent, "absent", 3, 404},
		{Gone, "gone", 3, 410},
		{Empty, "empty", 3, 404},
		{Corrupt, "corrupt", 3, 422},
		{Network, "network", 4, 502},
		{Auth, "auth", 4, 403},
		{Limit, "limit", 4, 413},
		{Storage, "storage", 4, 500},
		{Machine, "machine", 4, 500},
		{Canceled, "canceled", 130, 499},
		{Internal, "internal", 4, 500},
	}
	known := map[Kind]bool{}
	for _, row := range rows {
		known[row.kind] = true
		if string(row.kind) != row.word || row.kind.ExitCode() != row.exit || row.kind.HTTPStatus() != row.status {
			t.Errorf("%q: %q, exit %d, status %d", row.word, row.kind, row.kind.ExitCode(), row.kind.HTTPStatus())
		}
		err := fmt.Errorf("around: %w", Errorf(row.kind, "failed: %w", io.EOF))
		if Of(err) != row.kind || ExitCode(err) != row.exit || !errors.Is(err, io.EOF) || err.Error() != "around: failed: EOF" {
			t.Errorf("%s: error %v of kind %q, exit %d", row.word, err, Of(err), ExitCode(err))
		}
	}
	for _, k := range Kinds() {
		if !known[k] {
			t.Errorf("kind %q is not in this table", k)
		}
	}
	if len(Kinds()) != len(rows) {
		t.Errorf("%d kinds, %d rows", len(Kinds()), len(rows))
	}
	if odd := Kind("odd"); odd.ExitCode() != ExitFailed || odd.HTTPStatus() != 500 {
		t.Errorf("an unknown kind: exit %d, status %d", odd.ExitCode(), odd.HTTPStatus())
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err  error
		want Kind
	}{
		"nil":                {nil, ""},
		"plain":              {errors.New("x"), Internal},
		"canceled":           {fmt.Errorf("x: %w", context.Canceled), Canceled},
		"deadline":           {context.DeadlineExceeded, Canceled},
		"missing file":       {&fs.PathError{Op: "open", Path: "x", Err: os.ErrNotExist}, NotFound},
		"outermost wins":     {Errorf(Partial, "x: %w", Errorf(Network, "y")), Partial},
		"kind before std":    {Errorf(Storage, "x: %w", context.Canceled), Storage},
		"inside another":     {fmt.Errorf("x: %w", fmt.Errorf("y: %w", Errorf(Limit, "z"))), Limit},
		"joined":             {errors.Join(errors.New("x"), Errorf(Auth, "y")), Auth},
		"hint keeps":         {WithHint(Errorf(Auth, "y"), "do"), Auth},
		"hint of plain":      {WithHint(errors.New("x"), "do"), Internal},
		"hint of canceled":   {WithHint(context.Canceled, "do"), Canceled},
		"two wrapped errors": {fmt.Errorf("%w and %w", errors.New("x"), Errorf(Empty, "y")), Empty},
	} {
		if got := Of(tt.err); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	if ExitCode(nil) != ExitDone {
		t.Errorf("exit code of nil = %d", ExitCode(nil))
	}
}

func TestHint(t *testing.T) {
	t.Parallel()
	inner := WithHint(Errorf(Network, "no answer"), "look at %s", "the cable")
	for name, tt := range map[string]struct {
		err  error
		want string
	}{
		"nil":                {nil, ""},
		"none":               {Errorf(Network, "x"), ""},
		"plain":              {errors.New("x"), ""},
		"its own":            {inner, "look at the cable"},
		"wrapped":            {fmt.Errorf("x: %w", inner), "look at the cable"},
		"outermost wins":     {WithHint(inner, "ask"), "ask"},
		"through a kind":     {Errorf(Partial, "x: %w", inner), "look at the cable"},
		"an empty one is no": {WithHint(inner, ""), "look at the cable"},
	} {
		if got := Hint(tt.err); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	if WithHint(nil, "x") != nil {
		t.Error("a hint makes an error of nil")
	}
	if got := WithHint(inner, "ask").Error(); got != "no answer" {
		t.Errorf("a hint changes the message: %q", got)
	}
}
