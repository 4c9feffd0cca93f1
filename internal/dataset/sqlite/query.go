package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"assay/internal/dataset"
	"assay/internal/errkind"
	"assay/internal/limit"
)

// An Answer is what a question in SQL gave.
type Answer struct {
	Columns []string
	// Rows have nil, int64, float64 or string for each column.
	Rows [][]any
	// Cut: there are more rows.
	Cut bool
}

// Query asks a question in SQL: one SELECT over the tables that everybody may read. It
// gives at most a number of rows. Nothing else than reading is possible, and what a
// question costs is bounded: time, memory, and the sizes of what it makes. A question that
// is no such one is errkind.Usage, one that takes too much errkind.Limit.
func (f *File) Query(ctx context.Context, question string, rows int) (*Answer, error) {
	if err := single(question); err != nil {
		return nil, err
	}
	db, err := connect(f.path, url.Values{"mode": {"ro"}, "immutable": {"1"}, "_pragma": {
		"trusted_schema(0)", "query_only(1)", "temp_store(MEMORY)", "cell_size_check(1)", fmt.Sprintf("hard_heap_limit(%d)", limit.QueryMemory),
	}})
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }() // it was read only
	timed, cancel := context.WithTimeout(ctx, limit.QueryTime)
	defer cancel()
	conn, err := db.Conn(timed)
	if err != nil {
		return nil, f.fail("open", err)
	}
	defer func() { _ = conn.Close() }()
	if err := confine(conn); err != nil {
		return nil, f.fail("open", err)
	}
	a, err := ask(timed, conn, question, rows)
	if err != nil && ctx.Err() == nil {
		return nil, refused(timed, err)
	}
	return a, err
}

// bounds are what SQLite itself holds a question to.
var bounds = map[int]int{
	lib.SQLITE_LIMIT_LENGTH: limit.QueryText, lib.SQLITE_LIMIT_SQL_LENGTH: limit.QueryBytes, lib.SQLITE_LIMIT_ATTACHED: 0,
	lib.SQLITE_LIMIT_EXPR_DEPTH: 100, lib.SQLITE_LIMIT_COMPOUND_SELECT: 20, lib.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
	lib.SQLITE_LIMIT_COLUMN: 500, lib.SQLITE_LIMIT_WORKER_THREADS: 0,
}

// confine bounds a connection, and has it read the tables of the dictionary alone.
func confine(conn *sql.Conn) error {
	for id, most := range bounds {
		if _, err := driver.Limit(conn, id, most); err != nil {
			return err
		}
	}
	return conn.Raw(func(c any) error {
		r, ok := c.(driver.AuthorizerRegisterer)
		if !ok {
			return errors.New("the driver has no authorizer")
		}
		return r.RegisterAuthorizer(authorise)
	})
}

// harmful are functions that do more than work something out.
var harmful = []string{"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"}

// authorise lets a statement read, and nothing else.
func authorise(action driver.AuthorizerActionCode, table, of, _, _ string) driver.AuthorizerReturnCode {
	switch action {
	case driver.AuthSelect, driver.AuthRecursive:
		return driver.AuthorizerOK
	case driver.AuthFunction:
		if !slices.Contains(harmful, strings.ToLower(of)) {
			return driver.AuthorizerOK
		}
	case driver.AuthRead:
		// Without a column it may be a name that the question itself gave.
		if readable(table) || of == "" && !inner(table) {
			return driver.AuthorizerOK
		}
	}
	return driver.AuthorizerDeny
}

// readable reports whether everybody may read a table.
func readable(table string) bool {
	if table == "sqlite_master" || table == "sqlite_schema" || table == "" || strings.HasPrefix(table, "json_") {
		return true
	}
	return slices.ContainsFunc(dataset.Tables(), func(t *dataset.Table) bool { return !t.Inner && t.Name == table })
}

// inner reports whether a table is the program's own.
func inner(table string) bool {
	return slices.ContainsFunc(dataset.Tables(), func(t *dataset.Table) bool { return t.Inner && strings.EqualFold(t.Name, table) })
}

// ask runs the question.
func ask(ctx context.Context, conn *sql.Conn, question string, most int) (a *Answer, err error) {
	rows, err := conn.QueryContext(ctx, question)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	a = &Answer{Rows: [][]any{}}
	if a.Columns, err = rows.Columns(); err != nil {
		return nil, err
	}
	size := 0
	for rows.Next() {
		if len(a.Rows) == most {
			a.Cut = true
			return a, nil
		}
		values, to := make([]any, len(a.Columns)), make([]any, len(a.Columns))
		for i := range values {
			to[i] = &values[i]
		}
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		if size += weigh(values); size > limit.QueryMemory {
			return nil, errTooMuch
		}
		a.Rows = append(a.Rows, values)
	}
	return a, rows.Err()
}

var errTooMuch = errors.New("the answer is too large")

// weigh is about what the values of a row take in memory. Bytes become text.
func weigh(values []any) int {
	n := 0
	for i, v := range values {
		if b, ok := v.([]byte); ok {
			values[i] = hex.EncodeToString(b)
		}
		if s, ok := values[i].(string); ok {
			n += len(s)
		}
		n += 16
	}
	return n
}

// refused says why a question has no answer.
func refused(ctx context.Context, err error) error {
	sqliteErr, ok := errors.AsType[*driver.Error](err)
	code := 0
	if ok {
		code = sqliteErr.Code() & 0xff
	}
	switch {
	case ctx.Err() != nil:
		return errkind.WithHint(errkind.Errorf(errkind.Limit, "query: it took %s", limit.Over("query-time", int64(limit.QueryTime.Seconds()))),
			"ask for less: name the language and the project, and join by keys")
	case code == lib.SQLITE_NOMEM, code == lib.SQLITE_TOOBIG, errors.Is(err, errTooMuch):
		return errkind.WithHint(errkind.Errorf(errkind.Limit, "query: it takes %s", limit.Over("query-memory", limit.QueryMemory)),
			"ask for fewer rows or columns, or export the tables: assay export -o DIR")
	case code == lib.SQLITE_AUTH:
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "query: %s: a query only reads the tables of the dictionary", message(err)),
			"'assay dictionary' lists them")
	}
	return errkind.WithHint(errkind.Errorf(errkind.Usage, "query: %s", message(err)), "'assay dictionary TABLE' lists the columns of a table; the SQL is SQLite's")
}

// message is what SQLite says, without the name of its code.
func message(err error) string {
	s := strings.TrimPrefix(err.Error(), "SQL logic error: ")
	if i := strings.LastIndex(s, " ("); i > 0 {
		s = s[:i]
	}
	return s
}

// single refuses what is no statement that reads, or more than one. SQLite's authorizer
// has the last word; this says it in fewer.
func single(question string) error {
	if len(question) > limit.QueryBytes {
		return errkind.Errorf(errkind.Limit, "query: it has %s", limit.Over("query-bytes", limit.QueryBytes))
	}
	if strings.IndexByte(question, 0) >= 0 {
		return errkind.Errorf(errkind.Usage, "query: it has a NUL character")
	}
	words, more := statement(question)
	switch {
	case words == "":
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "query: there is no question"), "assay query 'SELECT name, maturity FROM project'")
	case more:
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "query: there is more than one statement"), "ask one question at a time")
	}
	if first := strings.ToUpper(words); !slices.Contains([]string{"SELECT", "WITH", "VALUES", "EXPLAIN"}, first) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "query: %q is no question: a query only reads", first), "begin with SELECT or WITH")
	}
	return nil
}

// statement gives the first word of a text in SQL, and whether something stands after
// the first statement.
func statement(text string) (first string, more bool) {
	ended := false
	for text != "" {
		n := token(text)
		t := text[:n]
		text = text[n:]
		switch {
		case strings.TrimSpace(t) == "" || strings.HasPrefix(t, "--") || strings.HasPrefix(t, "/*"):
		case t == ";":
			ended = first != ""
		case ended:
			return first, true
		case first == "":
			first = t
		}
	}
	return first, false
}

// token is the length of the token that a text in SQL begins with.
func token(text string) int {
	until := func(end string, from int) int {
		if i := strings.Index(text[from:], end); i >= 0 {
			return from + i + len(end)
		}
		return len(text)
	}
	switch c := text[0]; {
	case strings.HasPrefix(text, "--"):
		return until("\n", 2)
	case strings.HasPrefix(text, "/*"):
		return until("*/", 2)
	case c == '\'', c == '"', c == '`':
		return until(string(c), 1)
	case c == '[':
		return until("]", 1)
	case letter(c):
		n := 1
		for n < len(text) && letter(text[n]) {
			n++
		}
		return n
	}
	return 1
}

func letter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}
