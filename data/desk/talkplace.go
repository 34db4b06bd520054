package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"casebinder/data"
)

// placeTalk finds the order of each message.
func (d *Desk) placeTalk(ctx context.Context, t *Talk, order *data.Order) error {
	if order != nil {
		row, err := d.store.OrderRows(ctx, []int32{int32(order.ID)})
		if err != nil {
			return err
		}
		t.setOrder(row[0])
		return d.doubtOrder(ctx, t, row[0])
	}
	finder := d.orderFinder()
	if t.Form == "mail" || t.Mailbox {
		for i := range t.Items {
			item := &t.Items[i]
			id, err := finder.of(ctx, item.Subject+"\n"+item.Text, item.At, item.Address, item.Author)
			if err != nil {
				return err
			}
			item.OrderID = id
		}
		t.sameOrder()
		return d.rowOfTalk(ctx, t)
	}
	return d.placeWhole(ctx, t, finder)
}

// doubtOrder says that a conversation names other orders of the desk, and not the
// one that was chosen for it.
func (d *Desk) doubtOrder(ctx context.Context, t *Talk, chosen data.OrderRow) error {
	if t.Mailbox {
		return nil
	}
	named, err := d.orderFinder().inTalk(ctx, t)
	if err != nil || len(named) == 0 || slices.Contains(named, chosen.ID) {
		return err
	}
	row, err := d.store.OrderRows(ctx, []int32{int32(named[0])})
	if err != nil || len(row) == 0 {
		return err
	}
	t.Findings = append(t.Findings, foundOther.finding(data.Warning, "named", row[0].Number, "chosen", chosen.Number))
	return nil
}

// inTalk gives the orders whose numbers stand in a conversation, in its order.
func (f *orderFinder) inTalk(ctx context.Context, t *Talk) ([]int64, error) {
	text := []string{t.Request.Text}
	for i := range t.Items {
		text = append(text, t.Items[i].Subject, t.Items[i].Text)
	}
	return f.named(ctx, strings.Join(text, "\n"))
}

// sameOrder gives the mails of a thread, of which some name no order, the order of
// the others where it is one.
func (t *Talk) sameOrder() {
	if t.Mailbox {
		return
	}
	one := int64(0)
	for _, item := range t.Items {
		if item.OrderID != 0 && one != 0 && one != item.OrderID {
			return
		}
		one = cmp.Or(item.OrderID, one)
	}
	for i := range t.Items {
		t.Items[i].OrderID = one
	}
}

// placeWhole finds the one order that a conversation is about.
func (d *Desk) placeWhole(ctx context.Context, t *Talk, finder *orderFinder) error {
	named, err := finder.inTalk(ctx, t)
	if err != nil {
		return err
	}
	if len(named) == 0 {
		for i := range t.Items {
			if t.Items[i].Direction != data.FromBuyer {
				continue
			}
			ids, err := finder.contact(ctx, t.Items[i].Author, t.Items[i].At)
			if err != nil {
				return err
			}
			if len(ids) > 0 {
				named = ids[:1]
				break
			}
		}
	}
	if len(named) == 0 {
		return nil
	}
	t.Orders = named
	for i := range t.Items {
		t.Items[i].OrderID = named[0]
	}
	if err := d.rowOfTalk(ctx, t); err != nil || len(named) == 1 {
		return err
	}
	ids := make([]int32, len(named))
	for i, id := range named {
		ids[i] = int32(id)
	}
	rows, err := d.store.OrderRows(ctx, ids)
	if err != nil {
		return err
	}
	numbers := make([]string, len(rows))
	for i, r := range rows {
		numbers[i] = r.Number
	}
	t.Findings = append(t.Findings, foundSeveral.finding(data.Warning, "numbers", strings.Join(numbers, ", "), "taken", t.Order.Number))
	return nil
}

// rowOfTalk fills the order where all messages are about one.
func (d *Desk) rowOfTalk(ctx context.Context, t *Talk) error {
	id := int64(0)
	for _, item := range t.Items {
		if item.OrderID == 0 || id != 0 && item.OrderID != id {
			return nil
		}
		id = item.OrderID
	}
	if id == 0 {
		return nil
	}
	rows, err := d.store.OrderRows(ctx, []int32{int32(id)})
	if err != nil || len(rows) == 0 {
		return err
	}
	t.Order = rows[0]
	return nil
}

func (t *Talk) setOrder(row data.OrderRow) {
	t.Order = row
	for i := range t.Items {
		t.Items[i].OrderID = row.ID
	}
}
