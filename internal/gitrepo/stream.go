package gitrepo

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// stream runs git and has read take what it prints, within the mirror's
// patience. An error of read ends git; where that is no error of kind Limit,
// what git says of itself goes before it.
func (r *Repo) stream(ctx context.Context, read func(io.Reader) error, args ...string) error {
	ctx, w := r.watch(ctx)
	defer w.stop()
	cmd := command(ctx, r.dir, args...)
	stderr := newStderr()
	cmd.Stderr = stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("git %s: %w", args[0], err)
	}
	if err := launch(cmd); err != nil {
		return gitError(ctx, args[0], err, stderr)
	}
	out := &watchedReader{Reader: pipe, watch: w}
	readErr := read(out)
	err = settle(cmd, out)
	switch {
	case readErr != nil && errkind.Of(readErr) == errkind.Limit:
		return readErr
	case err != nil, readErr != nil && ctx.Err() != nil:
		return w.explain(gitError(ctx, args[0], err, stderr))
	}
	return w.explain(readErr)
}

// lines is stream by lines, without their ends. A line is valid during the call
// it is given to only.
func (r *Repo) lines(ctx context.Context, fn func(line []byte) error, args ...string) error {
	return r.stream(ctx, func(out io.Reader) error {
		s := bufio.NewScanner(out)
		s.Buffer(nil, limit.GitAnswer)
		for s.Scan() {
			if err := fn(s.Bytes()); err != nil {
				return err
			}
		}
		if errors.Is(s.Err(), bufio.ErrTooLong) {
			return overLimit("git-answer", limit.GitAnswer)
		}
		return s.Err()
	}, args...)
}
