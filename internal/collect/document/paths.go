package document

import "strings"

// A use is a set of the things a file is read for.
type use uint16

const (
	useLicence use = 1 << iota
	useNotice
	useAdopters
	useMaintainers
	useGovernance
	useOwners
	useAliases
	useCodeowners
	useReadme           // for what it points at
	useSecurity         // only its path matters
	useOtherAdopters    // likewise: a list in a form that is not read
	useOtherMaintainers // likewise
	useReasons
)

// usesOf says what a file is good for by its path alone. It runs on every file
// of every repository, so it looks at the last element first.
func usesOf(path string) use {
	slash := strings.LastIndexByte(path, '/')
	base := path[slash+1:]
	if len(base) > 80 || len(path) > 400 {
		return 0
	}
	dir := ""
	if slash > 0 {
		dir = path[:slash]
	}
	depth := strings.Count(path, "/")
	dot := strings.LastIndexByte(base, '.')
	ext := ""
	if dot > 0 {
		ext = base[dot+1:]
	}
	var u use
	if depth <= 1 || strings.HasPrefix(dir, "docs/") && depth <= 4 {
		u = namedUses(dir, base, strings.ToLower(ext))
	}
	if isMarkdown(ext) && saysWhy(dir, strings.ToLower(strings.TrimSuffix(base, "."+ext)), depth) {
		u |= useReasons
	}
	return u
}

func isMarkdown(ext string) bool {
	switch ext {
	case "md", "MD", "mdx", "markdown", "Md":
		return true
	}
	return false
}

// A place is one of the folders where files of known names are looked for.
type place int

const (
	elsewhere place = iota
	atRoot
	atHost // the folder that the forge reads: .github and its like
	atDocs
	belowDocs
)

func placeOf(dir string) place {
	switch strings.ToLower(dir) {
	case "":
		return atRoot
	case ".github", ".gitlab", ".gitea", ".forgejo":
		return atHost
	case "docs", "doc", "documentation", "community", "project":
		return atDocs
	}
	if strings.HasPrefix(dir, "docs/") && !excludedDir(dir) {
		return belowDocs
	}
	return elsewhere
}

// namedUses recognises the files with well-known names.
func namedUses(dir, name, ext string) use {
	base := strings.ToLower(name)
	stem := strings.TrimSuffix(base, "."+ext)
	if dir == "LICENSES" && ext == "txt" {
		return useLicence // REUSE
	}
	at := placeOf(dir)
	var u use
	switch {
	case at == elsewhere:
	case at == atRoot && isLicence(base, ext):
		u = useLicence
	case at == atRoot && stem == "notice" && isText(ext):
		u = useNotice
	case stem == "readme" && isMarkdown(ext) && (at == atRoot || at == atHost):
		u = useReadme
	default:
		if u = listUses(at, stem, ext); u != 0 {
			return u
		}
		u = ownerUses(at, base)
		if isSecurity(at, name, stem, ext) {
			u |= useSecurity
		}
	}
	if at == elsewhere && dir == "security" && base == "readme.md" {
		u |= useSecurity
	}
	return u
}

// isText recognises plain texts, and isData lists that are data, by their ending.
func isText(ext string) bool { return ext == "" || ext == "md" || ext == "txt" || ext == "markdown" }

func isData(ext string) bool { return ext == "yml" || ext == "yaml" }

// listUses recognises lists of adopters and of people.
func listUses(at place, stem, ext string) use {
	adopters := strings.HasPrefix(stem, "adopters") || at == atRoot && userList(stem)
	maintainers := stem == "maintainers" || stem == "maintainer"
	switch {
	case adopters && (isText(ext) || isData(ext)):
		return useAdopters
	case maintainers && isText(ext):
		return useMaintainers
	case stem == "governance" && isText(ext) && at != belowDocs:
		return useGovernance
	case stem == "adopters" && otherForm(ext):
		return useOtherAdopters
	case stem == "maintainers" && (isData(ext) || otherForm(ext)):
		return useOtherMaintainers
	}
	return 0
}

// byPath are the uses for which the path of a file is all that is looked at.
const byPath = useSecurity | useOtherAdopters | useOtherMaintainers

// otherForm recognises forms of text in which lists are kept and which are not
// read here.
func otherForm(ext string) bool {
	switch ext {
	case "rst", "adoc", "asciidoc", "org", "csv", "tsv", "json", "toml", "html":
		return true
	}
	return false
}

func ownerUses(at place, base string) use {
	switch {
	case base == "owners" && at == atRoot:
		return useOwners
	case base == "owners_aliases" && at == atRoot:
		return useAliases
	case base == "codeowners" && (at == atRoot || at == atHost || at == atDocs):
		return useCodeowners
	}
	return 0
}

// userList recognises the other names of a list of adopters. Below docs/ a
// file "users" is more likely to be about accounts.
func userList(stem string) bool {
	switch stem {
	case "users", "production-users", "production_users", "who-uses", "who_uses", "whoisusing", "who-is-using", "in_the_wild", "inthewild":
		return true
	}
	return false
}

// isLicence recognises licence files: LICENSE, LICENCE.md, LICENSE-MIT,
// LICENSE.Apache, MIT-LICENSE.txt, COPYING.LESSER, UNLICENSE …
func isLicence(base, ext string) bool {
	switch ext {
	case "tpl", "toml", "yml", "yaml", "json", "go", "rs", "py", "js", "sh", "html", "lock", "csv", "xml", "tmpl", "header":
		return false
	}
	if strings.Contains(base, "header") || strings.Contains(base, "template") || strings.Contains(base, "third") {
		return false
	}
	for _, name := range []string{"license", "licence", "copying", "unlicense", "licenses", "licences"} {
		if rest, ok := strings.CutPrefix(base, name); ok && (rest == "" || rest[0] == '.' || rest[0] == '-' || rest[0] == '_') {
			return true
		}
	}
	return strings.HasSuffix(strings.TrimSuffix(base, "."+ext), "-license")
}

func isSecurity(at place, name, stem, ext string) bool {
	switch stem {
	case "security", "security-policy", "security_policy":
		if at == atDocs && !strings.HasPrefix(name, "SECURITY") { // a text about security features
			return false
		}
		return at != belowDocs && (ext == "" || ext == "md" || ext == "txt" || ext == "rst" || ext == "adoc")
	case "security-insights":
		return (at == atRoot || at == atHost) && (ext == "yml" || ext == "yaml")
	}
	return false
}

// securityRank orders security policies: where the forge looks first comes
// first, then files that only lead to a policy. Lower is better.
func securityRank(path string) int {
	low := strings.ToLower(path)
	rank := 0
	switch {
	case strings.Contains(low, "insights"):
		rank = 10
	case strings.HasPrefix(low, "security/"):
		rank = 5
	}
	switch dir, _, found := strings.Cut(low, "/"); {
	case !found:
		return rank + 1
	case strings.HasPrefix(dir, "."):
		return rank
	}
	return rank + 2
}

// saysWhy recognises the Markdown files in which a project may explain itself:
// README, FAQ, design and architecture texts, and documentation.
func saysWhy(dir, stem string, depth int) bool {
	if depth > 7 || history(stem) || excludedDir(dir) {
		return false
	}
	if depth <= 3 && explains(stem) {
		return true
	}
	return depth > 0 && documentation(dir)
}

func explains(stem string) bool {
	switch stem {
	case "readme", "faq", "faqs", "index", "why", "about", "overview", "background", "motivation", "intro", "introduction",
		"philosophy", "principles", "comparison", "alternatives", "internals", "development", "developing", "contributing", "hacking", "build", "building",
		"usage", "benchmark", "benchmarks":
		return true
	}
	return containsAny(stem, "readme", "design", "architecture", "rationale", "why-", "why_", "roadmap", "vision")
}

// documentation reports whether a folder is part of what a project writes for
// its readers.
func documentation(dir string) bool {
	for dir != "" {
		var part string
		part, dir, _ = strings.Cut(dir, "/")
		switch strings.ToLower(part) {
		case "docs", "doc", "documentation", "website", "site", "content", "book", "blog", "blogs", "design", "designs", "rfc", "rfcs",
			"proposals", "proposal", "enhancements", "adr", "adrs", "decisions", "guides":
			return true
		}
	}
	return false
}

// excludedDir reports whether a folder belongs to others, or holds what is no
// text of the project about itself.
func excludedDir(dir string) bool {
	for dir != "" {
		var part string
		part, dir, _ = strings.Cut(dir, "/")
		switch strings.ToLower(part) {
		case "vendor", "vendored", "third_party", "third-party", "thirdparty", "3rdparty", "external", "extern", "deps", "node_modules",
			"bower_components", "submodules", "godeps", "_vendor",
			"template", "templates", "example", "examples", "sample", "samples", "demo", "demos",
			"test", "tests", "testing", "testdata", "test-data", "fixtures", "__tests__", "e2e", "mock", "mocks", "snapshots",
			"licenses", "releases", "release-notes", "release_notes", "changelogs", "changelog", "newsletter", "dist", "target", "elections":
			return true
		}
		if strings.HasPrefix(part, ".") {
			return true
		}
	}
	return false
}

// history recognises change logs and other texts that tell of the past or
// bind others, by the name without extension.
func history(stem string) bool {
	for _, p := range []string{"change", "release", "history", "news", "license", "licence", "copying", "code_of_conduct", "code-of-conduct", "upgrad", "summary", "pull_request", "issue_template"} {
		if strings.HasPrefix(stem, p) {
			return true
		}
	}
	return false
}
