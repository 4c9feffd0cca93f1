package errkind

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
)

func TestCauseOf(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err  error
		want Cause
		mend string
	}{
		"nil":            {nil, "", ""},
		"its kind":       {Errorf(Limit, "more than 5 in /x"), causes[Limit], ""},
		"no kind":        {Errorf(Usage, "x"), CauseUnread, ""},
		"its own":        {Because(Errorf(Corrupt, "x"), CauseTree), CauseTree, "fetch it anew"},
		"wrapped":        {fmt.Errorf("y: %w", Because(Errorf(Corrupt, "x"), CauseHead)), CauseHead, ""},
		"innermost wins": {Because(fmt.Errorf("y: %w", Because(Errorf(Corrupt, "x"), CauseShallow)), CauseHistory), CauseShallow, "fetch the rest: git fetch --unshallow"},
		"with a hint":    {WithHint(Because(Errorf(Auth, "x"), CauseUnread), "give a token"), CauseUnread, "give a token"},
		"mend over hint": {WithHint(Errorf(Absent, "x"), "put it into /srv"), causes[Absent], "survey without --offline, or add it to the tree of mirrors"},
	} {
		if got, mend := CauseOf(tt.err), Mend(tt.err); got != tt.want || mend != tt.mend {
			t.Errorf("%s: %q, %q, want %q, %q", name, got, mend, tt.want, tt.mend)
		}
	}
	if err := Because(Errorf(Auth, "x"), CauseTree); Of(err) != Auth || err.Error() != "x" || Because(nil, CauseTree) != nil {
		t.Errorf("a cause changes its error: %v", err)
	}
	seen := map[Cause]bool{}
	for _, c := range Causes() {
		if seen[c] || c == "" || strings.ContainsAny(string(c), "/\"") {
			t.Errorf("cause %q", c)
		}
		seen[c] = true
	}
}

func TestExhausted(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{
		syscall.EMFILE: true, syscall.ENOMEM: true, syscall.EAGAIN: true, syscall.ENOSPC: true,
		syscall.ENOENT: false, syscall.EIO: false, errors.New("x"): false,
	} {
		wrapped := Errorf(Corrupt, "read: %w", err)
		if got := Exhausted(wrapped); got != want {
			t.Errorf("%v: %t", err, got)
		}
		if ended := Ends(wrapped); Of(ended) != Machine || ExitCode(ended) != ExitFailed || Hint(ended) == "" || !errors.Is(ended, err) {
			t.Errorf("%v ends as %v of kind %q", err, ended, Of(ended))
		}
	}
	if err := Errorf(Storage, "full"); Ends(err) != err { //nolint:errorlint // the very same
		t.Error("an error of the store becomes another")
	}
}
