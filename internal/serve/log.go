package serve

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"sync"
	"time"
)

// A Log is lines on their way to a writer, some at a time: a line for each of twenty
// thousand requests a second would cost as much as answering them.
type Log struct {
	mu sync.Mutex
	to *bufio.Writer
}

// NewLog begins a log.
func NewLog(to io.Writer) *Log { return &Log{to: bufio.NewWriterSize(to, 64<<10)} }

// Write implements [io.Writer]. A line that the writer does not take is lost.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}

// Flush writes what has come so far.
func (l *Log) Flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.to.Flush() // there is nobody to tell
}

// Keep flushes from time to time, and when ctx ends.
func (l *Log) Keep(ctx context.Context) {
	const every = time.Second
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			l.Flush()
			return
		case <-tick.C:
			l.Flush()
		}
	}
}

// Handler writes records into the log, as JSON or as text. What is no mere access is
// written at once.
func (l *Log) Handler(json bool) slog.Handler {
	if json {
		return prompt{slog.NewJSONHandler(l, nil), l}
	}
	return prompt{slog.NewTextHandler(l, nil), l}
}

// prompt writes records at once.
type prompt struct {
	slog.Handler

	log *Log
}

// Handle implements [slog.Handler].
func (p prompt) Handle(ctx context.Context, r slog.Record) error {
	defer p.log.Flush()
	return p.Handler.Handle(ctx, r)
}

// Accesses is a handler of a log that takes its time.
func Accesses(h slog.Handler) slog.Handler {
	if p, ok := h.(prompt); ok {
		return p.Handler
	}
	return h
}
