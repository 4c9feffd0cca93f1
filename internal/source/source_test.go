package source

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

type fakeRepo struct {
	rev    *fact.Revision
	files  map[string]string
	asked  fact.Date
	closed bool
}

func (r *fakeRepo) At(_ context.Context, asOf fact.Date) (*fact.Revision, error) {
	r.asked = asOf
	if r.rev == nil {
		return nil, errkind.Errorf(errkind.Empty, "no commit on or before %s", asOf)
	}
	return r.rev, nil
}

func (r *fakeRepo) ReadFile(_ context.Context, commit, path string, limit int64) ([]byte, error) {
	data, ok := r.files[commit+":"+path]
	switch {
	case !ok:
		return nil, errkind.Errorf(errkind.NotFound, "no %q", path)
	case int64(len(data)) > limit:
		return nil, errkind.Errorf(errkind.Limit, "too long")
	}
	return []byte(data), nil
}

func (r *fakeRepo) Close() error { r.closed = true; return nil }

func gitDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "HEAD"), "ref: refs/heads/main\n")
	if err := os.Mkdir(filepath.Join(dir, "objects"), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestReadGit(t *testing.T) {
	t.Parallel()
	repo := &fakeRepo{
		rev:   &fact.Revision{Commit: "c1", CommittedAt: "2024-05-01T10:00:00Z", Notes: []fact.Note{{Text: "n"}}},
		files: map[string]string{"c1:data/list.yaml": "a: 1\n"},
	}
	got, err := Read(t.Context(), Spec{
		Where: gitDir(t), Path: "data/list.yaml", AsOf: "2024-05-02", Repo: "example.org/o/lists",
		Open: func(_ string, id fact.RepoID) (Repo, error) {
			if id != "example.org/o/lists" {
				t.Errorf("opened as %q", id)
			}
			return repo, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := &File{
		Data:        []byte("a: 1\n"),
		Evidence:    fact.Evidence{Repo: "example.org/o/lists", Commit: "c1", Path: "data/list.yaml"},
		CommittedAt: "2024-05-01T10:00:00Z",
		Notes:       []fact.Note{{Text: "n"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if repo.asked != "2024-05-02" || !repo.closed {
		t.Errorf("asked for %q, closed %v", repo.asked, repo.closed)
	}
}

func TestReadGitFails(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		repo *fakeRepo
		path string
		want errkind.Kind
	}{
		"nothing at the date": {&fakeRepo{}, "a", errkind.Empty},
		"no such file":        {&fakeRepo{rev: &fact.Revision{Commit: "c"}}, "a", errkind.NotFound},
		"too long": {&fakeRepo{rev: &fact.Revision{Commit: "c"},
			files: map[string]string{"c:a": strings.Repeat("x", 101)}}, "a", errkind.Limit},
		"no path":     {&fakeRepo{}, "", errkind.Usage},
		"leaves":      {&fakeRepo{}, "../a", errkind.Usage},
		"absolute":    {&fakeRepo{}, "/etc/passwd", errkind.Usage},
		"leaves late": {&fakeRepo{}, "a/../../b", errkind.Usage},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(t.Context(), Spec{Where: gitDir(t), Path: tc.path, Limit: 100, AsOf: "2024-01-01",
				Open: func(string, fact.RepoID) (Repo, error) { return tc.repo, nil }})
			if errkind.Of(err) != tc.want {
				t.Errorf("got %v (%s), want %s", err, errkind.Of(err), tc.want)
			}
		})
	}
}

func TestReadFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "landscape.yml")
	write(t, name, "landscape: []\n")
	for label, spec := range map[string]Spec{
		"file":   {Where: name},
		"folder": {Where: dir, Path: "landscape.yml"},
	} {
		got, err := Read(t.Context(), spec)
		if err != nil {
			t.Fatalf("%s: %v", label, err)
		}
		want := &File{Data: []byte("landscape: []\n"), Evidence: fact.Evidence{Path: filepath.ToSlash(name)}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", label, diff)
		}
	}
	got, err := Read(t.Context(), Spec{Where: name, AsOf: "2020-01-01"})
	if err != nil || len(got.Notes) != 1 || !strings.Contains(got.Notes[0].Text, "not as of 2020-01-01") {
		t.Errorf("a file with a date: %+v, %v", got, err)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	long := filepath.Join(dir, "long")
	write(t, long, strings.Repeat("x", 11))
	for where, want := range map[string]errkind.Kind{
		"":                           errkind.Usage,
		"  ":                         errkind.Usage,
		"ext::sh -c true":            errkind.Usage,
		"file:///etc/hosts":          errkind.Usage,
		"ssh://host/x":               errkind.Usage,
		"https://":                   errkind.Usage,
		"http://[::1":                errkind.Usage,
		filepath.Join(dir, "absent"): errkind.NotFound,
		long:                         errkind.Limit,
		os.DevNull:                   errkind.Input,
		dir:                          errkind.Usage,
	} {
		if _, err := Read(t.Context(), Spec{Where: where, Limit: 10}); errkind.Of(err) != want {
			t.Errorf("Read(%q): %v (%s), want %s", where, err, errkind.Of(err), want)
		}
	}
}

func TestReadAddress(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch n := calls.Add(1); {
		case r.URL.Path == "/flaky" && n < 3:
			w.WriteHeader(http.StatusBadGateway)
		default:
			io.WriteString(w, "a: 1\n")
		}
	}))
	defer server.Close()
	got, err := Read(t.Context(), Spec{
		Where: server.URL + "/flaky", AsOf: "2024-01-01", Pause: -1,
		Now: func() time.Time { return time.Date(2025, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600)) },
	})
	if err != nil {
		t.Fatal(err)
	}
	want := fact.Evidence{URL: server.URL + "/flaky", At: "2025-01-02T02:04:05Z"}
	if diff := cmp.Diff(want, got.Evidence); diff != "" {
		t.Error(diff)
	}
	if string(got.Data) != "a: 1\n" || calls.Load() != 3 || len(got.Notes) != 1 {
		t.Errorf("data %q after %d calls, notes %v", got.Data, calls.Load(), got.Notes)
	}
}

func TestReadAddressFails(t *testing.T) {
	t.Parallel()
	answers := map[string]struct {
		status int
		header [2]string
		body   string
		want   errkind.Kind
		calls  int32
	}{
		"absent":   {status: 404, want: errkind.NotFound, calls: 1},
		"refused":  {status: 403, want: errkind.Auth, calls: 1},
		"teapot":   {status: 418, want: errkind.Network, calls: 1},
		"down":     {status: 503, want: errkind.Network, calls: limit.AskAttempts},
		"too long": {status: 200, body: strings.Repeat("x", 101), want: errkind.Limit, calls: 1},
		"far wait": {status: 429, header: [2]string{"Retry-After", "86400"}, want: errkind.Network, calls: 1},
		"far day":  {status: 503, header: [2]string{"Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"}, want: errkind.Network, calls: 1},
		"web page": {status: 200, header: [2]string{"Content-Type", "text/html; charset=utf-8"},
			body: "<html>", want: errkind.Input, calls: 1},
		"cut short": {status: 200, header: [2]string{"Content-Length", "50"}, body: "x",
			want: errkind.Network, calls: limit.AskAttempts},
	}
	for name, tc := range answers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				calls.Add(1)
				if tc.header[0] != "" {
					w.Header().Set(tc.header[0], tc.header[1])
				}
				w.WriteHeader(tc.status)
				io.WriteString(w, tc.body)
			}))
			defer server.Close()
			_, err := Read(t.Context(), Spec{Where: server.URL, Limit: 100, Pause: -1})
			if errkind.Of(err) != tc.want || calls.Load() != tc.calls {
				t.Errorf("%v (%s) after %d calls, want %s after %d", err, errkind.Of(err), calls.Load(), tc.want, tc.calls)
			}
		})
	}
}

// Offline no address is asked, and a file is read as ever.
func TestReadOffline(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("asked for %s", r.URL) }))
	defer server.Close()
	where := strings.Replace(server.URL, "http://", "http://user:secret@", 1) + "/list.yml"
	_, err := Read(t.Context(), Spec{Where: where, Offline: true})
	if errkind.Of(err) != errkind.Usage || errkind.Hint(err) == "" || !strings.Contains(err.Error(), "list.yml") || strings.Contains(err.Error(), "secret") {
		t.Errorf("an address: %v (%s), hint %q", err, errkind.Of(err), errkind.Hint(err))
	}
	name := filepath.Join(t.TempDir(), "list.yml")
	write(t, name, "a: 1\n")
	if file, err := Read(t.Context(), Spec{Where: name, Offline: true}); err != nil || string(file.Data) != "a: 1\n" {
		t.Errorf("a file: %v", err)
	}
}

func TestReadAddressCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		w.WriteHeader(http.StatusInternalServerError)
	}))
	defer server.Close()
	_, err := Read(ctx, Spec{Where: server.URL})
	if errkind.Of(err) != errkind.Canceled || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v (%s)", err, errkind.Of(err))
	}
}

func TestReadAddressHidesPassword(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	where := strings.Replace(server.URL, "http://", "http://user:secret@", 1)
	_, err := Read(t.Context(), Spec{Where: where})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}

func TestEvidenceOf(t *testing.T) {
	t.Parallel()
	commit := strings.Repeat("0a", 20)
	for raw, want := range map[string]fact.Evidence{
		"https://raw.githubusercontent.com/o/n/" + commit + "/d/f.yml": {Repo: "github.com/o/n", Commit: commit, Path: "d/f.yml"},
		"https://raw.githubusercontent.com/o/n/main/f.yml":             {URL: "https://raw.githubusercontent.com/o/n/main/f.yml"},
		"https://u:p@example.org/f.yml":                                {URL: "https://example.org/f.yml"},
	} {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, evidenceOf(u)); diff != "" {
			t.Errorf("%s: %s", raw, diff)
		}
	}
}
