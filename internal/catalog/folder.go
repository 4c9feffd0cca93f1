package catalog

import (
	"cmp"
	"slices"
	"strings"

	"assay/internal/fact"
)

// partOf is the part of a repository that an address means: a folder, else the
// whole.
func (b *builder) partOf(p int, whole fact.RepoID, raw, branch string, m fact.Membership) fact.RepoID {
	name, deeper := b.ls.Projects[p].Name, fact.DeeperPath(raw)
	id, err := fact.ParseRepoFolder(raw, branch)
	switch {
	case err != nil:
		b.noteFor(p, m.Evidence, "project %q names a folder that cannot be, so that the whole of %q is taken: %v", name, string(whole), err)
		return whole
	case id.Folder() != "":
		b.noteFor(p, m.Evidence, "project %q names the folder %q of %q, which is measured alone where it is there at the date",
			name, id.Folder(), string(whole))
	case deeper != "":
		b.noteFor(p, m.Evidence, "project %q names a part of a repository, %q: the whole of %q is taken", name, deeper, string(whole))
	}
	return id
}

// dropOverlaps sees to it that no file is counted twice: of a repository and a
// folder of it, or of a folder and one within it, the one with the stronger claim
// stays, as of two projects that name one repository; of equal claims the larger,
// which leaves less out.
func (b *builder) dropOverlaps(groups map[string][]claim) {
	best := map[string][]claim{} // by repository: the strongest claim on each part of it
	for _, key := range sortedKeys(groups) {
		slices.SortStableFunc(groups[key], b.stronger)
		c := groups[key][0]
		whole := c.present.Repository().Key()
		best[whole] = append(best[whole], c)
	}
	for _, whole := range sortedKeys(best) {
		claims := best[whole]
		slices.SortStableFunc(claims, b.strongerPart)
		var kept []claim
		for _, c := range claims {
			i := slices.IndexFunc(kept, func(k claim) bool { return k.present.Overlaps(c.present) })
			if i < 0 {
				kept = append(kept, c)
				continue
			}
			b.noteOverlap(kept[i], c)
			delete(groups, c.present.Key())
		}
	}
}

// strongerPart orders claims on parts of one repository that are not the same.
func (b *builder) strongerPart(x, y claim) int {
	return cmp.Or(
		cmp.Compare(reasons[x.m.Reason], reasons[y.m.Reason]),
		cmp.Compare(depth(x), depth(y)),
		b.stronger(x, y),
	)
}

// depth is how many folders lead to what is claimed.
func depth(c claim) int {
	if c.present.Folder() == "" {
		return 0
	}
	return 1 + strings.Count(c.present.Folder(), "/")
}

// noteOverlap tells that a part is not counted beside one that it shares files with.
func (b *builder) noteOverlap(kept, left claim) {
	if !b.wanted(kept.project) && !b.wanted(left.project) {
		return
	}
	b.note("odd", left.m.Evidence, "%q (%s of project %q) is not counted: %q is, for project %q (%s), and files are of both",
		string(left.id), left.m.Reason, b.ls.Projects[left.project].Name,
		string(kept.id), b.ls.Projects[kept.project].Name, kept.m.Reason)
}
