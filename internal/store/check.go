package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// Canonical is the key as implementations keep it: its repository in lower
// case, so that equal keys are equal strings.
func Canonical(k fact.Key) fact.Key {
	k.Repo = fact.RepoID(k.Repo.Key())
	return k
}

// Ask prepares keys for a look-up: in the order of [fact.Key.Compare], each
// once in the spelling it was first asked in, without those that no record can
// have. The argument is left alone.
func Ask(keys []fact.Key) []fact.Key {
	ask := slices.DeleteFunc(slices.Clone(keys), func(k fact.Key) bool { return checkKey(k) != nil })
	slices.SortStableFunc(ask, fact.Key.Compare)
	return slices.CompactFunc(ask, func(a, b fact.Key) bool { return a.Compare(b) == 0 })
}

// CheckRecords refuses records that not every database can keep and give back
// byte for byte, or whose body is not JSON. Its error is of kind Internal: a
// collector is at fault, not what it read.
func CheckRecords(records []fact.Record) error {
	for i := range records {
		r := &records[i]
		if err := checkKey(r.Key); err != nil {
			return errkind.Errorf(errkind.Internal, "put fact %s: %w", name(r.Key), err)
		}
		// Valid alone lets strings of any bytes pass.
		if !utf8.Valid(r.Body) || !json.Valid(r.Body) {
			return errkind.Errorf(errkind.Internal, "put fact %s: the body is not JSON in UTF-8", name(r.Key))
		}
	}
	return nil
}

func checkKey(k fact.Key) error {
	for _, part := range [...]struct{ name, value string }{
		{"repository", string(k.Repo)}, {"revision", k.Revision}, {"collector", k.Collector},
	} {
		switch {
		case part.value == "":
			return fmt.Errorf("the key has no %s", part.name)
		case !storable(part.value):
			return fmt.Errorf("%s %q of the key is not plain UTF-8", part.name, part.value)
		}
	}
	return nil
}

// CheckResolutions refuses resolutions that not every database can keep. Its
// error is of kind Internal.
func CheckResolutions(resolutions []Resolution) error {
	for i := range resolutions {
		r := &resolutions[i]
		if r.Repo == "" || r.Revision == nil || !r.Storable() {
			return errkind.Errorf(errkind.Internal, "remember the revision of %q as of %q: the resolution is incomplete",
				string(r.Repo), string(r.AsOf))
		}
	}
	return nil
}

// CheckReadings refuses readings that could not be told from none. Its error is
// of kind Internal.
func CheckReadings(repo fact.RepoID, body []byte) error {
	if repo == "" || len(body) == 0 || !storable(string(repo)) {
		return errkind.Errorf(errkind.Internal, "remember the readings of %q: %d bytes", string(repo), len(body))
	}
	return nil
}

// Storable reports whether a resolution with this key can be in a store.
func (k ResolutionKey) Storable() bool {
	return storable(string(k.Repo)) && storable(string(k.AsOf)) && storable(k.Refs)
}

// storable reports whether every database keeps s unchanged: PostgreSQL
// refuses NUL and anything but UTF-8 in text.
func storable(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}

// DecodeRevision reads the stored JSON of a revision picked for repo. The
// revision names its repository as repo is spelled, so that a survey is the
// same with and without the cache.
func DecodeRevision(body []byte, repo fact.RepoID) (*fact.Revision, error) {
	rev := new(fact.Revision)
	if err := json.Unmarshal(body, rev); err != nil {
		return nil, errkind.Errorf(errkind.Storage, "read the stored revision of %q: %w", string(repo), err)
	}
	if rev.Repo.Key() == repo.Key() {
		rev.Repo = repo
	}
	return rev, nil
}

// Source identifies the landscape file that e points at, whatever the commit
// or time it was read at: "host/owner/name:path" in lower case up to the
// colon, the URL, or the path of a local file.
func Source(e fact.Evidence) string {
	if e.Repo != "" {
		return e.Repo.Key() + ":" + e.Path
	}
	return cmp.Or(e.URL, e.Path)
}

// EncodeSurvey gives the header and the JSON of a survey to be stored. It
// refuses a survey that could not be found again, with an error of kind
// Internal.
func EncodeSurvey(s *fact.Survey) (Header, []byte, error) {
	if s.Landscape == nil {
		return Header{}, nil, errkind.Errorf(errkind.Internal, "put survey as of %q: it has no landscape", string(s.AsOf))
	}
	if d, err := fact.ParseDate(string(s.AsOf)); err != nil || d != s.AsOf {
		return Header{}, nil, errkind.Errorf(errkind.Internal, "put survey: its date %q is not of the form YYYY-MM-DD", string(s.AsOf))
	}
	h := Header{
		AsOf:         s.AsOf,
		Source:       Source(s.Landscape.Evidence),
		Landscape:    s.Landscape.Evidence,
		Projects:     len(s.Landscape.Projects),
		Repositories: len(s.Outcomes),
	}
	if !storable(h.Source) {
		return Header{}, nil, errkind.Errorf(errkind.Internal, "put survey: its landscape %q is not plain UTF-8", h.Source)
	}
	for i := range s.Outcomes {
		if s.Outcomes[i].Revision != nil {
			h.Measured++
		}
		if f := s.Outcomes[i].Failure; f != "" && f != fact.Skipped {
			h.Failed++
		}
	}
	body, err := json.Marshal(s)
	if err != nil {
		return Header{}, nil, errkind.Errorf(errkind.Internal, "put survey as of %q: %w", string(s.AsOf), err)
	}
	return h, body, nil
}

// DecodeSurvey reads the stored JSON of a survey.
func DecodeSurvey(body []byte) (*fact.Survey, error) {
	s := new(fact.Survey)
	if err := json.Unmarshal(body, s); err != nil {
		return nil, errkind.Errorf(errkind.Storage, "read a stored survey: %w", err)
	}
	return s, nil
}
