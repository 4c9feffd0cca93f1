package gitrepo

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/gitrepo/pack"
)

// tangle is a history with merges of merges, several roots, kinds of entries
// that come, go and change, and authors that a .mailmap renames.
func tangle(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	random := rand.New(rand.NewPCG(3, 4))
	modes := []string{"100644", "100755", "120000"}
	for i := 1; i <= 120; i++ {
		s := &f.stream
		f.marks = i
		fmt.Fprintf(s, "reset refs/heads/main\n\ncommit refs/heads/main\nmark :%d\n", i)
		fmt.Fprintf(s, "author P%d <p%d@example.org> %d +0100\ncommitter C <c@example.org> %d +0000\ndata 1\nm\n",
			random.IntN(5), random.IntN(5), 1700000000+i, 1700000000+i*50+random.IntN(500))
		if i > 1 && i != 40 {
			fmt.Fprintf(s, "from :%d\n", max(1, i-1-random.IntN(3)))
			for k := range random.IntN(3) {
				fmt.Fprintf(s, "merge :%d\n", max(1, i-2-k-random.IntN(20)))
			}
		}
		for range random.IntN(5) {
			// A name is a file now and a folder then.
			path := strings.Repeat("d/", random.IntN(4)) + string(rune('a'+random.IntN(6))) + strings.Repeat("/x.y-0", random.IntN(2))
			switch random.IntN(6) {
			case 0:
				fmt.Fprintf(s, "D %s\n", path)
			case 1:
				fmt.Fprintf(s, "M 160000 %040x %s\n", random.IntN(3)+1, path)
			default:
				text := fmt.Sprint(random.IntN(9))
				fmt.Fprintf(s, "M %s inline %s\ndata %d\n%s\n", modes[random.IntN(3)], path, len(text), text)
			}
		}
		if i%30 == 0 {
			text := fmt.Sprintf("New %d <new@example.org> P1 <p%d@example.org>\nOther <p3@example.org>\n", i, i/30)
			fmt.Fprintf(s, "M 100644 inline .mailmap\ndata %d\n%s\n", len(text), text)
		}
		s.WriteByte('\n')
	}
	// The last commit merges what no branch leads to any more.
	fmt.Fprintf(&f.stream, "commit refs/heads/main\nmark :121\ncommitter C <c@example.org> 1800000000 +0000\ndata 1\nm\nfrom :120\n")
	for i := 40; i < 120; i += 9 {
		fmt.Fprintf(&f.stream, "merge :%d\n", i)
	}
	f.stream.WriteByte('\n')
	f.marks++
	return f
}

func TestNativeFixtures(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]func(*testing.T) *fixture{"small": historyFixture, "tangle": tangle} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := begin(t)
			r := f.done()
			tip := rev(f, "main")
			sameHistory(t, r, tip)
			f.git(nil, "repack", "-adq", "--depth=250", "--window=50")
			sameHistory(t, r, tip)
			f.loosen()
			sameHistory(t, r, tip)
			f.git(nil, "-c", "pack.indexVersion=2", "-c", "pack.packSizeLimit=1m", "repack", "-adq", "-F", "--depth=0")
			sameHistory(t, r, tip)
		})
	}
}

// What we do not read is read by git: from the beginning, or from where we came
// to a stop.
func TestTakeover(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(t *testing.T, f *fixture) string{
		"alternates": func(_ *testing.T, f *fixture) string {
			f.write("objects/info/alternates", f.dir+"/objects\n")
			return rev(f, "main")
		},
		"index of version 1": func(_ *testing.T, f *fixture) string {
			f.git(nil, "-c", "pack.indexVersion=1", "repack", "-adfq")
			return rev(f, "main")
		},
		"encoding": func(_ *testing.T, f *fixture) string {
			text := strings.Replace(f.git(nil, "cat-file", "commit", "main"), "\n\n", "\nencoding ISO-8859-1\n\n", 1)
			return f.hash("commit", strings.Replace(text, "author A", "author \xc4", 1))
		},
		"a long path midway": func(t *testing.T, f *fixture) string {
			t.Helper()
			long := f.commitTree(f.tree([2]string{"100644 " + strings.Repeat("x", 100_000), f.hash("blob", "1")}))
			return f.git(nil, "commit-tree", "-m", "m", "-p", "main", "-p", long, "main^{tree}")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := historyFixture(t)
			r := f.done()
			tip := spoil(t, f)
			n := &native{bounds: &r.bounds}
			if err := n.run(t.Context(), r, asking(t, r, tip), newTeller().tell); !errors.Is(err, pack.ErrOdd) {
				t.Fatalf("we read it ourselves: %v", err)
			}
			if strings.HasSuffix(name, "midway") != (n.done > 0) {
				t.Errorf("%d commits were given", n.done)
			}
			ours, gits := newTeller(), newTeller()
			if err := r.History(t.Context(), tip, "", ours.tell); err != nil {
				t.Fatal(err)
			}
			if err := r.log(t.Context(), asking(t, r, tip), gits.tell); err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(ours.each) != fmt.Sprint(gits.each) || r.Counts().Commits != int64(len(gits.each)) {
				t.Errorf("%q\ngit log has\n%q", ours.lines, gits.lines)
			}
		})
	}
}

// A tree that is missing is git's to tell of, and an error.
func TestNativeMissingTree(t *testing.T) {
	t.Parallel()
	f := historyFixture(t)
	r := f.done()
	tip, lost := rev(f, "main"), rev(f, "main~2^{tree}")
	f.loosen()
	f.remove("objects/" + lost[:2] + "/" + lost[2:])
	if err := r.History(t.Context(), tip, "", func(*Commit) error { return nil }); errkind.Of(err) != errkind.Corrupt {
		t.Errorf("%v, want kind corrupt", err)
	}
}
