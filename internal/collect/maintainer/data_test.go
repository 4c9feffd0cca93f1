package maintainer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// Lists in TOML as https://github.com/docker/opensource/blob/master/MAINTAINERS and
// https://github.com/ovn-org/libovsdb/blob/main/MAINTAINERS have them: what a TOML
// reader gives under the names of the groups is right, and its lines are those of the
// names.
func TestTOML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, path, src string
		want            people
	}{
		{"groups, indented", "MAINTAINERS", "# Widget\n#\n# Readable by any TOML parser.\n[Org]\n\t[Org.\"Core maintainers\"]\n\t\tpeople = [\n\t\t\t\"ann\",\n\t\t\t\"bob\"\n\t\t]\n\t[Org.Alumni]\n\t\t# with thanks\n\t\tpeople = [\"old\"]\n\t[Org.Reviewers]\n\t\tpeople = [\"cy\"]\n\n[people]\n\n\t[people.ann]\n\tName = \"Ann Example\"\n\tEmail = \"ann@corp.example\"\n\tGitHub = \"ann-example\"\n\n\t[people.old]\n\tName = \"Old One\"\n\tGitHub = \"old\"\n",
			people{{Name: "Ann Example", Handle: "ann-example", Line: 7}, {Handle: "bob", Line: 8}, {Name: "Old One", Handle: "old", Duty: fact.DutyEmeritus, Role: "Alumni", Line: 12}, {Handle: "cy", Duty: fact.DutyReviewer, Role: "Reviewers", Line: 14}}},
		{"people alone", "MAINTAINERS.toml", "[people.ann]\nName = \"Ann Example\"\nGitHub = \"ann\"\nCompany = \"Corp\"\n\n[people.bob]\nName = \"Bob Sample\"\n",
			people{{Name: "Ann Example", Handle: "ann", Organisation: "Corp", Line: 1}, {Name: "Bob Sample", Line: 6}}},
		{"a list by role", "MAINTAINERS", "[roles]\nmaintainers = [\"@ann\"]\nemeritus = [\"@old\"]\n", people{{Handle: "ann", Line: 2}, {Handle: "old", Duty: fact.DutyEmeritus, Role: "emeritus", Line: 3}}},
		{"no TOML", "MAINTAINERS", "Ann Example <ann@corp.example> (@ann)\n", people{{Name: "Ann Example", Handle: "ann", Line: 1}}},
	} {
		got, notes := listIn(c.path, []byte(c.src))
		for i := range c.want {
			c.want[i].Path = c.path
		}
		if diff := cmp.Diff(c.want, got.People, cmpopts.EquateEmpty()); diff != "" || notes != nil {
			t.Errorf("%s: (-want +got)\n%s%v", c.name, diff, notes)
		}
	}
}

// Lists as data, after
// https://github.com/projectcapsule/capsule/blob/main/.github/maintainers.yaml.
func TestYAML(t *testing.T) {
	t.Parallel()
	src := "maintainers:\n- name: Ann Example\n  github: https://github.com/ann\n  company: Corp\n  projects:\n    - https://github.com/corp/tool\nemeritus:\n- name: Old One\n  github: old\nreviewers: [cy]\n"
	want := people{
		{Name: "Ann Example", Handle: "ann", Organisation: "Corp", Path: "maintainers.yaml", Line: 2}, {Name: "Old One", Handle: "old", Duty: fact.DutyEmeritus, Role: "emeritus", Path: "maintainers.yaml", Line: 8},
		{Handle: "cy", Duty: fact.DutyReviewer, Role: "reviewers", Path: "maintainers.yaml", Line: 10},
	}
	got, notes := listIn("maintainers.yaml", []byte(src))
	if diff := cmp.Diff(want, got.People); diff != "" || notes != nil {
		t.Errorf("(-want +got)\n%s%v", diff, notes)
	}
	got, notes = listIn("maintainers.json", []byte("[\n\t{\"name\": \"Ann Example\", \"login\": \"ann\", \"role\": \"Lead\"}\n]\n"))
	if diff := cmp.Diff(people{{Name: "Ann Example", Handle: "ann", Role: "Lead", Path: "maintainers.json", Line: 2}}, got.People); diff != "" || notes != nil {
		t.Errorf("JSON (-want +got)\n%s%v", diff, notes)
	}
	if _, notes := listIn("maintainers.yaml", []byte("a: [")); len(notes) != 1 {
		t.Errorf("broken YAML gives the notes %v", notes)
	}
}

// What is no list of people names nobody.
func TestNoPeople(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, src, want string }{
		{"MAINTAINERS", "[repo]\npaths = [\"src\", \"docs\"]\npeople = [\"ann\"]\n", "ann"},
		{"MAINTAINERS", "[repo]\nlabels = [\"kind-bug\"]\n", ""},
		{"MAINTAINERS", "[repo]\nmaintainer_labels = [\"kind-bug\"]\nowner-files = [\"src\"]\ncoreMaintainers = [\"ann\"]\n", "ann"},
		{"maintainers.yaml", "components: [{name: Scheduler, maintainers: [ann, bob]}]", "ann bob"},
		{"maintainers.yaml", "- name: Scheduler\n  reviewers: [cy]\n- {name: Ann Example, github: ann}\n", "cy ann"},
		{"maintainers.yaml", "slack_channels: [{name: general}]", ""},
		{"maintainers.yaml", "maintainers: {core: {people: [ann], topics: [networking, storage]}}", "ann"},
		{"maintainers.yaml", "maintainers: [{github: ann, languages: [go]}]\nmaintainer_labels: [kind-bug]\ncontact: [{name: Chat}]\n", "ann"},
		{"maintainers.yaml", "repositories: [{name: other, maintainers: [ann]}]", ""},
		{"maintainers.json", "{\"meeting\": {\"topics\": [\"storage\"]}, \"maintainers\":\t[\"ann\"]}", "ann"},
		{"maintainers.yaml", "maintainers: [ann]\nteams: [{name: docs, members: [cy]}]\nslack: {members: [bot]}\n", "ann"},
		{"maintainers.yaml", "maintainers: {areas: {name: Storage, people: [ann]}}\nproject: {name: Tool}\n", "ann"},
		{"MAINTAINERS.toml", "[[maintainers]]\ngithub = \"ann\"\n[[maintainers.areas]]\nname = \"Storage\"\n[[channels]]\nname = \"Chat\"\n", "ann"},
	} {
		got, _ := listIn(c.path, []byte(c.src))
		var handles []string
		for _, p := range got.People {
			handles = append(handles, p.Handle+p.Name)
		}
		for i := range handles {
			handles[i] = strings.TrimSuffix(handles[i], "Ann Example")
		}
		if got := strings.Join(handles, " "); got != c.want {
			t.Errorf("%s %q names %q, want %q", c.path, c.src, got, c.want)
		}
	}
}

// A text that would keep a TOML reader busy is none, and a file that must be TOML says
// so.
func TestLargeTOML(t *testing.T) {
	t.Parallel()
	for _, src := range []string{strings.Repeat("[[a]]\n", limit.TomlKeys), strings.Repeat("[[a.b0]]\n", limit.TomlKeys)} {
		if _, err := tomlPeople("MAINTAINERS", []byte(src)); errkind.Of(err) != errkind.Limit {
			t.Errorf("%.10q: error %v", src, err)
		}
		if got, notes := listIn("MAINTAINERS.toml", []byte(src)); len(got.People) > 0 || len(notes) != 1 || notes[0].Kind != string(errkind.Limit) {
			t.Errorf("%.10q: %v %v", src, got, notes)
		}
	}
}

// Lists as tables, in arrays, and as texts.
func TestDataForms(t *testing.T) {
	t.Parallel()
	want := people{{Name: "Ann Example", Handle: "ann", Organisation: "Corp"}, {Name: "Bob Sample", Handle: "bob"}}
	for path, src := range map[string]string{
		"MAINTAINERS.toml":      "[[maintainers]]\nname = \"Ann Example\"\ngithub = \"@ann\"\nemail = \"ann@corp.example\"\ncompany = \"Corp\"\n\n[[maintainers]]\nname = \"Bob Sample\"\ngithub = \"bob\"\n",
		"docs/maintainers.toml": "maintainers = [\n  {name = \"Ann Example\", github = \"ann\", company = \"Corp\"},\n  {name = \"Bob Sample\", github = \"bob\"},\n]\n[tools]\nformatters = [\"gofmt\"]\n",
		"maintainer.toml":       "maintainers = [\"Ann Example (@ann), Corp\", \"Bob Sample <bob@corp.example> @bob\"]\n",
		"maintainers.yaml":      "maintainers:\n- Ann Example (@ann), Corp\n- Bob Sample (bob at corp dot example) @bob\n",
		"maintainers.yml":       "maintainers:\n  ann:\n    name: Ann Example\n    github: ann\n    company: Corp\n  bob: {name: Bob Sample, github: bob}\n",
	} {
		got, notes := listIn(path, []byte(src))
		if diff := cmp.Diff(want, got.People, cmpopts.IgnoreFields(fact.Maintainer{}, "Path", "Line")); diff != "" || len(notes) > 0 {
			t.Errorf("%s: notes %v (-want +got)\n%s", path, notes, diff)
		}
		for _, p := range got.People {
			if p.Line == 0 {
				t.Errorf("%s: %s has no line", path, p.Name)
			}
		}
	}
}
