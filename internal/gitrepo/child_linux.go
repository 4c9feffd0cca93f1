package gitrepo

import "syscall"

// dieWithUs has a child asked to end when we die, however we do. Git then ends
// its own children, and removes what it was writing.
func dieWithUs(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGTERM }
