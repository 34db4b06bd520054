package cases

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/show"
)

// Desk is what the tab of disputes asks of a desk.
type Desk interface {
	show.ConversationDesk
	show.ScanDesk
	OrderFirst(ctx context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error)
	DisputeIDs(ctx context.Context, q data.DisputeQuery) ([]int32, error)
	DisputeFirst(ctx context.Context, q data.DisputeQuery, limit int) ([]data.DisputeRow, error)
	DisputeRows(ctx context.Context, ids []int32) ([]data.DisputeRow, error)
	OpenDispute(ctx context.Context, n desk.NewDispute) (data.Dispute, error)
	AppendEvent(ctx context.Context, disputeID int64, e desk.NewEvent) (data.Dispute, error)
	EditDispute(ctx context.Context, id int64, edit desk.DisputeEdit) (data.Dispute, error)
	BinDispute(ctx context.Context, id int64) error
	Case(ctx context.Context, id int64) (desk.CaseView, error)
	Weigh(ctx context.Context, id int64, w desk.Weighing) (policy.Card, error)
	Decide(ctx context.Context, id int64, choice, reason string) (data.Dispute, error)
	PutRuling(ctx context.Context, id int64, ruling data.Ruling) (data.Dispute, error)
	PutWish(ctx context.Context, id int64, wish string) (data.Dispute, error)
	ChoosePack(ctx context.Context, id int64, pack string) (data.Dispute, error)
	MarkItem(ctx context.Context, disputeID int64, item, reason string) error
	PassFinding(ctx context.Context, entity string, id int64, key, reason string) error
	TakeBackPass(ctx context.Context, entity string, id int64, key string) error
	Packs(ctx context.Context) ([]desk.PackInfo, error)
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk  Desk
	rooms Rooms
}

// Rooms make the parts of a case that other rooms draw.
type Rooms struct {
	// Page is the page on which the bundle of a dispute is composed; state is
	// that of the page before the window was made anew, or nil.
	Page func(dispute int64, state any, ways Ways) Page
	// Bundles lists the bundles that were made; compose goes to where the next
	// one is composed, open shows a piece of evidence.
	Bundles func(compose func(), open func(data.Evidence)) Bundles
}

// Ways lead from the page of a bundle back to the case.
type Ways struct {
	Back   func()         // leaves the page
	Follow func(data.Ref) // leads to a row of the case that is not on the page
	Proof  func()         // leads to the proof of the case
}

// A Page takes the place of the list while a bundle is composed.
type Page interface {
	Dispute() int64
	Content() fyne.CanvasObject
	Open()  // loads what it shows; called once, when it is on the window
	Close() // lets go of what it holds; text that waits to be stored is stored
	Reload()
	Changed(events []data.ChangeEvent)
	Focus() // puts the keys into its first part
	Export()
	TypedKey(key fyne.KeyName)
	Unsaved() func(context.Context) error // stores all that is not stored yet
	State() any
}

// Bundles lists the bundles that were made of a dispute.
type Bundles interface {
	Content() fyne.CanvasObject
	// Set shows those of a case. fresh says that it is another one than before.
	Set(v desk.CaseView, now time.Time, fresh bool)
}
