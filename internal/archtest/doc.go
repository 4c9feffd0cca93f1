// Package archtest holds the rules of the house, as tests: which room may import
// which, which modules may be depended on, how packages are named, how long
// functions and files may be, that everything exported is documented, that the
// documents are in step with the code, and that nothing in the tree names the
// machine it was written on.
//
// A rule is a function from a tree of sources to complaints. It is run over the
// whole repository, where there must be no complaint, and over a small invented
// tree that breaks it, where there must be one: a rule that cannot fail holds
// nothing.
//
// To change a rule, change its table here and say why in the same row.
package archtest
