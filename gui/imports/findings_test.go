package imports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// sheetOn opens the import sheet of a file with this text for a shop.
func sheetOn(t *testing.T, b *guitest.Bench, d *desk.Desk, shop data.Shop, name string, text []byte) *importSheet {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	kept, err := d.PutShop(t.Context(), shop)
	if err != nil {
		t.Fatal(err)
	}
	b.Shops = func() []data.Shop { return []data.Shop{kept} }
	s := &importSheet{env: New(b.Env, d), request: desk.ImportRequest{Path: path, Target: "orders", Shop: kept}}
	s.open()
	return s
}

const fullHeader = "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price," +
	"Cancelled at,Refunded Amount,Shipping Address1,Shipping City,Shipping Zip,Shipping Country\n"

func fullRow(number, currency, total, created string) []byte {
	return []byte(fullHeader + number + ",a@example.com,paid,,unfulfilled,," + currency + ",10,0,0," + total + "," + created + ",1,Lamp,10,,0,Way 1,Ulm,89073,DE\n")
}

// A row that is refused stands in the list of findings: why, where, how it is
// mended, and the answer that mends it.
func TestARefusedRowIsAFindingWithItsAnswer(t *testing.T) {
	b, d := guitest.Real(t)
	s := sheetOn(t, b, d, data.Shop{Platform: data.Shopify, Name: "Lamps", Zone: "UTC"}, "orders.csv", fullRow("#1", "", "12.00", "2026-06-01 10:00:00 +0000"))
	b.Shows(t, "1 row left out, and why", "! serious", "The amount 12.00 in the column “Total” has no currency.", "How to fix: Set the shop's currency", "line 2", "column Total")
	b.Hides(t, "→ orders.csv")
	b.TapFirst(t, words.T("import.mend.currency"))
	b.Shows(t, words.T("import.currency.hint"))
	for _, e := range guitest.Find[*kit.Entry](b) {
		e.SetText("eur")
	}
	b.UI.Save()
	b.Hides(t, "has no currency")
	b.Shows(t, "EUR 12.00")
	if s.request.Shop.Currency != "EUR" {
		t.Errorf("the file is read in %q", s.request.Shop.Currency)
	}
	if shops, err := d.Shops(t.Context()); err != nil || shops[len(shops)-1].Currency != "" {
		t.Errorf("the shop was changed: %+v, %v", shops, err)
	}
}

// A doubt leads to the answer of the sheet that decides it.
func TestADoubtOffersTheChoiceThatDecidesIt(t *testing.T) {
	for name, c := range map[string]struct{ text, doubt, button, other string }{
		"the zone": {string(fullRow("#1", "EUR", "12.00", "2026-03-29 02:30:00")), "is a time that Europe/Berlin never had", "import.mend.zone", "Asia/Shanghai"},
		"the encoding": {
			strings.ReplaceAll(string(fullRow("#1", "EUR", "12.00", "2026-06-01 10:00:00 +0000")), "Lamp,", "Стеклянная лампа для кухни \xe9,"),
			"holds bytes that are no characters", "import.mend.encoding", "windows-1251",
		},
	} {
		b, d := guitest.Real(t)
		sheetOn(t, b, d, data.Shop{Platform: data.Shopify, Name: "Lamps", Zone: "Europe/Berlin"}, "orders.csv", []byte(c.text))
		b.Shows(t, c.doubt, "· check this")
		b.TapFirst(t, words.T(c.button))
		listed := false
		for _, o := range b.Window.Canvas().Overlays().List() {
			listed = listed || strings.Contains(strings.Join(guitest.TextsOf(o), "\n"), c.other)
		}
		if !listed {
			t.Errorf("%s: the button opens no list with %s", name, c.other)
		}
	}
}

// What a preset misses can be said by hand, and that can be taken back.
func TestAFileIsMappedThoughAPresetFits(t *testing.T) {
	b, d := guitest.Real(t)
	text := strings.ReplaceAll(string(fullRow("#1", "EUR", "12.00", "2026-06-01 10:00:00 +0000")), "Shipping City", "Stadt")
	s := sheetOn(t, b, d, data.Shop{Platform: data.Shopify, Name: "Lamps", Zone: "UTC"}, "orders.csv", []byte(text))
	b.Shows(t, "The file lacks columns", ": Shipping City.")
	b.TapFirst(t, words.T("import.mend.map"))
	b.Shows(t, words.T("mapping.text"), "Stadt")
	b.TapFirst(t, words.T("import.map.back", "preset", "Shopify orders export"))
	b.Shows(t, "The file lacks columns")
	b.TapFirst(t, words.T("import.mend.map"))
	s.mapping.keep.SetChecked(false)
	s.mapping.choices["Stadt"].Set("ship_city")
	s.do()
	b.Hides(t, "The file lacks columns", words.T("mapping.text"))
	b.Shows(t, "EUR 12.00")
	s.do()
	rows, err := d.OrderFirst(t.Context(), data.OrderQuery{}, 1)
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	if o, err := d.Order(t.Context(), rows[0].ID); err != nil || o.Order.ShipTo.City != "Ulm" {
		t.Errorf("the city is %q, %v", o.Order.ShipTo.City, err)
	}
}

// A header that is nearly known says above the mapping what it lacks.
func TestAHeaderThatIsNearlyKnownSaysSo(t *testing.T) {
	b, d := guitest.Real(t)
	sheetOn(t, b, d, data.Shop{Platform: data.EBay, Name: "Teile", Zone: "Europe/Berlin"}, "orders.csv",
		[]byte("Verkaufsprotokollnummer;Bestellnummer;Verkauft am;Nutzername des Käufers;Summe der Dinge\n1;2-2;10-Dez-25;k;5,00 €\n"))
	b.Shows(t, words.T("mapping.text"), "but none of the columns in which that has its amounts is there")
}

// What is only worth knowing is no doubt.
func TestWhatIsWorthKnowingIsTold(t *testing.T) {
	b, d := guitest.Real(t)
	sheetOn(t, b, d, data.Shop{Platform: data.Amazon, Name: "A", Zone: "UTC"}, "all.txt",
		[]byte("amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\titem-status\tsku\tquantity\tcurrency\titem-price\tshipping-price\titem-tax\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\tship-promotion-discount\tship-city\tship-postal-code\tship-country\n"+
			"1-1\t2026-01-01T00:00:00Z\t2026-01-02T00:00:00Z\tShipped\tShipped\tS\t1\tEUR\t5.00\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\tUlm\t89073\tDE\n"))
	b.Shows(t, words.T("import.notes"), "without the columns payments-date, buyer-name, ship-address-1")
	b.Hides(t, "· check this", "imported but should be checked")
}
