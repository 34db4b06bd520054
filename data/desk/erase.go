package desk

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"github.com/google/uuid"

	"casebinder/data"
	"casebinder/data/mask"
	"casebinder/data/store"
)

// Which files of evidence go with the personal data.
const (
	EraseCopies = "copies" // originals of which there is a redacted copy, which then stands for them; "" is this
	EraseFiles  = "all"    // and all others that were in no bundle
	EraseNone   = "none"
)

// ErasureRequest says whose personal data is to be erased, and why.
type ErasureRequest struct {
	Buyer  int64   // all orders of a buyer; 0: of those in Orders alone
	Orders []int64 //
	Ground data.ErasureGround
	Rule   string // of a retention clock; "" for a request
	Note   string
	Files  string // EraseCopies, EraseFiles or EraseNone
}

// ErasurePlan is what an erasure would take away, and what it would keep and why.
type ErasurePlan struct {
	Request ErasureRequest
	Whole   []int64 // buyers all of whose orders go: their own rows go too
	orders  []*data.Order
	held    []*data.Order
	files   []plannedFile

	Orders   []string // numbers of those that go
	Messages int
	Files    []data.ErasedFile
	Kept     []data.ErasureKept
}

type plannedFile struct {
	evidence data.Evidence
	copy     string // UID of the copy that stands for it
}

var (
	problemEraseWhat = data.DefineProblem("erase_what", data.ErrInvalid,
		"There is nobody whose personal data could be erased: no buyer and no order was named.", "Name an order or a buyer.")
	problemEraseGround = data.DefineProblem("erase_ground", data.ErrInvalid,
		"“{ground}” is no ground for erasing personal data.", "Choose request, where the buyer asked for it, or retention, where your own time for keeping them is over.")
	problemEraseHeld = data.DefineProblem("erase_held", data.ErrRefused,
		"All of it is needed still: {reason}.", "Try again once the dispute is closed, its time for appeals is over and the order is done.")
	problemErasedAlready = data.DefineProblem("erase_already", data.ErrConflict,
		"The personal data of this was erased already.", "Nothing needs to be done.")
	problemErasedAgain = data.DefineProblem("import_doubt_erased", data.ErrConflict,
		"The file has personal data of the order {number} again, which was erased here. It was not taken.",
		"Nothing needs to be done here. The file itself still holds the data: delete it where it is not needed.")
	problemWipe = data.DefineProblem("erase_wipe", data.ErrBusy,
		"The personal data was erased, but the database's file could not be rewritten, so that traces may be left in it.",
		"Close other programs that use the desk and check the desk; it is tried again then.")
)

// PlanErasure looks what would go and what would stay; it changes nothing.
func (d *Desk) PlanErasure(ctx context.Context, r ErasureRequest) (ErasurePlan, error) {
	return d.planErasure(ctx, &d.store.Reader, r)
}

func (d *Desk) planErasure(ctx context.Context, from *store.Reader, r ErasureRequest) (ErasurePlan, error) {
	p := ErasurePlan{Request: r}
	if r.Ground != data.GroundRequest && r.Ground != data.GroundRetention {
		return p, problemEraseGround.New("ground", r.Ground)
	}
	ids, err := erasureOrders(ctx, from, r)
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
	switch {
	case gone > 0 && gone == len(ids):
		return p, problemErasedAlready.New()
	case len(p.orders) == 0 && len(p.held) == 0 && r.Buyer == 0:
		return p, problemEraseWhat.New()
	}
	return p, p.planBuyers(ctx, from)
}

func erasureOrders(ctx context.Context, from *store.Reader, r ErasureRequest) ([]int64, error) {
	if r.Buyer == 0 {
		return r.Orders, nil
	}
	if _, err := from.Buyer(ctx, r.Buyer); err != nil {
		return nil, err
	}
	return from.OrdersOfBuyer(ctx, r.Buyer)
}

func (d *Desk) planOrder(ctx context.Context, from *store.Reader, p *ErasurePlan, o *data.Order) error {
	why, err := from.HeldBy(ctx, o.ID, d.now())
	if err != nil {
		return err
	}
	if why != "" {
		p.held = append(p.held, o)
		p.keep("order", o, "", why)
		return nil
	}
	p.orders, p.Orders = append(p.orders, o), append(p.Orders, o.Number)
	messages, err := from.Messages(ctx, o.ID)
	if err != nil {
		return err
	}
	p.Messages += len(messages)
	p.keep("order", o, "", "accounting")
	disputes, err := from.DisputesOfOrder(ctx, o.ID)
	if err != nil {
		return err
	}
	for _, dispute := range disputes {
		versions, err := from.Submissions(ctx, dispute.ID)
		if err != nil {
			return err
		}
		for _, s := range versions {
			p.keep("submission", o, s.PDFName, "bundle")
		}
	}
	return p.planFiles(ctx, from, o)
}

// planFiles says of each file of an order whether it goes.
func (p *ErasurePlan) planFiles(ctx context.Context, from *store.Reader, o *data.Order) error {
	list, err := from.AllEvidenceOfOrder(ctx, o.ID)
	if err != nil {
		return err
	}
	sent, err := from.SentFiles(ctx, o.ID)
	if err != nil {
		return err
	}
	copies := map[string]string{}
	for i := range list {
		if list[i].Redacted() && list[i].BinnedAt.IsZero() && list[i].ErasedAt.IsZero() {
			copies[list[i].CopyOf] = list[i].UID
		}
	}
	for i := range list {
		e := list[i]
		_, out := sent[e.SHA256]
		switch stands := copies[e.UID]; {
		case !e.ErasedAt.IsZero() || e.Redacted():
		case out:
			p.keep("file", o, e.Name, "sent")
		case p.Request.Files == EraseNone || stands == "" && p.Request.Files != EraseFiles:
			p.keep("file", o, e.Name, "not_looked_at")
		default:
			p.files = append(p.files, plannedFile{e, stands})
			p.Files = append(p.Files, data.ErasedFile{UID: e.UID, SHA256: e.SHA256, ReplacedBy: stands})
		}
	}
	return nil
}

func (p *ErasurePlan) keep(what string, o *data.Order, name, reason string) {
	p.Kept = append(p.Kept, data.ErasureKept{What: what, Order: o.Number, Name: name, Reason: reason})
}

// planBuyers finds the buyers of whom nothing but what goes is left.
func (p *ErasurePlan) planBuyers(ctx context.Context, from *store.Reader) error {
	goes, buyers := map[int64]bool{}, []int64{}
	if p.Request.Buyer != 0 {
		buyers = append(buyers, p.Request.Buyer)
	}
	seen := map[int64]bool{0: true, p.Request.Buyer: true}
	for _, o := range p.orders {
		goes[o.ID] = true
		if !seen[o.Buyer.ID] {
			seen[o.Buyer.ID] = true
			buyers = append(buyers, o.Buyer.ID)
		}
	}
	for _, id := range buyers {
		all, err := from.OrdersOfBuyer(ctx, id)
		if err != nil {
			return err
		}
		whole := true
		for _, order := range all {
			whole = whole && goes[order]
		}
		if whole {
			p.Whole = append(p.Whole, id)
			continue
		}
		b, err := from.Buyer(ctx, id)
		if err != nil {
			return err
		}
		p.Kept = append(p.Kept, data.ErasureKept{What: "buyer", Name: b.Handle, Reason: "other_orders"})
	}
	return nil
}

// Erase carries a plan out: personal data goes, and what stands in the desk instead
// says so. It cannot be undone, and what could be undone until now cannot be any more,
// since that would bring the data back. What is needed by then after all is kept.
func (d *Desk) Erase(ctx context.Context, plan ErasurePlan, p Progress) (data.Erasure, error) {
	var done data.Erasure
	var files []string
	p.tell(0, 0, "progress.erasing")
	err := d.record(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		now, err := d.planErasure(ctx, &tx.Reader, plan.Request)
		if err != nil {
			return deed{}, err
		}
		if len(now.orders) == 0 && len(now.Whole) == 0 {
			var kept data.ErasureKept
			if len(now.Kept) > 0 {
				kept = now.Kept[0]
			}
			return deed{}, problemEraseHeld.New("reason", KeptReason(kept))
		}
		e := eraser{desk: d, tx: tx, plan: &now, done: map[string]int{}}
		if done, err = e.run(ctx); err != nil {
			return deed{}, err
		}
		files = e.gone
		after := map[string]any{"erasure": done, "entries": e.entries}
		return deed{
			Change: data.Change{Action: data.EraseAction, Entity: "erasure", Key: done.UID, After: after},
			effect: data.EffectChanged, rows: manyOf(data.EntityOrder, data.EntityMessage, data.EntityDispute, data.EntityEvidence, data.EntityFeedback),
			also: e.custody(),
			committed: func() {
				d.mu.Lock()
				d.undo, d.redo = nil, nil
				d.mu.Unlock()
			},
		}, nil
	})
	if err != nil {
		return done, err
	}
	return done, d.wipe(ctx, files, p)
}

// wipe takes what was erased out of the vault, out of the small pictures that are kept
// of it, and out of the database's file.
func (d *Desk) wipe(ctx context.Context, files []string, p Progress) error {
	p.tell(0, 0, "progress.wiping")
	ctx = context.WithoutCancel(ctx)
	var err error
	for _, sha := range files {
		used, failed := d.store.FileInUse(ctx, sha)
		if failed == nil && !used {
			failed = d.vault.Remove(sha)
			if errors.Is(failed, data.ErrNotFound) {
				failed = nil
			}
		}
		err = errors.Join(err, failed)
	}
	if err == nil {
		err = d.store.Wipe(ctx)
	}
	if err != nil {
		return problemWipe.Wrap(err)
	}
	return nil
}

// sweepErased takes files out of the vault that were erased while something held them,
// or the program ended between.
func (d *Desk) sweepErased(ctx context.Context) {
	list, err := d.store.ErasedFiles(ctx)
	left := 0
	for _, sha := range list {
		if err == nil && d.vault.Has(sha) {
			left++
			err = d.vault.Remove(sha)
		}
	}
	if err == nil && left > 0 {
		err = d.store.Wipe(ctx)
	}
	if err != nil {
		slog.Warn("erasing files once more", "error", err)
	}
}

// Erasures lists what was erased, the newest first.
func (d *Desk) Erasures(ctx context.Context, limit int) ([]data.Erasure, error) {
	return d.store.Erasures(ctx, limit)
}

// BuyersByHandle gives the buyers with a handle, on any platform.
func (d *Desk) BuyersByHandle(ctx context.Context, handle string) ([]int64, error) {
	return d.store.BuyersByHandle(ctx, handle)
}

// eraser carries out a plan within a transaction.
type eraser struct {
	desk    *Desk
	tx      *store.Tx
	plan    *ErasurePlan
	done    map[string]int
	handles map[int64]data.Buyer // what stands for a buyer
	entries []data.ErasedEntry
	gone    []string
	all     scrubs
}

func (e *eraser) run(ctx context.Context) (data.Erasure, error) {
	e.handles = map[int64]data.Buyer{}
	own, keep := map[store.JournalName]bool{}, map[store.JournalName]bool{}
	for _, o := range e.plan.held {
		if err := names(ctx, e.tx, o, keep); err != nil {
			return data.Erasure{}, err
		}
	}
	for _, o := range e.plan.orders {
		if err := names(ctx, e.tx, o, own); err != nil {
			return data.Erasure{}, err
		}
		if err := e.order(ctx, o); err != nil {
			return data.Erasure{}, err
		}
	}
	for _, o := range e.plan.orders { // once it is known which orders are erased
		gone, shared, err := e.tx.EraseIntakes(o.ID, e.all.scrubber(), e.done)
		if err != nil {
			return data.Erasure{}, err
		}
		e.gone = append(e.gone, gone...)
		if shared > 0 {
			e.plan.keep("intake", o, "", "tells_of_others")
		}
	}
	if err := e.files(); err != nil {
		return data.Erasure{}, err
	}
	if err := e.buyers(ctx); err != nil {
		return data.Erasure{}, err
	}
	if err := e.tx.ScrubGuesses(e.all.scrubber()); err != nil {
		return data.Erasure{}, err
	}
	var err error
	if e.entries, err = e.tx.EraseJournal(own, keep, e.all.holds, e.all.scrubber()); err != nil {
		return data.Erasure{}, err
	}
	e.done["journal"] = len(e.entries)
	e.plan.Kept = append(e.plan.Kept, data.ErasureKept{What: "backup", Reason: "backups"})
	r := e.plan.Request
	told := data.Erasure{
		BuyerID: r.Buyer, Ground: r.Ground, Rule: r.Rule, Orders: e.plan.Orders, Done: e.done, Kept: e.plan.Kept, Files: e.plan.Files,
		Note: e.all.text(r.Note),
	}
	return told, e.tx.AddErasure(&told)
}

func names(ctx context.Context, tx *store.Tx, o *data.Order, into map[store.JournalName]bool) error {
	list, err := tx.JournalNames(ctx, o)
	for _, name := range list {
		into[name] = true
	}
	return err
}

func (e *eraser) order(ctx context.Context, o *data.Order) error {
	messages, err := e.tx.Messages(ctx, o.ID)
	if err != nil {
		return err
	}
	var people, texts []string
	for i := range messages {
		m := &messages[i]
		texts = append(texts, m.Text, m.Translation)
		if m.Direction == data.FromBuyer && m.Author != "" {
			people = append(people, m.Author)
		}
	}
	stands, err := e.standsFor(o)
	if err != nil {
		return err
	}
	s := newScrub(o, people, stands.Handle)
	s.masker.Learn(texts...)
	e.all = append(e.all, s)
	less := *o
	less.WithoutPersonal(stands.Handle, s.text)
	less.Buyer.ID = stands.ID
	return e.tx.EraseOrder(&less, scrubs{s}.scrubber(), e.done)
}

// standsFor is the nameless buyer that stands for the one of an order.
func (e *eraser) standsFor(o *data.Order) (data.Buyer, error) {
	b, known := e.handles[o.Buyer.ID]
	if known {
		return b, nil
	}
	id := uuid.New().String()
	b = data.Buyer{ID: o.Buyer.ID, Platform: o.Shop.Platform, Handle: "erased-" + id[:8], Country: o.Buyer.Country, Language: o.Buyer.Language}
	if b.ID == 0 {
		return b, nil
	}
	for _, whole := range e.plan.Whole {
		if whole == b.ID {
			e.handles[b.ID] = b
			return b, nil
		}
	}
	old := b.ID
	b.ID = 0
	err := e.tx.ErasedBuyer(&b)
	e.handles[old] = b
	return b, err
}

// buyers takes the personal data out of the rows of those who have no other orders.
func (e *eraser) buyers(ctx context.Context) error {
	for _, id := range e.plan.Whole {
		known, err := e.tx.Buyer(ctx, id)
		if err != nil {
			return err
		}
		b := e.handles[id]
		if b.Handle == "" {
			b.Handle = "erased-" + uuid.New().String()[:8]
		}
		e.all = append(e.all, newScrub(&data.Order{Buyer: known}, nil, b.Handle))
		if err := e.tx.EraseBuyer(id, b.Handle); err != nil {
			return err
		}
		e.done["buyer"]++
	}
	return nil
}

func (e *eraser) files() error {
	for _, f := range e.plan.files {
		if err := e.tx.EraseFile(f.evidence.ID, f.copy); err != nil {
			return err
		}
		e.gone = append(e.gone, f.evidence.SHA256)
		e.done["file"]++
	}
	return nil
}

// custody are the entries that the custody log of a case shows of erased files.
func (e *eraser) custody() (list []data.Change) {
	for _, f := range e.plan.Files {
		list = append(list, data.Change{
			Action: "evidence.erase", Entity: data.EntityEvidence, Key: f.UID,
			After: map[string]string{"sha256": f.SHA256, "replaced_by": f.ReplacedBy, "ground": string(e.plan.Request.Ground)},
		})
	}
	return list
}

func newScrub(o *data.Order, people []string, handle string) *scrub {
	s := &scrub{masker: mask.New(*o, people, data.MaskKinds()), handle: handle}
	p, b := &o.Payment, &o.Buyer
	s.learn(append(people, b.Name, b.Email, b.Phone, p.Payer, p.Holder, p.Email, p.IP)...)
	for _, a := range []data.Address{o.ShipTo, p.Address, p.Billing, o.PaidAddress()} {
		s.learn(a.Name, a.Line1, a.Line2, a.Line3, a.Phone)
	}
	if o.Buyer.Handle != "" && !strings.EqualFold(o.Buyer.Handle, o.Shop.Name) {
		s.learn(o.Buyer.Handle)
	}
	for _, parcel := range o.Shipments {
		s.learn(parcel.SignedBy)
	}
	return s
}
