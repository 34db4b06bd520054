-- Casebinder desk, schema version 11: talking to buyers.

-- What came in as one piece: a pasted chat, an exported one, a mail, a mailbox.
-- What was pasted is kept as it was, whatever was read out of it.
CREATE TABLE intake (
  id       INTEGER PRIMARY KEY,
  uid      TEXT NOT NULL UNIQUE,
  form     TEXT NOT NULL DEFAULT '',  -- whatsapp aliexpress eml mbox ...; '' not known
  name     TEXT NOT NULL DEFAULT '',  -- of the file; '' pasted
  raw      TEXT NOT NULL DEFAULT '',  -- the pasted text as it was
  sha256   TEXT NOT NULL DEFAULT '',  -- of the file in the vault
  taken_at INTEGER NOT NULL,
  taken_by TEXT NOT NULL DEFAULT ''
) STRICT;

ALTER TABLE message ADD COLUMN intake_id INTEGER REFERENCES intake (id);
ALTER TABLE message ADD COLUMN source TEXT NOT NULL DEFAULT '';      -- typed paste file mail import reply call; '' before version 11
ALTER TABLE message ADD COLUMN precision TEXT NOT NULL DEFAULT '';   -- of sent_at: '' to the minute or better, day, none
ALTER TABLE message ADD COLUMN external_id TEXT NOT NULL DEFAULT ''; -- Message-ID of a mail, or the platform's own
ALTER TABLE message ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;    -- 1: the messenger says that its author changed it
ALTER TABLE message ADD COLUMN template TEXT NOT NULL DEFAULT '';    -- uid of the template that it was written from
ALTER TABLE message ADD COLUMN variant TEXT NOT NULL DEFAULT '';     -- uid of its variant
ALTER TABLE message ADD COLUMN passed TEXT NOT NULL DEFAULT '';      -- json: findings of the gate that were passed, with their reasons
CREATE INDEX message_intake ON message (intake_id) WHERE intake_id IS NOT NULL;
CREATE INDEX intake_sum ON intake (sha256) WHERE sha256 <> '';
CREATE INDEX message_external ON message (external_id) WHERE external_id <> '';
CREATE INDEX message_template ON message (order_id, template) WHERE template <> '';

-- A file that came with a message.
ALTER TABLE evidence ADD COLUMN message_id INTEGER REFERENCES message (id);
CREATE INDEX evidence_message ON evidence (message_id) WHERE message_id IS NOT NULL;

-- Orders whose buyer waits for an answer: written anew with each message of the
-- order, so that a list of them does not read all messages.
CREATE TABLE waiting (
  order_id   INTEGER PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE, -- the first that waits
  since      INTEGER NOT NULL,
  messages   INTEGER NOT NULL DEFAULT 1, -- how many wait
  first      INTEGER NOT NULL DEFAULT 0  -- 1: nobody has answered this buyer on this order yet
) STRICT;
CREATE INDEX waiting_since ON waiting (since);
-- A person's word that a message wants no answer.
ALTER TABLE message ADD COLUMN no_answer INTEGER NOT NULL DEFAULT 0;

-- A reply that is being written: what was typed for one buyer stays with that
-- buyer. One that was copied waits here until it is said to be sent.
CREATE TABLE draft (
  id          INTEGER PRIMARY KEY,
  uid         TEXT NOT NULL UNIQUE,
  order_id    INTEGER NOT NULL DEFAULT 0, -- 0: none; an id that is not referenced, since a draft may outlive an import
  dispute_id  INTEGER NOT NULL DEFAULT 0,
  feedback_id INTEGER NOT NULL DEFAULT 0,
  template    TEXT NOT NULL DEFAULT '',
  variant     TEXT NOT NULL DEFAULT '',
  language    TEXT NOT NULL DEFAULT '',
  text        TEXT NOT NULL DEFAULT '',   -- as it was changed by hand; '' as the template gives it
  fields      TEXT NOT NULL DEFAULT '',   -- json: values typed for variables
  passed      TEXT NOT NULL DEFAULT '',   -- json: findings passed, with their reasons
  updated_at  INTEGER NOT NULL,
  updated_by  TEXT NOT NULL DEFAULT '',
  copied_at   INTEGER,
  copied_text TEXT NOT NULL DEFAULT '',
  copied_in   TEXT NOT NULL DEFAULT '',   -- language of copied_text
  UNIQUE (order_id, dispute_id, feedback_id)
) STRICT;

-- The language of an order's buyer, where an import or a person told it.
ALTER TABLE orders ADD COLUMN language TEXT NOT NULL DEFAULT '';      -- BCP 47
ALTER TABLE orders ADD COLUMN language_told TEXT NOT NULL DEFAULT ''; -- file person

-- How a shop serves its buyers: hours, targets, policies, scale of compensation.
ALTER TABLE shop ADD COLUMN service TEXT NOT NULL DEFAULT ''; -- json

-- A complaint on its way: receive, find out, offer, settle, archive.
CREATE TABLE complaint (
  id         INTEGER PRIMARY KEY,
  uid        TEXT NOT NULL UNIQUE,
  order_id   INTEGER REFERENCES orders (id),
  dispute_id INTEGER REFERENCES dispute (id),
  stage      TEXT NOT NULL,             -- receive find_out offer settle archive
  cause      TEXT NOT NULL DEFAULT '',  -- class
  happened   TEXT NOT NULL DEFAULT '',  -- the four questions: what happened,
  why        TEXT NOT NULL DEFAULT '',  -- why,
  wish       TEXT NOT NULL DEFAULT '',  -- what does the buyer want,
  accepts    TEXT NOT NULL DEFAULT '',  -- what would they accept
  offer      TEXT NOT NULL DEFAULT '',  -- json: solutions in order, with amounts
  opened_at  INTEGER NOT NULL,
  answer_by  INTEGER,
  closed_at  INTEGER,
  outcome    TEXT NOT NULL DEFAULT '',
  operator   TEXT NOT NULL DEFAULT '',
  binned_at  INTEGER
) STRICT;
CREATE INDEX complaint_order ON complaint (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX complaint_open ON complaint (answer_by) WHERE closed_at IS NULL AND binned_at IS NULL;

-- A notice along the parcel's way that a person decided not to send.
CREATE TABLE notice_skip (
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  notice   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  by       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (order_id, notice)
) STRICT, WITHOUT ROWID;

-- A text of a built-in template that a person changed; one that nobody changed
-- stands in the program alone, and follows its newer wording.
ALTER TABLE variant ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;

INSERT INTO waiting (order_id, message_id, since, messages, first)
SELECT m.order_id, min(m.id), min(m.sent_at), count(*), max(l.last IS NULL) FROM message m
LEFT JOIN (SELECT order_id, max(sent_at) AS last FROM message WHERE direction = 'out' AND order_id IS NOT NULL GROUP BY order_id) l ON l.order_id = m.order_id
WHERE m.direction = 'in' AND m.order_id IS NOT NULL AND m.sent_at > coalesce(l.last, -9e15)
GROUP BY m.order_id;
