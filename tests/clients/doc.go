// Package clients asks 'assay serve' as programs of others do: a validator of OpenAPI
// holds the document and the answers against each other, and a client that a generator
// makes of the document is compiled and reads answers. It is a module of its own, so that
// the program needs neither. Nothing that is generated is kept.
package clients
