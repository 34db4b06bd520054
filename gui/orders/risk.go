package orders

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// riskRole is how a level is colored; its word stands beside it.
func riskRole(l data.RiskLevel) kit.Role {
	switch l {
	case data.RiskStop, data.RiskHold:
		return kit.Danger
	case data.RiskLook:
		return kit.Warn
	case data.RiskClear, data.RiskNone:
	}
	return kit.Muted
}

// riskWord is the level of a row in a word, a hold that is over as a last look.
func riskWord(r data.OrderRow, now time.Time) string {
	switch {
	case r.Risk == data.RiskNone:
		return ""
	case r.RiskDecision == data.RiskCancel:
		return words.T("risk.decided.cancel")
	case r.Risk == data.RiskHold && !r.ShipFrom.IsZero() && !now.Before(r.ShipFrom):
		return words.T("risk.over")
	}
	return words.Of("risk.level", string(r.Risk))
}

// riskTip says the reasons of a level, and when the order may ship.
func riskTip(r data.OrderRow) string {
	if r.Risk == data.RiskNone {
		return ""
	}
	said := []string{words.Of("risk.level", string(r.Risk)), show.RiskReasons(r.RiskReasons)}
	if !r.ShipFrom.IsZero() {
		said = append(said, words.T("risk.from", "at", words.TimeFull(r.ShipFrom, r.Zone)))
	}
	return words.Join(" · ", said...)
}

// riskStrip is the line over the facts: the level with its reasons, when the order
// may ship, and what can be decided.
func (d *detail) riskStrip(now time.Time) fyne.CanvasObject {
	v := d.view.Risk
	if !v.Waits || v.Now.Rank() <= data.RiskClear.Rank() && v.Decision == data.RiskUndecided {
		return container.NewStack()
	}
	zone := d.view.Order.Shop.Zone
	said := []string{show.RiskReasons(v.Reasons())}
	switch {
	case v.Decision != data.RiskUndecided:
		said = []string{words.T("risk.decided", "what", words.Of("risk.decision", string(v.Decision)), "who", v.DecidedBy, "reason", v.Reason), said[0]}
	case v.Level == data.RiskHold && v.Now != data.RiskHold:
		said = append(said, words.T("risk.over"))
	}
	if !v.From.IsZero() {
		said = append(said, words.T("risk.from", "at", words.Time(v.From, zone, now)))
	} else if !v.LookFrom.IsZero() {
		said = append(said, words.T("risk.look_from", "at", words.Time(v.LookFrom, zone, now)))
	}
	buttons := container.NewHBox()
	add := func(name, text string, do func()) { buttons.Add(kit.NewButton("order.risk."+name, text, do)) }
	if v.Decision == data.RiskUndecided {
		add("ship", words.T("risk.ship"), func() { d.decideRisk(data.RiskShip) })
		add("hold", words.T("risk.hold"), d.holdSheet)
		add("cancel", words.T("risk.cancel"), func() { d.decideRisk(data.RiskCancel) })
	} else {
		if v.Decision == data.RiskCancel {
			add("path", words.T("risk.cancel.path"), func() { d.walk("cancel") })
		}
		add("back", words.T("risk.back"), d.takeBackDecision)
	}
	line := container.NewBorder(nil, nil, container.NewVBox(kit.NewBadge(words.Of("risk.level", string(v.Now)), riskRole(v.Now))), nil, kit.Prose(words.Join(" · ", said...)))
	return kit.Inset(look.Tight, kit.Stacked(look.Tight, kit.Dense(line), container.New(layout.NewRowWrapLayout(), buttons.Objects...)))
}

// riskBlock lists what was found, each with its mend, what protects the seller, and
// what is not known.
func (d *detail) riskBlock() fyne.CanvasObject {
	v, id := d.view.Risk, d.view.Order.ID
	block := kit.Stacked(look.Tight)
	if v.Waits && len(v.Findings) > 0 {
		all := make([]data.FindingView, 0, len(v.Findings))
		for _, f := range v.Findings {
			all = append(all, f.FindingView)
		}
		block.Add(kit.Section(words.T("risk.title")))
		block.Add(show.Findings("order.risk", all, show.FindingDeeds{
			Narrow: true, Mend: d.mendRisk,
			Pass: func(f data.FindingView) {
				d.passRisk(f, words.T("case.finding.pass.title"), words.T("case.finding.pass.do"))
			},
			TakeBack: func(f data.FindingView) {
				d.env.Deed(words.T("case.finding.back.done"), func(ctx context.Context) error { return d.env.desk.TakeBackPass(ctx, data.EntityOrder, id, f.Key()) })
			},
		}))
	}
	if v.Waits && len(v.Unknown) > 0 {
		names := make([]string, 0, len(v.Unknown))
		for _, u := range v.Unknown {
			names = append(names, words.Of("risk.fact", u))
		}
		block.Add(kit.Soft(words.T("risk.unknown", "facts", words.List(names...))))
	}
	if len(d.view.Covers) > 0 {
		block.Add(kit.Section(words.T("risk.protection")))
		block.Add(show.Findings("order.cover", show.AsFindings(d.view.Covers...), show.FindingDeeds{Narrow: true, First: len(v.Findings)}))
	}
	return block
}

// mendRisk offers what a rule of the review asks for.
func (d *detail) mendRisk(f data.FindingView) (string, func()) {
	switch f.Mend.Deed {
	case "risk.reply":
		return words.T("risk.mend.reply"), func() { d.env.Open(route.Reply{Order: d.row, Template: f.Mend.Ref.ID}) }
	case "risk.hold":
		return words.T("risk.hold"), d.holdSheet
	case "risk.task":
		return words.T("risk.mend.task"), func() {
			due := d.view.Risk.From
			if due.IsZero() {
				due = d.view.Risk.LookFrom
			}
			show.TaskSheet(d.env.Env, data.Task{Title: d.view.Order.Number + ": " + words.Text(f.How), OrderID: d.view.Order.ID, Due: due})
		}
	case "risk.confirm":
		return words.T("risk.mend.confirm"), func() { d.passRisk(f, words.T("risk.mend.confirm.title"), words.T("risk.mend.confirm.do")) }
	case "risk.limits":
		return words.T("risk.mend.limits"), func() { d.env.Open(route.RiskRules{}) }
	case "risk.path":
		return words.T("risk.cancel"), func() { d.decideRisk(data.RiskCancel) }
	}
	return "", nil
}

func (d *detail) passRisk(f data.FindingView, title, do string) {
	id := d.view.Order.ID
	show.ReasonSheet(d.env.Env, "order.risk.pass", title, words.Text(f.Why), do, words.T("case.finding.pass.done"), d.env.Undo,
		func(ctx context.Context, reason string) error {
			return d.env.desk.PassFinding(ctx, data.EntityOrder, id, f.Key(), reason)
		})
}

func (d *detail) decideRisk(decision data.RiskDecision) {
	id, name := d.view.Order.ID, string(decision)
	show.ReasonSheet(d.env.Env, "order.risk.decide", words.T("risk."+name+".title", "number", d.view.Order.Number), words.T("risk."+name+".hint"), words.T("risk."+name+".do"),
		words.T("risk."+name+".done"), d.env.Undo, func(ctx context.Context, reason string) error {
			return d.env.desk.DecideRisk(ctx, id, desk.RiskDeed{Decision: decision, Reason: reason})
		})
}

func (d *detail) takeBackDecision() {
	id := d.view.Order.ID
	d.env.Deed(words.T("risk.back.done"), func(ctx context.Context) error {
		return d.env.desk.DecideRisk(ctx, id, desk.RiskDeed{Decision: data.RiskUndecided})
	})
}

// holdSheet asks until when, and why.
func (d *detail) holdSheet() {
	o, v, u := d.view.Order, d.view.Risk, d.env.UI
	until := v.From
	if !until.After(u.Now()) {
		until = u.Now().Add(48 * time.Hour)
	}
	field, why := kit.NewDueField(u, until, o.Shop.Zone), kit.TextField(u, "", 3)
	kit.Trace("order.risk.hold.until", field.Entry)
	kit.Trace("order.risk.hold.reason", why)
	var at time.Time
	var reason string
	u.OpenForm(kit.FormSheet{
		Name: "order.risk.hold", Title: words.T("risk.hold.title", "number", o.Number), Save: words.T("risk.hold.do"), Focus: why, Width: 560,
		Fields: []*kit.Field{kit.TimeRow(words.T("risk.hold.until"), field, true), {Label: words.T("case.reason"), Object: why, Hint: words.T("risk.hold.hint")}},
		Read: func() (err error) {
			reason = strings.TrimSpace(why.Text)
			at, err = field.Value()
			return err
		},
		Work: func(ctx context.Context) error {
			return d.env.desk.DecideRisk(ctx, o.ID, desk.RiskDeed{Decision: data.RiskWait, Until: at, Reason: reason, Task: words.T("risk.task.held", "number", o.Number)})
		},
		Done: func() { u.Toast(words.T("risk.hold.done"), d.env.Undo) },
	})
}
