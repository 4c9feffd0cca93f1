package gitrepo

import (
	"io/fs"
	"syscall"
)

// changed is when a file, or what is known of it, last changed, in nanoseconds.
// Who puts a file back with its old time cannot put this one back.
func changed(info fs.FileInfo) int64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return stat.Ctim.Nano()
	}
	return info.ModTime().UnixNano()
}
