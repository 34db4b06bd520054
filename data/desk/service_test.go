package desk_test

import (
	"errors"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

func TestServiceOfAShopIsKeptAndTakenBack(t *testing.T) {
	d := open(t)
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: data.EBay, Name: "one", Zone: "Asia/Shanghai", Currency: "USD"})
	if err != nil {
		t.Fatal(err)
	}
	want := data.Service{ReplyHours: 12, Signature: "Lin, One Shop", Policy: data.ReturnPolicy{Days: 30, Pays: data.PayerSeller}}
	want.Hours[1] = data.WorkDay{From: 540, To: 1080}
	if err := d.SetShopService(t.Context(), shop.ID, want); err != nil {
		t.Fatal(err)
	}
	if _, err := d.PutShop(t.Context(), shop); err != nil { // an edit of the shop leaves it
		t.Fatal(err)
	}
	if got, err := d.ShopService(t.Context(), shop.ID); err != nil || got.Policy != want.Policy || got.Hours != want.Hours || got.Signature != want.Signature {
		t.Errorf("kept is %+v, %v", got, err)
	}
	for range 2 {
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := d.ShopService(t.Context(), shop.ID); err != nil || got.Hours.Works() || got.ReplyHours != 0 {
		t.Errorf("after Undo it is %+v, %v", got, err)
	}
	for name, s := range map[string]data.Service{
		"zone": {Zone: "Mars/Base"}, "days": {Policy: data.ReturnPolicy{Days: -1}}, "payer": {Policy: data.ReturnPolicy{Pays: "nobody"}},
		"day off": {DaysOff: []data.DayOff{{From: "2026-02-30"}}}, "backwards": {DaysOff: []data.DayOff{{From: "2026-12-31", To: "2026-12-24"}}},
		"part without a sum": {Scale: []data.ScaleStep{{Offer: data.AmendsPart}}}, "no such offer": {Scale: []data.ScaleStep{{Offer: "hug"}}},
	} {
		if err := d.SetShopService(t.Context(), shop.ID, s); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheSellersNotesOnAMarket(t *testing.T) {
	d := open(t)
	note := func() desk.MarketNote {
		t.Helper()
		n, err := d.MarketNote(t.Context(), "Germany")
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	built := note().Text("en")
	if n := note(); !n.Known || n.Country != "DE" || built == "" {
		t.Fatalf("the program's: %+v", n)
	}
	if err := d.SetMarketNote(t.Context(), "de", " They write on Sundays. "); err != nil {
		t.Fatal(err)
	}
	if got := note().Text("zh-CN"); got != "They write on Sundays." {
		t.Errorf("the seller's: %q", got)
	}
	if action, err := d.Undo(t.Context()); err != nil || action != "market.note" {
		t.Fatal(action, err)
	}
	if got := note().Text("en"); got != built {
		t.Errorf("after Undo: %q", got)
	}
}
