package notice

import (
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// generic is a recognizer for trying how dates and amounts are read.
func generic(t testing.TB, more string) *Recognizer {
	t.Helper()
	r, err := Decode("test.toml", []byte(`
id = "test"
title = "Test"
platform = "test"
confidence = "confirmed"
senders = [".platform.example"]
brand = ['\bplatform\b']
`+more+`
[[event]]
id = "opened"
is = "opened"
subject = ['case opened']
[[field]]
is = "case_number"
patterns = ['case:\s*(?P<value>\d+)']
[[field]]
is = "due"
patterns = ['due:(?P<value>)']
[[field]]
is = "amount"
patterns = ['amount:(?P<value>)']
`))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// read1 reads an invented mail of the generic platform.
func read1(t testing.TB, r *Recognizer, o Options, body string) *Notice {
	t.Helper()
	for n, err := range Read(t.Context(), "m.eml", strings.NewReader("From: a@platform.example\nSubject: case opened\n"+
		"Date: Sun, 01 Mar 2026 00:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n"+body), NewSet(nil, []*Recognizer{r}), o) {
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	t.Fatal("no mail")
	return nil
}

func TestDueForms(t *testing.T) {
	plain := generic(t, "")
	for _, c := range []struct{ text, at, doubts string }{
		{"2026-03-14T23:59:00Z", "2026-03-14T23:59:00Z", ""},
		{"2026-03-14 23:59 +0800", "2026-03-14T15:59:00Z", ""},
		{"2026/3/14 23:59:30 UTC-5", "2026-03-15T04:59:30Z", ""},
		{"March 14, 2026 at 5:00 p.m. PT", "2026-03-15T00:00:00Z", ""}, // summer time since March 8
		{"Sat, Mar 14th 2026, 12:00 AM EDT", "2026-03-14T04:00:00Z", ""},
		{"Sat, Mar 14th 2026, 12:00 AM EST", "2026-03-14T04:00:00Z", "due_season"}, // EDT is meant, or EST: the earlier
		{"December 14, 2026 11:59 PM PDT", "2026-12-15T06:59:00Z", "due_season"},   // as written it is the earlier
		{"14. Juli 2026 18:00 Uhr MEZ", "2026-07-14T16:00:00Z", "due_season"},
		{"Montag, 14. Dezember 2026, 18:00 Uhr MEZ", "2026-12-14T17:00:00Z", ""},
		{"le 14 août 2026 12:00 UTC", "2026-08-14T12:00:00Z", ""},
		{"1er décembre 2026 12:00 UTC", "2026-12-01T12:00:00Z", ""},
		{"5 de diciembre de 2026 12:00 UTC", "2026-12-05T12:00:00Z", ""},
		{"5 de março de 2026 12:00 UTC", "2026-03-05T12:00:00Z", ""},
		{"martedì 5 maggio 2026 12:00 UTC", "2026-05-05T12:00:00Z", ""},
		{"5 grudnia 2026 12:00 UTC", "2026-12-05T12:00:00Z", ""},
		{"5 июня 2026 12:00 UTC", "2026-06-05T12:00:00Z", ""},
		{"2026년 3월 14일 12:00 UTC", "2026-03-14T12:00:00Z", ""},
		{"11:59 PM PDT on Saturday, March 14, 2026", "2026-03-15T06:59:00Z", ""},
		{"by 14 March 2026 12:00 (GMT+8)", "2026-03-14T04:00:00Z", ""},
		{"14-Mar-2026 06:30 CET", "2026-03-14T05:30:00Z", ""},
		{"14.03.2026 06:30 CET", "2026-03-14T05:30:00Z", ""},
		{"3/14/2026 5pm PDT", "2026-03-15T00:00:00Z", ""},
		{"14/03/2026 06:00 UTC", "2026-03-14T06:00:00Z", ""},
		{"04/04/2026 06:00 UTC", "2026-04-04T06:00:00Z", ""},
		{"北京时间2026年3月14日(周六)下午3:05", "2026-03-14T07:05:00Z", ""},
		{"2026年3月14日 15时05分 北京时间", "2026-03-14T07:05:00Z", ""},
		{"美国太平洋时间 2026-03-14 23:59", "2026-03-15T06:59:00Z", ""},
		{"2026-03-14 24:00 UTC", "2026-03-15T00:00:00Z", ""},
		{"2026-03-14\n   23:59 UTC", "2026-03-14T23:59:00Z", ""},
		{"2026-03-14 UTC", "2026-03-14T23:59:59Z", "due_day"},
		{"2026-03-14 23:59", "", "due_zone"},
		{"2026-03-14 23:59 CST", "", "due_zone"},
		{"2026-03-14 23:59 IST", "", "due_zone"},
		{"03/04/2026 06:00 UTC", "", "due_ambiguous"},
		{"March 14", "", "due_no_year"},
		{"3月14日 23:59 北京时间", "", "due_no_year"},
		{"Monday, March 14, 2026 10:00 UTC", "", "due_weekday"},
		{"February 30, 2026 10:00 UTC", "", "due_unread"},
		{"13/13/2026", "", "due_unread"},
		{"soon", "", "due_unread"},
		{"2026-03-14 25:00 UTC", "", "due_unread"},
		{"March 8, 2026 2:30 AM Pacific Time", "", "due_clock"},    // skipped
		{"November 1, 2026 1:30 AM Pacific Time", "", "due_clock"}, // twice
		{"November 1, 2026 1:30 AM PST", "2026-11-01T09:30:00Z", ""},
		{"2026-02-01 10:00 UTC", "2026-02-01T10:00:00Z", "due_before"},
	} {
		n := read1(t, plain, Options{}, "due: "+c.text+"\n\nmore")
		at := ""
		if !n.Due.At.IsZero() {
			at = n.Due.At.Format("2006-01-02T15:04:05Z")
		}
		if at != c.at || doubts(n) != c.doubts {
			t.Errorf("%q: %q with doubts %q, want %q with %q", c.text, at, doubts(n), c.at, c.doubts)
		}
		if n.Due.Text == "" {
			t.Errorf("%q: what was written is not shown", c.text)
		}
	}
}

func TestRecognizerSaysHowDatesAreMeant(t *testing.T) {
	r := generic(t, "zone = \"Asia/Shanghai\"\nday_first = \"no\"\n[zones]\nCST = \"Asia/Shanghai\"\n")
	for text, want := range map[string]string{
		"03/04/2026 08:00":     "2026-03-04T00:00:00Z recognizer",
		"03/04/2026 08:00 CST": "2026-03-04T00:00:00Z mail",
		"03/04/2026 08:00 UTC": "2026-03-04T08:00:00Z mail",
		"13/04/2026 08:00 UTC": "2026-04-13T08:00:00Z mail",
	} {
		n := read1(t, r, Options{Zone: time.FixedZone("elsewhere", 3600)}, "due: "+text)
		if got := n.Due.At.Format(time.RFC3339) + " " + string(n.Due.ZoneFrom); got != want || len(n.Doubts) != 0 {
			t.Errorf("%s: %s (%s), want %s", text, got, doubts(n), want)
		}
	}
}

func TestAmountForms(t *testing.T) {
	r := generic(t, "")
	for _, c := range []struct{ text, want, doubts string }{
		{"US $45.99", "USD 45.99", ""},
		{"$45.99 USD", "USD 45.99", ""},
		{"USD 1,234.50", "USD 1234.50", ""},
		{"1.234,50 €", "EUR 1234.50", ""},
		{"EUR 45,99", "EUR 45.99", ""},
		{"C $12.00", "CAD 12.00", ""},
		{"CA$12", "CAD 12.00", ""},
		{"1,234 USD", "USD 1234.00", ""},
		{"4,599 JPY", "JPY 4599", ""},
		{"¥4599 JPY", "JPY 4599", ""},
		{"R$ 1.234,56", "BRL 1234.56", ""},
		{"35.00元", "CNY 35.00", ""},
		{"人民币 35", "CNY 35.00", ""},
		{"$45.99 AUD", "AUD 45.99", ""},
		{"1,234 KWD", "", "amount_unread"}, // one thousand, or one and a quarter
		{"$45.99", "", "amount_currency"},
		{"¥45", "", "amount_currency"},
		{"45.99", "", "amount_currency"},
		{"EUR $5", "", "amount_currency"},
		{"XQZ 5", "", "amount_currency"},
		{"USD 1.2.3", "", "amount_unread"},
		{"USD 45.999", "USD 45999.00", ""},
		{"full refund", "", "amount_unread"},
	} {
		n := read1(t, r, Options{}, "amount: "+c.text+"\n")
		if n.Amount.String() != c.want || doubts(n) != c.doubts {
			t.Errorf("%q: %q with doubts %q, want %q with %q", c.text, n.Amount, doubts(n), c.want, c.doubts)
		}
	}
	n := read1(t, r, Options{Currency: "SGD"}, "amount: $5.00\n")
	if n.Amount != (data.Money{Minor: 500, Currency: "SGD"}) {
		t.Errorf("the shop's currency: %v", n.Amount)
	}
	n = read1(t, r, Options{Currency: "EUR"}, "amount: $5.00\n")
	if !n.Amount.IsZero() {
		t.Errorf("a dollar became %v", n.Amount)
	}
}

func TestTwoValuesAreNone(t *testing.T) {
	r := generic(t, "")
	n := read1(t, r, Options{}, "case: 1\ncase: 2\ncase: 1\n")
	if n.CaseNumber != "" || len(n.Found) != 4 {
		t.Errorf("case %q, found %v", n.CaseNumber, n.Found)
	}
	wantDoubt(t, n, problemTwoValues)
	n = read1(t, r, Options{}, "due: 2026-03-14 10:00 UTC\ndue: 2026-03-15 10:00 UTC\n")
	if !n.Due.At.IsZero() {
		t.Errorf("due %v", n.Due)
	}
	wantDoubt(t, n, problemTwoValues)
	n = read1(t, r, Options{}, "due: 2026-03-14 10:00 UTC\ndue: March 14, 2026, 6:00 PM +08:00\ncase: 7 case: 7")
	if n.Due.At.IsZero() || n.CaseNumber != "7" || len(n.Doubts) != 0 {
		t.Errorf("the same said twice: %v %q %s", n.Due, n.CaseNumber, doubts(n))
	}
	n = read1(t, r, Options{}, "due: March 14, 2026\ndue: 2026-03-14 10:00 UTC\n")
	if n.Due.At.IsZero() || n.Due.DayOnly || len(n.Doubts) != 0 {
		t.Errorf("day and time: %v %s", n.Due, doubts(n))
	}
	n = read1(t, r, Options{}, "amount: USD 5\namount: USD 6\n")
	if !n.Amount.IsZero() {
		t.Errorf("amount %v", n.Amount)
	}
	wantDoubt(t, n, problemTwoValues)
}

func TestNobodyRecognizes(t *testing.T) {
	for _, c := range []struct {
		header string
		kind   *data.ProblemKind
	}{
		{"From: someone@example.com\r\nSubject: lunch", problemUnknownSender},
		{"From: \"eBay\" <ebay@ebay.com.evil.example>\r\nSubject: Your case is closed", problemLooksLike},
		{"From: ebay@notebay.com\r\nSubject: eBay case 5012345678 closed", problemLooksLike},
		{"From: \"service@paypal.com\" <x@example.net>\r\nSubject: dispute", problemLooksLike},
		{"From: buyer <x123@members.ebay.com>\r\nSubject: Your case is closed", problemRelayed},
		{"From: x@marketplace.amazon.com\r\nSubject: A-to-z claim granted", problemRelayed},
		{"From: ebay@ebay.com, evil@example.com\r\nSubject: Your case is closed", problemManySenders},
		{"From: ebay@ebay.com\r\nFrom: evil@example.com\r\nSubject: Your case is closed", problemManySenders},
		{"Subject: Your eBay case is closed", problemNoSender},
		{"From: eBay\r\nSubject: Your eBay case is closed", problemNoSender},
		{"From: ebay@ebay.com\r\nSubject: Deals of the week", problemNoEvent},
	} {
		n := one(t, c.header, "case closed")
		if n.Recognized() || n.Kind != "" {
			t.Errorf("%q: recognized by %s as %s", c.header, n.Recognizer, n.Kind)
		}
		wantDoubt(t, n, c.kind)
	}
}

func TestEventsThatDisagree(t *testing.T) {
	n := one(t, "From: a@paypal.com\r\nSubject: Your dispute is closed: you received a chargeback", "")
	if n.Kind != "" || !n.Recognized() {
		t.Errorf("%s %s", n.Recognizer, n.Kind)
	}
	wantDoubt(t, n, problemTwoEvents)
}

func TestPaste(t *testing.T) {
	set := builtInSet(t)
	n, err := Paste("发件人: PayPal <service@paypal.com>\n主题: 买家提出争议\n日期: Mon, 02 Mar 2026 10:00:00 +0000\n\n个案编号:PP-R-ABC-123456789\n回复截止日期:2026-03-18 10:00 UTC", set, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := told(n); got != "paypal/opened opened case=PP-R-ABC-123456789 order= pay= reason= amount= due=2026-03-18T10:00:00Z" {
		t.Error(got)
	}
	wantDoubt(t, n, problemPasted)

	n, err = Paste("Subject: Your buyer asked us to step in\n\neBay request ID: 5012345678", set, Options{})
	if err != nil || n.Recognizer != "ebay" || n.CaseNumber != "5012345678" || n.Caution() != nil {
		t.Errorf("%+v %v", n, err)
	}
	n, err = Paste("hello, where is my parcel?", set, Options{})
	if err != nil || n.Recognized() {
		t.Errorf("%+v %v", n, err)
	}
	n, err = Paste("Subject: You received a chargeback\n\nPayPal and Amazon and Shopify", set, Options{})
	if err != nil || n.Recognized() {
		t.Errorf("%+v %v", n, err)
	}
	wantDoubt(t, n, problemTwoPlatforms)
	if _, err := Paste(" \n\x00", set, Options{}); err == nil {
		t.Error("an empty text is a mail")
	}
	if _, err := Paste(strings.Repeat("x", maxPaste+1), set, Options{}); err == nil {
		t.Error("a huge text is a mail")
	}
}

func TestRecognizerMistakes(t *testing.T) {
	const good = "id = \"a\"\ntitle = \"A\"\nplatform = \"p\"\nconfidence = \"confirmed\"\nsenders = [\".a.example\"]\nbrand = ['a']\n" +
		"[[event]]\nid = \"o\"\nis = \"opened\"\nsubject = ['x y']\n"
	if _, err := Decode("good.toml", []byte(good)); err != nil {
		t.Fatal(err)
	}
	for field, change := range map[string][2]string{
		"id":                 {`id = "a"`, `id = "A B"`},
		"title":              {`title = "A"`, `title = ""`},
		"platform":           {`platform = "p"`, `platform = ""`},
		"confidence":         {`"confirmed"`, `"sure"`},
		"senders.1":          {`".a.example"`, `"*.a.example"`},
		"senders":            {`[".a.example"]`, `[]`},
		"brand":              {`['a']`, `[]`},
		"brand.1":            {`['a']`, `['a*']`},
		"event.1.is":         {`"opened"`, `"opend"`},
		"event.1.subject.1":  {`['x y']`, `['x(']`},
		"event.1":            {`subject = ['x y']`, ``},
		"event.1.id":         {`id = "o"`, `id = ""`},
		"event.1.sujet":      {`subject`, `sujet`},
		"event.1.reason":     {`is = "opened"`, "is = \"opened\"\nreason = \"late\""},
		"event.1.confidence": {`is = "opened"`, "is = \"opened\"\nconfidence = \"low\""},
		"field.1.is":         {`['x y']`, "['x y']\n[[field]]\nis = \"cause\"\npatterns = ['(?P<value>a)']"},
		"field.1.patterns.1": {`['x y']`, "['x y']\n[[field]]\nis = \"due\"\npatterns = ['a']"},
		"field.1.in":         {`['x y']`, "['x y']\n[[field]]\nis = \"due\"\nin = \"head\"\npatterns = ['(?P<value>a)']"},
		"field.1.patterns":   {`['x y']`, "['x y']\n[[field]]\nis = \"due\"\npatterns = []"},
		"reason.1.is":        {`['x y']`, "['x y']\n[[reason]]\nis = \"late\"\npatterns = ['a']"},
		"zone":               {`platform = "p"`, "platform = \"p\"\nzone = \"Mars/Base\""},
		"day_first":          {`platform = "p"`, "platform = \"p\"\nday_first = \"maybe\""},
		"line 2":             {`title = "A"`, `title = A`},
	} {
		text := strings.Replace(good, change[0], change[1], 1)
		_, err := Decode("own.toml", []byte(text))
		p, ok := data.AsProblem(err)
		if !ok || p.Kind.Code != "pack_line" || p.Args["file"] != "own.toml" {
			t.Errorf("%s: %v", field, err)
			continue
		}
		if want := strings.Replace(field, "event.1.sujet", "event.sujet", 1); !strings.Contains(p.What(), want) {
			t.Errorf("%s: the message does not name it: %v", field, err)
		}
	}
}

func TestOwnReplacesBuiltIn(t *testing.T) {
	all, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	own := generic(t, "")
	own.ID = "ebay"
	set := NewSet(all, []*Recognizer{own})
	if got := set.list; len(got) != len(all) || got[0] != own {
		t.Errorf("%d recognizers", len(got))
	}
}

func TestFold(t *testing.T) {
	const wide = "\u8ba2\u5355\uff1a\uff11\uff12\uff0c\uffe5\uff15\u3002x"
	f := fold(wide)
	if f.text != "\u8ba2\u5355:12,\u00a55\u3002x" {
		t.Fatalf("%q", f.text)
	}
	for plain, was := range map[string]string{":": "\uff1a", "2": "\uff12", "\u00a5": "\uffe5", "5": "\uff15", "x": "x", "\u8ba2": "\u8ba2"} {
		at := strings.Index(f.text, plain)
		if from, to := f.before(at), f.before(at+len(plain)); wide[from:to] != was {
			t.Errorf("%s was %q, not %q", plain, was, wide[from:to])
		}
	}
}

func TestFullWidthSigns(t *testing.T) {
	r := generic(t, "")
	n := read1(t, r, Options{}, "due\uff1a2026\u5e743\u670814\u65e5\uff0823\uff1a59\uff09 \uff08GMT\uff0b8\uff09\namount\uff1a\uffe512.50 CNY\ncase\uff1a\uff11\uff12")
	if n.Due.At.Format(time.RFC3339) != "2026-03-14T15:59:00Z" || n.Amount.String() != "CNY 12.50" || n.CaseNumber != "12" {
		t.Errorf("%v %v %q (%s)", n.Due, n.Amount, n.CaseNumber, doubts(n))
	}
}

func TestBlanks(t *testing.T) {
	for in, want := range map[string]string{
		`a  b`: `a(?:\s+)b`, `[a b] c`: `[a b](?:\s+)c`, `\ x`: `\ x`, `[]a ] b`: `[]a ](?:\s+)b`, `[^]a ] b`: `[^]a ](?:\s+)b`, `\[a b`: `\[a(?:\s+)b`,
	} {
		if got := blanks(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
