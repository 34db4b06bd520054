-- Casebinder desk, schema version 9: the buyer's claim in the reviewer's words, and sums of pages.

-- From this version on each page of the file ends with 8 bytes that SQLite leaves
-- alone (they are reserved in its head): the CRC-32C of the page, and its number.
-- An older file is written anew with that room before this step.

ALTER TABLE dispute ADD COLUMN claim_translation TEXT NOT NULL DEFAULT '';
ALTER TABLE dispute ADD COLUMN claim_translator TEXT NOT NULL DEFAULT ''; -- a person or a service, as it should be printed
