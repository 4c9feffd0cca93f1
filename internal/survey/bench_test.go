package survey_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"golang.org/x/sync/errgroup"

	"assay/internal/collect"
	"assay/internal/collect/census"
	"assay/internal/gitrepo"
	"assay/internal/people"
	"assay/internal/survey"
)

// The benchmarks measure reading a tree of real mirrors, named by ASSAY_MIRROR
// (HOST/OWNER/NAME.git), against what git itself needs to stream the same data
// once. Run them side by side and quote the ratio:
//
//	ASSAY_MIRROR=/srv/mirrors go test ./internal/survey -bench 'Floor|Census|Measure' -benchtime 1x -count 10

func mirrors(b *testing.B) []string {
	root := os.Getenv("ASSAY_MIRROR")
	if root == "" {
		b.Skip("ASSAY_MIRROR names no tree of mirrors")
	}
	dirs, err := filepath.Glob(filepath.Join(root, "*", "*", "*.git"))
	if err != nil || len(dirs) == 0 {
		b.Fatalf("no mirror under %q", root)
	}
	return dirs
}

// each runs work on every mirror, as many at a time as there are processors.
func each(b *testing.B, dirs []string, work func(ctx context.Context, dir string) error) {
	group, ctx := errgroup.WithContext(b.Context())
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, dir := range dirs {
		group.Go(func() error { return work(ctx, dir) })
	}
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkFloor is what git itself needs to stream, once, what a survey reads:
// every blob of every HEAD, every change along the first parents, every author.
// Their sum is the yardstick of BenchmarkMeasure, the first that of
// BenchmarkCensus.
func BenchmarkFloor(b *testing.B) {
	for _, floor := range []struct{ name, stream string }{
		{"census", `git -C "$0" ls-tree -r HEAD | awk '$2 == "blob" && $1 != "120000" { print $3 }' |
			git -C "$0" cat-file --batch --buffer >/dev/null 2>&1 || true`},
		{"history", `git -C "$0" log --first-parent --raw -m --no-renames --no-abbrev --format='%H %ct' HEAD >/dev/null 2>&1 || true`},
		{"people", `git -C "$0" log --format='%H %ct %aE %aN' HEAD >/dev/null 2>&1 || true`},
	} {
		b.Run(floor.name, func(b *testing.B) {
			dirs := mirrors(b)
			for b.Loop() {
				each(b, dirs, func(ctx context.Context, dir string) error {
					return exec.CommandContext(ctx, "sh", "-c", floor.stream, dir).Run()
				})
			}
		})
	}
}

// BenchmarkCensus takes the census of every HEAD.
func BenchmarkCensus(b *testing.B) {
	benchmark(b, []collect.Collector{census.Collector{}})
}

// BenchmarkMeasure runs all collectors over every HEAD.
func BenchmarkMeasure(b *testing.B) {
	benchmark(b, survey.Collectors(people.NewHasher(nil)))
}

func benchmark(b *testing.B, collectors []collect.Collector) {
	dirs := mirrors(b)
	for b.Loop() {
		each(b, dirs, func(ctx context.Context, dir string) error {
			repo, err := gitrepo.Open(dir, gitrepo.IDOf(dir))
			if err != nil {
				return err
			}
			rev, err := repo.At(ctx, "")
			if err != nil {
				return err
			}
			_, err = survey.Measure(ctx, survey.Job{Repo: repo, Revision: rev, Collectors: collectors})
			return err
		})
	}
}
