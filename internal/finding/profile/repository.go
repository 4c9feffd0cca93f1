package profile

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/words"
)

// A State says what became of a repository.
type State string

// The states.
const (
	Read       State = "read"       // measured
	Absent     State = "absent"     // in none of the places searched
	Empty      State = "empty"      // there, without a commit at the date
	Failed     State = "failed"     // there, and could not be read
	Unmeasured State = "unmeasured" // the survey has not come to it, or was to leave it out
	Duplicate  State = "duplicate"  // the same as another repository of the project
)

// A Repository is a repository of a project and what became of it.
type Repository struct {
	ID          fact.RepoID       `json:"id"`
	FoundAs     fact.RepoID       `json:"found_as,omitempty"` // name of the mirror when it is another
	Scope       fact.Scope        `json:"scope"`              // narrowest it belongs to
	Reason      fact.Reason       `json:"reason"`             // strongest
	Memberships []fact.Membership `json:"memberships"`
	Standing    fact.Standing     `json:"standing,omitempty"`
	StandingWhy string            `json:"standing_why,omitempty"`
	State       State             `json:"state"`
	// Counted: its bytes are part of the project's figures. It is not when the
	// standing, the state or the scope asked for leaves it out.
	Counted bool `json:"counted"`
	// Failure is the error kind, Why its message and How the mend. A repository
	// that was read may have one too: then a part of it was not.
	Failure  string         `json:"failure,omitempty"`
	Why      string         `json:"why,omitempty"`
	How      string         `json:"how,omitempty"`
	SameAs   fact.RepoID    `json:"same_as,omitempty"` // of a duplicate
	Revision *fact.Revision `json:"revision"`          // null when nothing was read
	// Horizon is the day until which the mirror speaks, "" when nothing says so.
	// Stale: it ends before the as-of day, and what came after is unknown.
	Horizon fact.Date `json:"horizon,omitempty"`
	Stale   bool      `json:"stale,omitempty"`
	// Meta: by its own content it holds governance, specification, documents or
	// pages, and decides no class.
	Meta bool `json:"meta,omitempty"`
	// Missing counts files whose content is not in the mirror.
	Missing      int         `json:"missing_files"`
	MissingPaths []string    `json:"missing_paths,omitempty"`
	Notes        []fact.Note `json:"notes,omitempty"`

	// Composition is what was measured; nil when nothing was.
	Composition *fact.Composition `json:"-"`
}

// Slug names the repository in a sentence: owner/name, with the host when that
// is not GitHub.
func (r *Repository) Slug() string { return words.Slug(r.ID) }

// IsCode reports whether the repository is one whose code makes up the project.
func (r *Repository) IsCode() bool { return r.Standing == fact.StandingCode }

// Evidence is the tree that was measured, or where the repository should be.
func (r *Repository) Evidence() fact.Evidence {
	if r.Revision != nil {
		e := r.Revision.Evidence()
		if e.Repo == "" {
			e.Repo = r.ID
		}
		return e
	}
	return fact.Evidence{Repo: r.ID}
}

// At is a place in the revision that was measured: a file, or a folder.
func (r *Repository) At(path string, folder bool) fact.Evidence {
	e := r.Evidence()
	e.Path, e.Tree = strings.Trim(path, "/"), folder || path == ""
	return e.Raised()
}

// Line is a line of a file in the revision that was measured.
func (r *Repository) Line(path string, line int) fact.Evidence {
	e := r.At(path, false)
	e.Line = line
	return e
}

// Unread reports whether the repository would count and is not known.
func (r *Repository) Unread() bool {
	return r.IsCode() && (r.State == Absent || r.State == Failed || r.State == Unmeasured)
}

// Wanting reports whether the repository counts, or would, and was not read whole
// and for the day.
func (r *Repository) Wanting() bool {
	return r.Unread() || r.Counted && (r.Failure != "" || r.Missing > 0 || r.Stale || r.Cut())
}

// Cut reports whether the mirror is shallow: what is told of the history is told
// of a part of it.
func (r *Repository) Cut() bool { return r.Revision != nil && r.Revision.Cut }

// Replaced reports whether the repository has more than one line of history to
// choose from at the date.
func (r *Repository) Replaced() bool { return r.Revision != nil && len(r.Revision.Lineages) > 0 }

// StateWords says the state as a clause: "not found in any place searched".
func (r *Repository) StateWords() string {
	switch r.State {
	case Read:
		switch {
		case r.Failure != "":
			return "read in part"
		case r.Cut():
			return "read; its history is cut off"
		case r.Stale:
			return "read; its mirror ends on " + string(r.Horizon)
		}
		return "read"
	case Absent:
		return "not found in any place searched"
	case Empty:
		return "no commit at the date"
	case Failed:
		return "could not be read"
	case Duplicate:
		return "the same as " + words.Slug(r.SameAs)
	}
	return "not measured"
}

// repositories gives the repositories of a project. Those that are one and the
// same under two names, or stand at one commit, count once, for the name with
// the strongest reason.
func (ix *index) repositories(p *fact.Project) []Repository {
	listed := ix.repositoriesOf(p)
	all := make([]Repository, 0, len(listed))
	seen := map[string]fact.RepoID{}
	for _, r := range listed {
		found := ix.repository(r)
		for _, name := range identities(&found) {
			if first, ok := seen[name]; ok && found.State != Duplicate {
				found.State, found.SameAs = Duplicate, first
			}
		}
		if found.State != Duplicate {
			for _, name := range identities(&found) {
				seen[name] = found.ID
			}
		}
		found.Counted = found.State == Read && found.IsCode() && found.Scope.Within(ix.opts.Scope)
		all = append(all, found)
	}
	return all
}

// identities are the names under which a repository may come a second time.
func identities(r *Repository) []string {
	names := []string{r.ID.Key()}
	if r.FoundAs != "" && r.FoundAs.Key() != r.ID.Key() {
		names = append(names, r.FoundAs.Key())
	}
	if r.State == Read && r.Revision != nil && r.Revision.Commit != "" {
		names = append(names, "commit "+string(fact.RepoID(r.Revision.Commit).Within(r.ID.Folder())))
	}
	return names
}

func (ix *index) repository(r *fact.Repository) Repository {
	found := Repository{
		ID: r.ID, FoundAs: r.FoundAs, Scope: r.Scope(), Reason: r.Reason(), Memberships: r.Memberships,
		Standing: r.Standing, StandingWhy: r.StandingWhy, State: Unmeasured,
	}
	if found.Memberships == nil {
		found.Memberships = []fact.Membership{}
	}
	if o := ix.outcomes[r.ID.Key()]; o != nil {
		found.Revision, found.Failure, found.Why, found.How = o.Revision, o.Failure, o.Why, o.How
		found.State = stateOf(o)
		found.Horizon, found.Stale = o.Observed.Day(), o.Stale(ix.facts.Survey.AsOf)
	}
	if found.Revision != nil {
		found.Notes = append(found.Notes, found.Revision.Notes...)
	}
	found.measure(measured(ix.facts.Compositions, &found))
	found.noteTimes(ix)
	return found
}

// stateOf is the state of a repository for which there is no composition.
func stateOf(o *fact.Outcome) State {
	switch errkind.Kind(o.Failure) {
	case "", fact.Skipped:
		return Unmeasured
	case errkind.Absent, errkind.Gone:
		return Absent
	case errkind.Empty:
		return Empty
	}
	return Failed
}

// placed gives notes of a fact of r with their evidence in full: a fact leaves
// out the repository and commit, which are its key.
func (r *Repository) placed(notes []fact.Note) []fact.Note {
	all := slices.Clone(notes)
	for i := range all {
		if e := &all[i].Evidence; e.Repo == "" && e.URL == "" {
			at := r.Evidence()
			e.Repo, e.Commit, e.Tree = at.Repo, at.Commit, e.Tree || e.Path == ""
		}
	}
	return all
}

// measure notes what was measured of the repository.
func (r *Repository) measure(c *fact.Composition) {
	if c == nil || r.Revision == nil {
		return // without a revision there is no saying what was measured
	}
	r.State, r.Composition, r.Meta = Read, c, isMeta(c)
	r.Missing, r.MissingPaths = c.Missing, c.MissingPaths
	r.Notes = append(r.Notes, r.placed(c.Notes)...)
	if c.Missing > 0 {
		r.Notes = append(r.Notes, fact.Note{
			Kind: string(errkind.Corrupt),
			Text: fmt.Sprintf("the content of %s is not in the mirror: the bytes are unknown and in no figure",
				words.Amount(c.Missing, "file")),
			Evidence: r.Evidence(),
		})
	}
}

// noteTimes notes dates of the history and the tags that cannot be.
func (r *Repository) noteTimes(ix *index) {
	if commits := measured(ix.facts.Commits, r); commits != nil {
		r.Notes = append(r.Notes, r.placed(commits.Notes)...)
	}
	odd := func(n int, text string) {
		if n > 0 {
			r.Notes = append(r.Notes, fact.Note{Kind: "odd", Text: fmt.Sprintf("%s: %d", text, n), Evidence: r.Evidence()})
		}
	}
	if t := measured(ix.facts.Timelines, r); t != nil {
		odd(t.Undated, "commits of the mainline without a date that can be, taken to be of the day of the commit after them")
		odd(t.Backwards, "commits of the mainline dated more than 30 days before the commit they follow, so that a clock was wrong")
	}
	if tags := measured(ix.facts.Releases, r); tags != nil {
		late := 0
		for i := range tags.Releases {
			if fact.Day(tags.Releases[i].At) > ix.facts.Survey.AsOf {
				late++
			}
		}
		odd(late, "tags of a version made after the day, in no figure")
	}
}

// Limits of a repository that is about the code of others: so few bytes of
// counted code, and so small a part of what it holds.
const (
	metaBytes = 256 << 10
	metaShare = 0.2
)

// isMeta reports whether a repository holds governance, specification, documents
// or pages. It looks at the repository alone, so that reading another never
// changes the answer. Vendored and generated files are nobody's content.
func isMeta(c *fact.Composition) bool {
	var counted, all int64
	for i := range c.Cells {
		cell := &c.Cells[i]
		if cell.Role == fact.RoleVendored || cell.Role == fact.RoleGenerated {
			continue
		}
		all += cell.Bytes
		if cell.Counted {
			counted += cell.Bytes
		}
	}
	return counted < metaBytes && float64(counted) < metaShare*float64(all)
}
