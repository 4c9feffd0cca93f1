//go:build !linux

package gitrepo

import "syscall"

// dieWithUs does nothing: this system does not tell children of our death. A git
// that reads for us ends when it cannot write to us; one that clones goes on to
// its end. What it leaves is no mirror, and is removed (package mirror).
func dieWithUs(*syscall.SysProcAttr) {}
