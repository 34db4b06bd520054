-- Casebinder desk, schema version 14: by what platforms judge an account, and what was learned.

-- What became of an order, as far as platforms count it.
ALTER TABLE orders ADD COLUMN canceled_at INTEGER;
ALTER TABLE orders ADD COLUMN canceled_by TEXT NOT NULL DEFAULT '';    -- buyer seller platform
ALTER TABLE orders ADD COLUMN cancel_reason TEXT NOT NULL DEFAULT '';  -- out_of_stock price late buyer_asked unpaid address other
ALTER TABLE orders ADD COLUMN confirmed_at INTEGER;                    -- receipt was confirmed
ALTER TABLE orders ADD COLUMN confirmed_how TEXT NOT NULL DEFAULT '';  -- buyer timeout
ALTER TABLE orders ADD COLUMN fulfilled_by TEXT NOT NULL DEFAULT '';   -- platform, where its warehouse ships; '' the seller
ALTER TABLE orders ADD COLUMN tracking_told_at INTEGER;                -- when the tracking number was given to the platform
ALTER TABLE orders ADD COLUMN return_reason TEXT NOT NULL DEFAULT '';  -- a reason of a dispute, of what came back or was refunded
CREATE INDEX orders_confirmed ON orders (confirmed_at) WHERE confirmed_at IS NOT NULL;
CREATE INDEX orders_refunded ON orders (ordered_at) WHERE refunded_minor <> 0;
CREATE INDEX message_asked ON message (sent_at) WHERE direction = 'in'; -- when buyers write
CREATE INDEX orders_canceled ON orders (canceled_at) WHERE canceled_at IS NOT NULL;

ALTER TABLE feedback ADD COLUMN details TEXT NOT NULL DEFAULT '';      -- json: detailed ratings by their name, 1 to 5
ALTER TABLE feedback ADD COLUMN translation TEXT NOT NULL DEFAULT '';
ALTER TABLE feedback ADD COLUMN translator TEXT NOT NULL DEFAULT '';   -- a person or a service
ALTER TABLE feedback ADD COLUMN given INTEGER NOT NULL DEFAULT 0;      -- 1: left by the seller for the buyer
ALTER TABLE feedback ADD COLUMN settled_at INTEGER;                    -- the matter behind it was settled with the buyer
ALTER TABLE feedback ADD COLUMN revision_at INTEGER;                   -- the buyer was asked to revise it
ALTER TABLE feedback ADD COLUMN revised_at INTEGER;                    -- the stars changed last
ALTER TABLE feedback ADD COLUMN complained_at INTEGER;                 -- reported to the platform
ALTER TABLE feedback ADD COLUMN complaint_ground TEXT NOT NULL DEFAULT ''; -- irrelevant abusive private_data competitor extortion other
ALTER TABLE feedback ADD COLUMN complaint_outcome TEXT NOT NULL DEFAULT ''; -- removed kept; '' not known yet
ALTER TABLE feedback ADD COLUMN removed_at INTEGER;                    -- the platform removed it
ALTER TABLE feedback ADD COLUMN product TEXT NOT NULL DEFAULT '';      -- SKU, else title, of what it is about; '' the order's
CREATE INDEX feedback_cause ON feedback (cause, left_at) WHERE binned_at IS NULL AND cause <> '';

-- What a feedback was before it was changed: the stars and words of then.
CREATE TABLE feedback_change (
  id          INTEGER PRIMARY KEY,
  feedback_id INTEGER NOT NULL REFERENCES feedback (id) ON DELETE CASCADE,
  at          INTEGER NOT NULL,          -- when it changed, or when that was seen
  stars       INTEGER NOT NULL,          -- before
  text        TEXT NOT NULL DEFAULT ''   -- before
) STRICT;
CREATE INDEX feedback_change_of ON feedback_change (feedback_id, at);

ALTER TABLE evidence ADD COLUMN feedback_id INTEGER REFERENCES feedback (id); -- a picture of it, or a proof for a complaint about it
CREATE INDEX evidence_feedback ON evidence (feedback_id) WHERE feedback_id IS NOT NULL;

-- One number of a shop on one day, as it stood then.
CREATE TABLE health_day (
  shop_id  INTEGER NOT NULL REFERENCES shop (id),
  metric   TEXT NOT NULL,
  day      TEXT NOT NULL,              -- 2026-11-30, in the zone of the number
  hits     INTEGER NOT NULL,
  base     INTEGER NOT NULL,
  currency TEXT NOT NULL DEFAULT '',
  level    TEXT NOT NULL DEFAULT '',
  settings TEXT NOT NULL DEFAULT '',   -- json: the readings that were chosen
  made_at  INTEGER NOT NULL,
  PRIMARY KEY (shop_id, metric, day)
) STRICT, WITHOUT ROWID;

-- What the platform itself shows, as the seller read it.
CREATE TABLE health_told (
  shop_id     INTEGER NOT NULL REFERENCES shop (id),
  metric      TEXT NOT NULL,
  day         TEXT NOT NULL,
  value       TEXT NOT NULL,           -- decimal share: 0.0125
  hits        INTEGER,
  base        INTEGER,
  note        TEXT NOT NULL DEFAULT '',
  recorded_at INTEGER NOT NULL,
  operator    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (shop_id, metric, day)
) STRICT, WITHOUT ROWID;

-- How much of the desk's main currency one unit of another is worth, as the seller entered it.
CREATE TABLE exchange_rate (
  currency TEXT NOT NULL,              -- of which one unit is worth value
  target   TEXT NOT NULL,              -- this currency
  day      TEXT NOT NULL,              -- from which it counts
  value    TEXT NOT NULL,              -- decimal
  PRIMARY KEY (currency, target, day)
) STRICT, WITHOUT ROWID;

-- The monthly review of a team: what was said and decided.
CREATE TABLE review (
  id      INTEGER PRIMARY KEY,
  uid     TEXT NOT NULL UNIQUE,
  month   TEXT NOT NULL UNIQUE,        -- 2026-11
  notes   TEXT NOT NULL DEFAULT '',    -- json: what was said of each finding, by its key
  held_at INTEGER,
  held_by TEXT NOT NULL DEFAULT ''
) STRICT;
