-- The revision of a fact about tags is what identifies the tags, without a prefix. A
-- damaged one stays damaged.
UPDATE fact SET
    revision = iif(revision = 'tags:', 'none', substr(revision, 6)),
    sum = iif(sum = assay_checksum(repo, revision, collector, version, body),
        assay_checksum(repo, iif(revision = 'tags:', 'none', substr(revision, 6)), collector, version, body), -1)
    WHERE revision LIKE 'tags:%';
