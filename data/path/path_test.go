package path_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/path"
)

var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func usd(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }

func named(t *testing.T, id string) *path.Path {
	t.Helper()
	all, err := path.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(p *path.Path) bool { return p.ID == id })
	if i < 0 {
		t.Fatalf("there is no path %s", id)
	}
	return all[i]
}

// order is one to ship of a shop of its own; change says what is otherwise.
func order(change ...func(*path.Facts)) *path.Facts {
	f := &path.Facts{Now: now, Order: data.Order{
		Shop: data.Shop{Platform: data.Shopee, Name: "Willow", Zone: "UTC"}, Number: "1042", Status: data.StatusToShip, Total: usd(1850),
	}}
	for _, c := range change {
		c(f)
	}
	return f
}

func on(p data.Platform) func(*path.Facts) { return func(f *path.Facts) { f.Order.Shop.Platform = p } }

func sent(f *path.Facts) {
	f.Order.Status, f.Order.ShippedAt = data.StatusShipped, now.AddDate(0, 0, -6)
	f.Order.Shipments = []data.Shipment{{Tracking: "RB1", ShippedAt: f.Order.ShippedAt}}
}

func arrived(days int) func(*path.Facts) {
	return func(f *path.Facts) {
		sent(f)
		f.Order.Status, f.Order.DeliveredAt = data.StatusDelivered, now.AddDate(0, 0, -days)
	}
}

func scanned(text string) func(*path.Facts) {
	return func(f *path.Facts) {
		sent(f)
		f.Order.Shipments[0].Events = []data.TrackingEvent{{At: now.AddDate(0, 0, -1), Text: text}}
	}
}

func total(m data.Money) func(*path.Facts) { return func(f *path.Facts) { f.Order.Total = m } }

func served(s data.Service) func(*path.Facts) { return func(f *path.Facts) { f.Service = s } }

func said(uid string) func(*path.Facts) { return func(f *path.Facts) { f.Said = append(f.Said, uid) } }

func disputed(f *path.Facts) { f.Disputed = true }

func happened(kind data.OrderEventKind, days int) func(*path.Facts) {
	return func(f *path.Facts) {
		f.Events = append(f.Events, data.OrderEvent{Kind: kind, At: now.AddDate(0, 0, -days)})
	}
}

// Facts and the answers of a person, by hand, and where they lead: an answer is
// given only where the facts leave a question open.
func TestWhereFactsLead(t *testing.T) {
	limit := served(data.Service{ResendMax: usd(2500)})
	for _, c := range []struct {
		path    string
		facts   *path.Facts
		answers string // the wish first
		end     string
	}{
		{"address_change", order(), "new_address yes", "changed"},
		{"address_change", order(), "new_address no", "ask"},
		{"address_change", order(on(data.EBay)), "new_address", "reorder"},
		{"address_change", order(func(f *path.Facts) { f.Order.PaymentMethod = "PayPal Express" }), "new_address", "reorder"},
		{"address_change", order(on("mysite")), "correction no yes", "changed"}, // no rule of it is known: asked
		{"address_change", order(sent, limit), "new_address yes", "resend"},
		{"address_change", order(scanned("In transit"), limit), "new_address yes", "resend"},
		{"address_change", order(scanned("In transit"), limit), "new_address no", "refused"},
		{"address_change", order(scanned("In transit"), limit, total(usd(2500))), "new_address yes", "resend"}, // the limit itself is within it
		{"address_change", order(scanned("In transit"), limit, total(usd(2501))), "new_address", "refused"},
		{"address_change", order(scanned("In transit"), limit, total(data.Money{Minor: 100, Currency: "EUR"})), "new_address no yes", "resend"}, // two currencies: asked
		{"address_change", order(scanned("In transit")), "new_address yes", "refused"},                                                          // no limit: asked
		{"address_change", order(scanned("Returned to sender")), "new_address", "returned"},
		{"cancel", order(), "money yes", "accept"},
		{"cancel", order(), "other_item change", "ask"},
		{"cancel", order(), "money no", "ask"},
		{"cancel", order(said("cancel_ask_reason")), "money no", "accept"}, // not asked twice
		{"cancel", order(sent), "money", "ask_shipped"},
		{"cancel", order(sent, said("cancel_shipped")), "money yes", "kept"},
		{"cancel", order(sent, said("cancel_shipped")), "money silent", "wait"},
		{"cancel", order(sent, said("cancel_shipped")), "money no refuse", "refuse"},
		{"cancel", order(sent, said("cancel_shipped")), "money no part", "part"},
		{"cancel", order(arrived(3), served(data.Service{Policy: data.ReturnPolicy{Pays: data.PayerSeller}})), "money keep", "keep"},
		{"cancel", order(arrived(3), served(data.Service{Policy: data.ReturnPolicy{Pays: data.PayerBuyer}})), "money return", "return_buyer"},
		{"cancel", order(arrived(3), served(data.Service{Policy: data.ReturnPolicy{Pays: data.PayerFault}})), "money yes return", "return_seller"},
		{"cancel", order(arrived(3)), "money buyer decline", "no_refund"}, // terms say nothing: asked
		{"unwanted", order(sent), "return", "not_there"},
		{"unwanted", order(arrived(30), served(data.Service{Policy: data.ReturnPolicy{Days: 30, Pays: data.PayerBuyer}})), "return return", "return_buyer"},
		{"unwanted", order(arrived(31), served(data.Service{Policy: data.ReturnPolicy{Days: 30}})), "return decline", "late"},
		{"unwanted", order(arrived(3), served(data.Service{Policy: data.ReturnPolicy{Days: 30, Pays: data.PayerSeller}, KeepMax: usd(2000)})), "money keep", "keep"},
		{"unwanted", order(arrived(3), served(data.Service{Policy: data.ReturnPolicy{Days: 30, Pays: data.PayerSeller}, KeepMax: usd(1000)})), "money exchange", "exchange"},
		{"damaged", order(arrived(1)), "again no", "ask"},
		{"damaged", order(arrived(1), said("damaged")), "again no partly piece", "piece"},
		{"damaged", order(arrived(1), limit), "money yes whole keep", "keep"},
		{"damaged", order(arrived(1), limit, total(usd(9900))), "again yes whole return", "return"},
		{"wrong_item", order(arrived(1), limit), "right yes whole swap", "swap"},
		{"wrong_item", order(arrived(1)), "right yes fits", "fits"},
		{"missing_part", order(arrived(1)), "part_sent yes second", "second"},
		{"missing_part", order(arrived(1)), "part_sent yes partly piece", "piece"},
		{"not_arrived", order(), "parcel", "waiting"},
		{"not_arrived", order(arrived(1)), "parcel", "search"},
		{"not_arrived", order(arrived(1), said("not_received")), "money yes decline", "decline"},
		{"not_arrived", order(scanned("Held by customs")), "parcel no", "customs"},
		{"not_arrived", order(scanned("In transit"), func(f *path.Facts) { f.Order.DeliverBy = now.AddDate(0, 0, 9) }), "parcel no", "transit"},
		{"not_arrived", order(scanned("In transit"), func(f *path.Facts) { f.Order.DeliverBy = now.AddDate(0, 0, -2) }), "parcel no", "search"},
		{"not_arrived", order(sent, limit, func(f *path.Facts) { f.Order.Shipments[0].LostAt = now.AddDate(0, 0, -1) }), "again again", "again"},
		{"not_arrived", order(sent), "case", "new_case"},
		{"not_arrived", order(sent, disputed), "case", "answer_case"},
		{"customs", order(scanned("Held by customs")), "parcel papers", "papers"},
		{"customs", order(sent), "no_duty duty seller", "yours"},
		{"part_or_refund", order(arrived(1)), "part part yes piece", "piece"},
		{"exchange", order(arrived(1)), "same ours yes swap", "swap"},
		{"exchange", order(arrived(40), served(data.Service{Policy: data.ReturnPolicy{Days: 30}})), "other_item taste", "late"},
		{"repair", order(arrived(1)), "repair", "guide"},
		{"repair", order(arrived(9), said("usage_guidance"), served(data.Service{Policy: data.ReturnPolicy{Warranty: 12}, ResendMax: usd(100)})), "repair send_in", "send_in"},
		{"repair", order(arrived(400), said("usage_guidance"), served(data.Service{Policy: data.ReturnPolicy{Warranty: 12}})), "repair warranty", "warranty"},
		{"return_label", order(arrived(2), served(data.Service{Policy: data.ReturnPolicy{Pays: data.PayerSeller}})), "return label", "label_end"},
		{"return_label", order(arrived(9), happened(data.OrderReturnReceived, 1)), "return", "arrived"},
		{"return_not_sent", order(arrived(20), happened(data.OrderReturnAsked, 6)), "money", "wait"},
		{"return_not_sent", order(arrived(20), happened(data.OrderReturnAsked, 7)), "money", "remind"},
		{"return_not_sent", order(arrived(20), happened(data.OrderReturnAsked, 9), said("return_reminder"), disputed), "money", "platform"},
		{"return_not_sent", order(arrived(20), happened(data.OrderReturnAsked, 9), happened(data.OrderReturnSent, 2)), "money", "follow"},
		{"return_not_sent", order(arrived(20)), "money yes", "remind"}, // nothing agreed is written down: asked
		{"return_differs", order(arrived(20), happened(data.OrderReturnReceived, 1)), "money good", "good"},
		{"return_differs", order(arrived(20), happened(data.OrderReturnReceived, 1)), "money used no", "film"},
		{"return_differs", order(arrived(20), happened(data.OrderReturnReceived, 1)), "money other yes less", "less"},
		{"return_differs", order(arrived(20), happened(data.OrderReturnReceived, 1), disputed), "money other yes", "report"},
	} {
		p, run := named(t, c.path), &data.PathRun{Path: c.path}
		for _, answer := range strings.Fields(c.answers) {
			state := p.Walk(run, c.facts)
			if state.Next == nil {
				t.Errorf("%s %q: it ends before “%s”", c.path, c.answers, answer)
				break
			}
			if err := p.Answer(run, c.facts, state.Next.Step, answer, "Lin"); err != nil {
				t.Errorf("%s %q: %v", c.path, c.answers, err)
			}
		}
		state := p.Walk(run, c.facts)
		if state.End == nil {
			t.Errorf("%s %q: it asks %q, and does not end in %s", c.path, c.answers, state.Next.Step, c.end)
		} else if state.End.ID != c.end {
			t.Errorf("%s %q: it ends in %s, not in %s", c.path, c.answers, state.End.ID, c.end)
		}
	}
}

func TestAnAnswerIsTakenBackAndOverridden(t *testing.T) {
	p, run := named(t, "address_change"), &data.PathRun{}
	f := order(scanned("In transit"), served(data.Service{ResendMax: usd(2500)}))
	answer := func(step, id string) {
		t.Helper()
		if err := p.Answer(run, f, step, id, "Lin"); err != nil {
			t.Fatal(err)
		}
	}
	answer("wish", "new_address")
	if run.Wish != "new_address" || len(run.Steps.Answers) != 4 {
		t.Fatalf("after the wish: %+v", run.Steps.Answers)
	}
	if a := run.Steps.Answers[3]; a.Step != "dear" || a.By != "" || a.Why.String() != "USD 18.50, within your limit of USD 25.00." {
		t.Errorf("the facts answered %+v: %s", a, a.Why)
	}
	if err := p.TakeBack(run, "dear"); err != nil {
		t.Fatal(err)
	}
	state := p.Walk(run, f)
	if state.Next == nil || state.Next.Step != "dear" || state.Next.Told.Value != "no" {
		t.Fatalf("the question does not stand again: %+v", state.Next)
	}
	answer("dear", "yes") // the person says otherwise
	state = p.Walk(run, f)
	if state.End == nil || state.End.ID != "refused" || state.Answered[3].By != "Lin" || state.Answered[3].Changed {
		t.Errorf("overridden: %+v", state.End)
	}
	if err := p.TakeBack(run, "fixed"); !errors.Is(err, data.ErrConflict) {
		t.Errorf("a step that was not answered: %v", err)
	}
	if err := p.Answer(run, f, "dear", "no", "Lin"); !errors.Is(err, data.ErrConflict) {
		t.Errorf("a path at its ending: %v", err)
	}
	if err := p.TakeBack(run, "dear"); err != nil {
		t.Fatal(err)
	}
	if err := p.Answer(run, f, "dear", "maybe", "Lin"); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("no such answer: %v", err)
	}
}

func TestAnOrderThatChangedUnderAnAnswer(t *testing.T) {
	p, run := named(t, "address_change"), &data.PathRun{}
	if err := p.Answer(run, order(), "wish", "new_address", "Lin"); err != nil {
		t.Fatal(err)
	}
	shipped := order(sent)
	err := p.Answer(run, shipped, "complete", "yes", "Lin")
	if problem, ok := data.AsProblem(err); !ok || problem.Kind.Code != "path_changed" || !strings.Contains(err.Error(), "Has the parcel left?") {
		t.Errorf("answered although it was shipped since: %v", err)
	}
	if state := p.Walk(run, shipped); !state.Answered[1].Changed {
		t.Error("the changed answer is not marked")
	}
	if err := p.TakeBack(run, "shipped"); err != nil {
		t.Fatal(err)
	}
	if err := p.Answer(run, shipped, "shipped", "yes", "Lin"); err != nil {
		t.Errorf("from there it goes on: %v", err)
	}
}

func TestAPathThatDoesNotFit(t *testing.T) {
	canceled := order(func(f *path.Facts) { f.Order.Status = data.StatusCanceled })
	if err := named(t, "cancel").Fits(canceled); !errors.Is(err, data.ErrRefused) {
		t.Errorf("canceling what is canceled: %v", err)
	}
	if err := named(t, "damaged").Fits(order()); !errors.Is(err, data.ErrRefused) {
		t.Errorf("damaged before it left: %v", err)
	}
	refunded := order(sent, func(f *path.Facts) { f.Order.Refunded = usd(1850) })
	if why, blocked := named(t, "address_change").Blocked(refunded); !blocked || why.Key != "path.why.refunded" {
		t.Errorf("an address of what was refunded: %v", why)
	}
	unknown := order(func(f *path.Facts) { f.Order.Status = data.StatusUnknown })
	if err := named(t, "damaged").Fits(unknown); err != nil {
		t.Errorf("what is not known stands against nothing: %v", err)
	}
}

func TestCostsOfWays(t *testing.T) {
	p, run := named(t, "cancel"), &data.PathRun{Wish: "money"}
	f := order(arrived(3), served(data.Service{
		Scale: []data.ScaleStep{{Offer: data.AmendsPart, Percent: 30}},
		Costs: data.CostFigures{data.CostReturn: {Amount: usd(900)}, data.CostGoods: {Share: 4000}},
	}))
	ways := p.Ways("seller_ways", run, f)
	if len(ways) != 3 || ways[0].Answer != "keep" || !ways[0].Wanted {
		t.Fatalf("the buyer's wish does not stand first: %+v", ways)
	}
	by := map[string]path.Way{}
	for _, w := range ways {
		by[w.Answer] = w
	}
	// 18.50 back, 9.00 postage, goods of 40 % = 7.40 come back; what of the fees comes back is not known.
	if w := by["return"]; w.Sum != usd(1850+900-740) || w.Whole || !slices.Equal(w.Lacking, []data.Cost{data.CostFeeBack}) {
		t.Errorf("a return costs %s, lacking %v", w.Sum, w.Lacking)
	}
	if w := by["part"]; w.Sum != usd(555) || !w.Whole { // 30 % of 18.50
		t.Errorf("a part costs %s, whole %v", w.Sum, w.Whole)
	}
	run.Steps.Costs = map[string]data.Money{string(data.CostFeeBack): usd(60), string(data.CostReturn): {Minor: 800, Currency: "EUR"}}
	for _, w := range p.Ways("seller_ways", run, f) {
		if w.Answer == "return" && (w.Sum != usd(1850-740-60) || !slices.Equal(w.Lacking, []data.Cost{data.CostReturn})) {
			t.Errorf("postage in another currency must be left out and named: %s, %v", w.Sum, w.Lacking)
		}
		if w.Answer == "keep" && (w.Sum != usd(1790) || !w.Whole) {
			t.Errorf("a refund costs %s", w.Sum)
		}
	}
	bare := order(arrived(3))
	for _, w := range p.Ways("seller_ways", &data.PathRun{}, bare) {
		if w.Answer == "part" && (w.Whole || w.Sum.Minor != 0 || w.Lines[0].Known) {
			t.Errorf("no scale is not nothing: %+v", w)
		}
	}
	f.Order.Refunded = usd(350)
	if w := p.Ways("seller_ways", &data.PathRun{}, f); w[1].Lines[0].Amount != usd(1500) {
		t.Errorf("what was refunded is refunded again: %+v", w[1].Lines[0])
	}
}

func TestValuesOfAnEnding(t *testing.T) {
	p := named(t, "cancel")
	f := order(arrived(3), served(data.Service{Scale: []data.ScaleStep{{Offer: data.AmendsPart, Percent: 30}}}))
	if v := p.End("part").Values(&data.PathRun{}, f); v["offer.amount"] != "5.55 USD" {
		t.Errorf("%v", v)
	}
	if v := p.End("part").Values(&data.PathRun{}, order(arrived(3))); len(v) != 0 {
		t.Errorf("a figure was invented: %v", v)
	}
	if v := p.End("keep").Values(&data.PathRun{}, f); v["offer.amount"] != "18.50 USD" {
		t.Errorf("%v", v)
	}
}
