// Package limit is the one place for the limits on what comes from outside:
// files of a mirror, lists, pages, answers of hosts. Whatever reads such a thing
// takes its limit from here, so that all of them can be read side by side:
// 'assay doctor --limits' prints them, and docs/limits.md holds the same table.
//
// A limit is a constant and a row beside it ([All]). It is far above what honest
// repositories have, and low enough that a hostile one costs little.
//
// No limits, and where they are used, are: numbers that choose what is shown (how many
// examples a note names), what a definition or a format says (the digits of a
// version, the header of an object), the least of something (an author's key), how our
// own files are read, buffers and workers, and how long we wait for programs of our
// own (git that was asked to end, another that has the store). Package archtest
// has a table of those that look like a limit, and complains of any other.
//
// To add one: a constant and its row, in the file of what is read; then
// 'go test ./internal/limit -update' writes the document.
package limit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Limit bounds one thing that comes from outside.
type Limit struct {
	// Name is that of the constant in lower case, with hyphens. An error that
	// tells of the limit gives it.
	Name  string `json:"name"`
	Value int64  `json:"value"`
	// Unit is what the value counts, in the plural: "files". Sizes are in Bytes
	// and times in Seconds.
	Unit string `json:"unit"`
	// Reason says in a sentence why there is a limit, or why it is this one.
	Reason string `json:"reason"`
	// Over says in a sentence what happens to what is over it.
	Over string `json:"over"`
}

// The units that are written in a way of their own.
const (
	Bytes   = "bytes"
	Seconds = "seconds"
)

// A Group is the limits on one kind of thing.
type Group struct {
	Title  string
	Limits []Limit
}

// Groups are all limits by what they are on.
func Groups() []Group {
	return []Group{
		{"Files that a user names", user()},
		{"Mirrors on disk", mirror()},
		{"git, and what it reads", git()},
		{"The whole of a repository, and its history", history()},
		{"Packs that are read without git", packs()},
		{"Files of a revision", files()},
		{"Manifests of components", manifests()},
		{"Documents", documents()},
		{"What is made of a history, and tags", made()},
		{"landscape.yml", landscape()},
		{"Lists of repositories", lists()},
		{"Addresses and hosts", network()},
		{"Reports that are verified", verified()},
		{"Templates, and what a report tells", templates()},
		{"Charts", charts()},
		{"Questions in SQL", query()},
		{"Requests to the server", serve()},
	}
}

// All are all limits, in the order of [Groups].
func All() []Limit {
	var all []Limit
	for _, g := range Groups() {
		all = append(all, g.Limits...)
	}
	return all
}

// Over says that something is over the limit of that name, which is most where
// it is asked: "more than 1,000,000 files (limit tree-files)".
func Over(name string, most int64) string {
	all := All()
	i := slices.IndexFunc(all, func(l Limit) bool { return l.Name == name })
	if i < 0 {
		return fmt.Sprintf("more than %s (limit %s)", grouped(most), name)
	}
	l := all[i]
	l.Value = most
	return fmt.Sprintf("more than %s (limit %s)", l.Amount(), name)
}

// Amount is the value with its unit: "16 MiB", "1,000,000 files", "2 minutes".
func (l *Limit) Amount() string {
	switch l.Unit {
	case Bytes:
		return size(l.Value)
	case Seconds:
		return duration(time.Duration(l.Value) * time.Second)
	}
	return grouped(l.Value) + " " + l.Unit
}

// seconds is a duration as a value of a limit.
func seconds(d time.Duration) int64 { return int64(d / time.Second) }

// size is a number of bytes, in the largest unit that leaves it whole.
func size(n int64) string {
	units := []string{"bytes", "KiB", "MiB", "GiB"}
	at := 0
	for at+1 < len(units) && n >= 1<<10 && n%(1<<10) == 0 {
		n >>= 10
		at++
	}
	return grouped(n) + " " + units[at]
}

// duration is a time, in the largest unit that leaves it whole.
func duration(d time.Duration) string {
	for _, u := range []struct {
		name string
		of   time.Duration
	}{{"hour", time.Hour}, {"minute", time.Minute}, {"second", time.Second}} {
		if n := int64(d / u.of); n > 0 && d%u.of == 0 {
			if n == 1 {
				return "1 " + u.name
			}
			return grouped(n) + " " + u.name + "s"
		}
	}
	return d.String()
}

// grouped writes a number with commas.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return b.String()
}
