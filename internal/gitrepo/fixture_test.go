package gitrepo

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A fixture is a bare repository under construction: commits are gathered as a
// stream for git fast-import and made by one process.
type fixture struct {
	t      *testing.T
	dir    string
	format string // of objects: "", "sha256"
	stream bytes.Buffer
	marks  int
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	return &fixture{t: t, dir: filepath.Join(t.TempDir(), "repo.git")}
}

// commit adds a commit to ref. when is the committer date, or "committer
// author" where the two differ; RFC 3339. The first parent and the merged ones
// are marks as commit returns them; none makes a root. files are pairs of path
// and content; a first path "-" starts from an empty tree.
func (f *fixture) commit(ref, when string, parents []int, files ...string) int {
	f.t.Helper()
	f.marks++
	committer, author, _ := strings.Cut(when, " ")
	if author == "" {
		author = committer
	}
	s := &f.stream
	fmt.Fprintf(s, "reset %s\n\ncommit %s\nmark :%d\n", ref, ref, f.marks)
	fmt.Fprintf(s, "author A <a@example.org> %s\ncommitter A <a@example.org> %s\ndata 1\nm\n", f.when(author), f.when(committer))
	for i, p := range parents {
		fmt.Fprintf(s, "%s :%d\n", []string{"from", "merge"}[min(i, 1)], p)
	}
	for i := 0; i+1 < len(files); i += 2 {
		fmt.Fprintf(s, "M 100644 inline %s\ndata %d\n%s\n", quotePath(files[i]), len(files[i+1]), files[i+1])
	}
	s.WriteByte('\n')
	return f.marks
}

// when is a time as git writes it: seconds and offset.
func (f *fixture) when(text string) string {
	f.t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		f.t.Fatal(err)
	}
	return fmt.Sprintf("%d %s", at.Unix(), at.Format("-0700"))
}

// point makes a ref, such as a tag, that leads to the commit of a mark.
func (f *fixture) point(ref string, mark int) {
	fmt.Fprintf(&f.stream, "reset %s\nfrom :%d\n\n", ref, mark)
}

// annotate makes an annotated tag.
func (f *fixture) annotate(tag string, mark int, when string) {
	fmt.Fprintf(&f.stream, "tag %s\nfrom :%d\ntagger A <a@example.org> %s\ndata 1\nt\n", tag, mark, f.when(when))
}

// done makes the repository and opens it. HEAD points at main.
func (f *fixture) done() *Repo {
	f.t.Helper()
	args := []string{"init", "--quiet", "--bare", "--template=", "-b", "main", f.dir}
	if f.format != "" {
		args = append(args, "--object-format="+f.format)
	}
	f.run(nil, args...)
	f.git(&f.stream, "fast-import", "--quiet", "--force")
	return f.open()
}

func (f *fixture) open() *Repo {
	f.t.Helper()
	r, err := Open(f.dir, "example.org/owner/repo")
	if err != nil {
		f.t.Fatal(err)
	}
	return r
}

// git runs git in the repository and returns what it says.
func (f *fixture) git(stdin *bytes.Buffer, args ...string) string {
	f.t.Helper()
	return f.run(stdin, append([]string{"--git-dir=" + f.dir}, args...)...)
}

func (f *fixture) run(stdin *bytes.Buffer, args ...string) string {
	f.t.Helper()
	cmd := exec.CommandContext(f.t.Context(), "git", args...)
	cmd.Env = append(environment(noProtocol),
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_AUTHOR_DATE=2024-03-01T12:00:00Z",
		"GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org", "GIT_COMMITTER_DATE=2024-03-01T12:00:00Z")
	if stdin != nil {
		cmd.Stdin = stdin
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		f.t.Fatalf("git %v: %v\n%s", args, err, &stderr)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// hash writes an object and returns its name.
func (f *fixture) hash(kind, content string) string {
	f.t.Helper()
	return f.git(bytes.NewBufferString(content), "hash-object", "-w", "--literally", "-t", kind, "--stdin")
}

// tree writes a tree, which may be one that git itself would never make. Each
// row is "<mode> <name>" and the object's name in hex.
func (f *fixture) tree(rows ...[2]string) string {
	f.t.Helper()
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(row[0] + "\x00")
		for i := 0; i < len(row[1]); i += 2 {
			var c byte
			if _, err := fmt.Sscanf(row[1][i:i+2], "%02x", &c); err != nil {
				f.t.Fatal(err)
			}
			b.WriteByte(c)
		}
	}
	return f.hash("tree", b.String())
}

// commitTree writes a commit of a tree and returns its name.
func (f *fixture) commitTree(tree string) string {
	f.t.Helper()
	return f.git(nil, "commit-tree", "-m", "m", tree)
}

// loosen makes loose objects of all packed ones, so that each is a file.
func (f *fixture) loosen() {
	f.t.Helper()
	packs, err := filepath.Glob(filepath.Join(f.dir, "objects/pack/*.pack"))
	if err != nil {
		f.t.Fatal(err)
	}
	for _, p := range packs {
		data, err := os.ReadFile(p)
		if err != nil {
			f.t.Fatal(err)
		}
		for _, name := range []string{p, strings.TrimSuffix(p, ".pack") + ".idx"} {
			if err := os.Remove(name); err != nil {
				f.t.Fatal(err)
			}
		}
		f.git(bytes.NewBuffer(data), "unpack-objects", "-q")
	}
}

// object is the file of a loose object.
func (f *fixture) object(oid string) string {
	return filepath.Join(f.dir, "objects", oid[:2], oid[2:])
}

// write puts a file into the git directory, and makes its folders.
func (f *fixture) write(name, content string) {
	f.t.Helper()
	path := filepath.Join(f.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		f.t.Fatal(err)
	}
	_ = os.Remove(path) // objects are read-only
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) remove(name string) {
	f.t.Helper()
	if err := os.RemoveAll(filepath.Join(f.dir, name)); err != nil {
		f.t.Fatal(err)
	}
}

// quotePath writes a path as fast-import reads it.
func quotePath(path string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(path) {
		if c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			fmt.Fprintf(&b, `\%03o`, c)
			continue
		}
		b.WriteByte(c)
	}
	b.WriteByte('"')
	return b.String()
}
