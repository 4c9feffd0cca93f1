package gitrepo

import "golang.org/x/sys/unix"

// MemoryBounded reports whether the memory of git is bounded on this system.
const MemoryBounded = true

// confine bounds what a process can allocate, in bytes. Files that it maps, such
// as packs, do not count. It is a request: a process that has ended, or that has
// a lower bound already, stays as it is.
func confine(pid int, most uint64) {
	_ = unix.Prlimit(pid, unix.RLIMIT_DATA, &unix.Rlimit{Cur: most, Max: most}, nil)
}
