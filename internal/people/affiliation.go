package people

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// Affiliations is what an affiliation file says: who worked for whom, and when.
// Names are not kept, and of addresses only their keys. It may be read by
// several goroutines at once; a nil one says nothing.
type Affiliations struct {
	addresses map[string][]*history // by the key of an address or account
	domains   map[string][]*history
}

// ParseAffiliations reads an affiliation file in the form of gitdm, in any mix
// of its dialects. The name is for messages. A # begins a comment.
//
// In gitdm's own, a line has an address or a domain, the employer, and for one
// who left the day after their last:
//
//	jane@acme.example  Acme < 2013-02-01
//	jane@acme.example  Widgets
//	acme.example       Acme
//
// In the CNCF's, a line has a name and the addresses, and the indented lines
// below it the employers with the first day and the day after the last:
//
//	Jane Doe: jane!acme.example, jane!home.example
//		Acme until 2013-02-01
//		Widgets from 2013-02-01 until 2015-01-01
//		Independent from 2015-01-01
//
// An @ may be written ! in both. When several stints hold on a day, the one that
// began last counts, then the one that ends first, then the one read first. The
// words "Independent", "Individual", "Self" and the like say that there is no
// organisation: nothing else is asked, and it is unknown. "NotFound", "Unknown"
// and "?" say nothing: other sources are asked. An address that many people use
// (root@localhost) is passed over.
//
// A line in neither dialect is an error of kind Input, more than the limits one
// of kind Limit. Messages give the line's number and never its text, which may
// hold an address.
func ParseAffiliations(name string, r io.Reader, h *Hasher) (*Affiliations, error) {
	p := &parser{name: name, h: h, out: &Affiliations{map[string][]*history{}, map[string][]*history{}}}
	limited := &io.LimitedReader{R: r, N: limit.AffiliationsBytes + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(nil, limit.AffiliationsLine)
	var err error
	for err == nil && lines.Scan() {
		p.line++
		err = p.read(lines.Text())
	}
	switch {
	case limited.N <= 0:
		return nil, errkind.Errorf(errkind.Limit, "%s: is larger than %d bytes", name, limit.AffiliationsBytes)
	case err != nil:
		return nil, err
	case errors.Is(lines.Err(), bufio.ErrTooLong):
		return nil, errkind.Errorf(errkind.Limit, "%s:%d: the line has more than %d bytes", name, p.line+1, limit.AffiliationsLine)
	case lines.Err() != nil:
		return nil, fmt.Errorf("read %s: %w", name, lines.Err())
	}
	return p.out, nil
}

// A parser is somewhere in an affiliation file.
type parser struct {
	name   string
	line   int
	h      *Hasher
	out    *Affiliations
	person *history // of the person whose indented lines follow; nil for none
}

// read reads a line.
func (p *parser) read(line string) error {
	if p.line == 1 {
		line = strings.TrimPrefix(line, "\ufeff")
	}
	text := strings.TrimSpace(uncomment(line))
	indented := strings.HasPrefix(line, "\t") || strings.HasPrefix(line, " ")
	switch {
	case text == "":
		return nil
	case indented && p.person != nil:
		return p.employment(p.person, text)
	}
	p.person = nil
	if addresses := header(text); addresses != nil {
		p.person = &history{}
		for _, a := range addresses {
			if err := p.add(a, p.person); err != nil {
				return err
			}
		}
		return nil
	}
	return p.entry(text)
}

// uncomment cuts a comment off. A # within a word begins none: F# is a language.
func uncomment(line string) string {
	for i := range len(line) {
		if line[i] == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			return line[:i]
		}
	}
	return line
}

// header reads "Name: address, address" and gives the addresses; nil when the
// line is something else.
func header(text string) []string {
	colon := strings.LastIndexByte(text, ':')
	if colon <= 0 {
		return nil
	}
	var addresses []string
	for item := range strings.SplitSeq(text[colon+1:], ",") {
		item = strings.TrimSpace(item)
		switch address := atSign(item); {
		case item == "":
		case address == "":
			return nil
		default:
			addresses = append(addresses, address)
		}
	}
	return addresses
}

// atSign is an address with its @, which may be written !; "" when text is none.
func atSign(text string) string {
	at := strings.LastIndexAny(text, "@!")
	if at <= 0 || at == len(text)-1 || strings.ContainsAny(text, " \t:") {
		return ""
	}
	if text[at] == '!' && strings.Contains(text, "@") {
		return text
	}
	return text[:at] + "@" + text[at+1:]
}

// entry reads "address Employer" or "domain Employer".
func (p *parser) entry(text string) error {
	end := strings.IndexAny(text, " \t")
	if end < 0 {
		end = len(text)
	}
	subject, held := text[:end], &history{}
	address, domain := atSign(subject), strings.ToLower(subject)
	if address == "" && !isHost(domain) {
		return p.wrong(errors.New("there is neither an address nor a domain, nor a name above it"))
	}
	if err := p.employment(held, strings.TrimSpace(text[end:])); err != nil {
		return err
	}
	if address != "" {
		return p.add(address, held)
	}
	p.out.domains[domain] = append(p.out.domains[domain], held)
	return p.bounded()
}

// employment reads an employer with its dates into a history.
func (p *parser) employment(into *history, text string) error {
	s, err := shipped().stint(text)
	if err != nil {
		return p.wrong(err)
	}
	*into = append(*into, s)
	return nil
}

// add notes the history of whoever uses an address: under the address's key, and
// under the account when it is a noreply address.
func (p *parser) add(address string, held *history) error {
	account := accountOf(address).login != ""
	if !account && identifiesNobody(address) {
		return nil
	}
	keys := []string{AddressKey(p.h, address)}
	if account {
		for _, node := range Nodes("", address) {
			keys = append(keys, p.h.Key(node))
		}
	}
	for _, key := range keys {
		p.out.addresses[key] = append(p.out.addresses[key], held)
	}
	return p.bounded()
}

// bounded complains when there is more than may be kept in memory.
func (p *parser) bounded() error {
	if len(p.out.addresses)+len(p.out.domains) > limit.AffiliationsNames {
		return errkind.Errorf(errkind.Limit, "%s:%d: there are more than %d addresses and domains", p.name, p.line, limit.AffiliationsNames)
	}
	return nil
}

// wrong is the error of the line, with what it should be.
func (p *parser) wrong(err error) error {
	return errkind.WithHint(errkind.Errorf(errkind.Input, "%s:%d: %w", p.name, p.line, err),
		`write "address Employer < 2013-02-01", or "Name: address, address" and below it, indented, "Employer from 2011-05-01 until 2013-02-01"; the dates may be left out`)
}

// Of is the employer of whoever has one of the keys, the first that says
// something, on a day (YYYY-MM-DD, or YYYY-MM for its last day). It is unknown
// when none says anything, and when the person works for no organisation.
func (a *Affiliations) Of(keys []string, day string) (org string, known bool) {
	s, _ := a.find(keys, day)
	return s.org, s.org != ""
}

// OfDomain is whom a domain stands for on a day; domains above it count too.
func (a *Affiliations) OfDomain(domain, day string) (org string, known bool) {
	s, _ := a.findDomain(domain, day)
	return s.org, s.org != ""
}

// find is the stint that says something of one of the keys, the first that has
// one; ok is also true when it says that there is no organisation.
func (a *Affiliations) find(keys []string, day string) (s stint, ok bool) {
	if a == nil {
		return stint{}, false
	}
	for _, key := range keys {
		if s, ok := at(a.addresses[key], day); ok {
			return s, true
		}
	}
	return stint{}, false
}

func (a *Affiliations) findDomain(domain, day string) (s stint, ok bool) {
	if a == nil {
		return stint{}, false
	}
	for above := range upwards(strings.ToLower(domain)) {
		if s, ok := at(a.domains[above], day); ok {
			return s, true
		}
	}
	return stint{}, false
}

// at is the stint of a day among several histories, when it says something.
func at(all []*history, day string) (best stint, ok bool) {
	for _, h := range all {
		if s, holds := h.at(lastDay(day)); holds && (!ok || closer(s, best)) {
			best, ok = s, true
		}
	}
	return best, ok && best.said
}
