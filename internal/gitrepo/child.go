package gitrepo

import (
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"syscall"

	"assay/internal/limit"
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

// launch starts a git that reads, and bounds its memory.
func launch(cmd *exec.Cmd) error { return begin(cmd, limit.GitMemory) }

// begin starts cmd so that it does not outlive us, where the system can tell it
// of our death (see dieWithUs), and bounds its memory, in bytes.
func begin(cmd *exec.Cmd, memory uint64) error {
	done := make(chan error)
	starts() <- func() { done <- cmd.Start() }
	if err := <-done; err != nil {
		return err
	}
	confine(cmd.Process.Pid, memory)
	return nil
}

// lastWill ends the processes of a group when its standard input ends without a
// word. A transport's git has children that outlive it, and no system tells
// those of our death; but a pipe of ours ends with us on any system.
const lastWill = `read -r word || { kill -s TERM -- "-$1"; sleep 1; kill -s KILL -- "-$1"; } 2>/dev/null`

// guard has the process group of cmd, which was started, ended when we die. Done
// says that it has ended by itself. Without a shell nobody stands guard, and what
// git leaves ends when its host says nothing more.
func guard(cmd *exec.Cmd) (done func()) {
	sh := exec.Command("sh", "-c", lastWill, "sh", strconv.Itoa(cmd.Process.Pid)) //nolint:noctx // it is to outlive us, and ends with the pipe
	sh.Env = []string{"PATH=" + os.Getenv("PATH")}
	sh.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt from the terminal is not for it
	pipe, err := sh.StdinPipe()
	if err != nil || sh.Start() != nil {
		return func() {}
	}
	return func() {
		_, _ = pipe.Write([]byte("ended\n"))
		_ = pipe.Close()
		_ = sh.Wait()
	}
}

// runGuarded runs a git that speaks with a host. It starts other programs, which
// are to end with us too, and to inherit the bound of its memory.
func runGuarded(cmd *exec.Cmd) error {
	confineFrom(cmd)
	if err := begin(cmd, limit.FetchMemory); err != nil {
		return err
	}
	defer guard(cmd)()
	return cmd.Wait()
}
