package data

import "time"

// ComplaintStage is how far a complaint is.
type ComplaintStage string

// The stages of a complaint, in their order.
const (
	ComplaintReceive ComplaintStage = "receive"  // say that it came in, and by when the answer comes
	ComplaintFindOut ComplaintStage = "find_out" // what happened, why, what the buyer wants and would accept
	ComplaintOffer   ComplaintStage = "offer"    // a solution, the buyer's wish first
	ComplaintSettle  ComplaintStage = "settle"   // do what was agreed
	ComplaintArchive ComplaintStage = "archive"  // closed, with cause and outcome
)

// ComplaintStages lists them in their order.
func ComplaintStages() []ComplaintStage {
	return []ComplaintStage{ComplaintReceive, ComplaintFindOut, ComplaintOffer, ComplaintSettle, ComplaintArchive}
}

// ComplaintOutcomes lists how a complaint can end.
func ComplaintOutcomes() []string {
	return []string{"refunded", "partly_refunded", "resent", "exchanged", "repaired", "returned", "explained", "withdrawn", "disputed", "silent"}
}

// Complaint is one on its way.
type Complaint struct {
	ID        int64          `json:"-"`
	UID       string         `json:"uid"` // UUIDv7
	OrderID   int64          `json:"-"`   // 0: about no order yet
	DisputeID int64          `json:"-"`   // 0: no dispute was opened
	Stage     ComplaintStage `json:"stage"`
	Cause     string         `json:"cause,omitempty"`    // one of Causes; "" not classed yet
	Happened  string         `json:"happened,omitempty"` // what happened, in the buyer's words or the seller's
	Why       string         `json:"why,omitempty"`      // why it happened
	Wish      string         `json:"wish,omitempty"`     // what the buyer wants: one of AllAmends, or other words
	Accepts   string         `json:"accepts,omitempty"`  // what the buyer would accept: one of AllAmends, or other words
	Offers    Offers         `json:"offers,omitzero"`
	OpenedAt  time.Time      `json:"opened_at"`
	AnswerBy  time.Time      `json:"answer_by,omitzero"` // what the buyer was told, or is to be told
	ClosedAt  time.Time      `json:"closed_at,omitzero"`
	Outcome   string         `json:"outcome,omitempty"` // one of ComplaintOutcomes, once it is closed
	Operator  string         `json:"operator,omitempty"`
	BinnedAt  time.Time      `json:"binned_at,omitzero"`
}

// Offers are the solutions of a complaint.
type Offers struct {
	Harm Harm       `json:"harm,omitempty"`
	List []Solution `json:"list,omitempty"` // in the order in which they are offered
}

// OfferState says what became of a solution.
type OfferState string

// The states of a solution.
const (
	OfferPlanned  OfferState = ""
	OfferMade     OfferState = "made"
	OfferDeclined OfferState = "declined"
	OfferAccepted OfferState = "accepted"
)

// Solution is one that is offered, or may be.
type Solution struct {
	Offer  Amends     `json:"offer"`
	Amount Money      `json:"amount,omitzero"` // of a refund or coupon
	Note   string     `json:"note,omitempty"`
	State  OfferState `json:"state,omitempty"`
	At     time.Time  `json:"at,omitzero"` // when it was made, declined or accepted
}

// Next is the first solution that was not made yet; nil where all were.
func (o Offers) Next() *Solution {
	for i := range o.List {
		if o.List[i].State == OfferPlanned {
			return &o.List[i]
		}
	}
	return nil
}

// Pending is the offer that waits for the buyer's answer; nil where none does.
func (o Offers) Pending() *Solution {
	for i := range o.List {
		if o.List[i].State == OfferMade {
			return &o.List[i]
		}
	}
	return nil
}

// ComplaintCount counts complaints that were closed, by cause and outcome.
type ComplaintCount struct {
	Cause   string
	Outcome string
	N       int
}

// ComplaintRow is a complaint with the order that it is about.
type ComplaintRow struct {
	Complaint
	Platform Platform
	ShopID   int64
	ShopName string
	Zone     string
	Number   string
	Buyer    string
}
