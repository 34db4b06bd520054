package desk

import (
	"context"
	"errors"
	"slices"

	"casebinder/data"
	"casebinder/data/retention"
	"casebinder/data/store"
)

// What becomes of a file of evidence.
const (
	FileKeep   = "keep"
	FileCopy   = "copy"   // it goes, and its redacted copy stands for it
	FileDelete = "delete" // it goes
)

// ErasureRequest says whose personal data is to be erased, and why.
type ErasureRequest struct {
	Buyer  int64   // all orders of all accounts of the person behind this one; 0: of those in Orders alone
	Orders []int64 //
	Ground data.ErasureGround
	Rule   string // of a retention clock; "" for a request
	Note   string
	Early  bool              // also orders of which the payment can still be disputed
	Files  map[string]string // what becomes of a file, by the UID of the evidence, where it is not what the plan proposes
	All    bool              // every file goes of which Files says nothing, and that nothing ties
}

// ErasurePlan is what an erasure would take away, and what it would keep and why.
type ErasurePlan struct {
	Request  ErasureRequest
	Accounts []string // handles of those whose own rows go
	Orders   []string // numbers of those that go
	Done     map[string]int
	Files    []PlannedFile
	Kept     []data.ErasureKept

	whole  []data.Buyer // buyers all of whose orders go
	orders []*data.Order
	held   []*data.Order
	unmade []int64 // submissions of which what they were made of goes
	names  *namings
}

// PlannedFile is a file of evidence in a plan.
type PlannedFile struct {
	ID     int64
	UID    string
	Name   string
	Order  string // number
	Kind   string
	SHA256 string
	Does   string   // FileKeep, FileCopy or FileDelete
	Can    []string // what can be chosen
	Reason string   // why it is kept, or what is to be known where it goes: a key as in data.ErasureKept; "" nothing

	evidence data.Evidence
	copy     *data.Evidence // the redacted one
}

var (
	problemEraseWhat = data.DefineProblem("erase_what", data.ErrInvalid,
		"No buyer and no order was named, so there is nothing to erase.", "Name an order or a buyer.")
	problemEraseGround = data.DefineProblem("erase_ground", data.ErrInvalid,
		"“{ground}” is not a reason for erasing personal data.", "Choose request if the buyer asked for it, or retention if your own time for keeping the data is over.")
	problemEraseFile = data.DefineProblem("erase_file", data.ErrInvalid,
		"“{deed}” cannot be done with the file {file}.", "Choose one of {choices}.")
	problemEraseHeld = data.DefineProblem("erase_held", data.ErrRefused,
		"All of it is still needed: {reason}.", "Try again once the dispute is closed, its time for appeals is over and the order is completed.")
	problemErasedAlready = data.DefineProblem("erase_already", data.ErrConflict,
		"The personal data here was already erased.", "Nothing needs to be done.")
	problemErasedAgain = data.DefineProblem("import_doubt_erased", data.ErrConflict,
		"The file has personal data of the order {number} again, which was erased here. It was not taken.",
		"Nothing needs to be done here. The file itself still holds the data: delete it where it is not needed.")
	problemErasedBack = data.DefineProblem("import_doubt_erased_buyer", data.ErrConflict,
		"The order {number} is of a buyer whose personal data was erased here, and was placed after that or is not done yet. It was taken as of a new buyer.",
		"Nothing needs to be done.")
	problemErasedTalk = data.DefineProblem("import_doubt_erased_talk", data.ErrConflict,
		"What was written on the order {number} before its personal data was erased was not taken again.",
		"Nothing needs to be done here. The file itself still holds it: delete it where it is not needed.")
	problemWipe = data.DefineProblem("erase_wipe", data.ErrBusy,
		"The personal data was erased, but the database file could not be rewritten, so traces may remain in it.",
		"Close other programs that use the desk, then check the desk; it is tried again then, and at the next start.")
)

// errRehearsed ends a transaction that only looked what would be done.
var errRehearsed = errors.New("only looked at")

// PlanErasure looks what would go and what would stay; it changes nothing. What is
// counted in rows is counted by doing it and taking it back; the journal, which can be
// long, is read when that is over, so that others can write meanwhile.
func (d *Desk) PlanErasure(ctx context.Context, r ErasureRequest) (ErasurePlan, error) {
	p, err := d.planErasure(ctx, &d.store.Reader, r)
	if err == nil && !p.nothing() {
		err = p.planNames(ctx, &d.store.Reader, nil)
	}
	if d.readOnly || err != nil || p.nothing() {
		return p, err
	}
	var e *eraser
	err = d.store.Update(ctx, func(tx *store.Tx) error {
		e = newEraser(d, tx, &p)
		e.salt = "planned"
		if err := e.rows(ctx); err != nil {
			return err
		}
		return errRehearsed
	})
	if !errors.Is(err, errRehearsed) {
		return p, err
	}
	less, err := e.scrubbedJournal(ctx, &d.store.Reader)
	e.count("journal", len(less))
	p.Done = e.done
	return p, err
}

// nothing reports whether there is nothing that would go.
func (p *ErasurePlan) nothing() bool { return len(p.orders) == 0 && len(p.whole) == 0 }

func (d *Desk) planErasure(ctx context.Context, from *store.Reader, r ErasureRequest) (ErasurePlan, error) {
	p := ErasurePlan{Request: r}
	if r.Ground != data.GroundRequest && r.Ground != data.GroundRetention {
		return p, problemEraseGround.New("ground", r.Ground)
	}
	members, ids, err := erasureOrders(ctx, from, r)
	if err != nil {
		return p, err
	}
	gone := 0
	for _, id := range ids {
		o, err := from.Order(ctx, id)
		if err != nil {
			return p, err
		}
		if o.Erased() {
			gone++
			continue
		}
		if err := d.planOrder(ctx, from, &p, o); err != nil {
			return p, err
		}
	}
	if err := p.planBuyers(ctx, from, members); err != nil {
		return p, err
	}
	switch {
	case len(ids) == 0 && r.Buyer == 0:
		return p, problemEraseWhat.New()
	case p.nothing() && len(p.held) == 0:
		return p, problemErasedAlready.New()
	case p.nothing():
		return p, nil
	}
	p.keepOutside()
	return p, nil
}

// erasureOrders gives the accounts of the person, and the orders that are meant.
func erasureOrders(ctx context.Context, from *store.Reader, r ErasureRequest) (members, orders []int64, err error) {
	if r.Buyer == 0 {
		return nil, r.Orders, nil
	}
	if _, err := from.Buyer(ctx, r.Buyer); err != nil {
		return nil, nil, err
	}
	if members, err = from.MembersOf(ctx, r.Buyer); err != nil {
		return nil, nil, err
	}
	for _, id := range members {
		more, err := from.OrdersOfBuyer(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		orders = append(orders, more...)
	}
	return members, orders, nil
}

func (d *Desk) planOrder(ctx context.Context, from *store.Reader, p *ErasurePlan, o *data.Order) error {
	why, err := d.heldBy(ctx, from, o, p.Request.Early)
	if err != nil {
		return err
	}
	if why.Reason != "" {
		why.What, why.Order = "order", o.Number
		p.held, p.Kept = append(p.held, o), append(p.Kept, why)
		return nil
	}
	p.orders, p.Orders = append(p.orders, o), append(p.Orders, o.Number)
	p.keep("order", o, "", "accounting")
	made, err := d.bundlesOf(ctx, from, o)
	if err != nil {
		return err
	}
	before := len(p.Files)
	if err := p.planFiles(ctx, from, o, made); err != nil {
		return err
	}
	p.planSubmissions(o, made, p.Files[before:])
	return nil
}

// heldBy tells why an order's data is needed still; without a reason nothing does.
// early lets go those of which the payment can still be disputed.
func (d *Desk) heldBy(ctx context.Context, from *store.Reader, o *data.Order, early bool) (data.ErasureKept, error) {
	why, err := from.HeldBy(ctx, o.ID, d.now())
	if err != nil || why != "" || early {
		return data.ErasureKept{Reason: why}, err
	}
	until, err := retention.Disputable(o, d.now())
	if until.IsZero() {
		return data.ErasureKept{}, err
	}
	return data.ErasureKept{Reason: "chargeback", Until: until}, err
}

// planFiles says of each file of an order whether it goes.
func (p *ErasurePlan) planFiles(ctx context.Context, from *store.Reader, o *data.Order, made []madeBundle) error {
	list, err := from.AllEvidenceOfOrder(ctx, o.ID)
	if err != nil {
		return err
	}
	ties, err := from.InOpenCase(ctx, o.ID)
	if err != nil {
		return err
	}
	copies := map[string]*data.Evidence{}
	for i := range list {
		if list[i].Redacted() && list[i].BinnedAt.IsZero() && list[i].ErasedAt.IsZero() {
			copies[list[i].CopyOf] = &list[i]
		}
	}
	for i := range list {
		e := list[i]
		if !e.ErasedAt.IsZero() {
			continue
		}
		f := PlannedFile{ID: e.ID, UID: e.UID, Name: e.Name, Order: o.Number, Kind: string(e.Kind), SHA256: e.SHA256, evidence: e, copy: copies[e.UID]}
		sent := slices.ContainsFunc(made, func(m madeBundle) bool { return m.of != nil && m.of.holds(e.SHA256) })
		if err := f.decide(p.Request, ties[e.ID], sent); err != nil {
			return err
		}
		if f.Does == FileKeep {
			p.keep("file", o, e.Name, f.Reason)
		}
		p.Files = append(p.Files, f)
	}
	return nil
}

// decide says what becomes of a file: what a person chose, else what is proposed. It
// may be an exhibit of an open dispute, and in a bundle that was made.
func (f *PlannedFile) decide(r ErasureRequest, open, sent bool) error {
	f.Does, f.Can = FileKeep, []string{FileKeep, FileDelete}
	switch {
	case open:
		f.Reason, f.Can = "running_case", []string{FileKeep}
	case f.evidence.Redacted():
		f.Reason = "redacted"
	case f.copy != nil:
		f.Does, f.Can = FileCopy, []string{FileCopy, FileKeep, FileDelete}
		if sent {
			f.Does, f.Reason = FileKeep, "sent"
		}
	case sent:
		f.Reason = "sent"
	case r.All:
		f.Does = FileDelete
	default:
		f.Reason = "not_looked_at"
	}
	chosen := r.Files[f.UID]
	if chosen == "" || chosen == f.Does {
		return nil
	}
	if !slices.Contains(f.Can, chosen) {
		return problemEraseFile.New("deed", chosen, "file", f.Name, "choices", f.Can)
	}
	f.Does = chosen
	switch {
	case chosen == FileKeep:
		f.Reason = "decided"
	case sent:
		f.Reason = "not_again" // the bundle cannot be made again
	default:
		f.Reason = ""
	}
	return nil
}

func (p *ErasurePlan) keep(what string, o *data.Order, name, reason string) {
	k := data.ErasureKept{What: what, Name: name, Reason: reason}
	if o != nil {
		k.Order = o.Number
	}
	p.Kept = append(p.Kept, k)
}

// keepOutside names what no erasure reaches.
func (p *ErasurePlan) keepOutside() {
	for _, k := range []struct{ what, reason string }{
		{"backup", "backups"}, {"outside", "outside"}, {"account", "fingerprint"}, {"text", "elsewhere"},
	} {
		p.keep(k.what, nil, "", k.reason)
	}
}

// planBuyers finds the buyers of whom nothing but what goes is left.
func (p *ErasurePlan) planBuyers(ctx context.Context, from *store.Reader, members []int64) error {
	goes, buyers := map[int64]bool{}, slices.Clone(members)
	for _, o := range p.orders {
		goes[o.ID] = true
		if o.Buyer.ID != 0 && !slices.Contains(buyers, o.Buyer.ID) {
			buyers = append(buyers, o.Buyer.ID)
		}
	}
	accounts, err := from.Accounts(ctx, buyers)
	if err != nil {
		return err
	}
	for _, id := range buyers {
		if a := accounts[id]; !a.ErasedAt.IsZero() {
			continue
		}
		left, err := ordersLeft(ctx, from, id, goes)
		if err != nil {
			return err
		}
		b := accounts[id].Buyer
		if left {
			p.Kept = append(p.Kept, data.ErasureKept{What: "buyer", Name: b.Handle, Reason: "other_orders"})
			continue
		}
		p.whole, p.Accounts = append(p.whole, b), append(p.Accounts, b.Handle)
	}
	return nil
}

// ordersLeft reports whether a buyer has orders of which the personal data stays.
func ordersLeft(ctx context.Context, from *store.Reader, buyer int64, goes map[int64]bool) (bool, error) {
	all, err := from.OrdersOfBuyer(ctx, buyer)
	for _, id := range all {
		if goes[id] {
			continue
		}
		at, failed := from.ErasedAt(ctx, id)
		if err = errors.Join(err, failed); at.IsZero() {
			return true, err
		}
	}
	return false, err
}
