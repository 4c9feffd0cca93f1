package fact

import (
	"strconv"
	"strings"
)

// A Landscape is what a landscape.yml said at one commit or time.
type Landscape struct {
	// Evidence is the file read: repository, commit and path, or URL and time.
	Evidence Evidence `json:"evidence"`
	// CommittedAt is when the commit was made, RFC 3339; empty for a plain file.
	CommittedAt string `json:"committed_at,omitempty"`
	// Items counts every item of the file, projects or not.
	Items int `json:"items"`
	// Projects are the items with a maturity, in the file's order, duplicates merged.
	Projects []Project `json:"projects"`
	// Notes tell what was odd in the file.
	Notes []Note `json:"notes,omitempty"`
}

// A Project is an item of a landscape that carries a maturity (`project:`).
type Project struct {
	Name        string   `json:"name"`
	Category    string   `json:"category"`
	Subcategory string   `json:"subcategory"`
	SecondPaths []string `json:"second_paths,omitempty"`

	Maturity    string `json:"maturity"` // as written, lower case: data, not an enum
	Description string `json:"description,omitempty"`
	Homepage    string `json:"homepage,omitempty"`
	RepoURL     string `json:"repo_url,omitempty"` // as written
	Branch      string `json:"branch,omitempty"`   // branch named beside repo_url
	ProjectOrg  string `json:"project_org,omitempty"`

	AdditionalRepos []AdditionalRepo `json:"additional_repos,omitempty"`
	ParentProject   string           `json:"parent_project,omitempty"`

	// Milestones are the dates a project reached a level: "accepted",
	// "incubating", "graduated", "archived" and whatever else the file dates.
	Milestones map[string]Date `json:"milestones,omitempty"`

	AnnualReviewDate Date   `json:"annual_review_date,omitempty"`
	AnnualReviewURL  string `json:"annual_review_url,omitempty"`

	Personas        []string `json:"personas,omitempty"`
	Tags            []string `json:"tags,omitempty"`
	Languages       []string `json:"languages,omitempty"` // summary_languages: what the item claims
	UseCase         string   `json:"use_case,omitempty"`
	BusinessUseCase string   `json:"business_use_case,omitempty"`
	ReleaseRate     string   `json:"release_rate,omitempty"`
	Integrations    string   `json:"integrations,omitempty"`

	DevStatsURL    string `json:"devstats_url,omitempty"`
	LFXSlug        string `json:"lfx_slug,omitempty"`
	CLOMonitorName string `json:"clomonitor_name,omitempty"`
	ChatChannel    string `json:"chat_channel,omitempty"`
	// Links are the remaining addresses of the item by their field name:
	// "slack_url", "blog_url", "mailing_list_url", "artwork_url" ….
	Links map[string]string `json:"links,omitempty"`

	Audits []Audit `json:"audits,omitempty"`

	// Lines gives the line in the file for each field by its name in the file:
	// "name", "project", "repo_url", "accepted", "audits", ….
	Lines map[string]int `json:"lines"`
}

// An AdditionalRepo is an entry of an item's additional_repos.
type AdditionalRepo struct {
	URL    string `json:"url"`
	Branch string `json:"branch,omitempty"`
	Line   int    `json:"line"`
}

// An Audit is an entry of an item's audits.
type Audit struct {
	Date   Date   `json:"date,omitempty"`
	Type   string `json:"type,omitempty"`
	Vendor string `json:"vendor,omitempty"`
	URL    string `json:"url,omitempty"`
	Line   int    `json:"line"`
}

// Accepted is the day the project joined the foundation, or "".
func (p *Project) Accepted() Date { return p.Milestones["accepted"] }

// ID is the project's name as used in commands and anchors: lower case,
// letters and digits of the name kept, everything else a single '-'. Others may
// have the same: see [Landscape.IDs].
func (p *Project) ID() string { return Slug(p.Name) }

// IDs are the identifiers of the projects, in their order, each another one. Where names
// give the same, those after the first have a number behind it: "lantern-2". A project
// whose name has neither letters nor digits is "project-1".
func (l *Landscape) IDs() []string {
	ids, taken := make([]string, len(l.Projects)), map[string]bool{"": true}
	for i := range l.Projects {
		if id := l.Projects[i].ID(); !taken[id] {
			ids[i], taken[id] = id, true
		}
	}
	next := map[string]int{}
	for i := range l.Projects {
		if ids[i] != "" {
			continue
		}
		id, n := l.Projects[i].ID(), 2
		if id == "" {
			id, n = "project", 1
		}
		for n = max(n, next[id]); taken[id+"-"+strconv.Itoa(n)]; n++ {
		}
		ids[i], next[id] = id+"-"+strconv.Itoa(n), n+1
		taken[ids[i]] = true
	}
	return ids
}

// IDOf is the identifier of one of the projects.
func (l *Landscape) IDOf(p *Project) string {
	for i, id := range l.IDs() {
		if other := &l.Projects[i]; other == p || other.Name == p.Name && other.Lines["name"] == p.Lines["name"] {
			return id
		}
	}
	return p.ID()
}

// Slug turns a name into an identifier: lower case letters and digits, runs of
// anything else become one '-'.
func Slug(name string) string {
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(name) {
		letter := r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127
		if !letter {
			dash = b.Len() > 0
			continue
		}
		if dash {
			b.WriteByte('-')
			dash = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
