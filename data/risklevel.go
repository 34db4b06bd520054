package data

import "slices"

// RiskLevel says how an order stands before it ships.
type RiskLevel string

// The levels, the mildest first.
const (
	RiskNone  RiskLevel = ""      // not reviewed, or no longer to be shipped
	RiskClear RiskLevel = "clear" // nothing speaks against shipping
	RiskLook  RiskLevel = "look"  // look closer, then ship
	RiskHold  RiskLevel = "hold"  // wait until a date
	RiskStop  RiskLevel = "stop"  // do not ship while it stands
)

// RiskLevels lists the levels of a review, the mildest first.
func RiskLevels() []RiskLevel { return []RiskLevel{RiskClear, RiskLook, RiskHold, RiskStop} }

// Rank orders levels: a higher one is worse. One that is not known comes first.
func (l RiskLevel) Rank() int { return slices.Index(RiskLevels(), l) }

// RiskReason names a rule that found something in an order.
type RiskReason struct {
	Rule  string `json:"rule"`
	Title string `json:"title"` // a word or two, in English
}

// RiskDecision is what a person decided about shipping an order.
type RiskDecision string

// The decisions.
const (
	RiskUndecided RiskDecision = ""
	RiskShip      RiskDecision = "ship"   // it may ship all the same
	RiskWait      RiskDecision = "hold"   // not before a date of the person's own
	RiskCancel    RiskDecision = "cancel" // it is to be canceled
)
