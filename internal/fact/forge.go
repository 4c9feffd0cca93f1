package fact

import (
	"net/url"
	"strconv"
	"strings"
)

// A forge is a kind of host, by how it writes addresses.
type forge struct {
	name string // "" for a host of which nothing is known
	// parts is how many parts name a repository; 0 for hosts with groups in groups.
	parts int
	// ending is what a repository's address ends in.
	ending string
	// link is what the address of evidence adds to the repository's. A Path that
	// is empty is the root folder.
	link func(e *Evidence) string
}

// forges are the kinds of hosts that are known. The forms of addresses are from
// the documents of each, or seen at the host that is named beside it.
var forges = struct{ unknown, github, gitee, gist, gitlab, bitbucket, gitea, sourcehut, cgit, cgitBare, gitiles, azure forge }{
	unknown:   forge{link: blobLink("/")},
	github:    forge{name: "github", parts: 2, link: blobLink("/")},
	gitee:     forge{name: "gitee", parts: 2, link: blobLink("/")},
	gist:      forge{name: "gist", parts: 2, link: gistLink},
	gitlab:    forge{name: "gitlab", link: blobLink("/-/")},
	bitbucket: forge{name: "bitbucket", parts: 2, link: bitbucketLink},
	gitea:     forge{name: "gitea", parts: 2, link: giteaLink},
	sourcehut: forge{name: "sourcehut", parts: 2, link: sourcehutLink},
	cgit:      forge{name: "cgit", ending: ".git", link: cgitLink}, // git.kernel.org
	cgitBare:  forge{name: "cgit", link: cgitLink},                 // git.launchpad.net
	gitiles:   forge{name: "gitiles", link: gitilesLink},
	azure:     forge{name: "azure", link: azureLink},
}

// forgeOf is the kind of a host: of one that is known, else as its name says.
func forgeOf(host string) *forge {
	name, _, _ := strings.Cut(host, ":")
	switch name {
	case "github.com":
		return &forges.github
	case "gitee.com":
		return &forges.gitee
	case "gist.github.com":
		return &forges.gist
	case "gitlab.com", "salsa.debian.org", "framagit.org", "invent.kde.org", "code.videolan.org", "git.drupalcode.org", "0xacab.org", "foss.heptapod.net":
		return &forges.gitlab
	case "bitbucket.org":
		return &forges.bitbucket
	case "codeberg.org", "code.forgejo.org", "opendev.org", "notabug.org", "git.disroot.org", "codefloe.com":
		return &forges.gitea
	case "git.sr.ht":
		return &forges.sourcehut
	case "git.kernel.org", "git.savannah.gnu.org", "git.savannah.nongnu.org":
		return &forges.cgit
	case "git.launchpad.net":
		return &forges.cgitBare
	case "dev.azure.com":
		return &forges.azure
	}
	return forgeByName(name)
}

// forgeByName is the kind of a host whose name tells what runs there.
func forgeByName(name string) *forge {
	switch {
	case strings.Contains(name, "gitlab"):
		return &forges.gitlab
	case strings.Contains(name, "gitea"), strings.Contains(name, "forgejo"):
		return &forges.gitea
	case strings.HasSuffix(name, ".googlesource.com"):
		return &forges.gitiles
	case strings.HasPrefix(name, "github."):
		return &forges.github
	}
	return &forges.unknown
}

// escaped is the path of e as an address holds it.
func escaped(e *Evidence) string { return (&url.URL{Path: e.Path}).EscapedPath() }

// below is path after a slash, "" for the root.
func below(e *Evidence) string {
	if e.Path == "" {
		return ""
	}
	return "/" + escaped(e)
}

// line is the mark of e's line, "" when it has none.
func line(mark string, e *Evidence) string {
	if e.Line <= 0 {
		return ""
	}
	return "#" + mark + strconv.Itoa(e.Line)
}

// blobLink is GitHub's form, and GitLab's with "/-/" before it.
func blobLink(sep string) func(*Evidence) string {
	return func(e *Evidence) string {
		kind := "blob"
		switch {
		case e.View != ViewFiles:
			return sep + string(e.View) + "/" + e.Commit
		case e.Tree:
			kind = "tree"
		}
		return sep + kind + "/" + e.Commit + below(e) + line("L", e)
	}
}

// gistLink: a gist has one page a commit, and no folders.
func gistLink(e *Evidence) string {
	link := "/" + e.Commit
	if e.Tree || e.View != ViewFiles {
		return link
	}
	anchor := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '-'
	}, strings.ToLower(e.Path))
	link += "#file-" + anchor
	if e.Line > 0 {
		link += "-L" + strconv.Itoa(e.Line)
	}
	return link
}

func bitbucketLink(e *Evidence) string {
	if e.View != ViewFiles {
		return "/commits/" + e.Commit
	}
	return "/src/" + e.Commit + "/" + strings.TrimPrefix(below(e), "/") + line("lines-", e)
}

func giteaLink(e *Evidence) string {
	switch e.View {
	case ViewCommit:
		return "/commit/" + e.Commit
	case ViewHistory:
		return "/commits/commit/" + e.Commit
	}
	return "/src/commit/" + e.Commit + below(e) + line("L", e)
}

func sourcehutLink(e *Evidence) string {
	switch {
	case e.View == ViewCommit:
		return "/commit/" + e.Commit
	case e.View == ViewHistory:
		return "/log/" + e.Commit
	case e.Path == "":
		return "/tree/" + e.Commit
	}
	return "/tree/" + e.Commit + "/item" + below(e) + line("L", e)
}

func cgitLink(e *Evidence) string {
	switch e.View {
	case ViewCommit:
		return "/commit/?id=" + e.Commit
	case ViewHistory:
		return "/log/?id=" + e.Commit
	}
	return "/tree/" + strings.TrimPrefix(below(e), "/") + "?id=" + e.Commit + line("n", e)
}

func gitilesLink(e *Evidence) string {
	if e.View == ViewHistory {
		return "/+log/" + e.Commit
	}
	if e.View == ViewCommit {
		return "/+/" + e.Commit
	}
	if e.Path == "" {
		return "/+/" + e.Commit + "/"
	}
	return "/+/" + e.Commit + below(e) + line("", e)
}

func azureLink(e *Evidence) string {
	if e.View != ViewFiles {
		return "/commit/" + e.Commit
	}
	link := "?path=" + url.QueryEscape("/"+e.Path) + "&version=GC" + e.Commit
	if e.Line > 0 {
		link += "&line=" + strconv.Itoa(e.Line)
	}
	return link
}
