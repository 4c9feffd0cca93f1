package gitrepo

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// A Remote is a repository that git reads through a transport.
type Remote struct {
	// URL has the scheme https, http, ssh, git or file. It holds no password.
	URL string
	// Token, when not empty, is sent to URL's host and, when that redirects, to
	// no other; over https only. It reaches git in the environment, never on a
	// command line or in a stored file.
	Token string
}

// Clone makes a bare repository at dir, which must not exist or be empty, with
// all branches and tags of the remote, and its HEAD. Other refs, such as the
// pull requests that hosts keep, are left out. An empty remote gives an empty
// repository.
//
// MovedTo is the address the host redirected to, as it gave it, or "". When
// Clone fails, what it left at dir is of no use. Kinds of error: Usage (the
// address), Auth (refused, or asked for a password, which many hosts do for what
// they do not have), Gone (the host has none to show us), Absent (nothing at a
// local path), Network, Limit (disk full), Corrupt, Canceled.
func Clone(ctx context.Context, from Remote, dir string) (movedTo string, err error) {
	if err := from.validate(); err != nil {
		return "", err
	}
	got, err := transport(ctx, from, "", filepath.Dir(dir), "clone", "--bare", "--template=", "--no-local", "--", from.URL, dir)
	return got.movedTo, err
}

// Fetch brings the bare repository dir up to date with the remote: branches,
// tags and HEAD. What the remote no longer has is pruned, unless the remote has
// become empty: then everything is kept. MovedTo and errors are as for [Clone].
// When Fetch fails, dir is still a sound repository, with some refs older than
// others at worst.
func Fetch(ctx context.Context, dir string, from Remote) (movedTo string, err error) {
	if err := from.validate(); err != nil {
		return "", err
	}
	got, err := transport(ctx, from, dir, dir, "ls-remote", "--symref", "--", from.URL, "HEAD")
	if err != nil {
		return "", err
	}
	args := []string{"fetch", "--quiet", "--force", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules"}
	if got.out != "" {
		args = append(args, "--prune")
	}
	args = append(args, "--", from.URL, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
	if _, err := transport(ctx, from, dir, dir, args...); err != nil {
		return "", err
	}
	return got.movedTo, setHead(ctx, dir, got.out)
}

// setHead points HEAD of dir at the default branch told by lsRemote, when it
// tells one that dir has.
func setHead(ctx context.Context, dir, lsRemote string) error {
	for line := range strings.Lines(lsRemote) {
		ref, name, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "ref: "), "\t")
		if name != "HEAD" || !strings.HasPrefix(ref, "refs/heads/") {
			continue
		}
		if _, err := output(ctx, dir, limit.GitAnswer, "show-ref", "--verify", "--quiet", "--", ref); err != nil {
			return ctx.Err()
		}
		_, err := output(ctx, dir, limit.GitAnswer, "symbolic-ref", "HEAD", ref)
		return err
	}
	return nil
}

// validate refuses addresses that git could take for something else than the
// address of a repository.
func (r Remote) validate() error {
	u, err := url.Parse(r.URL)
	if err != nil {
		return errkind.Errorf(errkind.Usage, "%q is not a repository address", r.URL)
	}
	password, hasPassword := u.User.Password()
	local := u.Scheme == "file"
	switch {
	case hasPassword:
		return errkind.Errorf(errkind.Usage, "%q: a repository address may hold no password",
			strings.ReplaceAll(u.Redacted(), password, "xxxxx"))
	case !slices.Contains([]string{"https", "http", "ssh", "git", "file"}, u.Scheme):
		return errkind.Errorf(errkind.Usage, "%q: scheme %q is not one a repository is read by", r.URL, u.Scheme)
	case local != (u.Host == ""), u.Opaque != "", strings.Trim(u.Path, "/") == "":
		return errkind.Errorf(errkind.Usage, "%q is not a repository address: host or path is missing", r.URL)
	case strings.HasPrefix(u.Host, "-"), strings.HasPrefix(u.User.Username(), "-"), strings.ContainsFunc(u.Path, isControl):
		return errkind.Errorf(errkind.Usage, "%q is not a plain repository address", r.URL)
	case strings.ContainsFunc(r.Token, isControl):
		return errkind.Errorf(errkind.Usage, "the token for %s holds a control character", u.Host)
	}
	return nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// transportHardening is added to hardening when git may use a transport.
// Automatic maintenance stays off because it would throw away the history that
// a forced push replaced, and facts are about commits of the past.
var transportHardening = []string{
	"-c", "gc.auto=0",
	"-c", "maintenance.auto=false",
	"-c", "credential.helper=",
	"-c", "core.askPass=",
	"-c", "submodule.recurse=false",
	"-c", "fetch.recurseSubmodules=false",
	"-c", "fetch.unpackLimit=1",
	"-c", "http.followRedirects=initial",
	"-c", "http.lowSpeedLimit=1000",
	"-c", "http.lowSpeedTime=60",
	"-c", "init.defaultBranch=main",
}

// inherited are the variables that a transport needs of ours: proxies,
// certificates and the ssh agent.
var inherited = []string{
	"HOME", "USER", "LOGNAME", "TMPDIR", "SSH_AUTH_SOCK",
	"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
	"SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
}

// environment is what git sees when it reads from r, with work as its folder.
func (r Remote) environment(work string) []string {
	env := environment("https:http:ssh:git:file")
	for _, name := range inherited {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	env = append(env,
		"GIT_SSH_COMMAND=ssh -oBatchMode=yes -oConnectTimeout=30",
		"GIT_CEILING_DIRECTORIES="+filepath.Dir(work))
	return env
}

// authorised is the configuration of git, and of its environment, by which it
// shows the token with every request. Nothing where there is none to show.
func (r Remote) authorised() (config, env []string) {
	host := r.tokenHost()
	if host == "" {
		return nil, nil
	}
	secret := base64.StdEncoding.EncodeToString([]byte("x-access-token:" + r.Token))
	return []string{"-c", "http.followRedirects=false"}, []string{
		"GIT_CONFIG_COUNT=1",
		"GIT_CONFIG_KEY_0=http.https://" + host + "/.extraHeader",
		"GIT_CONFIG_VALUE_0=Authorization: Basic " + secret,
	}
}

// tokenHost is the host that the token is for; "" when none is to be shown.
func (r Remote) tokenHost() string {
	u, err := url.Parse(r.URL)
	if r.Token == "" || err != nil || u.Scheme != "https" {
		return ""
	}
	return u.Host
}

// transport runs a git command that speaks with from, on the git directory dir
// ("" for none), in the folder work. Its arguments name from by its URL.
//
// Git would show the token to a host that it is redirected to as well. Where
// there is one it therefore follows no redirect; the command is run again with
// the address that it was sent to, and without the token when that is of
// another host.
func transport(ctx context.Context, from Remote, dir, work string, args ...string) (answer, error) {
	config, env := from.authorised()
	a, err := from.speak(ctx, dir, work, env, append(config, args...))
	if err == nil || !a.redirected || env == nil {
		return a, err
	}
	to, err := from.follow(ctx, work)
	if err != nil {
		return a, err
	}
	args = slices.Clone(args)
	for i := range args {
		if args[i] == from.URL {
			args[i] = to.URL
		}
	}
	config, env = to.authorised()
	a, err = to.speak(ctx, dir, work, env, append(config, args...))
	a.movedTo = to.URL
	return a, err
}

// follow is the remote that r redirects to. A listing of refs by the first
// version of the protocol is one request: it is redirected by curl, which keeps
// a header of ours to the host that it is for, and git itself asks nothing more.
func (r Remote) follow(ctx context.Context, work string) (Remote, error) {
	_, env := r.authorised()
	a, err := r.speak(ctx, "", work, env, []string{"-c", "protocol.version=0", "ls-remote", "--", r.URL, "HEAD"})
	if err != nil {
		return Remote{}, err
	}
	to := Remote{URL: a.movedTo, Token: r.Token}
	if err := to.validate(); err != nil {
		return Remote{}, err
	}
	if to.tokenHost() != r.tokenHost() {
		to.Token = ""
	}
	return to, nil
}

// speak runs git with the configuration and command that args are, and with env
// beside what it sees of ours.
func (r Remote) speak(ctx context.Context, dir, work string, env, args []string) (answer, error) {
	cmd := command(ctx, dir, slices.Concat(transportHardening, args)...)
	cmd.Dir = work
	cmd.Env = append(r.environment(work), env...)
	// Asked to end, git removes its lock and temporary files. What is still
	// there killDelay later, and whatever git leaves behind, is killed.
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	out := &boundedBuffer{limit: limit.GitAnswer}
	said := &stderrLines{}
	cmd.Stdout, cmd.Stderr = out, said
	err := cmd.Run()
	said.end(string(said.line))
	if cmd.Process != nil && ctx.Err() != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	a := answer{out: out.buf.String(), movedTo: said.movedTo, redirected: said.redirected()}
	if err != nil {
		return a, transportError(ctx, r, subcommand(args), err, said)
	}
	return a, nil
}

// subcommand is the command of git in args, behind its configuration.
func subcommand(args []string) string {
	for len(args) > 2 && args[0] == "-c" {
		args = args[2:]
	}
	return args[0]
}

// An answer is what a transport command printed, where it was sent, and whether
// it failed because it was to go nowhere.
type answer struct {
	out, movedTo string
	redirected   bool
}

// transportError makes an error of a failed transport command, of the kind
// that git's words tell.
func transportError(ctx context.Context, from Remote, sub string, err error, said *stderrLines) error {
	if ctx.Err() != nil {
		return errkind.Errorf(errkind.Canceled, "git %s %q: %w", sub, from.URL, context.Cause(ctx))
	}
	if errors.Is(err, exec.ErrNotFound) {
		return gitError(ctx, sub, err, &boundedBuffer{})
	}
	words := firstLines(said.own.buf.String()+"\n"+said.remote.buf.String(), 3)
	if words == "" {
		words = err.Error()
	}
	if from.Token != "" {
		words = strings.ReplaceAll(words, from.Token, "xxxxx")
	}
	return errkind.Errorf(said.kind(from), "git %s %q: %s", sub, from.URL, words)
}

// complaints tell the kind of failure from git's words, in lower case; the
// first row with a match counts. Causes stand before the consequences that git
// prints after them.
var complaints = []struct {
	kind  errkind.Kind
	words []string
}{
	{errkind.Limit, []string{"no space left on device", "disk quota exceeded", "file too large", "out of memory"}},
	{errkind.Usage, []string{"' not allowed", "unable to find remote helper", "cannot run ssh"}},
	{errkind.Network, []string{"returned error: 429", "too many requests", "rate limit"}},
	{errkind.Auth, []string{
		"authentication failed", "could not read username", "could not read password", "terminal prompts disabled",
		"permission denied", "access denied", "host key verification failed", "returned error: 401",
		"returned error: 403", "dubious ownership",
	}},
	{errkind.Gone, []string{
		"returned error: 404", "returned error: 410", "returned error: 451", "repository not found", "' not found",
		"could not be found",
	}},
	{errkind.Corrupt, []string{"repository corruption on the remote side"}},
	{errkind.Absent, []string{"does not appear to be a git repository", "' does not exist"}},
	{errkind.Network, []string{
		"could not resolve", "connect", "timed out", "early eof", "hung up", "rpc failed", "empty reply", "ssl",
		"gnutls", "tls", "operation too slow", "http/2", "returned error: 5", "curl", "unexpected disconnect",
	}},
	{errkind.Corrupt, []string{
		"bad object", "did not receive expected object", "unresolved delta", "inflate", "index-pack", "corrupt",
		"bad pack", "unable to read tree", "not a git repository", "bad config", "missing blob",
	}},
}

// kind is what git's complaint is about; Network when its words are new to us.
func (s *stderrLines) kind(from Remote) errkind.Kind {
	all := strings.ToLower(s.own.buf.String() + s.remote.buf.String())
	// Addresses are chosen by others and may hold any of the words looked for.
	all = strings.ReplaceAll(all, strings.ToLower(from.URL), "")
	for _, row := range complaints {
		for _, words := range row.words {
			if strings.Contains(all, words) {
				return row.kind
			}
		}
	}
	return errkind.Network
}

// redirected reports whether git complains of a redirect that it does not follow.
func (s *stderrLines) redirected() bool {
	return strings.Contains(s.own.buf.String(), "returned error: 30")
}

// stderrLines sorts git's complaints as they come: git's own lines, what the
// remote said ("remote: …"), and where it redirected to. All are bounded.
type stderrLines struct {
	own, remote boundedBuffer
	movedTo     string
	line        []byte
}

// longestLine bounds one line of git's complaints.
const longestLine = 2 << 10

func (s *stderrLines) Write(p []byte) (int, error) {
	for _, c := range p {
		if c != '\n' && c != '\r' {
			if len(s.line) < longestLine {
				s.line = append(s.line, c)
			}
			continue
		}
		s.end(string(s.line))
		s.line = s.line[:0]
	}
	return len(p), nil
}

// end takes in a whole line.
func (s *stderrLines) end(line string) {
	s.own.limit, s.remote.limit = limit.GitMessage, limit.GitMessage
	if to, ok := strings.CutPrefix(line, "warning: redirecting to "); ok {
		s.movedTo = to
		return
	}
	switch {
	case strings.HasPrefix(line, "remote: "):
		fmt.Fprintln(&s.remote, line)
	case !hasAnyPrefix(line, "Cloning into ", "Please make sure ", "and the repository exists"):
		fmt.Fprintln(&s.own, line)
	}
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
