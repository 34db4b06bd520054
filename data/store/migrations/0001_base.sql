-- Casebinder desk, schema version 1.
--
-- Reading this file with another program is allowed and expected; writing is
-- not, because every change belongs into the journal.
--
-- Conventions
--   *_at, at, due ...  UTC, milliseconds since 1970-01-01; NULL when not known. A date without a
--                      time of day is a day: what happened on it stands at the first millisecond
--                      after midnight in the platform's zone, what is due on it at the last one
--                      before the next midnight
--   *_minor            money in the minor unit of the currency beside it (4599 USD = $45.99,
--                      4599 JPY = 4,599 yen); 0 with the currency '' when no amount is known
--   uid                the same on every desk: a UUIDv7, or the platform's own id
--   ''                 a text that is not known
--   json               a JSON text

-- One account on one platform.
CREATE TABLE shop (
  id       INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,             -- 'aliexpress', 'ebay' ... in lower case
  name     TEXT NOT NULL,
  zone     TEXT NOT NULL DEFAULT '',  -- IANA time zone in which the platform shows its times
  currency TEXT NOT NULL DEFAULT '',  -- taken for amounts without a currency; '' refuses them
  UNIQUE (platform, name)
) STRICT;

-- A person or firm that buys on a platform, as last seen.
CREATE TABLE buyer (
  id       INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  handle   TEXT NOT NULL,             -- the platform's name for the buyer; made from e-mail or name where it has none
  name     TEXT NOT NULL DEFAULT '',
  email    TEXT NOT NULL DEFAULT '',
  phone    TEXT NOT NULL DEFAULT '',
  country  TEXT NOT NULL DEFAULT '',  -- ISO 3166-1 alpha-2 where it could be told
  language TEXT NOT NULL DEFAULT ''   -- BCP 47
) STRICT;
CREATE UNIQUE INDEX buyer_key ON buyer (platform, handle);

-- One file that was imported.
CREATE TABLE import (
  id        INTEGER PRIMARY KEY,
  uid       TEXT NOT NULL UNIQUE,
  shop_id   INTEGER NOT NULL REFERENCES shop (id),
  kind      TEXT NOT NULL,             -- 'orders', 'feedback'
  file      TEXT NOT NULL,             -- name without its folder
  sha256    TEXT NOT NULL,             -- of the whole file, hexadecimal
  preset    TEXT NOT NULL DEFAULT '',  -- which preset read it
  at        INTEGER NOT NULL,
  operator  TEXT NOT NULL DEFAULT '',
  added     INTEGER NOT NULL DEFAULT 0,
  updated   INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  older     INTEGER NOT NULL DEFAULT 0, -- left as they were: the desk knew a newer state
  rejected  INTEGER NOT NULL DEFAULT 0  -- rows that were not taken
) STRICT;
CREATE INDEX import_sha256 ON import (sha256);
CREATE INDEX import_shop ON import (shop_id);
CREATE INDEX import_at ON import (at);

-- One order. The buyer_* columns hold the buyer as this order's file told of
-- them; table buyer holds the buyer as last seen.
CREATE TABLE orders (
  id                INTEGER PRIMARY KEY,
  shop_id           INTEGER NOT NULL REFERENCES shop (id),
  number            TEXT NOT NULL,             -- the platform's order number: text, never a number
  buyer_id          INTEGER REFERENCES buyer (id),
  buyer_handle      TEXT NOT NULL DEFAULT '',
  buyer_name        TEXT NOT NULL DEFAULT '',
  buyer_email       TEXT NOT NULL DEFAULT '',
  buyer_phone       TEXT NOT NULL DEFAULT '',
  buyer_country     TEXT NOT NULL DEFAULT '',
  buyer_language    TEXT NOT NULL DEFAULT '',
  status            TEXT NOT NULL,             -- unknown unpaid review to_ship shipped delivered completed canceled refunded disputed
  platform_status   TEXT NOT NULL DEFAULT '',  -- in the platform's own word
  total_minor       INTEGER NOT NULL DEFAULT 0,
  total_currency    TEXT NOT NULL DEFAULT '',
  shipping_minor    INTEGER NOT NULL DEFAULT 0,
  shipping_currency TEXT NOT NULL DEFAULT '',
  refunded_minor    INTEGER NOT NULL DEFAULT 0,
  refunded_currency TEXT NOT NULL DEFAULT '',
  payment_method    TEXT NOT NULL DEFAULT '',
  payment_ref       TEXT NOT NULL DEFAULT '',  -- transaction id at the payment service
  ordered_at        INTEGER,
  paid_at           INTEGER,
  ship_by           INTEGER,                   -- the platform's last date to ship
  shipped_at        INTEGER,
  delivered_at      INTEGER,
  ship_name         TEXT NOT NULL DEFAULT '',
  ship_line1        TEXT NOT NULL DEFAULT '',
  ship_line2        TEXT NOT NULL DEFAULT '',
  ship_line3        TEXT NOT NULL DEFAULT '',
  ship_city         TEXT NOT NULL DEFAULT '',
  ship_state        TEXT NOT NULL DEFAULT '',
  ship_postcode     TEXT NOT NULL DEFAULT '',
  ship_country      TEXT NOT NULL DEFAULT '',
  ship_phone        TEXT NOT NULL DEFAULT '',
  buyer_note        TEXT NOT NULL DEFAULT '',
  seller_note       TEXT NOT NULL DEFAULT '',  -- the seller's own; no import overwrites it
  extra             TEXT NOT NULL DEFAULT '',  -- json object of columns that no other column takes
  source_time       INTEGER,                   -- when the platform wrote this state
  -- Kept beside the facts, from them:
  country           TEXT NOT NULL DEFAULT '',  -- ship_country, else buyer_country
  tracking          TEXT NOT NULL DEFAULT '',  -- the first tracking number of the parcels
  item_title        TEXT NOT NULL DEFAULT '',  -- the first item's title
  -- Where it came from:
  import_id         INTEGER REFERENCES import (id), -- which file brought it first; NULL: made by hand
  import_last       INTEGER REFERENCES import (id), -- which file changed it last
  import_hash       TEXT NOT NULL DEFAULT ''            -- first half of the SHA-256 of the last record that an import took; '' after an edit
) STRICT;
CREATE UNIQUE INDEX orders_key ON orders (shop_id, number);
CREATE INDEX orders_ordered ON orders (ordered_at);
CREATE INDEX orders_number ON orders (number);
CREATE INDEX orders_shop ON orders (shop_id, ordered_at);
CREATE INDEX orders_buyer_name ON orders (buyer_name, ordered_at);
CREATE INDEX orders_buyer ON orders (buyer_id);
CREATE INDEX orders_country ON orders (country, ordered_at);
CREATE INDEX orders_status ON orders (status, ordered_at);
CREATE INDEX orders_total ON orders (total_currency, total_minor);
CREATE INDEX orders_ship_by ON orders (ship_by);
CREATE INDEX orders_shipped ON orders (shipped_at);
CREATE INDEX orders_payment ON orders (payment_ref) WHERE payment_ref <> '';
CREATE INDEX orders_to_ship ON orders (status, ship_by) WHERE status = 'to_ship' AND ship_by IS NOT NULL;
CREATE INDEX orders_no_tracking ON orders (status, tracking, ordered_at) WHERE status = 'shipped' AND tracking = '';

-- The lines of an order.
CREATE TABLE item (
  order_id       INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,          -- 1, 2, ...
  external_id    TEXT NOT NULL DEFAULT '',  -- the platform's id of the line
  sku            TEXT NOT NULL DEFAULT '',
  title          TEXT NOT NULL DEFAULT '',
  variation      TEXT NOT NULL DEFAULT '',
  quantity       INTEGER NOT NULL,
  price_minor    INTEGER NOT NULL DEFAULT 0, -- of one unit
  price_currency TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

-- The parcels of an order.
CREATE TABLE shipment (
  id           INTEGER PRIMARY KEY,
  order_id     INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  carrier      TEXT NOT NULL DEFAULT '',
  service      TEXT NOT NULL DEFAULT '',
  tracking     TEXT NOT NULL DEFAULT '',
  shipped_at   INTEGER,
  delivered_at INTEGER
) STRICT;
CREATE UNIQUE INDEX shipment_key ON shipment (order_id, tracking);

-- One scan of a parcel, in the carrier's words.
CREATE TABLE tracking_event (
  id          INTEGER PRIMARY KEY,
  shipment_id INTEGER NOT NULL REFERENCES shipment (id) ON DELETE CASCADE,
  at          INTEGER NOT NULL,
  place       TEXT NOT NULL DEFAULT '',
  text        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX tracking_event_key ON tracking_event (shipment_id, at, place, text);

-- A case about one order, from inquiry to arbitration. stage, waiting, due and
-- due_rule are computed from case_event and can be computed again.
CREATE TABLE dispute (
  id              INTEGER PRIMARY KEY,
  uid             TEXT NOT NULL UNIQUE,
  order_id        INTEGER NOT NULL REFERENCES orders (id),
  shop_id         INTEGER NOT NULL REFERENCES shop (id), -- of the order, for sorting
  order_number    TEXT NOT NULL,                         -- of the order, for sorting
  reason          TEXT NOT NULL,
  claim           TEXT NOT NULL DEFAULT '',  -- what the buyer says and wants, in their words
  amount_minor    INTEGER NOT NULL DEFAULT 0,
  amount_currency TEXT NOT NULL DEFAULT '',
  case_number     TEXT NOT NULL DEFAULT '',  -- the platform's
  opened_at       INTEGER,
  stated_due      INTEGER,                   -- the date that the platform states; it wins
  stage           TEXT NOT NULL,             -- negotiation platform return appeal closed
  waiting         TEXT NOT NULL DEFAULT '',  -- who must act: buyer seller platform; '' when closed
  due             INTEGER,                   -- the date that counts
  due_rule        TEXT NOT NULL DEFAULT '',  -- which rule says so; 'stated' for the platform's date
  due_sure        TEXT NOT NULL DEFAULT '',  -- how sure that date is: confirmed third-party unconfirmed own
  pack            TEXT NOT NULL DEFAULT '',  -- policy pack that a person chose; '' is told from platform and reason
  wish            TEXT NOT NULL DEFAULT '',  -- what the buyer asks for: refund partial_refund return replacement ...
  decision        TEXT NOT NULL DEFAULT '',  -- fight accept, or '' while it is open
  decision_reason TEXT NOT NULL DEFAULT '',
  decided_by      TEXT NOT NULL DEFAULT '',
  decided_at      INTEGER,
  outcome         TEXT NOT NULL DEFAULT '',  -- won lost split accepted withdrawn
  liable          TEXT NOT NULL DEFAULT '',  -- who was found liable: seller buyer carrier platform nobody
  ruling          TEXT NOT NULL DEFAULT '',  -- why, in the platform's vocabulary or words
  lessons         TEXT NOT NULL DEFAULT '',  -- the seller's own
  cause           TEXT NOT NULL DEFAULT '',  -- class of what went wrong: product packing carrier listing customs buyer fraud service
  binned_at       INTEGER
) STRICT;
CREATE INDEX dispute_order ON dispute (order_id);
CREATE INDEX dispute_case ON dispute (case_number) WHERE case_number <> '';
CREATE INDEX dispute_opened ON dispute (opened_at) WHERE binned_at IS NULL;
CREATE INDEX dispute_due ON dispute (due) WHERE binned_at IS NULL;
CREATE INDEX dispute_number ON dispute (order_number) WHERE binned_at IS NULL;
CREATE INDEX dispute_shop ON dispute (shop_id, opened_at) WHERE binned_at IS NULL;
CREATE INDEX dispute_reason ON dispute (reason, opened_at) WHERE binned_at IS NULL;
CREATE INDEX dispute_amount ON dispute (amount_currency, amount_minor) WHERE binned_at IS NULL;
CREATE INDEX dispute_stage ON dispute (stage, opened_at) WHERE binned_at IS NULL;
CREATE INDEX dispute_open ON dispute (due) WHERE binned_at IS NULL AND stage <> 'closed';

-- What happened in a dispute. Appended, never edited: a correction is an event too.
CREATE TABLE case_event (
  id              INTEGER PRIMARY KEY,
  uid             TEXT NOT NULL UNIQUE,
  dispute_id      INTEGER NOT NULL REFERENCES dispute (id) ON DELETE CASCADE,
  kind            TEXT NOT NULL,
  actor           TEXT NOT NULL,             -- buyer seller platform
  at              INTEGER NOT NULL,          -- when it happened
  recorded_at     INTEGER NOT NULL,          -- when it was written down
  operator        TEXT NOT NULL DEFAULT '',  -- who wrote it down
  note            TEXT NOT NULL DEFAULT '',
  amount_minor    INTEGER NOT NULL DEFAULT 0,
  amount_currency TEXT NOT NULL DEFAULT '',
  due             INTEGER,                   -- the date that the platform stated with it
  corrects        TEXT NOT NULL DEFAULT ''   -- uid of the event that a correction is about
) STRICT;
CREATE INDEX case_event_dispute ON case_event (dispute_id, at, id);

-- The dates of a dispute, computed from its events and the policy pack in force.
CREATE TABLE deadline (
  dispute_id INTEGER NOT NULL REFERENCES dispute (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  rule       TEXT NOT NULL,             -- id of the rule in its pack
  who        TEXT NOT NULL DEFAULT '',
  starts     INTEGER,
  due        INTEGER,
  met_at     INTEGER,
  pack       TEXT NOT NULL DEFAULT '',  -- platform and edition of the pack
  note       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (dispute_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX deadline_due ON deadline (due);

-- What was written about an order. Texts are never changed.
CREATE TABLE message (
  id                   INTEGER PRIMARY KEY,
  uid                  TEXT NOT NULL UNIQUE,
  order_id             INTEGER REFERENCES orders (id),
  dispute_id           INTEGER REFERENCES dispute (id),
  direction            TEXT NOT NULL,             -- in out platform
  channel              TEXT NOT NULL DEFAULT '',
  author               TEXT NOT NULL DEFAULT '',
  sent_at              INTEGER,
  language             TEXT NOT NULL DEFAULT '',
  text                 TEXT NOT NULL,
  translation          TEXT NOT NULL DEFAULT '',
  translation_language TEXT NOT NULL DEFAULT '',
  translator           TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX message_order ON message (order_id, sent_at);
CREATE INDEX message_dispute ON message (dispute_id, sent_at) WHERE dispute_id IS NOT NULL;

-- One file that proves something. The file lies in the vault under its SHA-256.
CREATE TABLE evidence (
  id              INTEGER PRIMARY KEY,
  uid             TEXT NOT NULL UNIQUE,
  sha256          TEXT NOT NULL,             -- hexadecimal
  size            INTEGER NOT NULL,          -- bytes
  mime            TEXT NOT NULL DEFAULT '',  -- told from the content
  name            TEXT NOT NULL DEFAULT '',  -- as it came in
  kind            TEXT NOT NULL,
  note            TEXT NOT NULL DEFAULT '',
  order_id        INTEGER REFERENCES orders (id),
  dispute_id      INTEGER REFERENCES dispute (id), -- NULL: belongs to the order alone
  captured_at     INTEGER,
  captured_source TEXT NOT NULL DEFAULT '',  -- exif stated ''
  place           TEXT NOT NULL DEFAULT '',
  device          TEXT NOT NULL DEFAULT '',
  label           TEXT NOT NULL DEFAULT '',  -- what stands on a shipping label in the picture, as somebody typed it
  source          TEXT NOT NULL DEFAULT '',  -- how it came in: file drop paste command sample
  added_at        INTEGER NOT NULL,
  added_by        TEXT NOT NULL DEFAULT '',
  binned_at       INTEGER
) STRICT;
CREATE INDEX evidence_order ON evidence (order_id, added_at);
CREATE INDEX evidence_dispute ON evidence (dispute_id, added_at);
CREATE INDEX evidence_sha256 ON evidence (sha256);

-- The place of a piece of evidence in its dispute's bundle.
CREATE TABLE exhibit (
  dispute_id  INTEGER NOT NULL REFERENCES dispute (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,             -- 1, 2, ...
  evidence_id INTEGER NOT NULL REFERENCES evidence (id) ON DELETE CASCADE,
  title       TEXT NOT NULL DEFAULT '',
  proves      TEXT NOT NULL DEFAULT '',
  included    INTEGER NOT NULL DEFAULT 1,   -- 1 or 0
  PRIMARY KEY (dispute_id, position),
  UNIQUE (dispute_id, evidence_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX exhibit_evidence ON exhibit (evidence_id);

-- What an operator said about one item of a dispute's checklist.
CREATE TABLE checklist (
  dispute_id INTEGER NOT NULL REFERENCES dispute (id) ON DELETE CASCADE,
  item       TEXT NOT NULL,             -- id of the item in its policy pack
  state      TEXT NOT NULL,             -- open done not_applicable
  note       TEXT NOT NULL DEFAULT '',
  by         TEXT NOT NULL DEFAULT '',
  at         INTEGER NOT NULL,
  PRIMARY KEY (dispute_id, item)
) STRICT, WITHOUT ROWID;

-- A finding of a check that an operator passed, with the reason.
CREATE TABLE finding (
  id         INTEGER PRIMARY KEY,
  uid        TEXT NOT NULL UNIQUE,
  dispute_id INTEGER NOT NULL REFERENCES dispute (id) ON DELETE CASCADE,
  rule       TEXT NOT NULL,
  place      TEXT NOT NULL DEFAULT '',  -- uid of the evidence or message that it is about
  severity   TEXT NOT NULL DEFAULT '',
  passed_at  INTEGER,
  passed_by  TEXT NOT NULL DEFAULT '',
  reason     TEXT NOT NULL DEFAULT '',
  UNIQUE (dispute_id, rule, place)
) STRICT;

-- A bundle as it was exported, frozen.
CREATE TABLE submission (
  id         INTEGER PRIMARY KEY,
  uid        TEXT NOT NULL UNIQUE,
  dispute_id INTEGER NOT NULL REFERENCES dispute (id),
  version    INTEGER NOT NULL,          -- 1, 2, ... within the dispute
  profile    TEXT NOT NULL DEFAULT '',
  language   TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL DEFAULT '',
  pdf_name   TEXT NOT NULL DEFAULT '',
  pdf_sha256 TEXT NOT NULL DEFAULT '',
  bag_name   TEXT NOT NULL DEFAULT '',
  bag_sha256 TEXT NOT NULL DEFAULT '',
  pages      INTEGER NOT NULL DEFAULT 0,
  exhibits   INTEGER NOT NULL DEFAULT 0,
  bytes      INTEGER NOT NULL DEFAULT 0, -- of the ZIP
  generation INTEGER,                    -- the time printed in the bundle
  UNIQUE (dispute_id, version)
) STRICT;

-- The files in a submission.
CREATE TABLE submission_file (
  submission_id INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
  name          TEXT NOT NULL,
  sha256        TEXT NOT NULL,
  size          INTEGER NOT NULL,
  PRIMARY KEY (submission_id, name)
) STRICT, WITHOUT ROWID;

-- What a buyer wrote in public about an order.
CREATE TABLE feedback (
  id           INTEGER PRIMARY KEY,
  uid          TEXT NOT NULL,             -- the platform's id, or a UUIDv7
  shop_id      INTEGER NOT NULL REFERENCES shop (id),
  order_id     INTEGER REFERENCES orders (id), -- NULL: the order is not in this desk
  order_number TEXT NOT NULL DEFAULT '',
  buyer_handle TEXT NOT NULL DEFAULT '',
  stars        INTEGER NOT NULL,          -- 1 to 5
  text         TEXT NOT NULL DEFAULT '',
  language     TEXT NOT NULL DEFAULT '',
  state        TEXT NOT NULL,             -- new replied revision_requested revised complained removed done
  left_at      INTEGER,
  reply        TEXT NOT NULL DEFAULT '',
  replied_at   INTEGER,
  cause        TEXT NOT NULL DEFAULT '',
  binned_at    INTEGER,
  UNIQUE (shop_id, uid)
) STRICT;
CREATE INDEX feedback_order ON feedback (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX feedback_left ON feedback (left_at) WHERE binned_at IS NULL;
CREATE INDEX feedback_stars ON feedback (stars, left_at) WHERE binned_at IS NULL;
CREATE INDEX feedback_state ON feedback (state, left_at) WHERE binned_at IS NULL;
CREATE INDEX feedback_shop ON feedback (shop_id, left_at) WHERE binned_at IS NULL;
CREATE INDEX feedback_number ON feedback (order_number) WHERE binned_at IS NULL;
CREATE INDEX feedback_open ON feedback (left_at) WHERE binned_at IS NULL AND stars <= 3 AND state = 'new' AND replied_at IS NULL;

-- A reply for one scenario; its wordings are in variant.
CREATE TABLE template (
  id        INTEGER PRIMARY KEY,
  uid       TEXT NOT NULL UNIQUE,      -- a stable name for built-in ones
  scenario  TEXT NOT NULL,
  name      TEXT NOT NULL,
  built_in  INTEGER NOT NULL DEFAULT 0, -- 1 or 0
  binned_at INTEGER
) STRICT;
CREATE TABLE variant (
  template_id INTEGER NOT NULL REFERENCES template (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  uid         TEXT NOT NULL,
  language    TEXT NOT NULL,             -- BCP 47
  label       TEXT NOT NULL DEFAULT '',
  body        TEXT NOT NULL,             -- a Liquid template
  PRIMARY KEY (template_id, position),
  UNIQUE (template_id, uid)
) STRICT, WITHOUT ROWID;

-- Something that a person set out to do.
CREATE TABLE task (
  id         INTEGER PRIMARY KEY,
  uid        TEXT NOT NULL UNIQUE,
  title      TEXT NOT NULL,
  order_id   INTEGER REFERENCES orders (id),
  dispute_id INTEGER REFERENCES dispute (id),
  due        INTEGER,
  done_at    INTEGER,
  operator   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX task_open ON task (due) WHERE done_at IS NULL;
CREATE INDEX task_order ON task (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX task_dispute ON task (dispute_id) WHERE dispute_id IS NOT NULL;

-- What somebody put off until later, with the reason.
CREATE TABLE snooze (
  kind   TEXT NOT NULL,                -- dispute ship feedback task
  row    INTEGER NOT NULL,             -- id of the dispute, order, feedback or task
  until  INTEGER NOT NULL,
  reason TEXT NOT NULL,
  by     TEXT NOT NULL DEFAULT '',
  at     INTEGER NOT NULL,
  PRIMARY KEY (kind, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE operator (
  name     TEXT PRIMARY KEY,
  role     TEXT NOT NULL DEFAULT '',
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL                  -- json
) STRICT, WITHOUT ROWID;

-- A figure of a platform's rules that the seller changed; it wins over the pack.
CREATE TABLE policy_override (
  platform TEXT NOT NULL,
  rule     TEXT NOT NULL,              -- id of the rule in its pack
  value    TEXT NOT NULL,              -- json
  PRIMARY KEY (platform, rule)
) STRICT, WITHOUT ROWID;

-- Who did what, chained by hash. To check it, for each entry by seq: write the
-- nine values previous, seq, at, operator, action, entity, key, before, after
-- one after the other, each as its length in bytes (decimal), a colon, its
-- UTF-8 bytes and a line feed; numbers in decimal, NULL as the empty text. The
-- SHA-256 of all that, in lower-case hexadecimal, is hash; previous is the
-- hash of the entry before, and 64 zeros for the first.
CREATE TABLE journal (
  seq      INTEGER PRIMARY KEY,        -- 1, 2, ... without gaps
  at       INTEGER NOT NULL,
  operator TEXT NOT NULL,
  action   TEXT NOT NULL,              -- 'dispute.open', 'evidence.add' ...
  entity   TEXT NOT NULL,
  key      TEXT NOT NULL,              -- natural key or uid
  before   TEXT,                       -- json; NULL: nothing was there
  after    TEXT,                       -- json; NULL: nothing is left
  previous TEXT NOT NULL,
  hash     TEXT NOT NULL
) STRICT;
CREATE INDEX journal_key ON journal (entity, key, seq);

-- The newest entry of the journal, so that a journal whose end was cut off is noticed.
CREATE TABLE journal_head (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  seq  INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Search indexes. They hold no text, only where each word is; a rowid is the id
-- of the row in the table. Chinese, Japanese and Korean text goes in as pairs
-- of neighboring characters.
CREATE VIRTUAL TABLE order_search USING fts5 (text, content = '', contentless_delete = 1, detail = none,
  prefix = '1 2', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE message_search USING fts5 (text, content = '', contentless_delete = 1, detail = none,
  prefix = '1 2 3 4', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE dispute_search USING fts5 (text, content = '', contentless_delete = 1, detail = none,
  prefix = '1 2 3 4', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE feedback_search USING fts5 (text, content = '', contentless_delete = 1, detail = none,
  prefix = '1 2 3 4', tokenize = 'unicode61 remove_diacritics 2');
