package gitrepo

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"strconv"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// Sizes gives the sizes of blobs in bytes, in the order of oids; -1 for one
// that is not in the mirror or damaged. Contents are not read, nor is it looked
// whether an object is a blob, which git would have to find its base for.
func (r *Repo) Sizes(ctx context.Context, oids []string) ([]int64, error) {
	r.sizes.Add(int64(len(oids)))
	return r.askAllSizes(ctx, oids)
}

// askAllSizes is Sizes, which does not count them.
func (r *Repo) askAllSizes(ctx context.Context, oids []string) ([]int64, error) {
	sizes := make([]int64, 0, len(oids))
	for failures := 0; len(sizes) < len(oids); {
		if err := r.askSizes(ctx, oids[len(sizes):], &sizes); err != nil {
			return nil, err
		}
		if len(sizes) == len(oids) {
			break
		}
		// git ended early: it died of the next object.
		sizes = append(sizes, -1)
		if failures++; failures == limit.BlobsBroken {
			for len(sizes) < len(oids) {
				sizes = append(sizes, -1)
			}
		}
	}
	return sizes, nil
}

// askSizes asks one git process and appends what it answers.
func (r *Repo) askSizes(ctx context.Context, oids []string, sizes *[]int64) error {
	outer := ctx
	ctx, w := r.watch(ctx)
	defer w.stop()
	cmd := command(ctx, r.dir, "cat-file", "--batch-check=%(objectsize)", "--buffer")
	stderr := newStderr()
	cmd.Stderr = stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	if err := launch(cmd); err != nil {
		return gitError(ctx, "cat-file", err, stderr)
	}
	all := make([]int, len(oids))
	for i := range all {
		all[i] = i
	}
	asked := ask(stdin, oids, make([]int64, len(oids)), all)
	out := &watchedReader{Reader: stdout, watch: w}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		*sizes = append(*sizes, sizeOf(lines.Bytes()))
	}
	err = settle(cmd, out)
	if outer.Err() != nil {
		return outer.Err()
	}
	if err = cmp.Or(<-asked, w.explain(err)); errkind.Stack(err) != "" || errkind.Of(err) == errkind.Limit {
		return err
	}
	return faultOf(outer, err, stderr) // else how git ended shows in what it answered
}

// sizeOf reads a size; other answers ("<oid> missing") are -1.
func sizeOf(line []byte) int64 {
	n, err := strconv.ParseInt(string(line), 10, 64)
	if err != nil {
		return -1
	}
	return n
}
