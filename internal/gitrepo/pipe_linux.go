package gitrepo

import (
	"io"
	"os"
	"syscall"
)

// widen makes the pipe hold more, so that git and we wait for each other less
// often. It is a request: where the system refuses, the pipe stays as it is.
func widen(r io.Reader) {
	const setPipeSize = 1031 // F_SETPIPE_SZ of Linux, not in package syscall
	f, ok := r.(*os.File)
	if !ok {
		return
	}
	conn, err := f.SyscallConn()
	if err != nil {
		return
	}
	_ = conn.Control(func(fd uintptr) {
		_, _, _ = syscall.Syscall(syscall.SYS_FCNTL, fd, setPipeSize, 1<<20)
	})
}
