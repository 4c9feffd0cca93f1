// Package readers reads exports of assay as programs of others do: DuckDB its CSV, JSON
// lines and Parquet, hyparquet the Parquet, sqlite3 the SQLite. All of them must see the
// same rows, nulls, sums and types. It is a module of its own, so that the program needs
// neither DuckDB nor a C compiler.
package readers
