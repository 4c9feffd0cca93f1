package gitrepo

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

const oddMailmap = `# comment
Proper One <one@example.org>
<two@example.org> <Two-Old@example.org>
Proper Three <three@example.org> <three-old@example.org>
Proper Four <four@example.org> Commit Four <shared@example.org>
Proper Five <five@example.org> commit five <shared@example.org>
Default <default@example.org> <shared@example.org>
Later One <ONE@example.org>
 # no comment <six@example.org>
	 Spaced   <  seven@example.org > 	Old Seven  <old-seven@example.org> more
Broken <eight@example.org
<> <nine@example.org>
Ten <ten@example.org> <>
<onlymail@example.org>
Eleven <eleven@example.org> Only Name <eleven-old@example.org>
Twice A <a@example.org> X <twice@example.org>
Twice B <b@example.org> x <twice@example.org>
<mail@example.org> <part@example.org>
Part Name <part@example.org>
Ä Ö <umlaut@example.org> Ü <umlaut@example.org>
>x< <reverse@example.org> y <z@example.org>
` + "CR Name <cr@example.org>\r\nno newline <last@example.org>"

// What we make of people is what git makes of them.
func TestMailmapAsGit(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "1")
	f.done()
	blob := f.hash("blob", oddMailmap)
	var people []person
	for _, name := range []string{"One", "Commit Four", "COMMIT FIVE", "Old Seven", "Only Name", "X", "x", "ü", "Ü", "y", ""} {
		for _, mail := range []string{
			"one", "ONE", "two-old", "three-old", "shared", "Shared", "six", "old-seven", "seven", "eight", "nine", "ten",
			"onlymail", "eleven-old", "twice", "part", "umlaut", "reverse", "z", "cr", "last", "none",
		} {
			people = append(people, person{[]byte(name), []byte(mail + "@example.org")})
		}
		people = append(people, person{[]byte(name), nil})
	}
	var ask bytes.Buffer
	for _, p := range people {
		fmt.Fprintf(&ask, "%s <%s>\n", p.name, p.mail)
	}
	lines := strings.Split(f.git(&ask, "--bare", "-c", "mailmap.blob="+blob, "check-mailmap", "--stdin"), "\n")
	rules := parseMailmap([]byte(oddMailmap))
	for i, p := range people {
		got := rules.proper(p)
		text := fmt.Sprintf("<%s>", got.mail)
		if len(got.name) > 0 {
			text = fmt.Sprintf("%s <%s>", got.name, got.mail)
		}
		if text != lines[i] {
			t.Errorf("%s <%s>: %s, git has %s", p.name, p.mail, text, lines[i])
		}
	}
}

// Whatever a .mailmap says, a person who was renamed keeps what the line does not
// name, and to rename nobody changes nobody.
func FuzzMailmap(f *testing.F) {
	f.Add([]byte("A <a@x> B <b@x>\n<c@x> <d@x>\nE <e@x>\n# no\n<"), "B", "b@x")
	f.Fuzz(func(t *testing.T, text []byte, name, mail string) {
		before := person{name: []byte(name), mail: []byte(mail)}
		after := parseMailmap(text).proper(before)
		if after.name == nil || after.mail == nil {
			t.Errorf("%q becomes %q", before, after)
		}
		if same := parseMailmap(nil).proper(before); string(same.name) != name || string(same.mail) != mail {
			t.Errorf("an empty map makes %q of %q", same, before)
		}
	})
}
