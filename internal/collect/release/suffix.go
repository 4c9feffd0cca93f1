package release

import (
	"slices"
	"strings"

	"assay/internal/lazyregexp"
)

// The words that are known, in small letters.
var (
	// whole: a series of this name is the whole repository.
	whole = []string{"release", "releases", "rel", "version", "versions", "ver", "tag", "tags", "r", "v"}
	// channels: the releases of such a series are not meant for everyone. Package
	// cadence has them too.
	channels = []string{
		"alpha", "beta", "canary", "candidate", "daily", "dev", "devel", "development", "edge", "experimental", "insiders",
		"next", "nightly", "pre", "prerelease", "preview", "rc", "snapshot", "unstable", "weekly",
	}
	// early: what comes before the version itself.
	early = []string{
		"alpha", "beta", "canary", "candidate", "cr", "daily", "dev", "devel", "develop", "development", "draft", "ea",
		"eap", "edge", "exp", "experimental", "insiders", "milestone", "next", "nightly", "pre", "prealpha", "prerelease",
		"preview", "rc", "snapshot", "test", "testing", "tp", "unstable", "weekly", "wip",
	}
	// numbered are early only with a number after them: 1.2b3, 1.2-M1, 2.9.0.pr1.
	numbered = []string{"a", "b", "c", "m", "pr"}
	// later: what comes after the version and takes its place.
	later = []string{
		"bugfix", "build", "fix", "hf", "hotfix", "p", "patch", "pl", "post", "r", "rev", "sec", "security", "sp", "sr", "u", "update",
	}
	// edition: the version itself, for some: a platform, a seller, a standing.
	edition = []string{
		"aliyun", "alpine", "amd", "android", "arm", "ce", "centos", "darwin", "debian", "docker", "ee", "eks", "el",
		"final", "fips", "fuse", "ga", "gke", "incompatible", "incubating", "java", "jdk", "jre", "linux", "lts", "macos",
		"musl", "osx", "oss", "redhat", "release", "rhel", "rtm", "stable", "ubuntu", "win", "windows",
	}
	// dead: a mark at a version and not the version.
	dead = []string{"branch", "branchpoint", "broken", "deprecated", "eol", "init", "retract", "retracted", "yanked"}
)

// has reports whether word is one of the list, in any case.
func has(list []string, word string) bool { return slices.Contains(list, strings.ToLower(word)) }

// A sense is what a suffix makes of a version.
type sense int

const (
	plain    sense = iota // there is no suffix
	pre                   // a pre-release, by its words or by Semantic Versioning
	revision              // a full release after the plain version
	build                 // the version again or, without a plain one, a full release
	word                  // a word not known: a build or, without a plain version, a pre-release
)

// A suffix is what stands after the number of a version.
type suffix struct {
	sense sense
	key   string // small letters and numbers, the same for all spellings
	stem  string // key of the version that this is a build of
	// worded: it starts with a known word, so that what stands before it is a
	// version even where a number alone would not be.
	worded bool
}

// pre reports whether a version of this suffix is a pre-release.
func (s suffix) pre() bool { return s.sense == pre || s.sense == word }

// built reports whether a version of this suffix can be a build of another.
func (s suffix) built() bool { return s.stem != s.key }

var (
	// suffixes matches all that can stand after a number. The number leaves off
	// where what follows is no part of it.
	suffixes = lazyregexp.New(`^(\.-|[-._])?([0-9A-Za-z][-._0-9A-Za-z]*)?(?:\+([-._0-9A-Za-z]+))?$`)
	// object matches a date or the name of an object, or the name as git
	// describe gives it.
	object = lazyregexp.New(`^(?:[0-9a-f]*[0-9][0-9a-f]*|g[0-9a-f]{7,})$`)
	// stamp matches the day of a build as OSGi has it: 9.4.1.v20170120.
	stamp = lazyregexp.New(`^v20\d{6,10}$`)
	// token matches a run of letters or of digits.
	token = lazyregexp.New(`[a-z]+|\d+`)
)

// suffixOf reads what stands after a number. After a day that is one run of
// digits, the name of an object is that of its build.
func suffixOf(text string, day bool) (suffix, outcome) {
	m := suffixes.FindStringSubmatch(strings.ToLower(text))
	if m == nil || m[1] != "" && m[2] == "" {
		return suffix{}, unknown
	}
	lead, body, meta := m[1], m[2], m[3]
	words := ids(body)
	var s suffix
	if day && lead == "-" && isCommit(body) {
		s.sense = revision
	} else if sense, got := senseOf(lead, words); got == isVersion {
		s.sense = sense
	} else {
		return suffix{}, got
	}
	s.key = key(body)
	s.stem = s.key
	if s.sense == build || s.sense == word {
		s.stem = ""
	}
	s.worded = len(words) > 0 && (isEarly(words[0]) || has(edition, stripped(words[0])))
	if meta == "" {
		return s, isVersion
	}
	s.key += "+" + key(meta)
	switch {
	case slices.ContainsFunc(ids(meta), isEarly): // 1.2.3+rc1
		s.sense, s.stem = pre, s.key
	case s.sense == plain:
		s.sense = build
	}
	return s, isVersion
}

// hexadecimal matches the short name of an object.
var hexadecimal = lazyregexp.New(`^[0-9a-f]{6,40}$`)

// isCommit reports whether a word is the short name of an object and neither a
// number nor a word.
func isCommit(word string) bool {
	return hexadecimal.MatchString(word) && strings.ContainsAny(word, "0123456789") && strings.ContainsAny(word, "abcdef")
}

// senseOf says what words after a number make of a version; lead is what stands
// between number and words.
func senseOf(lead string, words []string) (sense, outcome) {
	if len(words) == 0 {
		return plain, isVersion
	}
	first := words[0]
	isPre := slices.ContainsFunc(words, isEarly)
	switch {
	case isObject(first), !isPre && slices.ContainsFunc(words, isObject):
		return 0, snapshot
	case slices.ContainsFunc(words, func(w string) bool { return has(dead, w) }), lead != "-" && words[len(words)-1] == "x":
		return 0, mark
	case isPre:
		return pre, isVersion
	case stamp.MatchString(first) && len(words) == 1:
		return build, isVersion
	case digit(first[0]), lead == "" && len(words) == 1 && len(first) == 1, has(later, stripped(first)):
		return revision, isVersion
	case has(edition, stripped(first)):
		return build, isVersion
	case lead != "-":
		return 0, unknown
	case len(words) == 1 && stripped(first) == first:
		return word, isVersion
	}
	return pre, isVersion
}

// ids are the words between the separators of a suffix.
func ids(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-._", r) })
}

// key is text in the one spelling that all spellings of it have in common.
func key(text string) string { return strings.Join(token.FindAllString(text, -1), ".") }

// stripped is a word without the number at its end.
func stripped(word string) string { return strings.TrimRight(word, "0123456789") }

// isEarly reports whether a word of a suffix says that the version is to come.
func isEarly(word string) bool {
	w := stripped(word)
	return has(early, w) || w != word && has(numbered, w)
}

// isObject reports whether a word of a suffix is a date or the name of an
// object. Those are of at least seven characters.
func isObject(word string) bool { return len(word) >= 7 && object.MatchString(word) }
