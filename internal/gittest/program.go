package gittest

import (
	"errors"
	"os"
	"syscall"
)

// WriteProgram writes an executable file that can be started at once. No process is
// forked while the file is open: a child that got hold of it, if only until it starts
// its own program, would have the system refuse to start the file ("text file busy").
// See https://go.dev/issue/22315.
func WriteProgram(path string, data []byte) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	return errors.Join(os.WriteFile(path, data, 0o700), os.Chmod(path, 0o755))
}
