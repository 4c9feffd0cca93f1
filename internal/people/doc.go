// Package people tells who stands behind a commit, without keeping their name
// or address: which address belongs to one person ([Nodes]), which to a bot
// ([Bot]), and for which organisation a person worked on a day ([Resolver]).
//
// An e-mail address never leaves this package in clear. A keyed hash ([Hasher])
// stands for it, in facts as well as in what is kept of an affiliation file.
//
// An organisation is told from the first of these that says something:
//
//  1. the user's affiliation file, by the address of the commit;
//  2. the same file, by the other addresses and accounts of the author;
//  3. the same file, by the domain of the address;
//  4. our table of domains, organisations.yaml, the user's own domains first.
//
// An organisation that is not told is unknown, and stays so: whoever counts by
// organisation prints the share that is known beside it.
package people
