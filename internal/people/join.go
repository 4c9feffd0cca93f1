package people

// A Joiner tells which keys belong to one author: those that were ever given
// together, and those that any of them was given together with. The zero value
// is ready for use.
type Joiner struct {
	numbers map[string]int
	keys    []string
	parent  []int
}

// Join says that the keys are one author's, and returns the number of the
// first. There must be one.
func (j *Joiner) Join(keys []string) int {
	first := j.number(keys[0])
	for _, k := range keys[1:] {
		a, b := j.Root(first), j.Root(j.number(k))
		if a != b {
			j.parent[b] = a
		}
	}
	return first
}

func (j *Joiner) number(key string) int {
	if n, ok := j.numbers[key]; ok {
		return n
	}
	if j.numbers == nil {
		j.numbers = map[string]int{}
	}
	n := len(j.keys)
	j.numbers[key] = n
	j.keys = append(j.keys, key)
	j.parent = append(j.parent, n)
	return n
}

// Root is the number that stands for the author of number n. Later calls of
// Join may change it.
func (j *Joiner) Root(n int) int {
	for j.parent[n] != n {
		j.parent[n] = j.parent[j.parent[n]]
		n = j.parent[n]
	}
	return n
}

// Key is the key of number n; numbers run from 0 up to Len.
func (j *Joiner) Key(n int) string { return j.keys[n] }

// Len is how many keys have a number.
func (j *Joiner) Len() int { return len(j.keys) }

// AuthorKeys are the keys of a name, an address or an account that a user calls a
// bot's or a person's: those that [Hasher] gave the authors of commits.
func AuthorKeys(h *Hasher, word string) []string {
	keys := []string{NameKey(h, word), AddressKey(h, word), BotKey(h, word)}
	for _, forge := range forges {
		keys = append(keys, h.Key(forge.name+":"+foldBlanks(word)))
	}
	return keys
}

// SameAuthor reports whether two words of a user name the same authors.
func SameAuthor(a, b string) bool { return foldBlanks(a) == foldBlanks(b) }

// BotKey is the key of a bot, by the name that [Bot] gives it. It stands in place of
// the nodes of its address: a bot may commit with the address of a person.
func BotKey(h *Hasher, bot string) string { return h.Key("bot:" + foldBlanks(bot)) }

// NameKey is the key of a name, whatever its case and blanks. A name identifies
// nobody: it only lets a user's lists of bots and people be matched.
func NameKey(h *Hasher, name string) string { return h.Key("name:" + foldBlanks(name)) }
