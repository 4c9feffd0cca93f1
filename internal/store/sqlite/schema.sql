-- The schema that the migrations lead to. Written by: go test ./internal/store/sqlite -update

CREATE TABLE fact (
    id        INTEGER PRIMARY KEY,
    repo      TEXT NOT NULL,    -- host/owner/name in lower case
    revision  TEXT NOT NULL,    -- object name of the commit
    collector TEXT NOT NULL,
    version   INTEGER NOT NULL, -- of the collector
    body      TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT -1 /* of the other columns but id */,    -- JSON, as the collector wrote it
    UNIQUE (repo, revision, collector, version)
) STRICT;

CREATE TABLE reading (
    repo TEXT NOT NULL UNIQUE, -- host/owner/name in lower case
    body BLOB NOT NULL         -- as package survey writes it
, sum INTEGER NOT NULL DEFAULT -1 /* of the other columns */) STRICT;

CREATE TABLE resolution (
    repo     TEXT NOT NULL,    -- host/owner/name in lower case
    as_of    TEXT NOT NULL,    -- YYYY-MM-DD, or empty for the newest commit
    refs     TEXT NOT NULL,    -- fingerprint of the mirror's refs
    rule     INTEGER NOT NULL, -- version of the rule that picked
    revision TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT -1 /* of the other columns */,    -- JSON
    PRIMARY KEY (repo, as_of)
) STRICT, WITHOUT ROWID;

CREATE TABLE secret (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
, sum INTEGER NOT NULL DEFAULT -1 /* of the other columns */) STRICT, WITHOUT ROWID;

CREATE TABLE survey (
    id           INTEGER PRIMARY KEY, -- rises with every put, also of the same survey
    as_of        TEXT NOT NULL,       -- YYYY-MM-DD
    landscape    TEXT NOT NULL,       -- which file, whatever its commit: host/owner/name:path, URL or path
    evidence     TEXT NOT NULL,       -- JSON: the landscape file as read
    projects     INTEGER NOT NULL,
    repositories INTEGER NOT NULL,
    measured     INTEGER NOT NULL,    -- repositories of which a revision was measured
    failed       INTEGER NOT NULL,    -- repositories that could not be measured, or not in every part
    body         TEXT NOT NULL, sum INTEGER NOT NULL DEFAULT -1 /* of the other columns but id */,       -- JSON: the survey; $.outcomes and $.collectors lead to its facts
    UNIQUE (as_of, landscape)
) STRICT;
