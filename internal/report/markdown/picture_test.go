package markdown

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/report"
)

// shown is a picture in a report, with the addresses of its files and its text.
var (
	shownHTML = regexp.MustCompile(`(?m)^<picture>\n<source media="\(prefers-color-scheme: dark\)" srcset="([^"\s<>]+)">\n<img src="([^"\s<>]+)" width="720" alt="([^"<>\n]+)">\n</picture>\n`)
	shownMDX  = regexp.MustCompile(`(?m)^!\[((?:[^\[\]\n]|\\\[|\\\])+)\]\(([^()\s<>]+)\)\n`)
)

// illustrated is a report with pictures, and its files by name.
func illustrated(t *testing.T, m *report.Model, look Options, p Pictures) (text string, files map[string][]byte) {
	t.Helper()
	look.Pictures = &p
	text = write(t, m, look)
	files = map[string][]byte{}
	err := p.Write(t.Context(), func(name string, body []byte) error {
		if files[name] != nil {
			t.Errorf("%s is written twice", name)
		}
		files[name] = body
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return text, files
}

// addresses are those of the files that a report shows.
func addresses(flavor Flavor, text string) []string {
	var all []string
	if flavor == Docusaurus {
		for _, m := range shownMDX.FindAllStringSubmatch(text, -1) {
			all = append(all, m[2])
		}
		return all
	}
	for _, m := range shownHTML.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1], m[2])
	}
	return all
}

// without is a report without its pictures.
func without(flavor Flavor, text string) string {
	if flavor == Docusaurus {
		return shownMDX.ReplaceAllString(text, "")
	}
	return shownHTML.ReplaceAllString(text, "")
}

func TestPictures(t *testing.T) {
	t.Parallel()
	m := model(t, findingtest.Facts())
	for _, look := range looks() {
		text, files := illustrated(t, m, look, Pictures{Folder: "charts"})
		all := addresses(look.Flavor, text)
		least := map[Detail]int{Brief: 2, Standard: 3, Full: 5}[look.Detail]
		if look.Flavor == GitHub {
			least *= 2
		}
		if len(all) < least {
			t.Errorf("%s %s: shows %q", look.Flavor, look.Detail, all)
		}
		for _, to := range all {
			if name, ok := strings.CutPrefix(to, "./charts/"); !ok || len(files[name]) == 0 {
				t.Errorf("%s %s: %s leads to no file", look.Flavor, look.Detail, to)
			}
		}
		if want := len(all); look.Flavor == GitHub && len(files) != want || look.Flavor == Docusaurus && len(files) != 2*want {
			t.Errorf("%s %s: %d files, %d are shown", look.Flavor, look.Detail, len(files), want)
		}
		if strings.Contains(text, "mermaid") {
			t.Errorf("%s %s: a chart of Mermaid's beside the pictures", look.Flavor, look.Detail)
		}
		for name, body := range files {
			if err := xml.Unmarshal(body, new(struct{})); err != nil || !strings.HasPrefix(name, "assay-rust-") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// A report with pictures says what the one without says, and shows them where it had
// charts of Mermaid's.
func TestPicturesGolden(t *testing.T) {
	t.Parallel()
	for _, flavor := range flavors() {
		got, _ := illustrated(t, model(t, findingtest.Facts()), Options{Flavor: flavor, Detail: Full}, Pictures{Folder: "charts"})
		var shown []string
		if flavor == GitHub {
			shown = shownHTML.FindAllString(got, -1)
		} else {
			shown = shownMDX.FindAllString(got, -1)
		}
		golden := filepath.Join("testdata", fmt.Sprintf("%s-pictures.md", flavor))
		text := strings.Join(shown, "\n")
		if *update {
			if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || len(want) == 0 {
			t.Fatalf("%s: %v, %d bytes", golden, err, len(want))
		}
		if diff := cmp.Diff(string(want), text); diff != "" {
			t.Errorf("%s: run with -update if this is meant (-want +got):\n%s", golden, diff)
		}
		chart := regexp.MustCompile("(?s)```mermaid\n.*?\n```\n")
		blank := regexp.MustCompile(`\n{2,}`)
		plain := write(t, model(t, findingtest.Facts()), Options{Flavor: flavor, Detail: Full})
		words := func(s string) string { return blank.ReplaceAllString(s, "\n") }
		if diff := cmp.Diff(words(chart.ReplaceAllString(plain, "")), words(without(flavor, got))); diff != "" {
			t.Errorf("%s: what is said beside the pictures (-without +with):\n%s", flavor, diff)
		}
	}
}

// Foreign words in every field leave a page with pictures as it is.
func TestHostileWordsInPictures(t *testing.T) {
	t.Parallel()
	for _, flavor := range flavors() {
		look := Options{Flavor: flavor, Detail: Full}
		calm, calmFiles := illustrated(t, model(t, busy()), look, Pictures{Folder: "charts"})
		want := outline(t, without(flavor, calm))
		for words := range slices.Chunk(findingtest.Hostile(), 20) {
			words := strings.Join(words, " ")
			facts := busy()
			findingtest.Poison(&facts, words[:min(len(words), 3000)])
			text, files := illustrated(t, model(t, facts), look, Pictures{Folder: "charts"})
			got := addresses(flavor, text)
			for _, to := range got {
				if files[strings.TrimPrefix(to, "./charts/")] == nil {
					t.Errorf("%s, %q: %s leads to no file", flavor, words, to)
				}
			}
			if len(got) != len(addresses(flavor, calm)) {
				t.Errorf("%s, %q: other pictures: %q", flavor, words, got)
			}
			rest := without(flavor, text)
			if diff := cmp.Diff(want, outline(t, rest)); diff != "" {
				t.Errorf("%s, %q changes the page (-want +got):\n%s", flavor, words, diff)
			}
			if flavor == Docusaurus {
				checkMDX(t, text)
			}
			if len(files) != len(calmFiles) {
				t.Errorf("%s, %q: %d files, want %d", flavor, words, len(files), len(calmFiles))
			}
		}
	}
}

func TestAlt(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		`a "b" <c> & d` + "\n\n# e":  "a &#34;b&#34; &lt;c&gt; &amp; d # e",
		"":                           "",
		strings.Repeat("word ", 200): strings.TrimSpace(strings.Repeat("word ", 120)) + " …",
		strings.Repeat("ä", 400):     " …",
	} {
		if got := alt(said, func(s string) string { return html.EscapeString(plain(s)) }); got != strings.TrimSpace(want) {
			t.Errorf("%.40q is %.80q, want %.80q", said, got, want)
		}
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for folder, want := range map[string]string{
		"": "./x.svg", "charts": "./charts/x.svg", "a/b": "./a/b/x.svg", "..": "../x.svg", "../../img": "../../img/x.svg", "..x": "./..x/x.svg",
		"/srv/img": "/srv/img/x.svg", "my charts": "./my%20charts/x.svg", `a"b`: "./a%22b/x.svg", "a(b)<c>": "./a%28b%29%3Cc%3E/x.svg",
		"javascript:alert(1)": "./javascript:alert%281%29/x.svg", "a?b#c": "./a%3Fb%23c/x.svg", "100%": "./100%25/x.svg", "a&b": "./a&amp;b/x.svg", "{a}": "./%7Ba%7D/x.svg",
		"ä": "./%C3%A4/x.svg", "a,b": "./a%2Cb/x.svg",
	} {
		if got := (&Pictures{Folder: folder}).address("x"); got != want {
			t.Errorf("%q: %q, want %q", folder, got, want)
		}
	}
}

func TestPNG(t *testing.T) {
	t.Parallel()
	text, files := illustrated(t, model(t, findingtest.Facts()), Options{Detail: Brief}, Pictures{Format: PNG})
	if len(files) != 4 || len(addresses(GitHub, text)) != 4 {
		t.Errorf("%d files, %q", len(files), addresses(GitHub, text))
	}
	for name, body := range files {
		picture, err := png.Decode(bytes.NewReader(body))
		if err != nil || !strings.HasSuffix(name, ".png") || !strings.Contains(text, "./"+name) || picture.Bounds().Dx() != 1440 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The same facts give the same files, and a chart that a template shows twice is drawn
// once.
func TestPicturesAreTheSame(t *testing.T) {
	t.Parallel()
	look := Options{Template: `{{.GrowthChart}}{{.GrowthChart}}{{range .Projects}}{{with $.View .}}{{.TrendChart}}{{.LanguagesChart}}{{end}}{{end}}`}
	_, first := illustrated(t, model(t, busy()), look, Pictures{})
	_, second := illustrated(t, model(t, busy()), look, Pictures{})
	if len(first) < 6 {
		t.Fatalf("%d files: the test looks at nothing", len(first))
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
}

// Without pictures, a template has Mermaid's charts where there are any.
func TestChartsOfTemplates(t *testing.T) {
	t.Parallel()
	m := model(t, busy())
	got := write(t, m, Options{Template: `{{.GrowthChart}}{{.LargestChart}}{{.MaturityChart}}`})
	if want := write(t, m, Options{Template: `{{chart .Growth}}`}); got != want || !strings.Contains(got, "xychart-beta") {
		t.Errorf("%s", got)
	}
}

func TestPicturesThatCannotBe(t *testing.T) {
	t.Parallel()
	m := model(t, findingtest.Facts())
	if err := Render(t.Context(), io.Discard, m, Options{Pictures: &Pictures{Format: "gif"}}); errkind.Of(err) != errkind.Usage {
		t.Errorf("gif: %v", err)
	}
	p := &Pictures{}
	write(t, m, Options{Pictures: p})
	full := errors.New("no room")
	if err := p.Write(t.Context(), func(string, []byte) error { return full }); !errors.Is(err, full) {
		t.Errorf("no room: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Write(ctx, func(string, []byte) error { return nil }); errkind.Of(err) != errkind.Canceled {
		t.Errorf("canceled: %v", err)
	}
}

// A report on a language that nobody uses has no pictures.
func TestNoPictures(t *testing.T) {
	t.Parallel()
	facts := busy()
	m := report.New(facts.Survey, findingtest.Find(t, facts, "zig", finding.Options{}), "")
	if text, files := illustrated(t, m, Options{Detail: Full}, Pictures{}); len(files) > 0 || strings.Contains(text, "<picture>") {
		t.Errorf("%d files", len(files))
	}
}
