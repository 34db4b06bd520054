-- Casebinder desk, schema version 12: orders cared for before they become disputes.

-- Who paid and how, as the platform or the payment service tells.
ALTER TABLE orders ADD COLUMN payment TEXT NOT NULL DEFAULT '';   -- json: state, payer, address, IP; '' nothing is known
ALTER TABLE orders ADD COLUMN deliver_by INTEGER;                 -- the last date on which delivery was promised to the buyer
ALTER TABLE orders ADD COLUMN stated TEXT NOT NULL DEFAULT '';    -- json: facts that a person wrote down and no file has told, by their name
CREATE INDEX orders_on_way ON orders (shipped_at) WHERE status = 'shipped' AND delivered_at IS NULL;

-- What happened to an order by a person's word, beside what its columns hold.
CREATE TABLE order_event (
  id              INTEGER PRIMARY KEY,
  uid             TEXT NOT NULL UNIQUE,
  order_id        INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  kind            TEXT NOT NULL,             -- shipped delivered refund return_sent return_received address_change canceled ...
  at              INTEGER NOT NULL,          -- when it happened
  recorded_at     INTEGER NOT NULL,          -- when it was written down
  operator        TEXT NOT NULL DEFAULT '',
  note            TEXT NOT NULL DEFAULT '',
  amount_minor    INTEGER NOT NULL DEFAULT 0,
  amount_currency TEXT NOT NULL DEFAULT '',
  detail          TEXT NOT NULL DEFAULT ''   -- json: the address before and after, the tracking number of a return ...
) STRICT;
CREATE INDEX order_event_order ON order_event (order_id, at, id);

ALTER TABLE shipment ADD COLUMN kind TEXT NOT NULL DEFAULT '';       -- '' goods to the buyer, resend the second time, return back to the seller
ALTER TABLE shipment ADD COLUMN promised_at INTEGER;                 -- the last date on which this parcel was promised
ALTER TABLE shipment ADD COLUMN weight_g INTEGER NOT NULL DEFAULT 0; -- grams, as weighed; 0 not known
ALTER TABLE shipment ADD COLUMN postcode TEXT NOT NULL DEFAULT '';   -- where the carrier says that it was delivered
ALTER TABLE shipment ADD COLUMN signed_by TEXT NOT NULL DEFAULT '';  -- as the carrier says
ALTER TABLE shipment ADD COLUMN lost_at INTEGER;                     -- when a person or the carrier gave it up
ALTER TABLE tracking_event ADD COLUMN intake_id INTEGER REFERENCES intake (id); -- the pasted page that told it

-- The review of an order before it ships, kept so that a list can sort by it; made again whenever the order or a rule changes.
CREATE TABLE risk (
  order_id   INTEGER PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
  level      TEXT NOT NULL,                -- clear look hold stop
  reasons    TEXT NOT NULL DEFAULT '',     -- json: the rules that found something
  ship_from  INTEGER,                      -- not to be shipped before; NULL at once, or never as the level says
  judged_at  INTEGER NOT NULL,
  edition    TEXT NOT NULL DEFAULT '',     -- of the rules
  decision   TEXT NOT NULL DEFAULT '',     -- a person's: ship hold cancel
  reason     TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at INTEGER,
  hold_until INTEGER
) STRICT;
CREATE INDEX risk_level ON risk (level) WHERE level <> 'clear';

-- A guided path that was walked for an order.
CREATE TABLE path_run (
  id         INTEGER PRIMARY KEY,
  uid        TEXT NOT NULL UNIQUE,
  order_id   INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  dispute_id INTEGER REFERENCES dispute (id) ON DELETE SET NULL,
  path       TEXT NOT NULL,               -- id of the path
  edition    TEXT NOT NULL DEFAULT '',    -- of its data
  wish       TEXT NOT NULL DEFAULT '',    -- what the buyer wants, asked and kept first
  steps      TEXT NOT NULL DEFAULT '',    -- json: each answer, who gave it and when
  started_at INTEGER NOT NULL,
  operator   TEXT NOT NULL DEFAULT '',
  ended_at   INTEGER,
  ending     TEXT NOT NULL DEFAULT '',    -- json: the reply, task or case that it led to
  binned_at  INTEGER
) STRICT;
CREATE INDEX path_run_order ON path_run (order_id, started_at);

-- What a picture proves of an order's packing.
ALTER TABLE evidence ADD COLUMN slot TEXT NOT NULL DEFAULT '';     -- goods qc weighing packing label parcel_list; '' none
ALTER TABLE evidence ADD COLUMN tracking TEXT NOT NULL DEFAULT ''; -- of the parcel that it shows, where the order has several
ALTER TABLE evidence ADD COLUMN codes TEXT NOT NULL DEFAULT '';    -- json: the barcodes that were read from it
ALTER TABLE evidence ADD COLUMN product_id INTEGER REFERENCES product (id);
ALTER TABLE evidence ADD COLUMN replaced_by TEXT NOT NULL DEFAULT ''; -- uid of the redacted copy that stands for it, since its original was erased
ALTER TABLE evidence ADD COLUMN erased_at INTEGER;                 -- when the file itself was erased from the vault; its hash stays
CREATE INDEX evidence_product ON evidence (product_id) WHERE product_id IS NOT NULL;

-- A file that appeared in a watched folder. Nothing of it is taken without a person's word.
CREATE TABLE found_file (
  id          INTEGER PRIMARY KEY,
  uid         TEXT NOT NULL UNIQUE,
  path        TEXT NOT NULL,
  size        INTEGER NOT NULL,           -- bytes
  modified_at INTEGER NOT NULL,
  sha256      TEXT NOT NULL DEFAULT '',
  kind        TEXT NOT NULL,              -- picture video export mail other
  state       TEXT NOT NULL,              -- waiting taken left gone
  taken_as    TEXT NOT NULL DEFAULT '',   -- uid of the evidence or import
  guess       TEXT NOT NULL DEFAULT '',   -- json: orders that it may belong to, each with its ground
  codes       TEXT NOT NULL DEFAULT '',   -- json: the barcodes that were read from it
  found_at    INTEGER NOT NULL,
  decided_at  INTEGER,
  decided_by  TEXT NOT NULL DEFAULT '',
  UNIQUE (path, size, modified_at)
) STRICT;
CREATE INDEX found_file_state ON found_file (state, found_at);
CREATE INDEX found_file_sum ON found_file (sha256) WHERE sha256 <> '';

-- One human being or firm behind several buyers, by a person's word.
CREATE TABLE person (
  id         INTEGER PRIMARY KEY,
  uid        TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL DEFAULT ''
) STRICT;
ALTER TABLE buyer ADD COLUMN person_id INTEGER REFERENCES person (id);
ALTER TABLE buyer ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE buyer ADD COLUMN tags TEXT NOT NULL DEFAULT '';       -- json list
ALTER TABLE buyer ADD COLUMN tone TEXT NOT NULL DEFAULT '';       -- short warm formal; '' not said
ALTER TABLE buyer ADD COLUMN erased_at INTEGER;                   -- when the personal data went
CREATE INDEX buyer_person ON buyer (person_id) WHERE person_id IS NOT NULL;

-- Two buyers that a person says are two people.
CREATE TABLE buyer_apart (
  a  INTEGER NOT NULL REFERENCES buyer (id) ON DELETE CASCADE, -- the lower id
  b  INTEGER NOT NULL REFERENCES buyer (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- By what buyers are compared, in the form in which it is compared; kept up in the background.
CREATE TABLE buyer_mark (
  kind     TEXT NOT NULL,   -- email phone address ip payer
  mark     TEXT NOT NULL,
  buyer_id INTEGER NOT NULL REFERENCES buyer (id) ON DELETE CASCADE,
  PRIMARY KEY (kind, mark, buyer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX buyer_mark_buyer ON buyer_mark (buyer_id);

-- What one person bought on all accounts, kept up in the background from orders, disputes and feedback.
CREATE TABLE buyer_stat (
  buyer_id       INTEGER PRIMARY KEY REFERENCES buyer (id) ON DELETE CASCADE, -- the lowest of the person's accounts
  name           TEXT NOT NULL DEFAULT '',
  shops          TEXT NOT NULL DEFAULT '',    -- ids between commas: ,1,4,
  orders         INTEGER NOT NULL DEFAULT 0,  -- that were not called off
  called_off     INTEGER NOT NULL DEFAULT 0,  -- canceled, or never paid
  first_at       INTEGER,
  last_at        INTEGER,
  spend_minor    INTEGER NOT NULL DEFAULT 0,  -- in the currency of most of the orders
  spend_currency TEXT NOT NULL DEFAULT '',
  spend_other    TEXT NOT NULL DEFAULT '',    -- json: the sum and orders of each currency, where there are several
  units          INTEGER NOT NULL DEFAULT 0,
  most_units     INTEGER NOT NULL DEFAULT 0,  -- of one item in one order
  disputes       INTEGER NOT NULL DEFAULT 0,
  feedback       INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX buyer_stat_orders ON buyer_stat (orders);
CREATE INDEX buyer_stat_spend ON buyer_stat (spend_currency, spend_minor);
CREATE INDEX buyer_stat_last ON buyer_stat (last_at);
CREATE INDEX buyer_stat_name ON buyer_stat (name);
CREATE INDEX buyer_stat_disputes ON buyer_stat (disputes) WHERE disputes > 0;
CREATE INDEX buyer_tags ON buyer (id) WHERE tags <> '';
CREATE INDEX buyer_noted ON buyer (id) WHERE note <> '';

-- How far the tables kept up in the background have come, and what is to be done again.
CREATE TABLE kept_up (
  name TEXT PRIMARY KEY,    -- buyer (marks and sums) risk
  upto INTEGER NOT NULL     -- row id of the last order that is in it
) STRICT;
CREATE TABLE stale (
  name TEXT NOT NULL,       -- as in kept_up
  id   INTEGER NOT NULL,    -- of the order or buyer
  PRIMARY KEY (name, id)
) STRICT, WITHOUT ROWID;

-- Personal data that was erased or masked: what went, what was kept, and why.
CREATE TABLE erasure (
  id       INTEGER PRIMARY KEY,
  uid      TEXT NOT NULL UNIQUE,
  buyer_id INTEGER REFERENCES buyer (id),
  ground   TEXT NOT NULL,               -- request retention
  rule     TEXT NOT NULL DEFAULT '',    -- of a retention clock
  done     TEXT NOT NULL DEFAULT '',    -- json: what went
  kept     TEXT NOT NULL DEFAULT '',    -- json: what was kept, each with its reason
  at       INTEGER NOT NULL,
  by       TEXT NOT NULL DEFAULT '',
  note     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX erasure_buyer ON erasure (buyer_id);

-- What a shop sells: what its listing promises, and what is known of it.
CREATE TABLE product (
  id          INTEGER PRIMARY KEY,
  uid         TEXT NOT NULL UNIQUE,
  shop_id     INTEGER REFERENCES shop (id),  -- NULL: in every shop
  sku         TEXT NOT NULL DEFAULT '',
  external_id TEXT NOT NULL DEFAULT '',      -- the platform's id of the listing
  title       TEXT NOT NULL DEFAULT '',
  class       TEXT NOT NULL DEFAULT '',      -- of goods: electronics household ...
  fragile     INTEGER NOT NULL DEFAULT 0,
  listing     TEXT NOT NULL DEFAULT '',      -- json: description, sizes, pictures, shipping, duty, returns, service hours
  knowledge   TEXT NOT NULL DEFAULT '',      -- json: questions, usage, care, sizes, each with its language
  updated_at  INTEGER NOT NULL,
  updated_by  TEXT NOT NULL DEFAULT '',
  binned_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX product_sku ON product (coalesce(shop_id, 0), sku) WHERE sku <> '' AND binned_at IS NULL;
CREATE INDEX product_external ON product (external_id) WHERE external_id <> '';

-- A paper of a product: a dated snapshot of its listing, a certificate, a right.
CREATE TABLE product_paper (
  id          INTEGER PRIMARY KEY,
  uid         TEXT NOT NULL UNIQUE,
  product_id  INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  kind        TEXT NOT NULL,                 -- snapshot ce test_report trademark patent copyright authorization other
  evidence_id INTEGER REFERENCES evidence (id), -- its file
  issued_at   INTEGER,
  expires_at  INTEGER,
  note        TEXT NOT NULL DEFAULT '',
  added_at    INTEGER NOT NULL,
  added_by    TEXT NOT NULL DEFAULT '',
  binned_at   INTEGER
) STRICT;
CREATE INDEX product_paper_product ON product_paper (product_id);
CREATE INDEX product_paper_expires ON product_paper (expires_at) WHERE expires_at IS NOT NULL AND binned_at IS NULL;
