//go:build !linux

package gitrepo

import "io/fs"

// changed is when a file last changed, in nanoseconds.
func changed(info fs.FileInfo) int64 { return info.ModTime().UnixNano() }
