package dataset_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"assay/internal/dataset"
	"assay/internal/dataset/sqlite"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
)

// many is the invented landscape so many times over: every project and repository under
// names of its own, with ten years of history.
func many(times int) finding.Facts {
	all := findingtest.Facts()
	survey, landscape, catalog := *all.Survey, *all.Survey.Landscape, *all.Survey.Catalog
	landscape.Projects, catalog.Repositories, survey.Outcomes = nil, nil, nil
	survey.Landscape, survey.Catalog = &landscape, &catalog
	big := finding.Facts{
		Survey: &survey, Compositions: map[string]*fact.Composition{}, Components: map[string]*fact.Components{},
		Licences: map[string]*fact.Licences{}, Adopters: map[string]*fact.Adopters{}, Maintainers: map[string]*fact.Maintainers{},
		Policies: map[string]*fact.Policy{}, Commits: map[string]*fact.Commits{}, Timelines: map[string]*fact.Timeline{}, Releases: map[string]*fact.Releases{},
	}
	for i := range times {
		again(&big, i)
	}
	return big
}

// again adds the invented landscape under the names of a number.
func again(big *finding.Facts, number int) {
	one := findingtest.Facts()
	name := func(s string) string { return fmt.Sprintf("%s %d", s, number) }
	id := func(r fact.RepoID) fact.RepoID {
		if r == "" {
			return ""
		}
		return fact.RepoID(fmt.Sprintf("%s-%d", r, number))
	}
	s := one.Survey
	for i := range s.Landscape.Projects {
		s.Landscape.Projects[i].Name = name(s.Landscape.Projects[i].Name)
	}
	for i := range s.Catalog.Repositories {
		r := &s.Catalog.Repositories[i]
		r.Project, r.ID, r.FoundAs = name(r.Project), id(r.ID), id(r.FoundAs)
	}
	for i := range s.Outcomes {
		o := &s.Outcomes[i]
		if o.Repo = id(o.Repo); o.Revision != nil {
			o.Revision.Repo, o.Revision.Commit = id(o.Revision.Repo), fmt.Sprintf("%040x", number*1000+i)
		}
	}
	for key := range one.Compositions {
		if one.Timelines[key] == nil {
			one.Timelines[key] = decade(one.Compositions[key])
		}
	}
	big.Survey.Landscape.Projects = append(big.Survey.Landscape.Projects, s.Landscape.Projects...)
	big.Survey.Catalog.Repositories = append(big.Survey.Catalog.Repositories, s.Catalog.Repositories...)
	big.Survey.Outcomes = append(big.Survey.Outcomes, s.Outcomes...)
	rename(big.Compositions, one.Compositions, id)
	rename(big.Components, one.Components, id)
	rename(big.Licences, one.Licences, id)
	rename(big.Adopters, one.Adopters, id)
	rename(big.Maintainers, one.Maintainers, id)
	rename(big.Policies, one.Policies, id)
	rename(big.Commits, one.Commits, id)
	rename(big.Timelines, one.Timelines, id)
	rename(big.Releases, one.Releases, id)
}

// rename adds what is kept under names to that of others.
func rename[T any](to, from map[string]*T, id func(fact.RepoID) fact.RepoID) {
	for key, v := range from {
		to[id(fact.RepoID(key)).Key()] = v
	}
}

// decade is a history of ten years in which the languages of a repository grow.
func decade(c *fact.Composition) *fact.Timeline {
	t := &fact.Timeline{First: fact.CommitRef{Commit: "c0ffee", At: "2015-07-01T00:00:00Z"}}
	for month := range 120 {
		bytes := map[string]int64{}
		for i := range c.Cells {
			if cell := &c.Cells[i]; cell.Counted {
				bytes[cell.Language] += 1 + cell.Bytes*int64(month+1)/120
			}
		}
		t.Months = append(t.Months, fact.MonthEnd{Month: fmt.Sprintf("%d-%02d", 2015+(month+6)/12, (month+6)%12+1), Bytes: bytes})
	}
	return t
}

// landscapes are how many times over the benchmarks have the invented landscape: 900
// projects.
const landscapes = 100

func BenchmarkMake(b *testing.B) {
	facts := many(landscapes)
	for i := 0; b.Loop(); i++ {
		l, err := profile.Of(facts, finding.Options{})
		if err != nil {
			b.Fatal(err)
		}
		path := filepath.Join(b.TempDir(), fmt.Sprint(i, ".db"))
		if err := sqlite.Write(b.Context(), path, dataset.Tables(), func(s dataset.Sink) error { return dataset.Write(s, l) }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(facts.Survey.Landscape.Projects)), "projects")
}

// BenchmarkAsk asks a set as list and show do, each time from the opening of its file.
func BenchmarkAsk(b *testing.B) {
	l, err := profile.Of(many(landscapes), finding.Options{})
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "set.db")
	if err := sqlite.Write(b.Context(), path, dataset.Tables(), func(s dataset.Sink) error { return dataset.Write(s, l) }); err != nil {
		b.Fatal(err)
	}
	questions := map[string]func(*dataset.Set) (int, error){
		"list": func(s *dataset.Set) (int, error) {
			rows, err := s.List(b.Context(), "Rust", false)
			return len(rows), err
		},
		"show": func(s *dataset.Set) (int, error) {
			found, _, err := s.Project(b.Context(), "Rust", l.Projects[len(l.Projects)/2].ID)
			if err != nil {
				return 0, err
			}
			return len(found.Projects), nil
		},
	}
	for _, name := range slices.Sorted(maps.Keys(questions)) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				file, err := sqlite.Open(b.Context(), path)
				if err != nil {
					b.Fatal(err)
				}
				if n, err := questions[name](dataset.Open(file)); err != nil || n == 0 {
					b.Fatalf("%d rows, %v", n, err)
				}
				if err := file.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
