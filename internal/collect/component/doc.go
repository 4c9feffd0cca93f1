// Package component finds the packages that the manifests of a revision
// declare: Cargo packages and workspaces, Go modules, npm and Python packages,
// Maven and Gradle projects. For each it tells name, version, place, role, what
// it builds, what it demands, and, for Rust, how much unsafe code it holds.
//
// # What is a component
//
// A folder with a manifest is a component's. It has one component for each
// ecosystem, so a folder with a Cargo.toml and a package.json has two. The
// sources of a component are the files whose nearest folder with a manifest is
// that folder; [ManifestDirs] gives the same answer from a listing alone, to
// whoever assigns files to components.
//
// A manifest may declare nothing of its own (a package.json that only says
// "type", a pyproject.toml with settings for a linter): [IsManifest] names it,
// and there is no component for its folder.
//
// Vendored folders (vendor, node_modules, third_party, testdata …) hold other
// people's packages or material for tests. Their manifests and sources are left
// out, and a note says how many manifests those were. Components in folders of
// tests, examples and docs are listed with that role.
//
// # What goes wrong
//
// Manifests that are broken, larger than 4 MiB, neither UTF-8 nor in the encoding
// that they name, or missing from the mirror cost their own component and leave a
// note. Nothing here makes the
// collector fail.
//
// # A new ecosystem
//
// A folder below this one with a function that returns a [manifest.Ecosystem]:
//
//  1. name/name.go: Ecosystem() with a Name, a Manifest that switches over base
//     names, and a Parse that decodes the bytes with manifest.TOML, manifest.JSON
//     or a parser of its own. Resolve only when one file does not tell all.
//     Field by field, what the format knows goes into fact.Component; what it
//     does not know stays empty.
//  2. name/testdata/*.txtar: invented trees; name/name_test.go: one line,
//     componenttest.Golden(t, "testdata/*.txtar"). "go test -update" writes the
//     expected components into the archive: read them before you keep them.
//  3. A line in Ecosystems. A test fails while the folder is not in it.
//  4. Raise [Version] and name the ecosystem beside fact.Component.Ecosystem.
//
// An ecosystem must not trust what it reads: no panics, no time that grows
// faster than the input, no execution of anything.
package component
