package fact

// A Reason says by which way a repository came to belong to a project.
type Reason string

// The ways, strongest first.
const (
	Primary    Reason = "primary"    // the item's repo_url
	Additional Reason = "additional" // the item's additional_repos
	Configured Reason = "configured" // the user's configuration
	Catalogued Reason = "catalogued" // CLOMonitor, DevStats
	Discovered Reason = "discovered" // listing of an organisation that belongs to the project
)

// A Scope is a set of a project's repositories over which figures are shown.
// Each contains the one before.
type Scope string

// The scopes, narrowest first.
const (
	ScopePrimary      Scope = "primary"      // the primary repository
	ScopeListed       Scope = "listed"       // and what a source names one by one
	ScopeOrganisation Scope = "organisation" // and what a listing of the project's own organisation holds
)

// Scopes lists the scopes, narrowest first.
func Scopes() []Scope { return []Scope{ScopePrimary, ScopeListed, ScopeOrganisation} }

// Scope is the narrowest scope that holds a repository with this reason.
func (r Reason) Scope() Scope {
	switch r {
	case Primary:
		return ScopePrimary
	case Discovered:
		return ScopeOrganisation
	}
	return ScopeListed
}

// Within reports whether a repository of scope s is part of scope outer.
func (s Scope) Within(outer Scope) bool { return s.rank() <= outer.rank() }

func (s Scope) rank() int {
	for i, x := range Scopes() {
		if x == s {
			return i
		}
	}
	return len(Scopes())
}

// A Standing tells repositories that hold no code of the project from those
// that do. Such repositories are listed with their standing and left out of
// shares.
type Standing string

// The standings.
const (
	StandingCode     Standing = ""         // counts
	StandingFork     Standing = "fork"     // a fork of a repository outside the project
	StandingTemplate Standing = "template" // a template to start from
	StandingMeta     Standing = "meta"     // .github and the like
	StandingWebsite  Standing = "website"
	StandingArtwork  Standing = "artwork"
	StandingDocs     Standing = "docs" // documentation only
)

// A Membership is one statement that a repository belongs to a project.
type Membership struct {
	Reason   Reason   `json:"reason"`
	Source   string   `json:"source"` // "landscape", "clomonitor", "devstats", "listing", "config"
	Evidence Evidence `json:"evidence"`
}

// A Repository is a git repository of a project, with every source that says so.
type Repository struct {
	ID      RepoID `json:"id"`
	Project string `json:"project"` // Project.Name
	// ProjectLine is the line of the project's name in the landscape. It is set
	// only where several projects have that name, to tell them apart.
	ProjectLine int    `json:"project_line,omitempty"`
	Branch      string `json:"branch,omitempty"`
	// Memberships, strongest reason first; never empty.
	Memberships []Membership `json:"memberships"`
	Standing    Standing     `json:"standing,omitempty"`
	// StandingWhy is the sign by which the standing was recognised.
	StandingWhy string `json:"standing_why,omitempty"`
	// FoundAs is the name of the mirror when it is another than ID: the
	// repository was renamed or moved.
	FoundAs RepoID `json:"found_as,omitempty"`
}

// Reason is the strongest reason of r.
func (r *Repository) Reason() Reason {
	if len(r.Memberships) == 0 {
		return ""
	}
	return r.Memberships[0].Reason
}

// Scope is the narrowest scope r belongs to.
func (r *Repository) Scope() Scope { return r.Reason().Scope() }

// A Catalog is the repositories of every project of a landscape.
type Catalog struct {
	// Repositories ordered by project (the landscape's order), then scope, then ID.
	Repositories []Repository `json:"repositories"`
	// Sources tells each optional source: read, off, or why not.
	Sources []Source `json:"sources"`
	// Open says of which projects nobody knows all repositories, ordered as
	// Repositories are, then by owner. What is not in it is known to be whole, as
	// far as the sources that were to be read go.
	Open  []Opening `json:"open,omitempty"`
	Notes []Note    `json:"notes,omitempty"`
}

// An Opening says that a project has, or may have, repositories that nobody
// knows: a source says where they are to be found, and that was not read.
type Opening struct {
	Project     string `json:"project"`                // Project.Name
	ProjectLine int    `json:"project_line,omitempty"` // as in Repository
	// Scope is the narrowest one that is open; those that contain it are too.
	Scope Scope `json:"scope"`
	// Owner is the organisation, host/name, that was not listed whole; "" when
	// the repositories may be anywhere.
	Owner string `json:"owner,omitempty"`
	Why   string `json:"why"`
	// Evidence is the statement that names the owner, or the list.
	Evidence Evidence `json:"evidence,omitzero"`
}

// A Source is one of the places a survey reads besides the repositories.
type Source struct {
	Name string `json:"name"` // "landscape", "clomonitor", "devstats", "names", "listing"
	// State is "read"; "partial"; "off", when it was switched off or never looked
	// for; "absent", when it was looked for and is not there; or "failed".
	State    string   `json:"state"`
	Why      string   `json:"why,omitempty"` // what was read, and why not all of it
	How      string   `json:"how,omitempty"` // to mend what was not read
	Evidence Evidence `json:"evidence,omitzero"`
}
