package replies

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/gui/guitest"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// Who waits stands with the time that is left, what was copied and not sent beside
// it, who is awake, and how fast answers were; each leads to the reply.
func TestWhoWaitsIsListedWithTheTimeThatIsLeft(t *testing.T) {
	b := guitest.New(t, words.English)
	shop := data.Shop{Platform: data.AliExpress, Name: "Sample Shop", Zone: "Asia/Shanghai"}
	b.Fake.Waits = []service.Answer{{
		Awaited: data.Awaited{OrderID: 11, Shop: shop, Number: "8123000000000001", Buyer: "Ana Muestra", ShipTo: data.Address{Country: "ES"}, Text: "¿Dónde está?", Since: guitest.Now.Add(-5 * time.Hour), Messages: 1},
		Until:   guitest.Now.Add(19 * time.Hour),
	}}
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	b.Fake.Awake = []desk.Awake{{OrderID: 11, Number: "8123000000000001", Buyer: "Ana Muestra", Country: "ES", Clock: service.Clock{Local: guitest.Now.In(madrid)}, Answer: &b.Fake.Waits[0]}}
	b.Fake.Times = []service.Measured{{Shop: shop, Channel: "aliexpress", Month: "2025-11", First: service.Times{N: 4, Median: 3 * time.Hour, Within: 3}, Vague: 1}}
	b.Fake.DraftsKept[data.ReplyAbout{OrderID: 12}] = data.ReplyDraft{CopiedAt: guitest.At(20, 1), CopiedText: "Hola Bo"}
	r := New(b.Env, b.Fake)
	b.Show(r)
	r.parts.SelectIndex(partWaiting)
	b.Shows(t, "Waiting (1)", "! 19 h left", "Ana Muestra · Spain", "¿Dónde está?", "5 h", "1 copied, not sent", "Bo Sample · 8123000000000002", "Hola Bo",
		"09:00 · Ana Muestra · Spain · waits for an answer", "Sample Shop · AliExpress · 2025-11", "First answers: 4, half of them within 3 h, 75 % within the target", "1 cannot be measured")
	b.NoRawKeys(t)
	r.wait.open(11)
	if to, ok := b.Went[len(b.Went)-1].(route.Reply); !ok || to.Order.ID != 11 {
		t.Errorf("it leads to %+v", b.Went)
	}
	r.About(rowOf(b, 11), 0, 0, "")
	b.Shows(t, "waits 5 h, answer: ! 19 h left")
}
