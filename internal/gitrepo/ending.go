package gitrepo

import (
	"context"
	"errors"
	"os/exec"
	"slices"
	"syscall"

	"assay/internal/errkind"
)

// fromOutside are the signals that git gives no cause for: somebody ends it, or the
// system, which is short of memory. One of git's own faults, as of an invalid address,
// may come from what it reads.
var fromOutside = []syscall.Signal{
	syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGXCPU,
}

// killed reports whether err tells of a git that was ended from outside, and not by
// what it read.
func killed(err error) bool {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.ProcessState == nil {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && slices.Contains(fromOutside, status.Signal())
}

// unheard is how often git is asked for an answer that we did not get to hear.
const unheard = 3

// heard is what ask gives. Where git ended and its words did not come in [drainDelay],
// as to a program that was stopped meanwhile, it is asked again.
func heard(ask func() ([]byte, error)) (out []byte, err error) {
	for range unheard {
		if out, err = ask(); !errors.Is(err, exec.ErrWaitDelay) {
			break
		}
	}
	return out, err
}

// settle is how a git ended that was read until now. Where it has not said all that it
// has to say, we end it, which tells nothing.
func settle(cmd *exec.Cmd, out *watchedReader) error {
	if !out.over {
		_ = cmd.Cancel()
	}
	err := cmd.Wait()
	if errors.Is(err, exec.ErrWaitDelay) || !out.over && killed(err) {
		return nil
	}
	return err
}

// faultOf is the fault of this machine by which git could not give an object, as it
// ended and what it said tell; nil where they tell of none. An object that is not given
// for it is not missing.
func faultOf(ctx context.Context, ended error, stderr *boundedBuffer) error {
	said := firstLines(stderr.buf.String(), 3)
	if ended == nil && exhausted(said) {
		ended = errors.New(said)
	}
	if ended == nil {
		return nil
	}
	if err := gitError(ctx, "cat-file", ended, stderr); errkind.Of(err) == errkind.Machine {
		return err
	}
	return nil
}
