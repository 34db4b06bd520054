package notice

import (
	"strings"
	"testing"

	"casebinder/data"
)

func TestCommonVocabularyIsThere(t *testing.T) {
	v := vocabulary()
	if v.buyer == nil || len(v.fence) == 0 || len(v.Fields) == 0 || len(v.Reasons) == 0 {
		t.Fatalf("the file of common words was not read: %d %d %d %d", len(v.Buyer), len(v.fence), len(v.Fields), len(v.Reasons))
	}
}

// sent is an invented mail of November 30, 2026, in the form of a platform.
func sent(t *testing.T, from, subject, body string, more ...string) *Notice {
	t.Helper()
	header := "From: " + from + "\r\nSubject: " + subject + "\r\nDate: Mon, 30 Nov 2026 17:15:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n"
	for _, line := range more {
		header += line + "\r\n"
	}
	all := readAll(t, "mail.eml", []byte(header+"\r\n"+body), Options{})
	if len(all) != 1 {
		t.Fatalf("%d mails", len(all))
	}
	return all[0]
}

const (
	amazonHeader = "X-Space-Notification-Type: "
	atozFrom     = "atoz-guarantee-no-reply@amazon.com"
)

// Each wanted value was read in the mail by hand.
func TestFormsOfNotices(t *testing.T) {
	for _, c := range []struct {
		what, from, subject, body, header string
		kind                              data.EventKind
		channel                           string
		want                              string // case, order, reason, amount, day of the due date
		within                            string
	}{
		{
			"an A-to-z claim, told by the header", atozFrom, "Something new in wording",
			"We received an A-to-z Guarantee claim of $45.67 on the order 111-2223334-5556667.\nReason: The customer did not receive the item.\n\n" +
				"You must respond within 3 calendar days. Otherwise the claim is granted to the customer.",
			amazonHeader + "A_Z_CLAIM_RESPONDENT_NOTIFY", data.EventOpened, "a-to-z", " 111-2223334-5556667 not_received USD 45.67 ", "3 calendar days",
		},
		{
			"the same without the header", atozFrom, "Claim received on order 111-2223334-5556667", "A-to-z Guarantee claim of $45.67.", "",
			data.EventOpened, "a-to-z", " 111-2223334-5556667  USD 45.67 ", "",
		},
		{
			"a decision", atozFrom, "Claim decision on order 111-2223334-5556667", "We have granted the claim of $45.67. You can appeal within 30 days.",
			amazonHeader + "A_Z_CLAIM_RESPONDENT_CLOSE", data.EventRuled, "", " 111-2223334-5556667  USD 45.67 ", "30 days",
		},
		{
			"in Italian", "atoz-guarantee-no-reply@amazon.it", "Richiesta di rimborso ricevuta per l'ordine 402-1112223-4445556",
			"abbiamo ricevuto un reclamo dalla A alla Z di 119,00 € per l'ordine 402-1112223-4445556. Deve rispondere entro 3 giorni di calendario.",
			"", data.EventOpened, "a-to-z", " 402-1112223-4445556  EUR 119.00 ", "3 giorni di calendario",
		},
		{
			"in German", "atoz-guarantee-no-reply@amazon.de", "A-bis-Z-Garantieantrag zu Bestellung 302-1112223-4445556",
			"Wir haben einen A-bis-Z-Garantieantrag in Höhe von 49,90 € erhalten.\nGrund: Artikel nicht erhalten\nBitte antworten Sie innerhalb von 3 Kalendertagen.",
			amazonHeader + "A_Z_CLAIM_RESPONDENT_NOTIFY", data.EventOpened, "a-to-z", " 302-1112223-4445556 not_received EUR 49.90 ", "3 Kalendertagen",
		},
		{
			"in Spanish, a decision", "atoz-guarantee-no-reply@amazon.es", "Su reclamacion", "Hemos concedido una reclamacion bajo la Garantia de la A a la Z de 49,90 EUR del pedido 305-0000005-0000005.",
			amazonHeader + "A_Z_CLAIM_RESPONDENT_CLOSE", data.EventRuled, "", " 305-0000005-0000005  EUR 49.90 ", "",
		},
		{
			"a return, with the buyer's words", "donotreply@amazon.com", "Return authorization notification for Order 112-4440001-2220001",
			"Order ID: # 112-4440001-2220001\nReturn reason: Too small\nCustomer comments: I need the big one.\nRequest received: November 29, 2026",
			amazonHeader + "RETURN_REQUEST", data.EventOpened, "return", " 112-4440001-2220001 changed_mind  ", "",
		},
		{
			"a return in Spanish", "donotreply@amazon.com", "Notificación de autorización de devolución para el pedido 304-0000004-0000004",
			"Identificador de pedido: 304-0000004-0000004\nMotivo de la devolución: No es el producto que pedí", "",
			data.EventOpened, "return", " 304-0000004-0000004 wrong_item  ", "",
		},
		{
			"eBay approved a return", "ebay@ebay.com", "Return 5012345678: Return approved",
			"The buyer tom-invented-99 is returning the item.\nOrder number: 16-14357-82449\nReturn reason: Doesn't match description or photos", "",
			data.EventOpened, "return", "5012345678 16-14357-82449 not_as_described  ", "",
		},
		{
			"the buyer shipped it", "ebay@ebay.com", "Return 5012345678: Buyer shipped item", "Order number: 16-14357-82449", "",
			data.EventReturnShipped, "", "5012345678 16-14357-82449   ", "",
		},
		{
			"it came back", "ebay@ebay.com", "Return 5012345678: Issue refund", "Order number: 16-14357-82449\nPlease refund your buyer by Dec 2, 2026.", "",
			data.EventReturnReceived, "", "5012345678 16-14357-82449   2026-12-02", "",
		},
		{
			"eBay Germany", "ebay@ebay.de", "Ihr Käufer hat gemeldet, dass der Artikel nicht angekommen ist",
			"Ihr Käufer hat angegeben, dass er den Artikel nicht erhalten hat. Bitte antworten Sie bis 03.12.2026.\nBestellnummer: 12-34567-89012\nFallnummer: 5012345678",
			"", data.EventOpened, "inquiry", "5012345678 12-34567-89012 not_received  2026-12-03", "",
		},
		{
			"a payment dispute", "ebay@ebay.com", "Action required: payment dispute opened for order 12-34567-89012",
			"Your buyer's payment institution opened a payment dispute.\nReason: Item not received\nDispute amount: US $60.00\n" +
				"Respond by Dec 5, 2026 to avoid losing the case.\nDispute ID: 5009998887", "",
			data.EventOpened, "payment dispute", "5009998887 12-34567-89012 not_received USD 60.00 2026-12-05", "",
		},
		{
			"PayPal wants more of a chargeback", "service@paypal.com", "Notification of chargeback: more information needed",
			"We recently notified you that one of your buyers filed a chargeback stating\nunauthorised use of a credit card.\nCase ID: PP-D-1234567890\n" +
				"Transaction ID: 1AB23456CD789012E\nPlease submit your response in the next 72 hours.", "",
			data.EventEvidenceRequested, "chargeback", "PP-D-1234567890  unauthorized  ", "72 hours",
		},
		{
			"Shopify answers by itself", "mailer@shopify.com", "[Lantern Row] Chargeback opened on order #1042",
			"A customer opened a chargeback of $89.00 USD for order #1042 because they did not recognize the charge (reason: Fraudulent).\n" +
				"We'll automatically send a response on December 8, 2026. You can add evidence until then.", "",
			data.EventOpened, "chargeback", " #1042 unauthorized USD 89.00 2026-12-08", "",
		},
		{
			"Etsy asks for help", "transaction@etsy.com", "Help request for order #2912345678",
			"Nora Invented has requested help with order #2912345678.\nReason: Item hasn't arrived\nRespond within 48 hours, or the buyer can open a case.", "",
			data.EventMessage, "", " 2912345678 not_received  ", "48 hours",
		},
	} {
		n := sent(t, c.from, c.subject, c.body, strings.Fields(c.header+" ")...)
		if c.header != "" {
			n = sent(t, c.from, c.subject, c.body, c.header)
		}
		got := strings.Join([]string{n.CaseNumber, n.OrderNumber, string(n.Reason), money(n.Amount), n.Due.Day}, " ")
		if n.Kind != c.kind || n.Channel != c.channel || got != c.want {
			t.Errorf("%s:\n got %s %q %q\nwant %s %q %q (doubts %s)", c.what, n.Kind, n.Channel, got, c.kind, c.channel, c.want, doubts(n))
		}
		within := ""
		for _, h := range n.Found {
			if h.Field == FieldWithin {
				within = h.Value
			}
		}
		if within != c.within {
			t.Errorf("%s: within %q, want %q", c.what, within, c.within)
		}
	}
}

func money(m data.Money) string {
	if m.Currency == "" {
		return ""
	}
	return m.String()
}

func TestAHeaderThatNoRuleKnowsIsTold(t *testing.T) {
	n := sent(t, atozFrom, "Claim received on order 111-2223334-5556667", "Invented.", amazonHeader+"SOMETHING_NEW")
	wantDoubt(t, n, problemHeader)
	if n.Kind != data.EventOpened {
		t.Errorf("the words were not read: %s", n.Kind)
	}
}

// What a buyer writes is hostile, wherever it stands and in whatever language.
func TestTheBuyersWordsSetNothing(t *testing.T) {
	for what, words := range map[string]string{
		"behind a label":         "Buyer's comment: Please respond by December 25, 2026 at 10:00 PM PST. Order 99-99999-99999, refund amount: $900.00",
		"over several lines":     "Buyer's comment: I am away.\nRespond by: December 25, 2026 10:00 PM PST\nCase ID: 5999999999",
		"label on its own line":  "Message from the buyer:\n\nRespond by December 25, 2026 at 10:00 PM PST",
		"quoted":                 "> Respond by December 25, 2026 at 10:00 PM PST",
		"in quotation marks":     "The reason given is “Respond by December 25, 2026 at 10:00 PM PST”.",
		"in straight ones":       `They told us "respond by December 25, 2026 at 10:00 PM PST" today.`,
		"said":                   "The buyer said: respond by December 25, 2026 at 10:00 PM PST",
		"in German":              "Kommentar des Käufers: respond by December 25, 2026 at 10:00 PM PST",
		"in French":              "Commentaire de l'acheteur : respond by December 25, 2026 at 10:00 PM PST",
		"in Spanish":             "Comentarios del comprador: respond by December 25, 2026 at 10:00 PM PST",
		"in Chinese":             "买家留言:请在2026年12月25日前回复。 Respond by December 25, 2026 at 10:00 PM PST",
		"in Japanese":            "購入者のコメント:respond by December 25, 2026 at 10:00 PM PST",
		"between rows of dashes": "------------- Message: -------------\nRespond by December 25, 2026 at 10:00 PM PST\n\nOrder 99-99999-99999\n------------- End message -------------",
	} {
		n := sent(t, "ebay@ebay.com", "A buyer opened a return request, order 12-34567-89012",
			"Return ID: 5012345678\nOrder number: 12-34567-89012\n\n"+words+"\n\nYou have 3 business days to answer.")
		if n.Due.Text != "" || n.Due.Day != "" || n.Amount.Currency != "" || n.CaseNumber != "5012345678" || n.OrderNumber != "12-34567-89012" {
			t.Errorf("%s: due %+v, amount %v, case %s, order %s", what, n.Due, n.Amount, n.CaseNumber, n.OrderNumber)
		}
		wantDoubt(t, n, problemBuyerWords)
	}
}

// A date of the platform's own counts beside one of the buyer's.
func TestThePlatformsDateCountsBesideTheBuyers(t *testing.T) {
	n := sent(t, "ebay@ebay.com", "A buyer opened a return request, order 12-34567-89012",
		"Buyer's comment: respond by December 25, 2026 10:00 PM PST\n\nRespond by December 4, 2026 11:59 PM PST")
	if got := n.Due.At.Format("2006-01-02T15:04Z"); got != "2026-12-05T07:59Z" {
		t.Errorf("due %s, doubts %s", got, doubts(n))
	}
}

func TestDatesThatWereNotUsedAreTold(t *testing.T) {
	for words, want := range map[string]string{
		"The matter ends with December 9, 2026.":                                  "December 9, 2026",
		"The case stays open until December 9.":                                   "December 9",
		"Funds are held, released 2026-12-05 09:00 (Pacific Time).":               "2026-12-05",
		"Das Geld wird am 9. Dezember 2026 freigegeben.":                          "9. Dezember 2026",
		"Le 9 décembre 2026, le dossier sera clos.":                               "9 décembre 2026",
		"资金将于2026年12月9日解冻。":                                                       "2026年12月9日",
		"Opened November 29, 2026. Bought 1 Nov 2026.":                            "",
		"Opened November 30, 2026.":                                               "",
		"Returns by February 30, 2027 are nonsense; chapter 3-4-2026 is no date.": "",
	} {
		n := sent(t, "ebay@ebay.com", "A buyer opened a return request, order 12-34567-89012", words)
		got := ""
		for _, d := range n.Doubts {
			if d.Kind == problemDateUnused {
				got = d.Args["values"]
			}
		}
		if got != want || n.Due.Day != "" {
			t.Errorf("%q: told %q, want %q; due %q", words, got, want, n.Due.Day)
		}
	}
}

// A date that is taken is not told a second time, however often it stands there.
func TestATakenDateIsNotUnused(t *testing.T) {
	n := sent(t, "ebay@ebay.com", "A buyer opened a return request, order 12-34567-89012",
		"Respond by December 4, 2026 11:59 PM PST. After 4 December 2026 we decide.")
	if n.Due.Day != "2026-12-04" || doubts(n) != "" {
		t.Errorf("%+v, doubts %s", n.Due, doubts(n))
	}
}

func TestADayEndsInTheZoneOfItsSite(t *testing.T) {
	for from, want := range map[string]string{
		"ebay@ebay.com":    "2026-12-06T07:59:59Z America/Los_Angeles",
		"ebay@ebay.co.uk":  "2026-12-05T23:59:59Z Europe/London",
		"ebay@ebay.de":     "2026-12-05T22:59:59Z Europe/Berlin",
		"ebay@ebay.com.au": "2026-12-05T12:59:59Z Australia/Sydney",
		atozFrom:           "2026-12-06T07:59:59Z America/Los_Angeles",
		"a@amazon.it":      "2026-12-05T22:59:59Z Europe/Berlin",
		"a@amazon.co.jp":   "2026-12-05T14:59:59Z Asia/Tokyo",
	} {
		n := sent(t, from, "A buyer opened a return request, order 12-34567-89012", "Respond by 2026-12-05.")
		if got := n.Due.At.Format("2006-01-02T15:04:05Z ") + n.Due.Zone; got != want || !n.Due.DayOnly {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
		wantDoubt(t, n, problemDueDay)
	}
}
