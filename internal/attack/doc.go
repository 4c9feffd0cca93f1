// Package attack tries hostile repositories, hosts and files on the built
// program. It holds tests only.
//
// An attack is a row of the catalogue: what is laid out, how the program is run on
// it, and what it may end with. Whatever a row says besides, every run of the program
//
//   - ends within a deadline, and not by a panic;
//   - holds no more than a bound of memory, its children likewise;
//   - changes no file outside the folder it was given to write to;
//   - prints no control character;
//   - shows a token to no host but the one it is for.
//
// Attacks are made from code when the tests run; none of them is stored. To add one,
// add a row.
package attack
