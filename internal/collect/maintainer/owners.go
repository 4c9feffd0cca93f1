package maintainer

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v4"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
	"assay/internal/yamlnode"
)

// An owner is a name of an OWNERS file: that of an account, or of an alias.
type owner struct {
	Role string `json:"r"`
	Name string `json:"h"`
	Line int    `json:"n"`
}

// ownersIn reads an OWNERS file in the form that Kubernetes introduced:
// approvers and reviewers, at the top or under filters.
func ownersIn(data []byte) ([]owner, error) {
	doc, err := markup.YAML(data)
	if err != nil || doc == nil {
		return nil, err
	}
	var out []owner
	walkOwners(doc, 0, func(role string, n *yaml.Node) {
		if name := strings.TrimPrefix(yamlnode.Text(n), "@"); len(out) < limit.DocumentRows && handleOf(name) != "" {
			out = append(out, owner{role, name, n.Line})
		}
	})
	return out, nil
}

// accountsOf gives the accounts of owners. Names that the OWNERS_ALIASES file explains
// are replaced by those they stand for, and keep the line where they are used when that
// file cannot be read.
func accountsOf(path string, owners []owner, aliases map[string][]alias, aliasPath string) []fact.Maintainer {
	var out []fact.Maintainer
	take := func(p fact.Maintainer) {
		if len(out) < limit.DocumentRows {
			out = append(out, p)
		}
	}
	for _, o := range owners {
		p := fact.Maintainer{Role: o.Role, Path: path, Line: o.Line}
		p.Duty, _ = dutyOf(o.Role, false)
		members, known := aliases[strings.ToLower(o.Name)]
		if !known {
			p.Handle = handleOf(o.Name)
			take(p)
		}
		for _, m := range members {
			p.Handle, p.Path, p.Line = m.Handle, aliasPath, m.Line
			take(p)
		}
	}
	return out
}

// walkOwners calls f with the role and the node of every name.
func walkOwners(n *yaml.Node, depth int, f func(role string, n *yaml.Node)) {
	if depth > 4 {
		return
	}
	for _, e := range yamlnode.Fields(n) {
		key := strings.ToLower(e.Name)
		switch key {
		case "approvers", "reviewers", "maintainers", "owners", "committers", "leads", "admins", "required_reviewers",
			"emeritus_approvers", "emeritus_reviewers", "emeritus_maintainers", "emeritus_owners", "emeritus":
			role := strings.ReplaceAll(strings.TrimSuffix(key, "s"), "_", " ")
			if key == "emeritus" {
				role = key
			}
			for _, v := range yamlnode.Items(e.Value) {
				f(role, v)
			}
		case "filters":
			for _, filter := range yamlnode.Fields(e.Value) {
				if allFiles(filter.Name) {
					walkOwners(filter.Value, depth+1, f)
				}
			}
		}
	}
}

// allFiles reports whether a filter stands for everything: owners of single
// paths are no maintainers of the repository.
func allFiles(pattern string) bool { return pattern == ".*" || pattern == "" || pattern == "*" }

// An alias is a member of an alias and where it stands.
type alias struct {
	Handle string `json:"h"`
	Line   int    `json:"n"`
}

// aliasesIn reads an OWNERS_ALIASES file, keyed in lower case.
func aliasesIn(data []byte) (map[string][]alias, error) {
	doc, err := markup.YAML(data)
	if err != nil || doc == nil {
		return nil, err
	}
	out := map[string][]alias{}
	for _, e := range yamlnode.Fields(doc) {
		if strings.ToLower(e.Name) != "aliases" {
			continue
		}
		for _, group := range yamlnode.Fields(e.Value) {
			key := strings.ToLower(group.Name)
			if handleOf(key) == "" {
				continue
			}
			for _, v := range yamlnode.Items(group.Value) {
				if h := handleOf(yamlnode.Text(v)); h != "" && len(out[key]) < limit.DocumentRows {
					out[key] = append(out[key], alias{h, v.Line})
				}
			}
		}
	}
	return out, nil
}

// codeownersIn reads the accounts and teams of a CODEOWNERS file, each at the
// first line that has it. What a line begins with is a pattern, or the title of a
// section. E-mail addresses are left out.
func codeownersIn(path string, data []byte) []fact.Maintainer {
	var out []fact.Maintainer
	seen := map[string]bool{}
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if len(line) > limit.TextLine {
			continue
		}
		for _, handle := range ownersOfPattern(string(line)) {
			if key := strings.ToLower(handle); !seen[key] && len(out) < limit.DocumentRows {
				seen[key] = true
				out = append(out, fact.Maintainer{Handle: handle, Duty: fact.DutyCodeOwner, Role: "code owner", Path: path, Line: n})
			}
		}
	}
	return out
}

// ownersOfPattern gives the accounts and teams that a line of CODEOWNERS has after its
// pattern.
func ownersOfPattern(line string) []string {
	line = strings.ReplaceAll(line, `\ `, "_") // within a pattern
	if at := remarkStart.FindStringIndex(line); at != nil {
		line = line[:at[0]]
	}
	fields := strings.Fields(line)
	var out []string
	for _, token := range fields[min(1, len(fields)):min(limit.TextPipes, len(fields))] {
		token, _, _ = strings.Cut(strings.Trim(token, ",;()"), "#")
		if strings.HasPrefix(token, "@") && handleShape.MatchString(token[1:]) && !markup.HasMail(token[1:]) {
			out = append(out, token[1:])
		}
	}
	return out
}

// remarkStart matches where a comment begins.
var remarkStart = lazyregexp.New(`(^|\s)#`)

// codeownersRank orders CODEOWNERS files as the forge does, which obeys the
// first it finds.
func codeownersRank(path string) int {
	switch dir, _, found := strings.Cut(path, "/"); {
	case !found:
		return 1
	case strings.HasPrefix(dir, "."):
		return 0
	}
	return 2
}
