-- Casebinder desk, schema version 7: parts of amounts.

-- What an order's total and refund are the sum of, where files tell them row by
-- row: a JSON list of {source, refund, key, item, quantity, amount}.
ALTER TABLE orders ADD COLUMN parts TEXT NOT NULL DEFAULT '';
