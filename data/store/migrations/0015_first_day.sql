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

-- Who supplies goods, and what was agreed with them.
CREATE TABLE supplier (
  id            INTEGER PRIMARY KEY,
  uid           TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  contact       TEXT NOT NULL DEFAULT '',
  warranty_days INTEGER NOT NULL DEFAULT 0, -- from the day on which goods went to the buyer; 0 none was agreed
  pays_defects  TEXT NOT NULL DEFAULT '',   -- supplier half shop; '' nothing was agreed
  pays_returns  TEXT NOT NULL DEFAULT '',   -- so too
  notes         TEXT NOT NULL DEFAULT '',
  updated_at    INTEGER NOT NULL,
  updated_by    TEXT NOT NULL DEFAULT '',
  binned_at     INTEGER
) STRICT;
CREATE UNIQUE INDEX supplier_name ON supplier (name COLLATE NOCASE) WHERE binned_at IS NULL;
ALTER TABLE product ADD COLUMN supplier_id INTEGER REFERENCES supplier (id);
INSERT INTO supplier (uid, name, updated_at)
  SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
    min(supplier), max(updated_at) FROM product WHERE supplier <> '' GROUP BY supplier COLLATE NOCASE;
UPDATE product SET supplier_id = (SELECT s.id FROM supplier s WHERE s.name = product.supplier COLLATE NOCASE) WHERE supplier <> '';
ALTER TABLE product DROP COLUMN supplier;
CREATE INDEX product_supplier ON product (supplier_id) WHERE supplier_id IS NOT NULL;
