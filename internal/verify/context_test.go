package verify

import "testing"

// More than what was read may be in what was not, unless the report itself says
// that it speaks of what was read, or contradicts itself.
func TestMoreThanWasRead(t *testing.T) {
	t.Parallel()
	const more = "3,100,001"
	tests := []struct {
		name, text string
		want       Verdict
		suggested  string
	}{
		{"nothing is said", "Wasmoor has 3,100,001 bytes of Rust.", Unverifiable, ""},
		{"another project beside", "Wasmoor has 3,100,001 bytes of Rust. Ferrobase has 24,814,809 bytes of Rust.", Unverifiable, ""},
		{"in what was read", "Wasmoor has 3,100,001 bytes of Rust in what was read.", Refuted, "3,100,000"},
		{"its coverage", "Wasmoor has 3,100,001 bytes of Rust; 2 of 3 repositories were read.", Refuted, "3,100,000"},
		{"another coverage", "Wasmoor has 3,100,001 bytes of Rust; 3 of 3 repositories were read.", Unverifiable, ""},
		{"the coverage of all", "10 of 13 repositories could be read.\n\nWasmoor has 3,100,001 bytes of Rust.", Refuted, "3,100,000"},
		{"what was read elsewhere", "Wasmoor has 3,100,001 bytes of Rust.\n\nIn Wasmoor there are 3,100,000 bytes of Rust.", Unverifiable, ""}, // a contradiction, and either may be right
		{"the same elsewhere", "Wasmoor has 3,100,001 bytes of Rust.\n\nIn Wasmoor there are 3.1 MB of Rust.", Unverifiable, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := checkText(t, "# Report\n\n"+tt.text+"\n")
			for i := range r.Claims {
				c := &r.Claims[i]
				if c.Quote != more {
					continue
				}
				suggested := ""
				if c.Suggestion != nil {
					suggested = c.Suggestion.Text
				}
				if c.Verdict != tt.want || suggested != tt.suggested || c.Edit != nil {
					t.Errorf("%s (%s), suggested %q, written %v; want %s, %q, nothing written", c.Verdict, c.Why, suggested, c.Edit, tt.want, tt.suggested)
				}
				return
			}
			t.Errorf("no claim %q in %+v", more, r.Claims)
		})
	}
}
