package fact

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// folderMark parts the name of a repository from a folder of it, as Terraform
// and go-getter write that.
const folderMark = "//"

// folderBytes bounds the path of a folder: no address of a page is longer.
const folderBytes = 1024

// Folder is the path of the folder that id means, "" for the whole repository.
func (id RepoID) Folder() string {
	_, folder, _ := strings.Cut(string(id), folderMark)
	return folder
}

// Repository is id without its folder.
func (id RepoID) Repository() RepoID {
	whole, _, _ := strings.Cut(string(id), folderMark)
	return RepoID(whole)
}

// Within is the folder of the repository that id is of; the repository itself
// for "".
func (id RepoID) Within(folder string) RepoID {
	if folder == "" {
		return id.Repository()
	}
	return id.Repository() + RepoID(folderMark+folder)
}

// Overlaps reports whether files of one may be files of the other: they are of
// one repository, and the folder of one holds that of the other.
func (id RepoID) Overlaps(other RepoID) bool {
	if id.Repository().Key() != other.Repository().Key() {
		return false
	}
	a, b := id.Folder(), other.Folder()
	return a == "" || b == "" || strings.HasPrefix(a+"/", b+"/") || strings.HasPrefix(b+"/", a+"/")
}

// Raised is e with its repository whole where its path leads out of a folder of
// it: what a folder has from the root ("../LICENSE").
func (e Evidence) Raised() Evidence {
	folder := e.Repo.Folder()
	if folder == "" || !strings.HasPrefix(e.Path, "../") {
		return e
	}
	if at := path.Join(folder, e.Path); !strings.HasPrefix(at, "..") {
		e.Repo, e.Path = e.Repo.Repository(), at
	}
	return e
}

// ParseRepoFolder is [ParseRepoURL], with the folder where the address is a
// folder's page, or has its path after "//". What follows "tree" or its like in a
// page's address is a branch and a path, which nothing parts: the branch is the
// one given, where the address has it, and else one part.
func ParseRepoFolder(raw, branch string) (RepoID, error) {
	id, deeper, err := parseRepo(raw)
	if err != nil {
		return "", err
	}
	folder := folderOf(forgeOf(id.Host()), strings.Split(deeper, "/"), branch)
	if marked, ok := markedFolder(raw); ok && folder == "" && deeper == marked {
		folder = marked
	}
	if folder == "" {
		return id, nil
	}
	if err := validFolder(folder); err != nil {
		return "", fmt.Errorf("%q: %w", WithoutSecrets(raw), err)
	}
	return id.Within(folder), nil
}

// markedFolder is what stands after the "//" of a path; ok is false without.
func markedFolder(raw string) (folder string, ok bool) {
	if _, rest, scheme := strings.Cut(raw, "://"); scheme {
		raw = rest
	}
	_, folder, ok = strings.Cut(raw, folderMark)
	return strings.Trim(folder, "/ "), ok
}

// folderOf is the folder that the rest of an address leads to, as hosts of that
// kind write it; "" where it is no folder's.
func folderOf(f *forge, rest []string, branch string) string {
	if len(rest) > 0 && rest[0] == "-" {
		rest = rest[1:]
	}
	switch {
	case len(rest) < 2:
		return ""
	case f.name == "cgit" && rest[0] == "tree":
		return strings.Join(rest[1:], "/") // the branch is in the query
	case f.name == "bitbucket" && rest[0] == "src", f.name == "gitiles" && rest[0] == "+":
		rest = rest[1:]
	case rest[0] == "tree":
		rest = rest[1:]
	case rest[0] == "src" && len(rest) > 2 && (rest[1] == "branch" || rest[1] == "tag" || rest[1] == "commit"):
		rest = rest[2:]
	default:
		return ""
	}
	if rest[0] == "refs" && len(rest) > 2 && (rest[1] == "heads" || rest[1] == "tags") {
		rest = rest[2:]
	}
	folder, ok := strings.CutPrefix(strings.Join(rest, "/")+"/", branch+"/")
	if !ok || branch == "" {
		folder = strings.Join(rest[1:], "/")
	}
	folder = strings.TrimSuffix(folder, "/")
	if f.name == "sourcehut" {
		item, ok := strings.CutPrefix(folder+"/", "item/")
		if !ok {
			return ""
		}
		folder = strings.TrimSuffix(item, "/")
	}
	return folder
}

// validFolder says what is wrong with the path of a folder, nil for nothing.
func validFolder(folder string) error {
	switch {
	case len(folder) > folderBytes:
		return fmt.Errorf("the path of a folder, of %d bytes, is too long", len(folder))
	case !utf8.ValidString(folder) || strings.ContainsFunc(folder, func(r rune) bool { return !unicode.IsPrint(r) || r == '\\' }):
		return fmt.Errorf("folder %q has characters that no path should have", folder)
	case path.Clean("/"+folder) != "/"+folder || folder[0] == '-' || folder[0] == ':':
		return fmt.Errorf("folder %q is not a plain path", folder)
	}
	for part := range strings.SplitSeq(folder, "/") {
		if strings.EqualFold(part, ".git") {
			return fmt.Errorf("folder %q cannot be in a repository", folder)
		}
	}
	return nil
}
