package limit

import "time"

// The limits on git, and on what it says of a mirror.
const (
	GitSilence    = 2 * time.Minute
	GitMessage    = 8 << 10
	GitAnswer     = 1 << 20
	RefsText      = 256 << 20
	RefQuoted     = 200
	TreeFiles     = 1_000_000
	TreePath      = 64 << 10
	BlobBytes     = 16 << 20
	BlobPrefix    = 128 << 10
	BlobsBroken   = 100
	MailmapBytes  = 4 << 20
	LatestCommits = 400_000
	HistoryField  = 512 << 10
)

func git() []Limit {
	return []Limit{
		{"git-silence", seconds(GitSilence), Seconds, "A mirror can have git wait for ever.", "git is ended and the repository is not measured."},
		{"git-message", GitMessage, Bytes, "git repeats names of the repository in what it complains of.", "The rest of the message is dropped."},
		{"git-answer", GitAnswer, Bytes, "Most questions to git are answered in a few lines.", "The repository is not measured."},
		{"refs-text", RefsText, Bytes, "A list of refs is held in memory.", "The repository is not measured."},
		{"ref-quoted", RefQuoted, Bytes, "The name of a ref is repeated in a note.", "The name is cut."},
		{"tree-files", TreeFiles, "files", "The list of files is held in memory; kubernetes has 30,000 files.", "The repository is not measured."},
		{"tree-path", TreePath, Bytes, "Systems allow paths of 4 KiB.", "The repository is not measured."},
		{"blob-bytes", BlobBytes, Bytes, "A file is read into memory.", "Of a larger file its beginning is read."},
		{"blob-prefix", BlobPrefix, Bytes, "The language of a file shows at its beginning.", "The rest of a file over blob-bytes is not read."},
		{"blobs-broken", BlobsBroken, "blobs", "Each damaged blob costs two processes.", "The blobs after it are taken for missing."},
		{"mailmap-bytes", MailmapBytes, Bytes, "git reads a .mailmap whole.", "The .mailmap is not obeyed."},
		{"latest-commits", LatestCommits, "commits", "The search for the newest commits remembers what it has seen.", "What is newest on other branches is unknown."},
		{"history-field", HistoryField, Bytes, "A name or path is read into memory.", "The history is not measured."},
	}
}

// The limits on packs that are read without git. What is over one of them is
// left to git.
const (
	PackFiles    = 1 << 10
	PackIndexes  = 48 << 20
	PackObject   = 16 << 20
	PackDeltas   = 4096
	PackFolders  = 512
	PackHeld     = 24 << 20
	PackChanges  = 32 << 20
	GraphCommits = 400_000
	GraphPeople  = 16 << 20
)

func packs() []Limit {
	const toGit = "The history is read by git."
	return []Limit{
		{"pack-files", PackFiles, "packs", "Each pack is an open file.", toGit},
		{"pack-indexes", PackIndexes, Bytes, "The indexes are held in memory.", toGit},
		{"pack-object", PackObject, Bytes, "An object is read into memory.", toGit},
		{"pack-deltas", PackDeltas, "deltas", "Each delta upon another is work; git makes 250 at most.", toGit},
		{"pack-folders", PackFolders, "folders", "Folders within one another are walked by calls within one another.", toGit},
		{"pack-held", PackHeld, Bytes, "Two trees are held in memory while they are compared.", toGit},
		{"pack-changes", PackChanges, Bytes, "The changes of a commit are held in memory.", toGit},
		{"graph-commits", GraphCommits, "commits", "The commits of a history are held in memory.", toGit},
		{"graph-people", GraphPeople, Bytes, "The names of all authors are held in memory.", toGit},
	}
}
