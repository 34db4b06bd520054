package notice

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// fixtures are invented mails: one at least for each recognizer and language.
var fixtures = []struct{ file, want, doubts, zone string }{
	{
		"ebay-inr.eml", "ebay/inr_opened opened case=5012345678 order=12-34567-89012 pay= reason=not_received amount=USD 45.99 due=2026-03-13T06:59:00Z",
		"", "UTC-07:00 mail",
	},
	{
		"ebay-return-zh-tw.eml",
		"ebay/return_opened opened case=5098765432 order=12-00001-00002 pay= reason=not_as_described amount=TWD 1280.00 due=2026-03-14T15:59:00Z",
		"", "UTC+08:00 mail",
	},
	{
		"aliexpress-dispute-gb18030.eml",
		"aliexpress/opened opened case=60012345678 order=8012345678901234 pay= reason=not_as_described amount=USD 12.50 due=2026-03-15T00:00:00Z",
		"", "Asia/Shanghai mail",
	},
	{
		"aliexpress-modified.eml", "aliexpress/modified claim_changed case= order=8012345678901234 pay= reason=quality amount=USD 20.00 due=2026-03-18T08:02:03Z", // "PST" in summer time: the earlier reading
		"due_season", "America/Los_Angeles mail",
	},
	{
		"amazon-atoz.eml", "amazon/atoz_opened opened case= order=203-1234567-7654321 pay= reason=not_received amount=GBP 19.99 due=2026-03-14T12:00:00Z",
		"", "UTC mail",
	},
	{ // no zone and no shop; the dollar is amazon.com's
		"amazon-atoz-zh.eml", "amazon/atoz_opened opened case= order=114-1234567-7654321 pay= reason=not_received amount=USD 19.99 due=2026-03-15T06:59:59Z",
		"due_day", "America/Los_Angeles recognizer",
	},
	{
		"paypal-dispute.eml",
		"paypal/opened opened case=PP-R-ABC-123456789 order=INV-1007 pay=1AB23456CD789012E reason=not_as_described amount=USD 129.00 due=?Mar 18, 2026",
		"due_zone", " ",
	},
	{
		"paypal-zh.eml",
		"paypal/opened opened case=PP-R-XYZ-987654321 order= pay=9ZY87654XW321098V reason=not_received amount=USD 35.00 due=?2026年3月18日",
		"due_zone", " ",
	},
	{
		"stripe-dispute.eml",
		"stripe/created opened case=dp_1InventedForATest00 order= pay=ch_1InventedForATest00 reason=unauthorized amount=USD 250.00 due=2026-03-11T23:59:00Z",
		"", "UTC mail",
	},
	{
		"stripe-zh.eml", "stripe/created opened case=du_1InventedForATest00 order= pay= reason=unauthorized amount=USD 250.00 due=2026-03-11T23:59:00Z",
		"", "UTC mail",
	},
	{ // 03/04/2026 is two days
		"shopify-chargeback.eml", "shopify/created opened case= order=#1042 pay= reason=not_received amount=EUR 1250.00 due=?03/04/2026",
		"due_ambiguous", " ",
	},
	{"shopify-zh.eml", "shopify/created opened case= order=#1042 pay= reason= amount=EUR 1250.00 due=2026-04-03T17:00:00Z", "", "UTC mail"},
	{"etsy-help.eml", "etsy/help_request message case= order=2912345678 pay= reason=damaged amount= due=-", "period", " "},
	{
		"shopee-return.eml",
		"shopee/requested opened case=2603030123456 order=260301ABCD1234 pay= reason=wrong_item amount=SGD 18.90 due=2026-03-05T07:00:00Z",
		"", "UTC+08:00 mail",
	},
	{
		"lazada-return.eml", "lazada/requested opened case= order=123456789012345 pay= reason=quality amount=MYR 45.00 due=2026-03-05T07:00:00Z",
		"", "UTC+08:00 mail",
	},
	{ // March 5, 2026 is a Thursday
		"tiktok-return.eml",
		"tiktok/requested opened case= order=576123456789012345 pay= reason=short_shipment amount= due=?Tuesday, March 5, 2026",
		"due_weekday amount_currency", " ",
	},
	{"iso-2022-jp.eml", "amazon/return_request opened case= order=503-1234567-7654321 pay= reason= amount= due=-", "", " "},
}

func TestFixtures(t *testing.T) {
	for _, f := range fixtures {
		n := readFixture(t, f.file, Options{})
		if got := told(n); got != f.want {
			t.Errorf("%s:\n got %s\nwant %s", f.file, got, f.want)
		}
		if got := doubts(n); got != f.doubts {
			t.Errorf("%s: doubts %q, want %q", f.file, got, f.doubts)
		}
		if got := n.Due.Zone + " " + string(n.Due.ZoneFrom); got != f.zone {
			t.Errorf("%s: zone %q, want %q", f.file, got, f.zone)
		}
		if n.Confidence != data.Unconfirmed {
			t.Errorf("%s: confidence %q", f.file, n.Confidence)
		}
		for _, h := range n.Found { // each hit is where it says it is
			text := n.Text
			if h.Where == InSubject {
				text = n.Subject
			}
			if h.Offset < 0 || h.Offset+h.Length > len(text) || h.Pattern == "" {
				t.Errorf("%s: hit %+v is not in the text", f.file, h)
			} else if h.Length > 0 && h.Field != FieldEvent && h.Field != FieldReason && text[h.Offset:h.Offset+h.Length] != h.Value {
				t.Errorf("%s: %q is not %q", f.file, text[h.Offset:h.Offset+h.Length], h.Value)
			}
		}
		if c := n.Caution(); c == nil || !strings.Contains(c.What(), n.From) {
			t.Errorf("%s: nothing says that a sender can be forged", f.file)
		}
	}
}

// Every fixture is in the table, and every recognizer has one.
func TestFixturesAreComplete(t *testing.T) {
	names, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(names) != len(fixtures) {
		t.Errorf("%d files, %d in the table (%v)", len(names), len(fixtures), err)
	}
	for _, r := range builtInSet(t).list {
		hit := false
		for _, f := range fixtures {
			hit = hit || strings.HasPrefix(f.want, r.ID+"/")
		}
		if !hit {
			t.Errorf("no fixture for %s", r.ID)
		}
	}
}

func TestShopHelpsWithZoneAndCurrency(t *testing.T) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	mail := "From: transaction@etsy.com\r\nSubject: Case opened for order #2912345678\r\nDate: Wed, 11 Mar 2026 17:15:00 +0000\r\n\r\n" +
		"Respond by March 14, 2026. Claim amount: $19.99\r\n"
	n := readAll(t, "mail.eml", []byte(mail), Options{Zone: zone, Currency: "USD"})[0]
	// The end of March 14 in Los Angeles, where summer time began on March 8.
	if got := told(n); !strings.HasSuffix(got, "amount=USD 19.99 due=2026-03-15T06:59:59Z") {
		t.Error(got)
	}
	if n.Due.ZoneFrom != ZoneShop || !n.Due.DayOnly || n.Due.Day != "2026-03-14" || doubts(n) != "due_day" {
		t.Errorf("%+v, doubts %s", n.Due, doubts(n))
	}
}

func TestHeaderAndText(t *testing.T) {
	n := readFixture(t, "aliexpress-dispute-gb18030.eml", Options{})
	if n.From != "notice@notice.aliexpress.com" || n.FromName != "速卖通" || n.Subject != "买家已对订单 8012345678901234 提起纠纷" ||
		n.MessageID != "ae-1@invented.example" || !n.Date.Equal(time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", n)
	}
	if !strings.Contains(n.Text, "虚构。㐀𠀀") { // four-byte forms of GB18030
		t.Errorf("text %q", n.Text)
	}
	n = readFixture(t, "ebay-return-zh-tw.eml", Options{})
	if strings.Contains(n.Text, "hidden title") || strings.Contains(n.Text, "9999999999") || strings.Contains(n.Text, "<") {
		t.Errorf("what a page does not show is in the text: %q", n.Text)
	}
}

func TestAttachmentIsReadAgain(t *testing.T) {
	n := readFixture(t, "paypal-dispute.eml", Options{})
	if len(n.Attachments) != 1 || n.Attachments[0] != (Attachment{Name: "evil_name.png", Type: "image/png", Size: 24}) {
		t.Fatalf("%+v", n.Attachments)
	}
	file, err := os.Open("testdata/paypal-dispute.eml")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content, err := n.OpenAttachment(t.Context(), file, 0)
	if err != nil || !strings.HasPrefix(string(content), "\x89PNG") || len(content) != 24 {
		t.Errorf("%q %v", content, err)
	}
	if _, err := n.OpenAttachment(t.Context(), file, 1); err == nil {
		t.Error("an attachment that is not there was read")
	}
	if _, err := n.OpenAttachment(t.Context(), strings.NewReader("another file"), 0); err == nil {
		t.Error("an attachment was read from another file")
	}
}

// ruleSamples has an invented subject for each rule of each recognizer, and in
// Chinese where the rule reads Chinese.
var ruleSamples = map[string]map[string][]string{
	"ebay": {
		"inr_opened":      {"Sam opened an item not received request", "买家未收到物品:请处理", "買家已開啟未收到物品請求"},
		"return_opened":   {"Return 5012345678: Return approved", "A buyer started a return request", "Return request received for order 12-34567-89012", "买家已提交退货请求"},
		"payment_dispute": {"A payment dispute was filed by your buyer", "您有一筆付款爭議"},
		"return_shipped":  {"Return 5012345678: Buyer shipped item", "Der Käufer hat den Artikel zurückgeschickt", "买家已寄回物品"},
		"return_received": {"Return 5012345678: Issue refund", "Returned item was delivered"},
		"refunded":        {"Return 5012345678: Refund sent"},
		"decided":         {"eBay Customer Support made a decision", "A decision on case 5012345678", "Der Fall wurde entschieden"},
		"escalated":       {"Your buyer asked us to step in", "案件已升级"},
		"info_wanted":     {"More information needed for your case", "请提供更多信息"},
		"closed":          {"Your case 5012345678 is now closed", "案件已關閉"},
	},
	"aliexpress": {
		"opened":    {"The buyer opened a dispute for order 8012345678901234", "买家提起纠纷"},
		"modified":  {"Dispute of order 8012345678901234 modified by the buyer", "买家修改了纠纷方案"},
		"platform":  {"AliExpress has stepped in", "平台已介入"},
		"ruled":     {"Dispute ruling for order 8012345678901234", "纠纷裁决结果"},
		"closed":    {"Your dispute is closed", "纠纷已关闭"},
		"withdrawn": {"The buyer canceled the dispute", "买家撤销了纠纷"},
	},
	"amazon": {
		"atoz_opened":      {"An A-to-z Guarantee claim was received", "A-to-z 索赔通知"},
		"atoz_information": {"Action required: A-to-z Guarantee claim on order 203-1234567-7654321"},
		"return_request":   {"Return authorization request for order 203-1234567-7654321", "买家退货请求"},
		"chargeback":       {"Chargeback notification for order 203-1234567-7654321", "信用卡拒付通知"},
		"ruled":            {"A-to-z claim granted on order 203-1234567-7654321", "索赔已批准"},
		"closed":           {"Your A-to-z claim is closed", "索赔已关闭"},
	},
	"paypal": {
		"opened":                 {"You have a new dispute", "买家提起争议"},
		"escalated":              {"Your dispute was escalated to a claim", "争议已升级"},
		"chargeback_information": {"Notification of chargeback: more information needed"},
		"information":            {"We need more information about case PP-R-ABC-123456789", "我们需要您提供更多信息"},
		"chargeback":             {"You received a chargeback", "您收到信用卡退单"},
		"closed":                 {"Your dispute has been resolved", "个案已结案"},
		"withdrawn":              {"Your buyer canceled the dispute"},
	},
	"stripe": {
		"created": {"A charge of 20.00 EUR has been disputed", "一笔付款被争议"},
		"due":     {"Evidence is due soon", "请提交争议证据"},
		"closed":  {"You won the dispute", "争议胜诉"},
		"ended":   {"Your inquiry is closed", "争议已关闭"},
	},
	"shopify": {
		"created": {"Chargeback opened on order #1042", "收到拒付"},
		"inquiry": {"An inquiry was opened on order #1042"},
		"due":     {"Your chargeback response is due tomorrow", "拒付即将到期"},
		"ruled":   {"You lost the chargeback", "拒付胜诉"},
		"closed":  {"The inquiry is closed"},
	},
	"etsy": {
		"help_request": {"A buyer needs help with an order", "帮助请求"},
		"case_opened":  {"A buyer opened a case", "买家提交了个案"},
		"escalated":    {"Your case was escalated"},
		"closed":       {"Your case is resolved", "个案已关闭"},
	},
	"shopee": southEast, "lazada": southEast, "tiktok": southEast,
}

var southEast = map[string][]string{
	"requested": {"Refund request received", "买家提交退款申请"},
	"disputed":  {"Return request under review", "平台已介入"},
	"ruled":     {"Refund decision", "退货判定结果"},
	"closed":    {"Your return request is closed", "退款已完成"},
}

func TestEveryRuleHasItsSample(t *testing.T) {
	senders := map[string]string{
		"ebay": "a@ebay.com", "aliexpress": "a@aliexpress.com", "amazon": "a@amazon.com", "paypal": "a@paypal.com", "stripe": "a@stripe.com",
		"shopify": "a@shopify.com", "etsy": "a@etsy.com", "shopee": "a@shopee.sg", "lazada": "a@lazada.sg", "tiktok": "a@tiktok.com",
	}
	for _, r := range builtInSet(t).list {
		for _, e := range r.Events {
			if len(e.Subject) == 0 && len(e.Header) > 0 {
				for _, value := range e.Header {
					n := one(t, "From: "+senders[r.ID]+"\r\nSubject: Invented\r\n"+r.Header+": "+value, "Invented.")
					if n.Rule != e.ID || n.Kind != e.Is || n.Channel != e.Channel || n.Found[0].Where != InHeader {
						t.Errorf("%s: %s %s %s", value, n.Rule, n.Kind, n.Channel)
					}
				}
				continue
			}
			samples := ruleSamples[r.ID][e.ID]
			if len(samples) == 0 {
				t.Errorf("%s/%s has no sample", r.ID, e.ID)
			}
			for _, subject := range samples {
				n := one(t, "From: "+senders[r.ID]+"\r\nSubject: "+subject+"\r\nContent-Type: text/plain; charset=utf-8", "Invented.")
				if n.Recognizer != r.ID || n.Rule != e.ID || n.Kind != e.Is {
					t.Errorf("%q: %s/%s %s, want %s/%s %s (doubts %s)", subject, n.Recognizer, n.Rule, n.Kind, r.ID, e.ID, e.Is, doubts(n))
				}
			}
		}
	}
}
