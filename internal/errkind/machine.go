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
