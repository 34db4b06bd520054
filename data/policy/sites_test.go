package policy_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
)

const (
	losAngeles = "America/Los_Angeles"
	shanghai   = "Asia/Shanghai"
)

func returned(when string) data.CaseEvent { return did(buyer, data.EventReturnReceived, when) }

// Dates worked out by hand on a calendar, each by the clock of the platform's
// site and not by that of the seller.
func TestDatesByTheClockOfTheSite(t *testing.T) {
	opened := func(when string) []data.CaseEvent { return []data.CaseEvent{did(buyer, data.EventOpened, when)} }
	for _, c := range []struct {
		name, pack, rule string
		at               policy.Case
		due              string
	}{
		{
			// Thu 2 Jul 15:00 in Los Angeles. 4 Jul is a Saturday: some rest on Fri 3, which is counted. Mon 6, Tue 7.
			"a holiday on a Saturday", "ebay-inr", "respond", policy.Case{Zone: shanghai, Events: opened("2026-07-02T22:00:00Z")}, "2026-07-07T22:00:00Z",
		},
		{
			// Wed 29 Dec 2027; Thu 30, Fri 31 (New Year's Day is a Saturday), Mon 3 Jan.
			"New Year's Day on a Saturday", "ebay-inr", "respond", policy.Case{Events: opened("2027-12-29T18:00:00Z")}, "2028-01-03T18:00:00Z",
		},
		{
			// Mon 23 Nov 21:30 in Los Angeles, Tuesday in Shanghai; Tue 24, Wed 25, not Thanksgiving, Fri 27.
			"the evening before, at the site", "ebay-inr", "respond", policy.Case{Zone: shanghai, Events: opened("2026-11-24T05:30:00Z")}, "2026-11-28T05:30:00Z",
		},
		{
			// Tue 13 Jan 08:30 in Los Angeles, Wednesday in Shanghai; Wed, Thu, Fri, before Martin Luther King's day.
			"a holiday that the seller's clock would reach", "ebay-inr", "respond", policy.Case{Zone: shanghai, Events: opened("2026-01-13T16:30:00Z")}, "2026-01-16T16:30:00Z",
		},
		{
			// Mon 23 Nov; Thanksgiving is no holiday in the United Kingdom.
			"ebay.co.uk on Thanksgiving", "ebay-inr", "respond", policy.Case{Zone: "Europe/London", Events: opened("2026-11-23T10:00:00Z")}, "2026-11-26T10:00:00Z",
		},
		{
			// Fri 1 May; not Mon 4, the bank holiday; Tue 5, Wed 6, Thu 7.
			"a bank holiday", "ebay-return", "respond", policy.Case{Zone: shanghai, Market: "GB", Events: opened("2026-05-01T12:00:00Z")}, "2026-05-07T12:00:00Z",
		},
		{
			// Wed 23 Dec; Thu 24, not Fri 25, not Mon 28 for Boxing Day; Tue 29, Wed 30.
			"Boxing Day on a Saturday", "ebay-inr", "respond", policy.Case{Zone: shanghai, Currency: "GBP", Events: opened("2026-12-23T10:00:00Z")}, "2026-12-30T10:00:00Z",
		},
		{
			// Thu 2 Apr 09:00 BST; not Good Friday; Easter Monday is not kept in Scotland, and is counted; Tue 7, Wed 8.
			"a holiday that is not kept everywhere", "ebay-inr", "respond", policy.Case{Market: "GB", Events: opened("2026-04-02T08:00:00Z")}, "2026-04-08T08:00:00Z",
		},
		{
			// Thu 26 Mar 10:00 GMT; Fri 27; clocks go forward on Sun 29; Mon 30, Tue 31 10:00 BST.
			"London into summer", "ebay-inr", "respond", policy.Case{Market: "GB", Events: opened("2026-03-26T10:00:00Z")}, "2026-03-31T09:00:00Z",
		},
		{
			// Thu 29 Oct 13:00 PDT; Fri 30; clocks go back on Sun 1 Nov; Mon 2, Tue 3 13:00 PST.
			"Los Angeles into winter", "ebay-return", "respond", policy.Case{Market: "US", Events: opened("2026-10-29T20:00:00Z")}, "2026-11-03T21:00:00Z",
		},
		{
			// Tue 12 May; Wed 13, not Ascension Day, Fri 15, Mon 18.
			"Ascension Day in Germany", "ebay-inr", "respond", policy.Case{Zone: "Europe/Berlin", Events: opened("2026-05-12T09:00:00Z")}, "2026-05-18T09:00:00Z",
		},
		{
			// Fri 23 Jan 11:00 in Sydney; not Australia Day; Tue 27, Wed 28, Thu 29.
			"Australia Day", "ebay-inr", "respond", policy.Case{Zone: "Australia/Sydney", Events: opened("2026-01-23T00:00:00Z")}, "2026-01-29T00:00:00Z",
		},
		{
			// Thu 2 Apr 10:30 AEDT; Easter; clocks go back on Sun 5; Tue 7, Wed 8, Thu 9 10:30 AEST.
			"Easter in Sydney, out of summer", "ebay-inr", "respond", policy.Case{Market: "AU", Events: opened("2026-04-01T23:30:00Z")}, "2026-04-09T00:30:00Z",
		},
		{
			// Sat 26 Feb 2028 10:00 PST and five days: 27, 28, 29, 1, 2.
			"a leap day", "ebay-payment-dispute", "respond", policy.Case{Events: opened("2028-02-26T18:00:00Z")}, "2028-03-02T18:00:00Z",
		},
		{
			"a leap day in Shanghai", "aliexpress", "respond", policy.Case{Zone: shanghai, Events: opened("2028-02-25T02:00:00Z")}, "2028-03-01T02:00:00Z",
		},
		{
			"Indonesia: 48 hours", "tiktok", "respond", policy.Case{Zone: "Asia/Jakarta", Events: opened("2026-11-13T03:00:00Z")}, "2026-11-15T03:00:00Z",
		},
		{
			// Fri 13 Nov; Mon 16.
			"Thailand: one business day", "tiktok", "respond", policy.Case{Zone: "Asia/Bangkok", Events: opened("2026-11-13T03:00:00Z")}, "2026-11-16T03:00:00Z",
		},
		{
			"Visa in the United States", "visa", "respond", policy.Case{Zone: losAngeles, Events: opened("2026-01-15T10:00:00Z")}, "2026-01-24T10:00:00Z",
		},
		{
			"Visa elsewhere", "visa", "respond", policy.Case{Zone: "Europe/London", Events: opened("2026-01-15T10:00:00Z")}, "2026-02-02T10:00:00Z",
		},
		{
			"Visa where nobody knows", "visa", "respond", policy.Case{Zone: shanghai, Events: opened("2026-01-15T10:00:00Z")}, "2026-01-24T10:00:00Z",
		},
		{
			"a reminder restarts nothing", "ebay-return", "respond",
			policy.Case{Zone: losAngeles, Events: append(opened("2026-11-30T17:15:00Z"), opened("2026-12-02T19:15:00Z")...)},
			"2026-12-03T17:15:00Z",
		},
		{
			"nor does it at PayPal", "paypal", "inquiry",
			policy.Case{Events: append(opened("2026-05-01T17:00:00Z"), opened("2026-05-05T17:00:00Z")...)},
			"2026-05-21T17:00:00Z",
		},
		{
			"nor does an escalation that is told again", "paypal", "claim",
			policy.Case{Events: append(opened("2026-05-01T17:00:00Z"), did(buyer, data.EventEscalated, "2026-05-04T17:00:00Z"), did(platform, data.EventEscalated, "2026-05-06T17:00:00Z"))},
			"2026-05-14T17:00:00Z",
		},
		{
			"the buyer answers an offer", "paypal", "offer",
			policy.Case{Zone: shanghai, Events: append(opened("2026-05-01T17:00:00Z"), did(seller, data.EventCounterOffer, "2026-05-03T17:00:00Z"))},
			"2026-05-13T17:00:00Z",
		},
		{
			// 48 elapsed hours over the night in which clocks go forward.
			"the buyer writes before a claim", "amazon-atoz", "contact",
			policy.Case{Zone: shanghai, Events: []data.CaseEvent{did(buyer, data.EventMessage, "2026-03-07T20:00:00Z")}},
			"2026-03-09T20:00:00Z",
		},
		{
			"seven days from the opening, whatever changed since", "aliexpress", "negotiate",
			policy.Case{Zone: shanghai, Events: append(opened("2026-10-01T02:00:00Z"), did(seller, data.EventRejected, "2026-10-02T02:00:00Z"), did(buyer, data.EventClaimChanged, "2026-10-05T02:00:00Z"))},
			"2026-10-08T02:00:00Z",
		},
		{
			"beside the five that began again", "aliexpress", "respond",
			policy.Case{Zone: shanghai, Events: append(opened("2026-10-01T02:00:00Z"), did(seller, data.EventRejected, "2026-10-02T02:00:00Z"), did(buyer, data.EventClaimChanged, "2026-10-05T02:00:00Z"))},
			"2026-10-10T02:00:00Z",
		},
		{
			// Fri 6 Nov; Mon 9, Tue 10.
			"a return that came back without having been sent", "ebay-return", "refund",
			policy.Case{Zone: losAngeles, Events: append(opened("2026-11-02T18:00:00Z"), did(seller, data.EventReturnAgreed, "2026-11-04T18:00:00Z"), returned("2026-11-06T18:00:00Z"))},
			"2026-11-10T18:00:00Z",
		},
		{
			"and without having been agreed", "ebay-return", "refund",
			policy.Case{Zone: losAngeles, Events: append(opened("2026-11-02T18:00:00Z"), returned("2026-11-06T18:00:00Z"))},
			"2026-11-10T18:00:00Z",
		},
		{
			"thirty days in pre-arbitration", "mastercard", "pre_arbitration",
			policy.Case{Zone: losAngeles, Events: append(opened("2026-03-01T18:00:00Z"), did(seller, data.EventEvidenceSent, "2026-03-05T18:00:00Z"), did(platform, data.EventEscalated, "2026-04-10T18:00:00Z"))},
			// 10 Apr and 10 May are both in summer time.
			"2026-05-10T18:00:00Z",
		},
		{
			"forty-five days of the return, not of the refund", "walmart", "dispute",
			policy.Case{Zone: losAngeles, Events: append(opened("2026-11-10T18:00:00Z"), returned("2026-11-11T18:00:00Z"), did(platform, data.EventRefundIssued, "2026-11-13T18:00:00Z"))},
			"2026-12-26T18:00:00Z",
		},
		{
			// Wed 4 Nov; Veterans Day on Wed 11; twelve business days: 5 6 9 10 12 13 16 17 18 19 20 23.
			"the buyer sends back within twelve business days", "ebay-return", "return_ship",
			policy.Case{Zone: losAngeles, Events: append(opened("2026-11-02T18:00:00Z"), did(seller, data.EventReturnAgreed, "2026-11-04T18:00:00Z"))},
			"2026-11-23T18:00:00Z",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			view := policy.Evaluate(pack(t, c.pack), policy.NewCalendars(), c.at, c.at.Events[len(c.at.Events)-1].At)
			if d := deadline(t, view, c.rule); !d.Due.Equal(at(c.due)) {
				t.Errorf("%s due %s, want %s: %v", c.rule, d.Due.Format(time.RFC3339), c.due, d.Why.Lines)
			}
		})
	}
}

// A date is no more certain than its weakest part.
func TestADateIsAsSureAsItsWeakestPart(t *testing.T) {
	opened := []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-02T18:00:00Z")}
	override := func(path, value string) policy.Override {
		return policy.Override{Pack: "ebay-inr", Path: path, Value: value, Who: "Lin", When: at("2026-11-01T00:00:00Z"), Why: "their letter"}
	}
	for _, c := range []struct {
		name, pack string
		overrides  []policy.Override
		want       data.Confidence
	}{
		{"hours need no clock", "amazon-atoz", nil, data.Confirmed},
		{"business days at an unknown clock", "ebay-inr", nil, data.Unconfirmed},
		{"a figure of one's own at that clock", "ebay-inr", []policy.Override{override("deadline.respond.within.days", "2")}, data.Unconfirmed},
		{"a clock of one's own", "ebay-inr", []policy.Override{override("clock.holidays", "US")}, data.Own},
		{"both of one's own", "ebay-inr", []policy.Override{override("clock.zone", losAngeles), override("deadline.respond.within.days", "2")}, data.Own},
	} {
		rules, err := policy.NewRules(packs(t), nil, c.overrides, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := rules.Brief(policy.Case{Pack: c.pack, Events: opened}); got.Sure != c.want || got.Due.IsZero() {
			t.Errorf("%s: %q, want %q", c.name, got.Sure, c.want)
		}
	}
	stated := policy.Case{Pack: "ebay-inr", Events: []data.CaseEvent{stating(opened[0], "2026-11-05T18:00:00Z")}}
	if got := policy.Brief(pack(t, "ebay-inr"), policy.NewCalendars(), stated); got.Sure != data.Confirmed {
		t.Errorf("stated by the platform: %q", got.Sure)
	}
}

// What the user sets for a whole pack wins over its sites, and a site's own over that.
func TestOverridesOfClocksAndVariants(t *testing.T) {
	set := func(pack, path, value string) policy.Override {
		return policy.Override{Pack: pack, Path: path, Value: value, Who: "Lin", When: at("2026-11-01T00:00:00Z"), Why: "their letter"}
	}
	due := func(c policy.Case, overrides ...policy.Override) string {
		rules, err := policy.NewRules(packs(t), nil, overrides, nil)
		if err != nil {
			t.Fatal(err)
		}
		return rules.Brief(c).Due.Format(time.RFC3339)
	}
	uk := policy.Case{Pack: "ebay-inr", Market: "GB", Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-23T10:00:00Z")}}
	if got := due(uk, set("ebay-inr", "clock.holidays", "US")); got != "2026-11-27T10:00:00Z" { // Tue, Wed, not Thanksgiving, Fri; in Los Angeles
		t.Errorf("the pack's clock: %s", got)
	}
	if got := due(uk, set("ebay-inr", "clock.holidays", "US"), set("ebay-inr", "market.GB.holidays", "GB")); got != "2026-11-26T10:00:00Z" {
		t.Errorf("the site's clock: %s", got)
	}
	id := policy.Case{Pack: "tiktok", Market: "ID", Events: []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-13T03:00:00Z")}}
	if got := due(id, set("tiktok", "deadline.respond.within.hours", "12")); got != "2026-11-13T15:00:00Z" {
		t.Errorf("the rule's own figure: %s", got)
	}
	if got := due(id, set("tiktok", "deadline.respond.id.within.hours", "24")); got != "2026-11-14T03:00:00Z" {
		t.Errorf("the variant's figure: %s", got)
	}
}

func TestASpanOfNothingIsRefused(t *testing.T) {
	for _, value := range []string{"0", "00", " 0 "} {
		_, err := policy.Apply(packs(t), []policy.Override{{Pack: "ebay-inr", Path: "deadline.respond.within.days", Value: value, Who: "Lin", Why: "x"}})
		if problem, ok := data.AsProblem(err); !ok || problem.Kind.Code != "policy_figure_value" {
			t.Errorf("%q: %v", value, err)
		}
	}
	for _, within := range []string{`{ days = 0, calendar = "business" }`, `{ hours = 0 }`, `{ days = 0 }`, `{ weeks = 1 }`, `{ days = "3" }`, `3`} {
		text := strings.Replace(small, `{ days = 3, calendar = "business" }`, within, 1)
		text = strings.Replace(text, `confidence = "confirmed"`, `confidence = "unconfirmed"`, 1)
		if _, err := policy.Decode("mine.toml", []byte(text)); err == nil || !strings.Contains(err.Error(), "line 53") {
			t.Errorf("%s: %v", within, err)
		}
	}
}

func TestFindingsOfClocksAndSteps(t *testing.T) {
	opened := did(buyer, data.EventOpened, "2026-11-02T18:00:00Z")
	for _, c := range []struct {
		name, pack, rule string
		at               policy.Case
	}{
		{"a second opening", "ebay-inr", "opened_again", policy.Case{Events: []data.CaseEvent{opened, did(buyer, data.EventOpened, "2026-11-03T18:00:00Z")}}},
		{"a step that a later one implies", "ebay-return", "step_implied", policy.Case{Events: []data.CaseEvent{opened, returned("2026-11-03T18:00:00Z")}}},
		{"holidays of a country that nobody knows", "ebay-inr", "holidays_unknown", policy.Case{Market: "XX", Events: []data.CaseEvent{opened}}},
		{"a site that was guessed", "ebay-inr", "site_told", policy.Case{Zone: shanghai, Events: []data.CaseEvent{opened}}},
		{"a date in the year 9999", "ebay-inr", "stated_due_odd", policy.Case{Events: []data.CaseEvent{stating(opened, "9999-12-31T00:00:00Z")}}},
		{"a date a year late", "generic", "stated_due_odd", policy.Case{Events: []data.CaseEvent{stating(opened, "2027-12-20T00:00:00Z")}}},
		{"a date two months behind a rule of three days", "ebay-inr", "stated_due_odd", policy.Case{Events: []data.CaseEvent{stating(opened, "2027-01-05T00:00:00Z")}}},
		{"a date before the opening", "generic", "stated_due_odd", policy.Case{Events: []data.CaseEvent{stating(opened, "2026-11-01T00:00:00Z")}}},
		{"a date behind the network's ceiling", "visa", "stated_due_odd", policy.Case{Events: []data.CaseEvent{stating(opened, "2026-12-10T00:00:00Z")}}},
	} {
		view := policy.Evaluate(pack(t, c.pack), policy.NewCalendars(), c.at, at("2026-11-03T19:00:00Z"))
		if !found(view.Findings, c.rule) {
			t.Errorf("%s: no %s in %v", c.name, c.rule, view.Findings)
		}
		if c.rule == "stated_due_odd" && view.Sure == data.Confirmed {
			t.Errorf("%s: it is called confirmed", c.name)
		}
	}
	for _, good := range []policy.Case{
		{Pack: "ebay-inr", Market: "US", Events: []data.CaseEvent{stating(opened, "2026-11-20T00:00:00Z")}},
		{Pack: "generic", Events: []data.CaseEvent{stating(opened, "2027-02-01T00:00:00Z")}},
		{Pack: "visa", Events: []data.CaseEvent{stating(opened, "2026-11-30T00:00:00Z")}},
		{Pack: "stripe", Events: []data.CaseEvent{stating(opened, "2026-11-23T18:00:00Z")}},
	} {
		p := pack(t, good.Pack)
		if view := policy.Evaluate(p, policy.NewCalendars(), good, at("2026-11-03T19:00:00Z")); len(view.Findings) > 0 || view.Sure != data.Confirmed {
			t.Errorf("%s: %v, %s", good.Pack, view.Findings, view.Sure)
		}
	}
}

// A network's limit is shown as a ceiling, and never as the seller's date.
func TestTheNetworksLimitIsACeiling(t *testing.T) {
	for id, ceiling := range map[string]string{
		"visa": "2026-12-02T12:00:00Z", "mastercard": "2026-12-17T12:00:00Z", "amex": "2026-11-22T12:00:00Z", "discover": "2026-12-02T12:00:00Z",
	} {
		c := policy.Case{Events: []data.CaseEvent{did(platform, data.EventOpened, "2026-11-02T12:00:00Z")}}
		view := policy.Evaluate(pack(t, id), policy.NewCalendars(), c, at("2026-11-03T00:00:00Z"))
		d := deadline(t, view, "respond")
		if !d.Ceiling.Equal(at(ceiling)) || !d.Due.Before(d.Ceiling) || !view.Due.Equal(d.Due) {
			t.Errorf("%s: due %v under %v, want under %s", id, d.Due, d.Ceiling, ceiling)
		}
		if !slices.ContainsFunc(d.Why.Lines, func(line data.Text) bool { return line.Key == "policy.why.ceiling" }) {
			t.Errorf("%s: the reason does not name it: %v", id, d.Why.Lines)
		}
	}
}

// Rights are listed beside the date that must be kept, also when a case has ended.
func TestRightsAreListedByDate(t *testing.T) {
	ruled := []data.CaseEvent{did(buyer, data.EventOpened, "2026-11-02T18:00:00Z"), did(buyer, data.EventEscalated, "2026-11-05T18:00:00Z"), did(platform, data.EventRuled, "2026-11-08T18:00:00Z")}
	closed := append(slices.Clone(ruled), did(platform, data.EventClosed, "2026-11-10T18:00:00Z"))
	appealed := append(slices.Clone(ruled), did(seller, data.EventAppealed, "2026-11-12T18:00:00Z"))
	for _, c := range []struct {
		name, pack string
		events     []data.CaseEvent
		want       map[string]string
	}{
		{"eBay's decision", "ebay-inr", ruled, map[string]string{"appeal": "2026-12-08T18:00:00Z"}},
		{"closed after it: the first counts", "ebay-inr", closed, map[string]string{"appeal": "2026-12-08T18:00:00Z"}},
		{"an appeal that was made", "ebay-inr", appealed, nil},
		{"before the decision", "ebay-inr", ruled[:2], nil},
		{"Amazon", "amazon-atoz", ruled, map[string]string{"appeal": "2026-12-08T18:00:00Z"}},
		{"TikTok Shop", "tiktok", ruled, map[string]string{"appeal": "2026-11-15T18:00:00Z"}},
		{
			"Walmart: two rights", "walmart",
			[]data.CaseEvent{did(buyer, data.EventOpened, "2026-11-10T18:00:00Z"), returned("2026-11-11T18:00:00Z"), did(platform, data.EventRefundIssued, "2026-11-13T18:00:00Z")},
			map[string]string{"care_refund": "2026-11-15T18:00:00Z", "dispute": "2026-12-26T18:00:00Z"},
		},
	} {
		shown := policy.Brief(pack(t, c.pack), policy.NewCalendars(), policy.Case{Zone: losAngeles, Events: c.events})
		got := map[string]string{}
		for i, right := range shown.Rights {
			got[right.Rule] = right.Due.Format(time.RFC3339)
			if i > 0 && right.Due.Before(shown.Rights[i-1].Due) {
				t.Errorf("%s: not by date: %v", c.name, shown.Rights)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		for rule, due := range c.want {
			if got[rule] != due {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	}
}

func TestWeekendsOfCountries(t *testing.T) {
	cals := policy.NewCalendars()
	friday, saturday, sunday := policy.Date{Year: 2026, Month: time.November, Day: 20}, policy.Date{Year: 2026, Month: time.November, Day: 21}, policy.Date{Year: 2026, Month: time.November, Day: 22}
	for country, off := range map[string][3]bool{
		"AE": {false, true, true}, "SA": {true, true, false}, "IL": {true, true, false}, "US": {false, true, true}, "": {false, true, true},
	} {
		for i, day := range []policy.Date{friday, saturday, sunday} {
			if got, _ := cals.For(country).Off(day); got != off[i] {
				t.Errorf("%s, %s: off %v, want %v", country, day.Weekday(), got, off[i])
			}
		}
	}
}
