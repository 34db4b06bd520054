package data

import "slices"

// Effect says what a change did to the entity that it names.
type Effect string

// The effects of a change.
const (
	EffectAdded   Effect = "added"   // it is new, or back from the bin
	EffectChanged Effect = "changed" //
	EffectRemoved Effect = "removed" // it is in the bin, or gone
	EffectMany    Effect = "many"    // many rows at once, as by an import: named while they are few
)

// The entities that changes name, as in the journal. A row id of "exhibits",
// "statement" and "checklist", which belong to a dispute, is the dispute's.
const (
	EntityOrder      = "order"
	EntityDispute    = "dispute"
	EntityEvidence   = "evidence"
	EntityFeedback   = "feedback"
	EntityMessage    = "message"
	EntityDraft      = "draft" // of a reply
	EntityComplaint  = "complaint"
	EntityPath       = "path_run" // a guided path that is walked for an order
	EntityFound      = "found"    // a file in a watched folder
	EntityTemplate   = "template"
	EntityShop       = "shop"
	EntityTask       = "task"
	EntitySnooze     = "snooze" // what was put off on Today; its row id is 0
	EntityFinding    = "finding"
	EntityStatement  = "statement"
	EntityExhibits   = "exhibits"
	EntityChecklist  = "checklist"
	EntitySubmission = "submission"
	EntityImport     = "import"
	EntityNotice     = "notice"
	EntityReview     = "review" // the monthly one of a team
	EntityRate       = "rate"   // of exchange
	EntityCost       = "cost"   // of goods, or of an order
	EntityPolicy     = "policy"
	EntityOperator   = "operator"
	EntitySetting    = "setting" // its key is in ChangeEvent.Key
	EntityDesk       = "desk"    // the desk as a whole
)

// RowRef names a row of the desk. ID 0 is any row of the entity: which ones is
// not told, or they are too many.
type RowRef struct {
	Entity string
	ID     int64
}

// ChangeEvent tells of one action after it was committed: one event for each
// action, whatever its size. Taking an action back is an event too, about the
// same entity and the same rows.
//
// A list asks Of whether any row of what it lists looks otherwise now; a page on
// one record asks Shows whether that record does:
//
//	if e.Of(data.EntityOrder) { list.Reload() }
//	if e.Shows(data.EntityDispute, id) || e.Shows(data.EntityOrder, orderID) { page.Reload() }
type ChangeEvent struct {
	Action string // as in the journal: "order.import", "evidence.add"; "undo." or "redo." before it when it was taken back or done again
	Entity string // what it was done to, one of the constants above
	Key    string // natural key or UID, as in the journal
	Effect Effect
	Rows   []RowRef // every row whose list line or page shows something else now: the entity's own first, then what it hangs on (a piece of evidence: its dispute and its order)
}

// Of reports whether rows of an entity show something else now: whether a list
// of them must be asked for again.
func (e ChangeEvent) Of(entity string) bool {
	return slices.ContainsFunc(e.Rows, func(r RowRef) bool { return r.Entity == entity })
}

// Shows reports whether the page of one row must be asked for again.
func (e ChangeEvent) Shows(entity string, id int64) bool {
	return slices.ContainsFunc(e.Rows, func(r RowRef) bool { return r.Entity == entity && (r.ID == 0 || r.ID == id) })
}
