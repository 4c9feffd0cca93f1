package componenttest

import (
	"bytes"
	"strings"
)

// A File is a file of an archive.
type File struct {
	Name string
	Data []byte
}

// An archive is a txtar archive: a comment, then files, each behind a line
// "-- name --". The format has no escapes, so this is all there is to it.
type archive struct {
	comment []byte
	files   []File
}

func parseArchive(data []byte) *archive {
	a := &archive{}
	into := &a.comment
	for line := range bytes.Lines(data) {
		text := strings.TrimRight(string(line), "\r\n")
		if strings.HasPrefix(text, "-- ") && strings.HasSuffix(text, " --") && len(text) > len("--  --") {
			a.files = append(a.files, File{Name: text[3 : len(text)-3]})
			into = &a.files[len(a.files)-1].Data
			continue
		}
		*into = append(*into, line...)
	}
	return a
}

func (a *archive) format() []byte {
	out := bytes.Clone(a.comment)
	for _, f := range a.files {
		out = append(out, "-- "+f.Name+" --\n"...)
		out = append(out, f.Data...)
	}
	return out
}
