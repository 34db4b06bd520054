-- Casebinder desk, schema version 5: tasks that can be put into the bin, and
-- that say where they come from.

ALTER TABLE task ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN feedback_id INTEGER REFERENCES feedback (id);
ALTER TABLE task ADD COLUMN origin TEXT NOT NULL DEFAULT '';     -- what made it: mail_check promise path window ...; '' a person
ALTER TABLE task ADD COLUMN origin_key TEXT NOT NULL DEFAULT ''; -- which one of these
ALTER TABLE task ADD COLUMN binned_at INTEGER;
CREATE UNIQUE INDEX task_origin ON task (origin, origin_key) WHERE origin <> '';
CREATE INDEX task_feedback ON task (feedback_id) WHERE feedback_id IS NOT NULL;
DROP INDEX task_open;
CREATE INDEX task_open ON task (due) WHERE done_at IS NULL AND binned_at IS NULL;
