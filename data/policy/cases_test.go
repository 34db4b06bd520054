package policy_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// did makes an event: "seller rejected 2026-11-05T10:00:00Z".
func did(actor data.Actor, kind data.EventKind, when string) data.CaseEvent {
	return data.CaseEvent{
		UID: fmt.Sprintf("%s/%s/%s", when, kind, actor), Kind: kind, Actor: actor, At: at(when), RecordedAt: at(when),
	}
}

// stating adds the date that the platform states.
func stating(e data.CaseEvent, due string) data.CaseEvent {
	e.Due = at(due)
	return e
}

const (
	buyer    = data.ActorBuyer
	seller   = data.ActorSeller
	platform = data.ActorPlatform
)

// want is where a case must stand. Due is of the seller; "" is none.
type want struct {
	stage   string // the pack's
	waiting data.Actor
	due     string
	rule    string
}

// Worked by hand with a calendar from the packs' figures.
func TestHandWorkedCases(t *testing.T) {
	const la, shanghai = "America/Los_Angeles", "Asia/Shanghai"
	opened := func(when string) data.CaseEvent { return did(buyer, data.EventOpened, when) }
	for _, c := range []struct {
		name, pack, zone string
		events           []data.CaseEvent
		want             want
	}{
		{
			"AliExpress: five calendar days to answer", "aliexpress", shanghai,
			[]data.CaseEvent{opened("2026-11-02T08:00:00Z")},
			want{"respond", seller, "2026-11-07T08:00:00Z", "respond"},
		},
		{
			"AliExpress: the clock starts again when the claim changes", "aliexpress", shanghai,
			[]data.CaseEvent{opened("2026-11-02T08:00:00Z"), did(buyer, data.EventClaimChanged, "2026-11-06T10:30:00Z")},
			want{"respond", seller, "2026-11-11T10:30:00Z", "respond"},
		},
		{
			"AliExpress: and again", "aliexpress", shanghai,
			[]data.CaseEvent{opened("2026-11-02T08:00:00Z"), did(buyer, data.EventClaimChanged, "2026-11-03T10:30:00Z"), did(buyer, data.EventClaimChanged, "2026-11-06T23:59:00Z")},
			want{"respond", seller, "2026-11-11T23:59:00Z", "respond"},
		},
		{
			"AliExpress: refused, seven days of talks from the opening", "aliexpress", shanghai,
			[]data.CaseEvent{opened("2026-11-02T08:00:00Z"), did(seller, data.EventRejected, "2026-11-04T08:00:00Z")},
			want{"negotiate", buyer, "2026-11-09T08:00:00Z", "negotiate"},
		},
		{
			"AliExpress: refused, then the claim changes", "aliexpress", shanghai,
			[]data.CaseEvent{opened("2026-11-02T08:00:00Z"), did(seller, data.EventRejected, "2026-11-04T08:00:00Z"), did(buyer, data.EventClaimChanged, "2026-11-05T08:00:00Z")},
			want{"respond", seller, "2026-11-09T08:00:00Z", "negotiate"}, // seven days from the opening, before the five that began again
		},
		{
			"AliExpress: a return agreed is the buyer's to send", "aliexpress", shanghai,
			[]data.CaseEvent{opened("2026-11-02T08:00:00Z"), did(seller, data.EventReturnAgreed, "2026-11-04T08:00:00Z")},
			want{"returning", buyer, "", ""},
		},
		{
			"AliExpress: arbitration", "aliexpress", shanghai,
			[]data.CaseEvent{opened("2026-11-02T08:00:00Z"), did(seller, data.EventRejected, "2026-11-04T08:00:00Z"), did(buyer, data.EventEscalated, "2026-11-05T08:00:00Z")},
			want{"platform", platform, "", ""},
		},
		{
			"AliExpress: the buyer appeals, five working days for the material", "aliexpress", shanghai,
			[]data.CaseEvent{
				opened("2026-11-02T08:00:00Z"), did(buyer, data.EventEscalated, "2026-11-05T08:00:00Z"),
				did(platform, data.EventRuled, "2026-11-10T08:00:00Z"), did(buyer, data.EventAppealed, "2026-11-12T08:00:00Z"),
			},
			want{"appeal", platform, "2026-11-19T08:00:00Z", "appeal_material"},
		},

		{
			"eBay INR: three business days over Thanksgiving and a weekend", "ebay-inr", la,
			[]data.CaseEvent{opened("2026-11-25T18:00:00Z")},
			want{"request", seller, "2026-12-01T18:00:00Z", "respond"},
		}, // Thu holiday; Fri 1, Mon 2, Tue 3
		{
			"eBay INR: opened on a Saturday", "ebay-inr", la,
			[]data.CaseEvent{opened("2026-11-14T18:00:00Z")},
			want{"request", seller, "2026-11-18T18:00:00Z", "respond"},
		}, // Mon 1, Tue 2, Wed 3
		{
			"eBay INR: tracking sent", "ebay-inr", la,
			[]data.CaseEvent{opened("2026-11-14T18:00:00Z"), did(seller, data.EventEvidenceSent, "2026-11-16T18:00:00Z")},
			want{"request", buyer, "", ""},
		},
		{
			"eBay INR: asked to step in", "ebay-inr", la,
			[]data.CaseEvent{opened("2026-11-14T18:00:00Z"), did(buyer, data.EventEscalated, "2026-11-19T18:00:00Z")},
			want{"review", platform, "", ""},
		},
		{
			"eBay return: a message does not answer it", "ebay-return", la,
			[]data.CaseEvent{opened("2026-11-09T18:00:00Z"), did(seller, data.EventMessage, "2026-11-10T18:00:00Z")},
			want{"request", buyer, "2026-11-13T18:00:00Z", "respond"},
		}, // Veterans Day on Wed: Tue 1, Thu 2, Fri 3
		{
			"eBay return: two business days to refund what came back", "ebay-return", la,
			[]data.CaseEvent{
				opened("2026-11-09T18:00:00Z"), did(seller, data.EventReturnAgreed, "2026-11-10T18:00:00Z"),
				did(buyer, data.EventReturnShipped, "2026-11-12T18:00:00Z"), did(seller, data.EventReturnReceived, "2026-11-20T18:00:00Z"),
			},
			want{"receiving", seller, "2026-11-24T18:00:00Z", "refund"},
		},
		{
			"eBay payment dispute: five calendar days, weekend or not", "ebay-payment-dispute", la,
			[]data.CaseEvent{opened("2026-11-13T18:00:00Z")},
			want{"notice", seller, "2026-11-18T18:00:00Z", "respond"},
		},
		{
			"eBay payment dispute: over the night in which clocks go back", "ebay-payment-dispute", la,
			[]data.CaseEvent{opened("2026-10-31T03:00:00Z")},
			want{"notice", seller, "2026-11-05T04:00:00Z", "respond"},
		}, // 20:00 PDT to 20:00 PST
		{
			"eBay payment dispute: to an hour that clocks skip", "ebay-payment-dispute", la,
			[]data.CaseEvent{opened("2026-03-03T10:30:00Z")},
			want{"notice", seller, "2026-03-08T10:00:00Z", "respond"},
		}, // 02:30 on 8 March is not there: 03:00 PDT
		{
			"eBay payment dispute: to an hour that comes twice", "ebay-payment-dispute", la,
			[]data.CaseEvent{opened("2026-10-27T08:30:00Z")},
			want{"notice", seller, "2026-11-01T08:30:00Z", "respond"},
		}, // the first 01:30
		{
			"eBay payment dispute: proof before contesting keeps the clock", "ebay-payment-dispute", la,
			[]data.CaseEvent{opened("2026-11-13T18:00:00Z"), did(seller, data.EventEvidenceSent, "2026-11-14T18:00:00Z")},
			want{"notice", seller, "2026-11-18T18:00:00Z", "respond"},
		},

		{
			"Amazon A-to-z: 48 hours over the night in which clocks go back", "amazon-atoz", la,
			[]data.CaseEvent{opened("2026-10-31T19:00:00Z")},
			want{"claim", seller, "2026-11-02T19:00:00Z", "respond"},
		}, // 12:00 PDT to 11:00 PST
		{
			"Amazon A-to-z: 72 hours in an appeal", "amazon-atoz", la,
			[]data.CaseEvent{
				opened("2026-11-02T19:00:00Z"), did(seller, data.EventEvidenceSent, "2026-11-03T19:00:00Z"), did(platform, data.EventRuled, "2026-11-05T19:00:00Z"),
				did(seller, data.EventAppealed, "2026-11-06T19:00:00Z"), did(platform, data.EventEvidenceRequested, "2026-11-10T19:00:00Z"),
			},
			want{"appeal", seller, "2026-11-13T19:00:00Z", "appeal_info"},
		},
		{
			"Amazon chargeback: seven calendar days", "amazon-chargeback", la,
			[]data.CaseEvent{did(platform, data.EventOpened, "2026-11-10T19:00:00Z")},
			want{"claim", seller, "2026-11-17T19:00:00Z", "respond"},
		},
		{
			"Amazon SAFE-T: thirty days, over the change of clocks", "amazon-safe-t", la,
			[]data.CaseEvent{did(platform, data.EventOpened, "2026-10-10T19:00:00Z")},
			want{"file", seller, "2026-11-09T20:00:00Z", "file"},
		},

		{
			"PayPal inquiry: no figure for the seller, look at the date stated", "paypal", "UTC",
			[]data.CaseEvent{opened("2026-11-02T12:00:00Z")},
			want{"inquiry", seller, "", "respond"},
		},
		{
			"PayPal claim: ten days", "paypal", "UTC",
			[]data.CaseEvent{opened("2026-11-02T12:00:00Z"), did(buyer, data.EventEscalated, "2026-11-08T12:00:00Z")},
			want{"claim", seller, "2026-11-18T12:00:00Z", "claim"},
		},
		{
			"PayPal claim: the stated date wins", "paypal", "UTC",
			[]data.CaseEvent{opened("2026-11-02T12:00:00Z"), stating(did(buyer, data.EventEscalated, "2026-11-08T12:00:00Z"), "2026-11-20T23:59:59Z")},
			want{"claim", seller, "2026-11-20T23:59:59Z", "claim"},
		},
		{
			"PayPal: second appeal", "paypal", "UTC",
			[]data.CaseEvent{
				opened("2026-11-02T12:00:00Z"), did(buyer, data.EventEscalated, "2026-11-03T12:00:00Z"), did(seller, data.EventEvidenceSent, "2026-11-04T12:00:00Z"),
				did(platform, data.EventRuled, "2026-11-05T12:00:00Z"), did(seller, data.EventAppealed, "2026-11-06T12:00:00Z"),
				did(platform, data.EventRuled, "2026-11-07T12:00:00Z"), did(seller, data.EventAppealed, "2026-11-08T12:00:00Z"),
			},
			want{"arbitration", platform, "", ""},
		},
		{
			"PayPal unauthorized: begins as a claim", "paypal-claim", "UTC",
			[]data.CaseEvent{opened("2026-11-02T12:00:00Z")},
			want{"claim", seller, "2026-11-12T12:00:00Z", "claim"},
		},

		{
			"Stripe: the shortest window until due_by is known", "stripe", "UTC",
			[]data.CaseEvent{did(platform, data.EventOpened, "2026-11-02T12:00:00Z")},
			want{"respond", seller, "2026-11-09T12:00:00Z", "respond"},
		},
		{
			"Stripe: due_by wins", "stripe", "UTC",
			[]data.CaseEvent{stating(did(platform, data.EventOpened, "2026-11-02T12:00:00Z"), "2026-11-18T23:59:59Z")},
			want{"respond", seller, "2026-11-18T23:59:59Z", "respond"},
		},
		{
			"Shopify Payments: seven days", "shopify-payments", "UTC",
			[]data.CaseEvent{did(platform, data.EventOpened, "2026-11-02T12:00:00Z")},
			want{"respond", seller, "2026-11-09T12:00:00Z", "respond"},
		},
		{
			"Shopify Payments: sent, the bank decides", "shopify-payments", "UTC",
			[]data.CaseEvent{did(platform, data.EventOpened, "2026-11-02T12:00:00Z"), did(seller, data.EventEvidenceSent, "2026-11-03T12:00:00Z")},
			want{"review", platform, "", ""},
		},
		{
			"Shopee: two days", "shopee", "Asia/Singapore",
			[]data.CaseEvent{opened("2026-11-06T04:00:00Z")},
			want{"request", seller, "2026-11-08T04:00:00Z", "respond"},
		},
		{
			"Lazada: two working days over a weekend", "lazada", "Asia/Singapore",
			[]data.CaseEvent{opened("2026-11-06T04:00:00Z")},
			want{"request", seller, "2026-11-10T04:00:00Z", "respond"},
		}, // Fri: Mon 1, Tue 2
		{
			"TikTok Shop: one working day over a weekend", "tiktok", "Asia/Ho_Chi_Minh",
			[]data.CaseEvent{opened("2026-11-06T04:00:00Z")},
			want{"request", seller, "2026-11-09T04:00:00Z", "respond"},
		},
		{
			"TikTok Shop: eight days to check a return", "tiktok", "Asia/Jakarta",
			[]data.CaseEvent{opened("2026-11-06T04:00:00Z"), did(seller, data.EventReturnAgreed, "2026-11-07T04:00:00Z"), did(buyer, data.EventReturnShipped, "2026-11-09T04:00:00Z")},
			want{"receiving", seller, "2026-11-17T04:00:00Z", "return_check"},
		},
		{
			"Etsy: 48 hours before a case", "etsy", "America/New_York",
			[]data.CaseEvent{opened("2026-11-06T04:00:00Z")},
			want{"help", seller, "2026-11-08T04:00:00Z", "respond"},
		},
		{
			"Etsy: three days for the case", "etsy", "America/New_York",
			[]data.CaseEvent{opened("2026-11-06T04:00:00Z"), did(buyer, data.EventEscalated, "2026-11-09T04:00:00Z")},
			want{"case", seller, "2026-11-12T04:00:00Z", "case"},
		},
		{
			"Walmart: 48 hours to look at a return", "walmart", "America/New_York",
			[]data.CaseEvent{opened("2026-11-06T04:00:00Z"), did(seller, data.EventReturnReceived, "2026-11-16T04:00:00Z")},
			want{"evaluate", seller, "2026-11-18T04:00:00Z", "evaluate"},
		},
		{
			"Temu: no figure at all", "temu", "UTC",
			[]data.CaseEvent{did(platform, data.EventOpened, "2026-11-06T04:00:00Z")},
			want{"respond", seller, "", "respond"},
		},
		{
			"Temu: the stated date", "temu", "UTC",
			[]data.CaseEvent{stating(did(platform, data.EventOpened, "2026-11-06T04:00:00Z"), "2026-11-11T04:00:00Z")},
			want{"respond", seller, "2026-11-11T04:00:00Z", "respond"},
		},
		{
			"Visa: nine days, the shortest that a payment service gives", "visa", "UTC",
			[]data.CaseEvent{did(platform, data.EventOpened, "2026-11-02T12:00:00Z")},
			want{"respond", seller, "2026-11-11T12:00:00Z", "respond"},
		},
		{
			"Visa: pre-arbitration", "visa", "UTC",
			[]data.CaseEvent{
				did(platform, data.EventOpened, "2026-11-02T12:00:00Z"), did(seller, data.EventEvidenceSent, "2026-11-10T12:00:00Z"),
				did(platform, data.EventRuled, "2026-11-20T12:00:00Z"), did(buyer, data.EventAppealed, "2026-11-21T12:00:00Z"),
			},
			want{"pre_arbitration", seller, "2026-12-21T12:00:00Z", "pre_arbitration"},
		},
		{
			"Mastercard: forty days of the payment service", "mastercard", "UTC",
			[]data.CaseEvent{did(platform, data.EventOpened, "2026-11-02T12:00:00Z")},
			want{"respond", seller, "2026-12-12T12:00:00Z", "respond"},
		},
		{
			"American Express: fourteen days of the payment service", "amex", "UTC",
			[]data.CaseEvent{did(platform, data.EventOpened, "2026-11-02T12:00:00Z")},
			want{"respond", seller, "2026-11-16T12:00:00Z", "respond"},
		},
		{
			"Discover: twenty-five days of the payment service", "discover", "UTC",
			[]data.CaseEvent{did(platform, data.EventOpened, "2026-11-02T12:00:00Z")},
			want{"respond", seller, "2026-11-27T12:00:00Z", "respond"},
		},
		{
			"Another platform: the stated date alone", "generic", "UTC",
			[]data.CaseEvent{stating(opened("2026-11-02T12:00:00Z"), "2026-11-04T12:00:00Z")},
			want{"request", seller, "2026-11-04T12:00:00Z", "respond"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			view := policy.Evaluate(pack(t, c.pack), policy.NewCalendars(), policy.Case{Zone: c.zone, Events: c.events}, c.events[len(c.events)-1].At)
			got := want{view.At, view.Waiting, "", view.Rule}
			if !view.Due.IsZero() {
				got.due = view.Due.Format(time.RFC3339)
			}
			if got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
			for _, f := range view.Findings {
				if f.Rule != "holidays_unknown" && f.Rule != "site_told" {
					t.Errorf("finding %s: %s", f.Rule, f.Why)
				}
			}
		})
	}
}

// Every pack must be walked by a hand-worked case, and end somewhere: closed by
// the platform, and opened again.
func TestEveryPackEndsAndReopens(t *testing.T) {
	for _, p := range packs(t) {
		events := []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-02T12:00:00Z"), did(buyer, data.EventWithdrawn, "2026-11-03T12:00:00Z")}
		view := policy.Evaluate(p, policy.NewCalendars(), policy.Case{Events: events}, at("2026-11-04T00:00:00Z"))
		if view.Stage != data.StageClosed || view.Waiting != "" || !view.Due.IsZero() {
			t.Errorf("%s: withdrawn, but %s waits for %q until %v", p.ID, view.At, view.Waiting, view.Due)
		}
		events = append(events, did(buyer, data.EventOpened, "2026-11-05T12:00:00Z"))
		view = policy.Evaluate(p, policy.NewCalendars(), policy.Case{Events: events}, at("2026-11-06T00:00:00Z"))
		if view.At != p.Start || view.Stage == data.StageClosed {
			t.Errorf("%s: opened again, but at %s", p.ID, view.At)
		}
		if len(view.Next) == 0 || view.Silence.IsZero() || view.Ladder.Next == "" || serious(view.Findings) {
			t.Errorf("%s: next %v, silence %q, ladder %+v, findings %v", p.ID, view.Next, view.Silence, view.Ladder, view.Findings)
		}
	}
}

func serious(findings []data.Finding) bool {
	return slices.ContainsFunc(findings, func(f data.Finding) bool { return f.Severity == data.Blocking || f.Severity == data.Serious })
}

func deadline(t *testing.T, v policy.View, id string) policy.DeadlineView {
	t.Helper()
	for _, d := range v.Deadlines {
		if d.ID == id {
			return d
		}
	}
	t.Fatalf("there is no deadline %s in %+v", id, v.Deadlines)
	return policy.DeadlineView{}
}

// The 20 days after which a PayPal inquiry closes are shown, but are no duty.
func TestPayPalInquiryClosesAfter20Days(t *testing.T) {
	c := policy.Case{Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-02T12:00:00Z")}}
	view := policy.Evaluate(pack(t, "paypal"), policy.NewCalendars(), c, at("2026-11-03T00:00:00Z"))
	d := deadline(t, view, "inquiry")
	if want := at("2026-11-22T12:00:00Z"); !d.Due.Equal(want) || !d.Optional || d.Status != policy.Open {
		t.Errorf("got %v %s, optional %v; want %v", d.Due, d.Status, d.Optional, want)
	}
	view = policy.Evaluate(pack(t, "paypal"), policy.NewCalendars(), c, at("2026-11-23T00:00:00Z"))
	if d := deadline(t, view, "inquiry"); d.Status != policy.Expired {
		t.Errorf("a day later it is %s", d.Status)
	}
	if d := deadline(t, view, "respond"); d.Status != policy.Undated || d.Why.Origin.Confidence != data.Unconfirmed {
		t.Errorf("without a figure it is %s, %s", d.Status, d.Why.Origin.Confidence)
	}
}

// A date opens into its reason, day by day.
func TestWhyCountsDays(t *testing.T) {
	c := policy.Case{Zone: "America/Los_Angeles", Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-25T18:00:00Z")}}
	view := policy.Evaluate(pack(t, "ebay-inr"), policy.NewCalendars(), c, at("2026-11-26T00:00:00Z"))
	d := deadline(t, view, "respond")
	var days string
	for _, day := range d.Why.Days {
		days += fmt.Sprintf("%s=%d%s ", day.Date, day.N, day.Holiday)
	}
	const want = "2026-11-26=0Thanksgiving Day 2026-11-27=1 2026-11-28=0 2026-11-29=0 2026-11-30=2 2026-12-01=3 "
	if days != want {
		t.Errorf("got  %s\nwant %s", days, want)
	}
	var lines []string
	for _, l := range d.Why.Lines {
		lines = append(lines, l.String())
	}
	wantLines := []string{
		"Counted from the event “opened” at 2026-11-25 10:00 (America/Los_Angeles).",
		"3 business days, to the time of day at which they began. The platform may give until the end of the last day.",
		"Holidays of US.",
		"2026-11-26, Thursday: Thanksgiving Day, not counted",
		"2026-11-27, Friday: day 1",
		"2026-11-28, Saturday: weekend, not counted",
		"2026-11-29, Sunday: weekend, not counted",
		"2026-11-30, Monday: day 2",
		"2026-12-01, Tuesday: day 3",
		"By the rule: 2026-12-01 10:00 (America/Los_Angeles).",
		"Source: ebay.com help 4116 (copy of 2020); ebay.co.uk help 4701; edition 2020.",
		"Confirmed on the platform's own page.",
		"In which time zone, and by whose holidays, the platform counts is UNCONFIRMED: America/Los_Angeles was used.",
	}
	if fmt.Sprint(lines) != fmt.Sprint(wantLines) {
		t.Errorf("got\n%q\nwant\n%q", lines, wantLines)
	}
}

// Where the platform's date and the rule's differ, both are shown.
func TestStatedDateWinsAndBothAreShown(t *testing.T) {
	c := policy.Case{Zone: "UTC", Events: []data.CaseEvent{stating(did(buyer, data.EventOpened, "2026-11-02T12:00:00Z"), "2026-11-06T12:00:00Z")}}
	view := policy.Evaluate(pack(t, "aliexpress"), policy.NewCalendars(), c, at("2026-11-03T00:00:00Z"))
	d := deadline(t, view, "respond")
	if !d.Differs || !d.Due.Equal(at("2026-11-06T12:00:00Z")) || !d.Computed.Equal(at("2026-11-07T12:00:00Z")) || !view.Stated {
		t.Errorf("due %v, computed %v, differs %v, stated %v", d.Due, d.Computed, d.Differs, view.Stated)
	}
	// The date is corrected, then taken away.
	newDate := stating(did(seller, data.EventCorrection, "2026-11-03T12:00:00Z"), "2026-11-08T12:00:00Z")
	c.Events = append(c.Events, newDate)
	if got := policy.Brief(pack(t, "aliexpress"), policy.NewCalendars(), c); !got.Due.Equal(newDate.Due) || !got.Stated {
		t.Errorf("corrected: %+v", got)
	}
	c.Events = append(c.Events, did(seller, data.EventCorrection, "2026-11-04T12:00:00Z"))
	if got := policy.Brief(pack(t, "aliexpress"), policy.NewCalendars(), c); !got.Due.Equal(at("2026-11-07T12:00:00Z")) || got.Stated {
		t.Errorf("taken away: %+v", got)
	}
}

// What was met, late, missed or dropped is told afterwards.
func TestStatusesOfDeadlines(t *testing.T) {
	opened := did(buyer, data.EventOpened, "2026-11-02T12:00:00Z")
	for _, c := range []struct {
		name string
		next data.CaseEvent
		now  string
		want policy.Status
	}{
		{"open", data.CaseEvent{}, "2026-11-03T12:00:00Z", policy.Open},
		{"at the last moment", data.CaseEvent{}, "2026-11-07T12:00:00Z", policy.Open},
		{"overdue", data.CaseEvent{}, "2026-11-07T12:00:01Z", policy.Overdue},
		{"met", did(seller, data.EventRejected, "2026-11-07T12:00:00Z"), "2026-11-09T12:00:00Z", policy.Met},
		{"late", did(seller, data.EventRejected, "2026-11-07T12:00:01Z"), "2026-11-09T12:00:00Z", policy.Late},
		{"dropped", did(buyer, data.EventWithdrawn, "2026-11-05T12:00:00Z"), "2026-11-09T12:00:00Z", policy.Dropped},
		{"missed", did(platform, data.EventPlatformStepped, "2026-11-08T12:00:00Z"), "2026-11-09T12:00:00Z", policy.Missed},
	} {
		events := []data.CaseEvent{opened}
		if c.next.Kind != "" {
			events = append(events, c.next)
		}
		view := policy.Evaluate(pack(t, "aliexpress"), policy.NewCalendars(), policy.Case{Events: events}, at(c.now))
		if got := deadline(t, view, "respond").Status; got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
