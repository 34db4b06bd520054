package policy

import (
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/pack"
)

func (c *checker) item(i int) {
	item := c.p.Items[i]
	at := func(key string) pack.Place { return pack.At("item", i, key) }
	c.id(at("id"), item.ID)
	c.Origin(at("confidence"), "the item “"+item.ID+"”", item.Origin.Origin)
	if item.Title == "" || item.Get == "" {
		c.Fail(at("title"), "the item “%s” needs a title, and how to get it", item.ID)
	}
	c.itemWords(i)
	if item.Until != "" && !slices.ContainsFunc(c.p.Deadlines, func(d Deadline) bool { return d.ID == item.Until }) {
		c.Fail(at("until"), "there is no deadline “%s”", item.Until)
	}
	if item.From != nil {
		c.money(at("from"), "the item “"+item.ID+"”", item.From.Amount, item.From.Currency)
	}
	if slices.Contains(item.Facts, FactPriorOrders) != (item.Prior != nil) {
		c.Fail(at("facts"), "the item “%s” must say which earlier orders it wants, and have the fact %s", item.ID, FactPriorOrders)
	}
	if item.Within.Known() || item.Within.odd != "" {
		c.within(at("within"), "the item “"+item.ID+"”", item.Within, claimed(item.Origin))
	}
	if item.Prior != nil && !item.Prior.possible() {
		c.Fail(at("prior"), "the item “%s” asks for impossible earlier orders", item.ID)
	}
}

// possible tells whether a buyer could have such earlier orders.
func (p *Prior) possible() bool {
	return p.Orders >= 1 && p.MinDays >= 0 && p.MaxDays >= p.MinDays && p.MaxDays <= maxDays && p.Matches >= 1
}

// itemWords checks the lists of an item: each word in them is one that the program
// knows.
func (c *checker) itemWords(i int) {
	item := c.p.Items[i]
	for _, r := range item.Reasons {
		c.reason(pack.At("item", i, "reasons").Word(string(r)), r)
	}
	for _, k := range item.Kinds {
		if !slices.Contains(data.EvidenceKinds(), k) {
			c.Fail(pack.At("item", i, "kinds").Word(string(k)), "there is no kind of evidence “%s”", k)
		}
	}
	for _, s := range item.Slots {
		if !slices.Contains(data.Slots(), s) {
			c.Fail(pack.At("item", i, "slots").Word(s), "there is no slot of packing “%s”", s)
		}
	}
	for _, f := range item.Facts {
		if _, ok := factTests[f]; !ok {
			c.Fail(pack.At("item", i, "facts").Word(string(f)), "there is no fact “%s”; the facts are %s", f, list(Facts()))
		}
	}
}

// protection fails when conditions and what they are of do not go together.
func (c *checker) protection() {
	asked := slices.ContainsFunc(c.p.Items, func(i Item) bool { return i.Protect })
	p := c.p.Protection
	if asked != (p != nil) {
		c.Fail(pack.At("protection"), "a protection and items that ask for it (protect = true) belong together")
	}
	if p == nil {
		return
	}
	c.Origin(pack.At("protection"), "the protection", p.Origin.Origin)
	if strings.TrimSpace(p.Title) == "" || len(p.Reasons) == 0 {
		c.Fail(pack.At("protection"), "the protection needs a title, and the reasons that it covers")
	}
	for _, r := range p.Reasons {
		c.reason(pack.At("protection", "reasons").Word(string(r)), r)
	}
}

func (c *checker) money(at pack.Place, what, amount, currency string) {
	m, err := data.ParseDecimal(amount, currency)
	if err != nil || m.Minor < 0 {
		c.Fail(at, "%s: “%s %s” is no amount", what, amount, currency)
	}
}

func (c *checker) fees() {
	for i, f := range c.p.Fees {
		at := func(key string) pack.Place { return pack.At("fee", i, key) }
		c.id(at("id"), f.ID)
		c.Origin(at("confidence"), "the fee “"+f.ID+"”", f.Origin.Origin)
		if f.Title == "" || !slices.Contains([]FeeWhen{FeeOpened, FeeContested, FeeLost}, f.When) {
			c.Fail(at("when"), "the fee “%s” needs a title, and when it is charged: opened, contested or lost", f.ID)
		}
		switch {
		case f.Amount != "":
			c.money(at("amount"), "the fee “"+f.ID+"”", f.Amount, f.Currency)
		case claimed(f.Origin) != data.Unconfirmed:
			c.Fail(at("amount"), "the fee “%s” gives no amount, and so cannot be %s", f.ID, f.Confidence)
		}
	}
}

func (c *checker) rates() {
	for i, r := range c.p.Rates {
		at := func(key string) pack.Place { return pack.At("rate", i, key) }
		c.id(at("id"), r.ID)
		c.Origin(at("confidence"), "the rate “"+r.ID+"”", r.Origin.Origin)
		if r.Title == "" || r.Effect == "" {
			c.Fail(at("title"), "the rate “%s” needs a title and an effect", r.ID)
		}
		if !slices.Contains([]Counts{CountsOpened, CountsEscalated, CountsLost, CountsUnresolved, CountsUndenied}, r.Counts) {
			c.Fail(at("counts"), "the rate “%s” counts “%s”, which is none of opened, escalated, lost, unresolved, undenied", r.ID, r.Counts)
		}
	}
}

func (c *checker) rest() {
	for i, f := range c.p.Fallbacks {
		at := func(key string) pack.Place { return pack.At("fallback", i, key) }
		c.id(at("id"), f.ID)
		c.Origin(at("confidence"), "the fallback “"+f.ID+"”", f.Origin.Origin)
		if f.Title == "" || !slices.Contains(Offers(), f.Offer) {
			c.Fail(at("offer"), "the fallback “%s” needs a title, and an offer that is one of %s", f.ID, list(Offers()))
		}
		if !slices.Contains(data.EventKinds(), f.Event) {
			c.Fail(at("event"), "the fallback “%s” names an event “%s” that does not exist", f.ID, f.Event)
		}
		for _, s := range f.Stages {
			c.known(at("stages"), s)
		}
	}
	for i, w := range c.p.Windows {
		at := pack.At("window", i, "within")
		c.id(at, w.ID)
		c.Origin(at, "the window “"+w.ID+"”", w.Origin.Origin)
		c.within(at, "the window “"+w.ID+"”", w.Within, claimed(w.Origin))
	}
	for i, u := range c.p.Uploads {
		c.upload(pack.At("upload", i, "value"), u)
	}
	for i, n := range c.p.Notes {
		at := pack.At("note", i, "text")
		c.id(at, n.ID)
		c.Origin(at, "the note “"+n.ID+"”", n.Origin.Origin)
		if n.Text == "" {
			c.Fail(at, "the note “%s” is empty", n.ID)
		}
		for _, r := range n.Reasons {
			c.reason(at, r)
		}
	}
}

func (c *checker) upload(at pack.Place, u Upload) {
	names := []string{
		UploadTypes, UploadFiles, UploadFileBytes, UploadTotalBytes, UploadPages, UploadTextChars, UploadTotalChars,
		UploadVideoBytes, UploadVideoTime, UploadNameChars, UploadDPI, UploadPixels, UploadPDFA, UploadMaxBytes,
	}
	c.Origin(at, "the upload limit “"+u.ID+"”", u.Origin.Origin)
	switch {
	case !slices.Contains(names, u.ID):
		c.Fail(at, "there is no upload limit “%s”; the limits are %s", u.ID, strings.Join(names, ", "))
	case u.Value < 0:
		c.Fail(at, "the upload limit “%s” is less than nothing", u.ID)
	case u.Value == 0 && len(u.Types) == 0 && claimed(u.Origin) != data.Unconfirmed:
		c.Fail(at, "the upload limit “%s” gives no figure, and so cannot be %s", u.ID, u.Confidence)
	case u.ID == UploadTypes && u.Value != 0, u.ID != UploadTypes && len(u.Types) > 0:
		c.Fail(at, "the upload limit “%s” has the wrong sort of value", u.ID)
	}
}
