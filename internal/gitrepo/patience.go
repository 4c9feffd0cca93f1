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
type watch struct {
	patience time.Duration
	timer    *time.Timer
	cancel   context.CancelFunc
	fired    atomic.Bool
}

// watch starts a watch; git is to run in the context returned.
func (r *Repo) watch(ctx context.Context) (context.Context, *watch) {
	ctx, cancel := context.WithCancel(ctx)
	w := &watch{patience: r.bounds.silence, cancel: cancel}
	w.timer = time.AfterFunc(r.bounds.silence, func() {
		w.fired.Store(true)
		cancel()
	})
	return ctx, w
}

// alive says that git is alive.
func (w *watch) alive() { w.timer.Reset(w.patience) }

// stop ends the watch, and git if it still runs.
func (w *watch) stop() {
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
