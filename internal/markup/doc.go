// Package markup reads the texts that people write into pieces whose lines are
// known: Markdown, plain text and YAML. It says what stands where; what it means
// is for who asks.
//
// [Blocks] reads Markdown, and plain text as what Markdown makes of it: headings,
// paragraphs, items, rows of tables. HTML within it is read into the same blocks,
// as a browser would show it. [YAML] reads a text of rows and fields into
// nodes with lines. [Sentences] divides what was read.
//
// All texts are a stranger's. Nothing here takes more than in proportion to the
// size of a text, and what is kept of one goes through [Kept]: one line, no
// character that hides or reorders others, no e-mail address, bounded. It is not free
// of markup for that: whoever puts it on a page escapes it. What an e-mail address is
// is decided in one place, however it is written; blocks have none to begin with.
package markup
