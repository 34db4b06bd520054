package data

import (
	"fmt"
	"time"
)

// Service is how a shop serves its buyers, as the seller set it. The zero
// Service is a shop that set nothing: no hours, no policy, no scale.
type Service struct {
	Hours   Week     `json:"hours,omitzero"`
	Zone    string   `json:"zone,omitempty"`     // IANA zone in which the shop works; "" is that in which its platform shows times
	Country string   `json:"country,omitempty"`  // ISO 3166-1, whose public holidays the shop keeps; "" none
	DaysOff []DayOff `json:"days_off,omitempty"` // the shop's own

	ReplyHours   int  `json:"reply_hours,omitempty"`   // within which a buyer is answered; 0 is the platform's figure
	ReplyWorking bool `json:"reply_working,omitempty"` // ReplyHours counts working hours alone

	Signature string       `json:"signature,omitempty"` // under each reply; may have several lines
	Policy    ReturnPolicy `json:"policy,omitzero"`
	Scale     []ScaleStep  `json:"scale,omitempty"`        // what is offered for what went wrong, in the order in which it is offered
	ResendMax Money        `json:"resend_max,omitzero"`    // the dearest order of which a part or all is sent again; zero: nothing set
	KeepMax   Money        `json:"keep_max,omitzero"`      // the dearest order that is refunded without a return; zero: nothing set
	Costs     CostFigures  `json:"costs,omitempty"`        // what returns, parcels sent again and refunds cost the shop
	PayPal    string       `json:"paypal,omitempty"`       // the customer service message that PayPal shows a buyer before a case
	FollowUp  int          `json:"follow_up,omitempty"`    // days after a solution when the buyer is asked how it is; 0 is DefaultFollowUp
	Silent    int          `json:"silent_days,omitempty"`  // days of a buyer's silence after which the next offer is made; 0 is DefaultSilent
	Notices   []NoticeSet  `json:"notices,omitempty"`      // of the program's notices, those that the shop wants otherwise
	Restock   int          `json:"restock_units,omitzero"` // units of one item in one order from which a buyer is taken as a reseller; 0 is DefaultRestock
	KeepDays  int          `json:"keep_days,omitempty"`    // for how long buyers' personal data is kept; 0 is the platform's figure, -1 without an end
	Packing   Packing      `json:"packing,omitzero"`       // from when on an order wants proof of its packing
}

// Packing is from when on a shop wants proof of an order's packing; zero fields are
// the program's own figures.
type Packing struct {
	Dear  Money    `json:"dear,omitzero"`   // the total from which an order is dear
	Units int      `json:"units,omitempty"` // of all lines together, from which an order is large
	Words []string `json:"words,omitempty"` // in titles of goods that want photos of goods and packing
}

// What holds where a shop set nothing, by the program's own judgment.
const (
	DefaultFollowUp = 7  // days
	DefaultSilent   = 3  // days
	DefaultRestock  = 10 // units
)

// Week is when a shop works, by time.Weekday: Sunday is the first.
type Week [7]WorkDay

// WorkDay is from when to when a shop works on a day, in minutes after midnight;
// the zero WorkDay is a day off.
type WorkDay struct {
	From int `json:"from"` // 0 to 1439
	To   int `json:"to"`   // 1 to 1440, after From
}

// Works reports whether the day has hours.
func (d WorkDay) Works() bool { return d.To > d.From }

// String writes the hours as 09:00-18:00; "" is a day off.
func (d WorkDay) String() string {
	if !d.Works() {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", d.From/60, d.From%60, d.To/60, d.To%60)
}

// ParseWorkDay reads hours as String writes them; "" is a day off.
func ParseWorkDay(text string) (WorkDay, error) {
	if text == "" {
		return WorkDay{}, nil
	}
	var h1, m1, h2, m2 int
	var rest string
	n, _ := fmt.Sscanf(text+" .", "%d:%d-%d:%d %s", &h1, &m1, &h2, &m2, &rest) // n tells what the error would
	d := WorkDay{h1*60 + m1, h2*60 + m2}
	if n != 5 || rest != "." || min(h1, m1, h2, m2) < 0 || m1 > 59 || m2 > 59 || !d.Works() || d.To > 24*60 {
		return WorkDay{}, problemWorkDay.New("text", text)
	}
	return d, nil
}

var problemWorkDay = DefineProblem("work_day", ErrInvalid,
	"“{text}” are not working hours.", "Write them as 09:00-18:00, or leave the day empty where nobody works.")

// Works reports whether any day has hours.
func (w Week) Works() bool { return w != Week{} }

// DayOff is a day, or several, on which the shop does not work.
type DayOff struct {
	From string `json:"from"`           // 2026-12-24
	To   string `json:"to,omitempty"`   // the last day; "" is From
	Name string `json:"name,omitempty"` // why
}

// Payer is who pays what it costs to send goods back.
type Payer string

// The payers; "" is not said.
const (
	PayerSeller Payer = "seller"
	PayerBuyer  Payer = "buyer"
	PayerFault  Payer = "fault" // the seller where the goods are at fault, else the buyer
)

// Payers lists them.
func Payers() []Payer { return []Payer{PayerSeller, PayerBuyer, PayerFault} }

// ReturnPolicy are the shop's own words on returns and warranty, as its pages
// promise them. What a platform or a law demands beyond that is not in it.
type ReturnPolicy struct {
	Days       int    `json:"days,omitempty"`            // after delivery within which goods may come back; 0: not said
	Pays       Payer  `json:"pays,omitempty"`            // the postage of a return
	Conditions string `json:"conditions,omitempty"`      // in the seller's words
	RefundDays int    `json:"refund_days,omitempty"`     // within which money goes back once the goods are here; 0: not said
	Warranty   int    `json:"warranty_months,omitempty"` // 0: not said
}

// IsZero reports whether nothing is said.
func (p ReturnPolicy) IsZero() bool { return p == ReturnPolicy{} }

// ScaleStep is one step of a shop's scale of compensation: what it offers for
// what went wrong.
type ScaleStep struct {
	Cause    string `json:"cause,omitempty"`    // one of Causes; "" is any
	Severity Harm   `json:"severity,omitempty"` // "" is any
	Offer    Amends `json:"offer"`
	Percent  int    `json:"percent,omitempty"` // of what was paid, for a part of it; 1 to 99
	Amount   Money  `json:"amount,omitzero"`   // a fixed sum instead of a percentage, or what a coupon is worth
	Note     string `json:"note,omitempty"`    // the seller's own
}

// Harm is how badly something went wrong for the buyer.
type Harm string

// The grades of harm.
const (
	HarmSlight Harm = "slight" // the goods serve, with a flaw or late
	HarmPartly Harm = "partly" // a part of them does not serve
	HarmWhole  Harm = "whole"  // they do not serve, or did not come
)

// Harms lists them, the least first.
func Harms() []Harm { return []Harm{HarmSlight, HarmPartly, HarmWhole} }

// Amends is a kind of solution that a seller offers.
type Amends string

// The kinds of amends.
const (
	AmendsApology  Amends = "apology"
	AmendsCoupon   Amends = "coupon"
	AmendsPart     Amends = "partial_refund"
	AmendsResend   Amends = "resend"   // a part or all of it is sent again
	AmendsExchange Amends = "exchange" // it comes back, and another goes out
	AmendsRepair   Amends = "repair"
	AmendsReturn   Amends = "return_refund" // it comes back, and the money goes back
	AmendsFull     Amends = "full_refund"   // the money goes back, the goods stay
)

// AllAmends lists them, the least first.
func AllAmends() []Amends {
	return []Amends{AmendsApology, AmendsCoupon, AmendsPart, AmendsResend, AmendsExchange, AmendsRepair, AmendsReturn, AmendsFull}
}

// NoticeSet is how a shop wants a notice along the parcel's way.
type NoticeSet struct {
	Notice string `json:"notice"`         // id of the notice
	Off    bool   `json:"off,omitempty"`  // it is never due
	Days   int    `json:"days,omitempty"` // after which it is due; 0 is the program's figure
}

// Location is the zone in which the shop works: its own, else the one given.
func (s Service) Location(shop Shop) *time.Location {
	if s.Zone != "" {
		if zone, err := time.LoadLocation(s.Zone); err == nil {
			return zone
		}
	}
	return shop.Location()
}

// FollowUpDays is after how many days a buyer is asked how a solution was.
func (s Service) FollowUpDays() int { return orDefault(s.FollowUp, DefaultFollowUp) }

// SilentDays is after how many days of silence the next offer is made.
func (s Service) SilentDays() int { return orDefault(s.Silent, DefaultSilent) }

// RestockUnits is from how many units of one item a buyer is taken as a
// reseller.
func (s Service) RestockUnits() int { return orDefault(s.Restock, DefaultRestock) }

func orDefault(n, other int) int {
	if n > 0 {
		return n
	}
	return other
}
