package lines

// programming is the syntax of programming languages. To add a language: find
// the family with the same comments and strings, or add one; the test holds
// the names against linguist's. Strings need rules only where a comment could
// be mistaken inside one, that is, where something other than a comment line
// matters.
func programming() []family {
	return append(cLike(), append(scripts(), append(functional(), others()...)...)...)
}

// cLike is the families with // and /* */.
func cLike() []family {
	c := is(line("//"), block("/*", "*/"), quote(`"`))
	nested := is(line("//"), nest("/*", "*/"), quote(`"`))
	carried := is(line("//").carried(), block("/*", "*/"), quote(`"`), char())
	ecma := join(c, is(quote("'"), long("`")))
	return []family{
		{is(line("//"), nest("/*", "*/"), hashed('r'), long(`"`), char()), []string{"Rust"}},
		{join(c, is(char(), raw("`", "`"))), []string{"Go", "V", "templ"}},
		{carried, []string{"C", "Objective-C", "OpenCL", "Metal", "nesC", "ISPC", "Unified Parallel C", "HolyC", "XC"}},
		{join(carried, is(tagged())), []string{"C++", "Objective-C++", "Cuda", "HIP", "SWIG"}},
		{ecma, []string{
			"JavaScript", "TypeScript", "TSX", "JavaScript+ERB", "Qt Script", "QML", "JSON5", "JSON with Comments",
			"Glimmer JS", "Glimmer TS", "Cycript", "ActionScript", "Haxe", "Objective-J", "Imba",
		}},
		{join(c, is(char(), raw(`"""`, `"""`))), []string{"Java", "Bru", "Xtend", "Ballerina", "AspectJ"}},
		{join(c, is(char(), quote("'"), raw(`"""`, `"""`), raw("'''", "'''"))), []string{"Groovy", "Gradle", "Nextflow"}},
		{join(c, is(char(), raw(`@"`, `"`), raw(`@$"`, `"`), raw(`"""`, `"""`))), []string{"C#", "Beef"}},
		{join(nested, is(char(), raw(`"""`, `"""`))), []string{"Kotlin", "Scala", "Ceylon"}},
		{join(nested, is(long(`"""`), raw(`#"`, `"#`), raw(`#"""`, `"""#`))), []string{"Swift", "Pkl"}},
		{join(nested, is(quote("'"), long(`"""`), long("'''"))), []string{"Dart"}},
		{join(nested, is(char(), raw("`", "`"))), []string{"Odin", "C3", "Jai"}},
		{join(nested, is(quote("'"))), []string{"WebAssembly Interface Type", "Motoko", "MoonBit", "Chapel", "Slang", "WGSL"}},
		{join(c, is(nest("/+", "+/"), char(), raw("`", "`"))), []string{"D", "Volt"}},
		{join(c, is(lead("#").but("["), quote("'"))), []string{"PHP", "Hack"}},
		{join(c, is(line("#"), quote("'"))), []string{
			"HCL", "Thrift", "Jsonnet", "VCL", "Squirrel", "Zeek", "Terraform Template", "Polar",
		}},
		{join(c, is(quote("'"))), []string{
			"Protocol Buffer", "Solidity", "Smithy", "TypeSpec", "P4", "Vala", "Processing", "Pawn", "SourcePawn", "Stan",
			"CAP CDS", "Less", "SCSS", "Stylus", "Bicep", "Apex", "Gosu", "Fantom", "Pike", "UnrealScript", "Uno",
			"Move", "Sway", "Noir", "Cadence", "Yul", "Circom", "Leo", "Cangjie", "Slice", "WebIDL", "IDL", "EdgeQL",
			"Modelica", "Monkey C", "AngelScript", "Witcher Script", "ZenScript", "Langium", "KRL", "Kaitai Struct",
		}},
		{join(c, is(char())), []string{
			"GLSL", "HLSL", "ShaderLab", "GDShader", "Dafny", "SystemVerilog", "Verilog", "RenderScript", "Filterscript", "eC",
			"Yacc", "Bison", "Lex", "Ragel", "JFlex", "Jison", "ANTLR", "PEG.js", "Linker Script", "DTrace", "X10",
			"Kit", "Zephir", "SmPL", "Asymptote", "OpenSCAD", "NWScript", "LSL", "Cairo Zero", "MQL4", "MQL5",
		}},
		{is(block("/*", "*/"), flat(`"`), flat("'")), []string{"CSS", "PostCSS"}},
		{is(line("//"), quote(`"`), char()), []string{"Zig", "CUE", "Cairo", "Aiken", "Gleam", "Typst", "Mint", "OverpassQL"}},
	}
}

// scripts is the families whose comments begin with #.
func scripts() []family {
	python := join(is(line("#"), quote(`"`), quote("'")),
		doc(`"""`, "r", "R", "u", "U"), doc("'''", "r", "R", "u", "U"))
	return []family{
		{python, []string{"Python", "Starlark", "Cython", "Snakemake", "Sage", "Xonsh", "Mojo", "Vyper", "NumPy", "Genie"}},
		{is(lead("#")), []string{
			"Shell", "Dockerfile", "Makefile", "Awk", "sed", "fish", "Tcsh", "Tcl", "YAML", "Procfile", "Just", "Ignore List",
			"Git Attributes", "Git Config", "Open Policy Agent", "R", "Meson", "Ninja", "GraphQL", "Cap'n Proto", "Puppet",
			"Gnuplot", "Alpine Abuild", "Gentoo Ebuild", "Gentoo Eclass", "OpenRC runscript", "Gherkin", "RobotFramework",
			"Nushell", "Nu", "Elvish", "GDScript", "QMake", "jq", "Raku", "Earthly", "Singularity", "SaltStack", "BitBake",
			"desktop", "Dotenv", "EditorConfig", "Java Properties", "Nginx", "ApacheConf", "SSH Config", "Wget Config",
			"cURL Config", "Readline Config", "Dune", "Pip Requirements", "CODEOWNERS", "Browserslist", "NPM Config",
			"Checksums", "Ring", "Io", "Ren'Py", "SELinux Policy", "Option List",
			"Common Workflow Language", "Turing", "Praat", "KakouneScript", "GDB", "Filebench WML",
		}},
		{is(line("#"), section("=begin", "=end")), []string{"Ruby"}},
		{join(is(lead("#")), pod()), []string{"Perl"}},
		{is(line("#"), block("<#", "#>"), quote("'"), flat(`"`)), []string{"PowerShell"}},
		{is(line("#"), block("#[[", "]]"), quote(`"`)), []string{"CMake"}},
		{is(line("#"), quote(`"`), flat("'"), long(`"""`), raw("'''", "'''")), []string{"TOML"}},
		{is(line("#"), nest("#[", "]#"), nest("##[", "]##"), quote(`"`), char(), raw(`"""`, `"""`)), []string{"Nim"}},
		{is(line("#"), nest("#=", "=#"), quote(`"`), char(), long(`"""`)), []string{"Julia"}},
		{is(line("#"), block("###", "###"), quote(`"`), quote("'"), long(`"""`), long("'''")), []string{"CoffeeScript"}},
		{is(line("#"), block("/*", "*/"), quote(`"`), raw("''", "''")), []string{"Nix"}},
		{is(line("#"), block(`@moduledoc """`, `"""`), block(`@doc """`, `"""`), block(`@typedoc """`, `"""`),
			quote(`"`), char(), long(`"""`)), []string{"Elixir"}},
		{is(line("#"), quote(`"`), long("`")), []string{"Crystal"}},
		{is(line("#"), nest("{-", "-}"), quote(`"`)), []string{"Janet"}},
	}
}

// pod is the documentation blocks of Perl.
func pod() []rule {
	var all []rule
	for _, command := range []string{"pod", "head1", "head2", "head3", "head4", "over", "item", "begin", "for", "encoding"} {
		all = append(all, section("="+command, "=cut"))
	}
	return all
}

// functional is the families of ML, Haskell and Lisp.
func functional() []family {
	ml := is(nest("(*", "*)"), plain("(*)"), long(`"`), char())
	haskell := is(line("--"), nest("{-", "-}"), quote(`"`), char())
	lisp := is(line(";"), nest("#|", "|#"), long(`"`), plain(`#\"`), plain(`#\;`), plain(`#\|`))
	return []family{
		{join(ml, is(raw("{|", "|}"))), []string{"OCaml"}},
		{ml, []string{"Standard ML", "Rocq Prover", "Isabelle", "ATS", "UrWeb", "F*", "CameLIGO"}},
		{join(ml, is(line("//"), raw(`"""`, `"""`))), []string{"F#"}},
		{is(nest("(*", "*)"), quote(`"`)), []string{"Wolfram Language", "AppleScript", "Oberon", "Modula-2", "Modula-3"}},
		{is(nest("/*", "*/"), line("//"), quote(`"`), long("`")), []string{"ReScript", "Reason", "ReasonLIGO"}},
		{haskell, []string{"Haskell", "PureScript", "Elm", "Idris", "Agda", "Dhall", "Curry", "Frege", "C2hs Haskell"}},
		{is(line("--"), nest("/-", "-/"), quote(`"`)), []string{"Lean", "Lean 4"}},
		{lisp, []string{"Common Lisp", "Scheme", "Racket", "LFE", "NewLisp", "Shen", "Hy"}},
		{is(line(";"), long(`"`), plain(`?\"`), plain(`?"`), plain(`?\;`)), []string{"Emacs Lisp"}},
		{is(line(";"), long(`"`), plain(`\"`), plain(`\;`)), []string{"Clojure", "Fennel", "wisp", "edn", "Clarity", "Tree-sitter Query"}},
		{is(lead("%")), []string{"Erlang", "TeX", "BibTeX", "PostScript", "Mercury"}},
		{is(line("%"), block("/*", "*/"), quote(`"`)), []string{"Prolog", "Logtalk", "Answer Set Programming", "MiniZinc"}},
	}
}

// others is the remaining families.
func others() []family {
	dashes := is(line("--"), flat(`"`), flat("'"))
	sql := join(dashes, is(block("/*", "*/")))
	lua := is(line("--"), block("--[[", "]]"), block("--[=[", "]=]"), block("--[==[", "]==]"),
		quote(`"`), quote("'"), raw("[[", "]]"), raw("[=[", "]=]"))
	pascal := is(line("//"), block("{", "}"), block("(*", "*)"), flat("'"))
	return []family{
		{sql, []string{"SQL", "PLSQL", "PLpgSQL", "TSQL", "SQLPL", "HiveQL", "SurrealQL"}},
		{join(sql, is(line("//"))), []string{"CQL", "Cypher"}},
		{dashes, []string{"Ada", "VHDL", "Eiffel", "KerboScript", "ASN.1"}},
		{lua, []string{"Lua", "Luau", "Teal", "Terra"}},
		{is(lead("--")), []string{"MoonScript", "Alloy"}},
		{pascal, []string{"Pascal", "Component Pascal", "Oxygene"}},
		{is(lead("REM"), lead("rem"), lead("Rem"), lead("@REM"), lead("@rem"), lead("@Rem"), lead("::")), []string{"Batchfile"}},
		{is(lead("'"), lead("REM"), lead("Rem"), lead("rem")), []string{
			"VBA", "VBScript", "Visual Basic .NET", "Visual Basic 6.0", "Classic ASP", "BASIC", "FreeBASIC", "QuickBASIC",
			"Brightscript", "BrighterScript", "REALbasic", "Xojo",
		}},
		{is(lead(`"`)), []string{"Vim Script", "Vim Snippet"}},
		{is(lead(";"), block("#cs", "#ce")), []string{"AutoIt"}},
		{is(line(";"), block("/*", "*/")), []string{"AutoHotkey"}},
		{is(lead(";")), []string{"INI", "LLVM", "Rebol", "Red", "PureBasic", "Motorola 68K Assembly", "Jasmin"}},
		{is(lead("#"), lead(";")), []string{"Git Revision List", "NSIS"}},
		{assembly(), []string{"Assembly", "Unix Assembly"}},
		{is(line(";;"), nest("(;", ";)"), quote(`"`)), []string{"WebAssembly"}},
		{is(lead("%"), block("%{", "%}")), []string{"MATLAB"}},
		{is(line("//"), block("/*", "*/")), []string{"Scilab", "Stata"}},
		{is(block("/*", "*/"), lead("*")), []string{"SAS", "GAMS"}},
		{is(inColumn(1, "C"), inColumn(1, "c"), inColumn(1, "*"), lead("!")), []string{"Fortran"}},
		{is(lead("!")), []string{"Fortran Free Form", "Factor"}},
		{is(inColumn(7, "*"), inColumn(7, "/"), lead("*>")), []string{"COBOL"}},
		{is(inColumn(1, "*"), lead(`"`)), []string{"ABAP"}},
		{is(raw(`"`, `"`).comment(), flat("'")), []string{"Smalltalk"}},
		{is(lead(`\`), lead("(")), []string{"Forth"}},
		{is(lead("dnl"), lead("#")), []string{"M4", "M4Sugar"}},
		{is(lead("//")), []string{"Wren", "Q#", "OpenQASM", "Kusto"}},
		{is(lead("#"), block("/*", "*/")), []string{"SMT", "Liquidsoap"}},
		{is(lead("/")), []string{"q"}},
		{is(lead("⍝")), []string{"APL"}},
		{is(lead("NB.")), []string{"J"}},
		{is(lead("#")), []string{"Smali", "GAP", "Kickstart"}},
		{is(lead("//"), lead("--")), []string{"AL"}},
	}
}

// assembly is what the assemblers share. A line that begins with # is a comment
// unless it is a directive of the C preprocessor.
func assembly() []rule {
	all := is(lead("#"), line("//"), block("/*", "*/"), line(";"), lead("@"), quote(`"`))
	for _, directive := range []string{
		"include", "define", "undef", "if", "ifdef", "ifndef", "elif", "else", "endif", "pragma", "error", "warning", "line",
	} {
		all = append(all, plain("#"+directive))
	}
	return all
}
