package errkind

import (
	"errors"
	"syscall"
)

// exhausted are the errors of a machine that has run out of something: whatever
// was read when one came is not at fault.
var exhausted = []error{
	syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.EAGAIN, syscall.ENOSPC, syscall.EDQUOT,
}

// Ends gives err, which is a fault of this machine, the kind that says so.
func Ends(err error) error {
	if Of(err) == Storage || Of(err) == Machine {
		return err
	}
	return WithHint(Errorf(Machine, "%w", err), "see that this machine has memory, processes, open files and room on its disk left, or lower --jobs")
}

// Exhausted reports whether err tells that this machine has run out of open
// files, memory, processes or room on its disk.
func Exhausted(err error) bool {
	for _, e := range exhausted {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
