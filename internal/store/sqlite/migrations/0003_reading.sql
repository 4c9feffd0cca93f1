-- Cache of what was made of the blobs of a repository. May be emptied at any time.
CREATE TABLE reading (
    repo TEXT NOT NULL UNIQUE, -- host/owner/name in lower case
    body BLOB NOT NULL         -- as package survey writes it
) STRICT;
