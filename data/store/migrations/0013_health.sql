-- Casebinder desk, schema version 13: what a list must find without reading every row.

CREATE INDEX shipment_apart ON shipment (order_id) WHERE kind <> ''; -- parcels sent again or coming back
ALTER TABLE product ADD COLUMN supplier TEXT NOT NULL DEFAULT '';
