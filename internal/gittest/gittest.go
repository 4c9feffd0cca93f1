package gittest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Ext is the extension of fixture files that [MakeTree] looks for.
const Ext = ".txtar"

// Make turns text into a bare git repository at dir, whose parent folders it
// makes where needed. It is an error when dir exists, when the text cannot be
// understood, and when git refuses it; then there may be a broken repository.
func Make(ctx context.Context, dir string, text []byte) error {
	h, err := parse(text)
	if err != nil {
		return fmt.Errorf("make repository %q: %w", dir, err)
	}
	if _, err := os.Lstat(dir); err == nil {
		return fmt.Errorf("make repository %q: it exists", dir)
	}
	if err := h.write(ctx, dir); err != nil {
		return fmt.Errorf("make repository %q: %w", dir, err)
	}
	return nil
}

// MakeTree makes a repository at tree/A/B/C.git of every file A/B/C.txtar of
// fixtures, in the order of their names, and returns their folders. That there
// is no fixture is an error: a test over nothing must not pass.
func MakeTree(ctx context.Context, tree string, fixtures fs.FS) ([]string, error) {
	var dirs []string
	err := fs.WalkDir(fixtures, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, Ext) {
			return err
		}
		text, err := fs.ReadFile(fixtures, path)
		if err != nil {
			return err
		}
		dir := filepath.Join(tree, filepath.FromSlash(strings.TrimSuffix(path, Ext))+".git")
		dirs = append(dirs, dir)
		return Make(ctx, dir, text)
	})
	if err == nil && len(dirs) == 0 {
		err = fmt.Errorf("no fixture (*%s)", Ext)
	}
	if err != nil {
		return nil, fmt.Errorf("make tree %q: %w", tree, err)
	}
	return dirs, nil
}

// write makes the repository.
func (h *history) write(ctx context.Context, dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	if err := git(ctx, nil, "init", "--quiet", "--bare", "--template=", "--object-format=sha1", "--", dir); err != nil {
		return err
	}
	if len(h.commits) > 0 {
		if err := git(ctx, h.stream(), "--git-dir="+dir, "fast-import", "--quiet"); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "HEAD"), []byte("ref: refs/heads/"+h.head+"\n"), 0o644)
}

// git runs git with nothing of the machine's configuration.
func git(ctx context.Context, stdin []byte, args ...string) error {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.DevNull, "LC_ALL=C", "TZ=UTC",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull,
	}
	cmd.Stdin = bytes.NewReader(stdin)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("git %s: %w: %s", args[0], err, bytes.TrimSpace(out))
	}
	return nil
}

// stream is the history in git's fast-import format.
func (h *history) stream() []byte {
	var b bytes.Buffer
	for _, c := range h.commits {
		c.write(&b)
	}
	for _, name := range h.order {
		if tip := h.branches[name]; tip != nil {
			fmt.Fprintf(&b, "reset refs/heads/%s\nfrom :%d\n\n", name, tip.mark)
		}
	}
	for _, t := range h.tags {
		if t.tagger.who == "" {
			fmt.Fprintf(&b, "reset refs/tags/%s\nfrom :%d\n\n", t.name, t.at.mark)
			continue
		}
		fmt.Fprintf(&b, "tag %s\nfrom :%d\ntagger %s\n", t.name, t.at.mark, t.tagger)
		data(&b, []byte(t.message))
	}
	return b.Bytes()
}

// write writes c. The ref is started afresh before each commit, so that its
// parent is what the fixture says and nothing else.
func (c *commit) write(b *bytes.Buffer) {
	fmt.Fprintf(b, "reset refs/heads/%s\n\ncommit refs/heads/%s\nmark :%d\nauthor %s\ncommitter %s\n",
		c.branch, c.branch, c.mark, c.author, c.committer)
	data(b, []byte(c.message))
	if c.parent != nil {
		fmt.Fprintf(b, "from :%d\n", c.parent.mark)
	}
	if c.other != nil {
		fmt.Fprintf(b, "merge :%d\n", c.other.mark)
	}
	for _, ch := range c.changes {
		ch.write(b)
	}
	b.WriteByte('\n')
}

func (ch *change) write(b *bytes.Buffer) {
	switch {
	case ch.deleted:
		fmt.Fprintf(b, "D %s\n", quote(ch.path))
	case ch.from != "":
		fmt.Fprintf(b, "R %s %s\n", quote(ch.from), quote(ch.path))
	case ch.file.mode == modeSubmodule:
		fmt.Fprintf(b, "M %s %s %s\n", ch.file.mode, ch.file.data, quote(ch.path))
	default:
		fmt.Fprintf(b, "M %s inline %s\n", ch.file.mode, quote(ch.path))
		data(b, ch.file.data)
	}
}

func data(b *bytes.Buffer, d []byte) {
	fmt.Fprintf(b, "data %d\n", len(d))
	b.Write(d)
	b.WriteByte('\n')
}

// quote writes a path as git quotes it: any byte may occur in one.
func quote(path string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(path) {
		if c == '"' || c == '\\' || c < ' ' || c >= 0x7f {
			fmt.Fprintf(&b, `\%03o`, c)
			continue
		}
		b.WriteByte(c)
	}
	b.WriteByte('"')
	return b.String()
}

// String is s as fast-import reads it.
func (s signature) String() string {
	return s.who + " " + strconv.FormatInt(s.when.Unix(), 10) + " " + s.when.Format("-0700")
}

func sorted(tree map[string]file) []string { return slices.Sorted(maps.Keys(tree)) }
