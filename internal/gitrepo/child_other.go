//go:build !linux

package gitrepo

import "syscall"

// dieWithUs does nothing: this system does not tell children of our death. A git
// that reads for us ends when it cannot write to us, and one that clones is ended by
// its guard.
func dieWithUs(*syscall.SysProcAttr) {}
