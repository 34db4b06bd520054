package store

import (
	"time"

	"casebinder/data"
)

// Options says how a desk's file is opened.
type Options struct {
	ReadOnly  bool             // open without ever writing, also from a place that cannot be written
	Operator  string           // who works here; written into the journal
	Now       func() time.Time // nil: time.Now
	BackupDir string           // where the copy made before a migration goes, made when it is missing; "": beside the file
	MustExist bool             // a file that holds nothing is damaged, and no new desk
	HasCopy   bool             // the caller keeps a copy: none is made before a migration

	maxPages   int         // for tests of a full disk: PRAGMA max_page_count
	migrations []migration // for tests; nil: the embedded ones
	busy       int         // for tests: milliseconds to wait for a lock; 0: 5000
}

// Import is one file that was imported.
type Import struct {
	ID       int64             `json:"-"`
	UID      string            `json:"uid"` // UUIDv7
	Shop     data.Shop         `json:"shop"`
	File     string            `json:"file"`   // its name, without its folder
	SHA256   string            `json:"sha256"` // of the whole file
	Preset   string            `json:"preset"` // which preset read it
	Kind     string            `json:"kind"`   // "orders", "feedback"
	At       time.Time         `json:"at"`
	Operator string            `json:"operator"`
	Counts   data.ImportCounts `json:"counts"`
}

// Outcome says what became of one imported order.
type Outcome int

// The outcomes of an imported order.
const (
	Added     Outcome = iota + 1
	Updated           // it was known, and the file knows more or newer
	Unchanged         // nothing was written
	Older             // the desk has a newer state; left as it is
)

// DisputeCache is what policy folds the events of a dispute into.
type DisputeCache struct {
	Stage   data.Stage
	Waiting data.Actor // "" when closed
	Stated  time.Time  // the date that the platform states; zero when it states none
	Due     time.Time  // the date that counts; zero when none is known
	DueRule string     // which rule says so; "stated" for the platform's own date
	DueSure string     // how sure that date is
	Rights  []data.Right
}

// ChecklistState is what an operator said about one item of a dispute's
// checklist.
type ChecklistState struct {
	Item  string    `json:"item"`  // id of the item in its policy pack
	State string    `json:"state"` // "done", "not_applicable", "open"
	Note  string    `json:"note,omitempty"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// SubmissionFile is one file of a submission as it was sent.
type SubmissionFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"` // bytes
}

// OrderKey is the natural key of an order as one text, for the journal:
// "platform/shop/number".
func OrderKey(shop data.Shop, number string) string {
	return ShopKey(shop) + "/" + number
}

// ShopKey is the natural key of a shop as one text: "platform/name".
func ShopKey(shop data.Shop) string { return string(shop.Platform) + "/" + shop.Name }
