-- A checksum of what each row holds: see checksum.go. What is no JSON any more was
-- damaged before, and matches none.
ALTER TABLE fact ADD COLUMN sum INTEGER NOT NULL DEFAULT -1 /* of the other columns but id */;
UPDATE fact SET sum = assay_checksum(repo, revision, collector, version, body) WHERE json_valid(body);

ALTER TABLE survey ADD COLUMN sum INTEGER NOT NULL DEFAULT -1 /* of the other columns but id */;
UPDATE survey SET sum = assay_checksum(as_of, landscape, evidence, projects, repositories, measured, failed, body)
    WHERE json_valid(body);

ALTER TABLE resolution ADD COLUMN sum INTEGER NOT NULL DEFAULT -1 /* of the other columns */;
UPDATE resolution SET sum = assay_checksum(repo, as_of, refs, rule, revision) WHERE json_valid(revision);

ALTER TABLE reading ADD COLUMN sum INTEGER NOT NULL DEFAULT -1 /* of the other columns */;
UPDATE reading SET sum = assay_checksum(repo, body);

ALTER TABLE secret ADD COLUMN sum INTEGER NOT NULL DEFAULT -1 /* of the other columns */;
UPDATE secret SET sum = assay_checksum(name, value);
