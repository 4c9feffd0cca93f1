package people_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/people"
)

func table(t *testing.T, extra map[string]string) *people.Table {
	t.Helper()
	made, err := people.NewTable(extra)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestTableOf(t *testing.T) {
	t.Parallel()
	ours := table(t, nil)
	for domain, want := range map[string]string{
		"ibm.com":                  "IBM",
		"us.ibm.com":               "IBM",
		"linux.vnet.ibm.com":       "IBM",
		" Us.IBM.com. ":            "IBM",
		"notibm.com":               "",
		"ibm.com.acme.example":     "",
		"com":                      "",
		"redhat.com":               "Red Hat",
		"coreos.com":               "Red Hat",
		"vmware.com":               "Broadcom",
		"nyu.edu":                  "New York University",
		"cs.nyu.edu":               "New York University",
		"mit.edu":                  "mit.edu",
		"csail.mit.edu":            "mit.edu",
		"ll.mit.edu":               "MIT Lincoln Laboratory",
		"dept.cam.ac.uk":           "cam.ac.uk",
		"mail.ustc.edu.cn":         "ustc.edu.cn",
		"is.u-tokyo.ac.jp":         "u-tokyo.ac.jp",
		"inf.ethz.ch":              "ETH Zurich",
		"edu":                      "",
		"ac.uk":                    "",
		"acme.ac":                  "", // the top-level domain of Ascension Island
		"education.acme.com":       "",
		"ac.acme.com":              "",
		"alumni.ethz.ch":           "",
		"alum.mit.edu":             "",
		"gmail.com":                "",
		"vip.qq.com":               "",
		"kernel.org":               "",
		"lists.cncf.io":            "",
		"contractor.cncf.io":       "Linux Foundation",
		"seznam.cz":                "",
		"firma.seznam.cz":          "Seznam.cz",
		"acme.example":             "",
		"":                         "",
		"i b m.com":                "",
		"users.noreply.github.com": "GitHub", // which Domain never gives
	} {
		got, known := ours.Of(domain)
		if got != want || known != (want != "") {
			t.Errorf("Of(%q) = %q, %t, want %q", domain, got, known, want)
		}
	}
}

func TestTableAt(t *testing.T) {
	t.Parallel()
	ours := table(t, nil)
	for _, test := range []struct{ domain, day, want string }{
		{"coreos.com", "2018-01-29", "CoreOS"},
		{"coreos.com", "2018-01-30", "Red Hat"},
		{"coreos.com", "2017-12", "CoreOS"},
		{"coreos.com", "2018-01", "Red Hat"}, // a month is its last day
		{"dev.coreos.com", "2016-05-01", "CoreOS"},
		{"pivotal.io", "2019-12-29", "Pivotal"},
		{"pivotal.io", "2019-12-30", "VMware"},
		{"pivotal.io", "2023-11-22", "Broadcom"},
		{"ibm.com", "1990-01-01", "IBM"},
		{"mit.edu", "2016-05-01", "mit.edu"},
	} {
		if got, _ := ours.At(test.domain, test.day); got != test.want {
			t.Errorf("At(%q, %s) = %q, want %q", test.domain, test.day, got, test.want)
		}
	}
}

func TestTableExtra(t *testing.T) {
	t.Parallel()
	extra := map[string]string{
		"acme.example": "Acme", "labs.acme.example": "-", "@Gmail.com": "Gmail People", "ibm.com": "Big Blue",
		"suse.com": "", "coreos.com": "RedHat, Inc.", "mit.edu": "-", "alumni.ethz.ch": "Old ETH",
	}
	own := table(t, extra)
	for domain, want := range map[string]string{
		"acme.example":      "Acme",
		"eu.acme.example":   "Acme",
		"labs.acme.example": "",
		"gmail.com":         "Gmail People",
		"us.ibm.com":        "Big Blue",
		"suse.com":          "",
		"de.suse.com":       "",
		"csail.mit.edu":     "",
		"alumni.ethz.ch":    "Old ETH",
		"inf.ethz.ch":       "ETH Zurich",
		"intel.com":         "Intel",
		"other.example":     "",
	} {
		if got, known := own.Of(domain); got != want || known != (want != "") {
			t.Errorf("Of(%q) = %q, %t, want %q", domain, got, known, want)
		}
	}
	// The user's word is not dated, and in our spelling.
	if got, _ := own.At("coreos.com", "2015-01-01"); got != "Red Hat" {
		t.Errorf("coreos.com is %q in 2015, the user said Red Hat", got)
	}
}

func TestTableExtraRefused(t *testing.T) {
	t.Parallel()
	for _, domain := range []string{"", "acme", "jane@acme.example", "https://acme.example", "acme example", ".example"} {
		_, err := people.NewTable(map[string]string{"fine.example": "Fine", domain: "Acme"})
		if errkind.Of(err) != errkind.Usage || errkind.Hint(err) == "" || !strings.Contains(err.Error(), `"`+domain+`"`) {
			t.Errorf("domain %q: error %v (%s), want one of usage that quotes it, with a hint", domain, err, errkind.Of(err))
		}
	}
}

func TestNilTable(t *testing.T) {
	t.Parallel()
	var none *people.Table
	if got, known := none.Of("ibm.com"); got != "" || known {
		t.Errorf("no table knows %q", got)
	}
}

func TestCanonical(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Red Hat":               "Red Hat",
		"Red Hat, Inc.":         "Red Hat",
		"RedHat":                "Red Hat",
		" red  hat inc ":        "Red Hat",
		"Google LLC":            "Google",
		"Google Cloud":          "Google",
		"Microsoft Corporation": "Microsoft",
		"International Business Machines Corporation": "IBM",
		"Huawei Technologies Co., Ltd.":               "Huawei",
		"Samsung Electronics Co.,Ltd":                 "Samsung",
		"Amazon.com, Inc.":                            "Amazon",
		"AWS":                                         "Amazon",
		"Meta Platforms Inc.":                         "Meta",
		"VMware Inc.":                                 "VMware",
		"CoreOS, Inc.":                                "CoreOS",
		"CNCF":                                        "Linux Foundation",
		"Codecentric AG":                              "codecentric",
		"Jd.Com":                                      "JD.com",
		"Acme":                                        "Acme",
		"Acme, Inc.":                                  "Acme",
		"Acme Widgets S.p.A.":                         "Acme Widgets",
		"Acme  Widgets   GmbH & Co. KG":               "Acme Widgets",
		"Inc.":                                        "Inc.",
		"Incorporated Acme":                           "Incorporated Acme",
		"Яндекс":                                      "Яндекс",
		"Acme\xff":                                    "Acme",
		"":                                            "",
	} {
		if got := people.Canonical(name); got != want {
			t.Errorf("Canonical(%q) = %q, want %q", name, got, want)
		}
	}
}

// The order of the sources: each case takes away the first that spoke before.
func TestResolverOrder(t *testing.T) {
	t.Parallel()
	h := people.NewHasher([]byte("secret"))
	const (
		byAddress = "jane@ibm.com By Address\n"
		byAuthor  = "jane@home.example By Author\n"
		byDomain  = "ibm.com By Domain\n"
		ownToo    = "jane@ibm.com Unknown\n"
		herself   = "jane@home.example Independent\n"
	)
	key, authors := people.AddressKey(h, "jane@ibm.com"), []string{h.Key("mail:nobody@acme.example"), people.AddressKey(h, "jane@home.example")}
	for _, test := range []struct {
		name, file string
		extra      map[string]string
		want       string
	}{
		{"the address first", byDomain + byAuthor + byAddress, nil, "By Address"},
		{"then the author", byDomain + byAuthor, nil, "By Author"},
		{"an unknown address asks the author", byDomain + byAuthor + ownToo, nil, "By Author"},
		{"then the domain in the file", byDomain, nil, "By Domain"},
		{"then the user's domains", "", map[string]string{"ibm.com": "By Table"}, "By Table"},
		{"then ours", "", nil, "IBM"},
		{"none said is an answer", byDomain + herself, nil, ""},
		{"a domain said to be unknown asks the table", "ibm.com (Unknown)\n", nil, "IBM"},
		{"a domain said to be nobody's", "ibm.com (Independent)\n", nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := people.Resolver{Affiliations: parse(t, test.file), Table: table(t, test.extra)}
			got, known := r.Organisation(authors, key, "ibm.com", "2020-01-01")
			if got != test.want || known != (test.want != "") {
				t.Errorf("organisation %q, %t, want %q", got, known, test.want)
			}
		})
	}
}

func TestResolverWithoutSources(t *testing.T) {
	t.Parallel()
	if got, known := (people.Resolver{}).Organisation([]string{"a"}, "b", "ibm.com", "2020-01-01"); got != "" || known {
		t.Errorf("nothing says %q", got)
	}
	r := people.Resolver{Table: table(t, nil)}
	for day, want := range map[string]string{"2017-03": "CoreOS", "2019-03-04": "Red Hat"} {
		if got, _ := r.Organisation(nil, "", "coreos.com", day); got != want {
			t.Errorf("coreos.com in %s is %q, want %q", day, got, want)
		}
	}
}

// parse reads an affiliation file with the key "secret".
func parse(t *testing.T, file string) *people.Affiliations {
	t.Helper()
	a, err := people.ParseAffiliations("aff.txt", strings.NewReader(file), people.NewHasher([]byte("secret")))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A broken reader gives an error after some text.
type broken struct{ text io.Reader }

var errBroken = errors.New("the disk is gone")

func (b broken) Read(p []byte) (int, error) {
	if n, _ := b.text.Read(p); n > 0 {
		return n, nil
	}
	return 0, errBroken
}
