package data

import "time"

// Awaited is an order whose buyer waits for an answer.
type Awaited struct {
	OrderID  int64
	Shop     Shop
	Number   string
	Buyer    string // the name, else the handle
	ShipTo   Address
	Message  string    // UID of the first message that waits
	Channel  string    // on which it came
	Text     string    // of that message
	Since    time.Time // when it came
	Messages int       // how many wait
	First    bool      // nobody has answered this buyer on this order yet
}
