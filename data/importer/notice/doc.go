// Package notice reads the notice e-mails of platforms: "a buyer opened a
// case", "your answer is due on", "the case is closed".
//
// Its one rule: it shows what it found and where, for a person to confirm, and
// never fills a gap. What no pattern matched stays empty; what could be read
// in two ways stays empty and is a doubt; a mail that nobody recognizes comes
// back with the reasons, not dropped.
//
// A person drops .eml files (one mail), .mbox files (many) or pastes the text
// of a mail. Who the platforms are and how they write is data: recognizers
// (assets/notices/*.toml, and a user's own). A sender's domain must be one of
// the recognizer's; the name that is shown beside it is never trusted. Even
// so, anybody can write any sender into an e-mail: see Notice.Caution.
//
// What a buyer wrote inside of a notice is hostile: it sets no date, no amount
// and no number. A date that was seen and not used is a doubt.
//
// Patterns are RE2, which takes time in proportion to the text, whatever a
// mail holds. Everything else is bounded by the Max constants.
package notice

import (
	"net/textproto"
	"time"

	"casebinder/data"
)

// Limits. A mail over one of them is not dropped: it comes back with what
// could be read and a doubt that says what to do.
const (
	MaxMail        = 32 << 20 // bytes of one mail; of a larger one the header is read alone
	MaxHeader      = 256 << 10
	MaxText        = 256 << 10 // bytes of Notice.Text
	MaxParts       = 20_000    // lines that may begin a part
	MaxMultiparts  = 20        // containers in a mail, nested or side by side
	MaxAttachments = 1_000     // listed
	MaxMails       = 200_000   // in one file
	maxHits        = 20        // of one pattern in one text
	maxWindow      = 120       // bytes that are searched for a date or an amount
	maxName        = 200       // bytes of an attachment's name
	maxLine        = 1_000     // bytes of a subject, an address or an identifier
)

// A Source says where a mail stands.
type Source struct {
	File   string
	Index  int   // 1 is the first mail of the file; 0 for pasted text
	Offset int64 // of the mail's first byte
	Length int64 // bytes of the mail as it stands in the file
	Quoted bool  // in an mbox: a ">" stands before lines that begin with "From "
}

// A Notice is what was read from one mail.
type Notice struct {
	Source    Source
	Sum       string // SHA-256 of the mail as it stands in the file, in hex
	MessageID string // without angle brackets
	From      string // address, lower case; "" when there is none or more than one
	FromName  string // as shown by mail programs; anybody can write anything there
	Subject   string
	Date      time.Time // as the mail says; zero when it does not

	Recognizer  string        // id; "" when nobody recognized the mail
	Rule        string        // id of the event rule
	Platform    data.Platform // known already when only the sender is
	Kind        data.EventKind
	Channel     string // on which channel of the platform the case is opened, as packs name it; "" when the notice does not say
	OrderNumber string
	CaseNumber  string
	PaymentRef  string // transaction or charge
	Reason      data.Reason
	Amount      data.Money
	Due         Due
	Confidence  data.Confidence // the lowest of the patterns that were used

	Text        string // the mail as plain text, at most MaxText bytes
	Found       []FieldHit
	Doubts      []*data.Problem // what a person must look at before confirming
	Attachments []Attachment

	subject, body folded               // while it is being recognized
	headers       textproto.MIMEHeader // until it was recognized
	buyer         []span               // of the body: what the buyer wrote
}

// Recognized reports whether a recognizer knew sender and event.
func (n *Notice) Recognized() bool { return n.Recognizer != "" }

// Caution says that an e-mail's sender proves nothing. It is nil for pasted
// text, whose doubts say so.
func (n *Notice) Caution() *data.Problem {
	if n.From == "" {
		return nil
	}
	return problemForgeable.New("address", n.From)
}

func (n *Notice) doubt(p *data.Problem) { n.Doubts = append(n.Doubts, p) }

// Field names what a pattern finds.
type Field string

// The fields.
const (
	FieldCase    Field = "case_number"
	FieldOrder   Field = "order_number"
	FieldPayment Field = "payment_ref"
	FieldAmount  Field = "amount"
	FieldDue     Field = "due"
	FieldWithin  Field = "within" // "within 48 hours": shown, never computed into a date
	FieldReason  Field = "reason"
	FieldEvent   Field = "event"
)

// Fields lists the fields that a field rule may find.
func Fields() []Field {
	return []Field{FieldCase, FieldOrder, FieldPayment, FieldAmount, FieldDue, FieldWithin}
}

// Where says in which text something was found.
type Where string

// The texts of a mail.
const (
	InBoth    Where = ""
	InSubject Where = "subject"
	InBody    Where = "body"
	InHeader  Where = "header" // the recognizer's line of the header; Offset and Length are 0
)

// A FieldHit is one thing that a pattern found.
type FieldHit struct {
	Field      Field
	Value      string // as written, full-width signs as plain ones; for reasons and events the word that it means
	Where      Where
	Offset     int // in bytes, in Notice.Subject or Notice.Text
	Length     int
	Pattern    string // as the recognizer writes it
	Confidence data.Confidence
}

// An Attachment is a file in a mail. Its name and type are the sender's words.
type Attachment struct {
	Name string // the last part of the path, without control characters; "" when it has none
	Type string // such as "image/png"
	Size int    // bytes, unpacked
}

// Due is a due date as the mail states it.
type Due struct {
	At       time.Time // UTC; zero when it could not be read for certain
	Text     string    // as written; "" when the mail states none
	Day      string    // "2026-03-14", when at least the day is certain
	DayOnly  bool      // no time of day is stated: At is the day, by its end
	Zone     string    // the zone that it was read in: "America/Los_Angeles", "UTC-07:00"
	ZoneFrom ZoneFrom
}

// ZoneFrom says where the zone of a due date comes from.
type ZoneFrom string

// Where zones come from.
const (
	ZoneUnknown    ZoneFrom = ""
	ZoneMail       ZoneFrom = "mail" // the mail states it
	ZoneRecognizer ZoneFrom = "recognizer"
	ZoneShop       ZoneFrom = "shop" // Options.Zone
)

// Options are what the shop that the mails belong to adds. The zero value
// adds nothing.
type Options struct {
	Zone     *time.Location // of dates without a zone
	Currency string         // that a sign of several currencies, such as "$", means
}
