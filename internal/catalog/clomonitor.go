package catalog

import (
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/yamlnode"
)

// A monitored project is an entry of CLOMonitor's list (data/cncf.yaml).
type monitored struct {
	name, display text
	repos         []text // addresses
}

// parseCLOMonitor reads CLOMonitor's list. Entries without a name are passed over.
func parseCLOMonitor(data []byte) ([]monitored, error) {
	root, err := parseYAML(data)
	if err != nil {
		return nil, err
	}
	var out []monitored
	for _, item := range yamlnode.Items(root) {
		var m monitored
		for _, f := range yamlnode.Fields(item) {
			switch f.Name {
			case "name":
				m.name = scalar(f.Value)
			case "display_name":
				m.display = scalar(f.Value)
			case "repositories":
				m.repos = addresses(f)
			}
		}
		if m.name.value != "" {
			out = append(out, m)
		}
	}
	if len(out) == 0 {
		return nil, errkind.Errorf(errkind.Input, "no project in it: expected a list with name and repositories")
	}
	return out, nil
}

func addresses(f yamlnode.Field) []text {
	var out []text
	for _, item := range yamlnode.Items(f.Value) {
		for _, g := range yamlnode.Fields(item) {
			if t := scalar(g.Value); g.Name == "url" && t.value != "" {
				out = append(out, t)
			}
		}
	}
	return out
}

// matchCLOMonitor finds the project of each entry, -1 for none. First come
// the names that items give (clomonitor_name), then equal names, then the
// entries that hold a project's primary repository. An entry has one project
// and a project one entry.
func (b *builder) matchCLOMonitor(entries []monitored) []int {
	m := newMatch(len(entries), len(b.ls.Projects))
	m.by(b.projectsBy(func(p *fact.Project) string { return p.CLOMonitorName }),
		func(e int) []string { return []string{entries[e].name.value} })
	m.by(b.projectsBy(func(p *fact.Project) string { return squeeze(p.Name) }),
		func(e int) []string {
			return []string{squeeze(entries[e].name.value), squeeze(entries[e].display.value)}
		})
	m.by(b.primaries(), func(e int) []string {
		var keys []string
		for _, r := range entries[e].repos {
			if id, err := fact.ParseRepoURL(r.value); err == nil {
				keys = append(keys, id.Key())
			}
		}
		return keys
	})
	return m.project
}

// addCLOMonitor turns CLOMonitor's list into claims. It returns how many
// entries belong to a project of the landscape, of how many.
func (b *builder) addCLOMonitor(data []byte, ev fact.Evidence) (matched, all int, err error) {
	entries, err := parseCLOMonitor(data)
	if err != nil {
		return 0, 0, err
	}
	for e, p := range b.matchCLOMonitor(entries) {
		if p < 0 {
			continue
		}
		matched++
		for _, r := range entries[e].repos {
			at := ev
			at.Line = r.line
			b.claimAddress(p, r.value, fact.Membership{Reason: fact.Catalogued, Source: "clomonitor", Evidence: at})
		}
	}
	return matched, len(entries), nil
}
