package limit

import "time"

// The limits on landscape.yml.
const (
	LandscapeBytes  = 32 << 20
	LandscapeMarks  = 500_000
	LandscapeDepth  = 64
	LandscapeVisits = 2_000_000
	LandscapeRead   = 3 * LandscapeBytes
	LandscapeMerges = 8
	LandscapeLine   = 2048
	LandscapeText   = 16 << 10
	LandscapeLink   = 100
	LandscapeTwins  = 8
	LandscapePaths  = 100
	LandscapeNotes  = 200
)

func landscape() []Limit {
	return []Limit{
		{"landscape-bytes", LandscapeBytes, Bytes, "The file is parsed in memory; the CNCF's has 1.1 MB.", "The landscape is not read."},
		{"landscape-marks", LandscapeMarks, "entries", "A node costs the parser some hundred bytes; the CNCF's file has 44,000.", "The landscape is not read."},
		{"landscape-depth", LandscapeDepth, "levels", "The parser calls itself for each level; the CNCF's file nests 11 deep.", "The landscape is not read."},
		{"landscape-visits", LandscapeVisits, "nodes", "An alias lets a small file name a part of itself again and again.", "The landscape is not read."},
		{"landscape-read", LandscapeRead, Bytes, "An alias lets a small file name a long text again and again.", "The landscape is not read."},
		{"landscape-merges", LandscapeMerges, "mappings", "\"<<:\" leads from mapping to mapping.", "What is deeper is not merged."},
		{"landscape-line", LandscapeLine, Bytes, "A value of one line is a name or an address.", "The value is cut, which a note says."},
		{"landscape-text", LandscapeText, Bytes, "The longest description known has 3,400 bytes.", "The value is cut, which a note says."},
		{"landscape-link", LandscapeLink, Bytes, "The name of a link is a few words.", "The name is cut."},
		{"landscape-twins", LandscapeTwins, "projects", "Items of one name are compared with each other.", "The item is a project of its own."},
		{"landscape-paths", LandscapePaths, "paths", "A project stands in a few places.", "Further places are dropped."},
		{"landscape-notes", LandscapeNotes, "notes", "Each value can be odd.", "Further notes are dropped."},
	}
}

// The limits on lists of repositories, and on what one owner may hold.
const (
	ListBytes         = 4 << 20
	ListDepth         = 32
	ListMarks         = 300_000
	PatternBytes      = 4096
	PatternDepth      = 4
	PatternNames      = 500
	PatternOwners     = 50
	OwnerRepositories = 20_000
)

func lists() []Limit {
	return []Limit{
		{"list-bytes", ListBytes, Bytes, "A list is parsed in memory; the longest known is a twentieth of it.", "The list is not read, which a note says."},
		{"list-depth", ListDepth, "levels", "The parser calls itself for each level.", "The list is not read, which a note says."},
		{"list-marks", ListMarks, "entries", "A node costs the parser some hundred bytes.", "The list is not read, which a note says."},
		{"pattern-bytes", PatternBytes, Bytes, "The longest pattern known is a fifth of it.", "The pattern is not read, which a note says."},
		{"pattern-depth", PatternDepth, "groups", "Groups in one another multiply the names.", "What is deeper is matched with listings."},
		{"pattern-names", PatternNames, "names", "A pattern stands for all names it can give.", "The rest of it is matched with listings."},
		{"pattern-owners", PatternOwners, "owners", "The repositories of each owner are looked through.", "Further owners are not looked through."},
		{"owner-repositories", OwnerRepositories, "repositories", "Each repository is surveyed.", "Further repositories are left out."},
	}
}

// The limits on what addresses and hosts answer.
const (
	SourceBytes   = 16 << 20
	SourceTimeout = time.Minute
	SourceWait    = 30 * time.Second
	AskAttempts   = 4
	HostPages     = 100
	HostBytes     = 8 << 20
	HostTimeout   = 30 * time.Second
	HostHeader    = 1 << 20
	HostDial      = 15 * time.Second
	HostSilence   = 30 * time.Second
	HostSilences  = 2
	HostStalls    = 8
	HostRest      = time.Minute
	HostWait      = 2 * time.Minute
	HostUnsaid    = 30 * time.Second
	HostRedirects = 5
	FetchSilence  = time.Minute
	FetchSilences = 1
	FetchLine     = 2 << 10
)

func network() []Limit {
	return []Limit{
		{"source-bytes", SourceBytes, Bytes, "A file is read into memory.", "The file is not read."},
		{"source-timeout", seconds(SourceTimeout), Seconds, "An address may never answer.", "The request is made again, some times."},
		{"source-wait", seconds(SourceWait), Seconds, "An address may ask to be asked again later.", "The address counts as not reached."},
		{"host-pages", HostPages, "pages", "A listing of an owner has some pages of 100.", "The listing counts as not read."},
		{"host-bytes", HostBytes, Bytes, "An answer is parsed in memory.", "The answer counts as not read."},
		{"ask-attempts", AskAttempts, "attempts", "A connection may break, and a host be overloaded for a while.", "The address or listing counts as not read."},
		{"host-timeout", seconds(HostTimeout), Seconds, "A host may never answer.", "The request is made again, some times."},
		{"host-header", HostHeader, Bytes, "The head of an answer is read into memory.", "The request counts as failed."},
		{"host-dial", seconds(HostDial), Seconds, "A host may never take a connection.", "The request counts as failed."},
		{"host-silence", seconds(HostSilence), Seconds, "A host may say nothing; well ones answer in a second or two.", "The request is ended."},
		{"host-silences", HostSilences, "silences", "Each silence costs its time; a host that is well answers questions at once.", "The host is given up for host-rest."},
		{"host-stalls", HostStalls, "silences", "A large repository can be slow on a host that is well.", "The host is given up for host-rest."},
		{"host-rest", seconds(HostRest), Seconds, "A host may be well again.", "The host is asked once more."},
		{"host-wait", seconds(HostWait), Seconds, "A host may ask to be asked again later, again and again.", "What it was asked counts as not read."},
		{"host-unsaid", seconds(HostUnsaid), Seconds, "A host may ask to be asked later and not say when.", "The host is asked again."},
		{"host-redirects", HostRedirects, "redirects", "Redirects can lead in a circle.", "The request counts as failed."},
		{"fetch-silence", seconds(FetchSilence), Seconds, "A host that counts the objects of a large repository is quiet for a while.", "git is ended."},
		{"fetch-silences", FetchSilences, "silences", "Each silence costs its time.", "The repository is not asked for again."},
		{"fetch-line", FetchLine, Bytes, "A host can have git say anything.", "The rest of the line is dropped."},
	}
}
