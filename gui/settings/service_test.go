package settings

import (
	"encoding/json"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// What the fields read is what they were given.
func TestServiceFieldsKeepWhatTheyShow(t *testing.T) {
	b, _ := guitest.Real(t)
	set := data.Service{
		Zone: "Asia/Shanghai", Country: "CN", DaysOff: []data.DayOff{{From: "2026-02-14", To: "2026-02-23", Name: "Spring Festival"}, {From: "2026-05-01"}},
		ReplyHours: 12, ReplyWorking: true, Signature: "Lin\nOne Shop", PayPal: "Write to us first.",
		Policy: data.ReturnPolicy{Days: 30, Pays: data.PayerFault, Conditions: "unused", RefundDays: 3, Warranty: 12},
		Scale: []data.ScaleStep{
			{Cause: "packing", Severity: data.HarmPartly, Offer: data.AmendsPart, Percent: 30, Note: "kept"},
			{Offer: data.AmendsCoupon, Amount: data.Money{Minor: 500, Currency: "USD"}},
		},
		ResendMax: data.Money{Minor: 2500, Currency: "USD"}, FollowUp: 10, Silent: 2, Restock: 20,
		Notices: []data.NoticeSet{{Notice: "in_transit", Days: 5}, {Notice: "satisfied", Off: true}},
	}
	set.Hours[time.Monday] = data.WorkDay{From: 540, To: 1080}
	f := newServiceFields(b.UI, data.Shop{Platform: data.Etsy, Currency: "USD"}, set)
	got, err := f.read()
	if err != nil {
		t.Fatal(err)
	}
	if g, w := asJSON(t, got), asJSON(t, set); g != w {
		t.Errorf("read is %s\nset was %s", g, w)
	}
	f.hours[time.Tuesday].SetText("9 to 5")
	if _, err := f.read(); err == nil {
		t.Error("hours that are none were read")
	}
}

func TestServiceIsSavedFromItsSheet(t *testing.T) {
	b, d := guitest.Real(t)
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: data.EBay, Name: "Lantern", Zone: "UTC", Currency: "USD"})
	if err != nil {
		t.Fatal(err)
	}
	e := New(b.Env, d, Frame{})
	e.OpenService(shop)
	b.Shows(t, words.T("service.signature"), words.T("service.scale"))
	for _, entry := range guitest.Find[*kit.Entry](b) {
		if entry.PlaceHolder == words.T("hint.default", "value", "3") { // days of silence
			entry.SetText("4")
		}
	}
	b.UI.Save()
	if got, err := d.ShopService(t.Context(), shop.ID); err != nil || got.Silent != 4 {
		t.Errorf("saved is %+v, %v", got, err)
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
