package reply

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/data/service"
)

// An Audience is who reads a template's text.
type Audience string

// The audiences of templates.
const (
	ToBuyer    Audience = "buyer"
	ToPlatform Audience = "platform"
	ToCarrier  Audience = "carrier"
	ToSupplier Audience = "supplier"
	ToPublic   Audience = "public" // everybody: an answer below feedback
)

// Audiences lists all of them, the most used first.
func Audiences() []Audience { return []Audience{ToBuyer, ToPublic, ToPlatform, ToCarrier, ToSupplier} }

// Entry says what a built-in template is for: one table of catalog.toml.
type Entry struct {
	UID          string             `toml:"uid"`
	Scenario     string             `toml:"scenario"`
	Name         string             `toml:"name"`          // English; the language files translate "template.<uid>"
	Audience     Audience           `toml:"audience"`      // "" in the file: the buyer
	Reasons      []data.Reason      `toml:"reasons"`       // of a dispute that it answers
	Stages       []data.Stage       `toml:"stages"`        // of a dispute that it is for
	Statuses     []data.OrderStatus `toml:"statuses"`      // of an order in which it fits; none: any
	Notice       string             `toml:"notice"`        // the notice along the parcel's way that it serves
	Scans        []string           `toml:"scans"`         // what the last scan says where it fits best, in the words of package service
	NoticeNot    []data.Platform    `toml:"notice_not"`    // on which the notice is not sent unasked
	Intents      []string           `toml:"intents"`       // what the buyer wrote that it answers; see Intents
	Platforms    []data.Platform    `toml:"platforms"`     // on which alone it is used; none: all
	NotPlatforms []data.Platform    `toml:"not_platforms"` // on which it is never used
	Marketing    bool               `toml:"marketing"`     // it advertises: some platforms forbid it
	AsksFeedback bool               `toml:"asks_feedback"` // it asks for feedback or for a change of it
	Once         bool               `toml:"once"`          // it is written to a buyer once an order
	Attach       []string           `toml:"attach"`        // what must go with it; see Attachments
	Needs        []string           `toml:"needs"`         // what must be so: words of needWords, or variables, "!" for one without a value
}

// For reports whether the template may be used on a platform.
func (e Entry) For(p data.Platform) bool {
	return (len(e.Platforms) == 0 || slices.Contains(e.Platforms, p)) && !slices.Contains(e.NotPlatforms, p)
}

// Intents lists what a buyer's message may want, in the words of the rules.
func Intents() []string {
	return []string{
		"product_question", "stock", "price", "bulk", "shipping_question", "usage", "payment", "invoice", "customs_documents", "discount", "address",
		"cancel", "change_mind", "where_is_it", "duty", "not_received", "delivered_not_received", "damaged", "wrong_item", "missing", "not_working",
		"quality", "not_as_described", "counterfeit", "size", "exchange", "return", "refund_status", "repair", "warranty", "case", "threat", "complaint",
		"thanks", "stop", "no_answer",
	}
}

// Attachments lists what a template may want to go with it.
func Attachments() []string {
	return []string{"photo", "video", "label", "invoice", "customs", "proof", "manual", "size_chart"}
}

// needWords are short words for what a template may want to be so, and the
// variable that tells; "!" turns it round.
var needWords = map[string]string{
	"paid": "order.paid", "unpaid": "!order.paid", "shipped": "parcel.shipped", "not_shipped": "!parcel.shipped", "tracking": "tracking.number",
	"delivered": "parcel.delivered", "not_delivered": "!parcel.delivered", "refunded": "refund.amount", "dispute": "dispute.reason",
	"settled": "feedback.settled", "feedback": "feedback.date", "answered": "thread.answered",
}

// Need is the variable that must have a value before a template is true, or
// with Not must have none.
type Need struct {
	Variable string
	Not      bool
}

func parseNeed(word string) (Need, bool) {
	if full, ok := needWords[word]; ok {
		word = full
	}
	name, not := strings.CutPrefix(word, "!")
	_, known := lookup(name)
	return Need{name, not}, known
}

var scanWords = []string{
	string(service.ScanTransit), string(service.ScanCustoms), string(service.ScanHeld), string(service.ScanPickup), string(service.ScanAttempt),
	string(service.ScanOut), string(service.ScanDelivered), string(service.ScanReturned),
}

// catalog is the file catalog.toml.
type catalog struct {
	Templates []Entry `toml:"template"`
	index     map[string]int
}

const catalogFile = "templates/catalog.toml"

var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

var catalogKind = pack.Kind[catalog]{ID: func(*catalog) string { return "" }, Check: checkCatalog}

// readCatalog reads what the templates are for, once.
var readCatalog = sync.OnceValues(func() (*catalog, error) {
	text, err := assets.FS.ReadFile(catalogFile)
	if err != nil {
		return nil, err
	}
	return catalogKind.Decode(catalogFile, text)
})

func checkCatalog(c *catalog, r *pack.Report) {
	c.index = map[string]int{}
	for i := range c.Templates {
		e := &c.Templates[i]
		if !identifier.MatchString(e.UID) {
			r.Fail(pack.At("template", i), "the uid “%s” is not in small letters, digits and low lines", e.UID)
		}
		if _, twice := c.index[e.UID]; twice {
			r.Fail(pack.At("template", i, "uid"), "“%s” is there twice", e.UID)
		}
		c.index[e.UID] = i
		if e.Name == "" {
			r.Fail(pack.At("template", i), "%s has no name", e.UID)
		}
		if e.Audience == "" {
			e.Audience = ToBuyer
		}
		checkEntry(e, i, r)
	}
}

func checkEntry(e *Entry, i int, r *pack.Report) {
	one(r, i, "scenario", e.Scenario, Scenarios())
	one(r, i, "audience", e.Audience, Audiences())
	each(r, i, "reasons", e.Reasons, data.Reasons())
	each(r, i, "stages", e.Stages, data.Stages())
	each(r, i, "statuses", e.Statuses, data.OrderStatuses())
	each(r, i, "intents", e.Intents, Intents())
	each(r, i, "platforms", e.Platforms, data.Platforms())
	each(r, i, "not_platforms", e.NotPlatforms, data.Platforms())
	each(r, i, "attach", e.Attach, Attachments())
	for _, word := range e.Needs {
		if _, ok := parseNeed(word); !ok {
			r.Fail(pack.At("template", i, "needs").Word(word), "“%s” is neither a variable nor a word for one", word)
		}
	}
	each(r, i, "scans", e.Scans, scanWords)
	each(r, i, "notice_not", e.NoticeNot, data.Platforms())
	if e.Notice != "" && !identifier.MatchString(e.Notice) {
		r.Fail(pack.At("template", i, "notice"), "“%s” is no name of a notice", e.Notice)
	}
}

func one[T ~string](r *pack.Report, i int, field string, value T, of []T) {
	if !slices.Contains(of, value) {
		r.Fail(pack.At("template", i, field), "“%s” is none of %v", value, of)
	}
}

func each[T ~string](r *pack.Report, i int, field string, values, of []T) {
	for _, value := range values {
		if !slices.Contains(of, value) {
			r.Fail(pack.At("template", i, field).Word(string(value)), "“%s” is none of %v", value, of)
		}
	}
}

// Entries lists what the built-in templates are for, in the catalog's order. The
// slice is shared: do not change it.
func Entries() ([]Entry, error) {
	c, err := readCatalog()
	if err != nil {
		return nil, err
	}
	return c.Templates, nil
}

// EntryOf finds the entry of a built-in template.
func EntryOf(uid string) (Entry, bool) {
	c, err := readCatalog()
	if err != nil {
		return Entry{}, false
	}
	i, ok := c.index[uid]
	if !ok {
		return Entry{}, false
	}
	return c.Templates[i], true
}
