-- Casebinder desk, schema version 8: the site of a shop, and rights that end.

-- By whose clock a platform counts: the country of its site, 'GB' for ebay.co.uk.
ALTER TABLE shop ADD COLUMN site TEXT NOT NULL DEFAULT ''; -- ISO 3166-1; '' not known

-- What the seller may do in a dispute until a date, and need not: cached from its
-- events and the policy pack in force, also after the dispute has ended. Nothing
-- ever wrote the table that stood here before.
DROP TABLE deadline;
CREATE TABLE dispute_right (
  dispute_id INTEGER NOT NULL REFERENCES dispute (id) ON DELETE CASCADE,
  rule       TEXT NOT NULL,             -- id of the rule in its pack
  due        INTEGER NOT NULL,
  sure       TEXT NOT NULL DEFAULT '',  -- how well the date is known
  PRIMARY KEY (dispute_id, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX dispute_right_due ON dispute_right (due);
