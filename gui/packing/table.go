package packing

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/packing"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// table is an open session, with the order that lies on it.
type table struct {
	*Room
	sheet    *kit.OpenSheet
	scan     *kit.Search
	said     *fyne.Container // what became of the last scan
	head     *fyne.Container
	items    *fyne.Container
	slots    *fyne.Container
	slotRows []*kit.Row // of slots
	lacks    *fyne.Container
	weight   *kit.Entry

	id     int64 // of the order on the table; 0: none
	view   desk.PackView
	count  *packing.Count
	counts map[int64]*packing.Count // of the session, by order
	past   []span
	loader kit.Loader
}

func newTable(r *Room) *table {
	t := &table{
		Room: r, said: container.NewStack(), head: container.NewStack(), items: kit.Stacked(0), slots: kit.Stacked(look.Tight), lacks: kit.Stacked(look.Tight),
		counts: map[int64]*packing.Count{},
	}
	t.scan = kit.NewSearch(r.UI, words.T("pack.scan"), func(string) {})
	t.scan.Key = t.key
	t.scan.TextStyle = fyne.TextStyle{Bold: true}
	kit.Trace("pack.scan", t.scan)
	t.weight = kit.NewEntry(r.UI)
	t.weight.SetPlaceHolder(words.T("hint.example", "value", "850 g"))
	t.weight.OnSubmitted = func(string) { t.weigh() }
	kit.Trace("pack.weight", t.weight)
	write := kit.NewButton("pack.weight.do", words.T("pack.weight.do"), t.weigh)
	weighing := container.NewBorder(nil, nil, widget.NewLabel(words.T("pack.weight")), write, t.weight)
	top := container.NewVBox(t.scan, kit.Soft(words.T("pack.scan.hint")), t.said, t.head)
	right := container.NewVScroll(kit.Inset(look.Tight, kit.Stacked(look.Gap, kit.Section(words.T("pack.slots")), t.slots, weighing, kit.Section(words.T("pack.lacks")), t.lacks)))
	left := container.NewBorder(kit.Section(words.T("pack.items")), nil, nil, nil, container.NewVScroll(kit.Inset(look.Tight, t.items)))
	split := container.NewHSplit(left, right)
	split.Offset = 0.46
	t.sheet = r.UI.Open(kit.Sheet{
		Name: "pack", Title: words.T("pack.title"), Width: 1240, Height: 690, Body: container.NewBorder(top, nil, nil, nil, split),
		Do: words.T("pack.ship"), OnDo: t.ship, Cancel: words.T("pack.close"), OnCancel: func() { t.loader.Stop(); r.at = nil }, FocusedAt: t.scan,
		More: []kit.SheetExtra{{Name: "pack.untick", Text: words.T("pack.untick"), Do: t.untick}},
	})
	t.sheet.SetDo(words.T("pack.ship"), false)
	t.head.Add(kit.Prose(words.T("pack.empty")))
	return t
}

// covered reports whether another sheet lies over the session.
func (t *table) covered() bool { return !t.sheet.Shown() }

// The keys with which pictures come: from the field they go where they belong, from a
// slot into it.
const (
	keysAdd   = "F2"
	keysPaste = "F4"
)

// key hears the keys of the scan field: a scanner ends with Enter.
func (t *table) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyReturn, fyne.KeyEnter:
		text := strings.TrimSpace(t.scan.Text)
		t.scan.SetQuiet("")
		t.act(text)
	case keysAdd:
		t.choose("")
	case keysPaste:
		t.paste("")
	case fyne.KeyF8:
		t.untick()
	default:
		return false
	}
	return true
}

// act does what a scan or a typed text says: it ticks a unit off, or finds an order.
func (t *table) act(text string) {
	if text == "" {
		t.next()
		return
	}
	if t.count != nil && t.count.Knows(text) {
		t.tick(t.count.Scan(text))
		return
	}
	id := t.id
	kit.Do(func(ctx context.Context) (desk.PackFound, error) { return t.desk.FindPacking(ctx, text) }, func(f desk.PackFound, err error) {
		switch {
		case err != nil:
			t.sheet.Problem(err)
		case t.id != id: // another order was opened meanwhile
		case len(f.OrderIDs) == 1:
			t.open(f.OrderIDs[0])
		case len(f.OrderIDs) > 1:
			t.several(text, f.OrderIDs)
		case f.Foreign != "":
			t.say(words.T("pack.foreign", "code", f.Foreign), kit.Danger)
		default:
			t.say(words.T("pack.unknown", "code", words.Shorten(text, 60)), kit.Danger)
		}
		kit.Event("pack.scan", "orders", len(f.OrderIDs))
	})
}

// several lets a person choose among orders with one number.
func (t *table) several(text string, ids []int64) {
	small := make([]int32, len(ids))
	for i, id := range ids {
		small[i] = int32(id)
	}
	kit.Do(func(ctx context.Context) ([]data.OrderRow, error) { return t.desk.OrderRows(ctx, small) }, func(rows []data.OrderRow, err error) {
		if err != nil {
			t.sheet.Problem(err)
			return
		}
		list := kit.Stacked(0, kit.Prose(words.T("pack.several", "code", text)))
		for i, r := range rows {
			list.Add(kit.NewButton(kit.RowName("pack.several", i, "open"), words.Join(" · ", r.Number, r.Platform.Title(), r.ShopName, r.BuyerName), func() { t.open(r.ID) }))
		}
		kit.ShowOnly(t.said, list)
	})
}

// say tells what became of the last scan, in a line below the field.
func (t *table) say(text string, role kit.Role) {
	kit.ShowOnly(t.said, container.NewHBox(kit.NewBadge(text, role)))
}

// open puts an order on the table.
func (t *table) open(id int64) {
	now := t.UI.Now()
	if t.id != id {
		t.leave(now)
		t.past = append(t.past, span{id: id, from: now})
	}
	t.id = id
	kit.ShowOnly(t.said, container.NewStack())
	t.weight.SetText("")
	t.load(true)
}

// leave ends the time of the order on the table.
func (t *table) leave(now time.Time) {
	if n := len(t.past); n > 0 && t.past[n-1].to.IsZero() {
		t.past[n-1].to = now
	}
}

func (t *table) load(fresh bool) {
	id := t.id
	kit.Load(&t.loader, func(ctx context.Context) (desk.PackView, error) { return t.desk.Packing(ctx, id) }, func(v desk.PackView, err error) {
		if err != nil {
			t.sheet.Problem(err)
			return
		}
		t.view = v
		if t.counts[id] == nil {
			t.counts[id] = packing.NewCount(v.Order.Items)
		}
		t.count = t.counts[id]
		t.draw()
		if fresh {
			t.UI.Window.Canvas().Focus(t.scan)
		}
	})
}

// next puts the order on the table that is to be shipped first, behind the present one.
func (t *table) next() {
	q := data.OrderQuery{Statuses: []data.OrderStatus{data.StatusToShip}, Sort: data.OrderByShipBy, Ascending: true, ShopID: t.Shop()}
	seen := map[int64]bool{}
	for _, s := range t.past {
		seen[s.id] = true
	}
	kit.Do(func(ctx context.Context) ([]data.OrderRow, error) { return t.desk.OrderFirst(ctx, q, len(seen)+1) }, func(rows []data.OrderRow, err error) {
		if err != nil {
			t.sheet.Problem(err)
			return
		}
		for _, r := range rows {
			if !seen[r.ID] {
				t.open(r.ID)
				return
			}
		}
		t.say(words.T("pack.next.none"), kit.Muted)
	})
}

func (t *table) tick(line int, tick packing.Tick) {
	if tick == packing.TickUnknown {
		return
	}
	title := words.Shorten(t.count.Items[line].Title, 60)
	if tick == packing.TickTooMany {
		t.say(words.T("pack.toomany", "item", title, "of", words.Number(t.count.Want(line))), kit.Danger)
		return
	}
	t.say(words.T("pack.ticked", "item", title, "in", words.Number(t.count.Packed[line]), "of", words.Number(t.count.Want(line))), kit.Good)
	t.drawItems()
}

func (t *table) untick() {
	if t.count != nil && t.count.Undo() {
		kit.ShowOnly(t.said, container.NewStack())
		t.drawItems()
	}
}

func (t *table) weigh() {
	if t.id == 0 {
		return
	}
	grams, err := packing.ParseWeight(t.weight.Text)
	if err != nil {
		t.sheet.Problem(err)
		return
	}
	id := t.id
	tracking := ""
	if n := t.view.Order.Shipments; len(n) == 1 {
		tracking = n[0].Tracking
	}
	kit.Do(func(ctx context.Context) (struct{}, error) {
		return struct{}{}, t.desk.WeighParcel(ctx, id, tracking, grams)
	}, func(_ struct{}, err error) {
		if err != nil {
			t.sheet.Problem(err)
			return
		}
		t.sheet.ClearProblem()
		t.weight.SetText("")
		t.say(words.T("pack.weight.done", "grams", words.Number(grams)), kit.Good)
		t.load(true)
	})
}

// ship marks the order as shipped, with the number that was read on its label where it
// has none yet.
func (t *table) ship() {
	if t.id == 0 || !t.view.Waits {
		return
	}
	o := &t.view.Order
	w := desk.OrderDeed{Kind: data.OrderShipped}
	for _, f := range t.view.Labels {
		if f.Severity == data.Warning && w.Tracking == "" {
			w.Tracking = f.At("shipment").ID
		}
	}
	var also []data.Finding
	if in, of := t.count.Units(); in > 0 && in < of {
		also = append(also, data.Finding{Rule: "packing.count", Severity: data.Warning, Why: data.Text{
			Key: "pack.ship.count", English: words.T("pack.ship.count"), Args: map[string]string{"in": words.Number(in), "of": words.Number(of)},
		}})
	}
	t.Ship(t.desk, show.Shipping{OrderID: t.id, Number: o.Number, Also: also, Deed: w, Done: func() { t.load(true) }})
}
