package survey

import (
	"context"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/people"
)

// latest adds the newest commits of all branches to a revision. Where they
// cannot be read they are unknown, with a note. The error is a fault of the
// machine.
func (r *run) latest(ctx context.Context, t *task, rev *fact.Revision) error {
	var err error
	if rev.Latest, err = t.repo.Latest(ctx, rev, people.Bot); err == nil || endsRun(err) {
		return err
	}
	const text = "the branches cannot be read, so that the newest commit on any of them is unknown"
	// The error is for the log: it may tell of this machine.
	r.Log.Warn(text, "repository", t.id, "error", err)
	rev.Notes = append(rev.Notes, fact.Note{Kind: string(errkind.Of(err)), Text: text, Evidence: fact.Evidence{Repo: t.id}})
	return nil
}

// newestRef is the newest commit that a ref of t leads to, as far as its refs
// can be read; nil where nothing tells, and where nobody needs to know. The
// error is a fault of the machine.
func (r *run) newestRef(ctx context.Context, t *task) (*fact.CommitRef, error) {
	if !t.unobserved() {
		return nil, nil
	}
	newest, err := t.repo.NewestRef(ctx, r.AsOf, r.clock())
	if endsRun(err) {
		return nil, err
	}
	if err != nil {
		r.Log.Warn("not all refs can be read: the mirror may speak for a later time", "repository", t.id, "error", err)
	}
	return newest, nil
}

// clock is the time of the survey; without a clock it is later than any date.
func (r *run) clock() time.Time {
	if r.Now == nil {
		return fact.Date("9999-12-31").End()
	}
	return r.Now()
}

// unobserved reports whether nobody has said until when the mirror of j speaks.
func (j *job) unobserved() bool { return j.outcome.Observed.Day() == "" }

// observe has the mirror of j speak until its newest ref where nobody has said
// better. Where somebody has, the newest ref, which an earlier run may have
// asked for, is no part of the outcome: it must not hang on what runs there
// were.
func (j *job) observe(newest *fact.CommitRef) {
	o := &j.outcome
	switch {
	case !j.unobserved():
		if o.Revision != nil && o.Revision.NewestRef != nil {
			rev := *o.Revision
			rev.NewestRef = nil
			o.Revision = &rev
		}
	case newest != nil:
		told := fact.Observation{At: newest.At, Source: fact.ObservedRefs}
		if o.Observed != nil {
			told.Notes = o.Observed.Notes
		}
		o.Observed = &told
	}
}
