package orders

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// several are the orders chosen together, fixed at the moment of asking.
func (o *Tab) several() []int64 {
	if o.Table.ChosenCount() < 2 {
		return nil
	}
	return o.Table.Chosen()
}

// deedsOfSeveral are what can be done with orders chosen together.
func (o *Tab) deedsOfSeveral() kit.Deeds {
	n := o.Table.ChosenCount()
	return kit.Deeds{
		{Text: words.N("orders.several.write", n), Keys: kit.KeysEdit, Do: o.WriteDown},
		{Text: words.N("orders.several.papers", n), Do: o.printPapers},
		{Text: words.T("trackingfile.action"), Do: func() { o.env.trackingFile(o.several(), words.T("trackingfile.name"), "") }},
		{Text: words.N("orders.several.copy", n), Rule: true, Do: o.copyNumbers},
		kit.Stays("stays.order"),
	}
}

// copyNumbers copies the numbers of the orders chosen together, one a line.
func (o *Tab) copyNumbers() {
	ids := o.several()
	narrow := make([]int32, len(ids))
	for i, id := range ids {
		narrow[i] = int32(id)
	}
	kit.Do(func(ctx context.Context) (string, error) {
		rows, err := o.env.desk.OrderRows(ctx, narrow)
		number := make(map[int64]string, len(rows))
		for _, r := range rows {
			number[r.ID] = r.Number
		}
		var lines []string
		for _, id := range ids {
			if number[id] != "" {
				lines = append(lines, number[id])
			}
		}
		return strings.Join(lines, "\n"), err
	}, func(text string, err error) {
		if err != nil {
			o.env.UI.Problem(err)
			return
		}
		o.env.UI.Copy(text, words.N("orders.several.copied", strings.Count(text, "\n")+1))
	})
}

// writeSeveral offers what can be written down of many orders at once.
func (o *Tab) writeSeveral(ids []int64) {
	if o.env.UI.SheetOpen() {
		return
	}
	var sheet *kit.OpenSheet
	action := func(name string, kind data.OrderEventKind) kit.Action {
		return kit.Action{Name: "orders.several." + name, Text: words.T("order.write." + name), Do: func() {
			sheet.Close()
			o.writeAll(ids, desk.OrderDeed{Kind: kind})
		}}
	}
	dated := func(name string, kind data.OrderEventKind) kit.Action {
		return kit.Action{Name: "orders.several." + name, Text: words.T("order.write." + name), Do: func() {
			sheet.Close()
			o.writeDated(ids, kind, words.T("order.write."+name))
		}}
	}
	menu := kit.NewKeyMenu(
		o.env.UI, 0, action("shipped", data.OrderShipped), action("delivered", data.OrderDelivered),
		action("refund_all", data.OrderRefund), action("cancel", data.OrderCanceled),
		dated("shipped_form", data.OrderShipped), dated("delivered_form", data.OrderDelivered),
		dated("refund_form", data.OrderRefund), dated("cancel_form", data.OrderCanceled),
	)
	sheet = o.env.UI.Open(kit.Sheet{
		Name: "orders.several", Title: words.N("orders.several.title", len(ids)), Width: 420,
		Body: kit.Stacked(look.Tight, container.NewVBox(menu), kit.Soft(words.T("orders.several.hint"))), FocusedAt: menu,
	})
}

// writeDated asks for the date and a note, and writes them down of many orders.
func (o *Tab) writeDated(ids []int64, kind data.OrderEventKind, what string) {
	f := &deedForm{}
	if kind == data.OrderShipped {
		f.text(o.env.UI, "order.write.carrier", "", func(w *desk.OrderDeed) *string { return &w.Carrier })
	}
	if kind == data.OrderCanceled {
		f.canceled("", "")
	}
	f.when(o.env.UI, time.Local.String())
	f.fields[len(f.fields)-1].Hint = words.T("orders.several.dated.hint")
	w := desk.OrderDeed{Kind: kind}
	o.env.UI.OpenForm(kit.FormSheet{
		Name: "orders.several.dated", Title: words.N("orders.several.dated", len(ids), "what", strings.TrimRight(what, ".…")), Fields: f.fields, Focus: f.first,
		Read: func() error {
			w = desk.OrderDeed{Kind: kind}
			return f.read(&w)
		},
		Work: func(context.Context) error { return nil }, // the job tells what became of it
		Done: func() { o.writeAll(ids, w) },
	})
}

// writeAll writes the same down of many orders as one step; those that were left
// out are told with their reasons.
func (o *Tab) writeAll(ids []int64, w desk.OrderDeed) {
	var report desk.OrdersWritten
	o.env.UI.Jobs.Run(words.N("orders.several.job", len(ids)), func(ctx context.Context, _ func(int64, int64, string)) (err error) {
		report, err = o.env.desk.WriteOrders(ctx, ids, w)
		return err
	}, func(err error) {
		if err != nil {
			o.env.UI.Problem(err)
			return
		}
		o.wroteAll(report, w.Kind)
	})
}

func (o *Tab) wroteAll(report desk.OrdersWritten, kind data.OrderEventKind) {
	said := words.Join(" · ", words.N("orders.several.done", report.Done), words.Of("order_event", kind))
	if len(report.Left) == 0 {
		o.env.UI.Toast(said, o.env.Undo)
		return
	}
	var undo func()
	if report.Done > 0 {
		undo = o.env.Undo
	}
	o.env.UI.Toast(said, undo)
	o.env.UI.Open(kit.Sheet{
		Name: "orders.several.left", Title: words.N("orders.several.left", len(report.Left)), Width: 620, Height: 360, Cancel: words.T("action.close"),
		Body: container.NewVScroll(show.Findings("orders.several.finding", show.AsFindings(report.Left...), show.FindingDeeds{})),
	})
}
