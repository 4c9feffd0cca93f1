package serve

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
	"golang.org/x/sync/errgroup"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// Serve serves at l until ctx ends. Then no request is taken any more, and those that have
// begun may end, for as long as the server drains; what has not ended by then is cut off.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	web := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: limit.ServeHeaderTime, ReadTimeout: limit.ServeTime, WriteTimeout: limit.ServeWriteTime,
		IdleTimeout: limit.ServeIdleTime, MaxHeaderBytes: limit.ServeHeader, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	ended, end := context.WithCancel(ctx)
	var all errgroup.Group
	all.Go(func() error {
		defer end()
		if err := web.Serve(netutil.LimitListener(l, limit.ServeConns)); !errors.Is(err, http.ErrServerClosed) {
			return errkind.Errorf(errkind.Machine, "serve: %w", err)
		}
		return nil
	})
	all.Go(func() error { s.watch(ended); return nil })
	all.Go(func() error {
		<-ended.Done()
		return s.drain(context.WithoutCancel(ctx), web)
	})
	return all.Wait()
}

// drain lets requests end.
func (s *Server) drain(ctx context.Context, web *http.Server) error {
	ctx, cancel := context.WithTimeout(ctx, s.Drain)
	defer cancel()
	if err := web.Shutdown(ctx); err != nil {
		s.Log.Warn("requests were cut off that had not ended", "busy", s.busy.Load())
		_ = web.Close() // what can be done was done
	}
	return nil
}

// watch looks for new surveys from time to time.
func (s *Server) watch(ctx context.Context) {
	tick := time.NewTicker(s.Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.Refresh(ctx); err != nil && ctx.Err() == nil {
			s.Log.Warn("no look at the store: what was served is served on", "error", err)
		}
	}
}
