package attack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Bounds of every run of the program.
const (
	// memory is what one process may hold for itself, in KiB. It is set as the limit
	// of writable private memory: the limit of address space would count the
	// packs that git maps and the room that Go's runtime only reserves.
	memory = 1 << 20
	// deadline is when a run is taken for one that hangs.
	deadline = 60 * time.Second
)

// program is the built program.
var program string

func TestMain(m *testing.M) { os.Exit(build(m)) }

// build builds the program and runs the tests.
func build(m *testing.M) int {
	dir, err := os.MkdirTemp("", "assay-attack")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program = filepath.Join(dir, "assay")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, "assay/cmd/assay").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v: %s\n", err, out)
		return 1
	}
	return m.Run()
}

// A box is the folder of one attack: what is hostile lies in In, the program
// may write to Out alone.
type box struct {
	t   *testing.T
	dir string
	env []string // besides what every run has
}

func newBox(t *testing.T) *box {
	t.Helper()
	b := &box{t: t, dir: t.TempDir()}
	for _, name := range []string{"in", "out", "home"} {
		b.must(os.Mkdir(filepath.Join(b.dir, name), 0o755))
	}
	return b
}

func (b *box) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// in and out are paths in the folders of those names.
func (b *box) in(path ...string) string  { return filepath.Join(b.dir, "in", filepath.Join(path...)) }
func (b *box) out(path ...string) string { return filepath.Join(b.dir, "out", filepath.Join(path...)) }

// write writes a file below in, with its folders.
func (b *box) write(path, text string) {
	b.t.Helper()
	b.must(os.MkdirAll(filepath.Dir(b.in(path)), 0o755))
	b.must(os.WriteFile(b.in(path), []byte(text), 0o644))
}

// A result is how one run of the program ended.
type result struct {
	exit           int
	stdout, stderr string
	took           time.Duration
	killed         bool // it went over the deadline
}

// run runs the program in the folder In, and complains of what no run may do. IN
// and OUT in the arguments are the folders.
func (b *box) run(args ...string) result {
	b.t.Helper()
	return b.runUntil(deadline, nil, args...)
}

// runUntil is run, with another deadline, and meanwhile, where not nil, called with
// the process once it has started.
func (b *box) runUntil(limit time.Duration, meanwhile func(*os.Process), args ...string) result {
	b.t.Helper()
	before := b.listing()
	ctx, cancel := context.WithTimeout(b.t.Context(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", append([]string{"-c", fmt.Sprintf("ulimit -d %d; exec \"$0\" \"$@\"", memory), program}, b.expand(args)...)...)
	cmd.Dir = b.in()
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + filepath.Join(b.dir, "home"), "TMPDIR=" + b.out(), "LC_ALL=C", "TZ=UTC",
		"ASSAY_STORE=" + b.out("facts.db"), "ASSAY_MIRRORS=" + b.out("mirrors"), "ASSAY_AUTHOR_KEY=a key that is the same for every store",
	}, b.expand(b.env)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	begun := time.Now()
	b.must(cmd.Start())
	if meanwhile != nil {
		meanwhile(cmd.Process)
	}
	err := cmd.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) && ctx.Err() == nil {
		b.t.Fatal(err)
	}
	r := result{
		exit: cmd.ProcessState.ExitCode(), stdout: stdout.String(), stderr: stderr.String(),
		took: time.Since(begun), killed: ctx.Err() != nil,
	}
	b.hold(r, args, before)
	return r
}

// Bounds of a run that is asked to end.
const (
	atWork = 500 * time.Millisecond // how long it is left at work before
	ends   = 10 * time.Second       // 2 s, on a machine that is busy with other tests
)

// signal runs the program, asks it to end while it is at work, and complains where
// it does not.
func (b *box) signal(sig syscall.Signal, args ...string) result {
	b.t.Helper()
	return b.ended(sig, func() { time.Sleep(atWork) }, args...)
}

// ended is signal, once wait returns.
func (b *box) ended(sig syscall.Signal, wait func(), args ...string) result {
	b.t.Helper()
	var asked time.Time
	r := b.runUntil(deadline, func(p *os.Process) {
		wait()
		asked = time.Now()
		_ = p.Signal(sig) // it may have ended
	}, args...)
	if took := time.Since(asked); took > ends {
		b.t.Errorf("assay %s: ended %v after %v", strings.Join(args, " "), took, sig)
	}
	return r
}

// hold complains of what no run may do.
func (b *box) hold(r result, args []string, before map[string]string) {
	b.t.Helper()
	said := "assay " + strings.Join(args, " ")
	if r.killed {
		b.t.Errorf("%s: still at work after %v", said, r.took)
	}
	for _, word := range []string{"out of memory", "panic:", "fatal error:", "goroutine "} {
		if strings.Contains(r.stderr, word) {
			b.t.Errorf("%s: %q on standard error: %.2000s", said, word, r.stderr)
		}
	}
	for name, text := range map[string]string{"output": r.stdout, "error": r.stderr} {
		if at := control.FindStringIndex(text); at != nil {
			b.t.Errorf("%s: a control character on standard %s: %q", said, name, text[max(0, at[0]-40):min(len(text), at[1]+40)])
		}
	}
	after := b.listing()
	for path, was := range before {
		if after[path] != was {
			b.t.Errorf("%s: %s was %s, is %s", said, path, was, after[path])
		}
	}
	for path := range after {
		if _, ok := before[path]; !ok {
			b.t.Errorf("%s: %s is new", said, path)
		}
	}
}

// control matches what a terminal would obey.
var control = regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\u202a-\u202e\u2066-\u2069]")

// expand puts the folders in the place of their names.
func (b *box) expand(args []string) []string {
	r := strings.NewReplacer("$IN", b.in(), "$OUT", b.out())
	all := make([]string, len(args))
	for i, arg := range args {
		all[i] = r.Replace(arg)
	}
	return all
}

// listed is up to which size a listing holds a file's content.
const listed = 1 << 20

// listing tells what is in the box, but for Out: type, mode, size and content of
// every file by its path.
func (b *box) listing() map[string]string {
	b.t.Helper()
	all := map[string]string{}
	b.must(filepath.WalkDir(b.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path == b.out() {
			return fs.SkipDir
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		what := info.Mode().String()
		switch {
		case info.Mode()&fs.ModeSymlink != 0:
			to, _ := os.Readlink(path)
			what += " " + to
		case info.Mode().IsRegular() && info.Size() <= listed:
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			what += fmt.Sprintf(" %x", sha256.Sum256(data))
		case info.Mode().IsRegular():
			what += fmt.Sprintf(" %d bytes", info.Size())
		}
		all[strings.TrimPrefix(path, b.dir)] = what
		return nil
	}))
	return all
}
