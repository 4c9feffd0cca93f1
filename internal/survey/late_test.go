package survey

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"assay/internal/errkind"
)

// Work that is broken off because it takes too long is over a limit, and not
// interrupted.
func TestLate(t *testing.T) {
	t.Parallel()
	over, cancel := context.WithDeadlineCause(t.Context(), time.Unix(0, 0), errLate)
	defer cancel()
	stopped, stop := context.WithCancel(t.Context())
	stop()
	within, end := context.WithTimeoutCause(stopped, time.Hour, errLate)
	defer end()
	other := errors.New("other")
	for name, tt := range map[string]struct {
		ctx  context.Context
		err  error
		want errkind.Kind
	}{
		"in time":             {t.Context(), nil, ""},
		"another error":       {t.Context(), other, errkind.Internal},
		"too late":            {over, over.Err(), errkind.Limit},
		"done in the last":    {over, nil, ""},
		"interrupted by hand": {within, within.Err(), errkind.Canceled},
		"what git says of it": {over, errkind.Errorf(errkind.Corrupt, "git log: signal: killed"), errkind.Limit},
	} {
		if got := errkind.Of(late(tt.ctx, tt.err)); got != tt.want {
			t.Errorf("%s: kind %q, want %q", name, got, tt.want)
		}
	}
	if !strings.Contains(errLate.Error(), "1 hour (limit repository-time)") {
		t.Errorf("it says %q", errLate)
	}
}
