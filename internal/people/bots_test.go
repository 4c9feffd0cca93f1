package people_test

import (
	"testing"

	"assay/internal/people"
)

func TestBot(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, address, want string }{
		// By the mark.
		{"dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", "dependabot"},
		{"dependabot-preview[bot]", "1+dependabot-preview[bot]@users.noreply.github.com", "dependabot"},
		{"Sweeper [bot]", "sweeper@acme.example", "sweeper"},
		{"Tidy Robin (bot)", "tidy@acme.example", "tidy robin"},
		{"Tidy", "5+tidy-up[bot]@users.noreply.github.com", "tidy-up"},
		{"Tidy", "tidy[bot]@acme.example", "tidy"},

		// By one word.
		{"acme-bot", "ci@acme.example", "acme-bot"},
		{"Acme_Bot", "ci@acme.example", "acme_bot"},
		{"acme-release-robot", "", "acme-release-robot"},
		{"Acme Automation", "7+acme-bot@users.noreply.github.com", "acme-bot"},
		{"Reg [bot]", "7+acme-bot@users.noreply.github.com", "acme-bot"},

		// By the table: name, account, address.
		{"Renovate Bot", "someone@acme.example", "renovate"},
		{"renovate[bot]", "29139614+renovate[bot]@users.noreply.github.com", "renovate"},
		{"Self-hosted", "bot@renovateapp.com", "renovate"},
		{"OpenTelemetry  Bot", "ci@acme.example", "opentelemetrybot"},
		{"otelbot[bot]", "197425009+otelbot[bot]@users.noreply.github.com", "opentelemetrybot"},
		{"k8s-ci-robot", "k8s-ci-robot@users.noreply.github.com", "k8s-ci-robot"},
		{"Kubernetes Prow Robot", "ci@acme.example", "k8s-ci-robot"},
		{"Copilot", "198982749+Copilot@users.noreply.github.com", "copilot"},
		{"copilot-swe-agent[bot]", "198982749+Copilot@users.noreply.github.com", "copilot"},
		{"Claude", "NoReply@Anthropic.com", "claude code"},
		{"Claude", "5+claude@users.noreply.github.com", "claude code"},
		{"GitHub Action", "action@github.com", "github-actions"},

		// People.
		{"Jane Doe", "jane@acme.example", ""},
		{"Martin Bot", "martin.bot@acme.example", ""},
		{"martin bot", "5+martinbot@users.noreply.github.com", ""},
		{"Bot", "bot@acme.example", ""},
		{"Talbot", "talbot@acme.example", ""},
		{"Abbot", "12+abbot@users.noreply.github.com", ""},
		{"Nora Robot", "nora@acme.example", ""},
		{"Claude", "claude@acme.example", ""},
		{"Travis", "travis@acme.example", ""},
		{"Jane [bot] Doe", "jane@acme.example", ""},
		{"[bot]", "jane@acme.example", ""},
		{"", "", ""},
		{"Jane Doe", "noreply@github.com", ""},
	} {
		if got := people.Bot(test.name, test.address); got != test.want {
			t.Errorf("Bot(%q, %q) = %q, want %q", test.name, test.address, got, test.want)
		}
	}
}
