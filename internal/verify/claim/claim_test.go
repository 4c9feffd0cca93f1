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

// written is a reading, one claim a line: place, kind, field, subject, value.
func written(p *page.Page, r *claim.Reading) string {
	var b strings.Builder
	for i := range r.Claims {
		c := &r.Claims[i]
		at := c.Source()
		line, column := p.Position(at.From)
		fmt.Fprintf(&b, "%d:%d %s %s", line, column, c.Kind, c.Field)
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
	for _, u := range r.Unread {
		line, _ := p.Position(u.Text.Source(u.Span).From)
		fmt.Fprintf(&b, "unread in line %d: %q\n", line, u.Text.Of(u.Span))
	}
	return b.String()
}

// value is what a number or date was understood as.
func value(c *claim.Claim) string {
	switch c.Form {
	case claim.Numeric:
		sign := map[claim.Bound]string{
			claim.About: "~", claim.AtLeast: ">=", claim.AtMost: "<=", claim.Nearly: "almost ", claim.Over: ">", claim.Under: "<", claim.Range: "from ",
		}[c.Num.Bound]
		unit := ""
		if c.Num.Percent {
			unit = " %"
		}
		if c.Num.Bound == claim.Range {
			unit = fmt.Sprintf(" to %.10g%s", c.Num.To, unit)
		}
		return fmt.Sprintf(" = %s%.10g%s", sign, c.Num.Value, unit) + read(c)
	case claim.Dated:
		return " = " + map[claim.Bound]string{claim.AtLeast: ">=", claim.AtMost: "<="}[c.Day.Bound] + c.Day.Text + read(c)
	case claim.Address:
		return ""
	}
	if c.Num.Bound == claim.AtLeast {
		return " = >=" + c.Word
	}
	return " = " + c.Word + read(c)
}

// read says that a claim is of what was read.
func read(c *claim.Claim) string {
	if c.Read {
		return ", in what was read"
	}
	return ""
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
				t.Errorf("claim %+v at %v of %d bytes", r.Claims[i].Field, at, len(source))
			}
		}
		if len(r.Unread) > r.Figures {
			t.Errorf("%d of %d figures unread", len(r.Unread), r.Figures)
		}
	})
}
