-- Casebinder desk, schema version 4: findings of any check can be passed, on
-- any entity.

-- A person's word that a finding may stand. It counts as long as a check gives a
-- finding with this key on the entity.
CREATE TABLE pass (
  id        INTEGER PRIMARY KEY,
  uid       TEXT NOT NULL UNIQUE,
  entity    TEXT NOT NULL,             -- dispute order ..., as in the journal
  entity_id INTEGER NOT NULL,          -- row id of that
  key       TEXT NOT NULL,             -- of the finding: its rule, then "|kind:id" for each place that it points at
  severity  TEXT NOT NULL DEFAULT '',  -- of the finding when it was passed: blocking serious warning info; '' not known
  at        INTEGER NOT NULL,
  by        TEXT NOT NULL DEFAULT '',
  reason    TEXT NOT NULL,
  UNIQUE (entity, entity_id, key)
) STRICT;

-- Before, places were joined by blanks, and the severity that was stored was
-- "warning" whatever the finding's was.
INSERT INTO pass (uid, entity, entity_id, key, severity, at, by, reason)
SELECT uid, 'dispute', dispute_id,
  rule || CASE place WHEN '' THEN '' ELSE '|' ||
    replace(replace(replace(replace(replace(replace(replace(replace(replace(place,
      ' event:', '|event:'), ' order:', '|order:'), ' shipment:', '|shipment:'), ' message:', '|message:'), ' evidence:', '|evidence:'),
      ' dispute:', '|dispute:'), ' statement:', '|statement:'), ' label:', '|label:'), ' scan:', '|scan:') END,
  '', coalesce(passed_at, 0), passed_by, reason
FROM finding;
DROP TABLE finding;
