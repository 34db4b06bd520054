package orders

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// extras shows what no field of an order takes: the columns of its files as they
// were written, folded until they are asked for.
type extras struct {
	object *fyne.Container
	ui     *kit.UI
	fold   *kit.WordLink
	search *kit.Search
	facts  *kit.Facts
	rest   *fyne.Container // what is to be said below them
	names  []string        // in the order of the alphabet
	of     map[string]string
	open   bool
}

const (
	fewExtras  = 8   // so many are seen at a glance, without a search
	mostExtras = 200 // drawn at once; a search finds the others
	extraLabel = 230 // headers are long
)

func newExtras(ui *kit.UI) *extras {
	x := &extras{ui: ui, object: kit.Stacked(0), facts: kit.NewFacts(ui), rest: kit.Stacked(0)}
	x.fold = kit.NewWordLink("", "", func() {
		x.open = !x.open
		x.draw()
	})
	x.search = kit.NewSearch(ui, words.T("order.extra.search"), func(string) { x.fill() })
	kit.Trace("order.extra", x.fold)
	return x
}

// set shows the columns of an order; one that is shown anew stays as it was.
func (x *extras) set(of map[string]string, fresh bool) {
	x.of, x.names = of, slices.Sorted(maps.Keys(of))
	if fresh {
		x.open = false
		x.search.SetQuiet("")
	}
	x.draw()
}

func (x *extras) draw() {
	x.object.Objects = nil
	if len(x.names) > 0 {
		key := "order.extra.show"
		if x.open {
			key = "order.extra.hide"
		}
		x.fold.SetText(words.N(key, len(x.names)))
		x.object.Add(x.fold)
	}
	if x.open && len(x.names) > 0 {
		if len(x.names) > fewExtras {
			x.object.Add(x.search)
		}
		x.object.Add(x.facts.Object)
		x.object.Add(x.rest)
		x.fill()
	}
	x.object.Refresh()
}

// fill lists the columns that hold what is looked for, in name or value.
func (x *extras) fill() {
	wanted := strings.Fields(strings.ToLower(x.search.Text))
	var facts []kit.Fact
	found := 0
	for _, name := range x.names {
		value := x.of[name]
		line := strings.Join(strings.Fields(value), " ")
		both := strings.ToLower(name + " " + line)
		if slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(both, w) }) {
			continue
		}
		if found++; found <= mostExtras {
			facts = append(facts, kit.Fact{Label: name, Value: line, Copy: value, Tip: name + ": " + words.Shorten(line, 400), Wide: true, Room: extraLabel})
		}
	}
	x.facts.Set(facts...)
	x.rest.Objects = nil
	switch {
	case found == 0:
		x.rest.Add(kit.Soft(words.T("order.extra.none")))
	case found > mostExtras:
		x.rest.Add(kit.Soft(words.N("order.extra.more", found-mostExtras)))
	}
	x.rest.Refresh()
}

// paymentFacts say who paid and how, as far as a file tells it apart from the
// buyer and the order.
func paymentFacts(o *data.Order) []kit.Fact {
	p := &o.Payment
	text := func(key, value string) kit.Fact { return kit.Fact{Label: words.T(key), Value: value} }
	state := words.Of("payment.state", p.State)
	if p.ECheck {
		state = words.Join(" · ", state, words.T("payment.echeck"))
	}
	payer := cmp.Or(p.Payer, p.Holder)
	if payer == o.Buyer.Name {
		payer = ""
	}
	mail := p.Email
	if strings.EqualFold(mail, o.Buyer.Email) {
		mail = ""
	}
	facts := []kit.Fact{
		text("order.fact.payment_state", state), text("order.fact.payer", words.Join(" · ", payer, words.Of("payment.account", p.Account))),
		text("order.fact.payer_email", mail), text("order.fact.payer_country", words.Country(p.AccountCountry)),
		text("order.fact.platform_risk", words.Of("payment.risk", p.Risk)), text("order.fact.protection", words.Of("payment.protection", p.Protection)),
		text("order.fact.ip", words.Join(" · ", p.IP, words.Country(p.IPCountry))), text("order.fact.address_status", words.Of("payment.address", p.AddressStatus)),
	}
	for _, a := range []struct {
		key     string
		address data.Address
	}{{"order.fact.pay_address", p.Address}, {"order.fact.billing", p.Billing}} {
		f := addressFact(a.address)
		if f.Label = words.T(a.key); a.address.Line1 != "" && a.address != o.ShipTo {
			facts = append(facts, f)
		}
	}
	return facts
}
