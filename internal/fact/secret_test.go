package fact

import (
	"strings"
	"testing"
)

// s3cret is in all that is a secret.
func TestWithoutSecrets(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://s3cret:s3cret@h.example/o/n":                  "https://h.example/o/n",
		"https://s3cret@h.example/o/n":                         "https://h.example/o/n",
		"https://s3cret:@h.example":                            "https://h.example",
		"https://:s3cret@h.example":                            "https://h.example",
		"https://a:s3@cret@h.example/o":                        "https://h.example/o",
		"https://a:s3/cret@h.example/o/n":                      "https://h.example/o/n",
		"https://a:s3?cret#@h.example/o/n":                     "https://h.example/o/n",
		"https://a%3As3cret%40h.example/o/n":                   "https://h.example/o/n",
		"//s3cret:s3cret@h.example/o":                          "//h.example/o",
		"ssh://git@h.example/o/n":                              "ssh://git@h.example/o/n",
		"ssh://git:s3cret@h.example/o/n":                       "ssh://h.example/o/n",
		"git@h.example:o/n":                                    "git@h.example:o/n",
		"u:s3cret@h.example/o/n":                               "h.example/o/n",
		"u:s3cret@h.example:o/n":                               "h.example:o/n",
		"see https://a:s3cret@h.example/x, or //b:s3cret@h/y.": "see https://h.example/x, or //h/y.",
		"https://h.example/x?token=s3cret&a=b#c":               "https://h.example/x?token=xxxxx&a=b#c",
		"https://h.example/x?a=b&Access_Token=s3cret":          "https://h.example/x?a=b&Access_Token=xxxxx",
		"https://h.example/x?X-Amz-Signature=s3cret":           "https://h.example/x?X-Amz-Signature=xxxxx",

		// No secrets, and as they were.
		"":                                     "",
		"https://h.example/o/n":                "https://h.example/o/n",
		"https://h.example:8443/@scope/pkg":    "https://h.example:8443/@scope/pkg",
		"https://h.example/@user/post":         "https://h.example/@user/post",
		"https://h.example/?tokens=1&key=2":    "https://h.example/?tokens=1&key=2",
		"ann@example.org":                      "ann@example.org",
		"mailto:ann@example.org":               "mailto:ann@example.org",
		"npm/@scope/pkg":                       "npm/@scope/pkg",
		"Ann <ann@example.org> // see below @": "Ann <ann@example.org> // see below @",
	} {
		got := WithoutSecrets(text)
		if got != want || strings.Contains(got, "s3") {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if again := WithoutSecrets(got); again != got {
			t.Errorf("%q, once more: %q", got, again)
		}
	}
}

// No error of an address shows what may be a secret of it.
func TestParseRepoURLKeepsSecrets(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"https://u:s3cret@/o/n", "https://u:s3cret@h.example/o", "https://u:s3cret@h example/o/n", "u:s3cret@h.example/-/n",
		"ftp://u:s3cret@h.example/o/n", "https://u:s3/cret@h.example/o/n/x y", "https://u:s3cret@h.example/o/\x00n", "https://u%3As3cret%40h.example/o/n",
		"https://s3cret@h.example/o/..", "git@u:s3cret@h.example/o/n o",
	} {
		id, err := ParseRepoURL(raw)
		if strings.Contains(string(id), "s3cret") || err != nil && strings.Contains(err.Error(), "s3") {
			t.Errorf("%q: %q, %v", raw, id, err)
		}
	}
	for raw, want := range map[string]RepoID{
		"https://u:s3cret@h.example/o/n.git": "h.example/o/n", "u:s3cret@h.example/o/n": "h.example/o/n",
	} {
		if id, err := ParseRepoURL(raw); id != want || err != nil {
			t.Errorf("%q: %q, %v", raw, id, err)
		}
	}
	for _, raw := range []string{"https://h.example/o/n\x00", "https://h.example/o/\x00/n", "https://h.example\x00.evil.example/o/n", "https://h.example/o/n%00", "https://h.example/o/\u202en", "https://h.example/o/n\x7f", "https://h.example/o\x1b[31m/n", "h.example/o/n%0a"} {
		if id, err := ParseRepoURL(raw); err == nil {
			t.Errorf("%q is taken for %q", raw, id)
		}
	}
}
