// Package release tells which tags of a repository are releases, and makes
// [fact.Releases] of them. It is pure: the same tags, in any order, give the
// same fact.
//
// # What names a version
//
// A number of at least two parts, with what stands before it (the series) and
// after it (the suffix): v1.2.3, crate-v1.2.3, path/to/v1.2.3,
// @scope/pkg@1.2.3, go1.22, 24.04, 2024.01.15, REL_14_2, REL9_6_1. It has at most
// 64 bytes. Between series and number stands one of - _ / @, a full stop before a
// v, or nothing after letters, and a v or V may lead the number. The words
// release, rel, version, ver, tag, r and v at the end of the series mean the whole
// and are left out of it, and so are such folders at its beginning:
// release/v1.2.3 is of series "", releases/gcc-13.1.0 of gcc. The name of the
// repository is not known here, so a series of that name stays one. Three and more
// numbers with hyphens between them are a version where nothing else stands
// before them (v1-2-3).
//
// An epoch (1%2.3, as git's names write that of Debian; 1!2.3, Python) goes before
// all numbers. A train that has a name in place of a number is read as Spring has
// it: Hoxton.SR12 comes after Hoxton.RELEASE, and all trains before 2020.0.0.
//
// A day is a version, with or without its time, and so are months, weeks and
// quarters: 2024-01-15, 2024-01, 20240115, 2024-W03, RELEASE.2024-01-15T08-30-15Z.
// Those with hyphens are, where nothing but a word for the whole, or a channel,
// stands before them: before-move-2024-01-15 is a day and no version. 20240115-1a2b3c
// is the day's version, with its commit.
//
// A bare number (v5, 012, b4567, 20240115) is a version only as the scheme of a
// repository: when its series has no version of more parts, or when at least three
// of them came before the first such version. Else it is taken for a name that
// moves along with the versions, as the actions of forges have it. In a series a v
// leads it (cli/v1), or a known word follows (jdk-21-ga).
//
// # What the suffix says
//
// In this order, words in any case and with or without a number after them:
//
//   - a date or an object name first (-20240115, -1a2b3c4, -5-g1a2b3c4), or the
//     words of [dead] (1.x, -eol, -retract): no version
//   - a word of [early] (-rc.1, b3, .dev2, -SNAPSHOT): a pre-release
//   - a number or one letter (-1, 1.0.2u), a word of [later] (-hotfix, .post1, .SR2):
//     a full release, a revision of the version before it
//   - +build, a word of [edition] (+k3s1, -ce, .Final, -jre, -alpine) or the day of a
//     build in OSGi's form (.v20170120): a full release; but a build of the plain
//     version, and no release, when that has a tag of the same day or an earlier one
//   - any other after a hyphen: a pre-release, as Semantic Versioning has it;
//     but a build as above when it is a single word without a number
//   - all else: no version
//
// Releases of a series that ends in a word of [channels] (edge-24.5.1,
// nightly/v1.2.3) are pre-releases whatever their suffix.
//
// What looks like a version and is none by these rules is noted, with its number
// and the first names: what is not understood, builds of a day or commit, and marks.
//
// # One release for a version
//
// Tags that name a version again are left out, and a note says so: the same
// version in another spelling (v1.0.0-rc1, 1.0.0rc.1; 1.2, 1.2.0), of which the
// first stays; a shorter number on the very commit of a longer one (v1.2 on
// v1.2.3); and a second number for the same release, as a library has beside
// its product: of two annotated tags of one series on one commit, both full or
// both not, whose numbers differ in the first part, the higher stays (v3.1.0,
// not v0.301.0), unless the lower was made more than a day before it.
//
// # Kind
//
// The kind of a full release is the first part in which it differs from the
// nearest lower full release of its series that came before it: 1 is major, 2
// is minor, all further ones are patch. For the highest version so far that is
// the highest before it; for a backport it is the one of its own line. Without
// a lower one before it the kind is by its own last part that is not 0; the
// first of a series is "first". Calendar versions are no different. Bare
// numbers are a line of their own.
//
// # Dates
//
// An annotated tag counts on its tagger's date: that is when the version was
// named, be the commit ever so old. Only where five and more tags of a series,
// on as many commits, were made on one day and more than 30 days after their
// commits, a history was tagged afterwards (by a move or a signing of all), and
// the dates of the commits count.
package release

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// Name and Version are the collector's in the keys of its facts. Version is
// raised whenever the same tags would give another fact.
const (
	Name    = "release"
	Version = 2
)

const (
	maxExamples = 3 // names in a note
	timestamp   = "2006-01-02T15:04:05Z"
)

// A Tag is a tag of a repository.
type Tag struct {
	Name   string // without refs/tags/
	Commit string // the commit it points at, "" when that is none
	// At is the tagger's date or, without one, the commit's. RFC 3339.
	At        string
	Annotated bool
	CommitAt  string // committer date of the commit, RFC 3339
}

// Of makes the fact of all tags up to a date.
func Of(tags []Tag) *fact.Releases {
	var n notes
	all := undoBulk(versionsOf(tags, &n), &n)
	all = dropMoving(all, &n)
	all = dropRepeated(all, &n)
	all = dropBuilds(all, &n)
	all = dropTwins(all, &n)
	setKinds(all)
	out := &fact.Releases{Releases: make([]fact.Release, len(all)), Tags: len(tags), Notes: n.all}
	slices.SortFunc(all, func(a, b *version) int {
		return cmp.Or(strings.Compare(a.day(), b.day()), strings.Compare(a.name, b.name))
	})
	for i, v := range all {
		out.Releases[i] = fact.Release{
			Tag: v.name, Series: v.series, Version: v.text, Pre: v.pre, Kind: v.kind,
			Commit: v.commit, At: v.at.Format(timestamp),
		}
	}
	return out
}

// A version is a tag that names one.
type version struct {
	reading
	name, commit string
	at           time.Time // UTC
	commitAt     time.Time // zero when not known
	annotated    bool
	kind         string
}

// day is the day on which the version counts.
func (v *version) day() string { return v.at.Format(time.DateOnly) }

// versionsOf gives the tags that name versions, ordered by name.
func versionsOf(tags []Tag, n *notes) []*version {
	var all []*version
	var unreadable, undated []string
	var passed [isVersion][]string // names of no version, by what they are
	for _, t := range bounded(tags, n) {
		if !readable(t.Name) {
			unreadable = append(unreadable, t.Name)
			continue
		}
		r, got := read(t.Name)
		if got != isVersion {
			passed[got] = append(passed[got], t.Name)
			continue
		}
		v := &version{reading: r, name: t.Name, commit: t.Commit, annotated: t.Annotated}
		v.commitAt, _ = date(t.CommitAt)
		if at, ok := date(t.At); ok {
			v.at = at
		} else {
			v.at = v.commitAt
		}
		if v.at.IsZero() || v.commit == "" {
			undated = append(undated, t.Name)
			continue
		}
		all = append(all, v)
	}
	if len(unreadable) > 0 {
		n.add("odd", "not read, with names of over %d bytes or with control characters: %d", limit.TagName, len(unreadable))
	}
	n.names(passed[unknown], "tags that look like versions and are not understood, not counted")
	n.names(passed[snapshot], "tags of a version and the day or commit of a build, not counted")
	n.names(passed[mark], "tags that say something of a version and name none (a branch, an end, a withdrawal), not counted")
	n.names(undated, "versions whose tags point at no commit, or have no date")
	return all
}

// bounded is the newest of tags up to the bound, ordered by name, no name twice.
func bounded(tags []Tag, n *notes) []Tag {
	tags = slices.Clone(tags)
	whole := func(a, b Tag) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.At, b.At), strings.Compare(a.Commit, b.Commit),
			strings.Compare(a.CommitAt, b.CommitAt), strings.Compare(strconv.FormatBool(a.Annotated), strconv.FormatBool(b.Annotated)))
	}
	if len(tags) > limit.TagCount {
		n.add(string(errkind.Limit), "of %d tags the newest %d were read", len(tags), limit.TagCount)
		slices.SortFunc(tags, func(a, b Tag) int { return cmp.Or(strings.Compare(b.At, a.At), whole(a, b)) })
		tags = tags[:limit.TagCount]
	}
	slices.SortFunc(tags, whole)
	return slices.CompactFunc(tags, func(a, b Tag) bool { return a.Name == b.Name })
}

// readable reports whether a name can be read and shown.
func readable(name string) bool {
	return len(name) <= limit.TagName && utf8.ValidString(name) &&
		!strings.ContainsFunc(name, func(r rune) bool { return unicode.In(r, unicode.C, unicode.Zl, unicode.Zp) })
}

// date reads a date; the year 0 and what is no date are unknown.
func date(s string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, false
	}
	return t.UTC(), true
}

// notes gathers what a reader should know.
type notes struct{ all []fact.Note }

// add notes something about the tags as a whole.
func (n *notes) add(kind, format string, args ...any) {
	n.all = append(n.all, fact.Note{Kind: kind, Text: fmt.Sprintf(format, args...)})
}

// names notes something odd about the tags of these names: their number, and
// some of them.
func (n *notes) names(names []string, what string) {
	if len(names) == 0 {
		return
	}
	slices.Sort(names)
	some := strings.Join(names[:min(len(names), maxExamples)], ", ")
	if len(names) > maxExamples {
		some += ", …"
	}
	n.add("odd", "%s: %d (%s)", what, len(names), some)
}
