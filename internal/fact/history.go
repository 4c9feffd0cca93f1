package fact

import "time"

// Commits is who committed to a revision, and when: every commit that can be
// reached from it. Dates are committer dates, as for the as-of rule. A merge is
// a commit with more than one parent.
//
// Work sums to the number of commits (git rev-list --count). Bots are told
// apart by [Author.Bot].
type Commits struct {
	// Authors, ordered by ID.
	Authors []Author `json:"authors"`
	// Languages that commits touched, sorted: what Touched refers to.
	Languages []string `json:"languages,omitempty"`
	// Work, ordered by period, author, address.
	Work []Work `json:"work"`
	// Mailmap is the object name of the .mailmap that was obeyed, "" for none.
	Mailmap string `json:"mailmap,omitempty"`
	Notes   []Note `json:"notes,omitempty"`
}

// An Author is one person or bot. Names and addresses are never kept in clear,
// but for the name of a bot: a keyed hash stands for them. Two authors, also of
// different repositories, are one when they share a key.
type Author struct {
	// ID is the first of Keys.
	ID string `json:"id"`
	// Keys are the keyed hashes of what identifies the author: the address after
	// .mailmap, and the account that a GitHub noreply address names. Sorted.
	Keys []string `json:"keys"`
	// Names are the keyed hashes of the names used, in small letters. They
	// identify nobody; they let a user's lists of bots and people be matched. Sorted.
	Names []string `json:"names,omitempty"`
	// Bot is the bot's name; "" for a person.
	Bot string `json:"bot,omitempty"`
	// Addresses as written in the commits: what organisations are told from.
	Addresses []Address `json:"addresses"`
	// First and Last are the author's first and last commit that is no merge and
	// has a date that can be; nil for one who has none.
	First *CommitRef `json:"first,omitempty"`
	Last  *CommitRef `json:"last,omitempty"`
}

// An Address is an e-mail address, of which only the domain is kept.
type Address struct {
	Key    string `json:"key"` // keyed hash of the address in small letters
	Domain string `json:"domain,omitempty"`
}

// A CommitRef is a commit and its committer date, RFC 3339 in UTC.
type CommitRef struct {
	Commit string `json:"commit"`
	At     string `json:"at"`
}

// Work is the commits of an author from one address in a period.
type Work struct {
	// Period is a day (YYYY-MM-DD) within DailyWork of the revision's date or
	// after it, a month (YYYY-MM) before that: what is recent can be asked for to
	// the day. It is "" for commits that have no date which can be: none that can be
	// read, one before 1982, or one that is later by more than a day than the
	// revision which contains them.
	Period  string `json:"period"`
	Author  int    `json:"author"`            // index into Authors
	Address int    `json:"address,omitempty"` // index into the author's Addresses
	Commits int    `json:"commits,omitempty"` // without merges
	Merges  int    `json:"merges,omitempty"`
	// Touched counts, of Commits, those that changed a file which by its name is
	// counted code of a language.
	Touched []Touched `json:"touched,omitempty"`
}

// Undated counts the commits without a date that can be; see [Work].
func (c *Commits) Undated() int {
	n := 0
	for i := range c.Work {
		if w := &c.Work[i]; w.Period == "" {
			n += w.Commits + w.Merges
		}
	}
	return n
}

// Touched counts commits that touched a language.
type Touched struct {
	Language int `json:"language"` // index into Languages
	Commits  int `json:"commits"`
}

// DailyWork is how long before a revision's date work is kept by the day. It is
// more than a year, so that the year before any later as-of date that still
// picks this revision is known to the day, or is quiet.
const DailyWork = 400 * 24 * time.Hour

// Releases is the version tags of a repository up to a date.
type Releases struct {
	// Releases, oldest first; of one day by tag.
	Releases []Release `json:"releases"`
	// Tags counts all tags up to the date, versions or not.
	Tags  int    `json:"tags"`
	Notes []Note `json:"notes,omitempty"`
}

// A Release is a tag that names a version.
type Release struct {
	Tag string `json:"tag"`
	// Series is what stands before the version, "" for a tag that is nothing
	// but one: the component of a monorepo ("opentelemetry-otlp", "path/to").
	Series string `json:"series,omitempty"`
	// Version without series and leading v.
	Version string `json:"version"`
	Pre     bool   `json:"pre,omitempty"` // alpha, beta, rc and the like
	// Kind by the step from the nearest lower full release before it in its
	// series: "first", "major", "minor", "patch", "pre".
	Kind string `json:"kind"`
	// Commit it points at; At is the tagger's date, or the commit's where the
	// tag has none. RFC 3339 in UTC.
	Commit string `json:"commit"`
	At     string `json:"at"`
}

// A Timeline is the composition of a repository at the end of every month,
// along the mainline (first parents) of a revision.
type Timeline struct {
	// First and Last are the ends of the mainline, Commits its length.
	First   CommitRef `json:"first"`
	Last    CommitRef `json:"last"`
	Commits int       `json:"commits"`
	// Months in which the mainline moved, oldest first; in a month that is not
	// listed the composition stays as it was. The last is the revision itself.
	Months []MonthEnd `json:"months"`
	// Adoptions by language, sorted: see [Adoption].
	Adoptions []Adoption `json:"adoptions,omitempty"`
	// Turned lists paths of which some versions are generated or of another
	// language than others, sorted: every version of them is read.
	Turned []string `json:"turned,omitempty"`
	// Undated counts mainline commits without a date that can be, as [Work] has it.
	// Here they stand at the date of the commit after them.
	Undated int `json:"undated,omitempty"`
	// Backwards counts mainline commits that are dated more than 30 days before the
	// commit they follow: a clock was wrong.
	Backwards int    `json:"backwards,omitempty"`
	Notes     []Note `json:"notes,omitempty"`
}

// A MonthEnd is the composition at the last mainline commit with a committer
// date by the end of a month, UTC.
type MonthEnd struct {
	Month  string `json:"month"` // YYYY-MM
	Commit string `json:"commit"`
	At     string `json:"at"`
	// Bytes are the counted bytes by language; a language with none is left out.
	Bytes map[string]int64 `json:"bytes"`
	// Missing counts files that could count and whose content is not in the
	// mirror: their bytes are unknown and in no figure.
	Missing int `json:"missing,omitempty"`
}

// An Adoption is the first mainline commit after which a product file of the
// language stayed in the tree. Product and language are told by the file's path.
type Adoption struct {
	Language string    `json:"language"`
	Commit   CommitRef `json:"commit"`
	Path     string    `json:"path"` // a file that it brought
}

// Month is the month of a day or period, YYYY-MM.
func Month(period string) string { return period[:min(len(period), len("2006-01"))] }

// Day is the day of a time as facts write it: of 2025-06-30T09:12:00Z,
// 2025-06-30.
func Day(at string) Date { return Date(at[:min(len(at), len(time.DateOnly))]) }
