package gitrepo

import "bytes"

// A mailmap is a .mailmap, read by git's rules (gitmailmap(5), and mailmap.c
// where that is silent).
type mailmap map[string]*mapping // by the address in small letters

// A mapping is what becomes of an address, whatever the name or with a name.
type mapping struct {
	person
	named map[string]person // by the name in small letters
}

// A person is a name and an address; what is nil stays as it was written.
type person struct{ name, mail []byte }

// parseMailmap reads the text of a .mailmap. A later line wins.
func parseMailmap(text []byte) mailmap {
	m := mailmap{}
	for line := range bytes.Lines(text) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if bytes.HasPrefix(line, []byte("#")) {
			continue
		}
		proper, rest, ok := mailmapPerson(line, false)
		if !ok {
			continue
		}
		var old person
		if len(rest) > 0 {
			old, _, _ = mailmapPerson(rest, true)
		}
		m.add(proper, old)
	}
	return m
}

// mailmapPerson reads "Name <address>" from the start of text.
func mailmapPerson(text []byte, emptyToo bool) (p person, rest []byte, ok bool) {
	name, rest, ok := bytes.Cut(text, []byte("<"))
	if !ok {
		return p, nil, false
	}
	mail, rest, ok := bytes.Cut(rest, []byte(">"))
	if !ok || len(mail) == 0 && !emptyToo {
		return p, nil, false
	}
	if name = bytes.Trim(name, " \t\n\v\f\r"); len(name) > 0 {
		p.name = name
	}
	p.mail = mail
	return p, rest, true
}

// add notes that old is to be proper.
func (m mailmap) add(proper, old person) {
	if old.mail == nil {
		old.mail, proper.mail = proper.mail, nil
	}
	key := fold(old.mail)
	e := m[key]
	if e == nil {
		e = &mapping{named: map[string]person{}}
		m[key] = e
	}
	if old.name != nil {
		e.named[fold(old.name)] = proper
		return
	}
	if proper.name != nil {
		e.name = proper.name
	}
	if proper.mail != nil {
		e.mail = proper.mail
	}
}

// proper is what becomes of a person as written.
func (m mailmap) proper(p person) person {
	e := m[fold(p.mail)]
	if e == nil {
		return p
	}
	to, ok := e.named[fold(p.name)]
	if !ok {
		to = e.person
	}
	if to.name != nil {
		p.name = to.name
	}
	if to.mail != nil {
		p.mail = to.mail
	}
	return p
}

// fold makes letters small as git does here: those of ASCII.
func fold(text []byte) string {
	out := make([]byte, len(text))
	for i, c := range text {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		out[i] = c
	}
	return string(out)
}
