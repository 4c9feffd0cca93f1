package gitrepo

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"assay/internal/errkind"
)

// output is the package's output for this mirror, within its patience.
func (r *Repo) output(ctx context.Context, limit int64, args ...string) ([]byte, error) {
	within, w := r.watch(ctx)
	defer w.stop()
	out, err := output(within, r.dir, limit, args...)
	return out, w.explain(err)
}

// A watch ends git when nothing was heard of it for [limit.GitSilence]. A mirror
// can have it wait for ever (a named pipe in place of a ref or a pack), and no
// list of such places is complete.
//
// It counts beats and not time: while this program itself is stopped, or gets no turn,
// git cannot be heard, and there are none.
type watch struct {
	patience time.Duration
	left     atomic.Int32 // beats until git is ended
	timer    *time.Timer
	cancel   context.CancelFunc
	fired    atomic.Bool
	over     atomic.Bool
}

// beats is how many make up the patience.
const beats = 16

// watch starts a watch; git is to run in the context returned.
func (r *Repo) watch(ctx context.Context) (context.Context, *watch) {
	ctx, cancel := context.WithCancel(ctx)
	w := &watch{patience: r.bounds.silence, cancel: cancel}
	w.alive()
	started := make(chan struct{})
	w.timer = time.AfterFunc(w.patience/beats, func() { <-started; w.beat() })
	close(started)
	return ctx, w
}

// alive says that git is alive.
func (w *watch) alive() { w.left.Store(beats) }

// beat ends git after so many without a word of it.
func (w *watch) beat() {
	switch {
	case w.over.Load():
	case w.left.Add(-1) > 0:
		w.timer.Reset(w.patience / beats)
	default:
		w.fired.Store(true)
		w.cancel()
	}
}

// stop ends the watch, and git if it still runs.
func (w *watch) stop() {
	w.over.Store(true)
	w.timer.Stop()
	w.cancel()
}

// explain is err, or what the watch knows better: that it ended git.
func (w *watch) explain(err error) error {
	if err == nil || !w.fired.Load() {
		return err
	}
	return errkind.Because(errkind.WithHint(
		errkind.Errorf(errkind.Limit, "git did not answer for %s", w.patience),
		"look for files in the mirror that are no files, or fetch it anew"), errkind.CauseSilent)
}

// A watchedReader reads what git prints, and tells the watch.
type watchedReader struct {
	io.Reader
	watch *watch
	over  bool // git has said all
}

func (r *watchedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.watch.alive()
	r.over = errors.Is(err, io.EOF)
	return n, err
}
