package fact

// A Revision is the commit that an as-of date picks in a mirror, and how.
type Revision struct {
	Repo        RepoID `json:"repo"`
	Ref         string `json:"ref"`    // the ref followed, e.g. "refs/heads/main"
	Commit      string `json:"commit"` // full object name
	CommittedAt string `json:"committed_at"`
	AsOf        Date   `json:"as_of"`
	// Rule is how Commit was picked from Ref: see the Rule constants.
	Rule string `json:"rule"`
	// Tags identifies the tags of the mirror up to the date, by their names,
	// commits and dates: the revision of facts about tags. Empty without tags.
	Tags string `json:"tags,omitempty"`
	// Lineages lists what was weighed when the default branch alone does not
	// answer: the chosen line of history first. Empty in the ordinary case.
	Lineages []Lineage `json:"lineages,omitempty"`
	// NewestRef is the newest commit that any ref leads to: a branch, a tag, a
	// change under review. A date later than the clock of the survey does not
	// count. Where the branches and tags go on after AsOf, no other ref is looked
	// at, so that it is the newest of these. It is nil when no ref has a date, and
	// when the mirror's [Observation] is told by something better.
	NewestRef *CommitRef `json:"newest_ref,omitempty"`
	// Latest is the newest commits of all branches; nil when they are unknown.
	Latest *Latest `json:"latest,omitempty"`
	// Cut: the mirror is shallow. Its history is cut off, and has fewer tags and
	// branches than its repository, so that what is told of them are bounds.
	Cut bool `json:"cut,omitempty"`
	// Provisional are the facts that were made while something was not in the
	// mirror, by collector: what their revision is in their key. They are
	// measured again once it may have come. Other facts of the revision are whole,
	// whatever the mirror lacks now.
	Provisional map[string]string `json:"provisional,omitempty"`
	Notes       []Note            `json:"notes,omitempty"`
}

// The rules by which a revision is picked.
const (
	// RuleMainline: last first-parent commit of the default branch with
	// committer date on or before the end of the as-of day, UTC.
	RuleMainline = "mainline"
	// RuleLineage: the default branch was replaced by an unrelated history, so
	// the line that carried the releases of that day was followed instead.
	RuleLineage = "lineage"
)

// A Lineage is one line of history of a repository with no commit in common
// with another.
type Lineage struct {
	Ref         string `json:"ref"`    // a ref that leads into it
	Commit      string `json:"commit"` // its tip at the as-of date
	CommittedAt string `json:"committed_at"`
	FirstCommit string `json:"first_commit,omitempty"` // its first mainline commit
	FirstAt     string `json:"first_at,omitempty"`
	Commits     int    `json:"commits,omitempty"` // mainline commits to the tip
	// LastRelease is the newest full release tag in it at the date.
	LastRelease   string `json:"last_release,omitempty"`
	LastReleaseAt string `json:"last_release_at,omitempty"`
	Why           string `json:"why,omitempty"`
}

// Latest is the newest commits by the end of the as-of day, merges included. A
// commit is newer when its committer date is later. Persons and bots are told
// by the name and the address that the commit has; nothing else is kept of who
// made it.
type Latest struct {
	// Person is the newest commit by a person on any branch; nil without one. Where
	// Revision is of the as-of day itself it is that one, although another branch
	// may have one that is later by hours.
	Person *LatestCommit `json:"person,omitempty"`
	// Revision is the newest commit by a person that the revision's commit leads
	// to; nil without one.
	Revision *LatestCommit `json:"revision,omitempty"`
	// Bot is the newest commit by a bot among those that were looked at on the way
	// to Person, thirty at least; nil when there is none among them.
	Bot *LatestCommit `json:"bot,omitempty"`
}

// A LatestCommit is a commit of [Latest].
type LatestCommit struct {
	// Ref is a branch that leads to it, now: the revision's own, else the default
	// branch, else the first by name.
	Ref    string `json:"ref"`
	Commit string `json:"commit"`
	At     string `json:"at"`              // committer date, RFC 3339 in UTC
	Merge  bool   `json:"merge,omitempty"` // it has more than one parent
	Bot    string `json:"bot,omitempty"`   // the bot's name; "" for a person
}

// Evidence is the revision as a place: the tree at its commit.
func (r *Revision) Evidence() Evidence {
	return Evidence{Repo: r.Repo, Commit: r.Commit, Tree: true}
}
