package packing

import (
	"slices"
	"testing"
	"time"

	"casebinder/data"
)

func order(total int64, currency string, items ...data.Item) *data.Order {
	return &data.Order{Number: "N-1", Total: data.Money{Minor: total, Currency: currency}, Items: items}
}

func item(title string, quantity int64) data.Item { return data.Item{Title: title, Quantity: quantity} }

func lacksOf(t *testing.T, o *data.Order, e []data.Evidence, g Goods, set data.Packing) (names []string) {
	t.Helper()
	slots, _, err := Packed(o, e, g, set)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Lacks(o, slots) {
		names = append(names, f.Rule+" "+f.Why.Args["why"])
	}
	return names
}

func TestWhatAnOrderLacks(t *testing.T) {
	mug := item("Porcelain mug", 1)
	for name, c := range map[string]struct {
		o    *data.Order
		e    []data.Evidence
		g    Goods
		set  data.Packing
		want []string
	}{
		"a cheap sock":        {o: order(499, "USD", item("Sock", 1))},
		"just below dear":     {o: order(9999, "USD", item("Sock", 1))},
		"dear":                {o: order(10000, "USD", item("Sock", 1)), want: []string{"packing.goods An expensive order (USD 100.00)", "packing.packing An expensive order (USD 100.00)", "packing.weighing An expensive order (USD 100.00)", "packing.label An expensive order (USD 100.00)"}},
		"dear in yen":         {o: order(14999, "JPY", item("Sock", 1))},
		"no total":            {o: order(0, "", item("Sock", 1))},
		"large":               {o: order(499, "USD", item("Sock", 5)), want: []string{"packing.packing An order with 5 units", "packing.weighing An order with 5 units", "packing.parcel_list An order with 5 units"}},
		"quantity of -3":      {o: order(499, "USD", item("Sock", -3))},
		"fragile":             {o: order(499, "USD", mug), want: []string{"packing.packing Fragile by the word “porcelain” in its title"}},
		"no word for it":      {o: order(499, "USD", item("Mugshot poster", 1))},
		"fragile, Chinese":    {o: order(499, "USD", item("手工玻璃杯", 1)), want: []string{"packing.packing Fragile by the word “玻璃” in its title"}},
		"known as fragile":    {o: order(499, "USD", item("Thing", 1)), g: Goods{Fragile: []string{"Thing"}}, want: []string{"packing.packing “Thing” is marked as fragile"}},
		"class of goods":      {o: order(499, "USD", item("Thing", 1)), g: Goods{Classes: []string{"electronics"}}, want: []string{"packing.qc Goods of class electronics"}},
		"photo is there":      {o: order(499, "USD", mug), e: []data.Evidence{{Kind: data.KindPacking}}},
		"by its slot":         {o: order(499, "USD", mug), e: []data.Evidence{{Kind: data.KindOther, Slot: data.SlotPacking}}},
		"a label alone":       {o: order(499, "USD", mug), e: []data.Evidence{{Kind: data.KindPacking, Slot: data.SlotLabel}}, want: []string{"packing.packing Fragile by the word “porcelain” in its title"}},
		"in the bin":          {o: order(499, "USD", mug), e: []data.Evidence{{Kind: data.KindPacking, BinnedAt: time.Unix(1, 0)}}, want: []string{"packing.packing Fragile by the word “porcelain” in its title"}},
		"of a dispute":        {o: order(499, "USD", mug), e: []data.Evidence{{Kind: data.KindPacking, DisputeID: 7}}, want: []string{"packing.packing Fragile by the word “porcelain” in its title"}},
		"two of seven failed": {o: order(499, "USD", item("Sock", 1)), g: Goods{Troubles: []data.GoodsTrouble{{Title: "Sock", Orders: 7, Defects: 2, Damages: 1}}}, want: []string{"packing.qc Check before packing, as 2 of 7 orders of “Sock” were reported defective"}},
		"one of seven failed": {o: order(499, "USD", item("Sock", 1)), g: Goods{Troubles: []data.GoodsTrouble{{Title: "Sock", Orders: 7, Defects: 1}}}},
		"two of many failed":  {o: order(499, "USD", item("Sock", 1)), g: Goods{Troubles: []data.GoodsTrouble{{Title: "Sock", Orders: 900, Defects: 2}}}},
		"two arrived damaged": {o: order(499, "USD", item("Sock", 1)), g: Goods{Troubles: []data.GoodsTrouble{{SKU: "S-1", Title: "Sock", Orders: 7, Damages: 2}}}, want: []string{"packing.packing 2 of 7 orders of “Sock (S-1)” arrived damaged"}},
		"the shop's limit":    {o: order(5000, "USD", item("Sock", 1)), set: data.Packing{Dear: data.Money{Minor: 5000, Currency: "USD"}}, want: []string{"packing.goods An expensive order (USD 50.00)", "packing.packing An expensive order (USD 50.00)", "packing.weighing An expensive order (USD 50.00)", "packing.label An expensive order (USD 50.00)"}},
		"the shop's units":    {o: order(499, "USD", item("Sock", 9)), set: data.Packing{Units: 10}},
		"the shop's word":     {o: order(499, "USD", item("Silk sock", 1)), set: data.Packing{Words: []string{"Silk"}}, want: []string{"packing.goods The shop's own word “Silk” is in the title", "packing.packing The shop's own word “Silk” is in the title"}},
	} {
		if got := lacksOf(t, c.o, c.e, c.g, c.set); !slices.Equal(got, c.want) {
			t.Errorf("%s: lacks %q, want %q", name, got, c.want)
		}
	}
}

func TestAWeightFillsItsSlot(t *testing.T) {
	o := order(10000, "USD", item("Sock", 1))
	o.Shipments = []data.Shipment{{Kind: data.ShipmentReturn, Weight: 300}, {Weight: 850}}
	slots, _, err := Packed(o, nil, Goods{}, data.Packing{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(slots, func(s Slot) bool { return s.Name == data.SlotWeighing })
	if slots[i].Weight != 850 || !slots[i].Filled() {
		t.Errorf("weighing %+v: a return is no parcel to the buyer", slots[i])
	}
}

func TestACurrencyWithoutAnAmountIsSaid(t *testing.T) {
	_, notes, err := Packed(order(100, "XAF", item("Sock", 1)), nil, Goods{}, data.Packing{})
	if err != nil || len(notes) != 1 || notes[0].Why.Key != "packing.unpriced" {
		t.Errorf("notes %+v, %v", notes, err)
	}
	_, notes, _ = Packed(order(100, "XAF", item("Sock", 1)), nil, Goods{}, data.Packing{Dear: data.Money{Minor: 60000, Currency: "XAF"}})
	if len(notes) != 0 {
		t.Errorf("the shop set one: %+v", notes)
	}
}

func TestAPlatformsFileAsksForProof(t *testing.T) {
	o := order(499, "USD", item("Sock", 1))
	o.Shop.Platform = data.Temu
	for value, want := range map[string]int{"Yes": 2, "no": 0, "": 0} {
		o.Extra = map[string]string{"Keep proof of shipment before delivery": value}
		if got := lacksOf(t, o, nil, Goods{}, data.Packing{}); len(got) != want {
			t.Errorf("%q: lacks %q", value, got)
		}
	}
}

func TestWeightsAreRead(t *testing.T) {
	for text, want := range map[string]int64{"850": 850, "850 g": 850, "1.25 kg": 1250, "1,25kg": 1250, "2 lb": 907, "8oz": 227, "0.5公斤": 500, "300克": 300} {
		if got, err := ParseWeight(text); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "0", "-5", "heavy", "1e3", "1001 kg", "NaN", "1.2.3", "0.2 g", "kg"} {
		if got, err := ParseWeight(text); err == nil {
			t.Errorf("%q was taken as %d g", text, got)
		}
	}
}

func FuzzParseWeight(f *testing.F) {
	f.Add("1.25 kg")
	f.Fuzz(func(t *testing.T, text string) {
		if g, err := ParseWeight(text); err == nil && (g < 1 || g > MaxWeight) {
			t.Errorf("%q: %d", text, g)
		}
	})
}

func TestUnitsAreCounted(t *testing.T) {
	c := NewCount([]data.Item{{SKU: "A-1", Title: "Sock", Quantity: 2}, {SKU: "B-2", Title: "Mug", Quantity: 1}, {SKU: "a-1", Title: "Sock again", Quantity: 1}})
	steps := []struct {
		code string
		line int
		tick Tick
	}{{"a-1", 0, Ticked}, {" A-1 ", 0, Ticked}, {"A-1", 2, Ticked}, {"A-1", 0, TickTooMany}, {"C-3", -1, TickUnknown}, {"", -1, TickUnknown}}
	for _, s := range steps {
		if line, tick := c.Scan(s.code); line != s.line || tick != s.tick {
			t.Errorf("%q: line %d, %d; want %d, %d", s.code, line, tick, s.line, s.tick)
		}
	}
	if in, of := c.Units(); in != 3 || of != 4 || c.Complete() {
		t.Errorf("%d of %d", in, of)
	}
	c.Scan("B-2")
	if !c.Complete() || !c.Undo() || c.Complete() || c.Packed[1] != 0 {
		t.Errorf("after undo %v", c.Packed)
	}
}

func TestALargeOrderIsCountedAtOnce(t *testing.T) {
	items := make([]data.Item, 2000)
	for i := range items {
		items[i] = data.Item{SKU: "S-" + string(rune('0'+i%10)) + time.Duration(i).String(), Quantity: 1}
	}
	c := NewCount(items)
	for i := range items {
		if line, tick := c.Scan(items[i].SKU); line != i || tick != Ticked {
			t.Fatalf("unit %d: line %d, %d", i, line, tick)
		}
	}
	if !c.Complete() {
		t.Error("something is missing")
	}
}

func TestPicturesAreMatchedByTime(t *testing.T) {
	at := func(clock string) time.Time {
		tm, err := time.Parse("2006-01-02 15:04:05", "2026-11-12 "+clock)
		if err != nil {
			t.Fatal(err)
		}
		return tm
	}
	spans := []Span{{1, "N-1", at("10:00:00"), at("10:05:00")}, {2, "N-2", at("10:05:00"), at("10:10:00")}, {1, "N-1", at("11:00:00"), at("11:02:00")}}
	for name, c := range map[string]struct {
		t     Taken
		order int64
		off   time.Duration
		why   string
	}{
		"within the first":      {Taken{at("10:03:00"), at("10:03:20")}, 1, 0, "packing.time"},
		"file alone":            {Taken{time.Time{}, at("10:07:00")}, 2, 0, "packing.time"},
		"the second time":       {Taken{at("11:01:00"), at("11:01:05")}, 1, 0, "packing.time"},
		"on the border":         {Taken{at("10:05:00"), at("10:05:02")}, 2, 0, "packing.time"},
		"a moment before":       {Taken{at("09:59:50"), at("10:00:05")}, 1, 0, "packing.time"},
		"while nothing was":     {Taken{at("10:30:00"), at("10:30:01")}, 0, 0, "packing.time.none"},
		"clock an hour ahead":   {Taken{at("11:03:00"), at("10:03:00")}, 1, time.Hour, "packing.clock.ahead"},
		"clock years behind":    {Taken{at("10:03:00").AddDate(-10, 0, 0), at("10:06:00")}, 2, at("10:03:00").AddDate(-10, 0, 0).Sub(at("10:06:00")), "packing.clock.behind"},
		"no time at all":        {Taken{}, 0, 0, ""},
		"fits by a wrong clock": {Taken{at("10:03:00"), at("11:30:00")}, 0, -87 * time.Minute, "packing.clock.behind"},
	} {
		m := ByTime(c.t, spans, time.UTC)
		if m.OrderID != c.order || m.ClockOff != c.off || m.Why.Key != c.why {
			t.Errorf("%s: order %d, off %v, %q; want %d, %v, %q", name, m.OrderID, m.ClockOff, m.Why.Key, c.order, c.off, c.why)
		}
	}
}

func TestHowToPackIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		o    *data.Order
		g    Goods
		want string
	}{
		"a sock":           {o: order(499, "USD", item("Sock", 1))},
		"fragile":          {o: order(499, "USD", item("Porcelain mug", 1)), want: "Fragile by the word “porcelain” in its title: pack firmly."},
		"arrived damaged":  {o: order(499, "USD", item("Sock", 1)), g: Goods{Troubles: []data.GoodsTrouble{{Title: "Sock", Orders: 7, Damages: 2}}}, want: "2 of 7 orders of “Sock” arrived damaged: pack firmly."},
		"once, said once":  {o: order(499, "USD", item("Porcelain mug", 1)), g: Goods{Troubles: []data.GoodsTrouble{{Title: "Porcelain mug", Orders: 7, Damages: 2}}}, want: "2 of 7 orders of “Porcelain mug” arrived damaged: pack firmly."},
		"failed, not bent": {o: order(499, "USD", item("Sock", 1)), g: Goods{Troubles: []data.GoodsTrouble{{Title: "Sock", Orders: 7, Defects: 3}}}},
	} {
		_, notes, err := Packed(c.o, nil, c.g, data.Packing{})
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, n := range notes {
			said += n.Why.String()
		}
		if said != c.want {
			t.Errorf("%s: %q, want %q", name, said, c.want)
		}
	}
}
