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
	name, mail []byte // the author's
	time       int64  // the committer's
}

// parseCommit reads the header of a commit. It takes what git writes: where git
// would have to guess, git is left to guess.
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
	var ok bool
	line, text = field(text, "author ")
	if h.name, h.mail, ok = Author(line); !ok {
		return h, odd("a commit without an author")
	}
	line, text = field(text, "committer ")
	if h.time, ok = Date(line); !ok {
		return h, odd("a commit without a date")
	}
	return h, others(text)
}

// others looks at the headers that follow the committer.
func others(text []byte) error {
	for len(text) > 0 {
		var line []byte
		line, text, _ = bytes.Cut(text, []byte("\n"))
		key, value, _ := bytes.Cut(line, []byte(" "))
		switch string(key) {
		case "encoding":
			if e := strings.ToLower(string(value)); e != "utf-8" && e != "utf8" {
				return odd("a commit in another encoding")
			}
		case "tree", "parent", "author", "committer":
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
// after that.
func Author(line []byte) (name, mail []byte, ok bool) {
	name, rest, ok := bytes.Cut(line, []byte("<"))
	if !ok {
		return nil, nil, false
	}
	mail, _, ok = bytes.Cut(rest, []byte(">"))
	return bytes.TrimRight(name, space), mail, ok
}

// Date reads the seconds of a committer line, which stand after the last ">". A
// zone must follow them.
func Date(line []byte) (seconds int64, ok bool) {
	end := bytes.LastIndexByte(line, '>')
	if end < 0 || bytes.IndexByte(line[:end], '<') < 0 {
		return 0, false
	}
	digits, zone, ok := bytes.Cut(bytes.TrimLeft(line[end+1:], space), []byte(" "))
	if !ok || len(digits) == 0 || len(digits) > 18 || len(zone) < 2 || zone[0] != '+' && zone[0] != '-' {
		return 0, false
	}
	for _, d := range digits {
		if d < '0' || d > '9' {
			return 0, false
		}
		seconds = seconds*10 + int64(d-'0')
	}
	return seconds, zone[1] >= '0' && zone[1] <= '9'
}
