package fact

// An Observation is the time until when a mirror speaks for its repository.
// What came after it is unknown.
type Observation struct {
	// At is RFC 3339 in UTC; "" when nothing tells the time.
	At string `json:"at,omitempty"`
	// Source says what At was told by: see the Observed constants.
	Source string `json:"source,omitempty"`
	// Notes say what was recorded and could not be understood.
	Notes []Note `json:"notes,omitempty"`
}

// What an observation is told by, the most trusted first.
const (
	// ObservedFetched: we fetched the mirror ourselves, and began then.
	ObservedFetched = "fetched"
	// ObservedRecorded: a file in the mirror, or in its tree, says so.
	ObservedRecorded = "recorded"
	// ObservedGiven: the user has given a date for the whole tree. It is the end
	// of that day.
	ObservedGiven = "given"
	// ObservedRefs: the newest commit that a ref leads to. The mirror may have
	// been fetched later, when nothing was new.
	ObservedRefs = "refs"
)

// Day is the day of the observation; "" when it is unknown.
func (o *Observation) Day() Date {
	if o == nil || len(o.At) < len("2006-01-02") {
		return ""
	}
	return Date(o.At[:len("2006-01-02")])
}

// Stale reports whether the mirror of o ends before the day asOf, so that what
// came between is unknown. A mirror of which nothing says when it ends is not
// called stale.
func (o *Outcome) Stale(asOf Date) bool {
	day := o.Observed.Day()
	return day != "" && day < asOf
}
