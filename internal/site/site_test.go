package site

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"assay/internal/dataset"
	"assay/internal/dataset/describe"
	"assay/internal/dataset/sqlite"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/change"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// setOf makes the data set of facts.
func setOf(t *testing.T, facts finding.Facts) *dataset.Set {
	t.Helper()
	l, err := profile.Of(facts, finding.Options{})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "set.db")
	if err := sqlite.Write(t.Context(), file, dataset.Tables(), func(s dataset.Sink) error { return dataset.Write(s, l) }); err != nil {
		t.Fatal(err)
	}
	kept, err := sqlite.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	return dataset.Open(kept)
}

// open opens the site of facts.
func open(t *testing.T, facts finding.Facts, opts Options) *Site {
	t.Helper()
	if opts.Language == "" {
		opts.Language = "Rust"
	}
	s, err := Open(t.Context(), setOf(t, facts), opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get makes a page or file of a site.
func get(t *testing.T, s *Site, path string) []byte {
	t.Helper()
	body, kind, err := s.Render(path)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if len(body) == 0 || kind == "" {
		t.Errorf("%s: %d bytes of %q", path, len(body), kind)
	}
	return body
}

// elements are those of a page, in their order.
func elements(t *testing.T, body []byte) []*html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var all []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			all = append(all, n)
		}
	}
	return all
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// changed are the changes from the facts before one project was there.
func changed(t *testing.T) *change.Changes {
	t.Helper()
	before := findingtest.Facts()
	before.Survey.AsOf = "2024-06-30"
	before.Survey.Landscape.Projects = before.Survey.Landscape.Projects[1:]
	after := findingtest.Facts()
	side := func(f finding.Facts) change.Side {
		return change.Side{Findings: findingtest.Find(t, f, "Rust", finding.Options{}), Facts: f}
	}
	c, err := change.Between(side(before), side(after), change.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Every link within the site leads to a page or file of it, and to a place that is there.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	s := open(t, findingtest.Facts(), Options{Changes: changed(t)})
	ids := map[string]map[string]bool{}
	links := map[string][]string{}
	for _, at := range s.Paths() {
		if s.resources[at].kind != pageType {
			get(t, s, at)
			continue
		}
		ids[at] = map[string]bool{}
		for _, e := range elements(t, get(t, s, at)) {
			if id := attribute(e, "id"); id != "" {
				if ids[at][id] {
					t.Errorf("%s: two elements with the id %q", at, id)
				}
				ids[at][id] = true
			}
			for _, name := range []string{"href", "src", "action"} {
				if a := attribute(e, name); a != "" {
					links[at] = append(links[at], a)
				}
			}
		}
	}
	n := 0
	for at, all := range links {
		for _, a := range all {
			u, err := url.Parse(a)
			if err != nil {
				t.Fatalf("%s: %q: %v", at, a, err)
			}
			if u.IsAbs() {
				if u.Scheme != "https" && u.Scheme != "http" {
					t.Errorf("%s: a link to %q", at, a)
				}
				continue
			}
			n++
			to := at
			if u.Path != "" {
				to = path.Join(path.Dir(at), u.Path)
			}
			if s.resources[to] == nil {
				t.Errorf("%s: a link to %q, which is not there", at, a)
			}
			if u.Fragment != "" && !ids[to][u.Fragment] {
				t.Errorf("%s: a link to %q, where nothing has that id", at, a)
			}
		}
	}
	if n < 500 {
		t.Errorf("%d links: the test looks at nothing", n)
	}
}

// Pages ask nothing of another host.
func TestNothingForeignIsLoaded(t *testing.T) {
	t.Parallel()
	s := open(t, findingtest.Facts(), Options{})
	for _, at := range s.Paths() {
		if s.resources[at].kind != pageType {
			continue
		}
		for _, e := range elements(t, get(t, s, at)) {
			loads := attribute(e, "src")
			if e.Data == "link" {
				loads = attribute(e, "href")
			}
			if strings.Contains(loads, "//") || strings.HasPrefix(loads, "data:") {
				t.Errorf("%s loads %q", at, loads)
			}
		}
	}
}

// harmless reports what a page must not have.
func harmless(t *testing.T, at string, body []byte) {
	t.Helper()
	for _, e := range elements(t, body) {
		for _, a := range e.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" ||
				(a.Key == "href" || a.Key == "src" || a.Key == "action") && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") || strings.HasPrefix(value, "vbscript:")) {
				t.Errorf("%s: <%s %s=%.80q>", at, e.Data, a.Key, a.Val)
			}
		}
		if e.Data == "script" && !strings.HasSuffix(attribute(e, "src"), "assets/site.js") && attribute(e, "type") != "application/json" || e.Data == "style" || e.Data == "iframe" || e.Data == "object" {
			t.Errorf("%s: <%s>", at, e.Data)
		}
	}
}

// outline is the elements of a page, without texts.
func outline(t *testing.T, body []byte) string {
	t.Helper()
	var b strings.Builder
	for _, e := range elements(t, body) {
		if e.Namespace == "" && e.Data != "option" {
			b.WriteString(e.Data + " ")
		}
	}
	return b.String()
}

// Foreign words in every field, and addresses that are none, stay words.
func TestHostileFacts(t *testing.T) {
	t.Parallel()
	plainSite := open(t, findingtest.Facts(), Options{})
	attacks := append(findingtest.Hostile(), "\"><script>alert(1)</script>", "'><svg onload=alert(1)>", "</title><script>alert(1)</script>", "</script><script>alert(1)//",
		"javascript:alert(1)", strings.Repeat("x", 10_000), "\u202egnp.exe")
	for some := range slices.Chunk(attacks, 16) {
		said := strings.Join(some, " ")
		facts := findingtest.Facts()
		for i := range facts.Survey.Landscape.Projects {
			p := &facts.Survey.Landscape.Projects[i]
			p.Homepage, p.DevStatsURL = "javascript:"+said, "data:"+said
		}
		findingtest.Poison(&facts, said[:min(len(said), 12_000)])
		s := open(t, facts, Options{})
		for _, at := range s.Paths() {
			body := get(t, s, at)
			switch s.resources[at].kind {
			case pageType:
				harmless(t, at, body)
			case svgType:
				if bytes.Contains(body, []byte("<script")) || bytes.Contains(bytes.ToLower(body), []byte("javascript:")) && bytes.Contains(body, []byte(`href="javascript`)) {
					t.Errorf("%s: a script", at)
				}
			}
		}
		if want, got := outline(t, get(t, plainSite, homePath)), outline(t, get(t, s, homePath)); want != got {
			t.Errorf("%.60q changes the home page:\n%s\n%s", said, want, got)
		}
	}
}

// The same data set gives the same bytes.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	a, b := open(t, findingtest.Facts(), Options{}), open(t, findingtest.Facts(), Options{})
	if !slices.Equal(a.Paths(), b.Paths()) {
		t.Fatal("two sites of the same facts have other paths")
	}
	for _, at := range a.Paths() {
		if !bytes.Equal(get(t, a, at), get(t, b, at)) {
			t.Errorf("%s differs from run to run", at)
		}
	}
}

// cells are the texts of the rows of a table of a page, by their key.
func cells(t *testing.T, body []byte, table string) map[string][]string {
	t.Helper()
	rows := map[string][]string{}
	for _, e := range elements(t, body) {
		if e.Data != "table" || attribute(e, "id") != table {
			continue
		}
		for row := range e.Descendants() {
			if row.Data != "tr" || attribute(row, "data-key") == "" {
				continue
			}
			for c := range row.ChildNodes() {
				if c.Data == "td" || c.Data == "th" {
					rows[attribute(row, "data-key")] = append(rows[attribute(row, "data-key")], textOf(c))
				}
			}
		}
	}
	return rows
}

// Figures at random, read back from the list of projects, the pages of languages and of
// projects, are those that the commands give.
func TestPagesAgreeWithTheList(t *testing.T) {
	t.Parallel()
	set := setOf(t, findingtest.Facts())
	s, err := Open(t.Context(), set, Options{Language: "Rust"})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	projects := cells(t, get(t, s, projectsPath), "projects")
	columns := append(projectColumns(), languageColumns("Rust")...)
	for range 500 {
		l := s.languages[r.IntN(len(s.languages))]
		rows, err := set.List(t.Context(), l.Name, false)
		if err != nil {
			t.Fatal(err)
		}
		row := &rows[r.IntN(len(rows))]
		q := &row.Quantities
		want := map[string]string{
			"total_bytes": words.Cell(q.Total, words.Number), "human_commits_year": words.Cell(q.CommitsYear, words.Number),
			"authors_year": words.Cell(q.AuthorsYear, words.Number), "last_release": words.Cell(q.LastRelease, words.Date), "name": row.Project,
		}
		for i, c := range columns {
			if w, ok := want[c.Key]; ok && projects[row.ID][i] != w {
				t.Errorf("projects: %s of %s is %q, and %q in the list", c.Key, row.ID, projects[row.ID][i], w)
			}
		}
		on := cells(t, get(t, s, l.path()), "projects")[row.ID]
		if row.Class == usage.Unknown || row.Class == usage.None {
			if on != nil {
				t.Errorf("%s: a row of %s, which has none of it", l.Name, row.ID)
			}
			continue
		}
		if w := []string{row.ClassCell, words.Cell(q.Share, words.Percent), words.Cell(q.Bytes, words.Number)}; !slices.Equal(on[2:5], w) {
			t.Errorf("%s: %s has %q, and %q in the list", l.Name, row.ID, on[2:5], w)
		}
	}
}

// A site of nothing has its pages, and says that nothing was found.
func TestEmptySite(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	facts.Survey.Landscape.Projects = nil
	facts.Survey.Catalog.Repositories, facts.Survey.Outcomes = nil, nil
	s := open(t, facts, Options{})
	for _, at := range s.Paths() {
		if body := get(t, s, at); s.resources[at].kind == pageType {
			harmless(t, at, body)
		}
	}
	if body := get(t, s, projectsPath); !bytes.Contains(body, []byte("Nothing was found")) {
		t.Error("the list of no projects does not say so")
	}
	if _, _, err := s.Render("projects/none.html"); errkind.Of(err) != errkind.NotFound {
		t.Errorf("a page that is not there: %v", err)
	}
}

// Nobody is named: a site counts people.
func TestNobodyIsNamed(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	s := open(t, facts, Options{})
	var names []string
	for _, m := range facts.Maintainers {
		for _, p := range m.Maintainers {
			names = append(names, p.Name, p.Handle)
		}
	}
	names = slices.DeleteFunc(names, func(n string) bool { return len(n) < 4 })
	if len(names) == 0 {
		t.Fatal("nobody to look for")
	}
	for _, at := range s.Paths() {
		body := get(t, s, at)
		for _, n := range names {
			if bytes.Contains(body, []byte(n)) {
				t.Errorf("%s names %q", at, n)
			}
		}
	}
}

func TestSlugs(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	var got []string
	for _, name := range []string{"C", "C++", "C#", "F#", "Go Template", "c", "*", "日本", "日"} {
		got = append(got, slug(name, used))
	}
	if want := []string{"c", "cpp", "csharp", "fsharp", "go-template", "c-2", "star", "language", "language-2"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if at := repositoryPath(fact.RepoID("github.com/O/R//dir")); at != "repositories/github.com/o/r/-/dir.html" {
		t.Error(at)
	}
}

// A site is written into a folder, in which every path has its file. Of hostile facts it
// is written where ASSAY_HOSTILE_SITE says, for a browser to look at.
func TestWrite(t *testing.T) {
	t.Parallel()
	to := os.Getenv("ASSAY_HOSTILE_SITE")
	if to == "" {
		to = filepath.Join(t.TempDir(), "site")
	}
	facts := findingtest.Facts()
	findingtest.Poison(&facts, `"><script>alert(1)</script><img src=x onerror=alert(2)>'`+"\u202e</title>`javascript:alert(3)"+strings.Repeat("long", 2500))
	s := open(t, facts, Options{})
	done, err := Write(t.Context(), s, to, describe.CSV)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range s.Paths() {
		if info, err := os.Stat(filepath.Join(to, filepath.FromSlash(at))); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", at, err)
		}
	}
	if done.Pages == 0 || done.Files <= len(s.Paths()) {
		t.Errorf("%+v", done)
	}
}

// A server gets the same pages one by one, and for what is not there the page that says
// so, with links that lead somewhere from any depth.
func TestPagesOneByOne(t *testing.T) {
	t.Parallel()
	set := setOf(t, findingtest.Facts())
	p := NewPages(Options{Language: "Rust", Served: true})
	body, kind, status, err := p.Page(t.Context(), set, "/", nil)
	if err != nil || status != http.StatusOK || kind != pageType || !bytes.Equal(body, get(t, open(t, findingtest.Facts(), Options{}), homePath)) {
		t.Errorf("/: %d %q %v", status, kind, err)
	}
	body, _, status, err = p.Page(t.Context(), set, "/no/such/page", nil)
	if err != nil || status != http.StatusNotFound || !bytes.Contains(body, []byte(`href="/projects.html"`)) {
		t.Errorf("/no/such/page: %d %v", status, err)
	}
	var wait sync.WaitGroup
	for i := range 3 * keptSites {
		wait.Go(func() {
			other := setOf(t, findingtest.Facts())
			if _, _, status, err := p.Page(t.Context(), other, projectsPath, nil); err != nil || status != http.StatusOK {
				t.Errorf("set %d: %d %v", i, status, err)
			}
		})
	}
	wait.Wait()
	if len(p.open) > keptSites {
		t.Errorf("%d sites are kept", len(p.open))
	}
}

// Figures of a repository of which files are missing, or whose mirror ends before the day,
// are no exact ones on its page, nor on that of its project.
func TestRepositoriesSayWhatWasNotRead(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	for i := range facts.Survey.Outcomes {
		if o := &facts.Survey.Outcomes[i]; o.Repo == "github.com/meshwork/proxy" {
			o.Observed = &fact.Observation{At: "2024-01-01T00:00:00Z", Source: fact.ObservedRefs}
		}
	}
	s := open(t, facts, Options{})
	for at, want := range map[string]string{
		"repositories/github.com/ferrobase/ferrobase.html": "24.9 MB+", // files are missing
		"projects/ferrobase.html":                          "24,854,809+",
		"repositories/github.com/meshwork/proxy.html":      "2.4 MB?", // the mirror ends early
		"projects/meshwork.html":                           "2,400,000?",
	} {
		var texts []string
		for _, e := range elements(t, get(t, s, at)) {
			texts = append(texts, textOf(e))
		}
		if !slices.Contains(texts, want) {
			t.Errorf("%s: there is no %q", at, want)
		}
	}
}
