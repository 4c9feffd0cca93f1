package limit

import "time"

// The limits on git, and on what it says of a mirror.
const (
	GitSilence    = 2 * time.Minute
	GitMessage    = 8 << 10
	GitAnswer     = 1 << 20
	GitMemory     = 1 << 30
	FetchMemory   = 2 << 30
	RefCount      = 500_000
	RefsText      = 128 << 20
	RefQuoted     = 200
	TreeFiles     = 500_000
	TreePath      = 64 << 10
	TreeText      = 64 << 20
	TreeFolders   = 1_000_000
	BlobBytes     = 16 << 20
	BlobPrefix    = 128 << 10
	BlobsBroken   = 100
	MailmapBytes  = 4 << 20
	BlobsBytes    = 64 << 30
	BlobsLeast    = 1 << 30
	BlobsRatio    = 1000
	LatestCommits = 400_000
)

// The limits on the whole of one repository, and on its history.
const (
	RepositoryTime  = time.Hour
	HistoryCommits  = 5_000_000
	MainlineCommits = 4_000_000
	HistoryChanges  = 25_000_000
	HistoryPaths    = 1_000_000
	HistoryText     = 128 << 20
	HistoryVersions = 4_000_000
	HistoryFolders  = 50_000_000
	HistoryBytes    = 256 << 30
	HistoryField    = 512 << 10
	CommitChanges   = 1_000_000
	CommitText      = 64 << 20
)

func history() []Limit {
	const not = "The history is not measured."
	return []Limit{
		{"repository-time", seconds(RepositoryTime), Seconds, "No count bounds all work; istio takes seconds.", "The repository is not measured further."},
		{"history-commits", HistoryCommits, "commits", "Each commit is work; istio has 26,000.", not},
		{"mainline-commits", MainlineCommits, "commits", "Each commit of the mainline is read; all of istio's are 26,000.", not},
		{"history-changes", HistoryChanges, "changes", "Each file that a commit changes is work; istio has 245,000.", not},
		{"history-paths", HistoryPaths, "paths", "The paths of all times are held in memory; istio has 44,000.", not},
		{"history-text", HistoryText, Bytes, "The paths of all times are held in memory.", not},
		{"history-versions", HistoryVersions, "versions", "The names of the versions of all files are held in memory; istio has 134,000.", not},
		{"history-folders", HistoryFolders, "folders", "Folders are compared between commits, and empty ones change nothing; istio needs 230,000.", not},
		{"history-bytes", HistoryBytes, Bytes, "Small packed objects can stand for large ones; istio needs 500 MB.", not},
		{"history-field", HistoryField, Bytes, "A name or path is read into memory.", not},
		{"commit-changes", CommitChanges, "changes", "The changes of a commit are held in memory; istio has one of 17,000.", not},
		{"commit-text", CommitText, Bytes, "The changes of a commit are held in memory.", not},
	}
}

func git() []Limit {
	return []Limit{
		{"git-silence", seconds(GitSilence), Seconds, "A mirror can have git wait for ever.", "git is ended and the repository is not measured."},
		{"git-message", GitMessage, Bytes, "git repeats names of the repository in what it complains of.", "The rest of the message is dropped."},
		{"git-answer", GitAnswer, Bytes, "Most questions to git are answered in a few lines.", "The repository is not measured."},
		{"git-memory", GitMemory, Bytes, "A mirror can have git fill the memory; the history of prometheus fits in 100 MB.", "git fails and the repository is not measured. On Linux only."},
		{"fetch-memory", FetchMemory, Bytes, "A host can have git fill the memory; the 359,000 objects of prometheus fit in 100 MB.", "git fails and the mirror is not cloned or fetched. On Linux only."},
		{"ref-count", RefCount, "refs", "The refs are held in memory.", "The repository is not measured."},
		{"refs-text", RefsText, Bytes, "A list of refs is held in memory.", "The repository is not measured."},
		{"ref-quoted", RefQuoted, Bytes, "The name of a ref is repeated in a note.", "The name is cut."},
		{"tree-files", TreeFiles, "files", "The list of files is held in memory.", "The repository is not measured."},
		{"tree-path", TreePath, Bytes, "Systems allow paths of 4 KiB.", "The repository is not measured."},
		{"tree-text", TreeText, Bytes, "The paths of all files are held in memory.", "The repository is not measured."},
		{"tree-folders", TreeFolders, "folders", "Empty folders hold no file.", "The repository is not measured."},
		{"blob-bytes", BlobBytes, Bytes, "A file is read into memory.", "Of a larger file its beginning is read."},
		{"blob-prefix", BlobPrefix, Bytes, "The language of a file shows at its beginning.", "The rest of a file over blob-bytes is not read."},
		{"blobs-broken", BlobsBroken, "blobs", "Each damaged blob costs two processes.", "The blobs after it are taken for missing."},
		{"mailmap-bytes", MailmapBytes, Bytes, "git reads a .mailmap whole.", "The .mailmap is not obeyed."},
		{"latest-commits", LatestCommits, "commits", "The search for the newest commits remembers what it has seen.", "What is newest on other branches is unknown."},
		{"blobs-bytes", BlobsBytes, Bytes, "Small packed objects can stand for large ones; all blobs of a repository together are meant.", "The repository is not measured further."},
		{"blobs-least", BlobsLeast, Bytes, "A small mirror may have this much in blobs, and for each of its bytes blobs-ratio more.", "The repository is not measured further."},
		{"blobs-ratio", BlobsRatio, "bytes", "Deltas can make gigabytes of some kilobytes; what people write is packed to a tenth.", "The repository is not measured further."},
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
		{"graph-commits", GraphCommits, "commits", "The commits of a history are held in memory.", toGit},
		{"graph-people", GraphPeople, Bytes, "The names of all authors are held in memory.", toGit},
	}
}
