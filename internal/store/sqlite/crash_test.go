package sqlite

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"assay/internal/fact"
)

// The tests of this file run the test binary again as another process, which
// TestMain turns into a writer when crashRole is set.
const (
	crashRole = "ASSAY_TEST_CRASH_ROLE"
	crashPath = "ASSAY_TEST_CRASH_PATH"

	// A batch is larger than the page cache (2 MB), so that part of it reaches
	// the log before its commit.
	batchSize = 300
	bodySize  = 10_000
)

func TestMain(m *testing.M) {
	writers := map[string]func(context.Context, *Store) error{"half": writeHalf, "batches": writeBatches}
	write, ok := writers[os.Getenv(crashRole)]
	if !ok {
		os.Exit(m.Run())
	}
	ctx := context.Background()
	s, err := Open(ctx, os.Getenv(crashPath))
	if err == nil {
		err = write(ctx, s)
	}
	fmt.Fprintln(os.Stderr, "writer ended:", err)
	os.Exit(1)
}

// batch is the n-th batch: its records differ from those of any other.
func batch(n int) []fact.Record {
	body := []byte(`"` + strings.Repeat("x", bodySize) + `"`)
	records := make([]fact.Record, batchSize)
	for i := range records {
		records[i] = fact.Record{Body: body, Key: fact.Key{
			Repo: fact.RepoID(fmt.Sprintf("example.org/a/%d", i)), Revision: fmt.Sprint(n), Collector: "c", Version: 1,
		}}
	}
	return records
}

// writeHalf puts a batch, then most of another in a transaction that it leaves open.
func writeHalf(ctx context.Context, s *Store) error {
	if err := s.Put(ctx, batch(0)); err != nil {
		return err
	}
	// The log is empty now: what is in it later is of the second batch.
	if _, err := s.db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return err
	}
	return s.write(ctx, "put facts in", func(tx *sql.Tx) error {
		if err := putFacts(ctx, tx, batch(1)[:batchSize-1]); err != nil {
			return err
		}
		fmt.Println("half done")
		select {}
	})
}

// writeBatches puts batches without end.
func writeBatches(ctx context.Context, s *Store) error {
	for n := 0; ; n++ {
		if err := s.Put(ctx, batch(n)); err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

// killAfter runs a writer and kills it, as kill -9 does, when it has said so
// many lines.
func killAfter(t *testing.T, role, path string, lines int) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), crashRole+"="+role, crashPath+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for range lines {
		if !said.Scan() {
			t.Errorf("the writer ended early: %v", said.Err())
			break
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != -1 {
		t.Errorf("the writer was not killed: %v", err)
	}
}

// stored counts the facts of each batch.
func stored(t *testing.T, s *Store) map[string]int {
	t.Helper()
	count := map[string]int{}
	err := s.Each(t.Context(), func(r fact.Record) error {
		count[r.Revision]++
		return nil
	})
	if err != nil {
		t.Fatalf("Each: %v", err)
	}
	return count
}

// TestKilledWithinBatch: of a batch that was not committed nothing is left,
// though part of it had reached the log, and the store goes on.
func TestKilledWithinBatch(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "facts.db")
	killAfter(t, "half", path, 1)
	if log, err := os.Stat(path + "-wal"); err != nil || log.Size() == 0 {
		t.Fatalf("nothing of the open batch reached the log (%v): the test proves nothing", err)
	}
	s := open(t, path)
	if got := stored(t, s); len(got) != 1 || got["0"] != batchSize {
		t.Errorf("facts by batch: %v, want batch 0 in whole and no other", got)
	}
	if err := s.Put(t.Context(), batch(1)); err != nil {
		t.Fatalf("Put after the crash: %v", err)
	}
	if got := stored(t, s); got["1"] != batchSize {
		t.Errorf("facts by batch: %v, want batch 1 in whole", got)
	}
}

// TestKilledAnywhere: wherever a kill hits, each batch is there in whole or
// not at all, and those reported as stored are there.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "facts.db")
	for lines := 1; lines <= 4; lines++ {
		killAfter(t, "batches", path, lines)
		s := open(t, path)
		got := stored(t, s)
		for n, count := range got {
			if count != batchSize {
				t.Errorf("batch %s has %d facts, want %d", n, count, batchSize)
			}
		}
		for n := range lines {
			if got[fmt.Sprint(n)] != batchSize {
				t.Errorf("batch %d was reported as stored and has %d facts", n, got[fmt.Sprint(n)])
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTwoProcesses: another process writes while we do.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "facts.db")
	s := open(t, path)
	ended := make(chan error, 1)
	go func() {
		var err error
		for n := 0; n < 20 && err == nil; n++ {
			err = s.Put(t.Context(), batch(n)[:20])
		}
		ended <- err
	}()
	killAfter(t, "batches", path, 3)
	if err := <-ended; err != nil {
		t.Errorf("Put beside another process: %v", err)
	}
	for n, count := range stored(t, s) {
		if count != batchSize && count != 20 {
			t.Errorf("batch %s has %d facts", n, count)
		}
	}
}
