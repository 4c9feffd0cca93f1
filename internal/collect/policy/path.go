package policy

import (
	"strings"

	"assay/internal/document"
	"assay/internal/markup"
)

// usesOf says what a file is good for by its path alone. It runs on every file
// of every repository.
func usesOf(path string) document.Use {
	n := document.NameOf(path)
	if n.Depth < 0 {
		return 0
	}
	var u document.Use
	switch {
	case n.Readme():
		u = useReadme
	case isSecurity(&n):
		u = useSecurity
	}
	if n.Markdown() && saysWhy(&n) {
		u |= useReasons
	}
	return u
}

// isSecurity recognises a security policy, and what leads to one.
func isSecurity(n *document.Name) bool {
	at := n.Place()
	if at == document.Elsewhere {
		return n.Dir == "security" && n.Base == "readme.md"
	}
	switch n.Stem {
	case "security", "security-policy", "security_policy":
		if at == document.Docs && !strings.HasPrefix(n.Written, "SECURITY") { // a text about security features
			return false
		}
		return at != document.BelowDocs && (n.Ext == "" || n.Ext == "md" || n.Ext == "txt" || n.Ext == "rst" || n.Ext == "adoc")
	case "security-insights":
		return (at == document.Root || at == document.Host) && n.Data()
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
func saysWhy(n *document.Name) bool {
	if n.Depth > 7 || history(n.Stem) || document.Foreign(n.Dir) || ofOthers(n) {
		return false
	}
	if n.Depth <= 3 && explains(n.Stem) {
		return true
	}
	return n.Depth > 0 && documentation(n.Dir)
}

func explains(stem string) bool {
	switch stem {
	case "readme", "faq", "faqs", "index", "why", "about", "overview", "background", "motivation", "intro", "introduction",
		"philosophy", "principles", "comparison", "alternatives", "internals", "development", "developing", "contributing", "hacking", "build", "building",
		"usage", "benchmark", "benchmarks":
		return true
	}
	return markup.ContainsAny(stem, "readme", "design", "architecture", "rationale", "why-", "why_", "roadmap", "vision")
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

// ofOthers recognises texts in which a project tells of others: reports, studies.
func ofOthers(n *document.Name) bool {
	return markup.ContainsAny(strings.ToLower(n.Dir)+"/", "reports/", "report/", "case-studies/", "case_studies/", "casestudies/", "research/", "awesome") ||
		markup.ContainsAny(n.Stem, "analysis", "report", "case-study", "case_study", "landscape")
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
