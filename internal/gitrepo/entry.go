package gitrepo

// An Entry is a file of a tree. Directories are not listed.
type Entry struct {
	Path string // slash-separated, exactly git's bytes: any byte but NUL may occur
	OID  string // object name of the blob (of the commit, for a submodule)
	Mode uint32 // ModeFile, ModeExec, ModeSymlink, ModeSubmodule
	Size int64  // of the blob in bytes; -1 for a submodule and when the blob is missing
}

// The modes of entries, as in git.
const (
	ModeFile      = 0o100644
	ModeExec      = 0o100755
	ModeSymlink   = 0o120000
	ModeSubmodule = 0o160000
)

// Regular reports whether the entry is an ordinary file.
func (e *Entry) Regular() bool { return e.Mode&0o170000 == 0o100000 }

// Content is what could be read of a blob.
type Content struct {
	Data []byte
	// Missing: the blob is not in the mirror, or damaged; Data is nil.
	Missing bool
	// Truncated: Data is a prefix; the rest was not asked for or lies beyond
	// the bound on blob size. The entry's Size is the whole blob's.
	Truncated bool
}
