package data

import (
	"cmp"
	"time"
)

// Reason is why a dispute was opened, in one vocabulary for all platforms.
// The mapping to each platform's own codes is platform data.
type Reason string

// The reasons of a dispute.
const (
	ReasonNotReceived    Reason = "not_received"
	ReasonNotAsDescribed Reason = "not_as_described"
	ReasonDamaged        Reason = "damaged"
	ReasonWrongItem      Reason = "wrong_item"
	ReasonShort          Reason = "short_shipment"
	ReasonQuality        Reason = "quality"
	ReasonFake           Reason = "counterfeit"
	ReasonUnauthorized   Reason = "unauthorized"
	ReasonRefundMissing  Reason = "refund_missing"
	ReasonDuplicate      Reason = "duplicate_or_amount"
	ReasonCanceled       Reason = "canceled"
	ReasonChangedMind    Reason = "changed_mind"
	ReasonOther          Reason = "other"
)

// Reasons lists all reasons in the order in which a choice shows them.
func Reasons() []Reason {
	return []Reason{
		ReasonNotReceived, ReasonNotAsDescribed, ReasonDamaged, ReasonWrongItem, ReasonShort, ReasonQuality,
		ReasonFake, ReasonUnauthorized, ReasonRefundMissing, ReasonDuplicate, ReasonCanceled, ReasonChangedMind, ReasonOther,
	}
}

// EventKind is what happened in a dispute.
type EventKind string

// The kinds of case events. A correction says what an earlier event got wrong;
// events themselves are never edited.
const (
	EventOpened            EventKind = "opened"
	EventClaimChanged      EventKind = "claim_changed"
	EventAccepted          EventKind = "accepted"
	EventRejected          EventKind = "rejected"
	EventCounterOffer      EventKind = "counter_offer"
	EventMessage           EventKind = "message"
	EventEvidenceRequested EventKind = "evidence_requested"
	EventEvidenceSent      EventKind = "evidence_sent"
	EventEscalated         EventKind = "escalated"
	EventPlatformStepped   EventKind = "platform_stepped_in"
	EventReturnAgreed      EventKind = "return_agreed"
	EventReturnShipped     EventKind = "return_shipped"
	EventReturnReceived    EventKind = "return_received"
	EventRefundIssued      EventKind = "refund_issued"
	EventAppealed          EventKind = "appealed"
	EventRuled             EventKind = "ruled"
	EventClosed            EventKind = "closed"
	EventWithdrawn         EventKind = "withdrawn"
	EventCorrection        EventKind = "correction"
)

// EventKinds lists all kinds in the order in which a choice shows them.
func EventKinds() []EventKind {
	return []EventKind{
		EventOpened, EventClaimChanged, EventAccepted, EventRejected, EventCounterOffer, EventMessage,
		EventEvidenceRequested, EventEvidenceSent, EventEscalated, EventPlatformStepped, EventReturnAgreed,
		EventReturnShipped, EventReturnReceived, EventRefundIssued, EventAppealed, EventRuled, EventClosed,
		EventWithdrawn, EventCorrection,
	}
}

// Actor says who did something.
type Actor string

// The actors of a dispute.
const (
	ActorBuyer    Actor = "buyer"
	ActorSeller   Actor = "seller"
	ActorPlatform Actor = "platform"
)

// CaseEvent is one thing that happened in a dispute. Events are appended, never
// edited.
type CaseEvent struct {
	ID         int64     `json:"-"`
	UID        string    `json:"uid"` // UUIDv7
	Kind       EventKind `json:"kind"`
	Actor      Actor     `json:"actor"`
	At         time.Time `json:"at"`                 // when it happened
	RecordedAt time.Time `json:"recorded_at"`        // when it was written down here
	Operator   string    `json:"operator"`           // who wrote it down
	Note       string    `json:"note,omitempty"`     //
	Amount     Money     `json:"amount,omitzero"`    // of an offer, a refund, a changed claim
	Due        time.Time `json:"due,omitzero"`       // the date that the platform stated with it
	Corrects   string    `json:"corrects,omitempty"` // UID of the event that a correction is about
}

// Stage is where a dispute stands.
type Stage string

// The stages of a dispute, as a ladder.
const (
	StageNegotiation Stage = "negotiation" // between buyer and seller
	StagePlatform    Stage = "platform"    // the platform decides
	StageReturn      Stage = "return"      // goods are on their way back
	StageAppeal      Stage = "appeal"
	StageClosed      Stage = "closed"
)

// Stages lists all stages in order.
func Stages() []Stage {
	return []Stage{StageNegotiation, StagePlatform, StageReturn, StageAppeal, StageClosed}
}

// Dispute is one case about one order; an order may have several.
type Dispute struct {
	ID         int64       `json:"-"`
	UID        string      `json:"uid"` // UUIDv7
	OrderID    int64       `json:"-"`
	Reason     Reason      `json:"reason"`
	Claim      string      `json:"claim,omitempty"` // what the buyer says and wants, in their words
	Translated Translation `json:"claim_translation,omitzero"`
	Amount     Money       `json:"amount,omitzero"`
	CaseNumber string      `json:"case_number,omitempty"` // the platform's
	OpenedAt   time.Time   `json:"opened_at"`
	StatedDue  time.Time   `json:"stated_due,omitzero"` // the date that the platform states; it wins over any computed one
	Due        time.Time   `json:"due,omitzero"`        // the date that counts: the stated one, else the rule's; cached from the events
	DueSure    string      `json:"due_sure,omitempty"`  // how sure that date is, as package policy says: "unconfirmed" ...
	DueRule    string      `json:"due_rule,omitempty"`  // which rule says so; "stated" for the platform's date
	Stage      Stage       `json:"stage"`               // cached from the events
	Waiting    Actor       `json:"waiting"`             // who must act next; cached from the events; "" when closed
	Rights     []Right     `json:"rights,omitempty"`    // cached from the events
	Pack       string      `json:"pack,omitempty"`      // policy pack that a person chose; "" is told from platform and reason
	Wish       string      `json:"wish,omitempty"`      // what the buyer asks for, as an offer of package policy; "" not known
	Decision   Decision    `json:"decision,omitzero"`
	Ruling     Ruling      `json:"ruling,omitzero"`
	Events     []CaseEvent `json:"events,omitempty"` // in the order in which they happened
	BinnedAt   time.Time   `json:"binned_at,omitzero"`
}

// Translation is what somebody wrote in another language.
type Translation struct {
	Text string `json:"text"`
	By   string `json:"by,omitempty"` // a person or a service, as it should be printed
}

// A Right is something that the seller may do until a date, and need not: an
// appeal, an escalation. It may outlive the case.
type Right struct {
	Rule string     `json:"rule"` // id of its rule in the policy pack
	Due  time.Time  `json:"due"`
	Sure Confidence `json:"sure,omitempty"`
}

// Decision is whether a person chose to fight or to accept, and why.
type Decision struct {
	Choice string    `json:"choice,omitempty"` // "fight", "accept" or "" while it is open
	Reason string    `json:"reason,omitempty"`
	By     string    `json:"by,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// Ruling is how a dispute ended, and what is to be learned from it.
type Ruling struct {
	Outcome string `json:"outcome,omitempty"` // one of Outcomes
	Liable  string `json:"liable,omitempty"`  // one of Liables
	Why     string `json:"why,omitempty"`     // the platform's reason, in its vocabulary or words
	Lessons string `json:"lessons,omitempty"` // the seller's own
	Cause   string `json:"cause,omitempty"`   // one of Causes: what went wrong in the first place
}

// Untold reports whether it is open for whom the platform ruled, in a dispute that it
// ruled: who lost may have lost by the carrier's fault.
func (r Ruling) Untold() bool {
	return r.Liable == "" && (r.Outcome == "" || r.Outcome == "lost" || r.Outcome == "split")
}

// With is the ruling with what another one tells in the place of its own.
func (r Ruling) With(n Ruling) Ruling {
	return Ruling{
		Outcome: cmp.Or(n.Outcome, r.Outcome), Liable: cmp.Or(n.Liable, r.Liable), Why: cmp.Or(n.Why, r.Why),
		Lessons: cmp.Or(n.Lessons, r.Lessons), Cause: cmp.Or(n.Cause, r.Cause),
	}
}

// Outcomes lists how a dispute can end.
func Outcomes() []string { return []string{"won", "lost", "split", "accepted", "withdrawn"} }

// Liables lists who can be found liable.
func Liables() []string { return []string{"seller", "buyer", "carrier", "platform", "nobody"} }

// Causes lists the classes of what goes wrong, by which products and carriers
// are reviewed.
func Causes() []string {
	return []string{"product", "packing", "carrier", "customs", "listing", "address", "service", "buyer", "fraud", "other"}
}

// DisputeRow is the slim row of the disputes table and of Today.
type DisputeRow struct {
	ID          int64
	UID         string
	OrderID     int64
	Platform    Platform
	ShopName    string
	Zone        string
	OrderNumber string
	CaseNumber  string
	BuyerName   string
	Reason      Reason
	Amount      Money
	OpenedAt    time.Time
	Due         time.Time // the date that counts; zero when none is known
	Stage       Stage
	Waiting     Actor
	Evidence    int
	Submissions int
	DueRule     string // which rule says so; "stated" for the platform's date
	DueSure     string // how sure that date is: "confirmed", "third-party", "unconfirmed", "own"
	Outcome     string // "" while it is open
}

// CountingDue is the date that still counts: none in a closed case.
func (r DisputeRow) CountingDue() time.Time {
	if r.Stage == StageClosed {
		return time.Time{}
	}
	return r.Due
}

// DisputeSort names a sortable column of the disputes table.
type DisputeSort string

// The sortable columns; each has an index.
const (
	DisputeByDue    DisputeSort = "due" // unknown dates last
	DisputeByOpened DisputeSort = "opened"
	DisputeByOrder  DisputeSort = "order"
	DisputeByShop   DisputeSort = "shop"
	DisputeByReason DisputeSort = "reason"
	DisputeByAmount DisputeSort = "amount"
	DisputeByStage  DisputeSort = "stage"
)

// DisputeQuery says which disputes, in which order. The zero query is all
// that are not in the bin, by opening, newest first.
type DisputeQuery struct {
	Search    string // over case number, order number, buyer, claim and messages
	ShopID    int64
	OrderID   int64
	Reason    Reason
	Stage     Stage
	OpenOnly  bool
	Sort      DisputeSort // "" means DisputeByOpened
	Ascending bool
}
