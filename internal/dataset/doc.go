// Package dataset is the findings of a survey as typed tables: everything that a person
// or a program reads is in them, and reading them takes milliseconds.
//
// # Tables
//
// A table is a row type of this package, in the files row_*.go. The type is its entry in
// the dictionary too: the tags of the fields give the columns their names, units and
// labels, and the comments their meaning. From it come the schema of every form that
// the data set is written in, and docs/dictionary.md.
//
// A figure that knows its bounds ([quantity.Of]) has four columns: the value in what was
// read, the lower and the upper bound, and a number into the table "missing", which says
// what was not read. What a place is the evidence of has a number into the table
// "evidence".
//
// Null, 0 and the empty list are three things: unknown or not there, none, and a list
// that is known to be empty. An empty text is null, but in a key.
//
// # Answers
//
// Beside the tables the findings of each project are kept whole, as JSON, so that a page
// about it needs no assembling: [Set.Findings], [Set.Project]. They are made in the same
// run from the same findings as the rows, and tests hold the one against the other.
//
// # Making
//
// [Write] turns a landscape's profile into rows; nothing else computes. The same findings
// give the same rows in the same order, so that a file made from them has the same bytes.
package dataset
