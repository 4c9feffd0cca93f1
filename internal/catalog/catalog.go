package catalog

import (
	"cmp"
	"context"
	"fmt"
	"strconv"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/forge"
	"assay/internal/limit"
	"assay/internal/source"
)

// The places of the lists in the repositories that keep them.
const (
	CLOMonitorPath = "data/cncf.yaml" // of cncf/clomonitor
	DevStatsPath   = "projects.yaml"  // of cncf/devstats
)

// Options say what [Build] may read besides the landscape. The zero value
// reads nothing else.
type Options struct {
	// CLOMonitor and DevStats are the lists of cncf/clomonitor and
	// cncf/devstats; nil switches one off, [Nowhere] says that it was looked for
	// and not found. An empty Path is [CLOMonitorPath] or [DevStatsPath].
	CLOMonitor, DevStats *source.Spec
	// Named are the lists, "clomonitor" and "devstats", that the user named and
	// that are on this machine: one that cannot be read is an error, and no gap.
	Named map[string]bool
	// Lister lists organisations; nil switches listing off.
	Lister Lister
	// Canonical gives the present name of a repository that may have been
	// renamed, or "" when it is not known. It is asked for the repositories
	// that a source names, never for listed ones, and may be called from
	// several goroutines. Its errors cost the name, and are counted. Nil asks
	// nobody.
	Canonical func(ctx context.Context, id fact.RepoID) (fact.RepoID, error)
	// Config is what the user says.
	Config Config
	// Only limits the catalogue, and the listing, to some projects; nil is all.
	// The others still count when it is decided whose a repository is.
	Only func(*fact.Project) bool
	// Workers is how many questions are asked of hosts at a time; 0 is eight.
	Workers int
}

// Nowhere is the place of a list that was looked for and not found.
func Nowhere() *source.Spec { return &source.Spec{} }

// A Config is the user's word on projects, by name or identifier.
type Config struct {
	// Evidence is the configuration file, without a line.
	Evidence fact.Evidence
	Projects map[string]ProjectConfig
}

// A ProjectConfig is the user's word on one project.
type ProjectConfig struct {
	Line    int      // of the project in the configuration file; 0: unknown
	Repos   []string // addresses that belong to it
	Exclude []string // addresses that do not, whatever any source says
	Owners  []string // organisations that are all its own, as host/name
}

// A Lister lists the repositories of an owner. A [forge.Forge] is one;
// [Mirrors] makes one of a folder of mirrors.
type Lister interface {
	// List gives the repositories of owner, written host/name, in any order. An
	// owner that is not there is an error of kind NotFound or Absent, or an
	// empty list; one on a host that cannot be asked is [forge.ErrUnknownHost].
	// It may be called from several goroutines.
	List(ctx context.Context, owner string) ([]forge.Repo, error)
}

// A PartialLister is a [Lister] that may know a part of an owner's repositories
// only. Without the method a listing is taken for whole.
type PartialLister interface {
	Lister
	// Partial is true when what is not listed may be there all the same.
	Partial() bool
}

// Mirrors makes a [PartialLister] of a folder of mirrors, which knows names
// only, and only of what is mirrored.
func Mirrors(tree interface {
	List(ctx context.Context, owner string) ([]fact.RepoID, error)
}) Lister {
	return mirrors{tree.List}
}

type mirrors struct {
	list func(context.Context, string) ([]fact.RepoID, error)
}

func (mirrors) Partial() bool { return true }

func (m mirrors) List(ctx context.Context, owner string) ([]forge.Repo, error) {
	ids, err := m.list(ctx, owner)
	if err != nil {
		return nil, err
	}
	out := make([]forge.Repo, len(ids))
	for i, id := range ids {
		out[i].ID = id
	}
	return out, nil
}

// A claim is one statement that a repository belongs to a project.
type claim struct {
	project int // index in the landscape
	id      fact.RepoID
	present fact.RepoID // the repository's name today, as far as known
	branch  string
	m       fact.Membership
	told    forge.Repo // by the listing
}

// A builder gathers what the sources say.
type builder struct {
	ls       *fact.Landscape
	o        Options
	claims   []claim
	owners   organisations
	patterns []pattern
	excluded map[int]map[string]bool // by DevStats: project, repository key
	barred   map[int]map[string]bool // by the user
	sources  []fact.Source
	notes    []fact.Note
	openings []opening
	named    map[string]int // how many projects have a name
}

func newBuilder(ls *fact.Landscape, o Options) *builder {
	b := &builder{
		ls: ls, o: o, owners: organisations{},
		excluded: map[int]map[string]bool{}, barred: map[int]map[string]bool{}, named: map[string]int{},
	}
	for i := range ls.Projects {
		b.named[ls.Projects[i].Name]++
	}
	return b
}

// Build makes the catalogue of a landscape: see the package comment for the
// rules. The only errors are a nil landscape, a list that the user named and that
// cannot be read (of kind Usage), and a cancelled context.
func Build(ctx context.Context, ls *fact.Landscape, o Options) (*fact.Catalog, error) {
	if ls == nil {
		return nil, errkind.Errorf(errkind.Internal, "catalogue of no landscape")
	}
	b := newBuilder(ls, o)
	b.sources = append(b.sources, fact.Source{Name: "landscape", State: "read", Evidence: ls.Evidence})
	b.fromLandscape()
	b.fromConfig()
	if err := b.fromList(ctx, "clomonitor", withDefaults(o.CLOMonitor, CLOMonitorPath), b.addCLOMonitor); err != nil {
		return nil, err
	}
	if err := b.fromList(ctx, "devstats", withDefaults(o.DevStats, DevStatsPath), b.addDevStats); err != nil {
		return nil, err
	}
	b.resolve(ctx)
	b.dropTwins()
	b.settleOwners()
	b.discover(ctx)
	if err := ctx.Err(); err != nil {
		return nil, errkind.Errorf(errkind.Canceled, "make the catalogue: %w", err)
	}
	repos := b.merge()
	return &fact.Catalog{Repositories: repos, Sources: b.sources, Notes: b.notes, Open: b.opened()}, nil
}

func withDefaults(s *source.Spec, path string) *source.Spec {
	if s == nil {
		return nil
	}
	out := *s
	out.Path = cmp.Or(out.Path, path)
	out.Limit = cmp.Or(out.Limit, limit.ListBytes)
	return &out
}

// An adder makes claims of a list: matched of all its entries are projects'.
type adder func(data []byte, ev fact.Evidence) (matched, all int, err error)

// fromList reads an optional list and records what became of it.
func (b *builder) fromList(ctx context.Context, name string, spec *source.Spec, add adder) error {
	src := fact.Source{Name: name, State: "off"}
	switch {
	case spec == nil:
	case spec.Where == "":
		src.State, src.Why = "absent", "it was looked for and not found"
	default:
		src = b.readList(ctx, name, spec, add)
	}
	if src.State == "failed" && b.o.Named[name] && ctx.Err() == nil {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "%s %q: %s", name, spec.Where, src.Why),
			"%s", cmp.Or(src.How, "name "+listNames[name]+" list of repositories, or write off or auto"))
	}
	b.sources = append(b.sources, src)
	b.openUnread(src)
	return nil
}

func (b *builder) readList(ctx context.Context, name string, spec *source.Spec, add adder) fact.Source {
	src := fact.Source{Name: name, State: "failed"}
	file, err := source.Read(ctx, *spec)
	if err != nil {
		src.Why, src.How = err.Error(), errkind.Hint(err)
		return src
	}
	src.Evidence = file.Evidence
	matched, all, err := add(file.Data, file.Evidence)
	if err != nil {
		src.Why = err.Error()
		return src
	}
	src.State = "read"
	src.Why = fmt.Sprintf("%d of its %d entries are projects of the landscape", matched, all)
	b.notes = append(b.notes, file.Notes...)
	return src
}

// fromLandscape makes the claims of the items themselves.
func (b *builder) fromLandscape() {
	for i := range b.ls.Projects {
		p := &b.ls.Projects[i]
		at := func(field string) fact.Evidence {
			ev := b.ls.Evidence
			ev.Line = cmp.Or(p.Lines[field], p.Lines["name"])
			return ev
		}
		if p.RepoURL == "" {
			b.noteFor(i, at("name"), "project %q names no repository", p.Name)
		} else {
			b.claimBranch(i, p.RepoURL, p.Branch,
				fact.Membership{Reason: fact.Primary, Source: "landscape", Evidence: at("repo_url")})
		}
		for _, r := range p.AdditionalRepos {
			ev := at("additional_repos")
			ev.Line = cmp.Or(r.Line, ev.Line)
			b.claimBranch(i, r.URL, r.Branch, fact.Membership{Reason: fact.Additional, Source: "landscape", Evidence: ev})
		}
		if p.ProjectOrg == "" {
			continue
		}
		if owner, err := parseOwner(p.ProjectOrg); err == nil {
			b.owners.name(owner, i, at("project_org"), "project_org")
		} else {
			b.noteFor(i, at("project_org"), "project %q: project_org left out: %v", p.Name, err)
		}
	}
}

// fromConfig makes the claims of the user. Projects are taken in the order of
// the landscape, so that the outcome does not depend on the map's.
func (b *builder) fromConfig() {
	known := map[string]bool{}
	for i := range b.ls.Projects {
		p := &b.ls.Projects[i]
		for _, name := range sortedKeys(b.o.Config.Projects) {
			if fact.Slug(name) == p.ID() {
				known[name] = true
				b.configure(i, b.o.Config.Projects[name])
			}
		}
	}
	for _, name := range sortedKeys(b.o.Config.Projects) {
		if !known[name] {
			b.note(string(errkind.NotFound), b.configAt(b.o.Config.Projects[name]),
				"the configuration names project %q, which the landscape does not have", name)
		}
	}
}

func (b *builder) configAt(c ProjectConfig) fact.Evidence {
	ev := b.o.Config.Evidence
	ev.Line = c.Line
	return ev
}

func (b *builder) configure(p int, c ProjectConfig) {
	at := b.configAt(c)
	for _, raw := range c.Repos {
		b.claimAddress(p, raw, fact.Membership{Reason: fact.Configured, Source: "config", Evidence: at})
	}
	for _, raw := range c.Exclude {
		id, err := fact.ParseRepoURL(raw)
		if err != nil {
			b.noteFor(p, at, "project %q: exclusion not obeyed: %v", b.ls.Projects[p].Name, err)
			continue
		}
		if b.barred[p] == nil {
			b.barred[p] = map[string]bool{}
		}
		b.barred[p][id.Key()] = true
	}
	for _, raw := range c.Owners {
		owner, err := parseOwner(raw)
		if err != nil {
			b.noteFor(p, at, "project %q: owner left out: %v", b.ls.Projects[p].Name, err)
			continue
		}
		b.owners.name(owner, p, at, "configuration")
		org := b.owners.of(owner)
		org.namings[len(org.namings)-1].final = true
	}
}

// claimAddress claims the repository at an address as people write them.
func (b *builder) claimAddress(p int, raw string, m fact.Membership) { b.claimBranch(p, raw, "", m) }

// claimBranch is claimAddress for an address that stands beside a branch.
func (b *builder) claimBranch(p int, raw, branch string, m fact.Membership) {
	line := ""
	if m.Evidence.Line > 0 {
		line = " (line " + strconv.Itoa(m.Evidence.Line) + ")"
	}
	if clean := fact.WithoutSecrets(raw); clean != raw {
		b.note(fact.NoteSecret, m.Evidence, "project %q%s: the address of a %s repository holds a user name, a password or a token, which is not used; change it where it is used",
			b.ls.Projects[p].Name, line, m.Reason)
		raw = clean
	}
	whole, err := fact.ParseRepoURL(raw)
	if err != nil {
		b.noteFor(p, m.Evidence, "project %q%s: %s repository left out: %v", b.ls.Projects[p].Name, line, m.Reason, err)
		return
	}
	b.claim(p, b.partOf(p, whole, raw, branch, m), branch, m)
}

func (b *builder) claim(p int, id fact.RepoID, branch string, m fact.Membership) {
	b.claims = append(b.claims, claim{project: p, id: id, present: id, branch: branch, m: m})
}

// noteFor adds a note on project p, when p is part of the catalogue.
func (b *builder) noteFor(p int, ev fact.Evidence, format string, args ...any) {
	if b.wanted(p) {
		b.note("odd", ev, format, args...)
	}
}

// note adds a note; kind is a word of errkind or "odd".
func (b *builder) note(kind string, ev fact.Evidence, format string, args ...any) {
	b.notes = append(b.notes, fact.Note{Kind: kind, Text: fmt.Sprintf(format, args...), Evidence: ev})
}
