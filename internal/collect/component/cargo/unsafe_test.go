package cargo

import (
	"bytes"
	"strings"
	"testing"

	"assay/internal/fact"
)

func TestCountUnsafe(t *testing.T) {
	t.Parallel()
	type counts = fact.Unsafe
	for _, test := range []struct {
		name, source string
		want         counts
	}{
		{"nothing", "fn main() {}", counts{}},
		{"block", "let x = unsafe { f() };", counts{Blocks: 1}},
		{"block without space", "unsafe{f()}", counts{Blocks: 1}},
		{"block on the next line", "unsafe\n\t/* why */ // because\n{ f() }", counts{Blocks: 1}},
		{"block in a block", "unsafe { unsafe { f() } }", counts{Blocks: 2}},
		{"block at the very end", "unsafe {", counts{Blocks: 1}},
		{"nothing after the word", "unsafe", counts{}},
		{"function", "pub(crate) const unsafe fn f() {}", counts{Fns: 1}},
		{"async function", "async unsafe fn f() {}", counts{Fns: 1}},
		{"extern function", `unsafe extern "C" fn f() {}`, counts{Fns: 1}},
		{"extern function, raw ABI", `unsafe extern r#"C"# fn f() {}`, counts{Fns: 1}},
		{"extern function, no ABI", "unsafe extern fn f() {}", counts{Fns: 1}},
		{"extern function over lines", "unsafe // a\n extern /* b */ \"C\"\n fn f() {}", counts{Fns: 1}},
		{"function of a macro", "macro_rules! m { ($n:ident) => { unsafe fn $n() {} } }", counts{Fns: 1}},
		{"raw identifier for a name", "unsafe fn r#unsafe() {}", counts{Fns: 1}},
		{"function pointers", `type F = unsafe fn(i32); type G = Option<unsafe extern "C" fn (i32)>;`, counts{}},
		{"impl", "unsafe impl<T> Send for X<T> {}", counts{Impls: 1}},
		{"trait", "pub unsafe trait T {}", counts{Traits: 1}},
		{"auto trait", "unsafe auto trait T {}", counts{Traits: 1}},
		{"extern block", `unsafe extern "C" { unsafe static X: i32; safe fn g(); }`, counts{}},
		{"function in an extern block", `unsafe extern "C" { pub unsafe fn f(); }`, counts{Fns: 1}},
		{"attributes", "#[unsafe(no_mangle)] #![deny(unsafe_op_in_unsafe_fn, unsafe_code)]", counts{}},
		{"part of a word", "fn not_unsafe() {} struct unsafety { x: u8 }", counts{}},
		{"raw identifier", "let r#unsafe = 1; { r#unsafe { } }", counts{}},
		{"line comment", "// unsafe { \n/// unsafe fn f()\n//! unsafe impl", counts{}},
		{"nested comment", "/* a /* unsafe { */ unsafe { */ unsafe {}", counts{Blocks: 1}},
		{"comment that only looks nested", "/*/ unsafe { */ /**/ unsafe {}", counts{Blocks: 1}},
		{"unfinished comment", "/* /* */ unsafe {}", counts{}},
		{"division", "a / unsafe { b } / c", counts{Blocks: 1}},
		{"string", `"unsafe { \" unsafe {" unsafe {}`, counts{Blocks: 1}},
		{"string with a backslash", `"\\" unsafe {}`, counts{Blocks: 1}},
		{"comment in a string", `"/*" unsafe {} "*/"`, counts{Blocks: 1}},
		{"string in a comment", "/* \" */ unsafe {} /* \" */", counts{Blocks: 1}},
		{"raw string", `r"\" unsafe {} r"unsafe {}"`, counts{Blocks: 1}},
		{"raw string with hashes", `r##" "# unsafe { "## unsafe {}`, counts{Blocks: 1}},
		{"byte and C strings", `b"unsafe {" c"unsafe {" br#"" unsafe {"# cr"\" unsafe {}`, counts{Blocks: 1}},
		{"word that ends in r", `for"unsafe {" unsafe {}`, counts{Blocks: 1}},
		{"quote character", `'"' unsafe {} '"'`, counts{Blocks: 1}},
		{"escaped characters", `'\'' unsafe {} '\\' '\u{1F600}' unsafe {} b'\'' '\x22' unsafe {}`, counts{Blocks: 3}},
		{"character beyond ASCII", "'é' '\"' unsafe {} '日' '\"'", counts{Blocks: 1}},
		{"lifetimes", "fn f<'a, 'b: 'a>(x: &'a str) -> &'static str { 'l: loop { unsafe {} break 'l } }", counts{Blocks: 1}},
		{"lifetime before a string", `f::<'a>("unsafe {") unsafe {}`, counts{Blocks: 1}},
		{"raw lifetime", "&'r#unsafe {} unsafe {}", counts{Blocks: 1}},
		{"interpreter line", "#!/usr/bin/env isn't\nunsafe {}", counts{Blocks: 1}},
		{"inner attribute first", "#![x = \"unsafe {\"] unsafe {}", counts{Blocks: 1}},
		{"not UTF-8", "\xff\xfe unsafe {} '\xff' \"\xff\" unsafe {}", counts{Blocks: 2}},
	} {
		if test.want != (counts{}) {
			test.want.Files = 1
		}
		if got := CountUnsafe([]byte(test.source)); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

// rust is invented source of about n bytes, dense in what the lexer must tell
// apart, with the keyword at its end so that all of it is read.
func rust(n int) []byte {
	const unit = `
/// Gives the n-th part of 'whole', or nothing. It's not "unsafe { }".
pub fn part<'a>(whole: &'a str, n: usize) -> Option<&'a str> {
    // A comment about the loop, of the usual length for such a thing.
    let mut found = None;
    for (i, piece) in whole.split('/').enumerate() {
        if i == n && piece != "r\"aw" && !piece.starts_with(r#"a "quoted" word"#) {
            found = Some(piece.trim_matches(|c: char| c == '\'' || c == '"'));
        }
    }
    found.map(|s| { debug_assert!(!s.is_empty(), "empty part {} of {:?}", n, whole); s })
}
`
	return append(bytes.Repeat([]byte(unit), n/len(unit)+1), "unsafe {}"...)
}

func BenchmarkCountUnsafe(b *testing.B) {
	source := rust(1 << 20)
	b.Run("unsafe", func(b *testing.B) {
		b.SetBytes(int64(len(source)))
		for b.Loop() {
			if n := CountUnsafe(source); n.Blocks != 1 {
				b.Fatalf("%+v", n)
			}
		}
	})
	b.Run("safe", func(b *testing.B) {
		safe := bytes.ReplaceAll(source, []byte("unsafe"), []byte("unsaid"))
		b.SetBytes(int64(len(safe)))
		for b.Loop() {
			CountUnsafe(safe)
		}
	})
}

// Whatever the source, the counts are those of a lexer: code put before it adds
// its own, and the same source in a comment or a raw string holds none.
func FuzzCountUnsafe(f *testing.F) {
	f.Add([]byte("unsafe fn f<'a>() { unsafe { '\"' } }"))
	f.Add([]byte("/* /* */ r#\"unsafe {\"# unsafe impl"))
	f.Add([]byte("#!x\n'\\u{41}' unsafe extern \"C\" fn f()"))
	f.Add([]byte("br\"unsafe\\\" r#unsafe unsafe auto trait T"))
	f.Fuzz(func(t *testing.T, source []byte) {
		n := CountUnsafe(source)
		if words := bytes.Count(source, keyword); n.Blocks+n.Fns+n.Impls+n.Traits > words {
			t.Errorf("%+v out of %d words", n, words)
		}
		if !bytes.HasPrefix(source, []byte("#!")) {
			more := CountUnsafe(append([]byte("unsafe {}\n"), source...))
			n.Blocks, n.Files = n.Blocks+1, 1
			if more != n {
				t.Errorf("%+v with a block before it, %+v wanted", more, n)
			}
		}
		comment := "// " + strings.ReplaceAll(string(source), "\n", "\n// ")
		if n := CountUnsafe([]byte(comment)); n != (fact.Unsafe{}) {
			t.Errorf("%+v in a comment", n)
		}
		if end := "\"" + strings.Repeat("#", 9); !bytes.Contains(source, []byte(end)) {
			raw := "br" + strings.Repeat("#", 9) + "\"" + string(source) + end
			if n := CountUnsafe([]byte(raw)); n != (fact.Unsafe{}) {
				t.Errorf("%+v in a raw string", n)
			}
		}
	})
}
