package errkind

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// A bug is a panic that was caught.
type bug struct {
	value any
	stack string
}

func (b *bug) Error() string { return fmt.Sprintf("a bug in assay: %v", b.value) }

// Catch turns a panic into an error of kind Internal in err, when it is deferred.
// What runs beside others, or on what others wrote, defers it: a bug must
// cost what it was met at, and nothing else.
//
//	func work() (err error) {
//		defer errkind.Catch(&err)
func Catch(err *error) {
	if v := recover(); v != nil {
		*err = WithHint(Errorf(Internal, "%w", &bug{v, string(debug.Stack())}),
			"please report it, with what the same command prints with --verbose")
	}
}

// Stack is where the panic was of which err tells; "" when it tells of none.
func Stack(err error) string {
	if b, ok := errors.AsType[*bug](err); ok {
		return b.stack
	}
	return ""
}
