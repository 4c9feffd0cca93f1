package attack

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// A hostileFile stands where the program reads or writes one. Every case begins with
// a survey of the good repository.
type hostileFile struct {
	name string
	// lay lays the file out.
	lay func(b *box)
	// run is the command line, exit what it may end with.
	run  []string
	exit []int
	// says is what standard error must hold.
	says string
	// check looks at what is left; it may be nil.
	check func(b *box)
}

func TestFiles(t *testing.T) {
	t.Parallel()
	for _, h := range files {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			b := newBox(t)
			b.write("landscape.yml", landscape)
			plain(newMirror(t, b.in("tree/github.com/good/good.git")))
			if r := b.run(offline...); r.exit != 0 {
				t.Fatalf("survey exits %d: %s", r.exit, r.stderr)
			}
			if h.lay != nil {
				h.lay(b)
			}
			devices := deviceNames(t)
			r := b.run(h.run...)
			if !slices.Contains(h.exit, r.exit) {
				t.Errorf("exits %d, may be %v: %s", r.exit, h.exit, r.stderr)
			}
			if !strings.Contains(r.stderr, h.says) {
				t.Errorf("does not say %q: %s", h.says, r.stderr)
			}
			if h.check != nil {
				h.check(b)
			}
			for name := range deviceNames(t) {
				if _, ok := devices[name]; !ok {
					t.Errorf("%s is new", name)
				}
			}
		})
	}
}

// deviceNames are the names in the folder of devices.
func deviceNames(t *testing.T) map[string]bool {
	t.Helper()
	entries, err := os.ReadDir("/dev")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, e := range entries {
		names["/dev/"+e.Name()] = true
	}
	return names
}

// What a command that refuses its input may exit with: never 0, and never 1, which
// is for a bug.
var refused = []int{2, 3, 4, 5, 6}

// files is the catalogue of hostile files.
var files = append(readFiles(), []hostileFile{
	{
		name: "a report on a device that is full", run: words("report -o /dev/full"), exit: []int{4},
		check: func(b *box) { b.isOf("/dev/full", fs.ModeCharDevice) },
	},
	{
		name: "a report on a device", run: words("report -o /dev/null"), exit: []int{0},
		check: func(b *box) { b.isOf("/dev/null", fs.ModeCharDevice) },
	},
	{
		name: "a report on a link", exit: []int{0}, run: words("report -o $OUT/link"),
		lay: func(b *box) {
			b.must(os.WriteFile(b.out("file"), []byte("old"), 0o600))
			b.must(os.Symlink("file", b.out("link")))
		},
		check: func(b *box) {
			b.isOf(b.out("link"), fs.ModeSymlink)
			b.hasMode(b.out("file"), 0o600)
		},
	},
	{
		name: "a report on a link to nothing", exit: []int{0}, run: words("report -o $OUT/link"),
		lay:   func(b *box) { b.must(os.Symlink("file", b.out("link"))) },
		check: func(b *box) { b.isOf(b.out("link"), fs.ModeSymlink); b.hasMode(b.out("file"), 0o644) },
	},
	{
		name: "a report on a private file", exit: []int{0}, run: words("report -o $OUT/file"),
		lay:   func(b *box) { b.must(os.WriteFile(b.out("file"), []byte("old"), 0o600)) },
		check: func(b *box) { b.hasMode(b.out("file"), 0o600) },
	},
	{
		name: "a report on a pipe that somebody reads", exit: []int{0}, run: words("report -o $OUT/pipe"),
		lay: func(b *box) {
			b.must(syscall.Mkfifo(b.out("pipe"), 0o600))
			go func() { _, _ = os.ReadFile(b.out("pipe")) }()
		},
		check: func(b *box) { b.isOf(b.out("pipe"), fs.ModeNamedPipe) },
	},
	{
		name: "a report on the store", exit: refused, run: words("report -o $OUT/facts.db"), says: "a file that the command reads",
		check: readable,
	},
	{
		name: "a landscape that lists nothing any more", exit: refused, run: offline, says: "lists no project",
		lay:   func(b *box) { b.write("landscape.yml", "landscape: []\n") },
		check: readable,
	},
	{
		name: "a report on a folder", exit: refused, run: words("report -o $OUT"),
	},
	{
		name: "a store that is a device", exit: refused, run: words("list --store /dev/null"), says: "/dev/null",
	},
	{
		name: "a survey into a device", exit: refused, says: "/dev/null",
		run: append(words("survey --store /dev/null"), offline[1:]...),
	},
	{
		name: "a store that is a folder", exit: refused, run: words("list --store $OUT"),
	},
	{
		name: "a store that is a pipe", exit: refused, run: words("list --store $OUT/pipe"),
		lay: func(b *box) { b.must(syscall.Mkfifo(b.out("pipe"), 0o600)) },
	},
	{
		name: "a store with a control character in its path", exit: []int{1}, run: []string{"list", "--store", "$OUT/\x1b[31mred/facts.db"},
	},
	{
		name: "a store that is text", exit: refused, run: words("list --store landscape.yml"),
	},
	{
		name: "a configuration with a control character in its path", exit: refused, run: []string{"list", "--config", "\x1b[31mred.yaml"},
	},
	{
		name: "a store in a folder that is read-only", exit: []int{0}, run: words("list"),
		lay: func(b *box) {
			b.must(os.Chmod(b.out("facts.db"), 0o400))
			b.must(os.Chmod(b.out(), 0o555))
			b.t.Cleanup(func() { _ = os.Chmod(b.out(), 0o755) })
		},
	},
	{
		name: "configuration of another that names a place to write", exit: refused, run: words("list"), says: "store",
		lay: func(b *box) { b.write("assay.yaml", "store: /tmp/elsewhere.db\n") },
	},
	{
		name: "a YAML of aliases", exit: refused, run: words("list --config laughs.yaml"),
		lay: func(b *box) { b.write("laughs.yaml", laughs()) },
	},
	{
		name: "a landscape of aliases", exit: refused, run: append(words("survey --landscape laughs.yaml"), offline[3:]...),
		lay: func(b *box) { b.write("laughs.yaml", laughs()) },
	},
}...)

// words are the words of a command line.
func words(line string) []string { return strings.Fields(line) }

// laughs is a small YAML file whose aliases unfold to a billion words.
func laughs() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n")
	for i := range 12 {
		n, m := string(rune('a'+i+1)), string(rune('a'+i))
		if i == 0 {
			m = "a0"
		}
		b.WriteString(n + "x: &" + n + "x [" + strings.TrimSuffix(strings.Repeat("*"+last(m)+", ", 10), ", ") + "]\n")
	}
	return b.String()
}

func last(name string) string {
	if name == "a0" {
		return name
	}
	return name + "x"
}

// readFiles are the cases of every file that the program reads, where it is no
// file to be read whole.
func readFiles() []hostileFile {
	readers := map[string][]string{
		"assay.yaml":     words("list"),
		"config.yaml":    words("list --config config.yaml"),
		"landscape.yaml": append(words("survey --landscape landscape.yaml"), offline[3:]...),
		"clomonitor.yml": append(append([]string{}, offline...), "--clomonitor", "clomonitor.yml"),
		"devstats.yml":   append(append([]string{}, offline...), "--devstats", "devstats.yml"),
		"people.txt":     words("list --affiliations people.txt"),
		"rules.yaml":     words("list --health-rules rules.yaml"),
		"mine.tmpl":      words("report --template mine.tmpl -o $OUT/report.md"),
		"report.md":      words("verify report.md"),
	}
	var all []hostileFile
	for name, run := range readers {
		for kind, lay := range map[string]func(string) func(*mirror){
			"a device": device,
			"5 GB":     func(n string) func(*mirror) { return sparse(n, 5<<30) },
			"a pipe":   pipe,
			"a folder": func(n string) func(*mirror) { return func(m *mirror) { m.must(os.MkdirAll(m.path(n), 0o755)) } },
		} {
			if kind == "a folder" && name == "landscape.yaml" {
				continue // a git repository is a folder
			}
			change := lay(name)
			all = append(all, hostileFile{
				name: name + " that is " + kind, run: run, exit: refused, says: name,
				lay: func(b *box) { change(&mirror{t: b.t, dir: b.in()}) },
			})
		}
	}
	return all
}

// isOf complains where the file is not of a type.
func (b *box) isOf(path string, kind fs.FileMode) {
	b.t.Helper()
	info, err := os.Lstat(path)
	b.must(err)
	if info.Mode()&kind == 0 {
		b.t.Errorf("%s is %s", filepath.Base(path), info.Mode())
	}
}

// hasMode complains where a file is not regular, empty, or of another mode.
func (b *box) hasMode(path string, mode fs.FileMode) {
	b.t.Helper()
	info, err := os.Lstat(path)
	b.must(err)
	if info.Mode() != mode || info.Size() < 100 {
		b.t.Errorf("%s is %s, %d bytes", filepath.Base(path), info.Mode(), info.Size())
	}
}

// readable makes sure that the survey of before is there.
func readable(b *box) {
	b.t.Helper()
	if r := b.run("list", "--all"); r.exit != 0 || !strings.Contains(r.stdout, "Good") {
		b.t.Errorf("list exits %d: %s%s", r.exit, r.stdout, r.stderr)
	}
}
