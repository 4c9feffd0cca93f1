package people_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/people"
)

func TestHasher(t *testing.T) {
	t.Parallel()
	// The test vector of RFC 4231, case 2: the whole hash begins so.
	if got := people.NewHasher([]byte("Jefe")).Key("what do ya want for nothing?"); got != "5bdcc146bf60754e" {
		t.Errorf("key %q is not the first 8 bytes of HMAC-SHA256", got)
	}
	key := []byte("secret")
	h := people.NewHasher(key)
	before := h.Key("jane")
	key[0] = 'x'
	if h.Key("jane") != before {
		t.Error("the key can be changed from outside")
	}
	if people.NewHasher(key).Key("jane") == before {
		t.Error("another key gives the same hash")
	}
}

func TestNodes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, address string
		want          []string
	}{
		{"Jane Doe", "jane@acme.example", []string{"mail:jane@acme.example"}},
		{"J. D.", " Jane@Acme.Example\t", []string{"mail:jane@acme.example"}},
		{"Jane Doe", "<jane@acme.example>", []string{"mail:jane@acme.example"}},
		{"Jane Doe", "jane+git@mail.acme.co.uk", []string{"mail:jane+git@mail.acme.co.uk"}},
		{"Jane Doe", "root@acme.example", []string{"mail:root@acme.example"}},
		{"Jane Doe", "jane@acme.github.io", []string{"mail:jane@acme.github.io"}},

		{"Jane Doe", "123456+Jane-D@users.noreply.github.com", []string{"github:jane-d", "github#123456"}},
		{"Jane Doe", "Jane-D@users.noreply.github.com", []string{"github:jane-d"}},
		{"Jane Doe", "77+jane_acme@Users.Noreply.GitHub.com", []string{"github:jane_acme", "github#77"}},
		{"x", "49+helper[bot]@users.noreply.github.com", []string{"github:helper[bot]", "github#49"}},
		{"Jane Doe", "99-jane.d@users.noreply.gitlab.com", []string{"gitlab:jane.d", "gitlab#99"}},
		{"Jane Doe", "jane@users.noreply.gitlab.com", []string{"gitlab:jane"}},
		{"Jane Doe", "{id}+{user}@users.noreply.github.com", []string{"local:{id}+{user}@users.noreply.github.com|jane doe"}},
		{"Jane Doe", "@users.noreply.github.com", []string{"local:@users.noreply.github.com|jane doe"}},

		{"Jane  Doe ", "", []string{"local:|jane doe"}},
		{"", "", []string{"local:|"}},
		{"Jane Doe", "jane", []string{"local:jane|jane doe"}},
		{"jdoe", "(no author)", []string{"local:(no author)|jdoe"}},
		{"jdoe", "(no author)@91177308-0d34-0410-b5e6-96231b3b80d8", []string{"local:(no author)@91177308-0d34-0410-b5e6-96231b3b80d8|jdoe"}},
		{"root", "root@localhost", []string{"local:root@localhost|root"}},
		{"Jane Doe", "none@none", []string{"local:none@none|jane doe"}},
		{"Jane Doe", "jane@laptop.local", []string{"local:jane@laptop.local|jane doe"}},
		{"Jane Doe", "jane@laptop.(none)", []string{"local:jane@laptop.(none)|jane doe"}},
		{"Jane Doe", "ubuntu@ip-10-0-0-1.eu-west-1.compute.internal", []string{"local:ubuntu@ip-10-0-0-1.eu-west-1.compute.internal|jane doe"}},
		{"Jane Doe", "jane@com", []string{"local:jane@com|jane doe"}},
		{"Jane Doe", "jane@acme..com", []string{"local:jane@acme..com|jane doe"}},
		{"Your Name", "you@example.com", []string{"local:you@example.com|your name"}},
		{"Jane Doe", "jane@mail.example.org", []string{"local:jane@mail.example.org|jane doe"}},
		{"Jane Doe", "noreply@github.com", []string{"local:noreply@github.com|jane doe"}},
		{"Jane Doe", "@acme.example", []string{"local:@acme.example|jane doe"}},
		{"Jane Doe", "jane@myexample.com", []string{"mail:jane@myexample.com"}},
	} {
		if diff := cmp.Diff(test.want, people.Nodes(test.name, test.address)); diff != "" {
			t.Errorf("Nodes(%q, %q) (-want +got):\n%s", test.name, test.address, diff)
		}
	}
}

func TestDomain(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"jane@acme.example":                    "acme.example",
		" Jane@US.Acme.Com. ":                  "us.acme.com",
		"odd@quoting@acme.com":                 "acme.com",
		"jane@acme.github.io":                  "acme.github.io",
		"1+jane@users.noreply.github.com":      "",
		"{id}+{user}@users.noreply.github.com": "",
		"1-jane@users.noreply.gitlab.com":      "",
		"jane@noreply.codeberg.org":            "",
		"noreply@github.com":                   "",
		"you@example.com":                      "",
		"jane@janes-laptop.local":              "",
		"root@localhost":                       "",
		"jane":                                 "",
		"":                                     "",
		"jane@":                                "",
		"jane@ac\x1b[31mme.com":                "",
	} {
		if got := people.Domain(address); got != want {
			t.Errorf("Domain(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestAddressKey(t *testing.T) {
	t.Parallel()
	h := people.NewHasher([]byte("secret"))
	if got, want := people.AddressKey(h, " Jane@ACME.example"), h.Key(people.Nodes("", "jane@acme.example")[0]); got != want {
		t.Errorf("the key of an address is %s, that of its node %s", got, want)
	}
}
