package data

import "time"

// Direction says who wrote a message.
type Direction string

// The directions of a message.
const (
	FromBuyer    Direction = "in"
	ToBuyer      Direction = "out"
	FromPlatform Direction = "platform" // a notice of the platform
)

// Message is what was written about an order. Its text is never changed; a
// translation stands beside it with the translator's name.
type Message struct {
	ID          int64     `json:"-"`
	UID         string    `json:"uid"` // the platform's id, or a UUIDv7
	OrderID     int64     `json:"-"`   // 0: about no order yet
	DisputeID   int64     `json:"-"`   // 0: about no dispute
	Direction   Direction `json:"direction"`
	Channel     string    `json:"channel,omitempty"` // "ebay", "email", "whatsapp" ...
	Author      string    `json:"author,omitempty"`
	SentAt      time.Time `json:"sent_at"`
	Language    string    `json:"language,omitempty"` // BCP 47
	Text        string    `json:"text"`
	Translation string    `json:"translation,omitempty"`
	TransLang   string    `json:"translation_language,omitempty"`
	Translator  string    `json:"translator,omitempty"` // a person or a service, as it should be printed
}
