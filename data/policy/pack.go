package policy

import (
	"slices"
	"strings"

	"casebinder/data"
)

// Format is the number of the form in which packs are written. A pack with a
// higher number was made for a newer program, and is refused.
const Format = 1

// Both stands where buyer and seller must act together.
const Both data.Actor = "both"

// Origin says where a figure comes from, and who changed it since.
type Origin struct {
	data.Origin
	Overrides []Override `toml:"-"` // the overrides in force, oldest first; none: as the pack says
}

// A Pack holds the rules of one channel on which disputes are carried out. It
// is data: the built-in ones are assets/policies/*.toml. Packs are shared: do
// not change one, but Apply overrides, which gives another.
type Pack struct {
	Format   int           `toml:"format"`
	ID       string        `toml:"id"` // stable key, such as "ebay-inr"
	Version  int           `toml:"version"`
	Title    string        `toml:"title"`
	Platform data.Platform `toml:"platform"`          // "" for a pack that serves where no other does
	Channel  string        `toml:"channel"`           // kind of case on the platform, such as "inquiry"
	Edition  string        `toml:"edition"`           // when the rules were last read
	About    string        `toml:"about,omitempty"`   // what the reader has to know of the rules as a whole
	Start    string        `toml:"start"`             // the stage in which a case begins
	Default  []data.Reason `toml:"default,omitempty"` // the reasons for which this is the platform's usual pack
	Clock    Clock         `toml:"clock"`             //
	Markets  []Market      `toml:"market,omitempty"`  // sites with clocks of their own
	Reasons  []ReasonWords `toml:"reason,omitempty"`  // the platform's words for reasons
	Stages   []Stage       `toml:"stage"`             //
	Always   []Step        `toml:"always,omitempty"`  // what may happen in every stage

	Deadlines []Deadline `toml:"deadline,omitempty"`
	Items     []Item     `toml:"item,omitempty"`
	Fees      []Fee      `toml:"fee,omitempty"`
	Rates     []Rate     `toml:"rate,omitempty"`
	Fallbacks []Fallback `toml:"fallback,omitempty"`
	Windows   []Window   `toml:"window,omitempty"`
	Uploads   []Upload   `toml:"upload,omitempty"`
	Notes     []Note     `toml:"note,omitempty"`
	Rulings   Rulings    `toml:"rulings,omitzero"`

	Protection *Protection `toml:"protection,omitempty"` // nil: none is known
	Before     []Before    `toml:"before,omitempty"`     // conditions of protection that are looked at before shipping

	m *machine // made by check
}

// Protection is what a platform promises sellers who meet conditions: the items
// of the pack that ask for it.
type Protection struct {
	Title   string        `toml:"title"`
	Reasons []data.Reason `toml:"reasons"`        // which cases it covers
	Only    bool          `toml:"only,omitempty"` // it covers no others
	Origin
}

// Clock says in which time a platform counts.
type Clock struct {
	Zone     string `toml:"zone"`     // IANA name; "shop": the shop's zone
	Holidays string `toml:"holidays"` // ISO 3166-1 country whose holidays are no business days; "": weekends only
	Origin
}

// Market is a site of a platform that counts by a clock of its own.
type Market struct {
	Is       string `toml:"is"`                 // ISO 3166-1 country of the site
	Zone     string `toml:"zone"`               // IANA name; "shop": the shop's zone
	Holidays string `toml:"holidays,omitempty"` // as in Clock
	Currency string `toml:"currency,omitempty"` // ISO 4217: a case in it is of this site, where nothing better tells
	Origin
}

// ReasonWords are a platform's own words for a reason.
type ReasonWords struct {
	Is    data.Reason `toml:"is"`
	Words []string    `toml:"words"`
	Origin
}

// Rung is a step of the ladder on which disputes climb.
type Rung string

// The rungs, from the lowest.
const (
	RungNegotiation Rung = "negotiation"
	RungPlatform    Rung = "platform"
	RungMediation   Rung = "mediation" // online dispute resolution with a neutral mediator
	RungArbitration Rung = "arbitration"
	RungCourt       Rung = "court"
)

// Rungs lists the ladder from its lowest rung.
func Rungs() []Rung {
	return []Rung{RungNegotiation, RungPlatform, RungMediation, RungArbitration, RungCourt}
}

// Stage is where a case can stand under a pack.
type Stage struct {
	ID        string     `toml:"id"`
	Title     string     `toml:"title"`
	Stage     data.Stage `toml:"stage"`                // in the vocabulary of all platforms
	Rung      Rung       `toml:"ladder"`               //
	Who       data.Actor `toml:"who,omitempty"`        // who must act; "" in a stage that ends the case
	Silence   string     `toml:"silence,omitempty"`    // what happens when nobody does anything
	SilenceTo string     `toml:"silence_to,omitempty"` // the stage to which silence leads
	Steps     []Step     `toml:"on,omitempty"`
}

// Final reports whether a case ends in this stage.
func (s *Stage) Final() bool { return s.Stage == data.StageClosed }

// Step is what may happen in a stage, and what it leads to.
type Step struct {
	Event data.EventKind `toml:"event"`
	By    []data.Actor   `toml:"by,omitempty"`   // none: anybody
	To    string         `toml:"to,omitempty"`   // "": the case stays in its stage
	Who   data.Actor     `toml:"who,omitempty"`  // who must act then; "": as the stage says; "other": the other side; "same": as before
	Back  bool           `toml:"back,omitempty"` // the step leads back on the ladder, and is meant to
	Says  string         `toml:"says,omitempty"` // what it leads to, where the title of the next stage does not tell
}

// Words that Step.Who takes beside the actors.
const (
	whoOther data.Actor = "other"
	whoSame  data.Actor = "same"
)

// Deadline is a rule that gives a date.
type Deadline struct {
	ID        string           `toml:"id"`
	Title     string           `toml:"title"`
	Starts    []data.EventKind `toml:"starts"`                 // the last of these counts: each starts the clock again
	StartsBy  []data.Actor     `toml:"starts_by,omitempty"`    // none: anybody
	Opening   bool             `toml:"from_opening,omitempty"` // it is counted from the opening of the case, not from the event that starts it
	Ends      []data.EventKind `toml:"ends"`
	EndsBy    []data.Actor     `toml:"ends_by,omitempty"` // none: Who, or anybody when Who is Both
	Stages    []string         `toml:"stages,omitempty"`  // it counts in these alone; none: in all that do not end the case
	Who       data.Actor       `toml:"who"`
	Before    bool             `toml:"before_opening,omitempty"` // it counts while no opening is written down
	Optional  bool             `toml:"optional,omitempty"`       // a right, not a duty: letting it pass loses the right alone
	Within    Within           `toml:"within,omitempty"`
	Ceiling   Within           `toml:"ceiling,omitempty"`    // what a card network allows behind the payment service: shown, and never the seller's date
	Variants  []Variant        `toml:"variant,omitempty"`    // other spans on some sites; the first that fits counts
	Timeout   string           `toml:"timeout"`              // what happens when the date passes
	TimeoutTo string           `toml:"timeout_to,omitempty"` // the stage to which that leads
	Note      string           `toml:"note,omitempty"`
	Origin
}

// Variant is a span that counts on some sites in place of a deadline's own.
type Variant struct {
	Markets []string `toml:"markets"` // ISO 3166-1 countries of the sites
	Within  Within   `toml:"within,omitempty"`
	Note    string   `toml:"note,omitempty"`
	Origin
}

// id names a variant in the path of its figures.
func (v *Variant) id() string { return strings.ToLower(strings.Join(v.Markets, "-")) }

// Within is a span of time. The zero span means that no figure is known: then
// only a date that the platform states counts.
type Within struct {
	Days     int    `toml:"days,omitzero"`
	Hours    int    `toml:"hours,omitzero"`
	Minutes  int    `toml:"minutes,omitzero"`
	Calendar string `toml:"calendar,omitempty"` // of Days: "natural" or "business"

	odd string // what is wrong with it as it was written
}

// UnmarshalTOML reads a span. A span of nothing is told apart from one that is
// not given: it would take the date away without a word.
func (w *Within) UnmarshalTOML(value any) error {
	table, ok := value.(map[string]any)
	if !ok {
		w.odd = "is no table such as { days = 3, calendar = \"business\" }"
		return nil
	}
	numbers := map[string]*int{"days": &w.Days, "hours": &w.Hours, "minutes": &w.Minutes}
	for key, v := range table {
		into, ok := numbers[key]
		n, isNumber := v.(int64)
		switch text, isText := v.(string); {
		case key == "calendar" && isText:
			w.Calendar = text
		case !ok || !isNumber:
			w.odd = "has “" + key + "”, which is none of days, hours, minutes with a whole number, or calendar"
		case n < -maxMinutes || n > maxMinutes:
			w.odd = "has “" + key + "” out of all bounds"
		default:
			*into = int(n)
		}
	}
	_, calendar := table["calendar"]
	if w.odd == "" && !w.Known() && (calendar || len(table) == 1) {
		w.odd = "is a span of nothing; leave it out where no figure is known"
	}
	return nil
}

// The calendars of Within.
const (
	NaturalDays  = "natural"
	BusinessDays = "business"
)

// Known reports whether a span is given at all.
func (w Within) Known() bool { return w.Days != 0 || w.Hours != 0 || w.Minutes != 0 }

// Item is a piece of proof that a platform wants for some reasons.
type Item struct {
	ID      string              `toml:"id"`
	Title   string              `toml:"title"`
	Get     string              `toml:"get"`               // how to get it
	Reasons []data.Reason       `toml:"reasons,omitempty"` // none: all
	Kinds   []data.EvidenceKind `toml:"kinds,omitempty"`   // an exhibit of any of these satisfies it
	Slots   []string            `toml:"slots,omitempty"`   // or one that fills any of these slots of packing
	Facts   []Fact              `toml:"facts,omitempty"`   // or any of these facts
	From    *Threshold          `toml:"from,omitempty"`    // wanted from this order total on
	Prior   *Prior              `toml:"prior,omitempty"`   // for FactPriorOrders
	Until   string              `toml:"until,omitempty"`   // the deadline before which it must be there; "": the next one of the seller
	Within  Within              `toml:"within,omitempty"`  // for FactShippedInTime, after the payment, where the order has no date to ship by
	Protect bool                `toml:"protect,omitempty"` // it is a condition of the pack's protection
	Origin
}

// Wants reports whether the checklist for a reason takes files of a kind.
func (p *Pack) Wants(reason data.Reason, kind data.EvidenceKind) bool {
	return slices.ContainsFunc(p.Items, func(i Item) bool {
		return slices.Contains(i.Kinds, kind) && (len(i.Reasons) == 0 || slices.Contains(i.Reasons, reason))
	})
}

// Threshold is an amount from which something counts, items, shipping and tax
// included.
type Threshold struct {
	Amount   string `toml:"amount"` // decimal, in Currency
	Currency string `toml:"currency"`
}

// Prior says which earlier orders show that a card's holder knows the seller.
type Prior struct {
	Orders  int      `toml:"orders"`    // how many
	MinDays int      `toml:"min_days"`  // not younger, in days before the disputed one
	MaxDays int      `toml:"max_days"`  // not older
	Matches int      `toml:"matches"`   // identifiers that each shares with the disputed one
	OneOf   []string `toml:"one_of"`    // at least one of them is one of these
	AllOf   []string `toml:"all_known"` // the identifiers that count
}

// FeeWhen says when a fee falls due.
type FeeWhen string

// When a fee falls due.
const (
	FeeOpened    FeeWhen = "opened"    // in any case
	FeeContested FeeWhen = "contested" // when the seller contests, whatever comes of it
	FeeLost      FeeWhen = "lost"      // when the seller contests and loses
)

// Fee is what a platform charges for a case.
type Fee struct {
	ID       string  `toml:"id"`
	Title    string  `toml:"title"`
	Amount   string  `toml:"amount,omitempty"` // decimal; "": not known
	Currency string  `toml:"currency,omitempty"`
	When     FeeWhen `toml:"when"`
	Waived   string  `toml:"waived,omitempty"` // when it is not charged, or given back
	Origin
}

// Counts says what makes a case count in a rate.
type Counts string

// What makes a case count in a rate.
const (
	CountsOpened     Counts = "opened"     // it was opened
	CountsEscalated  Counts = "escalated"  // it went to the platform
	CountsLost       Counts = "lost"       // the seller was found responsible
	CountsUnresolved Counts = "unresolved" // it ended without the seller having resolved it
	CountsUndenied   Counts = "undenied"   // it was not denied to the buyer
)

// Rate is a measure of the account that a case moves.
type Rate struct {
	ID     string `toml:"id"`
	Title  string `toml:"title"`
	Limit  string `toml:"limit,omitempty"` // such as "< 1%"; "": not known
	Counts Counts `toml:"counts"`
	Effect string `toml:"effect"` // what a bad rate brings
	Origin
}

// Offer is a kind of solution.
type Offer string

// The kinds of solutions.
const (
	OfferReturnPaid    Offer = "return_paid" // return, the seller pays the postage
	OfferFullRefund    Offer = "full_refund"
	OfferPartialRefund Offer = "partial_refund"
	OfferReplacePart   Offer = "replacement_part"
	OfferReplace       Offer = "replacement"
)

// Offers lists the kinds of solutions in the order in which a choice shows them.
func Offers() []Offer {
	return []Offer{OfferReturnPaid, OfferFullRefund, OfferPartialRefund, OfferReplacePart, OfferReplace}
}

// Fallback is a solution that the platform accepts.
type Fallback struct {
	ID     string         `toml:"id"`
	Title  string         `toml:"title"`
	Offer  Offer          `toml:"offer"`
	Event  data.EventKind `toml:"event"`            // what is written down when it is offered
	Stages []string       `toml:"stages,omitempty"` // where it may be offered; none: in every stage that does not end the case
	Note   string         `toml:"note,omitempty"`
	Origin
}

// Window is a figure that starts no clock of a case: until when a buyer may
// open one, for how long a case is looked at.
type Window struct {
	ID     string `toml:"id"`
	Title  string `toml:"title"`
	Within Within `toml:"within"`
	Origin
}

// The names of upload limits.
const (
	UploadTypes      = "types"       // Types: file name endings without the point
	UploadFiles      = "files"       // how many files
	UploadFileBytes  = "file_bytes"  // of one file
	UploadTotalBytes = "total_bytes" // of all files
	UploadPages      = "pages"       // of a document
	UploadTextChars  = "text_chars"  // of a text field
	UploadTotalChars = "total_chars" // of all text fields
	UploadVideoBytes = "video_bytes"
	UploadVideoTime  = "video_seconds"
	UploadNameChars  = "name_chars" // of a file's name
	UploadDPI        = "dpi"
	UploadPixels     = "pixels"
	UploadPDFA       = "pdf_a" // 1: a PDF must be PDF/A
	UploadMaxBytes   = "hard_bytes"
)

// Upload is one limit of a platform's form for proof. Bytes are counted in
// thousands (1 MB is 1,000,000 bytes), which is never too much.
type Upload struct {
	ID    string   `toml:"id"`
	Value int64    `toml:"value,omitempty"` // 0: not known
	Types []string `toml:"types,omitempty"`
	Note  string   `toml:"note,omitempty"`
	Origin
}

// Note is a rule that a person has to know, and that gives no date.
type Note struct {
	ID      string        `toml:"id"`
	Text    string        `toml:"text"`
	Reasons []data.Reason `toml:"reasons,omitempty"` // none: all
	Origin
}

// Rulings are the platform's own words for why a case was decided as it was.
type Rulings struct {
	Words []string `toml:"words"`
	Origin
}

// Upload gives a limit of the platform's form by its name, and whether it is
// known.
func (p *Pack) Upload(id string) (Upload, bool) {
	for _, u := range p.Uploads {
		if u.ID == id {
			return u, u.Value != 0 || len(u.Types) > 0
		}
	}
	return Upload{}, false
}

// Words gives the platform's own words for a reason.
func (p *Pack) Words(reason data.Reason) (ReasonWords, bool) {
	for _, r := range p.Reasons {
		if r.Is == reason {
			return r, true
		}
	}
	return ReasonWords{}, false
}
