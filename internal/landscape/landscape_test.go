package landscape

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
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

func today() time.Time { return time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC) }

func fixture(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/foundation.yml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func hasNote(l *fact.Landscape, part string) bool {
	return strings.Contains(strings.Join(texts(l.Notes), "\n"), part)
}

func TestLoadFile(t *testing.T) {
	t.Parallel()
	for asOf, noted := range map[fact.Date]bool{"": false, "2024-05-05": true, "2024-05-06": false, "2030-01-01": false} {
		l, err := Load(t.Context(), Source{Where: "testdata/foundation.yml", AsOf: asOf, Now: today})
		if err != nil {
			t.Fatal(err)
		}
		if got := hasNote(l, "read as it is now"); got != noted {
			t.Errorf("as of %q: noted that the file has no history: %v, want %v", asOf, got, noted)
		}
		if d := cmp.Diff(fact.Evidence{Path: "testdata/foundation.yml"}, l.Evidence); d != "" || len(l.Projects) != 3 {
			t.Errorf("%d projects, evidence (-want +got):\n%s", len(l.Projects), d)
		}
	}
}

func TestLoadURL(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	data := fixture(t)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) < 3 {
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write(data)
	}))
	defer srv.Close()
	l, err := Load(t.Context(), Source{Where: srv.URL + "/l.yml", AsOf: "2020-01-01", HTTP: srv.Client(), Now: today, pause: -1})
	if err != nil {
		t.Fatal(err)
	}
	want := fact.Evidence{URL: srv.URL + "/l.yml", At: "2024-05-06T07:08:09Z"}
	if d := cmp.Diff(want, l.Evidence); d != "" || len(l.Projects) != 3 || !hasNote(l, "as of 2020-01-01") {
		t.Errorf("%d projects, notes %q, evidence (-want +got):\n%s", len(l.Projects), texts(l.Notes), d)
	}
}

func TestLoadURLFails(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page":
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<html>"))
		case "/long":
			_, _ = w.Write(make([]byte, limit.LandscapeBytes+1))
		case "/broken":
			_, _ = w.Write([]byte("landscape:\n\t- x"))
		case "/down":
			w.WriteHeader(http.StatusBadGateway)
		case "/secret":
			w.WriteHeader(http.StatusForbidden)
		default:
			http.NotFound(w, r)
		}
	}))
	defer srv.Close()
	for path, kind := range map[string]errkind.Kind{
		"/none": errkind.Network, "/down": errkind.Network, "/secret": errkind.Auth,
		"/page": errkind.Input, "/broken": errkind.Input, "/long": errkind.Limit,
	} {
		_, err := Load(t.Context(), Source{Where: srv.URL + path, HTTP: srv.Client(), Now: today, pause: -1})
		if errkind.Of(err) != kind || errkind.Hint(err) == "" || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v of kind %q with hint %q, want kind %q, a hint and the path", path, err, errkind.Of(err), errkind.Hint(err), kind)
		}
	}
}

func TestLoadCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Load(ctx, Source{Where: "https://nowhere.example/l.yml"}); errkind.Of(err) != errkind.Canceled {
		t.Errorf("error %v, want kind canceled", err)
	}
}

func TestLoadNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for where, kind := range map[string]errkind.Kind{
		filepath.Join(dir, "none.yml"):  errkind.NotFound,
		dir:                             errkind.NotFound,
		dir + ":none.yml":               errkind.NotFound,
		dir + ":../none.yml":            errkind.Usage,
		"ftp://nowhere.example/l.yml":   errkind.Usage,
		"ext::sh -c true":               errkind.Usage,
		"file:///etc/hostname":          errkind.Usage,
		"-u:" + filepath.Join(dir, "x"): errkind.NotFound,
	} {
		if _, err := Load(t.Context(), Source{Where: where}); errkind.Of(err) != kind || errkind.Hint(err) == "" && kind != errkind.Usage {
			t.Errorf("%q: error %v of kind %q with hint %q, want kind %q", where, err, errkind.Of(err), errkind.Hint(err), kind)
		}
	}
}

// commit makes a git repository in a folder named as a mirror tree names it,
// with a commit at each date that writes the file.
func commit(t *testing.T, file string, dates map[string]string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := filepath.Join(t.TempDir(), "git.example", "found", "landscape")
	git := func(date string, args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@a.example", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@a.example",
			"GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, file)), 0o755); err != nil {
		t.Fatal(err)
	}
	git("", "init", "-q", "-b", "main")
	for _, date := range []string{"2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", "2022-01-01T00:00:00Z"} {
		if content, ok := dates[date[:4]]; ok {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
			git(date, "add", ".")
		}
		git(date, "commit", "-q", "--allow-empty", "-m", "c")
	}
	return dir
}

func TestLoadGit(t *testing.T) {
	t.Parallel()
	dir := commit(t, "landscape.yml", map[string]string{
		"2021": oneItem("name: Old\nproject: sandbox"),
		"2022": oneItem("name: New\nproject: sandbox"),
	})
	tests := []struct {
		asOf        fact.Date
		name        string
		committedAt string
		kind        errkind.Kind
	}{
		{"", "New", "2022-01-01T00:00:00Z", ""},
		{"2021-06-01", "Old", "2021-01-01T00:00:00Z", ""},
		{"2020-06-01", "", "", errkind.NotFound},
		{"2019-06-01", "", "", errkind.Empty},
	}
	for _, tt := range tests {
		l, err := Load(t.Context(), Source{Where: dir, AsOf: tt.asOf})
		if err != nil {
			if errkind.Of(err) != tt.kind || errkind.Hint(err) == "" {
				t.Errorf("as of %q: error %v of kind %q with hint %q", tt.asOf, err, errkind.Of(err), errkind.Hint(err))
			}
			continue
		}
		ev := l.Evidence
		if tt.kind != "" || l.Projects[0].Name != tt.name || l.CommittedAt != tt.committedAt || len(l.Notes) > 0 ||
			ev.Repo != "git.example/found/landscape" || len(ev.Commit) != 40 || ev.Path != "landscape.yml" {
			t.Errorf("as of %q: %+v", tt.asOf, l)
		}
	}
}

func TestLoadGitPath(t *testing.T) {
	t.Parallel()
	dir := commit(t, "data/it.yml", map[string]string{"2020": oneItem("name: There\nproject: sandbox")})
	l, err := Load(t.Context(), Source{Where: dir + ":data/it.yml"})
	if err != nil {
		t.Fatal(err)
	}
	if l.Projects[0].Name != "There" || l.Evidence.Path != "data/it.yml" {
		t.Errorf("%+v", l)
	}
	if _, err := Load(t.Context(), Source{Where: dir}); errkind.Of(err) != errkind.NotFound {
		t.Errorf("error %v, want kind not_found", err)
	}
}
