package component

import (
	"bytes"
	"path"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"assay/internal/language"
	"assay/internal/lazyregexp"
)

var (
	xmlEncoding    = lazyregexp.New(`^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']`)
	pythonEncoding = lazyregexp.New(`^(?:[ \t\f]*(?:#[^\n]*)?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([\w.-]+)`)
)

// decoded is a manifest as UTF-8 without a byte order mark: from the encoding that
// its format lets it name. What names none is given as it is.
func decoded(name string, data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return data
	}
	encoding := ""
	switch path.Ext(name) {
	case ".xml":
		if marked := language.Decode(data); utf8.Valid(marked) {
			return marked
		}
		encoding = named(xmlEncoding, data)
	case ".py":
		encoding = named(pythonEncoding, data)
	case ".properties":
		encoding = "iso-8859-1"
	}
	if encoding == "latin-1" {
		encoding = "latin1"
	}
	e, err := htmlindex.Get(encoding)
	if err != nil {
		return data
	}
	if text, err := e.NewDecoder().Bytes(data); err == nil {
		return text
	}
	return data
}

func named(re *lazyregexp.Regexp, data []byte) string {
	if m := re.FindSubmatch(data[:min(len(data), 1000)]); m != nil {
		return string(m[1])
	}
	return ""
}
