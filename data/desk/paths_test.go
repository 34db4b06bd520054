package desk_test

import (
	"errors"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/sample"
)

// waiting is a desk with one eBay order that waits to be shipped.
func pathDesk(t *testing.T) (*desk.Desk, int64) {
	t.Helper()
	d, orderID := imported(t)
	return d, orderID
}

// walkTo answers a path's questions until it ends.
func walkTo(t *testing.T, d *desk.Desk, v desk.PathView, answers ...string) desk.PathView {
	t.Helper()
	for _, a := range answers {
		if v.State.Next == nil {
			t.Fatalf("the path ended before “%s”", a)
		}
		var err error
		if v, err = d.AnswerPath(t.Context(), v.Run.UID, v.State.Next.Step, a); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

func TestAPathIsWalkedEndedAndTakenBack(t *testing.T) {
	d, orderID := pathDesk(t)
	ctx := t.Context()
	view, err := d.Order(ctx, orderID)
	if err != nil {
		t.Fatal(err)
	}
	about := data.ReplyAbout{OrderID: orderID}
	v, err := d.StartPath(ctx, "damaged", about)
	if err != nil {
		t.Fatal(err)
	}
	if v.State.Next.Step != "wish" {
		t.Fatalf("the wish is not asked first: %s", v.State.Next.Step)
	}
	v = walkTo(t, d, v, "part", "yes", "partly")
	if v.Run.Wish != "part" || len(v.Ways) != 3 || v.Ways[0].Answer != "part" || v.Ways[0].Whole {
		t.Fatalf("the ways are %+v", v.Ways)
	}
	if _, err := d.EndPath(ctx, desk.PathEnd{UID: v.Run.UID}); !errors.Is(err, data.ErrConflict) {
		t.Errorf("ended at a question: %v", err)
	}
	if v, err = d.SetPathCost(ctx, v.Run.UID, data.CostPart, "4.50", false); err != nil || !v.Ways[0].Whole || v.Ways[0].Sum.Minor != 450 {
		t.Fatalf("the cost that was written down: %+v, %v", v.Ways, err)
	}
	if v, err = d.SetPathCost(ctx, v.Run.UID, data.CostReturn, "40 %", true); err != nil {
		t.Fatal(err)
	}
	if set, err := d.ShopService(ctx, view.Order.Shop.ID); err != nil || set.Costs[data.CostReturn].Share != 4000 {
		t.Errorf("the shop's figure: %+v, %v", set.Costs, err)
	}
	v = walkTo(t, d, v, "part")
	done, err := d.EndPath(ctx, desk.PathEnd{UID: v.Run.UID, Task: "Nach der Antwort sehen"})
	if err != nil {
		t.Fatal(err)
	}
	draft, err := d.DraftOf(ctx, about)
	if err != nil || draft.Template != "partial_refund" || !strings.HasPrefix(draft.Fields["offer.amount"], "4.50 ") || draft.Text != "" {
		t.Errorf("the draft: %+v, %v", draft, err)
	}
	if got, err := d.ComplaintsOf(ctx, orderID); err != nil || len(got) != 1 || got[0].Wish != "partial_refund" || got[0].Cause != "packing" {
		t.Errorf("the complaint: %+v, %v", got, err)
	}
	after, err := d.Order(ctx, orderID)
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Tasks) != 1 || after.Tasks[0].Title != "Nach der Antwort sehen" || after.Tasks[0].Due.IsZero() {
		t.Errorf("the task: %+v", after.Tasks)
	}
	said := 0
	for _, m := range after.Timeline {
		if m.Kind == data.MomentPath {
			said++
		}
	}
	if said != 1 || len(after.Paths) != 1 || after.Paths[0].Run.EndedAt.IsZero() || done.View.Run.Ending.End != "part" {
		t.Errorf("on the timeline %d times; %+v", said, after.Paths)
	}
	if _, err := d.TakeBackPath(ctx, v.Run.UID, "wish"); !errors.Is(err, data.ErrRefused) {
		t.Errorf("an ended path was changed: %v", err)
	}
	if action, err := d.Undo(ctx); err != nil || action != "path.end" { // one action: one step back
		t.Fatalf("undone: %s, %v", action, err)
	}
	after, err = d.Order(ctx, orderID)
	if err != nil {
		t.Fatal(err)
	}
	draft, _ = d.DraftOf(ctx, about)
	complaints, _ := d.ComplaintsOf(ctx, orderID)
	if len(after.Tasks) != 0 || draft.Template != "" || len(complaints) != 0 || !after.Paths[0].Run.EndedAt.IsZero() {
		t.Errorf("left after Undo: %+v, %+v, %+v", after.Tasks, draft, complaints)
	}
	if _, err := d.Redo(ctx); err != nil {
		t.Errorf("done again: %v", err)
	}
	owes := func() data.OrderEventKind {
		now, err := d.Order(ctx, orderID)
		if err != nil {
			t.Fatal(err)
		}
		return now.Paths[0].Owes(&now.Order, now.Events)
	}
	if got := owes(); got != data.OrderRefund {
		t.Errorf("the path owes %q before the refund is written down", got)
	}
	amount := data.Money{Minor: 450, Currency: view.Order.Total.Currency}
	if err := d.WriteOrder(ctx, orderID, desk.OrderDeed{Kind: data.OrderRefund, Amount: amount}); err != nil {
		t.Fatal(err)
	}
	if got := owes(); got != "" {
		t.Errorf("the path owes %q after it", got)
	}
}

func TestAReplyThatIsWrittenIsNotLost(t *testing.T) {
	d, orderID := pathDesk(t)
	ctx, about := t.Context(), data.ReplyAbout{OrderID: orderID}
	if err := d.SaveDraft(ctx, data.ReplyDraft{ReplyAbout: about, Template: "delayed", Text: "Half a letter"}); err != nil {
		t.Fatal(err)
	}
	v, err := d.StartPath(ctx, "damaged", about)
	if err != nil {
		t.Fatal(err)
	}
	v = walkTo(t, d, v, "again", "no")
	if _, err := d.EndPath(ctx, desk.PathEnd{UID: v.Run.UID}); !errors.Is(err, data.ErrConflict) {
		t.Fatalf("a letter was replaced unasked: %v", err)
	}
	if _, err := d.EndPath(ctx, desk.PathEnd{UID: v.Run.UID, Replace: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if draft, err := d.DraftOf(ctx, about); err != nil || draft.Text != "Half a letter" || draft.Template != "delayed" {
		t.Errorf("after Undo the letter is %+v, %v", draft, err)
	}
}

func TestSeveralPathsAndOnePutAway(t *testing.T) {
	d, orderID := pathDesk(t)
	ctx, about := t.Context(), data.ReplyAbout{OrderID: orderID}
	first, err := d.StartPath(ctx, "damaged", about)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.StartPath(ctx, "not_arrived", about); err != nil {
		t.Fatal(err)
	}
	if _, err := d.StartPath(ctx, "nothing", about); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a path that there is not: %v", err)
	}
	offers, err := d.PathOffers(ctx, about)
	if err != nil || offers[0].Open == "" || offers[1].Open == "" || offers[2].Open != "" {
		t.Errorf("what is open does not stand first: %v", err)
	}
	if err := d.BinPath(ctx, first.Run.UID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.AnswerPath(ctx, first.Run.UID, "wish", "again"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("answered in the bin: %v", err)
	}
	binned, err := d.Binned(ctx)
	if err != nil || len(binned) != 1 || binned[0].Entity != data.EntityPath {
		t.Fatalf("the bin: %+v, %v", binned, err)
	}
	if err := d.BringBack(ctx, binned[0].Entity, binned[0].ID); err != nil {
		t.Fatal(err)
	}
	if view, err := d.Order(ctx, orderID); err != nil || len(view.Paths) != 2 {
		t.Errorf("paths on the order: %d, %v", len(view.Paths), err)
	}
}

// Of an order that was not sent yet the view says that a return label is of no use; a
// cancellation fits.
func TestAnOrderSaysWhichPathsDoNotFit(t *testing.T) {
	d, ctx := open(t), t.Context()
	if err := d.FillSample(ctx, sample.English, nil); err != nil {
		t.Fatal(err)
	}
	rows, err := d.OrderFirst(ctx, data.OrderQuery{Statuses: []data.OrderStatus{data.StatusToShip}}, 1)
	if err != nil || len(rows) != 1 {
		t.Fatalf("orders to ship: %v, %v", rows, err)
	}
	view, err := d.Order(ctx, rows[0].ID)
	if err != nil || view.Unfit["return_label"].Key != "path.why.waits" || !view.Unfit["cancel"].IsZero() {
		t.Errorf("%v, %v", view.Unfit, err)
	}
}

func TestAPathOfOnesOwnTakesThePlaceOfABuiltInOne(t *testing.T) {
	d, orderID := pathDesk(t)
	ctx := t.Context()
	text, err := d.ExportPath(ctx, "damaged")
	if err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(string(text), `title = "Damaged"`, `title = "Broken cup"`, 1)
	if _, err := d.ImportPath(ctx, "damaged.toml", []byte(own)); err != nil {
		t.Fatal(err)
	}
	v, err := d.StartPath(ctx, "damaged", data.ReplyAbout{OrderID: orderID})
	if err != nil || v.Title.English != "Broken cup" {
		t.Fatalf("the own path is not in force: %v, %v", v.Title, err)
	}
	walkTo(t, d, v, "again", "yes")
	cycle := strings.Replace(own, `to = "harm"`, `to = "shown"`, 1)
	_, err = d.ImportPath(ctx, "mine.toml", []byte(cycle))
	if p, ok := data.AsProblem(err); !ok || p.Args["file"] != "mine.toml" || p.Args["line"] == "" || !strings.Contains(err.Error(), "leads back to itself") {
		t.Errorf("a path with a cycle: %v", err)
	}
	if err := d.ResetPath(ctx, "damaged"); err != nil {
		t.Fatal(err)
	}
	if v, err = d.Path(ctx, v.Run.UID); err != nil || v.Title.English != "Damaged" || v.State.Next == nil || v.State.Next.Step != "harm" {
		t.Errorf("the built-in one does not go on: %v, %v", v.State.Next, err)
	}
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if v, err = d.Path(ctx, v.Run.UID); err != nil || v.Title.English != "Broken cup" {
		t.Errorf("after Undo: %v, %v", v.Title, err)
	}
}
