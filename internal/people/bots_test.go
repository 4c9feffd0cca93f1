package people_test

import (
	"os"
	"strings"
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

		// By its kind: accounts and names of one word.
		{"Jane", "7+widget-robot-2@users.noreply.github.com", "widget-robot-2"},
		{"bot-widget", "", "bot-widget"},
		{"robot-widget", "", "robot-widget"},
		{"widget-bot-blue", "", "widget-bot-blue"},
		{"project_12_bot_1a2b3c", "project_12_bot_1a2b3c@noreply.gitlab.example", "project_12_bot_1a2b3c"},
		{"widget-ci", "", "widget-ci"},
		{"widgetcibot", "", "widgetcibot"},
		{"travis-widget-bot", "", "travis-widget-bot"},
		{"widget-ci-nightbot", "", "widget-ci-nightbot"},
		{"jenkins-widget", "", "jenkins-widget"},
		{"widget-jenkins", "", "widget-jenkins"},
		{"widget-gerrit", "", "widget-gerrit"},
		{"widget-testing", "", "widget-testing"},
		{"codecov-widget", "", "codecov-widget"},
		{"widget-clabot", "", "widget-clabot"},
		{"my-cla-bot-2", "", "my-cla-bot-2"},
		{"k8s-widget", "", "k8s-widget"},
		{"svc-widget", "", "svc-widget"},
		{"WidgetBot", "5+widgetbot@users.noreply.github.com", "widgetbot"},
		{"Bot", "bot@acme.example", "bot"},

		// Of several words.
		{"Acme Release Bot", "release@acme.example", "acme release bot"},
		{"KubeWidget Bot", "hello@acme.example", "kubewidget bot"},
		{"Acme bot", "hello@acme.example", "acme bot"},
		{"Acme Bot", "hello@acme.example", "acme bot"},
		{"Acme Bot", "acme-bot@widget.example", "acme bot"},
		{"Acme CI", "hello@widget.example", "acme ci"},
		{"Acme Service Account", "hello@widget.example", "acme service account"},
		{"Acme Automation", "hello@widget.example", "acme automation"},
		{"Automated Release", "release@acme.example", "automated release"},
		{"Jenkins (pipeline user)", "ci@acme.example", "jenkins"},

		// By the address.
		{"Acme", "acme-ci@acme.example", "acme"},
		{"", "build-robot@acme.example", "build-robot"},
		{"", "noreply+bot@acme.example", "noreply+bot"},
		{"", "jenkins@build.acme.example", "jenkins"},
		{"", "jenkins@acme.example", ""},
		{"Jane Doe", "release-bot@acme.example", "release-bot"},
		{"release.bot", "release.bot@acme.example", "release.bot"},
		{"release-bot@acme.example", "", "release-bot@acme.example"},
		{"[bot] Tidy", "tidy@acme.example", "tidy"},
		{"Acme BOT", "hello@widget.example", "acme bot"},
		{"🤖 Release Bot 2", "hello@widget.example", "🤖 release bot 2"},
		{"GitLab Runner", "runner@acme.example", "gitlab runner"},
		{"gitlab-runner", "gitlab-runner@acme.example", "gitlab-runner"},

		// People.
		{"Joost Bot", "joost@acme.example", ""},
		{"Joost Bot", "joost@joost.example", ""},
		{"Joost Bot", "joost-bot@gmail.com", ""},
		{"Nolwenn Le Bot", "5+nolwenn-le-bot@users.noreply.github.com", ""},
		{"Gerrit Bot", "gerrit.bot@acme.example", ""},
		{"JaneBot", "janebot@gmail.com", ""},
		{"Jane Doe", "robot@jane.example", ""},
		{"Jane Doe", "5+jane-bot@users.noreply.github.com", ""},
		{"Jane Doe", "5+bot-wrangler@users.noreply.github.com", ""},
		{"Jane Doe", "5+not-a-bot@users.noreply.github.com", ""},
		{"notarobot", "notarobot@acme.example", ""},
		{"Jane Doe", "5+widget-ci@users.noreply.github.com", ""},
		{"Emlyn Jenkins", "jenkins@acme.example", ""},
		{"Wang Ci", "wangci@acme.example", ""},
		{"Docker & K8s", "5+janedoe@users.noreply.github.com", ""},
		{"JOOST BOT", "joost@acme.example", ""},
		{"LeeAnn Bot", "lee@acme.example", ""},
		{"Bot", "joost.bot@acme.example", ""},
		{"Jenkins", "jane.jenkins@acme.example", ""},
		{"Ruth CI Doe", "ruth@acme.example", ""},
		{"Jane Doe (bot maintainer)", "jane@acme.example", ""},
		{"Jane Doe", "jane@robotics.example", ""},
		{"Jane Doe", "jane@acme.example", ""},
		{"Martin Bot", "martin.bot@acme.example", ""},
		{"martin bot", "5+martinbot@users.noreply.github.com", ""},
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

// A score is how well bots are told in a list: of people none is called a bot, or
// few are, and of bots few are taken for people.
type score struct{ right, wrong, missed int }

func (s score) precision() float64 { return float64(s.right) / float64(s.right+s.wrong) }
func (s score) recall() float64    { return float64(s.right) / float64(s.right+s.missed) }

// least is the precision, and the recall, that must be reached.
const least = 0.98

// The list was labelled by somebody who had not seen the rules.
func TestBotsLabelled(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/bots.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var s score
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 || f[3] != "bot" && f[3] != "person" {
			t.Fatalf("%q is no line of the list", line)
		}
		switch bot := people.Bot(f[0], f[1]); {
		case bot != "" && f[3] == "bot":
			s.right++
		case bot != "":
			s.wrong++
			t.Logf("a person, called the bot %q: %q %q", bot, f[0], f[1])
		case f[3] == "bot":
			s.missed++
			t.Logf("a bot, called a person: %q %q", f[0], f[1])
		}
	}
	if s.right+s.missed < 200 || s.precision() < least || s.recall() < least {
		t.Errorf("%+v: precision %.3f, recall %.3f", s, s.precision(), s.recall())
	}
}
