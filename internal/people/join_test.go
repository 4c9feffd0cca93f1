package people

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJoiner(t *testing.T) {
	t.Parallel()
	var j Joiner
	a, b, c := j.Join([]string{"a"}), j.Join([]string{"b", "b2"}), j.Join([]string{"c"})
	roots := func() []bool {
		return []bool{j.Root(a) == j.Root(b), j.Root(b) == j.Root(c), j.Root(a) == j.Root(c)}
	}
	if diff := cmp.Diff([]bool{false, false, false}, roots()); diff != "" {
		t.Errorf("apart (-want +got):\n%s", diff)
	}
	j.Join([]string{"c", "b2"})
	if diff := cmp.Diff([]bool{false, true, false}, roots()); diff != "" {
		t.Errorf("b and c joined (-want +got):\n%s", diff)
	}
	if again := j.Join([]string{"a"}); again != a {
		t.Errorf("a is number %d, then %d", a, again)
	}
	j.Join([]string{"new", "a", "c"})
	if diff := cmp.Diff([]bool{true, true, true}, roots()); diff != "" {
		t.Errorf("all joined (-want +got):\n%s", diff)
	}
	var keys []string
	for n := range j.Len() {
		keys = append(keys, j.Key(n))
	}
	if diff := cmp.Diff([]string{"a", "b", "b2", "c", "new"}, keys); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
}

// What a user calls a bot is found by the hashes that commits left.
func TestAuthorKeys(t *testing.T) {
	t.Parallel()
	h := NewHasher([]byte("key"))
	keys := AuthorKeys(h, "Release  Robot")
	if keys[0] != NameKey(h, "release robot") {
		t.Errorf("the name in another spelling has another key")
	}
	if keys := AuthorKeys(h, "Robot@ferrite.io"); keys[1] != AddressKey(h, "robot@ferrite.io") {
		t.Errorf("the address in another spelling has another key")
	}
}
