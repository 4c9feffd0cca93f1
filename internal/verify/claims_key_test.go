package verify

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/usage"
	"assay/internal/verify/stated"
)

// A keyed claim has the verdict that a person gave it who had not seen the program.
type keyed struct {
	Claim   json.RawMessage `json:"claim"`
	Verdict Verdict         `json:"verdict"`
	// Told is the verdict that is right by the definitions where the person found another,
	// and Because why.
	Told    Verdict `json:"told"`
	Because string  `json:"because"`
}

// Claims on the example landscape, of all kinds, are judged as a person judged them. What was
// true once is outdated or refuted: not every figure has a history.
func TestKeyedClaims(t *testing.T) {
	t.Parallel()
	var key struct{ Claims []keyed }
	text, err := os.ReadFile(filepath.Join("testdata", "demo", "claims.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &key); err != nil {
		t.Fatal(err)
	}
	var members []string
	for _, c := range key.Claims {
		members = append(members, string(c.Claim))
	}
	facts := speaking(t, demoFacts(t))
	cs, err := ReadClaims([]byte(`{"claims": [` + strings.Join(members, ",\n") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	find := func(language string) (*usage.Findings, error) { return found(t, facts, language), nil }
	r, err := cs.Check(t.Context(), facts, found(t, facts, "rust"), Options{Unnamed: true, Find: find})
	if err != nil {
		t.Fatal(err)
	}
	doubtful := 0
	for i, c := range key.Claims {
		want := c.Verdict
		if c.Told != "" {
			if want = c.Told; c.Because == "" {
				t.Errorf("claim %d is told otherwise than it was found, for no reason", i)
			}
			doubtful++
		}
		got := &r.Claims[i]
		if same := got.Verdict == want || (want == Outdated || want == Refuted) && (got.Verdict == Outdated || got.Verdict == Refuted); !same {
			t.Errorf("%d %s is %s (%s; %s; %s), want %s", i, c.Claim, got.Verdict, got.Measured, got.Why, got.Source, want)
		}
	}
	if len(key.Claims) < 130 || doubtful > 5 {
		t.Errorf("%d claims, %d told otherwise than they were found", len(key.Claims), doubtful)
	}
}

// speaking are facts whose mirrors speak for the day.
func speaking(t *testing.T, facts finding.Facts) finding.Facts {
	t.Helper()
	text, err := json.Marshal(facts)
	if err != nil {
		t.Fatal(err)
	}
	var own finding.Facts // the given ones are shared
	if err := json.Unmarshal(text, &own); err != nil {
		t.Fatal(err)
	}
	for i := range own.Survey.Outcomes {
		if o := &own.Survey.Outcomes[i]; o.Revision != nil {
			o.Observed = &fact.Observation{At: string(demoDay) + "T23:59:59Z", Source: fact.ObservedRefs}
		}
	}
	return own
}

// Every claim that is none is refused, with the path of what is wrong in it.
func TestInvalidClaims(t *testing.T) {
	t.Parallel()
	var all []struct {
		Claim json.RawMessage `json:"claim"`
		Path  string          `json:"path"`
	}
	text, err := os.ReadFile(filepath.Join("testdata", "demo", "invalid.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	facts := demoFacts(t)
	for _, c := range all {
		r, err := judgeData(t, facts, `{"claims": [`+string(c.Claim)+`]}`)
		var faults *stated.FaultsError
		if r != nil || errkind.Of(err) != errkind.Input || !errors.As(err, &faults) || len(faults.List) == 0 {
			t.Errorf("%s: %v", c.Claim, err)
			continue
		}
		// What a member lacks is told of the member around it, or of the one that asks for it.
		want, _, _ := strings.Cut(strings.TrimPrefix(c.Path, "/claims/0/"), "/")
		lacks := !strings.Contains(string(c.Claim), `"`+want+`"`)
		if path := faults.List[0].Path; path != "claims[0]."+want && !strings.HasPrefix(path, "claims[0]."+want+".") && !(lacks && strings.HasPrefix(path, "claims[0]")) {
			t.Errorf("%s: %q, want something of %q", c.Claim, path, want)
		}
	}
	if len(all) < 25 {
		t.Errorf("%d claims", len(all))
	}
}
