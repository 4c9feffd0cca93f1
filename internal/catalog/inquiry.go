package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/forge"
)

// An inquiry counts what became of questions to hosts.
type inquiry struct {
	answered, failed int
	none             int      // answered that there is no such thing
	hosts            []string // that cannot be asked
	foreign          int      // questions for them
	first            error    // of those that failed
}

// add counts the answer to a question for host.
func (q *inquiry) add(host string, err error) {
	switch kind := errkind.Of(err); {
	case err == nil:
		q.answered++
	case errors.Is(err, forge.ErrUnknownHost):
		q.foreign++
		if !slices.Contains(q.hosts, host) {
			q.hosts = append(q.hosts, host)
		}
	case kind == errkind.NotFound, kind == errkind.Absent:
		q.answered++
		q.none++
	default:
		q.failed++
		if q.first == nil {
			q.first = err
		}
	}
}

// source is the record of the inquiry: read when all was answered, failed when
// nothing was, and partial between. Why begins with said; done is what was done
// where a question did not fail.
func (q *inquiry) source(name, said, done string) fact.Source {
	src := fact.Source{Name: name, State: "read", Why: said}
	if q.foreign > 0 {
		src.State = "partial"
		src.Why += fmt.Sprintf("; on hosts that cannot be asked: %d (%s)", q.foreign, strings.Join(q.hosts, ", "))
		src.How = "name the repositories there in the landscape or in the configuration"
	}
	if q.failed == 0 {
		return src
	}
	src.State = "partial"
	src.Why += fmt.Sprintf("; not %s: %d (the first: %s)", done, q.failed, q.first)
	src.How = errkind.Hint(q.first)
	if q.answered == 0 {
		src.State = "failed"
	}
	return src
}

// recordListing records what became of the listing.
func (b *builder) recordListing(owners map[string]string, lists map[string]listed) {
	q := inquiry{}
	for _, key := range sortedKeys(owners) {
		host, _, _ := strings.Cut(key, "/")
		q.add(host, lists[key].err)
		if lists[key].err == nil && len(lists[key].repos) == 0 {
			q.none++
		}
	}
	said := fmt.Sprintf("%d organisations listed, %d of them empty or not there", q.answered, q.none)
	b.sources = append(b.sources, q.source("listing", said, "listed"))
}

// recordNames records what became of the questions for present names. A host
// that cannot be asked is no gap: git follows a repository to its new name.
func (b *builder) recordNames(errs []error) {
	q := inquiry{}
	for _, err := range errs {
		if !errors.Is(err, forge.ErrUnknownHost) {
			q.add("", err)
		}
	}
	said := fmt.Sprintf("%d names looked up, %d of them not there", q.answered, q.none)
	b.sources = append(b.sources, q.source("names", said, "looked up"))
}
