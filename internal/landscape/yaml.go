package landscape

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// The bounds on what the YAML library is given. A node costs it some hundred
// bytes, and a file of commas is all nodes, so the number of places where a
// node can begin is bounded before it starts. The CNCF's file has 44,000 of
// them and nests 11 deep.
const (
	maxMarks = 500_000
	maxDepth = 64
)

var errDepth = fmt.Errorf("nested more than %d deep", maxDepth)

// load turns data into YAML's tree, with lines. A library that meets hostile
// bytes may still panic; that is an error of the file, not of the program.
func load(data []byte, ev fact.Evidence) (root *yaml.Node, err error) {
	if err := readable(data, ev); err != nil {
		return nil, err
	}
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, malformed(ev, 0, 0, "the YAML cannot be read")
		}
	}()
	limits := loaderlimits.New(loaderlimits.DepthFunc(func(depth int, _ *loaderlimits.DepthContext) error {
		if depth > maxDepth {
			return errDepth
		}
		return nil
	}))
	var doc yaml.Node
	if err := yaml.Load(data, &doc, yaml.WithV4Defaults(), yaml.WithPlugin(limits)); err != nil {
		return nil, loadError(err, ev)
	}
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 {
		return doc.Content[0], nil
	}
	return &doc, nil
}

// readable refuses, before the library sees them, bytes that are no text and
// files of more nodes than a landscape has.
func readable(data []byte, ev fact.Evidence) error {
	text := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	switch {
	case len(text) == 0:
		return malformed(ev, 0, 0, "the file is empty")
	case text[0] == '<':
		return errkind.WithHint(errkind.Errorf(errkind.Input, "%s: this is a web page, not a landscape", place(ev, 0, 0)),
			"give the address of the raw file")
	case bytes.HasPrefix(text, []byte("version https://git-lfs.")):
		return errkind.WithHint(errkind.Errorf(errkind.Input, "%s: this is a Git LFS pointer, not the file itself", place(ev, 0, 0)),
			"name a file that was fetched with git lfs")
	}
	if i := badByte(data); i >= 0 {
		line := 1 + bytes.Count(data[:i], []byte("\n"))
		column := 1 + utf8.RuneCount(data[bytes.LastIndexByte(data[:i], '\n')+1:i])
		return malformed(ev, line, column, fmt.Sprintf("byte 0x%02x is not part of UTF-8 text", data[i]))
	}
	if marks(data) > maxMarks {
		return errkind.WithHint(
			errkind.Errorf(errkind.Limit, "%s: more than %d YAML entries", place(ev, 0, 0), maxMarks),
			"a landscape has some ten thousand; is this one?")
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

// marks counts the places at which a node can begin: line breaks, commas,
// opening brackets, and "- ", ": ", "? ".
func marks(data []byte) int {
	n := 0
	for i, c := range data {
		switch c {
		case '\n', '\r', ',', '[', '{':
			n++
		case ' ', '\t':
			if i > 0 && (data[i-1] == '-' || data[i-1] == ':' || data[i-1] == '?') {
				n++
			}
		case 0x85, 0xa8, 0xa9: // the ends of U+0085, U+2028, U+2029: line breaks too
			if i > 0 && (data[i-1] == 0xc2 || data[i-1] == 0x80) {
				n++
			}
		}
	}
	return n
}

// loadError is the library's error in our form: one line with its place.
func loadError(err error, ev fact.Evidence) error {
	var at *yaml.LoadError
	if !errors.As(err, &at) {
		return malformed(ev, 0, 0, err.Error())
	}
	if errors.Is(err, errDepth) || strings.Contains(at.Message, errDepth.Error()) {
		return errkind.WithHint(
			errkind.Errorf(errkind.Limit, "%s: %w", place(ev, at.Mark.Line, at.Mark.Column), errDepth),
			"a landscape nests about ten deep; is this one?")
	}
	return malformed(ev, at.Mark.Line, at.Mark.Column, at.Message)
}

func malformed(ev fact.Evidence, line, column int, message string) error {
	message, _ = cut(oneLine(message), 200)
	return errkind.WithHint(
		errkind.Errorf(errkind.Input, "%s: %s", place(ev, line, column), message),
		"mend the file there, or choose a date at which it could be read")
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
