package catalog

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/yamlnode"
)

// excludeKey is the setting by which DevStats leaves repositories out.
const excludeKey = "GHA2DB_EXCLUDE_REPOS"

// A tracked project is an entry of DevStats' projects.yaml.
type tracked struct {
	key, name, status, database text
	mainRepo                    text
	command                     text            // command_line: what is counted
	orgs                        []string        // whole organisations, as "github.com/o"
	repos                       []fact.RepoID   // repositories named one by one
	pattern                     *regexp.Regexp  // or a pattern over owner/name
	loose                       []string        // beginnings of what it matches and does not name
	exclude                     map[string]bool // repository keys
	odd                         string          // why command_line was not understood
}

// counted reports whether the entry stands for a project of the foundation:
// DevStats also has sums ("all") and projects of others, with status "-".
func (d *tracked) counted() bool { return d.status.value != "-" && d.status.value != "" }

// parseDevStats reads DevStats' projects.yaml, in the file's order.
func parseDevStats(data []byte) ([]tracked, error) {
	root, err := parseYAML(data)
	if err != nil {
		return nil, err
	}
	var out []tracked
	for _, f := range yamlnode.Fields(root) {
		if f.Name != "projects" {
			continue
		}
		for _, p := range yamlnode.Fields(f.Value) {
			out = append(out, trackedOf(p))
		}
	}
	if len(out) == 0 {
		return nil, errkind.Errorf(errkind.Input, "no project in it: expected a mapping under projects")
	}
	return out, nil
}

func trackedOf(p yamlnode.Field) tracked {
	d := tracked{key: text{p.Name, p.Line}, exclude: map[string]bool{}}
	for _, f := range yamlnode.Fields(p.Value) {
		switch f.Name {
		case "name":
			d.name = scalar(f.Value)
		case "status":
			d.status = scalar(f.Value)
		case "psql_db":
			d.database = scalar(f.Value)
		case "main_repo":
			d.mainRepo = scalar(f.Value)
		case "command_line":
			d.commandLine(f)
		case "env":
			d.environment(f)
		}
	}
	return d
}

// environment reads the repositories that the entry leaves out.
func (d *tracked) environment(f yamlnode.Field) {
	for _, e := range yamlnode.Fields(f.Value) {
		if e.Name != excludeKey {
			continue
		}
		for _, slug := range list(scalar(e.Value).value) {
			if id, err := githubRepo(slug); err == nil {
				d.exclude[id.Key()] = true
			}
		}
	}
}

// commandLine reads what the entry counts: organisations and repositories in
// one list, or a pattern over "owner/name". A second argument narrows the
// organisations of the first to repositories of those names.
func (d *tracked) commandLine(f yamlnode.Field) {
	args := yamlnode.Items(f.Value)
	if len(args) == 0 {
		args = append(args, f.Value)
	}
	d.command = scalar(args[0])
	if d.command.line == 0 {
		d.command.line = f.Line
	}
	if expr, ok := strings.CutPrefix(strings.TrimSpace(d.command.value), "regexp:"); ok {
		d.setPattern(expr)
		return
	}
	var narrow []string
	if len(args) > 1 {
		narrow = list(scalar(args[1]).value)
	}
	for _, word := range list(d.command.value) {
		id, err := githubRepo(word)
		switch {
		case err == nil:
			d.repos = append(d.repos, id)
		case githubOwner(word) == "":
			d.odd = "it names " + quote(word)
		case len(narrow) > 0:
			for _, name := range narrow {
				if id, err := githubRepo(word + "/" + name); err == nil {
					d.repos = append(d.repos, id)
				}
			}
		default:
			d.orgs = append(d.orgs, githubOwner(word))
		}
	}
}

// setPattern takes a pattern over "owner/name": what it says outright becomes
// organisations and repositories, the rest is matched against listings.
func (d *tracked) setPattern(expr string) {
	if len(expr) > limit.PatternBytes {
		d.odd = "its pattern is too long"
		return
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		d.odd = "its pattern is not understood"
		return
	}
	d.pattern = re
	words, loose := outright(expr)
	d.loose = loose
	for _, word := range words {
		if id, err := githubRepo(word); err == nil {
			d.repos = append(d.repos, id)
		} else if owner := githubOwner(strings.TrimSuffix(word, "/")); owner != "" {
			d.orgs = append(d.orgs, owner)
		}
	}
}

// list splits a comma-separated value.
func list(s string) []string {
	var out []string
	for word := range strings.SplitSeq(s, ",") {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}

// githubRepo reads "owner/name"; DevStats knows GitHub alone.
func githubRepo(slug string) (fact.RepoID, error) {
	if strings.Count(slug, "/") != 1 {
		return "", errkind.Errorf(errkind.Input, "%q is not owner/name", slug)
	}
	return fact.ParseRepoURL("https://github.com/" + slug)
}

// githubOwner is "github.com/name", or "" when name is not a plain name.
func githubOwner(name string) string {
	owner, err := parseOwner("github.com/" + name)
	if err != nil {
		return ""
	}
	return owner
}

// parseOwner reads the address of an organisation, with or without a scheme,
// as host/name.
func parseOwner(raw string) (string, error) {
	id, err := fact.ParseRepoURL(strings.TrimRight(strings.TrimSpace(raw), "/") + "/x")
	if err != nil || id.Name() != "x" || strings.Contains(id.Owner(), "/") {
		return "", errkind.Errorf(errkind.Input, "%q is not the address of an organisation", fact.WithoutSecrets(raw))
	}
	return id.Host() + "/" + id.Owner(), nil
}

// matchDevStats finds the project of each entry, -1 for none: by the host name
// in the item's devstats_url, then by equal names, then by the main repository.
func (b *builder) matchDevStats(entries []tracked) []int {
	m := newMatch(len(entries), len(b.ls.Projects))
	counted := func(keys func(d *tracked) []string) func(int) []string {
		return func(e int) []string {
			if !entries[e].counted() {
				return nil
			}
			return keys(&entries[e])
		}
	}
	m.by(b.projectsBy(func(p *fact.Project) string { return squeeze(subdomain(p.DevStatsURL)) }),
		counted(func(d *tracked) []string { return []string{squeeze(d.key.value), squeeze(d.database.value)} }))
	m.by(b.projectsBy(func(p *fact.Project) string { return squeeze(p.Name) }),
		counted(func(d *tracked) []string { return []string{squeeze(d.name.value), squeeze(d.key.value)} }))
	m.by(b.primaries(), counted(func(d *tracked) []string {
		id, err := githubRepo(d.mainRepo.value)
		if err != nil {
			return nil
		}
		return []string{id.Key()}
	}))
	return m.project
}

// subdomain is "akri" of https://akri.devstats.cncf.io/.
func subdomain(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	first, rest, _ := strings.Cut(u.Hostname(), ".")
	if !strings.HasPrefix(rest, "devstats.") {
		return ""
	}
	return first
}

// addDevStats turns DevStats' list into claims on repositories and
// organisations. It returns how many entries belong to a project of the
// landscape, of how many that stand for a project.
func (b *builder) addDevStats(data []byte, ev fact.Evidence) (matched, all int, err error) {
	entries, err := parseDevStats(data)
	if err != nil {
		return 0, 0, err
	}
	for e, p := range b.matchDevStats(entries) {
		d := &entries[e]
		if !d.counted() {
			continue
		}
		all++
		at := ev
		at.Line = cmp.Or(d.command.line, d.key.line)
		if p < 0 {
			b.claimForStranger(d)
			continue
		}
		matched++
		b.addTracked(p, d, at)
	}
	return matched, all, nil
}

// addTracked makes the claims of one entry for project p; at is the place of
// its command_line.
func (b *builder) addTracked(p int, d *tracked, at fact.Evidence) {
	if d.odd != "" {
		b.noteFor(p, at, "DevStats entry %q is not used whole: %s", d.key.value, d.odd)
		b.open(p, fact.Opening{Scope: fact.ScopeListed, Why: "its entry in DevStats was not understood whole", Evidence: at})
	}
	b.excluded[p] = d.exclude
	for _, id := range b.near(p, d, at) {
		if !d.exclude[id.Key()] {
			b.claim(p, id, "", fact.Membership{Reason: fact.Catalogued, Source: "devstats", Evidence: at})
		}
	}
	if id, err := githubRepo(d.mainRepo.value); err == nil && !d.exclude[id.Key()] {
		main := at
		main.Line = d.mainRepo.line
		b.claim(p, id, "", fact.Membership{Reason: fact.Catalogued, Source: "devstats", Evidence: main})
	}
	for _, org := range d.orgs {
		b.owners.name(org, p, at, "DevStats counts all of it")
	}
	if d.pattern != nil {
		b.patterns = append(b.patterns, pattern{project: p, entry: d, evidence: at})
	}
}

// near gives the repositories that the entry names. A pattern also counts the
// work of strangers on plug-ins of theirs; of what a pattern names, only
// repositories beside others of the project are kept.
func (b *builder) near(p int, d *tracked, at fact.Evidence) []fact.RepoID {
	if d.pattern == nil {
		return d.repos
	}
	home := b.home(p)
	var kept []fact.RepoID
	for _, id := range d.repos {
		if home[strings.ToLower(ownerOf(id))] {
			kept = append(kept, id)
		}
	}
	if n := len(d.repos) - len(kept); n > 0 {
		b.noteFor(p, at, "project %q: %d repositories that DevStats counts by a pattern are left out: no other source has their owners for the project",
			b.ls.Projects[p].Name, n)
	}
	return kept
}

// home is the owners, by key, in which project p has repositories so far.
func (b *builder) home(p int) map[string]bool {
	owners := map[string]bool{}
	for _, c := range b.claims {
		if c.project == p {
			owners[strings.ToLower(ownerOf(c.id))] = true
		}
	}
	return owners
}

// claimForStranger records what an entry of no project of the landscape
// counts: it makes an organisation shared.
func (b *builder) claimForStranger(d *tracked) {
	for _, org := range d.orgs {
		b.owners.stranger(org, d.key.value)
	}
	for _, id := range d.repos {
		b.owners.stranger(ownerOf(id), d.key.value)
	}
}
