package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// environment is all that git sees of ours. No system or user configuration,
// no prompts, no replacement objects or grafts, no lazy fetching of missing objects and
// no transport: reading a mirror must not depend on the machine, and nothing
// in a mirror may make git run a program or reach for the network.
func environment(protocols string) []string {
	return []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + os.DevNull,
		"LC_ALL=C",
		"TZ=UTC",
		"GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_TERMINAL_PROMPT=0",
		"GIT_ASKPASS=",
		"SSH_ASKPASS=",
		"GIT_NO_REPLACE_OBJECTS=1",
		"GIT_GRAFT_FILE=" + os.DevNull,
		"GIT_NO_LAZY_FETCH=1",
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_ALLOW_PROTOCOL=" + protocols,
	}
}

// noProtocol is a name no transport has: git may reach nothing.
const noProtocol = "none"

// hardening overrides what the configuration of a mirror itself could turn
// into a running program or unbounded memory.
var hardening = []string{
	"-c", "core.hooksPath=" + os.DevNull,
	"-c", "core.fsmonitor=false",
	"-c", "core.alternateRefsCommand=true",
	"-c", "log.showSignature=false",
	"-c", "safe.directory=*", // a shared tree of mirrors belongs to somebody else; we run nothing from it
	"-c", "core.commitGraph=false", // it may say what commits do not
	"-c", "core.multiPackIndex=false",
	"-c", "core.bigFileThreshold=16m",
	"-c", "core.quotePath=false",
	"-c", "advice.graftFileDeprecated=false", // else git warns of our empty one before every error
	"--no-pager",
	"--literal-pathspecs",
}

// drainDelay is how long is waited for what git has printed, once it has ended. On a
// machine under load we may get no turn for a while, and half an answer is none.
const drainDelay = 10 * time.Second

// command is git with args, reading the git directory dir. The process is in a
// group of its own, ended as a whole when ctx is.
func command(ctx context.Context, dir string, args ...string) *exec.Cmd {
	all := make([]string, 0, len(hardening)+len(args)+1)
	all = append(all, hardening...)
	if dir != "" {
		all = append(all, "--git-dir="+dir)
	}
	cmd := exec.CommandContext(ctx, "git", append(all, args...)...)
	cmd.Env = environment(noProtocol)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithUs(cmd.SysProcAttr)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = drainDelay
	return cmd
}

// confineFrom has a shell start cmd with its memory bounded from the beginning, so
// that programs that git starts at once inherit the bound. Where there is no
// shell, git alone is bounded.
func confineFrom(cmd *exec.Cmd) {
	shell, err := exec.LookPath("sh")
	if err != nil || cmd.Err != nil || !MemoryBounded {
		return
	}
	const script = `ulimit -d "$0" 2>/dev/null || :; exec "$@"`
	cmd.Args = append([]string{"sh", "-c", script, strconv.Itoa(limit.FetchMemory >> 10), cmd.Path}, cmd.Args[1:]...)
	cmd.Path = shell
}

// output runs git to its end and returns what it printed. Output beyond limit
// bytes is an error of kind Limit.
func output(ctx context.Context, dir string, limit int64, args ...string) ([]byte, error) {
	return heard(func() ([]byte, error) { return outputOnce(ctx, dir, limit, args...) })
}

func outputOnce(ctx context.Context, dir string, limit int64, args ...string) ([]byte, error) {
	cmd := command(ctx, dir, args...)
	out := &boundedBuffer{limit: limit}
	stderr := newStderr()
	cmd.Stdout, cmd.Stderr = out, stderr
	err := launch(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	if out.overflow {
		return nil, errkind.Errorf(errkind.Limit, "git %s: more than %d bytes of output", args[0], limit)
	}
	if err != nil {
		return nil, gitError(ctx, args[0], err, stderr)
	}
	return out.buf.Bytes(), nil
}

// gitError makes an error of a failed git command: its own words, cleaned, and
// the kind they tell.
func gitError(ctx context.Context, sub string, err error, stderr *boundedBuffer) error {
	if ctx.Err() != nil {
		return fmt.Errorf("git %s: %w", sub, ctx.Err())
	}
	said := firstLines(stderr.buf.String(), 3)
	if said == "" {
		said = err.Error()
	}
	err = &failure{said: said, err: err}
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return errkind.WithHint(errkind.Errorf(errkind.Machine, "git %s: %w", sub, err), "install git %s or newer and put it on the PATH", MinGit)
	case !ended(err), killed(err), exhausted(said):
		return errkind.WithHint(errkind.Errorf(errkind.Machine, "git %s: %w", sub, err), "see that this machine has memory, processes and open files left, or lower --jobs")
	case outOfMemory(said):
		return errkind.Because(errkind.Errorf(errkind.Limit, "git %s: %w: %s", sub, err, limit.Over("git-memory", limit.GitMemory)), errkind.CauseLimit("git-memory", limit.GitMemory))
	}
	return errkind.Errorf(errkind.Corrupt, "git %s: %w", sub, err)
}

// ended reports whether err tells how a git command ended that was started. One
// that cannot be started, or whose words do not come in [drainDelay], is no fault of
// what it was to read.
func ended(err error) bool {
	_, exited := errors.AsType[*exec.ExitError](err)
	return exited
}

// exhausted reports whether git says that this machine has run out of something.
// Memory is not among it: a forged size can have git ask for any amount.
func exhausted(said string) bool {
	for _, sign := range []string{
		"Too many open files in system", "Resource temporarily unavailable", "No space left on device", "Disk quota exceeded", "cannot fork",
	} {
		if strings.Contains(said, sign) {
			return true
		}
	}
	return false
}

// outOfMemory reports whether git says that it came to the bound of its memory.
func outOfMemory(said string) bool {
	said = strings.ToLower(said)
	return strings.Contains(said, "out of memory") || strings.Contains(said, "cannot allocate memory")
}

// A failure is a git command that ended with an error: what it said, and how it
// ended.
type failure struct {
	said string
	err  error
}

func (f *failure) Error() string { return f.said }
func (f *failure) Unwrap() error { return f.err }

// exitCode is the exit code of the git command that err tells of, or -1.
func exitCode(err error) int {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return -1
	}
	return exit.ExitCode()
}

// firstLines joins the first n non-empty lines of s, control characters
// replaced: git repeats names from the repository in its messages.
func firstLines(s string, n int) string {
	var lines []string
	for line := range strings.Lines(s) {
		line = strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
				return -1
			}
			return r
		}, line)
		if line = strings.TrimSpace(line); line != "" && len(lines) < n {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "; ")
}

// A boundedBuffer keeps the first limit bytes written to it and remembers
// whether there were more. Past the bound the rest is refused, so that git
// stops, or dropped where lossy says so; it never blocks.
type boundedBuffer struct {
	buf      bytes.Buffer
	limit    int64
	lossy    bool
	overflow bool
}

// newStderr makes a buffer for what git says on standard error.
func newStderr() *boundedBuffer { return &boundedBuffer{limit: limit.GitMessage, lossy: true} }

func (b *boundedBuffer) Write(p []byte) (int, error) {
	room := b.limit - int64(b.buf.Len())
	if int64(len(p)) <= room {
		return b.buf.Write(p)
	}
	b.overflow = true
	b.buf.Write(p[:max(room, 0)])
	if b.lossy {
		return len(p), nil
	}
	return 0, errors.New("too much output")
}
