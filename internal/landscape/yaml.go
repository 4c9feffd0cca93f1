package landscape

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/yamlnode"
)

// load turns data into YAML's tree, with lines.
func load(data []byte, ev fact.Evidence) (*yaml.Node, error) {
	if err := readable(data, ev); err != nil {
		return nil, err
	}
	root, err := yamlnode.Load(data, yamlnode.Limits{Depth: limit.LandscapeDepth, Marks: limit.LandscapeMarks})
	if err != nil {
		return nil, loadError(err, ev)
	}
	return root, nil
}

// readable refuses, before the library sees them, bytes that are no text.
func readable(data []byte, ev fact.Evidence) error {
	text := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	switch {
	case len(text) == 0:
		return malformed(ev, 0, 0, "the file is empty")
	case text[0] == '<':
		return errkind.WithHint(fault(ev, 0, 0, "this is a web page, not a landscape"),
			"give the address of the raw file")
	case bytes.HasPrefix(text, []byte("version https://git-lfs.")):
		return errkind.WithHint(fault(ev, 0, 0, "this is a Git LFS pointer, not the file itself"),
			"name a file that was fetched with git lfs")
	}
	if i := badByte(data); i >= 0 {
		line := 1 + bytes.Count(data[:i], []byte("\n"))
		column := 1 + utf8.RuneCount(data[bytes.LastIndexByte(data[:i], '\n')+1:i])
		return malformed(ev, line, column, fmt.Sprintf("byte 0x%02x is not part of UTF-8 text", data[i]))
	}
	return nil
}

// badByte is the offset of the first byte that is not UTF-8, or is NUL; -1 for
// none.
func badByte(data []byte) int {
	nul := bytes.IndexByte(data, 0)
	if utf8.Valid(data) {
		return nul
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if data[i] == 0 || r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// loadError is the error of a YAML text in our form: one line with its place.
func loadError(err error, ev fact.Evidence) error {
	var at *yamlnode.Error
	if !errors.As(err, &at) {
		return malformed(ev, 0, 0, err.Error())
	}
	if at.TooMuch {
		return errkind.WithHint(
			errkind.Errorf(errkind.Limit, "%s: %s", place(ev, at.Line, at.Column), at.Message),
			"a landscape nests about ten deep and has some ten thousand entries; is this one?")
	}
	return malformed(ev, at.Line, at.Column, at.Message)
}

func malformed(ev fact.Evidence, line, column int, message string) error {
	message, _ = cut(oneLine(message), 200)
	return errkind.WithHint(fault(ev, line, column, message), "mend the file there, or choose a date at which it could be read")
}

// A FormatError is why a file cannot be read as a landscape, and where.
type FormatError struct {
	// Evidence is the file, with the line where that is known.
	Evidence fact.Evidence
	Column   int // from 1; 0 when unknown
	Text     string
}

func (f *FormatError) Error() string {
	return place(f.Evidence, f.Evidence.Line, f.Column) + ": " + f.Text
}

// fault is the error of a file that is no landscape.
func fault(ev fact.Evidence, line, column int, text string) error {
	ev.Line = line
	return errkind.Errorf(errkind.Input, "%w", &FormatError{ev, column, text})
}

// place is the file with line and column, as editors understand it.
func place(ev fact.Evidence, line, column int) string {
	ev.Line = line
	s := oneLine(ev.String())
	if s == "" {
		s = FileName
		if line > 0 {
			s = fmt.Sprintf("%s:%d", s, line)
		}
	}
	if line > 0 && column > 0 {
		s = fmt.Sprintf("%s:%d", s, column)
	}
	return s
}
