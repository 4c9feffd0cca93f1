package gitrepo

import (
	"cmp"
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
	"time"

	"assay/internal/errkind"
	"assay/internal/limit"
	"assay/internal/reach"
)

// A Remote is a repository that git reads through a transport.
type Remote struct {
	// URL has the scheme https, http, ssh, git or file. It holds no password. Git
	// follows no redirect: whoever asks has found out where the repository is
	// (package reach).
	URL string
	// Token, when not empty, is sent to URL's host and to no other; over https
	// only. It reaches git in the environment of that one process, never on a
	// command line or in a stored file.
	Token string
	// Resolve, when not empty, is HOST:PORT:ADDRESS: git goes there and does not
	// ask where the host is. A git older than 2.37 asks all the same.
	Resolve string
	// Patience is how long a host may send next to nothing; 0 is [limit.FetchSilence]. It is
	// whole seconds.
	Patience time.Duration
}

// Clone makes a bare repository at dir, which must not exist or be empty, with
// all branches and tags of the remote, and its HEAD. Other refs, such as the
// pull requests that hosts keep, are left out. An empty remote gives an empty
// repository.
//
// When Clone fails, what it left at dir is of no use. Kinds of error: Usage (the
// address), Auth (refused, or asked for a password, which many hosts do for what
// they do not have), Gone (the host has none to show us), Absent (nothing at a
// local path), Network (with [reach.ErrSilent] or [reach.ErrBusy] in its chain
// where that is so), Limit (disk full), Corrupt, Canceled.
func Clone(ctx context.Context, from Remote, dir string) error {
	if err := from.validate(); err != nil {
		return err
	}
	_, err := from.speak(ctx, "", filepath.Dir(dir), "clone", "--bare", "--template=", "--no-local", "--", from.URL, dir)
	return err
}

// Fetch brings the bare repository dir up to date with the remote: branches,
// tags and HEAD. What the remote no longer has is pruned, unless the remote has
// become empty: then everything is kept. Errors are as for [Clone]. When Fetch
// fails, dir is still a sound repository, with some refs older than others at
// worst.
func Fetch(ctx context.Context, dir string, from Remote) error {
	if err := from.validate(); err != nil {
		return err
	}
	head, err := from.speak(ctx, dir, dir, "ls-remote", "--symref", "--", from.URL, "HEAD")
	if err != nil {
		return err
	}
	args := []string{"fetch", "--quiet", "--force", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules"}
	if head != "" {
		args = append(args, "--prune")
	}
	args = append(args, "--", from.URL, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
	if _, err := from.speak(ctx, dir, dir, args...); err != nil {
		return err
	}
	return setHead(ctx, dir, head)
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
			if errkind.Of(err) == errkind.Machine {
				return err
			}
			return ctx.Err() // the branch went meanwhile
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
	case u.RawQuery != "" || u.Fragment != "":
		return errkind.Errorf(errkind.Usage, "%q is not a plain repository address", u.Redacted())
	case strings.HasPrefix(u.Host, "-"), strings.HasPrefix(u.User.Username(), "-"), strings.ContainsFunc(u.Path, isControl):
		return errkind.Errorf(errkind.Usage, "%q is not a plain repository address", r.URL)
	case strings.ContainsFunc(r.Token, isControl):
		return errkind.Errorf(errkind.Usage, "the token for %s holds a control character", u.Host)
	case strings.ContainsFunc(r.Resolve, isControl):
		return errkind.Errorf(errkind.Usage, "%q is not where a host is", r.Resolve)
	}
	return nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// transportHardening is added to hardening when git may use a transport.
// Automatic maintenance stays off because it would throw away the history that
// a forced push replaced, and facts are about commits of the past. Without
// redirects git follows no alternates that a host names either. A host may offer
// to send a part of a repository from another address, or from a bundle: that is
// not taken up.
var transportHardening = []string{
	"-c", "gc.auto=0",
	"-c", "maintenance.auto=false",
	"-c", "credential.helper=",
	"-c", "core.askPass=",
	"-c", "submodule.recurse=false",
	"-c", "fetch.recurseSubmodules=false",
	"-c", "fetch.unpackLimit=1",
	"-c", "fetch.uriProtocols=",
	"-c", "fetch.bundleURI=",
	"-c", "transfer.bundleURI=false",
	"-c", "promisor.acceptFromServer=none",
	"-c", "http.followRedirects=false",
	"-c", "http.saveCookies=false",
	"-c", "http.lowSpeedLimit=1000",
	"-c", "init.defaultBranch=main",
}

// inherited are the variables that a transport needs of ours: proxies,
// certificates and the ssh agent. The home folder is for ssh alone: over https
// git would take passwords from a .netrc in it, for whatever host.
var (
	inherited = []string{
		"USER", "LOGNAME", "TMPDIR",
		"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
		"SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
	}
	inheritedBySSH = []string{"HOME", "SSH_AUTH_SOCK"}
)

// scheme is that of r's URL, which validate has found in order.
func (r Remote) scheme() string {
	scheme, _, _ := strings.Cut(r.URL, "://")
	return strings.ToLower(scheme)
}

// environment is what git sees when it reads from r, with work as its folder.
func (r Remote) environment(work string) []string {
	env := environment(r.scheme()) // and no other protocol, whatever it is told
	names := inherited
	if r.scheme() == "ssh" {
		names = slices.Concat(inherited, inheritedBySSH)
	}
	for _, name := range names {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return append(env,
		"GIT_SSH_COMMAND=ssh -oBatchMode=yes -oConnectTimeout=30",
		"GIT_CEILING_DIRECTORIES="+filepath.Dir(work))
}

// config is the configuration of git that is r's own.
func (r Remote) config() []string {
	slow := cmp.Or(r.Patience, limit.FetchSilence)
	config := []string{"-c", fmt.Sprintf("http.lowSpeedTime=%d", max(int(slow/time.Second), 1))}
	if r.Resolve != "" {
		config = append(config, "-c", "http.curloptResolve="+r.Resolve)
	}
	return config
}

// authorised is the environment by which git shows the token with every request
// to its host. Nothing where there is none to show.
func (r Remote) authorised() []string {
	u, err := url.Parse(r.URL)
	if r.Token == "" || err != nil || u.Scheme != "https" {
		return nil
	}
	return []string{
		"GIT_CONFIG_COUNT=1",
		"GIT_CONFIG_KEY_0=http.https://" + u.Host + "/.extraHeader",
		"GIT_CONFIG_VALUE_0=Authorization: Basic " + r.secret(),
	}
}

// secret is the token as it is sent.
func (r Remote) secret() string {
	return base64.StdEncoding.EncodeToString([]byte("x-access-token:" + r.Token))
}

// killDelay is how long a transport may take to end once it was asked to.
const killDelay = time.Second

// speak runs a git command that speaks with r, on the git directory dir ("" for
// none), in the folder work, and gives what it printed.
func (r Remote) speak(ctx context.Context, dir, work string, args ...string) (string, error) {
	cmd := command(ctx, dir, slices.Concat(transportHardening, r.config(), args)...)
	cmd.Dir = work
	cmd.Env = append(r.environment(work), r.authorised()...)
	// Asked to end, git removes its lock and temporary files. What is still
	// there killDelay later, and whatever git leaves behind, is killed.
	cmd.WaitDelay = killDelay
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	out := &boundedBuffer{limit: limit.GitAnswer}
	said := &stderrLines{}
	cmd.Stdout, cmd.Stderr = out, said
	err := runGuarded(cmd)
	said.end(string(said.line))
	if cmd.Process != nil && ctx.Err() != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	if err != nil {
		return "", transportError(ctx, r, args[0], err, said)
	}
	return out.buf.String(), nil
}

// transportError makes an error of a failed transport command, of the kind
// that git's words tell.
func transportError(ctx context.Context, from Remote, sub string, err error, said *stderrLines) error {
	if ctx.Err() != nil {
		return errkind.Errorf(errkind.Canceled, "git %s %q: %w", sub, from.URL, context.Cause(ctx))
	}
	if killed(err) || !ended(err) && !errors.Is(err, exec.ErrWaitDelay) { // git's children may outlive it
		return gitError(ctx, sub, err, &boundedBuffer{})
	}
	words := firstLines(said.own.buf.String()+"\n"+said.remote.buf.String(), 3)
	if words == "" {
		words = err.Error()
	}
	if from.Token != "" { // the host may say what it was shown
		words = strings.NewReplacer(from.Token, "xxxxx", from.secret(), "xxxxx").Replace(words)
	}
	if outOfMemory(words) {
		words += ": " + limit.Over("fetch-memory", limit.FetchMemory)
	}
	c := said.complaint(from)
	return errkind.Errorf(c.kind, "git %s %q: %s%w", sub, from.URL, words, mark{c.mark})
}

// A mark is in the chain of an error, and not in its text.
type mark struct{ error }

func (mark) Error() string   { return "" }
func (m mark) Unwrap() error { return m.error }

// A complaint is a kind of failure, the words of git's that tell it, in lower
// case, and the error that is in the chain then.
type complaint struct {
	kind  errkind.Kind
	words []string
	mark  error
}

// complaints: the first with a match counts. Causes stand before the
// consequences that git prints after them.
var complaints = []complaint{
	{kind: errkind.Limit, words: []string{"no space left on device", "disk quota exceeded", "file too large", "out of memory"}},
	{kind: errkind.Usage, words: []string{"' not allowed", "unable to find remote helper", "cannot run ssh"}},
	{kind: errkind.Network, mark: reach.ErrBusy, words: []string{"returned error: 429", "http 429", "too many requests", "rate limit"}},
	{kind: errkind.Network, mark: reach.ErrSilent, words: []string{"timed out", "operation too slow", "timeout was reached"}},
	{kind: errkind.Auth, words: []string{
		"authentication failed", "could not read username", "could not read password", "terminal prompts disabled",
		"permission denied", "access denied", "host key verification failed", "returned error: 401",
		"returned error: 403", "dubious ownership",
	}},
	{kind: errkind.Gone, words: []string{
		"returned error: 404", "returned error: 410", "returned error: 451", "repository not found", "' not found",
		"could not be found",
	}},
	{kind: errkind.Corrupt, words: []string{"repository corruption on the remote side"}},
	{kind: errkind.Absent, words: []string{"does not appear to be a git repository", "' does not exist"}},
	{kind: errkind.Input, words: []string{"info/refs not valid: is this a git repository"}},
	{kind: errkind.Network, words: []string{
		"could not resolve", "connect", "early eof", "hung up", "rpc failed", "empty reply", "ssl",
		"gnutls", "tls", "http/2", "returned error: 5", "curl", "unexpected disconnect",
	}},
	{kind: errkind.Corrupt, words: []string{
		"bad object", "did not receive expected object", "unresolved delta", "inflate", "index-pack", "corrupt",
		"bad pack", "unable to read tree", "not a git repository", "bad config", "missing blob",
	}},
}

// complaint is what git complains of; of the network when its words are new to us.
func (s *stderrLines) complaint(from Remote) complaint {
	all := strings.ToLower(s.own.buf.String() + s.remote.buf.String())
	// Addresses are chosen by others and may hold any of the words looked for.
	all = strings.ReplaceAll(all, strings.ToLower(from.URL), "")
	for _, c := range complaints {
		if slices.ContainsFunc(c.words, func(words string) bool { return strings.Contains(all, words) }) {
			return c
		}
	}
	return complaint{kind: errkind.Network}
}

// stderrLines sorts git's complaints as they come: git's own lines, and what the
// remote said ("remote: …"). Both are bounded.
type stderrLines struct {
	own, remote boundedBuffer
	line        []byte
}

func (s *stderrLines) Write(p []byte) (int, error) {
	for _, c := range p {
		if c != '\n' && c != '\r' {
			if len(s.line) < limit.FetchLine {
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
