package fact

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// ParseRepoURL reads the repository that raw, an address as people write them
// in landscape files, points at: http or https, with or without a trailing
// slash, ".git" or a deeper path (tree/…), scp-like git@host:owner/name, or a
// bare host/owner/name. It never returns an ID that a shell, git or the file
// system could misread: only letters, digits, '.', '_', '-' in each part, no
// part that starts with '-' or is "." or "..".
//
// A forge has one ID for a repository however it is written: "www." and the
// hosts that it keeps for ssh or raw files are left out. Addresses of a forge
// that are no repository's, as an organisation's page, are refused.
//
// What may be a user, a password or a token is passed over, and is in no error.
//
// A folder that the address names is left out: [ParseRepoFolder] keeps it.
func ParseRepoURL(raw string) (RepoID, error) {
	id, _, err := parseRepo(raw)
	return id, err
}

// DeeperPath is what an address that names a repository goes on with: the
// "tree/main/docs" of a folder's page; "" for the repository itself, or no address.
func DeeperPath(raw string) string {
	_, deeper, err := parseRepo(raw)
	if err != nil {
		return ""
	}
	return deeper
}

func parseRepo(raw string) (id RepoID, deeper string, err error) {
	raw = WithoutSecrets(strings.TrimSpace(raw))
	if !strings.Contains(raw, "//") {
		raw = withoutUser(raw)
	}
	if raw == "" {
		return "", "", errors.New("no repository address")
	}
	u, err := url.Parse(withScheme(raw))
	if err != nil {
		return "", "", fmt.Errorf("%q is not a repository address", raw)
	}
	switch u.Scheme {
	case "http", "https", "ssh", "git":
	default:
		return "", "", fmt.Errorf("%q: scheme %q is not one a repository is read by", raw, u.Scheme)
	}
	host, prefix := homeOf(repoHost(u))
	parts, rest := repoPath(host, strings.TrimPrefix(u.Path, prefix))
	id = RepoID(host + "/" + strings.Join(parts, "/"))
	if err := id.Validate(); err != nil {
		return "", "", fmt.Errorf("%q: %w", raw, err)
	}
	if why := forgeOf(host).refuses(parts); why != "" {
		return "", "", fmt.Errorf("%q is %s", raw, why)
	}
	return id, strings.Join(rest, "/"), nil
}

// withScheme is an address as a URL: what tools put before the scheme is left
// out, host:path as git and ssh take it and an address without a scheme get one.
func withScheme(s string) string {
	s = strings.TrimPrefix(s, "scm:git:")
	s = strings.TrimPrefix(s, "git+")
	if rest, ok := strings.CutPrefix(s, "//"); ok {
		s = rest
	}
	if strings.Contains(s, "://") {
		return s
	}
	host, path, ok := strings.Cut(strings.TrimPrefix(s, "git@"), ":")
	port, _, _ := strings.Cut(path, "/")
	if ok && strings.Contains(host, ".") && !strings.Contains(host, "/") && !isPort(port) && path != "" {
		return "ssh://git@" + host + "/" + strings.TrimLeft(path, "/")
	}
	return "https://" + s
}

// repoHost is u's host, with the port only where a page could be at it: not the
// port of ssh or git, nor the usual one. The dot that ends a full name is left out.
func repoHost(u *url.URL) string {
	host := strings.ToLower(u.Host)
	name, port, ok := strings.Cut(host, ":")
	if !ok {
		return strings.TrimSuffix(host, ".")
	}
	usual := u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80"
	if isPort(port) && (usual || u.Scheme == "ssh" || u.Scheme == "git") {
		return strings.TrimSuffix(name, ".")
	}
	return host
}

func isPort(s string) bool {
	_, err := strconv.ParseUint(s, 10, 16)
	return err == nil && s[0] != '+'
}

// homeOf is the host at which the pages of a repository are that is read at
// host, and what stands before its owner at host.
func homeOf(host string) (home, prefix string) {
	switch host {
	case "ssh.github.com", "raw.githubusercontent.com", "codeload.github.com":
		return "github.com", ""
	case "api.github.com":
		return "github.com", "/repos"
	case "altssh.gitlab.com":
		return "gitlab.com", ""
	case "altssh.bitbucket.org":
		return "bitbucket.org", ""
	}
	if bare, ok := strings.CutPrefix(host, "www."); ok && forgeOf(bare).name != "" {
		return bare, ""
	}
	return host, ""
}

// pages are the words that follow a repository's name in the address of a
// folder, a file, a commit and the like.
var pages = []string{
	"-", "tree", "blob", "raw", "src", "blame", "commit", "commits", "log", "plain", "refs", "browse", "+",
	"issues", "pulls", "pull", "merge_requests", "wiki", "wikis", "releases", "tags", "archive", "about", "summary", "diff", "snapshot",
}

// gitlabPages are those of GitLab, which allows no project of these names. It has
// the others below "-".
var gitlabPages = []string{"-", "badges", "blame", "blob", "builds", "commits", "edit", "files", "find_file", "raw", "refs", "tree", "wikis"}

// repoPath parts the path of an address into the parts that name the repository
// and those that name something of it.
func repoPath(host, path string) (parts, rest []string) {
	all := strings.FieldsFunc(strings.Trim(path, " "), func(r rune) bool { return r == '/' })
	end := forgeOf(host).depth(all)
	parts, rest = all[:end:end], all[end:]
	if end > 0 {
		parts[end-1] = bareName(parts[end-1])
	}
	return parts, rest
}

// bareName is a repository's name without ".git", and without the full stop of
// a sentence.
func bareName(name string) string {
	name = strings.Trim(name, " ")
	if cut := strings.TrimRight(name, "."); cut != "" {
		name = cut
	}
	return strings.TrimSuffix(name, ".git")
}

// depth is how many parts of a path name a repository.
func (f *forge) depth(parts []string) int {
	if f.parts > 0 {
		return min(f.parts, len(parts))
	}
	words := pages
	if f.name == "gitlab" {
		words = gitlabPages
	}
	for i, part := range parts {
		switch {
		case i >= 1 && strings.HasSuffix(part, ".git") && part != ".git":
			return i + 1
		case (part == "_git" || part == "+git") && i+1 < len(parts):
			return i + 2
		case i >= 2 && slices.Contains(words, part):
			return i
		}
	}
	return len(parts)
}

// refuses says what the parts of a path are where they cannot be a
// repository's; "" where they can.
func (f *forge) refuses(parts []string) string {
	switch {
	case slices.Contains(ownPages[f.name].first, strings.ToLower(parts[0])):
		return "a page of " + ownPages[f.name].of + ", not a repository"
	case f.parts == 0 && len(parts) > 2 && slices.Contains(parts[2:], "repos") && (parts[0] == "projects" || parts[0] == "users"):
		return "a page of a Bitbucket server: give the address that git clones"
	case f.parts == 0 && len(parts) > 2 && f.depth(parts) != len(parts):
		return "a repository named like a page of its host"
	}
	return ""
}

// ownPages are the first parts of the pages of forges themselves: no account has such a
// name. Those of GitLab and Gitea are in their documents (reserved names), those of
// GitHub are pages that it has.
var ownPages = map[string]struct {
	of    string
	first []string
}{
	"github": {"GitHub", []string{
		"about", "account", "advisories", "apps", "codespaces", "collections", "contact", "customer-stories", "dashboard", "enterprise", "enterprises",
		"explore", "features", "issues", "login", "marketplace", "new", "notifications", "organizations", "orgs", "pricing", "pulls", "readme",
		"resources", "search", "security", "settings", "site", "solutions", "sponsors", "stars", "team", "topics", "trending", "users",
	}},
	"gitlab": {"GitLab", []string{
		"-", "admin", "api", "assets", "dashboard", "explore", "files", "groups", "health_check", "help", "import", "jwt", "login", "oauth",
		"profile", "projects", "public", "s", "search", "sitemap", "snippets", "unsubscribes", "uploads", "users", "v2",
	}},
	"gitea": {"Gitea", []string{
		"admin", "api", "assets", "attachments", "avatars", "captcha", "explore", "issues", "login", "metrics", "milestones", "new",
		"notifications", "org", "pulls", "repo", "repo-avatars", "search", "user", "v2",
	}},
}
