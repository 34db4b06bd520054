package importer

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"casebinder/data"
)

func TestAmounts(t *testing.T) {
	none, comma, point := formAmbiguous, formComma, formPoint
	for _, c := range []struct {
		text    string
		decimal form
		shop    string
		want    string // "" when it is refused
	}{
		{"45.99", none, "USD", "USD 45.99"},
		{"$45.99", none, "USD", "USD 45.99"},
		{"$45.99", none, "HKD", "HKD 45.99"},
		{"$45.99", none, "", ""},
		{"US $45.99", none, "", "USD 45.99"},
		{"US $ 1,045.99", none, "EUR", "USD 1045.99"},
		{"AU $5.00", none, "USD", "AUD 5.00"},
		{"C $5.00", none, "USD", "CAD 5.00"},
		{"€12,50", none, "", "EUR 12.50"},
		{"12,50 €", none, "", "EUR 12.50"},
		{"1.234,56", none, "EUR", "EUR 1234.56"},
		{"1,234.56", none, "USD", "USD 1234.56"},
		{"1 234,56 €", none, "", "EUR 1234.56"},
		{"1\u202f234,56\u00a0€", none, "", "EUR 1234.56"},
		{"1'234.50 CHF", none, "", "CHF 1234.50"},
		{"EUR 1.234.567,00", none, "", "EUR 1234567.00"},
		{"12,34,567.00 INR", none, "", "INR 1234567.00"},
		{"1,234", none, "USD", ""},
		{"1,234", point, "USD", "USD 1234.00"},
		{"1,234", comma, "EUR", ""}, // 1.234 euros: no such coin
		{"1,230", comma, "EUR", "EUR 1.23"},
		{"1.234", comma, "EUR", "EUR 1234.00"},
		{"1,200", none, "JPY", "JPY 1200"},
		{"¥1,200", none, "JPY", "JPY 1200"},
		{"￥1,200", none, "CNY", ""},
		{"￥1,200.00", none, "CNY", "CNY 1200.00"},
		{"¥1,200.00", none, "USD", ""},
		{"1200.00", none, "JPY", "JPY 1200"},
		{"1200.50", none, "JPY", ""},
		{"(12.00)", none, "USD", "USD -12.00"},
		{"-3,00", none, "EUR", "EUR -3.00"},
		{"−$3.00", none, "USD", "USD -3.00"},
		{"3.00-", none, "USD", "USD -3.00"},
		{".50", none, "USD", "USD 0.50"},
		{"0,123", none, "KWD", "KWD 0.123"},
		{"12.345", none, "KWD", ""},
		{"12.34", comma, "EUR", ""},
		{"1.23E+5", none, "USD", ""},
		{"12 pieces", none, "USD", ""},
		{"1,23,4", none, "USD", ""},
		{"99999999999999999999", none, "USD", ""},
		{"$5 - $7", none, "USD", ""},
		{"5%", none, "USD", ""},
		// A dash in the place of decimals is no minus; behind bare digits it is one.
		{"CHF 1'234.-", none, "", "CHF 1234.00"},
		{"45:-", none, "SEK", "SEK 45.00"},
		{"€ 45,--", none, "", "EUR 45.00"},
		{"kr 45,-", none, "NOK", "NOK 45.00"},
		{"1.234,– €", none, "", "EUR 1234.00"},
		{"1.23,- €", none, "", ""}, // groups of two
		{"45-", none, "USD", "USD -45.00"},
		{"-45,-", none, "DKK", "DKK -45.00"},
		{"$(12.00)", none, "USD", "USD -12.00"},
		{"(12.00) USD", none, "", "USD -12.00"},
		{"-(12.00)", none, "USD", ""},
		{"--45", none, "USD", ""},
		{"-45-", none, "USD", ""},
		// Currencies are those of ISO 4217 and the signs that people write.
		{"10 pcs", none, "USD", ""},
		{"10 PCS", none, "USD", ""},
		{"$10 pcs", none, "USD", ""},
		{"3 pen", none, "USD", ""},
		{"3 pen", none, "PEN", "PEN 3.00"},
		{"3 PEN", none, "USD", "PEN 3.00"},
		{"10 BTC", none, "USD", ""},
		{"45,00 eur", none, "", "EUR 45.00"},
		{"120,50 lei", none, "", "RON 120.50"},
		{"120,50 lei", none, "MDL", "MDL 120.50"},
		{"99,90 TL", none, "", "TRY 99.90"},
		{"12,000원", none, "", "KRW 12000"},
		{"19,90 zł", none, "", "PLN 19.90"},
		{"1 290 Kč", none, "", "CZK 1290.00"},
		{"4 990 Ft", none, "", "HUF 4990.00"},
		{"199 kr", none, "SEK", "SEK 199.00"},
		{"199 kr", none, "EUR", ""},
		{"250 元", none, "TWD", "TWD 250.00"},
		{"250 元", none, "", ""},
		{"$45.99 CAD", none, "USD", "CAD 45.99"},
		{"€45.99 USD", none, "", ""},
		{"KD 1.250", point, "", "KWD 1.250"},
		// Digits of other scripts. Their signs tell decimals from groups.
		{"１，２３４．５０円", none, "", ""},
		{"￥１，２３４", none, "JPY", "JPY 1234"},
		{"١٬٢٣٤٫٥٠ ر.س", none, "", "SAR 1234.50"},
		{"۱۲۳٫۵ ریال", none, "", "IRR 123.50"},
		{"١٢٫٣٤٥ د.ك", none, "", "KWD 12.345"},
		{"๑๒๓ ฿", none, "", "THB 123.00"},
	} {
		l := &plan{preset: &Preset{}, shop: data.Shop{Currency: c.shop}, decimal: c.decimal, currency: -1}
		got := ""
		rec := &record{text: c.text, ends: []int{len(c.text)}}
		if a, ok, bad := l.amountAt(rec, 0); ok && bad == nil {
			if currency, bad := l.currencyOf(a, ""); bad == nil && currency != "" {
				if m, bad := l.money(a, currency); bad == nil {
					got = m.String()
				}
			}
		}
		if got != c.want {
			t.Errorf("%q (decimal %d, shop %s) is %q, want %q", c.text, c.decimal, c.shop, got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text  string
		order dateOrder
		want  string // RFC 3339 in UTC; "" when refused; "?" when it could be two days
	}{
		{"2025-07-21", 0, "2025-07-20T16:00:00Z"},
		{"2025-07-21 10:00", 0, "2025-07-21T02:00:00Z"},
		{"2025-07-21T10:00:00Z", 0, "2025-07-21T10:00:00Z"},
		{"2025-07-21T10:00:00.250+02:00", 0, "2025-07-21T08:00:00Z"},
		{"2024-05-01 10:00:00 +0000", 0, "2024-05-01T10:00:00Z"},
		{"2025/7/1 9:05", 0, "2025-07-01T01:05:00Z"},
		{"2025年7月21日 10:00", 0, "2025-07-21T02:00:00Z"},
		{"20250721", 0, "2025-07-20T16:00:00Z"},
		{"Jul-21-25", 0, "2025-07-20T16:00:00Z"},
		{"Jul-21-25 14:02 PDT", 0, "2025-07-21T21:02:00Z"},
		{"21-Jul-25", 0, "2025-07-20T16:00:00Z"},
		{"Jan 5, 2026", 0, "2026-01-04T16:00:00Z"},
		{"July 21, 2025 2:02 PM", 0, "2025-07-21T06:02:00Z"},
		{"July 21, 2025 12:02 AM", 0, "2025-07-20T16:02:00Z"},
		{"5 Jan 2026", 0, "2026-01-04T16:00:00Z"},
		{"21/07/2025", 0, "2025-07-20T16:00:00Z"},
		{"07/21/2025", 0, "2025-07-20T16:00:00Z"},
		{"09/08/26", 0, "?"},
		// Months, weekdays and halves of the day in the languages of the platforms.
		{"4. März 2026", 0, "2026-03-03T16:00:00Z"},
		{"4.März 2026, 14:05 Uhr", 0, "2026-03-04T06:05:00Z"},
		{"Mittwoch, 4. März 2026 um 14:05", 0, "2026-03-04T06:05:00Z"},
		{"Fri, 12 Jun 2026 14:05:10 +0000", 0, "2026-06-12T14:05:10Z"},
		{"Friday, June 12th, 2026 2:05 p.m.", 0, "2026-06-12T06:05:00Z"},
		{"12 juin 2026 à 14h05", 0, "2026-06-12T06:05:00Z"},
		{"mar. 2 juin 2026", 0, "2026-06-01T16:00:00Z"},
		{"1er févr. 2026", 0, "2026-01-31T16:00:00Z"},
		{"12 de junio de 2026 2:05 p. m.", 0, "2026-06-12T06:05:00Z"},
		{"12 giu 2026, 14:05", 0, "2026-06-12T06:05:00Z"},
		{"12 июня 2026 г., 14:05", 0, "2026-06-12T06:05:00Z"},
		{"12.06.2026 klo 14.05", 0, "2026-06-12T06:05:00Z"},
		{"2026. június 12.", 0, "2026-06-11T16:00:00Z"},
		{"12 tháng 6, 2026 2:05 CH", 0, "2026-06-12T06:05:00Z"},
		{"12 มิ.ย. 2569 14:05 น.", 0, "2026-06-12T06:05:00Z"},
		{"12 Agu 2026", 0, "2026-08-11T16:00:00Z"},
		{"12 listopad 2026", 0, ""}, // November in Polish, October in Croatian
		{"2026年6月12日14:05", 0, "2026-06-12T06:05:00Z"},
		{"2026年6月12日 下午2:05", 0, "2026-06-12T06:05:00Z"},
		{"2026/6/12 下午 02:05:10", 0, "2026-06-12T06:05:10Z"},
		{"2026/06/12 上午12:05", 0, "2026-06-11T16:05:00Z"},
		{"2026年6月12日(金) 14時05分", 0, "2026-06-12T06:05:00Z"},
		{"2026년 6월 12일 오후 2:05", 0, "2026-06-12T06:05:00Z"},
		{"2026. 6. 12. 오후 2:05:10", 0, "2026-06-12T06:05:10Z"},
		{"２０２６/０６/１２　１４：０５", 0, "2026-06-12T06:05:00Z"},
		{"١٢/٠٦/٢٠٢٦", dayFirst, "2026-06-11T16:00:00Z"},
		{"١٢/٠٦/٢٠٢٦", 0, "?"},
		{"۲۰۲۶-۰۶-۱۲ ۱۴:۰۵", 0, "2026-06-12T06:05:00Z"},
		{"下午2:05 2026-06-12", 0, ""},
		{"2026-06-12 下午14:05 PM", 0, ""},
		{"2026-06-12 13:05 AM", 0, ""},
		{"12 mar. jun 2026", 0, ""},
		{"08/08/26", 0, "2026-08-07T16:00:00Z"},
		{"09/08/26", dayFirst, "2026-08-08T16:00:00Z"},
		{"09/08/26", monthFirst, "2026-09-07T16:00:00Z"},
		{"21/07/2025", monthFirst, ""},
		{"09.08.2026", monthFirst, "2026-08-08T16:00:00Z"},
		{"2025-07-21 10:00 CST", 0, "2025-07-21T02:00:00Z"}, // Shanghai calls itself CST
		{"2025-07-21 10:00 IST", 0, ""},
		{"2025-07-21 10:00 America/New_York", 0, "2025-07-21T14:00:00Z"},
		{"2025-02-31", 0, ""},
		{"31 Feb 2025", 0, ""},
		{"2025-02-29", 0, ""},
		{"2024-02-29", 0, "2024-02-28T16:00:00Z"},
		// The 12th of June 2026 is a Friday, the 6th of December a Sunday.
		{"Thu, 12 Jun 2026", 0, ""},
		{"2026年6月12日 星期四", 0, ""},
		{"2026年6月12日(金)", 0, "2026-06-11T16:00:00Z"},
		{"Freitag, 06/12/2026", 0, "2026-06-11T16:00:00Z"},
		{"Sunday 06/12/2026", 0, "2026-12-05T16:00:00Z"},
		{"Sunday 06/12/2026", monthFirst, ""},
		{"Tue, 06/12/2026", 0, ""},
		{"2025-13-01", 0, ""},
		{"2025-07-21 25:00", 0, ""},
		{"2025-07-21 13:00 PM", 0, "2025-07-21T05:00:00Z"},
		{"2025-07-21 14:00 AM", 0, ""},
		{"1890-01-01", 0, ""},
		{"soon", 0, ""},
		{"5 days 3 hours", 0, ""},
		{"12345", 0, ""},
		{"2025-07-21 and more", 0, ""},
	} {
		d := dateReader{zone: shanghai, order: c.order}
		p, ok := d.read(c.text, kindText, nil)
		got := ""
		switch {
		case ok && p.ambiguous:
			got = "?"
		case ok:
			got = p.at.Truncate(time.Second).Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%q (order %d) is %q, want %q", c.text, c.order, got, c.want)
		}
	}
	// 45859.5 is 2025-07-21 12:00 in a spreadsheet.
	d := dateReader{zone: shanghai}
	if p, ok := d.read("45859.5", kindNumber, nil); !ok || !p.at.Equal(utc(2025, 7, 21, 4, 0, 0)) {
		t.Errorf("the day number is %v", p.at)
	}
}

func TestHoursThatNeverWereOrWereTwice(t *testing.T) {
	for _, c := range []struct {
		text, zone string
		want       string // the moment in UTC
		turn       data.ClockTurn
	}{
		{"2026-03-29 02:30", "Europe/Berlin", "2026-03-29T01:30:00Z", data.TurnGap},
		{"2026-03-29 03:30", "Europe/Berlin", "2026-03-29T01:30:00Z", data.TurnNone},
		{"2026-10-25 02:30", "Europe/Berlin", "2026-10-25T00:30:00Z", data.TurnTwice},
		{"2026-10-25 01:59", "Europe/Berlin", "2026-10-24T23:59:00Z", data.TurnNone},
		{"2026-10-25 03:00", "Europe/Berlin", "2026-10-25T02:00:00Z", data.TurnNone},
		{"2026-10-25 02:30 +0100", "Europe/Berlin", "2026-10-25T01:30:00Z", data.TurnNone},
		{"2026-03-08 02:15:00", "America/New_York", "2026-03-08T07:15:00Z", data.TurnGap},
		{"2026-11-01 01:15:00", "America/New_York", "2026-11-01T05:15:00Z", data.TurnTwice},
		{"2026-11-01", "America/New_York", "2026-11-01T04:00:00Z", data.TurnNone},
		{"2026-04-05 02:30", "Australia/Sydney", "2026-04-04T15:30:00Z", data.TurnTwice},
		{"2026-06-12 02:30", "Asia/Shanghai", "2026-06-11T18:30:00Z", data.TurnNone},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, layouts := range [][]string{nil, {"2006-01-02 15:04"}} {
			d := dateReader{zone: zone, layouts: layouts}
			p, ok := d.read(c.text, kindText, nil)
			if got := p.at.Format(time.RFC3339); !ok || got != c.want || p.turn != c.turn {
				t.Errorf("%s in %s is %s, turn %d; want %s, turn %d", c.text, c.zone, got, p.turn, c.want, c.turn)
			}
		}
	}
}

func TestEncodings(t *testing.T) {
	chinese := "订单号\t订单状态\t产品信息\t订单金额\n1\t订单结束\t【1】手机壳\tUS $1.00\n"
	unknown := "编号,客户,备注\n1,王小明,请尽快发货，谢谢\n2,李雷,不要在周末派送\n"
	latin := "Nummer;Kunde;Ort\n1;Jörg Müller;Köln\n2;René Façon;Genève\n3;Äpfel & Söhne;Weiß\n"
	japan := "番号,お客様,備考\n1,山田太郎,できるだけ早く発送してください\n2,佐藤花子,ありがとうございます\n"
	utf16 := func(e xunicode.Endianness, bom xunicode.BOMPolicy) encoding.Encoding { return xunicode.UTF16(e, bom) }
	for _, c := range []struct {
		name, text string
		enc        encoding.Encoding
		want       string
	}{
		{"plain", "Number,Customer\n1,Ann\n", encoding.Nop, encUTF8},
		{"utf-8", chinese, encoding.Nop, encUTF8},
		{"utf-8 with mark", "\uFEFF" + unknown, encoding.Nop, encUTF8},
		{"gb18030, known header", chinese, simplifiedchinese.GB18030, encGB},
		{"gb18030", unknown, simplifiedchinese.GB18030, encGB},
		{"gbk", unknown, simplifiedchinese.GBK, encGB},
		{"windows-1252", latin, charmap.Windows1252, encLatin},
		{"shift-jis", japan, japanese.ShiftJIS, encSJIS},
		{"utf-16le with mark", unknown, utf16(xunicode.LittleEndian, xunicode.ExpectBOM), encLE},
		{"utf-16be with mark", unknown, utf16(xunicode.BigEndian, xunicode.ExpectBOM), encBE},
		{"utf-16le", chinese, utf16(xunicode.LittleEndian, xunicode.IgnoreBOM), encLE},
		{"utf-16be", chinese, utf16(xunicode.BigEndian, xunicode.IgnoreBOM), encBE},
		{"latin far below", "Number,Customer\n" + strings.Repeat("1,Ann\n", 60_000) + "2,Zoë\n3,José\n", charmap.Windows1252, encLatin},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := c.enc.NewEncoder().Bytes([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			in, err := InspectAs(context.Background(), bytesSource("a.csv", b), presets(t), Layout{}, TargetOrders)
			if err != nil {
				t.Fatal(err)
			}
			if in.Encoding != c.want {
				t.Errorf("encoding %s, want %s", in.Encoding, c.want)
			}
			plain := strings.TrimPrefix(c.text, "\uFEFF")
			if first := in.Columns[0].Header; !strings.HasPrefix(plain, first) || first == "" {
				t.Errorf("first header %q", first)
			}
		})
	}
}

func TestUnknownFileIsMappedByHand(t *testing.T) {
	text := "Shop report\n\nBestellnummer;Datum;Betrag;Kunde;Farbe\nB-1;03/04/2026;1.200;Ann;rot\nB-2;05/04/2026;950;Bo;blau\n"
	src := textSource("own.csv", text)
	in, err := InspectAs(context.Background(), src, presets(t), Layout{}, TargetOrders)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "preset", in.Preset == nil, true)
	want(t, "layout", in.Layout, Layout{Format: FormatText, Encoding: encUTF8, Separator: ';', HeaderLine: 3})
	var fields []Field
	for _, c := range in.Columns {
		fields = append(fields, c.Field)
	}
	want(t, "guesses", fields, []Field{FieldNumber, FieldOrderedAt, FieldTotal, FieldBuyerName, ""})
	if _, err := Read(context.Background(), src, in, Options{}, Sink{}); problemCode(t, err) != "import_no_preset" {
		t.Errorf("without a mapping: %v", err)
	}
	p, err := Mapping("own-shop", "Own shop", TargetOrders, in.Columns)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := Questions(context.Background(), src, in, Options{Preset: p})
	if err != nil || len(asked) != 3 || asked[0].Kind != AskDayFirst || asked[1].Kind != AskDecimal || asked[2].Kind != AskCurrency {
		t.Fatalf("questions %s, %v", show(asked), err)
	}
	if _, err := Read(context.Background(), src, in, Options{Preset: p}, Sink{}); problemCode(t, err) != "import_ask_dates" {
		t.Errorf("with open questions: %v", err)
	}
	opt := Options{Preset: p, Shop: shop(data.OtherSite, "", "EUR"), DayFirst: DayFirstYes, Decimal: DecimalComma}
	g, err := readAll(t, textSource("own.csv", text), TargetOrders, opt)
	if err != nil || len(g.orders) != 2 {
		t.Fatal(err)
	}
	o := g.orders["B-1"]
	want(t, "total", o.Total, eur(120000))
	want(t, "ordered", o.OrderedAt, day(2026, 4, 3, 0))
	want(t, "extra", o.Extra, map[string]string{"Farbe": "rot"})

	kept, err := EncodePreset(p)
	if err != nil {
		t.Fatal(err)
	}
	back, err := DecodePreset("own", kept)
	if err != nil {
		t.Fatalf("%v in %s", err, kept)
	}
	want(t, "kept preset", back, p)
	in, err = InspectAs(context.Background(), src, append([]*Preset{back}, presets(t)...), Layout{}, TargetOrders)
	if err != nil || in.Preset == nil || in.Preset.ID != "own-shop" {
		t.Errorf("the kept preset is not found again: %v", err)
	}
}

func TestAmbiguousAmountsAreDecidedByTheColumn(t *testing.T) {
	p := ownMapping(t)
	p.Currency = "EUR"
	text := shopHead + "A1,2025-07-21,\"1.234\",,Lamp,1\nA2,2025-07-21,\"12,50\",,Lamp,1\n"
	g, err := readAll(t, textSource("own.csv", text), TargetOrders, Options{Preset: p})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "total", g.order(t, "A1").Total, eur(123400))
	want(t, "total", g.order(t, "A2").Total, eur(1250))
}

func TestFeedbackAndMessages(t *testing.T) {
	text := "Order Number,Rating,Comment,Date,Buyer\nA1,Positive,\"Good, fast\",2025-07-21,ann\nA2,6,x,2025-07-21,bo\nA3,★★☆☆☆,slow,2025-07-22,cy\n"
	g, err := readAll(t, textSource("feedback.csv", text), TargetFeedback, Options{Shop: shop(data.EBay, "", "")})
	if err != nil || len(g.feedback) != 2 || len(g.rejected) != 1 || code(g.rejected[0]) != "import_stars" {
		t.Fatalf("%v %s %s", err, show(g.feedback), show(g.rejected))
	}
	f := g.feedback[0]
	want(t, "stars", []int{f.Stars, g.feedback[1].Stars}, []int{5, 2})
	want(t, "text", f.Text, "Good, fast")
	want(t, "left", f.LeftAt, day(2025, 7, 21, 0))
	want(t, "order and buyer", []string{f.OrderNumber, f.BuyerHandle}, []string{"A1", "ann"})

	// A dash for an answer is none; full-width digits are digits.
	text = "Order Number,Rating,Comment,Date,Buyer,Response\nA1,４,fine,2025-07-21,ann,-\nA2,1,bad,2025-07-21,bo,Sorry\n"
	g, err = readAll(t, textSource("feedback.csv", text), TargetFeedback, Options{Shop: shop(data.EBay, "", "")})
	if err != nil || len(g.feedback) != 2 {
		t.Fatalf("%v %s %s", err, show(g.feedback), show(g.rejected))
	}
	want(t, "stars", g.feedback[0].Stars, 4)
	want(t, "states", []data.FeedbackState{g.feedback[0].State, g.feedback[1].State}, []data.FeedbackState{data.FeedbackNew, data.FeedbackReplied})
	want(t, "answers", []string{g.feedback[0].Reply, g.feedback[1].Reply}, []string{"", "Sorry"})

	text = "FeedbackID,OrderID,CommentType,CommentText,CommentTime,Role\n1,12-34567-00001,Positive,Quick payment,2025-07-21T08:11:00.000Z,Buyer\n2,12-34567-00001,Negative,Broken,2025-07-22T08:11:00.000Z,Seller\n3,12-34567-00002,Positive,x,2025-07-22T08:11:00.000Z,Nobody\n"
	g, err = readAll(t, textSource("left.csv", text), TargetFeedback, Options{Shop: shop(data.EBay, "", "")})
	if err != nil || len(g.feedback) != 2 || len(g.rejected) != 1 || code(g.rejected[0]) != "import_side" {
		t.Fatalf("%v %s %s", err, show(g.feedback), show(g.rejected))
	}
	want(t, "given", []bool{g.feedback[0].Given, g.feedback[1].Given}, []bool{true, false})
	want(t, "states", []data.FeedbackState{g.feedback[0].State, g.feedback[1].State}, []data.FeedbackState{data.FeedbackDone, data.FeedbackNew})

	text = "Order ID;Sent;Direction;Message\nA1;2025-07-21 10:00 GMT+8;in;\"Where is it?\nHello?\"\nA1;2025-07-21 11:00;out;On its way\nA1;2025-07-21 12:00;sideways;x\n"
	g, err = readAll(t, textSource("messages.csv", text), TargetMessages, Options{Shop: shop(data.EBay, "", "")})
	if err != nil || len(g.messages) != 2 || len(g.rejected) != 1 || code(g.rejected[0]) != "import_direction" {
		t.Fatalf("%v %s %s", err, show(g.messages), show(g.rejected))
	}
	m := g.messages[0]
	want(t, "text", m.Text, "Where is it?\nHello?")
	want(t, "sent", m.SentAt, utc(2025, 7, 21, 2, 0, 0))
	want(t, "directions", []data.Direction{m.Direction, g.messages[1].Direction}, []data.Direction{data.FromBuyer, data.ToBuyer})
}

func TestPresetsAreChecked(t *testing.T) {
	good := "id = \"x\"\ntitle = \"X\"\ntarget = \"orders\"\nrequire = [\"No\"]\n"
	columns := "[columns]\nnumber = [\"No\"]\n"
	if _, err := DecodePreset("good.toml", []byte(good+columns)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, field string }{
		{"id = 5\n", "line 1"},
		{"id = \"x\n", "line 1"},
		{"id = \"X y\"\n", "id"},
		{good + "colour = 1\n" + columns, "colour"},
		{good, "columns.number"},
		{good + columns + "nonsense = [\"No\"]\n", "columns.nonsense"},
		{good + "zone = \"Mars/Base\"\n" + columns, "zone"},
		{good + "dates = [\"15:04\"]\n" + columns, "dates"},
		{good + "footer = [\"(\"]\n" + columns, "footer"},
		{good + "decimal = \"x\"\n" + columns, "decimal"},
		{good + columns + "[[status]]\nheader = \"S\"\nwords = [\"a\"]\nis = \"lost\"\n", "status.1.is"},
		{good + columns + "[[rows]]\nheader = \"S\"\ndo = \"leave\"\n", "rows.1"},
		{good + columns + "[symbols]\n\"$\" = \"dollar\"\n", "symbols.$"},
	} {
		_, err := DecodePreset("bad.toml", []byte(c.text))
		p, ok := data.AsProblem(err)
		if !ok || p.Kind.Code != "pack_line" || !strings.Contains(err.Error(), "bad.toml") || !strings.Contains(err.Error(), c.field) {
			t.Errorf("%q gives %v, want the field %s", c.text, err, c.field)
		}
	}
	twice := fstest.MapFS{
		"a.toml": {Data: []byte(good + columns)}, "b.toml": {Data: []byte(good + columns)},
	}
	if _, err := presetKind.Load(twice, "."); problemCode(t, err) != "pack_twice" {
		t.Errorf("two presets of one id: %v", err)
	}
}

// TestEveryPresetFindsItsOwnHeader makes a file from each preset's own first
// headers: it must be found among all the others.
func TestEveryPresetFindsItsOwnHeader(t *testing.T) {
	for _, p := range presets(t) {
		names := map[string]bool{}
		for _, need := range p.Require {
			name, _, _ := strings.Cut(need, "|")
			names[name] = true
		}
		for _, headers := range p.Columns {
			names[headers[0]] = true
		}
		var b bytes.Buffer
		for name := range names {
			b.WriteString("\"" + name + "\",")
		}
		b.WriteString("x\n1,2,3\n")
		in, err := InspectAs(context.Background(), bytesSource(p.ID, b.Bytes()), presets(t), Layout{}, p.Target)
		if err != nil || in.Preset == nil || in.Preset.ID != p.ID {
			t.Errorf("the header of %s: %v", p.ID, err)
		}
	}
}
