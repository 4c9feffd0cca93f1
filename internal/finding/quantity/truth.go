package quantity

// A Truth is the answer to a question about figures that are not all exact.
type Truth int8

// The answers. The zero value is Perhaps: nothing is known.
const (
	Perhaps Truth = iota // what was not read decides
	Yes                  // whatever is in what was not read
	No                   // whatever is in what was not read
)

// TruthOf is the answer of which nothing is missing.
func TruthOf(holds bool) Truth {
	if holds {
		return Yes
	}
	return No
}

// Not is the answer to the opposite question.
func (t Truth) Not() Truth {
	switch t {
	case Yes:
		return No
	case No:
		return Yes
	}
	return Perhaps
}

// All is the answer to whether all hold: no when one does not.
func All(truths ...Truth) Truth {
	all := Yes
	for _, t := range truths {
		switch {
		case t == No:
			return No
		case t == Perhaps:
			all = Perhaps
		}
	}
	return all
}

// Any is the answer to whether one of them holds.
func Any(truths ...Truth) Truth {
	one := No
	for _, t := range truths {
		switch {
		case t == Yes:
			return Yes
		case t == Perhaps:
			one = Perhaps
		}
	}
	return one
}

// String is the answer as a word.
func (t Truth) String() string { return [...]string{"perhaps", "yes", "no"}[t] }
