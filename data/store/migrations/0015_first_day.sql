-- Casebinder desk, schema version 15: a seller's first day.

-- What one unit of an article costs the shop, as the seller entered it.
CREATE TABLE goods_cost (
  article  TEXT NOT NULL,              -- SKU, or the title of what has none
  day      TEXT NOT NULL,              -- 2026-11-30: from which it counts; '' always
  amount_minor    INTEGER NOT NULL,
  amount_currency TEXT NOT NULL,
  PRIMARY KEY (article, day)
) STRICT, WITHOUT ROWID;

-- What an order cost the shop, where it is known of the order itself.
CREATE TABLE order_cost (
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  cost     TEXT NOT NULL,              -- goods postage fees
  amount_minor    INTEGER NOT NULL,
  amount_currency TEXT NOT NULL,
  PRIMARY KEY (order_id, cost)
) STRICT, WITHOUT ROWID;
