//go:build !linux

package gitrepo

// MemoryBounded reports whether the memory of git is bounded on this system.
const MemoryBounded = false

func confine(int, uint64) {}
