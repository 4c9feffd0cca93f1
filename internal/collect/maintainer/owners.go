package maintainer

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v4"

	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
	"assay/internal/yamlnode"
)

// ownersIn reads an OWNERS file in the form that Kubernetes introduced:
// approvers and reviewers, at the top or under filters. Names that the
// OWNERS_ALIASES file explains are replaced by those they stand for, and keep
// the line where they are used when that file cannot be read.
func ownersIn(path string, data []byte, aliases map[string][]alias, aliasPath string) ([]fact.Maintainer, error) {
	doc, err := markup.YAML(data)
	if err != nil || doc == nil {
		return nil, err
	}
	var out []fact.Maintainer
	walkOwners(doc, 0, func(role string, n *yaml.Node) {
		p := fact.Maintainer{Role: role, Path: path, Line: n.Line}
		p.Duty, _ = dutyOf(role, false)
		name := strings.TrimPrefix(yamlnode.Text(n), "@")
		if members, ok := aliases[strings.ToLower(name)]; ok {
			for _, m := range members {
				if len(out) < limit.DocumentRows {
					p.Handle, p.Path, p.Line = m.handle, aliasPath, m.line
					out = append(out, p)
				}
			}
			return
		}
		if p.Handle = handleOf(name); p.Handle != "" && len(out) < limit.DocumentRows {
			out = append(out, p)
		}
	})
	return out, nil
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
	handle string
	line   int
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
// first line that has it. E-mail addresses are left out.
func codeownersIn(path string, data []byte) []fact.Maintainer {
	var out []fact.Maintainer
	seen := map[string]bool{}
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if len(line) > limit.TextLine {
			continue
		}
		text, _, _ := strings.Cut(string(line), "#")
		for i, token := range strings.Fields(text) {
			if i > limit.TextPipes || len(out) >= limit.DocumentRows {
				break
			}
			token = strings.Trim(token, ",;()")
			if !strings.HasPrefix(token, "@") || !handleShape.MatchString(token[1:]) {
				continue
			}
			if key := strings.ToLower(token); !seen[key] {
				seen[key] = true
				out = append(out, fact.Maintainer{Handle: token[1:], Duty: fact.DutyCodeOwner, Role: "code owner", Path: path, Line: n})
			}
		}
	}
	return out
}

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
