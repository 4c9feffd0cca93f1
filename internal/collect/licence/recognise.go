package licence

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"sort"
	"strings"
	"sync"

	classifier "github.com/google/licenseclassifier/v2"
	"github.com/google/licenseclassifier/v2/assets"

	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
)

// noAssertion is SPDX's word for "there is a licence text and we cannot name
// it".
const noAssertion = "NOASSERTION"

const (
	// matchThreshold is the least likeness of a text with a licence, 0 to 1.
	matchThreshold = 0.8
)

// common lists the texts that nearly all repositories use. Loading the
// library's whole collection takes most of a second, these a twentieth.
var common = []string{
	"License/AGPL-3.0/license.txt",
	"License/Apache-2.0/a.txt",
	"License/Apache-2.0/b.txt",
	"License/Apache-2.0/no-header.txt",
	"License/Apache-2.0/pristine.txt",
	"Header/Apache-2.0/header.txt",
	"Header/Apache-2.0/short.txt",
	"License/Artistic-2.0/license.txt",
	"License/BSD-0-Clause/license.txt",
	"License/BSD-2-Clause/pristine.txt",
	"License/BSD-3-Clause/a.txt",
	"License/BSD-3-Clause/pristine.txt",
	"License/BSL-1.0/pristine.txt",
	"License/CC-BY-4.0/license.txt",
	"License/CC-BY-SA-4.0/license.txt",
	"License/CC0-1.0/license.txt",
	"License/EPL-2.0/license.txt",
	"License/GPL-2.0/license.txt",
	"License/GPL-3.0/license.txt",
	"License/ISC/pristine.txt",
	"License/LGPL-2.1/pristine.txt",
	"License/LGPL-3.0/pristine.txt",
	"License/MIT/a.txt",
	"License/MIT/pristine.txt",
	"License/MPL-2.0/pristine.txt",
	"License/Unlicense/license.txt",
	"License/Zlib/pristine.txt",
}

// spdxNames gives the SPDX expression of the library's names that are none.
var spdxNames = map[string]string{
	"Apache-2.0-Modified":              noAssertion,
	"Apache-with-LLVM-Exception":       "Apache-2.0 WITH LLVM-exception",
	"Apache-with-Runtime-Exception":    "Apache-2.0 WITH Swift-exception",
	"BSD-0-Clause":                     "0BSD",
	"BSD-2-Clause-FreeBSD":             "BSD-2-Clause",
	"BSD-2-Clause-NetBSD":              "BSD-2-Clause",
	"Boost-original":                   "BSL-1.0",
	"Business-Source-License-1.1":      "BUSL-1.1",
	"GPL-2.0-with-GCC-exception":       "GPL-2.0 WITH GCC-exception-2.0",
	"GPL-2.0-with-autoconf-exception":  "GPL-2.0 WITH Autoconf-exception-2.0",
	"GPL-2.0-with-bison-exception":     "GPL-2.0 WITH Bison-exception-2.2",
	"GPL-2.0-with-classpath-exception": "GPL-2.0 WITH Classpath-exception-2.0",
	"GPL-2.0-with-font-exception":      "GPL-2.0 WITH Font-exception-2.0",
	"GPL-3.0-with-GCC-exception":       "GPL-3.0 WITH GCC-exception-3.1",
	"GPL-3.0-with-autoconf-exception":  "GPL-3.0 WITH Autoconf-exception-3.0",
	"GPL-3.0-with-bison-exception":     "GPL-3.0 WITH Bison-exception-2.2",
	"LicenseRef-MIT-Lucent":            noAssertion,
	"MIT-Modern-Variant":               "MIT-Modern-Variant",
	"Python-2.0-complete":              "Python-2.0",
	"X11-Lucent":                       noAssertion,
	"cURL":                             "curl",
	"tcl_tk":                           "TCL",
	"unicode_org":                      noAssertion,
	"wxWindows-3.1":                    noAssertion,
}

// rareNames are those of the library's other names that are SPDX identifiers
// and may be told of a whole file. Any other name is NOASSERTION.
const rareNames = ` AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 AGPL-1.0 AML AMPAS APSL-1.0 APSL-1.1 APSL-1.2 APSL-2.0
 Apache-1.0 Apache-1.1 Artistic-1.0 Artistic-1.0-Perl Artistic-1.0-cl8 BSD-2-Clause-Patent BSD-3-Clause-Attribution
 BSD-3-Clause-Clear BSD-3-Clause-LBNL BSD-4-Clause BSD-4-Clause-UC BSD-Protection BSD-Source-Code BitTorrent-1.1
 Beerware CAL-1.0 CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-3.0 CC-BY-NC-1.0 CC-BY-NC-2.0 CC-BY-NC-2.5 CC-BY-NC-3.0
 CC-BY-NC-4.0 CC-BY-NC-ND-1.0 CC-BY-NC-ND-2.0 CC-BY-NC-ND-2.5 CC-BY-NC-ND-3.0 CC-BY-NC-ND-4.0 CC-BY-NC-SA-1.0
 CC-BY-NC-SA-2.0 CC-BY-NC-SA-2.5 CC-BY-NC-SA-3.0 CC-BY-NC-SA-4.0 CC-BY-ND-1.0 CC-BY-ND-2.0 CC-BY-ND-2.5 CC-BY-ND-3.0
 CC-BY-ND-4.0 CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.5 CC-BY-SA-3.0 CDDL-1.0 CDDL-1.1 CDLA-Permissive-1.0 CECILL-2.1
 CNRI-Python-GPL-Compatible CPAL-1.0 CPL-1.0 DRL-1.0 EPL-1.0 EUPL-1.0 EUPL-1.1 Elastic-2.0 FTL GPL-1.0 HPND-sell-variant
 HTK ICU IJG IPL-1.0 ImageMagick Info-ZIP JSON JasPer-2.0 LGPL-2.0 LGPLLR LPL-1.0 LPL-1.02 LPPL-1.3c Libpng
 Linux-OpenIB MIT-Modern-Variant MPL-1.0 MPL-1.1 MS-PL MS-RL NAIST-2003 NCSA NGPL NPL-1.0 NPL-1.1 OFL-1.1 OSL-1.0 OSL-1.1
 OSL-2.0 OSL-2.1 OSL-3.0 OpenSSL PHP-3.0 PHP-3.01 PostgreSQL Python-2.0 QPL-1.0 Qhull Ruby SGI-B-1.0 SGI-B-1.1 SGI-B-2.0
 SISSL SISSL-1.2 SSPL-1.0 Sleepycat Spencer-86 UPL-1.0 Unicode-DFS-2015 Unicode-DFS-2016 Unicode-TOU Vim W3C W3C-19980720
 W3C-20150513 WTFPL X11 Xnet ZPL-1.1 ZPL-2.0 ZPL-2.1 Zend-2.0 blessing eGenix libtiff TCL curl `

// A recogniser names licence texts. It remembers what it has seen, because
// most repositories carry the same few texts. It may be used by several
// goroutines.
type recogniser struct {
	common func() *classifier.Classifier // loaded when first needed
	all    func() *classifier.Classifier // likewise; slow to load

	mu   sync.Mutex
	seen map[[sha256.Size]byte][]fact.Licence
}

func newRecogniser() *recogniser {
	return &recogniser{
		common: sync.OnceValue(loadCommon),
		all:    sync.OnceValue(loadAll),
		seen:   make(map[[sha256.Size]byte][]fact.Licence),
	}
}

// loadCommon loads the common licences. A text that the library does not have
// is left out: a test proves that there is none.
func loadCommon() *classifier.Classifier {
	c := classifier.NewClassifier(matchThreshold)
	for _, file := range common {
		if text, err := assets.ReadLicenseFile(file); err == nil {
			part := strings.Split(file, "/")
			c.AddContent(part[0], part[1], part[2], text)
		}
	}
	return c
}

// loadAll loads everything the library has; nil when its assets are damaged.
func loadAll() *classifier.Classifier {
	c, err := assets.DefaultClassifier()
	if err != nil {
		return nil
	}
	return c
}

// recognise gives the licences of a text, best first, without a path. The
// result is never empty: it is NOASSERTION when nothing fits. With rare false
// only the common licences are tried.
func (r *recogniser) recognise(text []byte, rare bool) []fact.Licence {
	key := sha256.Sum256(append([]byte{b2i(rare)}, text...))
	r.mu.Lock()
	found, ok := r.seen[key]
	r.mu.Unlock()
	if ok {
		return found
	}
	found = licencesIn(r.common(), text)
	// The rest of the collection is only worth its price for what reads like
	// a licence.
	if len(found) == 0 && rare && looksLegal(text) {
		if all := r.all(); all != nil {
			found = licencesIn(all, text)
		}
	}
	if len(found) == 0 {
		found = []fact.Licence{{SPDX: noAssertion}}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.seen) < limit.LicenceTexts {
		r.seen[key] = found
	}
	return found
}

func b2i(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func looksLegal(text []byte) bool {
	low := bytes.ToLower(text[:min(len(text), 64<<10)])
	return len(low) >= 200 && bytes.Contains(low, []byte("licen")) || bytes.Contains(low, []byte("warrant"))
}

// licencesIn gives the licences that c sees in a text, best first, each once.
func licencesIn(c *classifier.Classifier, text []byte) []fact.Licence {
	if len(bytes.TrimSpace(text)) == 0 {
		return nil // the library reads past the end of an empty text
	}
	best := map[string]float64{}
	for _, m := range c.Match(text).Matches {
		if m.MatchType != "License" && m.MatchType != "Header" {
			continue
		}
		id := spdxOf(m.Name)
		best[id] = max(best[id], m.Confidence)
	}
	if len(best) > 1 {
		delete(best, noAssertion)
	}
	out := make([]fact.Licence, 0, len(best))
	for id, confidence := range best {
		out = append(out, fact.Licence{SPDX: id, Confidence: rounded(confidence)})
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Confidence != out[j].Confidence {
			return out[i].Confidence > out[j].Confidence
		}
		return out[i].SPDX < out[j].SPDX
	})
	return out
}

// rounded keeps three digits: more would be noise.
func rounded(confidence float64) float64 { return float64(int(confidence*1000+0.5)) / 1000 }

func spdxOf(name string) string {
	if id, ok := spdxNames[name]; ok {
		return id
	}
	for _, file := range common {
		if strings.Split(file, "/")[1] == name {
			return name
		}
	}
	if slices.Contains(strings.Fields(rareNames), name) {
		return name
	}
	return noAssertion
}

// licencesOf makes the list of a repository out of the files read: every
// licence once, in the file that shows it best. A NOTICE speaks only where no
// licence file does.
func licencesOf(files []document.File[[]fact.Licence]) []fact.Licence {
	byID := map[string]fact.Licence{}
	named := func(by document.Use) {
		for _, f := range files {
			if f.Use != by {
				continue
			}
			for _, l := range f.Read {
				l.Path = f.Path
				if old, ok := byID[l.SPDX]; !ok || betterLicence(l, old) {
					byID[l.SPDX] = l
				}
			}
		}
	}
	if named(useLicence); len(byID) == 0 {
		named(useNotice)
		delete(byID, noAssertion)
	}
	var out []fact.Licence
	for _, l := range byID {
		out = append(out, l)
	}
	sort.Slice(out, func(i, j int) bool {
		if a, b := out[i].SPDX == noAssertion, out[j].SPDX == noAssertion; a != b {
			return b
		}
		if betterLicence(out[i], out[j]) != betterLicence(out[j], out[i]) {
			return betterLicence(out[i], out[j])
		}
		return out[i].SPDX < out[j].SPDX
	})
	return out
}

// reuseName prefers the name of a file below LICENSES/, which by the REUSE
// specification is the identifier, where it says more than the text can: a
// text does not say whether "or later" holds.
func reuseName(stem string, found []fact.Licence) []fact.Licence {
	if len(found) == 1 && strings.HasPrefix(stem, found[0].SPDX) && len(stem) <= 60 && !strings.ContainsAny(stem, "/ ") {
		return []fact.Licence{{SPDX: markup.Clean(stem), Confidence: found[0].Confidence}}
	}
	return found
}

// betterLicence orders by depth, then confidence, then LICENSE before COPYING,
// then path.
func betterLicence(a, b fact.Licence) bool {
	if da, db := strings.Count(a.Path, "/"), strings.Count(b.Path, "/"); da != db {
		return da < db
	}
	if a.Confidence != b.Confidence {
		return a.Confidence > b.Confidence
	}
	if la, lb := strings.HasPrefix(strings.ToLower(a.Path), "licen"), strings.HasPrefix(strings.ToLower(b.Path), "licen"); la != lb {
		return la
	}
	return a.Path < b.Path
}
