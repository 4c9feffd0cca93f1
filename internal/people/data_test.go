package people

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"go.yaml.in/yaml/v4"

	"assay/internal/yamlnode"
)

// section reads a part of one of our data files as it is written.
func section(t *testing.T, file, name string) *yaml.Node {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	root, err := yamlnode.Load(data, yamlnode.Limits{Depth: 8, Marks: 20_000})
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for _, f := range yamlnode.Fields(root) {
		if f.Name == name {
			return f.Value
		}
	}
	t.Fatalf("%s has no %s", file, name)
	return nil
}

// lists reads a section of lists, and complains when the lists, or what is in
// them, are not sorted.
func lists(t *testing.T, file, name string, atLeast int) ([]string, map[string][]string) {
	t.Helper()
	var heads []string
	all := map[string][]string{}
	for _, f := range yamlnode.Fields(section(t, file, name)) {
		heads = append(heads, f.Name)
		for _, item := range yamlnode.Items(f.Value) {
			all[f.Name] = append(all[f.Name], yamlnode.Text(item))
		}
		if name != "before" { // those are in the order of time
			sorted(t, f.Name, all[f.Name])
		}
	}
	sorted(t, name, heads)
	if len(heads) < atLeast {
		t.Fatalf("%s: %s has only %d entries: the file was not read", file, name, len(heads))
	}
	return heads, all
}

func sorted(t *testing.T, where string, words []string) {
	t.Helper()
	for i := 1; i < len(words); i++ {
		if strings.ToLower(words[i-1]) >= strings.ToLower(words[i]) {
			t.Errorf("%s: %q stands behind %q", where, words[i], words[i-1])
		}
	}
}

func small(t *testing.T, where, word string) {
	t.Helper()
	if word == "" || word != foldBlanks(word) || strings.ContainsFunc(word, unicode.IsControl) {
		t.Errorf("%s: %q is not in small letters and single blanks", where, word)
	}
}

func personalDomains(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, item := range yamlnode.Items(section(t, "organisations.yaml", "personal")) {
		all = append(all, yamlnode.Text(item))
	}
	return all
}

func TestOrganisationDomains(t *testing.T) {
	t.Parallel()
	_, domains := lists(t, "organisations.yaml", "organisations", 250)
	personal := personalDomains(t)
	sorted(t, "personal", personal)
	owner := map[string]string{}
	for _, domain := range personal {
		owner[domain] = "personal"
	}
	for name, all := range domains {
		for _, domain := range all {
			if other := owner[domain]; other != "" {
				t.Errorf("%s is listed under %s and %s", domain, other, name)
			}
			owner[domain] = name
		}
		if len(all) == 0 {
			t.Errorf("%s has no domain", name)
		}
	}
	for domain, name := range owner {
		if small(t, name, domain); !public(domain) {
			t.Errorf("%s: %q cannot be the domain of an address", name, domain)
		}
		_, parent, _ := strings.Cut(domain, ".")
		for above := range upwards(parent) {
			if owner[above] == name {
				t.Errorf("%s: %s needs no entry beside %s", name, domain, above)
			}
		}
	}
}

// An organisation is spelt one way: no name or alias is another's in other
// letters, and none has a legal form.
func TestOrganisationNames(t *testing.T) {
	t.Parallel()
	names, _ := lists(t, "organisations.yaml", "organisations", 250)
	spelt := map[string]string{}
	add := func(name, spelling string) {
		if other := spelt[fold(spelling)]; other != "" {
			t.Errorf("%q is a spelling of %s and of %s", spelling, other, name)
		}
		spelt[fold(spelling)] = name
	}
	for _, name := range names {
		add(name, name)
		words := strings.Fields(name)
		if last := words[len(words)-1]; len(words) > 1 && shipped().legal[fold(last)] {
			t.Errorf("%s ends in a legal form", name)
		}
	}
	known := func(name string) bool { return shipped().names[fold(name)] == name }
	heads, aliases := lists(t, "organisations.yaml", "aliases", 30)
	for _, name := range heads {
		if !known(name) {
			t.Errorf("aliases: %s is no organisation", name)
		}
		for _, alias := range aliases[name] {
			small(t, name, alias)
			add(name, alias)
			if got := Canonical(alias + ", Inc."); got != name {
				t.Errorf("the alias %q of %s gives %q", alias, name, got)
			}
		}
	}
	for _, name := range shipped().names {
		if Canonical(name) != name {
			t.Errorf("%q is spelt %q", name, Canonical(name))
		}
		if s := shipped().employer(name); s.org != name {
			t.Errorf("%q is a word for no organisation", name)
		}
	}
}

func TestOrganisationsBefore(t *testing.T) {
	t.Parallel()
	domains, before := lists(t, "organisations.yaml", "before", 10)
	for _, domain := range domains {
		now := shipped().domains[domain].at
		if s, ok := now(today); !ok || s.until != "" {
			t.Errorf("%s belongs to nobody now", domain)
		}
		last := ""
		for _, text := range before[domain] {
			s, err := shipped().stint(text)
			switch {
			case err != nil:
				t.Errorf("%s: %q: %v", domain, text, err)
			case s.until <= last || s.from != "":
				t.Errorf("%s: %q is not in the order of time", domain, text)
			case !strings.HasPrefix(text, s.org+" < "):
				t.Errorf("%s: %q is spelt %q elsewhere", domain, text, s.org)
			}
			last = s.until
		}
	}
}

func TestOrganisationWords(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, name := range []string{"legal", "independent", "unknown"} {
		var words []string
		for _, item := range yamlnode.Items(section(t, "organisations.yaml", name)) {
			word := yamlnode.Text(item)
			words = append(words, word)
			small(t, name, word)
			if other := seen[fold(word)]; other != "" {
				t.Errorf("%s: %q is %s already", name, word, other)
			}
			seen[fold(word)] = name
		}
		if sorted(t, name, words); len(words) == 0 {
			t.Errorf("there are no words under %s", name)
		}
	}
}

func TestBotsFile(t *testing.T) {
	t.Parallel()
	names, others := lists(t, "bots.yaml", "bots", 50)
	seen := map[string]string{}
	for _, name := range names {
		for _, known := range append([]string{name}, others[name]...) {
			small(t, name, known)
			if other := seen[known]; other != "" {
				t.Errorf("%q is listed under %s and %s", known, other, name)
			}
			seen[known] = name
			if _, host, ok := strings.Cut(known, "@"); ok && !isHost(host) {
				t.Errorf("%s: %q is no address", name, known)
			}
		}
		if strings.Contains(name, "@") {
			t.Errorf("%q is an address, not a name", name)
		}
		if got := Bot(name, ""); got != name {
			t.Errorf("the bot %s is called %q", name, got)
		}
		a := author{}
		if len(others[name]) == 0 && a.identifies(name, oneWord|login, false) && !isKnownBot(name) {
			t.Errorf("%s is found by its name and needs no entry", name)
		}
	}
	if slices.Contains(names, "travis") || slices.Contains(names, "claude") {
		t.Error("a first name is called a bot")
	}
}
