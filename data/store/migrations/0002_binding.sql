-- Casebinder desk, schema version 2: composing a bundle, edited copies of
-- pictures, and submissions that can be made again.

-- An edited copy is evidence of its own: a file with its own fingerprint.
ALTER TABLE evidence ADD COLUMN copy_of TEXT NOT NULL DEFAULT ''; -- uid of the evidence that it is a copy of
ALTER TABLE evidence ADD COLUMN edits TEXT NOT NULL DEFAULT '';   -- json: what was burned into the copy
CREATE INDEX evidence_copy ON evidence (copy_of) WHERE copy_of <> '';

-- In which part of the bundle an exhibit stands.
ALTER TABLE exhibit ADD COLUMN section TEXT NOT NULL DEFAULT ''; -- '': that of its kind

-- What the seller says to a dispute, claim by claim.
CREATE TABLE statement (
  dispute_id INTEGER PRIMARY KEY REFERENCES dispute (id) ON DELETE CASCADE,
  language   TEXT NOT NULL DEFAULT '',  -- BCP 47
  template   TEXT NOT NULL DEFAULT '',  -- id of the template that it was drafted from
  claims     TEXT NOT NULL DEFAULT '',  -- json: texts with what they cite
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL DEFAULT ''
) STRICT;

ALTER TABLE submission ADD COLUMN program TEXT NOT NULL DEFAULT '';   -- that made it
ALTER TABLE submission ADD COLUMN signer TEXT NOT NULL DEFAULT '';    -- fingerprint of the key
ALTER TABLE submission ADD COLUMN mask TEXT NOT NULL DEFAULT '';      -- kinds of personal data, separated by spaces
ALTER TABLE submission ADD COLUMN changes TEXT NOT NULL DEFAULT '';   -- json: since the version before
-- When it was sent and what came back: the only part that is written later.
ALTER TABLE submission ADD COLUMN sent_at INTEGER;
ALTER TABLE submission ADD COLUMN sent_by TEXT NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN sent_note TEXT NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN receipt TEXT NOT NULL DEFAULT '';   -- uid of the evidence that shows that it arrived

-- Everything that a submission was made of, but for the files themselves, which
-- are in the vault under their fingerprints.
CREATE TABLE submission_input (
  submission_id INTEGER PRIMARY KEY REFERENCES submission (id) ON DELETE CASCADE,
  input         BLOB NOT NULL  -- json, compressed by gzip
) STRICT;
