-- Casebinder desk, schema version 6: indexes by which a case finds earlier
-- orders of its buyer, and other orders with its tracking numbers.

CREATE INDEX orders_email ON orders (lower(buyer_email)) WHERE buyer_email <> '';
CREATE INDEX shipment_tracking ON shipment (tracking) WHERE tracking <> '';
