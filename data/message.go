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

	IntakeID   int64         `json:"-"`                     // what it came in with; 0: alone
	Source     MessageSource `json:"source,omitempty"`      // how it came in
	Precision  Precision     `json:"precision,omitempty"`   // of SentAt
	ExternalID string        `json:"external_id,omitempty"` // Message-ID of a mail, or the platform's own
	Edited     bool          `json:"edited,omitempty"`      // the messenger says that its author changed it
	NoAnswer   bool          `json:"no_answer,omitempty"`   // a person said that it wants no answer

	Template string          `json:"template,omitempty"` // UID of the template that a reply was written from
	Variant  string          `json:"variant,omitempty"`  // UID of its variant
	Passed   []PassedFinding `json:"passed,omitempty"`   // what the check of the reply said, and a person let stand
}

// WrittenChannels are the ways by which something can be written to a buyer of a
// platform: its own messages first, then what stands beside them. Wangwang, the
// TradeManager, belongs to Alibaba's sites.
func WrittenChannels(p Platform) []string {
	list := []string{string(p)}
	if p == AliExpress || p == OtherSite {
		list = append(list, "wangwang")
	}
	return append(list, "note", "email", "whatsapp", "wechat", "telegram", "line", "messenger", "sms")
}

// MessageSource says how a message came into the desk.
type MessageSource string

// The sources of messages.
const (
	SourceUnknown MessageSource = "" // it was not written down
	SourceTyped   MessageSource = "typed"
	SourcePaste   MessageSource = "paste"
	SourceFile    MessageSource = "file" // an exported chat
	SourceMail    MessageSource = "mail"
	SourceImport  MessageSource = "import" // a platform's file of messages
	SourceReply   MessageSource = "reply"  // written here, and said to be sent
	SourceCall    MessageSource = "call"   // a note of a phone call
)

// Precision says how well a time is known.
type Precision string

// The precisions of a message's time.
const (
	ToMinute Precision = "" // or better
	ToDay    Precision = "day"
	NoTime   Precision = "none" // it says nothing; the time is that at which it came in
)

// A PassedFinding is what the check of a reply said and a person let stand, as it
// is kept with the draft and then with the message.
type PassedFinding struct {
	Rule     string    `json:"rule"`
	Key      string    `json:"key"` // of the finding
	Severity Severity  `json:"severity"`
	Why      Text      `json:"why"` // what it said
	Reason   string    `json:"reason"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// Intake is what came in as one piece: a pasted chat, an exported one, a mail, a
// mailbox. What was pasted is kept as it was, whatever was read out of it.
type Intake struct {
	ID      int64     `json:"-"`
	UID     string    `json:"uid"`              // UUIDv7
	Form    string    `json:"form,omitempty"`   // "whatsapp", "eml" ...; "" not known
	Name    string    `json:"name,omitempty"`   // of the file; "" pasted
	Raw     string    `json:"-"`                // the pasted text
	SHA256  string    `json:"sha256,omitempty"` // of the file in the vault, or of Raw
	TakenAt time.Time `json:"taken_at"`
	TakenBy string    `json:"taken_by,omitempty"`
}

// Wait is an order whose buyer waits for an answer.
type Wait struct {
	OrderID     int64
	Number      string
	ShopID      int64
	ShopName    string
	Platform    Platform
	Buyer       string
	Country     string
	MessageID   int64
	MessageUID  string // the first that waits
	Text        string // of it
	Channel     string
	Since       time.Time
	Messages    int  // how many wait
	FirstAnswer bool // nobody has answered this buyer on this order yet
}
