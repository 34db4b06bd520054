package data

import "time"

// Change is what one transaction did, for the journal and for whoever shows
// the entity. Before and After are the entity's JSON; one of them is empty
// when it was created or removed.
type Change struct {
	Action string // verb and entity: "dispute.open", "evidence.add", "order.import"
	Entity string // "order", "dispute", "evidence", "feedback", "template", "shop", "setting", "submission", "task"
	Key    string // natural key or UID
	Before any    // marshaled to JSON; nil: nothing was there
	After  any    // marshaled to JSON; nil: nothing is left
}

// JournalEntry is one change as the journal keeps it. Hash is the SHA-256 over
// the entry and the hash before it, so that no entry can be altered or taken
// out unseen.
type JournalEntry struct {
	Seq      int64     `json:"seq"` // 1, 2, ... without gaps
	At       time.Time `json:"at"`
	Operator string    `json:"operator"`
	Action   string    `json:"action"`
	Entity   string    `json:"entity"`
	Key      string    `json:"key"`
	Before   string    `json:"before,omitempty"` // JSON
	After    string    `json:"after,omitempty"`  // JSON
	Previous string    `json:"previous"`         // hash of the entry before; 64 zeros for the first
	Hash     string    `json:"hash"`
}

// Task is something that a person set out to do.
type Task struct {
	ID        int64     `json:"-"`
	UID       string    `json:"uid"` // UUIDv7
	Title     string    `json:"title"`
	OrderID   int64     `json:"-"`
	DisputeID int64     `json:"-"`
	Due       time.Time `json:"due,omitzero"`
	DoneAt    time.Time `json:"done_at,omitzero"`
	Operator  string    `json:"operator,omitempty"`
}

// Anchor is the end of a journal at one moment. Written down where the desk
// cannot reach it, it shows later whether the desk was rolled back, or its
// journal made anew.
type Anchor struct {
	Seq  int64  `json:"seq"`  // number of the last entry; 0: there was none
	Hash string `json:"hash"` // of that entry; it covers all before it
}
