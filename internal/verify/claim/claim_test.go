package claim_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/verify/claim"
	"assay/internal/verify/names"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
)

var update = flag.Bool("update", false, "write the claims of testdata anew")

// someNames are a few projects and repositories.
func someNames() *claim.Names {
	n := names.New()
	for _, p := range [][]string{
		{"tikv", "TiKV"}, {"linkerd", "Linkerd"}, {"kube-rs", "kube-rs", "kube.rs"}, {"opentelemetry", "OpenTelemetry", "OTel"},
		{"harbor", "Harbor"}, {"weaver-one", "Loom"}, {"weaver-two", "Loom"},
	} {
		for _, text := range p[1:] {
			n.Add(text, claim.Subject{Sort: claim.OfProject, ID: p[0]})
		}
	}
	for _, r := range [][2]string{{"linkerd/linkerd2-proxy", "linkerd"}, {"open-telemetry/weaver", "opentelemetry"}, {"other/weaver", "other"}} {
		repo := claim.Subject{Sort: claim.OfRepository, ID: "github.com/" + r[0], Within: r[1]}
		n.Add(r[0], repo)
		n.Add(r[0][strings.IndexByte(r[0], '/')+1:], repo)
	}
	return n
}

// written is a reading, one claim a line: place, kind, property, subject, value.
func written(p *page.Page, r *claim.Reading) string {
	var b strings.Builder
	for i := range r.Claims {
		c := &r.Claims[i]
		at := c.Source()
		line, column := p.Position(at.From)
		fmt.Fprintf(&b, "%d:%d %s %s", line, column, c.Kind(), c.Property.Name)
		if c.Of != "" {
			fmt.Fprintf(&b, ":%s", c.Of)
		}
		if c.Subject.ID != "" {
			fmt.Fprintf(&b, " of %s", c.Subject.ID)
		}
		if len(c.Subject.Others) > 0 {
			fmt.Fprintf(&b, " or %s", strings.Join(c.Subject.Others, ", "))
		}
		if c.Level != "" {
			fmt.Fprintf(&b, " at %s", c.Level)
		}
		fmt.Fprintf(&b, ": %q%s\n", p.Source[at.From:at.To], value(c))
	}
	for i := range r.Doubts {
		d := &r.Doubts[i]
		line, column := p.Position(d.Source().From)
		fmt.Fprintf(&b, "not checked in %d:%d: %s %q: %s\n", line, column, d.Property.Name, d.Quote(), d.Why)
	}
	for _, u := range r.Unread {
		line, _ := p.Position(u.Text.Source(u.Span).From)
		fmt.Fprintf(&b, "unread in line %d: %q\n", line, u.Text.Of(u.Span))
	}
	return b.String()
}

// value is what a number or date was understood as.
func value(c *claim.Claim) string {
	switch v := c.Property.Value; {
	case v.IsNumber():
		sign := map[claim.Bound]string{
			claim.About: "~", claim.AtLeast: ">=", claim.AtMost: "<=", claim.Nearly: "almost ", claim.Over: ">", claim.Under: "<",
		}[c.Num.Bound]
		unit := ""
		if c.Num.Percent {
			unit = " %"
		}
		return fmt.Sprintf(" = %s%.10g%s", sign, c.Num.Value, unit) + read(c)
	case v == property.Date:
		return " = " + c.Day.Text + read(c)
	case v == property.Address:
		return ""
	}
	return " = " + c.Word + read(c)
}

// read says that a claim is of what was read, or loose.
func read(c *claim.Claim) string {
	said := ""
	if c.Read {
		said = ", in what was read"
	}
	if c.Loose != "" {
		said += ", loose"
	}
	return said
}

// TestRead holds the claims of texts in testdata against what stands beside
// them; -update writes that anew.
func TestRead(t *testing.T) {
	t.Parallel()
	texts, err := filepath.Glob("testdata/*.md")
	if err != nil || len(texts) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, name := range texts {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			p, err := page.Read(source)
			if err != nil {
				t.Fatal(err)
			}
			r, err := claim.Read(t.Context(), p, claim.Options{Names: someNames(), Language: "Rust", Languages: []string{"Rust", "Go", "Python"}})
			if err != nil {
				t.Fatal(err)
			}
			got := written(p, r)
			golden := strings.TrimSuffix(name, ".md") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("claims (-want +got), -update writes them:\n%s", diff)
			}
		})
	}
}

// Whatever the text, reading it ends, and claims stand within it.
func FuzzClaims(f *testing.F) {
	texts, _ := filepath.Glob("testdata/*.md")
	for _, name := range texts {
		source, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(source)
		for part := range strings.SplitSeq(string(source), "\n\n") {
			f.Add([]byte(part))
		}
	}
	f.Add([]byte("\x7fi\u01c8****\xa0\xa0*************d*****:")) // marks that overlap
	known := someNames()
	f.Fuzz(func(t *testing.T, source []byte) {
		p, err := page.Read(source)
		if err != nil {
			t.Skip()
		}
		r, err := claim.Read(t.Context(), p, claim.Options{Names: known, Language: "Rust", Languages: []string{"Rust", "Go"}})
		if err != nil {
			t.Skip()
		}
		for i := range r.Claims {
			if at := r.Claims[i].Source(); at.From < 0 || at.From > at.To || at.To > len(source) {
				t.Errorf("claim %+v at %v of %d bytes", r.Claims[i].Property.Name, at, len(source))
			}
		}
		if len(r.Unread) > r.Figures {
			t.Errorf("%d of %d figures unread", len(r.Unread), r.Figures)
		}
	})
}
