-- Casebinder desk, schema version 3: search in every script.

-- The form in which texts stand in the search indexes. Where it is older than
-- the program's, the rows that come out otherwise are written anew at the start.
CREATE TABLE search_form (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  form INTEGER NOT NULL
) STRICT;
INSERT INTO search_form (id, form) VALUES (1, 1);
