-- What the store alone knows, such as the key that hides authors' addresses.
-- Never exported.
CREATE TABLE secret (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
