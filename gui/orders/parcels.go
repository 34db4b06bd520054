package orders

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// parcelBlock lists the parcels of the order: where each stands by its last scan,
// and what is wrong with it, with what it leads to.
func (d *detail) parcelBlock(now time.Time) fyne.CanvasObject {
	if len(d.parcels.List) == 0 {
		return container.NewStack()
	}
	zone := d.view.Order.Shop.Zone
	block := kit.Stacked(look.Tight, kit.Section(words.T("order.parcels")))
	for i := range d.parcels.List {
		line := kit.NewFacts(d.env.UI)
		line.Set(parcelFact(&d.parcels.List[i].Shipment))
		block.Add(kit.Stacked(0, line.Object, kit.Soft(d.parcels.words(i, zone, now))))
	}
	if len(d.parcels.Findings) > 0 {
		block.Add(show.Findings("order.parcel", d.parcels.Findings, d.parcelDeeds()))
	}
	return block
}

// parcelFact is a parcel in one line, its number first; a click copies it.
func parcelFact(s *data.Shipment) kit.Fact {
	said := words.Join(" · ", s.Tracking, s.Carrier, s.Service)
	return kit.Fact{Label: words.T("parcel.kind." + cmpKind(s.Kind)), Value: said, Tip: said, Copy: s.Tracking, Wide: true}
}

// cmpKind is the kind of a parcel as the words name it.
func cmpKind(k data.ShipmentKind) string {
	if k == data.ShipmentGoods {
		return "goods"
	}
	return string(k)
}

// parcelDeeds are what can be done about a parcel in trouble.
func (d *detail) parcelDeeds() show.FindingDeeds {
	id := d.view.Order.ID
	return show.FindingDeeds{
		Narrow: true,
		Go: func(f data.FindingView) (string, func()) {
			t := d.parcels.Of(f)
			switch {
			case t == nil:
			case t.Path != "":
				return words.T("due.path"), func() { d.env.Open(route.Path{Order: d.row, Path: t.Path}) }
			case t.Template != "":
				return words.T("risk.mend.reply"), func() { d.env.Open(route.Reply{Order: d.row, Template: t.Template}) }
			case !t.Task.IsZero() && !slices.ContainsFunc(d.view.Tasks, func(k data.Task) bool { return k.Origin == t.Origin }):
				return words.T("due.task"), func() {
					d.env.Deed(words.T("due.task.done"), func(ctx context.Context) error {
						_, err := d.env.desk.TakeOnParcel(ctx, t, words.Text(t.Task), words.Join(" ", words.Text(t.Why), words.Text(t.How)))
						return err
					})
				}
			}
			return "", nil
		},
		Pass: func(f data.FindingView) {
			d.passRisk(f, words.T("case.finding.pass.title"), words.T("case.finding.pass.do"))
		},
		TakeBack: func(f data.FindingView) {
			d.env.Deed(words.T("case.finding.back.done"), func(ctx context.Context) error { return d.env.desk.TakeBackPass(ctx, data.EntityOrder, id, f.Key()) })
		},
	}
}

// parcelsShown is the parcels of the order in view.
type parcelsShown struct{ desk.ParcelsView }

// words says where a parcel stands, since when and by which scan, and until when it
// was promised.
func (p *parcelsShown) words(i int, zone string, now time.Time) string {
	s, state := &p.List[i].Shipment, &p.List[i].State
	last := words.Join(" ", quoted(state.Text), state.Place)
	promised := ""
	if !s.PromisedAt.IsZero() && !state.Stage.Over() {
		promised = words.T("parcel.promised", "date", words.Time(s.PromisedAt, zone, now))
	}
	return words.Join(" · ", words.Of("parcel.stage", state.Stage), words.Time(state.Since, zone, now), last, promised)
}

func quoted(text string) string {
	if text == "" {
		return ""
	}
	return words.T("parcel.quoted", "text", words.Shorten(text, 90))
}
