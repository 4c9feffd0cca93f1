// Package store is the contract of the fact store: what a survey writes and
// what every answer is made from.
//
// Facts and surveys are kept, and two caches. Facts are what a collector measured at a revision,
// under a [fact.Key]; they are written once and never change. Surveys say
// which projects, repositories and revisions were looked at on a date, and by
// their revisions and collector versions which facts belong to them.
// Resolutions are a cache of which commit a date picks in a mirror, so that a
// second survey need not ask git again; readings are one of what was made of
// single blobs, so that a survey of another date reads new blobs only. Caches
// are no facts, are not exported, and losing them costs only time.
//
// Nothing that is stored depends on when or in what order it was written, so
// two stores filled with the same facts export the same bytes.
//
// The implementations are below this package, one for each database, and only
// they know a driver. Package storetest is the suite that each of them passes.
// What the implementations share, so that they cannot differ in it, is in this
// package: which records are refused and the errors for what is not there.
package store

import (
	"context"

	"assay/internal/fact"
)

// A Store keeps facts, surveys and resolutions.
//
// Its methods may be called from several goroutines, and several processes may
// have the same store open: writers wait for one another. A method whose
// context ends returns an error of kind Canceled. An error of the database is
// of kind Storage, with a hint where the user can mend it; after Close every
// method fails with that kind.
//
// Repositories are the same when their [fact.RepoID.Key] is equal, however
// they are spelled. A method that is asked with keys answers in the spelling
// it was asked in; Each gives lower case.
//
// What the database gives back is what was written, byte for byte, or an error of
// kind Storage that says which row is damaged ([ErrDamaged]), with a hint. A fact
// that is damaged is not there for Have, so that it is measured again, and Put
// puts the new one in its place; of the caches it is as if nothing had been
// remembered.
//
// Callbacks run in the caller's goroutine, one at a time, once for each thing
// found. What they are given is theirs to keep and change. They may call the
// store. An error of a callback ends the iteration and is returned as it is.
type Store interface {
	Facts
	Surveys

	// PutResolutions remembers resolutions, in place of earlier ones with the
	// same key. The store may forget any of them at any time; it does forget
	// those that are out of date, so that the cache does not grow with the
	// number of runs.
	PutResolutions(ctx context.Context, resolutions []Resolution) error

	// Resolutions gives those of the keys that are remembered, each a copy.
	Resolutions(ctx context.Context, keys []ResolutionKey) (map[ResolutionKey]*fact.Revision, error)

	// PutReadings remembers what was made of the blobs of a repository, in place
	// of what was remembered of it before. Like resolutions, it is a cache: it is
	// not exported, and the store may forget it. Only the caller knows what is in
	// it; it is not empty.
	PutReadings(ctx context.Context, repo fact.RepoID, body []byte) error

	// Readings is what PutReadings remembered of the repository, nil for nothing.
	Readings(ctx context.Context, repo fact.RepoID) ([]byte, error)

	// Secret is the secret of that name, the same for all who have the store
	// open. Where there is none yet, proposed becomes it; of several proposals at
	// once one wins and all are given that one. An empty proposal makes none: the
	// error is then of kind NotFound. Secrets are never part of an export.
	Secret(ctx context.Context, name string, proposed []byte) ([]byte, error)

	// Damaged calls f with everything in the store that is damaged, facts first,
	// each kind in its order. It reads all that is stored.
	Damaged(ctx context.Context, f func(Damage) error) error

	// Close releases the store. It may be called twice. Calls still running
	// are waited for or fail.
	Close() error
}

// Facts is what a store does with facts.
type Facts interface {
	// Put stores the records, all of them or on any error none. The bodies are
	// copied. Putting a key again with the same body does nothing; with
	// another body it is an error of kind Storage ([Conflict]), because facts
	// never change. Records that [CheckRecords] refuses are an error of kind
	// Internal. When Put returns nil the facts survive the death of the
	// process.
	Put(ctx context.Context, records []fact.Record) error

	// Get is the fact with this key, byte for byte as it was put. A fact that
	// is not there is an error of kind NotFound.
	Get(ctx context.Context, key fact.Key) (fact.Record, error)

	// Have tells which of the keys are stored, and not damaged: it maps those that are to true
	// and has no entry for the others. It is meant for the keys of a whole
	// survey at once, ten thousand and more.
	Have(ctx context.Context, keys []fact.Key) (map[fact.Key]bool, error)

	// GetMany calls f with each of the facts asked for that is stored, in the
	// order of [fact.Key.Compare] and each once, however often it is asked
	// for. Those not stored are passed over.
	GetMany(ctx context.Context, keys []fact.Key, f func(fact.Record) error) error

	// Revisions lists the revisions of which there is a fact of this repository,
	// collector and version, sorted. The revision of like is not looked at.
	Revisions(ctx context.Context, like fact.Key) ([]string, error)

	// Each calls f with every fact in the order of [fact.Key.Compare]. It
	// gives at least the facts that were stored when it was called.
	Each(ctx context.Context, f func(fact.Record) error) error
}

// Surveys is what a store does with surveys. Its methods are those of [Store].
type Surveys interface {
	// PutSurvey stores the survey in place of an earlier one with the same
	// date and landscape ([Source]). A survey without a landscape or with an
	// AsOf that is no date is an error of kind Internal.
	PutSurvey(ctx context.Context, s *fact.Survey) error

	// Survey is the survey that sel names. None is an error of kind NotFound.
	Survey(ctx context.Context, sel Selector) (*fact.Survey, error)

	// Stamp identifies the survey that sel names, without reading it. None is an error
	// of kind NotFound.
	Stamp(ctx context.Context, sel Selector) (Stamp, error)

	// Surveys lists what surveys there are, by date and then landscape.
	Surveys(ctx context.Context) ([]Header, error)

	// Forget removes the survey of a stamp, and with it the facts of keys: all of it or on
	// any error nothing. It says how many facts there were. A survey that is not there,
	// or has another stamp by now, is an error of kind NotFound.
	Forget(ctx context.Context, survey Stamp, keys []fact.Key) (facts int, err error)

	// EachSurvey calls f with every survey, by date and then landscape.
	EachSurvey(ctx context.Context, f func(*fact.Survey) error) error
}

// A Damage is something that is stored and is not what was written.
type Damage struct {
	// What it is: "fact", "survey", "resolution", "reading" or "secret", or
	// "file" for what lies between them.
	What string
	// Name says which, in words.
	Name string
	// Fact is the key of a fact, and of no other.
	Fact fact.Key
	// AsOf is the date of a survey, and of no other.
	AsOf fact.Date
}

// Cache reports whether losing what is damaged costs only time.
func (d *Damage) Cache() bool { return d.What == "resolution" || d.What == "reading" }

// A Selector names a survey.
type Selector struct {
	// AsOf is the survey's date. Empty: the newest date there is. Of several
	// surveys with that date the one put last is meant.
	AsOf fact.Date
	// Landscape is the [Source] of the survey's landscape; empty: any.
	Landscape string
}

// A Stamp identifies a survey with all that is in it.
type Stamp struct {
	AsOf   fact.Date
	Source string // of the landscape, as in [Header]
	// Sum is a checksum of the survey: another one of the same day and landscape has
	// another.
	Sum int64
}

// A Header says what a stored survey is, without its body.
type Header struct {
	AsOf fact.Date `json:"as_of"`
	// Source identifies the landscape, as [Source] does.
	Source string `json:"source"`
	// Landscape is the landscape file read.
	Landscape fact.Evidence `json:"landscape"`
	// Projects counts the projects of the landscape, Repositories their
	// repositories, Measured those of which a revision was measured, and
	// Failed those that could not be measured, or not in every part.
	Projects     int `json:"projects"`
	Repositories int `json:"repositories"`
	Measured     int `json:"measured"`
	Failed       int `json:"failed"`
}

// A ResolutionKey is everything that decides which commit a date picks in a
// mirror.
type ResolutionKey struct {
	Repo fact.RepoID
	// AsOf is the date; empty when the newest commit was asked for.
	AsOf fact.Date
	// Refs is a fingerprint of the mirror's refs, made by the caller. The
	// store only compares it.
	Refs string
	// Rule is the version of the rule by which commits are picked.
	Rule int
}

// A Resolution is the revision that was picked under a key. Where that means a
// folder which is not in the repository, the revision names the repository alone.
type Resolution struct {
	ResolutionKey
	Revision *fact.Revision
}
