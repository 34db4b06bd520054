package data

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

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

// Sum is the hash that the entry must have. The nine values previous, seq, at
// (UTC milliseconds), operator, action, entity, key, before and after are written
// one after the other, each as its length in bytes (decimal), a colon, its UTF-8
// bytes and a line feed; numbers in decimal, what is not there as the empty text.
// The hash is the SHA-256 of that, in lower-case hexadecimal.
func (e *JournalEntry) Sum() string {
	var b []byte
	for _, v := range []string{
		e.Previous, strconv.FormatInt(e.Seq, 10), strconv.FormatInt(e.At.UnixMilli(), 10),
		e.Operator, e.Action, e.Entity, e.Key, e.Before, e.After,
	} {
		b = strconv.AppendInt(b, int64(len(v)), 10)
		b = append(b, ':')
		b = append(b, v...)
		b = append(b, '\n')
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// EraseAction is the action of the entry that vouches for others from which personal
// data was taken: it lists them as ErasedEntry under "entries".
const EraseAction = "personal.erase"

// erasedMark begins the JSON of an entry from which personal data was taken; what is
// left stands behind it.
const erasedMark = `{"erased":`

// Without is the entry without the personal data that key, before and after do not
// have any more. Its hash stays, and does not fit what is left: a later entry vouches
// for that.
func (e *JournalEntry) Without(key, before, after string) JournalEntry {
	less := *e
	less.Key, less.Before, less.After = key, markErased(before), markErased(after)
	return less
}

func markErased(text string) string {
	if text == "" || strings.HasPrefix(text, erasedMark) {
		return text
	}
	return erasedMark + text + "}"
}

// Erased reports whether personal data was taken out of the entry.
func (e *JournalEntry) Erased() bool {
	return strings.HasPrefix(e.Before, erasedMark) || strings.HasPrefix(e.After, erasedMark)
}

// Task is something that is to be done: what a person set out to do, and the one
// form of whatever the program finds to be done by a time.
type Task struct {
	ID         int64      `json:"-"`
	UID        string     `json:"uid"` // UUIDv7
	Title      string     `json:"title"`
	Note       string     `json:"note,omitempty"`
	OrderID    int64      `json:"-"` // what it is about; 0: nothing of the kind
	DisputeID  int64      `json:"-"`
	FeedbackID int64      `json:"-"`
	Due        time.Time  `json:"due,omitzero"` // an instant, or a day by its end
	DoneAt     time.Time  `json:"done_at,omitzero"`
	Operator   string     `json:"operator,omitempty"`
	Origin     TaskOrigin `json:"origin,omitzero"`
	BinnedAt   time.Time  `json:"binned_at,omitzero"`
}

// TaskOrigin says what made a task, and which one of these: a promise in a
// message by the message's UID, a step of a path, a window that closes. It is
// zero for what a person wrote down. There is one task for an origin, whatever
// became of it.
type TaskOrigin struct {
	Kind string `json:"kind"` // "mail_check", "promise", "path", "window"
	Key  string `json:"key"`
}

// Anchor is the end of a journal at one moment. Written down where the desk
// cannot reach it, it shows later whether the desk was rolled back, or its
// journal made anew.
type Anchor struct {
	Seq  int64  `json:"seq"`  // number of the last entry; 0: there was none
	Hash string `json:"hash"` // of that entry; it covers all before it
}

// Binned is something that lies in the bin.
type Binned struct {
	Entity      string // EntityComplaint, EntityDispute, EntityEvidence, EntityFeedback, EntityPath, EntityTask or EntityTemplate
	ID          int64
	UID         string // of a built-in template its stable name
	Name        string // case number, file, text, title; "" where it has none
	OrderNumber string // of the order that it hangs on; "" for none
	At          time.Time
}
