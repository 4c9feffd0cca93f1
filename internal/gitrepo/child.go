package gitrepo

import (
	"os/exec"
	"runtime"
	"sync"
)

// starts are children to be started, by the one thread that starts them all. The
// system tells a child of the death of the thread that started it, and a thread
// of ours may end before the program does; this one does not.
var starts = sync.OnceValue(func() chan<- func() {
	c := make(chan func())
	go func() {
		runtime.LockOSThread()
		for start := range c {
			start()
		}
	}()
	return c
})

// launch starts cmd so that it does not outlive us, where the system can tell it
// of our death; see dieWithUs.
func launch(cmd *exec.Cmd) error {
	done := make(chan error)
	starts() <- func() { done <- cmd.Start() }
	return <-done
}

// run starts cmd and waits for its end.
func run(cmd *exec.Cmd) error {
	if err := launch(cmd); err != nil {
		return err
	}
	return cmd.Wait()
}
