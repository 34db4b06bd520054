package cases

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/data/policy"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// drawNext shows what may happen next, what each step leads to, and what can
// be offered.
func (d *detail) drawNext(v desk.CaseView, now time.Time) {
	parts := []fyne.CanvasObject{d.standPart(v)}
	mine, others := policy.StepsBySide(v.View.Next)
	if len(mine) > 0 {
		parts = append(parts, d.stepsPart("case.next.mine", mine, 0))
	}
	if offers := d.offersPart(v, now); offers != nil {
		parts = append(parts, offers)
	}
	if len(others) > 0 {
		parts = append(parts, d.stepsPart("case.next.others", others, len(mine)))
	}
	parts = append(parts, ladderPart(v))
	d.next.Objects = []fyne.CanvasObject{kit.Dense(kit.Inset(look.Tight, kit.Stacked(look.Gap, parts...)))}
	d.next.Refresh()
}

// standPart says where the case stands, who must act, and what silence brings.
func (d *detail) standPart(v desk.CaseView) fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.Section(words.Text(v.View.Title)), kit.Prose(turnLine(v))}
	if !v.View.Silence.IsZero() {
		text := words.T("case.next.silence", "what", words.Text(v.View.Silence))
		if to := stageTitle(v.Pack, v.View.SilenceTo); to != "" {
			text += " → " + to
		}
		rows = append(rows, kit.Soft(text))
	}
	if v.Dispute.Stage != data.StageClosed {
		weigh := kit.NewButton("case.weigh", words.T("case.weigh.open"), func() { openWeighSheet(d.env, d.view) })
		walk := kit.NewButton("case.path", words.T("order.action.path"), func() {
			d.env.Open(route.Path{Order: show.RowOfOrder(desk.OrderView{Order: v.Order}), Dispute: v.Dispute.ID})
		})
		rows = append(rows, container.NewHBox(weigh, walk, layout.NewSpacer()))
	}
	return kit.NewPanel(kit.Dense(kit.Stacked(2, rows...)))
}

// turnLine says who must act.
func turnLine(v desk.CaseView) string {
	if v.Dispute.Stage == data.StageClosed || v.View.Waiting == "" {
		return words.T("dispute.next.closed")
	}
	return words.T("dispute.next." + string(v.View.Waiting))
}

// nextSteps says of an open case whose turn it is and what is lacking, as
// sentences.
func nextSteps(v desk.CaseView) string {
	lines := []string{"• " + turnLine(v)}
	for _, todo := range v.Todos() {
		lines = append(lines, "• "+todoLine(todo))
	}
	return words.Join("\n", lines...)
}

func todoLine(todo desk.Todo) string {
	switch todo.What {
	case desk.TodoDate:
		return words.T("dispute.next.no_due")
	case desk.TodoProof:
		return words.N("case.next.missing", todo.N)
	case desk.TodoEvidence:
		return words.T("dispute.next.no_evidence")
	case desk.TodoBundle:
		return words.N("dispute.next.no_bundle", todo.N)
	}
	return ""
}

// stageTitle names a stage of a pack.
func stageTitle(p *policy.Pack, id string) string {
	for i := range p.Stages {
		if p.Stages[i].ID == id {
			return words.Text(pack.Text(p.Stages[i].Title))
		}
	}
	return ""
}

func (d *detail) stepsPart(title string, steps []policy.NextStep, from int) fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.Section(words.T(title))}
	for i, s := range steps {
		rows = append(rows, d.stepRow(from+i, s))
	}
	return kit.Stacked(2, rows...)
}

// stepRoom is the width of the buttons before what a step leads to.
const stepRoom = 188

// stepRow is a step with what it leads to. Its button writes it down.
func (d *detail) stepRow(i int, s policy.NextStep) fyne.CanvasObject {
	actor := s.Actor()
	text := words.Of("step", string(s.Event))
	if actor != data.ActorSeller {
		text = words.Of("event", s.Event)
		if who := words.Of("actor", actor); !strings.Contains(text, who) { // some events name who did it
			text = words.T("case.step.by", "who", who, "what", text)
		}
	}
	b := kit.NewButton(kit.RowName("case.step", i, string(s.Event)), text, func() {
		addStepSheet(d.env, d.view.DisputeView, data.CaseEvent{Kind: s.Event, Actor: actor})
	})
	if actor != data.ActorSeller {
		b.Importance = widget.LowImportance
	}
	lines := []fyne.CanvasObject{kit.Prose("→ " + leadsTo(s, d.view.View.At))}
	if !s.Says.IsZero() {
		lines = append(lines, kit.Soft(words.Text(s.Says)))
	}
	return kit.Dense(container.NewBorder(nil, nil, container.NewVBox(kit.Wide(stepRoom, b)), nil, kit.Stacked(0, lines...)))
}

// leadsTo says where a step leads, and who must act then.
func leadsTo(s policy.NextStep, at string) string {
	to := words.Text(s.Title)
	if s.To == at {
		to = words.T("case.step.stays")
	}
	if s.Who == "" {
		return to
	}
	return words.Join(" · ", to, words.T("case.then."+string(s.Who)))
}

// offersPart lists the solutions that the platform accepts, the buyer's wish
// first; nil when the pack has none or the case has ended.
func (d *detail) offersPart(v desk.CaseView, now time.Time) fyne.CanvasObject {
	if v.Dispute.Stage == data.StageClosed {
		return nil
	}
	wish := kit.NewChoice(append([]kit.Option[policy.Offer]{{Text: words.T("case.wish.none")}}, kit.Options("offer", policy.Offers())...),
		policy.Offer(v.Dispute.Wish), d.wishChosen)
	kit.Trace("case.wish", wish)
	rows := []fyne.CanvasObject{
		kit.Section(words.T("case.offers")),
		container.NewHBox(widget.NewLabel(words.T("case.wish")), kit.RoomFor(wish)),
	}
	if len(v.Offers) == 0 {
		rows = append(rows, kit.Soft(words.T("case.offers.none")))
	}
	for i, o := range v.Offers {
		rows = append(rows, d.offerRow(i, o, v, now))
	}
	return kit.Stacked(2, rows...)
}

func (d *detail) wishChosen(wish policy.Offer) {
	id := d.view.Dispute.ID
	d.env.Deed(words.T("case.wish.done"), func(ctx context.Context) error {
		_, err := d.env.desk.PutWish(ctx, id, string(wish))
		return err
	})
}

func (d *detail) offerRow(i int, o policy.FallbackView, v desk.CaseView, now time.Time) fyne.CanvasObject {
	title := words.Text(o.Title)
	offer := kit.NewButton(kit.RowName("case.offer", i, "do"), words.T("case.offer.do"), func() {
		addStepSheet(d.env, d.view.DisputeView, data.CaseEvent{Kind: o.Event, Actor: data.ActorSeller, Note: title})
	})
	var more []string
	if o.Wanted {
		title = "★ " + title + " · " + words.T("case.offer.wanted")
	}
	if !o.Ready {
		offer.Disable()
		more = append(more, words.T("case.offer.not_now"))
	} else if !o.Until.IsZero() {
		more = append(more, words.T("case.offer.until", "when", words.Time(o.Until, v.Order.Shop.Zone, now), "left", words.Left(o.Until, now)))
	}
	if o.Origin.Confidence == data.Unconfirmed {
		more = append(more, words.T("case.unconfirmed"))
	}
	lines := []fyne.CanvasObject{kit.Prose(title)}
	if text := words.Join(" · ", append(more, words.Text(o.Note))...); text != "" {
		lines = append(lines, kit.Soft(text))
	}
	return kit.Dense(container.NewBorder(nil, nil, container.NewVBox(kit.Wide(stepRoom, offer)), nil, kit.Stacked(0, lines...)))
}

// ladderPart says on which rung the case stands, and which comes next.
func ladderPart(v desk.CaseView) fyne.CanvasObject {
	row := container.NewHBox()
	for i, rung := range policy.Rungs() {
		if i > 0 {
			row.Add(kit.Soft1("›"))
		}
		text, role := words.Of("rung", string(rung)), kit.Muted
		switch rung {
		case v.View.Ladder.Now:
			text, role = "● "+text, kit.Link
		case v.View.Ladder.Next:
			role = kit.Plain
		}
		row.Add(kit.NewBadge(text, role))
	}
	parts := []fyne.CanvasObject{kit.Section(words.T("case.ladder")), row}
	if v.View.Ladder.Next != "" {
		next := kit.Colored(words.T("case.ladder.next", "rung", words.Of("rung", string(v.View.Ladder.Next))), theme.ColorNameForeground, fyne.TextStyle{})
		parts = append(parts, next)
	}
	parts = append(parts, kit.Soft(words.Text(v.View.Ladder.How)))
	return kit.Dense(kit.Stacked(2, parts...))
}
