package store

import (
	"errors"
	"fmt"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// Conflict is the error for putting another body under a key that is stored.
func Conflict(k fact.Key) error {
	err := errkind.Errorf(errkind.Storage,
		"fact %s is stored with another body: a fact never changes, the version of collector %q should have been raised",
		name(k), k.Collector)
	return errkind.WithHint(err, "start a new store with --store, and report the collector: its version is too low")
}

// ErrDamaged is in the chain of every error about something stored that is not
// what was written.
var ErrDamaged = errors.New("its checksum does not match")

// DamagedFact is the error for a fact that is damaged.
func DamagedFact(k fact.Key) error {
	err := errkind.Errorf(errkind.Storage, "fact %s is damaged: %w", name(k), ErrDamaged)
	return errkind.WithHint(err, "run 'assay survey' again for the date: it measures what is damaged anew")
}

// DamagedSurvey is the error for a survey that is damaged. Its date is what the
// row says, which may be the damage.
func DamagedSurvey(asOf, landscape string) error {
	err := errkind.Errorf(errkind.Storage, "the survey as of %q of landscape %q is damaged: %w", asOf, landscape, ErrDamaged)
	return errkind.WithHint(err, "make it again: assay survey --as-of %s", asOf)
}

// DamagedSecret is the error for a secret that is damaged. Nothing brings it back.
func DamagedSecret(name string) error {
	err := errkind.Errorf(errkind.Storage, "the secret %q is damaged: %w", name, ErrDamaged)
	return errkind.WithHint(err, "take the store from a copy, or begin a new one with --store")
}

// NoFact is the error for a fact that is not stored.
func NoFact(k fact.Key) error {
	return errkind.Errorf(errkind.NotFound, "no fact %s is stored", name(k))
}

// NoSurvey is the error for a survey that is not stored.
func NoSurvey(sel Selector) error {
	what := "no survey is stored"
	if sel.AsOf != "" {
		what = fmt.Sprintf("no survey as of %s is stored", sel.AsOf)
	}
	if sel.Landscape != "" {
		what += fmt.Sprintf(" of landscape %q", sel.Landscape)
	}
	err := errkind.Errorf(errkind.NotFound, "%s", what)
	if sel.AsOf != "" {
		return errkind.WithHint(err, "make it with: assay survey --as-of %s", sel.AsOf)
	}
	return errkind.WithHint(err, "make one with: assay survey")
}

// name is a key as text for messages, quoted because parts of it may come
// from outside.
func name(k fact.Key) string { return fmt.Sprintf("%q", Name(k)) }

// Name is a key as text.
func Name(k fact.Key) string {
	return fmt.Sprintf("%s@%s %s/%d", k.Repo, k.Revision, k.Collector, k.Version)
}

// NoSecret is the error for a secret that is not there.
func NoSecret(name string) error {
	return errkind.Errorf(errkind.NotFound, "the store holds no secret %q", name)
}
