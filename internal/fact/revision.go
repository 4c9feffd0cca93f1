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
	Notes    []Note    `json:"notes,omitempty"`
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

// Evidence is the revision as a place: the tree at its commit.
func (r *Revision) Evidence() Evidence {
	return Evidence{Repo: r.Repo, Commit: r.Commit, Tree: true}
}
