package catalog

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"assay/internal/fact"
	"assay/internal/landscape"
	"assay/internal/mirror"
	"assay/internal/source"
)

// realCatalog is the catalogue of the CNCF's landscape at a date, made from
// the tree of mirrors that ASSAY_MIRROR names: cncf/landscape, cncf/clomonitor,
// cncf/devstats and whatever other repositories there are.
func realCatalog(t *testing.T, asOf fact.Date) *fact.Catalog {
	t.Helper()
	dir := os.Getenv("ASSAY_MIRROR")
	if dir == "" {
		t.Skip("ASSAY_MIRROR names no tree of mirrors")
	}
	cncf := filepath.Join(dir, "github.com", "cncf")
	ls, err := landscape.Load(t.Context(), landscape.Source{Where: filepath.Join(cncf, "landscape.git"), AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := mirror.New(mirror.Config{From: dir, Offline: true})
	if err != nil {
		t.Fatal(err)
	}
	c, err := Build(t.Context(), ls, Options{
		CLOMonitor: &source.Spec{Where: filepath.Join(cncf, "clomonitor.git"), AsOf: asOf},
		DevStats:   &source.Spec{Where: filepath.Join(cncf, "devstats.git"), AsOf: asOf},
		Lister:     Mirrors(tree),
		Canonical: func(ctx context.Context, id fact.RepoID) (fact.RepoID, error) {
			_, as, err := tree.Find(ctx, id)
			return as, err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRealCatalog(t *testing.T) {
	t.Parallel()
	c := realCatalog(t, "2025-12-10")
	byReason := map[fact.Reason]int{}
	project := map[string]string{}
	for i := range c.Repositories {
		r := &c.Repositories[i]
		byReason[r.Reason()]++
		project[r.ID.Slug()] = r.Project
		for _, m := range r.Memberships {
			if m.Evidence.Line == 0 || m.Evidence.Commit == "" {
				t.Errorf("%s: evidence without a place: %+v", r.ID, m)
			}
		}
	}
	t.Logf("%d repositories: %v", len(c.Repositories), byReason)
	if out := os.Getenv("ASSAY_CATALOG_OUT"); out != "" {
		data, err := json.MarshalIndent(c, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(out, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for slug, want := range map[string]string{
		"keylime/rust-keylime":                     "Keylime",
		"containerd/runwasi":                       "containerd",
		"containerd/rust-extensions":               "containerd",
		"tikv/raft-rs":                             "TiKV",
		"tikv/client-rust":                         "TiKV",
		"youki-dev/oci-spec-rs":                    "youki",
		"linkerd/linkerd2-proxy":                   "Linkerd",
		"wasmCloud/wadm":                           "wasmCloud",
		"kubewarden/kwctl":                         "Kubewarden",
		"project-akri/akri":                        "Akri",
		"confidential-containers/guest-components": "Confidential Containers",
		"open-telemetry/opentelemetry-rust":        "OpenTelemetry",
		"open-telemetry/otel-arrow":                "OpenTelemetry",
		"spiffe/spire":                             "SPIRE",
		"containers/podman":                        "Podman Container Tools",
	} {
		if project[slug] != want {
			t.Errorf("%s is of project %q, want %q", slug, project[slug], want)
		}
	}
}
