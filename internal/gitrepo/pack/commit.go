package pack

import (
	"bytes"
	"encoding/hex"
	"strings"
)

// A head is what the header of a commit says. Its slices point into the commit.
type head struct {
	tree       OID
	parents    []OID
	name, mail []byte // the author's; empty where they cannot be read
	time       int64  // the committer's
	dated      bool   // time could be read
}

// parseCommit reads the header of a commit. A broken author or date costs
// itself; where git would have to guess, git is left to guess.
func parseCommit(data []byte, parents []OID) (h head, err error) {
	text, _, _ := bytes.Cut(data, []byte("\n\n"))
	if bytes.IndexByte(text, 0) >= 0 {
		return h, odd("a commit with a NUL")
	}
	line, text := field(text, "tree ")
	if !parseName(&h.tree, line) {
		return h, odd("a commit without a tree")
	}
	h.parents = parents
	for bytes.HasPrefix(text, []byte("parent ")) {
		var oid OID
		line, text = field(text, "parent ")
		if !parseName(&oid, line) {
			return h, odd("a commit with a broken parent")
		}
		h.parents = append(h.parents, oid)
	}
	return h, h.rest(text)
}

// rest reads the headers that follow the parents. Of several authors or
// committers the last counts, as for git log.
func (h *head) rest(text []byte) error {
	for len(text) > 0 {
		var line []byte
		line, text, _ = bytes.Cut(text, []byte("\n"))
		key, value, _ := bytes.Cut(line, []byte(" "))
		switch string(key) {
		case "author":
			h.name, h.mail = Author(value)
		case "committer":
			h.time, h.dated = Date(value)
		case "encoding":
			if e := strings.ToLower(string(value)); e != "utf-8" && e != "utf8" {
				return odd("a commit in another encoding")
			}
		case "tree", "parent":
			return odd("a commit with two headers %q", key)
		}
	}
	return nil
}

// field takes the first line of text, which begins with key; nil where it does
// not.
func field(text []byte, key string) (line, rest []byte) {
	if !bytes.HasPrefix(text, []byte(key)) {
		return nil, text
	}
	line, rest, _ = bytes.Cut(text[len(key):], []byte("\n"))
	return line, rest
}

func parseName(oid *OID, line []byte) bool {
	if len(line) != 2*len(oid) {
		return false
	}
	_, err := hex.Decode(oid[:], line)
	return err == nil
}

// space are the characters that git takes for white space.
const space = " \t\n\v\f\r"

// Author reads name and address of an author line as git does: the name up to
// the first "<" without the space before it, the address up to the first ">"
// after that. A line without these says neither.
func Author(line []byte) (name, mail []byte) {
	name, rest, ok := bytes.Cut(line, []byte("<"))
	if !ok {
		return nil, nil
	}
	if mail, _, ok = bytes.Cut(rest, []byte(">")); !ok {
		return nil, nil
	}
	return bytes.TrimRight(name, space), mail
}

// FirstSecond is the first that a commit can be dated, 1982-01-01: no history
// is older than RCS, the oldest tool that histories are carried over from. What
// is dated before it was made by a machine whose clock was not set: they begin
// in 1970 or 1980.
const FirstSecond = 378691200

// Date reads the seconds of a committer line, which stand after the last ">". A
// zone must follow them. It is not ok for a date that cannot be read, and for
// one that cannot be.
func Date(line []byte) (seconds int64, ok bool) {
	end := bytes.LastIndexByte(line, '>')
	if end < 0 || bytes.IndexByte(line[:end], '<') < 0 {
		return 0, false
	}
	digits, zone, ok := bytes.Cut(bytes.TrimLeft(line[end+1:], space), []byte(" "))
	if !ok || len(zone) < 2 || zone[0] != '+' && zone[0] != '-' || zone[1] < '0' || zone[1] > '9' {
		return 0, false
	}
	return Seconds(digits)
}

// Seconds reads a date as [Date] does, where nothing but its digits is there.
func Seconds(digits []byte) (seconds int64, ok bool) {
	if len(digits) == 0 || len(digits) > 18 {
		return 0, false
	}
	for _, d := range digits {
		if d < '0' || d > '9' {
			return 0, false
		}
		seconds = seconds*10 + int64(d-'0')
	}
	if seconds < FirstSecond {
		return 0, false
	}
	return seconds, true
}
