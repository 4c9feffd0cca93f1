package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"assay/internal/gittest"
)

// unprivileged is the user that commands run as where root runs the tests: root may
// write everywhere.
const unprivileged = 65534

// A stranger runs commands on a store as somebody who may write neither it nor its
// folder.
type stranger struct {
	program, dir string
}

// newStranger makes a folder that everybody may enter, with the program in it.
func newStranger(t *testing.T) *stranger {
	t.Helper()
	program, err := exec.LookPath("assay") // testscript.Main put it there
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "assay-readonly-") //nolint:usetesting // nobody else may enter t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = os.Chmod(filepath.Join(dir, "store"), 0o755)
		_ = os.RemoveAll(dir)
	})
	r := &stranger{program: filepath.Join(dir, "assay"), dir: dir}
	data, err := os.ReadFile(program)
	err = errors.Join(err, os.Chmod(dir, 0o755), gittest.WriteProgram(r.program, data), os.Mkdir(filepath.Join(dir, "store"), 0o755))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// run runs a command and gives its exit code and what it printed.
func (r *stranger) run(t *testing.T, args ...string) (code int, out string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), r.program, args...)
	cmd.Dir = r.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + r.dir, "ASSAY_CONFIG=" + os.DevNull, "GORACE=" + promptExit}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: unprivileged, Gid: unprivileged}}
	}
	var b bytes.Buffer
	cmd.Stdout, cmd.Stderr = &b, &b
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), b.String()
}

// A store that may not be written is read by every command that only reads,
// whether its file or its folder is protected; nothing is left beside it.
func TestReadOnlyStore(t *testing.T) {
	t.Parallel()
	s := newSession(t, demoTree(t))
	if code, out := s.survey(t); code != 0 {
		t.Fatalf("exit code %d: %s", code, out)
	}
	data, err := os.ReadFile(s.store)
	if err != nil {
		t.Fatal(err)
	}
	r := newStranger(t)
	folder := filepath.Join(r.dir, "store")
	store := filepath.Join(folder, "facts.db")
	report := filepath.Join(r.dir, "report.md")
	if err := errors.Join(os.WriteFile(store, data, 0o444), os.WriteFile(report, []byte("# Rust\n"), 0o444)); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []os.FileMode{0o555, 0o777} {
		if err := os.Chmod(folder, mode); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{
			{"list"}, {"show", "ferrite"}, {"report"}, {"verify", report}, {"export"}, {"doctor", "--offline"}, {"history", "ferrite"}, {"explain", "ferrite", "class"},
		} {
			code, out := r.run(t, append(args, "--store", store)...)
			if code != 0 && args[0] != "doctor" { // which may miss something else on this machine
				t.Errorf("folder %v: %s: exit code %d: %s", mode, args, code, out)
			}
			if args[0] == "doctor" && !strings.Contains(out, "repositories measured; it can only be read") {
				t.Errorf("folder %v: doctor does not say that the store can only be read: %s", mode, out)
			}
		}
		code, out := r.run(t, "survey", "--landscape", "none.yml", "--offline", "--store", store)
		if code == 0 || !strings.Contains(out, "hint:") {
			t.Errorf("folder %v: survey: exit code %d: %s", mode, code, out)
		}
		if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
			t.Errorf("folder %v: %d files beside the store, %v", mode, len(files)-1, err)
		}
	}

	// A log that was not written back can be read only with SQLite's other files.
	if err := errors.Join(os.Chmod(folder, 0o755), os.WriteFile(store+"-wal", []byte("a log"), 0o444), os.Chmod(folder, 0o555)); err != nil {
		t.Fatal(err)
	}
	code, out := r.run(t, "list", "--store", store)
	if code != 4 || !strings.Contains(out, "facts.db-wal") || !strings.Contains(out, "copy") {
		t.Errorf("with a log: exit code %d: %s", code, out)
	}
}
