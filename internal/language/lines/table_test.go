package lines

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-enry/go-enry/v2"
)

func families() []family { return append(programming(), markup()...) }

// TestTable holds the syntax table against linguist's list of languages, and
// each rule against what the counter can do.
func TestTable(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, f := range families() {
		for _, name := range f.languages {
			if seen[name] {
				t.Errorf("%q is listed twice", name)
			}
			seen[name] = true
			if _, ok := enry.GetLanguageID(name); !ok {
				t.Errorf("%q is no linguist language", name)
			}
		}
		if len(f.rules) > maxRules {
			t.Errorf("%q has %d rules, the bound is %d", f.languages, len(f.rules), maxRules)
		}
		for _, r := range f.rules {
			if fault := faultOf(r); fault != "" {
				t.Errorf("%q: rule %q %s", f.languages, r.open, fault)
			}
		}
	}
}

// faultOf says what is wrong with r, or "".
func faultOf(r rule) string {
	needsEnd := r.kind == blockComment || r.kind == quoted
	switch {
	case r.open == "":
		return "has no opener"
	case needsEnd != (r.end != ""):
		return "has an end without need, or none"
	case r.kind == quoted && !r.multiline && strings.Contains(r.end, "\n"):
		return "ends its string with a newline"
	case r.escape != 0 && r.escape != '\\':
		return "has an escape that compile does not reckon with"
	case strings.ContainsAny(r.open, " \t\n") && strings.TrimSpace(r.open[:1]) == "":
		return "begins with white space"
	case r.nested && r.kind != blockComment, r.isComment && r.kind != quoted:
		return "has a flag of another kind"
	}
	return ""
}

// TestCommonLanguages holds that no language one meets often is missing. The
// list is linguist's popular languages and those most used on public hosts.
func TestCommonLanguages(t *testing.T) {
	t.Parallel()
	common := `ABAP,Ada,ANTLR,Apex,AppleScript,Assembly,Astro,AutoHotkey,Awk,Ballerina,Batchfile,Bicep,Bison,Blade,
		C,C#,C++,Cairo,Cap'n Proto,Chapel,Clojure,CMake,COBOL,CoffeeScript,Common Lisp,Crystal,CSS,CUE,Cuda,Cython,
		D,Dafny,Dart,Dhall,Dockerfile,Earthly,EJS,Elixir,Elm,Emacs Lisp,Erlang,F#,Fennel,Forth,Fortran,Fortran Free Form,
		GDScript,Gherkin,Gleam,GLSL,Gnuplot,Go,Go Template,GraphQL,Groovy,Hack,Handlebars,Haskell,Haxe,HCL,HLSL,HTML,HTML+ERB,
		Idris,INI,Java,JavaScript,Jinja,JSON,JSON with Comments,JSON5,Jsonnet,Julia,Jupyter Notebook,Just,Kotlin,
		Lean,Less,Lex,Linker Script,Liquid,LLVM,Lua,Luau,M4,Makefile,Mako,Markdown,MATLAB,MDX,Meson,Metal,Mojo,Move,Mustache,
		Nim,Nix,NSIS,Nushell,Objective-C,Objective-C++,OCaml,Odin,Open Policy Agent,OpenCL,Pascal,Perl,PHP,Pkl,PLpgSQL,PLSQL,
		PostScript,PowerShell,Processing,Prolog,Protocol Buffer,Pug,Puppet,PureScript,Python,QMake,QML,R,Racket,Raku,ReScript,
		RobotFramework,Rocq Prover,Roff,Ruby,Rust,Sass,Scala,Scheme,SCSS,sed,Shell,Slim,Smali,Smalltalk,Smarty,Smithy,Solidity,
		SQL,Standard ML,Starlark,Stylus,Svelte,SVG,Swift,SWIG,SystemVerilog,Tcl,Tcsh,templ,TeX,Thrift,TOML,TSQL,TSX,Twig,
		TypeScript,TypeSpec,Unix Assembly,V,Vala,VBA,VBScript,Verilog,VHDL,Vim Script,Visual Basic .NET,Vue,Vyper,WebAssembly,
		WebAssembly Interface Type,WGSL,Wolfram Language,Xtend,XML,XSLT,Yacc,YAML,Zig,fish,jq`
	for name := range strings.SplitSeq(common, ",") {
		if name = strings.TrimSpace(name); syntaxes()[name] == nil {
			t.Errorf("%q is not in the syntax table", name)
		}
	}
}

// TestSpans shows what the counter looks for in a file, and that the languages
// whose speed matters most have no more of it than is worth the search.
func TestSpans(t *testing.T) {
	t.Parallel()
	for language, want := range map[string][]string{
		"Go":     {"`", "/*", "\\\n", "\\\r"},
		"Rust":   {`"`, "/*"},
		"C":      {"/*", "\\\n", "\\\r"},
		"Python": {"\\\n", "\\\r", `"""`, "'''"},
		"Shell":  nil,
		"Ruby":   {"=begin"},
	} {
		s := syntaxes()[language]
		var got []string
		for _, span := range s.spans {
			got = append(got, string(span))
		}
		if !s.easy || !slices.Equal(got, want) {
			t.Errorf("%s: spans %q (easy %v), want %q", language, got, s.easy, want)
		}
	}
}
