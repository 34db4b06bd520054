package data

// EntityBuyer is the entity of buyers in changes; a row id is that of any account
// of the person.
const EntityBuyer = "buyer"

// MarkKind says what kind of thing a mark is.
type MarkKind string

// The kinds of marks, the strongest first.
const (
	MarkEmail   MarkKind = "email"
	MarkPhone   MarkKind = "phone"
	MarkAddress MarkKind = "address"
	MarkPayer   MarkKind = "payer" // the mailbox with which was paid
	MarkIP      MarkKind = "ip"    // from which was ordered
)

// MarkKinds lists them.
func MarkKinds() []MarkKind {
	return []MarkKind{MarkEmail, MarkPhone, MarkAddress, MarkPayer, MarkIP}
}

// MarkCrowd is how many accounts may share a mark before it says nothing of any of
// them: it is a warehouse, a forwarder, a company's line.
const MarkCrowd = 50

// A BuyerMark is something by which accounts of buyers are compared, in the form in
// which it is: "ana@example.com", "+34612345677", "c mayor 12|28013|ES".
type BuyerMark struct {
	Kind  MarkKind `json:"kind"`
	Value string   `json:"value"`
}

// A SharedMark is a mark of a buyer that other persons' accounts carry too.
type SharedMark struct {
	BuyerMark
	Others int  `json:"others"` // accounts of other persons, counted up to what makes a crowd
	Crowd  bool `json:"crowd"`  // so many share it that it says nothing of anybody: a warehouse, a forwarder
}
