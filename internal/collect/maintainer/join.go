package maintainer

import (
	"strings"

	"assay/internal/fact"
)

// joinPeople joins what the files of a repository say: each person once, by
// handle or else by name, at the first place that names them in the duty that weighs
// most, completed by the later ones.
func joinPeople(lists ...[]fact.Maintainer) []fact.Maintainer {
	var out []fact.Maintainer
	at := map[string]int{}
	for _, list := range byDuty(lists) {
		for _, p := range list {
			key := "@" + strings.ToLower(p.Handle)
			if p.Handle == "" {
				key = strings.ToLower(p.Name)
			}
			i, known := at[key]
			if !known {
				at[key] = len(out)
				if p.Name != "" {
					if _, taken := at[strings.ToLower(p.Name)]; !taken {
						at[strings.ToLower(p.Name)] = len(out)
					}
				}
				out = append(out, p)
				continue
			}
			if out[i].Name == "" {
				out[i].Name = p.Name
			}
			if out[i].Organisation == "" {
				out[i].Organisation = p.Organisation
			}
		}
	}
	return out
}

// byDuty parts lists by the duty of their people: whoever maintains by one file and
// has another duty by another maintains.
func byDuty(lists [][]fact.Maintainer) (parted [][]fact.Maintainer) {
	for _, duty := range []fact.Duty{fact.DutyMaintainer, fact.DutyReviewer, fact.DutyCodeOwner, fact.DutyEmeritus, fact.DutyOther} {
		for _, list := range lists {
			var part []fact.Maintainer
			for _, p := range list {
				if p.Duty == duty {
					part = append(part, p)
				}
			}
			parted = append(parted, part)
		}
	}
	return parted
}
