package gitrepo

import (
	"bytes"
	"context"
	"encoding/hex"

	"assay/internal/errkind"
	"assay/internal/gitrepo/pack"
)

// A native is a walk over a history that reads the mirror itself, which takes a
// fraction of the time of git log. It gives the same commits in the same order,
// so that git log can take over at any commit.
type native struct {
	store  *pack.Store
	graph  *pack.Graph
	order  []int32
	people []author // by their place in graph.People
	done   int      // commits that were given
	next   int32    // the commit that is next on the mainline, -1 for none
	commit Commit
	text   text
	// kept says whether the changes of the commit are wanted with their blobs.
	kept   bool
	bounds *bounds
}

// An author is one as a Commit has them.
type author struct{ name, address, written []byte }

// run gives all commits that can be reached from the one asked for. On pack.ErrOdd git log is
// to go on with the commit after those done.
func (n *native) run(ctx context.Context, r *Repo, asked logRequest, fn func(*Commit) error) error {
	oid, err := pack.ParseOID(asked.commit)
	if err != nil {
		return err
	}
	if n.store, err = pack.Open(r.dir, &r.indexes); err != nil {
		return err
	}
	defer n.store.Close()
	n.store.Bound(n.bounds.compared)
	if n.graph, err = n.store.Graph(ctx, oid); err != nil {
		return err
	}
	if n.order, err = n.graph.Order(); err != nil {
		return err
	}
	if err := n.name(asked.mailmap); err != nil {
		return err
	}
	for _, i := range n.order {
		if err := n.read(ctx, i); err != nil {
			return err
		}
		n.done++
		if err := fn(&n.commit); err != nil {
			return err
		}
	}
	return nil
}

// name obeys the .mailmap of that object name; "" is none.
func (n *native) name(obeyed string) error {
	var rules mailmap
	if obeyed != "" {
		oid, err := pack.ParseOID(obeyed)
		if err != nil {
			return err
		}
		text, err := n.store.Blob(&oid)
		if err != nil {
			return err
		}
		text, _, _ = bytes.Cut(text, []byte{0}) // git reads no further
		rules = parseMailmap(text)
	}
	for _, p := range n.graph.People {
		written := person{[]byte(p.Name), []byte(p.Mail)}
		proper := rules.proper(written)
		n.people = append(n.people, author{proper.name, proper.mail, written.mail})
	}
	return nil
}

// read makes n.commit the i-th of the graph.
func (n *native) read(ctx context.Context, i int32) error {
	c := &n.graph.Commits[i]
	parents := n.graph.Parents(i)
	who := &n.people[c.Author]
	n.text.clear()
	n.commit = Commit{
		OID: n.hex(c.OID[:]), Parents: len(parents), Mainline: i == n.next, Time: min(c.Time, lastSecond), Undated: !c.Dated,
		Name: who.name, Address: who.address, Written: who.written, Changes: none(n.commit.Changes),
	}
	n.kept = n.commit.Mainline
	var before *pack.OID
	if len(parents) > 0 {
		parent := &n.graph.Commits[parents[0]]
		before = &parent.Tree
		n.commit.Parent = n.hex(parent.OID[:])
	}
	if n.commit.Mainline {
		n.next = -1
		if len(parents) > 0 {
			n.next = parents[0]
		}
	} else if len(parents) > 1 {
		return nil
	}
	return n.store.Diff(ctx, before, &c.Tree, n.change)
}

// change notes a change of n.commit.
func (n *native) change(c *pack.Change) error {
	if err := n.bounds.change(len(n.commit.Changes), n.text.held+len(c.Path)); err != nil {
		return err
	}
	change := Change{Path: n.text.keep(c.Path), OldMode: c.OldMode, NewMode: c.NewMode}
	if n.kept {
		change.OldOID, change.NewOID = n.hex(c.OldOID), n.hex(c.NewOID)
	}
	n.commit.Changes = add(n.commit.Changes, change)
	return nil
}

// hex keeps a name in hex.
func (n *native) hex(oid []byte) []byte {
	kept := n.text.room(hex.EncodedLen(len(oid)))
	hex.Encode(kept, oid)
	return kept
}

// rest is fn for the commits of git log that n has not given yet. That those
// before are the ones that it gave is made sure of.
func (n *native) rest(fn func(*Commit) error) func(*Commit) error {
	seen := 0
	return func(c *Commit) error {
		if seen == n.done {
			return fn(c)
		}
		if oid := n.graph.Commits[n.order[seen]].OID; string(oid.AppendHex(nil)) != string(c.OID) {
			return errkind.Because(errkind.Errorf(errkind.Corrupt, "the history changed while it was read: %s", c.OID), errkind.CauseChanged)
		}
		seen++
		return nil
	}
}
