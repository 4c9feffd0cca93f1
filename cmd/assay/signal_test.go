package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"assay/internal/errkind"
)

// Work that does not listen does not keep the program from ending.
func TestWithin(t *testing.T) {
	t.Parallel()
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	forever := func() int { select {} }
	var said bytes.Buffer
	if code := within(interrupted, time.Millisecond, &said, forever); code != errkind.ExitCanceled {
		t.Errorf("exit code %d, want %d", code, errkind.ExitCanceled)
	}
	if !strings.HasPrefix(said.String(), "assay: interrupted") {
		t.Errorf("it said %q", said.String())
	}
	if code := within(t.Context(), time.Millisecond, &said, func() int { return errkind.ExitNo }); code != errkind.ExitNo {
		t.Errorf("exit code %d, want that of the work, %d", code, errkind.ExitNo)
	}
	// Work that listens says itself how it ended.
	listens := func() int { <-interrupted.Done(); return errkind.ExitPartial }
	if code := within(interrupted, time.Hour, &said, listens); code != errkind.ExitPartial {
		t.Errorf("exit code %d, want that of the work, %d", code, errkind.ExitPartial)
	}
}

// The first signal ends a command that is busy with what cannot be told to stop:
// here it writes into a pipe that is full and that nobody reads.
func TestSignalEndsBusyCommands(t *testing.T) {
	t.Parallel()
	tree := demoTree(t)
	s := newSession(t, tree)
	if code, said := s.survey(t); code != errkind.ExitDone {
		t.Fatalf("exit code %d\n%s", code, said)
	}
	dir := filepath.Dir(s.store)
	large := filepath.Join(dir, "large.tmpl")
	if err := os.WriteFile(large, bytes.Repeat([]byte("words\n"), 100_000), 0o600); err != nil {
		t.Fatal(err)
	}
	wordy := filepath.Join(dir, "wordy.md")
	if err := os.WriteFile(wordy, bytes.Repeat([]byte("There are 99 graduated projects.\n\n"), 5_000), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"report": {"report", "--template", large},
		"verify": {"verify", wordy, "--format", "json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			read, write, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer read.Close()
			cmd := s.command(t, args...)
			var said bytes.Buffer
			cmd.Stdout, cmd.Stderr = write, &said
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			_ = write.Close()
			if _, err := read.Read(make([]byte, 1)); err != nil { // it writes
				t.Fatalf("%v\n%s", err, said.String())
			}
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // the exit code says it; that it comes at all is the test
			if code := cmd.ProcessState.ExitCode(); code != errkind.ExitCanceled {
				t.Errorf("exit code %d, want %d\n%s", code, errkind.ExitCanceled, said.String())
			}
			if !strings.Contains(said.String(), "assay: interrupted") {
				t.Errorf("it said %q", said.String())
			}
		})
	}
}
