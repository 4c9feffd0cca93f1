package sqlite

import (
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	sqlite "modernc.org/sqlite"
)

// Every row that is worth something carries a checksum of what it holds, in its
// column sum: CRC-32C, which finds any damage to a few bytes and costs next to
// nothing beside reading them. SQLite itself would give back a body with another
// byte in it without a word.

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum is the sum of a row with these columns: strings, blobs and integers,
// each with its length, so that nothing passes from one to the next unseen.
func checksum(columns ...any) int64 {
	var sum uint32
	var number [8]byte
	add := func(n uint64, data []byte) {
		binary.LittleEndian.PutUint64(number[:], n)
		sum = crc32.Update(crc32.Update(sum, castagnoli, number[:]), castagnoli, data)
	}
	for _, c := range columns {
		switch c := c.(type) {
		case string:
			add(uint64(len(c)), []byte(c))
		case []byte:
			add(uint64(len(c)), c)
		case int:
			add(uint64(c), nil) //nolint:gosec // its bits are meant
		case int64:
			add(uint64(c), nil) //nolint:gosec // likewise
		default:
			add(0, nil) // what no column of ours holds is damage
		}
	}
	return int64(sum)
}

// intact reports whether stored, the column sum of a row, is the sum of its
// columns.
func intact(stored any, columns ...any) bool {
	sum, ok := stored.(int64)
	return ok && sum == checksum(columns...)
}

// init gives SQL the checksum, for the rows that are older than it is.
func init() { //nolint:gochecknoinits // the driver knows functions of all connections only
	sqlite.MustRegisterDeterministicScalarFunction("assay_checksum", -1,
		func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			columns := make([]any, len(args))
			for i, a := range args {
				switch a.(type) {
				case string, []byte, int64:
					columns[i] = a
				default:
					return nil, fmt.Errorf("checksum of a %T", a)
				}
			}
			return checksum(columns...), nil
		})
}
