package verify

import (
	"bytes"
	"testing"

	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/usage"
	"assay/internal/report"
	"assay/internal/report/markdown"
	"assay/internal/verify/claim"
	"assay/internal/verify/page"
)

// largeReport is a megabyte of a report, and what it is held against.
func largeReport(b *testing.B) ([]byte, finding.Facts, *usage.Findings) {
	b.Helper()
	facts := findingtest.Facts()
	f := findingtest.Find(b, facts, "rust", finding.Options{})
	var one, all bytes.Buffer
	if err := markdown.Render(b.Context(), &one, report.New(facts.Survey, f, ""), markdown.Options{Flavor: markdown.GitHub}); err != nil {
		b.Fatal(err)
	}
	for all.Len() < 1<<20 {
		all.Write(one.Bytes())
	}
	return all.Bytes(), facts, f
}

// BenchmarkCheck holds a megabyte against facts: reading it, taking the claims
// out, and all of it.
func BenchmarkCheck(b *testing.B) {
	text, facts, f := largeReport(b)
	b.Run("page", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if _, err := page.Read(text); err != nil {
				b.Fatal(err)
			}
		}
	})
	p, err := page.Read(text)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("claims", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		opts := claim.Options{Names: namesOf(f, nil), Language: f.Language, Languages: languagesOf(f)}
		for b.Loop() {
			if r, err := claim.Read(b.Context(), p, opts); err != nil || len(r.Claims) == 0 {
				b.Fatal("no claims", err)
			}
		}
	})
	b.Run("all", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if _, err := check(text, facts, f, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
