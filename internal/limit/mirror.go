package limit

// The limits on a folder of mirrors, and on the small files of one mirror.
const (
	MirrorNames     = 1 << 20
	MirrorSpellings = 16
	MirrorDepth     = 10
	MirrorConfig    = 1 << 20
	MirrorHint      = 64 << 10
	MirrorNote      = 4 << 10
	MirrorHead      = 4 << 10
	RefFile         = 4 << 10
	RefsFile        = 128 << 20
	RefFiles        = 500_000
	LooseFiles      = 1_000_000
	ShallowFile     = 16 << 20
	AlternatesFile  = 1 << 20
	AlternatesDepth = 5
	RefDepth        = 64
	StateFiles      = 4 << 20
)

func mirror() []Limit {
	return []Limit{
		{"mirror-names", MirrorNames, "names", "A folder with more is no tree of mirrors.", "The folder is not searched."},
		{"mirror-spellings", MirrorSpellings, "paths", "Names that differ by case may all be meant.", "Further spellings are not looked at."},
		{"mirror-depth", MirrorDepth, "folders", "Groups of a host nest a few deep.", "Mirrors below are not found."},
		{"mirror-config", MirrorConfig, Bytes, "The configuration of a mirror is some lines.", "The mirror is not read."},
		{"mirror-hint", MirrorHint, Bytes, "Only the address in the configuration is looked for.", "The rest of the configuration gives no hint of the name."},
		{"mirror-note", MirrorNote, Bytes, "Notes that stand beside a mirror are one line.", "The rest is not read."},
		{"mirror-head", MirrorHead, Bytes, "HEAD is one line, and git reads it whole.", "The mirror is not read."},
		{"ref-file", RefFile, Bytes, "A ref is one line, and git reads the file whole.", "The mirror is not read."},
		{"refs-file", RefsFile, Bytes, "git may sort packed refs in memory; each has some 70 bytes.", "The mirror is not read."},
		{"ref-files", RefFiles, "files", "git reads each file of a ref.", "The mirror is not read."},
		{"loose-files", LooseFiles, "files", "Each object that is a file is looked at; git packs them from 7,000 on.", "The mirror is not read."},
		{"shallow-file", ShallowFile, Bytes, "git reads the file by lines of any length.", "The mirror is not read."},
		{"alternates-file", AlternatesFile, Bytes, "git reads the file whole.", "The mirror is not read."},
		{"alternates-depth", AlternatesDepth, "places", "Places can borrow from one another in a circle; it is git's own limit.", "Further places are not watched for changes."},
		{"ref-depth", RefDepth, "folders", "Links of refs can lead in a circle; a name has 4 KiB at most.", "The mirror is not read."},
		{"state-files", StateFiles, "files", "Each file of a mirror is looked at to see whether it changed.", "The mirror is not read."},
	}
}
