package collecttest

import (
	"encoding/json"
	"strings"
	"testing"

	"assay/internal/collect"
)

// mails are addresses as people write theirs. In a name of them nothing else is made up
// of the same letters.
var mails = []string{
	"zqann@zqcorp.com", "ZQAnn@ZQCorp.COM", "`zqann@zqcorp.com`", "<zqann@zqcorp.com>", "**zqann@zqcorp.com**", "mailto:zqann@zqcorp.com",
	"zqann [at] zqcorp [dot] com", "ZQANN [AT] ZQCORP [DOT] COM", "zqann (At) zqcorp (Dot) com", "zqann at zqcorp.com", "zqann AT zqcorp DOT com", "zqann @ zqcorp.com",
	"zqann at zqcorp dot com", "zqann{at}zqcorp{dot}com", "zqann&#64;zqcorp.com", "zqann%40zqcorp.com", "zqann＠zqcorp.com", "zqann@\u200bzqcorp.com", "zqann-at-zqcorp-dot-com",
	"zqann <at> zqcorp.com", "zqann@zqcorp[.]com",
}

// NoMail holds a collector to it that no form of an e-mail address is kept, in a fact or
// in what is remembered of a file. Each text of the files, which are paths and texts,
// has "@@" in the places where an address is tried.
func NoMail[F any](t *testing.T, c collect.TreeCollector, pathsAndTexts ...string) {
	t.Helper()
	for i := 0; i < len(pathsAndTexts); i += 2 {
		path, text := pathsAndTexts[i], pathsAndTexts[i+1]
		for _, mail := range mails {
			readings := map[string][]byte{}
			inAddress := mail
			if strings.ContainsAny(mail, " ＠\u200b") {
				inAddress = "x" // it would end there
			}
			src := strings.ReplaceAll(strings.ReplaceAll(text, "/@@", "/"+inAddress), "@@", mail)
			got, err := json.Marshal(run[F](t, c, Files(path, src), readings))
			if err != nil {
				t.Fatal(err)
			}
			for _, kept := range []string{string(got), string(readings[path])} {
				if low := strings.ToLower(kept); strings.Contains(low, "zqann") || strings.Contains(low, "zqcorp") {
					t.Errorf("%s: of %q is kept %s", path, src, kept)
					break
				}
			}
		}
	}
}
