// Package chaoss holds published formulae of project health as pure functions:
// those of the CHAOSS community, and the scores of the OpenSSF. Every function
// names the page that defines it, and its test holds the figures of that page.
//
// A formula is kept as published. Where it is silent, above all on what to do
// when figures are missing, a [Score] says what is certain and what is possible:
// missing figures never raise what is certain.
package chaoss
