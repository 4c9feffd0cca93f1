package attack

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// A hostile repository stands beside a good one in a landscape of two projects.
// Whatever it does, the good one is read, and equal surveys are the same bytes.
type hostile struct {
	name string
	make func(m *mirror)
	// outcome is the failure that the survey may tell of it: "" is none.
	outcome []string
	// what the export must hold of it, and must not.
	says, never []string
}

// Outcomes that are told of repositories.
var (
	isRead    = []string{""}
	isCorrupt = []string{"corrupt"}
	isLimit   = []string{"limit"}
)

const landscape = `landscape:
  - category:
    name: Runtime
    subcategories:
      - subcategory:
        name: Runtime
        items:
          - item:
            name: Good
            homepage_url: https://good.example
            repo_url: https://github.com/good/good
            project: graduated
          - item:
            name: Evil
            homepage_url: https://evil.example
            repo_url: https://github.com/evil/evil
            project: sandbox
`

// offline is the command line of a survey of the mirrors in In.
var offline = []string{
	"survey", "--landscape", "landscape.yml", "--mirror-from", "tree", "--offline", "--as-of", "2025-12-10",
	"--clomonitor", "off", "--devstats", "off",
}

// lay lays out the landscape with the good repository and the hostile one.
func (h *hostile) lay(b *box) {
	b.t.Helper()
	b.write("landscape.yml", landscape)
	plain(newMirror(b.t, b.in("tree/github.com/good/good.git")))
	h.make(newMirror(b.t, b.in("tree/github.com/evil/evil.git")))
}

func TestRepositories(t *testing.T) {
	t.Parallel()
	for _, h := range repositories {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			b := newBox(t)
			h.lay(b)
			first := h.survey(b, "first.db")
			if again := h.survey(b, "second.db"); again != first {
				t.Errorf("equal surveys differ:\n%s\n%s", first, again)
			}
			h.check(b, first)
		})
	}
}

// survey surveys into a store and gives its export.
func (h *hostile) survey(b *box, store string) string {
	b.t.Helper()
	if r := b.run(append(slices.Clone(offline), "--store", "$OUT/"+store)...); r.exit != 0 && r.exit != 3 {
		b.t.Fatalf("survey exits %d: %s", r.exit, r.stderr)
	}
	r := b.run("export", "--store", "$OUT/"+store)
	if r.exit != 0 {
		b.t.Fatalf("export exits %d: %s", r.exit, r.stderr)
	}
	return r.stdout
}

// An outcome is what a survey says of one repository.
type outcome struct{ Repo, Failure, Why string }

// check holds an export against what the row allows.
func (h *hostile) check(b *box, export string) {
	b.t.Helper()
	outcomes := map[string]outcome{}
	for _, o := range outcomesOf(b.t, export) {
		outcomes[o.Repo] = o
	}
	if o, ok := outcomes["github.com/good/good"]; !ok || o.Failure != "" {
		b.t.Errorf("the good repository: %+v", o)
	}
	if o, ok := outcomes["github.com/evil/evil"]; !ok || !slices.Contains(h.outcome, o.Failure) {
		b.t.Errorf("the hostile repository: %+v, may be %q", o, h.outcome)
	}
	for _, text := range h.says {
		if !strings.Contains(export, text) {
			b.t.Errorf("the export does not say %q:\n%s", text, export)
		}
	}
	for _, text := range append(slices.Clone(h.never), b.dir, "signal: killed") {
		if strings.Contains(export, text) {
			b.t.Errorf("the export says %q", text)
		}
	}
}

// outcomesOf takes the outcomes out of the lines of an export.
func outcomesOf(t *testing.T, export string) []outcome {
	t.Helper()
	for line := range strings.Lines(export) {
		var row struct {
			Survey *struct{ Outcomes []outcome }
		}
		if err := json.Unmarshal([]byte(line), &row); err == nil && row.Survey != nil {
			return row.Survey.Outcomes
		}
	}
	t.Fatalf("no survey in the export: %.500s", export)
	return nil
}

// repositories is the catalogue of hostile repositories.
var repositories = slices.Concat(bombs, oddFiles, oddTrees, oddDates, oddGraphs)

// bombs are small and unfold to much.
var bombs = []hostile{
	{name: "10^10 files", outcome: isLimit, make: func(m *mirror) { m.main(m.commit(bomb(m), recent)) }},
	{name: "10^10 files in an old commit", outcome: []string{"", "limit"}, make: func(m *mirror) {
		old := m.commit(bomb(m), past)
		m.main(m.commit(m.tree(entry{"100644", "main.rs", m.blob("fn main() {}\n")}), recent, old))
	}},
	{name: "a million empty folders in an old commit", outcome: []string{"", "limit"}, make: func(m *mirror) {
		empty := m.tree()
		old := m.commit(m.tree(many("40000", empty, 1_000_000)...), past)
		m.main(m.commit(m.tree(entry{"100644", "main.rs", m.blob("fn main() {}\n")}), recent, old))
	}},
	{name: "990,000 names of one blob", outcome: []string{"", "limit"}, make: func(m *mirror) {
		m.main(m.commit(m.tree(many("100644", m.blob("fn main() {}\n"), 990_000)...), recent))
	}},
	{name: "folders 100,000 deep", outcome: []string{"", "limit", "corrupt"}, make: func(m *mirror) {
		at := m.tree(entry{"100644", "a.rs", m.blob("fn a() {}\n")})
		for range 3000 {
			at = m.tree(entry{"40000", strings.Repeat("d", 200), at})
		}
		m.main(m.commit(at, recent))
	}},
	{name: "a blob of 2 GB in 2 MB", outcome: isRead, make: func(m *mirror) {
		m.main(m.commit(m.tree(entry{"100644", "big.rs", m.zeros(2 << 30)}), recent))
	}},
}

// bomb is a tree ten levels deep with ten entries a level.
func bomb(m *mirror) string {
	m.t.Helper()
	at, mode := m.blob("fn main() {}\n"), "100644"
	for range 10 {
		at, mode = m.tree(many(mode, at, 10)...), "40000"
	}
	return at
}

// many is n entries of one object.
func many(mode, oid string, n int) []entry {
	all := make([]entry, n)
	for i := range all {
		all[i] = entry{mode, fmt.Sprintf("n%08d.rs", i), oid}
	}
	return all
}

// oddFiles have, where a file of git's should be, something else.
var oddFiles = []hostile{
	odd("a ref that is a device", isCorrupt, device("refs/heads/evil")),
	odd("a ref of 3 GB", isLimit, sparse("refs/heads/evil", 3<<30)),
	odd("a ref that is a pipe", isCorrupt, pipe("refs/heads/evil")),
	odd("packed refs that are a device", []string{"", "corrupt", "limit"}, device("packed-refs")),
	odd("packed refs that are a pipe", []string{"", "corrupt", "limit"}, pipe("packed-refs")),
	odd("packed refs of 3 GB", []string{"", "corrupt", "limit"}, sparse("packed-refs", 3<<30)),
	odd("a head that is a device", []string{"", "corrupt", "limit", "absent"}, device("HEAD")),
	odd("a head that is a pipe", []string{"", "corrupt", "limit", "absent"}, pipe("HEAD")),
	odd("a configuration that is a device", []string{"", "corrupt", "limit"}, device("config")),
	odd("a configuration that is a pipe", []string{"", "corrupt", "limit"}, pipe("config")),
	odd("alternates that are a device", []string{"", "corrupt", "limit"}, device("objects/info/alternates")),
	odd("alternates that are a pipe", []string{"", "corrupt", "limit"}, pipe("objects/info/alternates")),
	odd("alternates that lead to themselves", isRead, file("objects/info/alternates", "../objects\n")),
	odd("a shallow file that is a device", []string{"", "corrupt", "limit"}, device("shallow")),
	odd("a shallow file that is a pipe", []string{"", "corrupt", "limit"}, pipe("shallow")),
	odd("a pack that is a device", []string{"", "corrupt", "limit"}, device("objects/pack/pack-"+strings.Repeat("0", 40)+".idx")),
	odd("a pack that is a pipe", []string{"", "corrupt", "limit"}, pipe("objects/pack/pack-"+strings.Repeat("0", 40)+".idx")),
	odd("a commit that is a pipe", isCorrupt, func(m *mirror) {
		tip := m.commit(m.tree(entry{"100644", "a.rs", m.blob("fn a() {}\n")}), recent)
		m.main(tip)
		pipe("objects/" + tip[:2] + "/" + tip[2:])(m)
	}),
	odd("a commit-graph that is a pipe", []string{"", "corrupt", "limit"}, pipe("objects/info/commit-graph")),
	odd("an observation that is a device", isRead, device("assay-observed")),
	odd("an observation that is a pipe", isRead, pipe("assay-observed")),
}

// oddTrees have names that git never writes, so that a file counts more than once or lies
// where none can.
var oddTrees = []hostile{
	forged("a file that is named 1,000 times", "main.rs", 1000),
	forged("a file above the tree", "../main.rs", 1),
	forged("a file at a root", "/main.rs", 1),
	forged("a file that is the folder", ".", 1),
}

// forged is a tree with an entry of that name so many times.
func forged(name, entryName string, times int) hostile {
	return hostile{name: name, outcome: isCorrupt, never: []string{"13000"}, make: func(m *mirror) {
		evil := entry{"100644", entryName, m.blob("fn main() {}\n")}
		entries := slices.Repeat([]entry{evil}, times)
		m.main(m.commit(m.tree(append(entries, entry{"100644", "z.py", m.blob("pass\n")})...), recent))
	}}
}

// odd is an ordinary repository with something odd done to it.
func odd(name string, outcome []string, change func(m *mirror)) hostile {
	return hostile{name: name, outcome: outcome, make: func(m *mirror) { plain(m); change(m) }}
}

func file(name, text string) func(*mirror) { return func(m *mirror) { m.write(name, text) } }

func device(name string) func(*mirror) {
	return func(m *mirror) {
		_ = os.Remove(m.path(name))
		m.must(os.Symlink("/dev/zero", m.path(name)))
	}
}

func sparse(name string, size int64) func(*mirror) {
	return func(m *mirror) {
		m.write(name, "")
		m.must(os.Truncate(m.path(name), size))
	}
}

func pipe(name string) func(*mirror) {
	return func(m *mirror) {
		_ = os.Remove(m.path(name))
		m.must(syscall.Mkfifo(m.path(name), 0o644))
	}
}

// oddDates have, in the middle of an ordinary history, a commit whose date is none,
// or impossible.
var oddDates = func() []hostile {
	var all []hostile
	for name, when := range map[string]string{
		"negative": " -1500000000 +0000", "empty": "", "textual": " yesterday", "without a zone": " 1700000000",
		"20 digits": " 99999999999999999999 +0000", "an odd zone": " 1700000000 +9999999999", "a zone of letters": " 1700000000 UTC",
		"year 9999": " 253402214400 +0000", "year 2106": " 4294967295 +0000", "zero": " 0 +0000",
	} {
		all = append(all, dated("a date that is "+name, "author "+person+when+"\ncommitter "+person+when+"\n"))
	}
	all = append(all,
		dated("no committer", "author "+person+" 1700000000 +0000\n"),
		dated("no author", "committer "+person+" 1700000000 +0000\n"),
		dated("no person", "author  1700000000 +0000\ncommitter  1700000000 +0000\n"),
		dated("two authors", strings.Repeat("author "+person+" 1700000000 +0000\n", 2)+"committer "+person+" 1700000000 +0000\n"),
		dated("a NUL in a name", "author A\x00B <x> 1700000000 +0000\ncommitter A\x00B <x> 1700000000 +0000\n"),
	)
	slices.SortFunc(all, func(a, b hostile) int { return strings.Compare(a.name, b.name) })
	return all
}()

// dated is a history of four commits, the third of which has these lines.
func dated(name, lines string) hostile {
	return hostile{name: name, outcome: isRead, never: []string{"9999-", "2106-"}, make: func(m *mirror) {
		tree := func(text string) string { return m.tree(entry{"100644", "main.rs", m.blob(text)}) }
		first := m.commit(tree("fn a() {}\n"), past)
		second := m.commit(tree("fn b() {}\n"), "1600000000 +0000", first)
		third := m.raw(tree("fn c() {}\n"), lines, second)
		m.main(m.commit(tree("fn d() {}\n"), recent, third))
	}}
}

// oddGraphs say of the history what it is not.
var oddGraphs = []hostile{
	{name: "a commit that is its own ancestor's child by a graft", outcome: isRead, make: func(m *mirror) {
		plain(m)
		m.write("info/grafts", strings.Repeat("0", 40)+" "+strings.Repeat("1", 40)+"\n")
	}},
	{name: "a parent that is missing", outcome: []string{"", "corrupt"}, make: func(m *mirror) {
		tree := m.tree(entry{"100644", "main.rs", m.blob("fn main() {}\n")})
		m.main(m.commit(tree, recent, strings.Repeat("1", 40)))
	}},
	{name: "a tag of a tag, 5,000 times", outcome: isRead, make: func(m *mirror) {
		plain(m)
		tip, err := os.ReadFile(m.path("refs/heads/main"))
		m.must(err)
		at, kind := strings.TrimSpace(string(tip)), "commit"
		for i := range 5000 {
			at = m.object("tag", fmt.Appendf(nil, "object %s\ntype %s\ntag v1.0.%d\ntagger %s %s\n\nx\n", at, kind, i, person, recent))
			kind = "tag"
		}
		m.write("refs/tags/v1.0.0", at+"\n")
	}},
	{name: "20,000 refs of one commit", outcome: isRead, make: func(m *mirror) {
		plain(m)
		tip, err := os.ReadFile(m.path("refs/heads/main"))
		m.must(err)
		var b strings.Builder
		for i := range 20_000 {
			fmt.Fprintf(&b, "%s refs/tags/v1.%05d.0\n", strings.TrimSpace(string(tip)), i)
		}
		m.write("packed-refs", b.String())
	}},
}

// zeros stores a blob of size zero bytes, without holding it.
func (m *mirror) zeros(size int64) string {
	m.t.Helper()
	oid, file := zeroBlob(m.t, size)
	to := m.path(filepath.Join("objects", oid[:2], oid[2:]))
	m.must(os.MkdirAll(filepath.Dir(to), 0o755))
	m.must(os.Rename(file, to))
	return oid
}
