-- Casebinder desk, schema version 13: what a list must find without reading every row.

CREATE INDEX shipment_apart ON shipment (order_id) WHERE kind <> ''; -- parcels sent again or coming back
ALTER TABLE product ADD COLUMN supplier TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN extra TEXT NOT NULL DEFAULT ''; -- json: columns of an export that no field takes, by their header

-- The articles of a listing, where it has several.
CREATE TABLE product_variant (
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  place      INTEGER NOT NULL,          -- from 0
  sku        TEXT NOT NULL,
  name       TEXT NOT NULL DEFAULT '',  -- "Red / M"
  PRIMARY KEY (product_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_variant_sku ON product_variant (sku);
CREATE INDEX product_title ON product (title) WHERE sku = ''; -- what has no SKU is known by its title
