package language

import (
	"bytes"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// A mark is what a text in another encoding than UTF-8 begins with. UTF-32 stands
// before UTF-16, whose little-endian mark is the beginning of its own.
type mark struct {
	bytes string
	in    encoding.Encoding
}

var marks = []mark{
	{"\x00\x00\xfe\xff", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"\xff\xfe\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	{"\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
}

// Decode is a text with a mark of UTF-16 or UTF-32 as UTF-8 without it. Other
// content is given as it is: UTF-8, Latin-1 and their like are read as they are,
// and what has no mark is no text of those for linguist either.
func Decode(content []byte) []byte {
	if len(content) < 2 || content[0] != 0 && content[0] < 0xfe {
		return content
	}
	for _, m := range marks {
		rest, ok := bytes.CutPrefix(content, []byte(m.bytes))
		if !ok {
			continue
		}
		if text, err := m.in.NewDecoder().Bytes(rest); err == nil {
			return text
		}
		return content
	}
	return content
}

// postScript is what a program in PostScript begins with: text for linguist,
// whatever picture is in it.
const postScript = "%!PS-Adobe-"

// binary reports whether content, decoded, is no text: it has a NUL.
func binary(content []byte) bool {
	return bytes.IndexByte(content, 0) >= 0 && !bytes.HasPrefix(content, []byte(postScript))
}
