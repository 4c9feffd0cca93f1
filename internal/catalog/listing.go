package catalog

import (
	"context"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/forge"
	"assay/internal/limit"
)

// defaultWorkers is how many hosts are asked at a time.
const defaultWorkers = 8

func (b *builder) workers() int {
	if b.o.Workers > 0 {
		return b.o.Workers
	}
	return defaultWorkers
}

// wanted reports whether project p is part of the catalogue.
func (b *builder) wanted(p int) bool { return b.o.Only == nil || b.o.Only(&b.ls.Projects[p]) }

// resolve asks for the present name of every repository that a source names.
func (b *builder) resolve(ctx context.Context) {
	if b.o.Canonical == nil {
		return
	}
	names := map[string]fact.RepoID{}
	for _, c := range b.claims {
		names[c.id.Key()] = c.id
	}
	keys := sortedKeys(names)
	present := make([]fact.RepoID, len(keys))
	errs := make([]error, len(keys))
	var group errgroup.Group
	group.SetLimit(b.workers())
	for i, key := range keys {
		group.Go(func() error {
			present[i], errs[i] = b.present(ctx, names[key])
			return nil
		})
	}
	_ = group.Wait() // the functions return no error
	b.recordNames(errs)
	for i := range b.claims {
		at, _ := slices.BinarySearch(keys, b.claims[i].id.Key())
		if id := present[at]; id != "" && id.Key() != b.claims[i].id.Key() {
			b.claims[i].present = id
		}
	}
}

// present is the present name of a repository; "" when it is not known.
func (b *builder) present(ctx context.Context, id fact.RepoID) (_ fact.RepoID, err error) {
	defer errkind.Catch(&err)
	name, err := b.o.Canonical(ctx, id.Repository())
	if err != nil || name == "" || name.Validate() != nil {
		return "", err
	}
	return name.Within(id.Folder()), nil
}

// settleOwners tells the organisations who has repositories in them, and lets
// primary repositories name the organisation they live in.
func (b *builder) settleOwners() {
	for _, c := range b.claims {
		owner := ownerOf(c.id)
		b.owners.present(owner, c.project)
		p := &b.ls.Projects[c.project]
		if c.m.Reason == fact.Primary && related(c.id.Owner(), p.Name, c.id.Name()) {
			b.owners.infer(owner, c.project, c.m.Evidence)
		}
	}
}

// A listed owner is the answer of the Lister.
type listed struct {
	repos []forge.Repo
	err   error
}

// discover lists the organisations that belong to projects, and those in
// which a pattern may find something, and claims what is there.
func (b *builder) discover(ctx context.Context) {
	holdings := slices.DeleteFunc(b.holdings(), func(h holding) bool { return !b.wanted(h.project) })
	if b.o.Lister == nil {
		b.openUnlisted(holdings, nil)
		b.sources = append(b.sources, fact.Source{Name: "listing", State: "off"})
		return
	}
	owners := map[string]string{}
	for _, h := range holdings {
		owners[strings.ToLower(h.owner)] = h.owner
	}
	for _, p := range b.patterns {
		if b.wanted(p.project) {
			for _, owner := range b.reach(p) {
				owners[strings.ToLower(owner)] = owner
			}
		}
	}
	lists := b.list(ctx, owners)
	b.recordListing(owners, lists)
	b.openUnlisted(holdings, lists)
	for _, p := range b.patterns {
		if b.wanted(p.project) {
			b.applyPattern(p, lists)
		}
	}
	b.claimHoldings(holdings, lists)
}

// claimHoldings claims what the organisations taken whole hold.
func (b *builder) claimHoldings(holdings []holding, lists map[string]listed) {
	here := b.addressed()
	for _, h := range holdings {
		m := fact.Membership{Reason: fact.Discovered, Source: "listing", Evidence: h.evidence}
		for _, r := range lists[strings.ToLower(h.owner)].repos {
			if b.excluded[h.project][r.ID.Key()] {
				continue
			}
			if twin := here.twin(h.project, r.ID); twin != "" && !r.Fork && !holds(lists, twin) {
				b.moved(h.project, twin, r.ID)
			}
			b.claims = append(b.claims, claim{project: h.project, id: r.ID, present: r.ID, m: m, told: r})
		}
	}
}

// reach is the owners in whose listings a pattern may find repositories: those
// where its project has some.
func (b *builder) reach(p pattern) []string {
	owners := sortedKeys(b.home(p.project))
	owners = slices.DeleteFunc(owners, func(owner string) bool { return !strings.HasPrefix(owner, "github.com/") })
	return owners[:min(len(owners), limit.PatternOwners)]
}

// list asks the Lister for every owner, several at a time.
func (b *builder) list(ctx context.Context, owners map[string]string) map[string]listed {
	keys := sortedKeys(owners)
	answers := make([]listed, len(keys))
	var group errgroup.Group
	group.SetLimit(b.workers())
	for i, key := range keys {
		group.Go(func() error {
			answers[i] = b.ask(ctx, owners[key])
			return nil
		})
	}
	_ = group.Wait() // the functions return no error
	out := make(map[string]listed, len(keys))
	for i, key := range keys {
		out[key] = answers[i]
	}
	return out
}

// ask asks the Lister for one owner.
func (b *builder) ask(ctx context.Context, owner string) (answer listed) {
	defer errkind.Catch(&answer.err)
	repos, err := b.o.Lister.List(ctx, owner)
	return listed{honest(strings.ToLower(owner), repos), err}
}

// honest keeps of a listing what is the owner's (in nested groups too) and has
// a harmless name, ordered, each once. The owner is in lower case.
func honest(owner string, repos []forge.Repo) []forge.Repo {
	var out []forge.Repo
	for _, r := range repos[:min(len(repos), limit.OwnerRepositories)] {
		if r.ID.Validate() == nil && strings.HasPrefix(r.ID.Key(), owner+"/") {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b forge.Repo) int { return strings.Compare(a.ID.Key(), b.ID.Key()) })
	return slices.CompactFunc(out, func(a, b forge.Repo) bool { return a.ID.Key() == b.ID.Key() })
}

// applyPattern claims the listed repositories that a pattern of DevStats matches.
func (b *builder) applyPattern(p pattern, lists map[string]listed) {
	m := fact.Membership{Reason: fact.Catalogued, Source: "devstats", Evidence: p.evidence}
	for _, owner := range b.reach(p) {
		for _, r := range lists[strings.ToLower(owner)].repos {
			if p.entry.pattern.MatchString(r.ID.Slug()) && !p.entry.exclude[r.ID.Key()] {
				b.claims = append(b.claims, claim{project: p.project, id: r.ID, present: r.ID, m: m, told: r})
			}
		}
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
