package limit

import "time"

// The limits on a question in SQL.
const (
	QueryBytes  = 64 << 10
	QueryTime   = 10 * time.Second
	QueryMemory = 256 << 20
	QueryText   = 8 << 20
	QueryRows   = 10_000
)

func query() []Limit {
	return []Limit{
		{"query-bytes", QueryBytes, Bytes, "A question is written by a person, or by a program for one.", "The command ends."},
		{"query-time", seconds(QueryTime), Seconds, "A join without a key can take for ever; the tables are read in well under a second.", "The command ends."},
		{"query-memory", QueryMemory, Bytes, "A question can ask for what is larger than the data.", "The command ends."},
		{"query-text", QueryText, Bytes, "A function can make a text of any length.", "The command ends."},
		{"query-rows", QueryRows, "rows", "Who asks for all rows by mistake wants to know.", "Further ones are not printed, and the exit code says so; --limit has another number."},
	}
}
