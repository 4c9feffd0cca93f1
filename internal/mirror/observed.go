package mirror

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// observedFile may lie in a mirror, and at the top of a tree for all mirrors in
// it. Its first line says until when they speak: a time in RFC 3339, or a day,
// of which the end is meant. What follows that line is not looked at.
const observedFile = "assay-observed"

// Observed says until when the mirror at dir, which Find or Ensure gave, speaks
// for its repository. The first of these decides:
//
//  1. when we fetched it, for a mirror in Dir,
//  2. the file assay-observed in it, or what another assay has noted in it of
//     its own fetch,
//  3. that file at the top of the tree it lies in,
//  4. Config.FromAsOf, for a mirror in From.
//
// It is nil when none says anything. A file that cannot be understood, or names
// a time to come, is passed over with a note.
func (t *Tree) Observed(dir string) *fact.Observation {
	w := witness{now: t.now()}
	f := t.folderOf(dir)
	fetched := readState(dir).FetchedAt
	if f != nil && f == t.own && w.say(fact.ObservedFetched, fetched) {
		return w.told()
	}
	if w.recorded(dir, "in the mirror") || w.say(fact.ObservedRecorded, fetched) {
		return w.told()
	}
	if f != nil && w.recorded(f.root, "of the tree of mirrors") {
		return w.told()
	}
	if f != nil && f != t.own && t.cfg.FromAsOf != "" {
		w.say(fact.ObservedGiven, t.cfg.FromAsOf.End())
	}
	return w.told()
}

// folderOf is the folder that dir lies in, nil when in none.
func (t *Tree) folderOf(dir string) *folder {
	for _, f := range t.folders {
		if strings.HasPrefix(dir, f.root+string(filepath.Separator)) {
			return f
		}
	}
	return nil
}

// A witness gathers what is said of a mirror.
type witness struct {
	now time.Time
	fact.Observation
}

// told is what was said; nil for nothing.
func (w *witness) told() *fact.Observation {
	if w.At == "" && len(w.Notes) == 0 {
		return nil
	}
	return &w.Observation
}

// say takes at for the time of the observation, and reports whether it can be
// one. Any time of today can.
func (w *witness) say(source string, at time.Time) bool {
	if at.IsZero() || at.After(fact.DateOf(w.now).End()) {
		return false
	}
	w.At, w.Source = at.UTC().Format(time.RFC3339), source
	return true
}

// recorded reads the file in dir, and reports whether it tells a time. where
// says for a note which file it is: a path of this machine is part of no fact.
func (w *witness) recorded(dir, where string) bool {
	data, err := readSmall(filepath.Join(dir, observedFile), limit.MirrorNote)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	line, _, _ := strings.Cut(string(data), "\n")
	at, ok := parseTime(strings.TrimSpace(line))
	switch {
	case err != nil:
		w.note(where, "cannot be read")
	case !ok:
		w.note(where, "does not begin with a time in RFC 3339 or a day")
	case w.say(fact.ObservedRecorded, at):
		return true
	default:
		w.note(where, "names a time that is still to come")
	}
	return false
}

func (w *witness) note(where, what string) {
	w.Notes = append(w.Notes, fact.Note{
		Kind: string(errkind.Input), Text: "the file " + observedFile + " " + where + " " + what + ", and was passed over",
	})
}

// parseTime reads a time in RFC 3339, or a day, of which it gives the end.
func parseTime(text string) (at time.Time, ok bool) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		var day time.Time
		if day, err = time.Parse(time.DateOnly, text); err == nil {
			at = fact.DateOf(day).End()
		}
	}
	return at, err == nil && !at.Before(time.Unix(0, 0))
}
