package profile

import "testing"

// A maintainer whom several lists name is one: by the account, and by the name where one of
// the lists has no account. Two accounts are two people, whatever their names.
func TestFirstPerson(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		listed [][2]string // name, account
		want   int
	}{
		"nobody":                       {[][2]string{{"", ""}}, 0},
		"the same account":             {[][2]string{{"Ann", "ann"}, {"Ann B", "Ann"}}, 1},
		"the same name":                {[][2]string{{"Ann B", ""}, {"ann  b", ""}}, 1},
		"a name, then its account":     {[][2]string{{"Ann", ""}, {"Ann", "ann"}}, 1},
		"an account, then its name":    {[][2]string{{"Ann", "ann"}, {"Ann", ""}}, 1},
		"two accounts of one name":     {[][2]string{{"Ann", "ann"}, {"Ann", "ann2"}}, 2},
		"accounts alone":               {[][2]string{{"", "ann"}, {"", "bo"}, {"", "ann"}}, 2},
		"an account named like a name": {[][2]string{{"bo", ""}, {"", "bo"}}, 2},
	} {
		j := joiner{seen: map[string]bool{}}
		got := 0
		for _, l := range tt.listed {
			if j.firstPerson(l[0], l[1]) {
				got++
			}
		}
		if got != tt.want {
			t.Errorf("%s: %d people, want %d", name, got, tt.want)
		}
	}
}
