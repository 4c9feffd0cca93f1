package document

import (
	"fmt"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// A content is what one file says, wherever else the same text may stand: it
// depends on nothing but the path, its uses and the content. It is kept as JSON, so that
// the file need not be read again at another revision.
type content struct {
	Uses        use               `json:"u"`
	Licences    []fact.Licence    `json:"l,omitempty"`
	Adopters    []fact.Adopter    `json:"a,omitempty"`
	Maintainers []fact.Maintainer `json:"m,omitempty"`
	Governance  []fact.Maintainer `json:"g,omitempty"`
	Reasons     []reason          `json:"r,omitempty"`
	Pointers    []pointer         `json:"p,omitempty"`
	// Raw is a file that can only be understood together with others.
	Raw   []byte      `json:"raw,omitempty"`
	Notes []fact.Note `json:"n,omitempty"` // without evidence
}

func (r *content) note(kind errkind.Kind, text string) {
	r.Notes = append(r.Notes, fact.Note{Kind: string(kind), Text: text})
}

// read reads a file for its uses.
func (c *Collector) read(path string, data []byte, u use) *content {
	r := &content{Uses: u}
	if u&(useLicence|useNotice) != 0 {
		r.Licences = c.licence(path, data, u&useNotice != 0)
	}
	if u&(useOwners|useAliases|useCodeowners) != 0 {
		r.Raw = append([]byte(nil), data...)
	}
	if u&useAdopters != 0 && isYAML(path) {
		rows, err := yamlAdopters(path, data)
		if err != nil {
			r.note(errkind.Of(err), err.Error())
		}
		r.adopters(rows)
		return r
	}
	c.text(r, path, data, u)
	return r
}

// licence is what a licence file, or a notice, names; never nil for a file that was looked at.
func (c *Collector) licence(path string, data []byte, notice bool) []fact.Licence {
	if notice && len(data) > limit.NoticeBytes {
		return nil
	}
	found := c.licences.recognise(data, !notice)
	if stem, ok := strings.CutPrefix(strings.TrimSuffix(path, ".txt"), "LICENSES/"); ok {
		return reuseName(stem, found)
	}
	return found
}

// reuseName prefers the name of a file below LICENSES/, which by the REUSE
// specification is the identifier, where it says more than the text can: a
// text does not say whether "or later" holds.
func reuseName(stem string, found []fact.Licence) []fact.Licence {
	if len(found) == 1 && strings.HasPrefix(stem, found[0].SPDX) && len(stem) <= 60 && !strings.ContainsAny(stem, "/ ") {
		return []fact.Licence{{SPDX: clean(stem), Confidence: found[0].Confidence}}
	}
	return found
}

// text reads the uses that need the text's structure, which is made once.
func (c *Collector) text(r *content, path string, data []byte, u use) {
	if u&useReasons != 0 && !worthReading(data) {
		u &^= useReasons
	}
	if u&(useAdopters|useMaintainers|useGovernance|useReadme|useReasons) == 0 {
		return
	}
	blocks := c.markdown.blocks(data)
	if u&useAdopters != 0 {
		r.adopters(adoptersIn(path, blocks))
	}
	if u&useMaintainers != 0 {
		r.Maintainers = maintainersIn(path, blocks, false)
	}
	if u&useGovernance != 0 {
		r.Governance = maintainersIn(path, blocks, true)
	}
	if u&useReadme != 0 {
		r.Pointers = pointersIn(blocks)
	}
	if u&useReasons != 0 {
		r.Reasons = reasonsIn(path, blocks)
	}
}

func (r *content) adopters(rows []fact.Adopter) {
	if len(rows) == limit.DocumentRows {
		r.note(errkind.Limit, fmt.Sprintf("only the first %d rows were kept", limit.DocumentRows))
	}
	r.Adopters = rows
}

func isYAML(path string) bool {
	low := strings.ToLower(path)
	return strings.HasSuffix(low, ".yml") || strings.HasSuffix(low, ".yaml")
}
