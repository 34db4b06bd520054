package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// batchSize is how many additions one entry of the journal lists.
const batchSize = 10_000

// An OrderImport takes the orders of one file, inside one transaction: all of
// them or none. Memory does not grow with the file but for some 20 to 30 bytes of
// each of its first million of buyers, and of order numbers unless Once.
type OrderImport struct {
	tx     *Tx
	src    *Import
	counts data.ImportCounts

	empty   bool // the desk had no orders: indexes are built at the end
	indexes []bulkIndex
	bulked  bool
	seed    maphash.Seed
	seen    map[uint64]int64 // ids of the orders added by this import while empty, by the hash of the number
	buyers  map[uint64]metBuyer
	salt    string // of the fingerprints of erased accounts; "" where none was erased
	newest  bool   // no buyer can be in the desk but those in buyers

	// Once says that no number is added twice, as of a file of one table: then none
	// is remembered. A number that is added twice all the same fails the import.
	Once bool
	// AcceptBack takes records that are older and states that go back: what was
	// shipped is to be shipped, what was refunded is not. Without it such a record
	// only adds what is not known. Back is told what goes back, or would.
	AcceptBack bool
	Back       func(known, told *data.Order)
	// Kept is told of an order of which a file says other than a person did, and the
	// person's word stays; names are those of the facts in Order.Stated.
	Kept func(known, told *data.Order, names []string)
	// Erased is told of an order whose personal data was erased, and of which a file
	// has some again, which are not taken.
	Erased func(*data.Order)
	// Again is told of an order that a buyer placed after the personal data was erased.
	Again func(*data.Order)
	// Unsure is told of an order whose total cannot be known from all files.
	Unsure func(*data.Order)

	dry   map[uint64]uint64 // of one that writes nothing: hashes of the numbers it met, and of what was told; else nil
	fresh bool              // such a one: the shop has no orders
	kept  *statements       // of such a one

	batch  []string // numbers added since the last entry of the journal
	digest []byte   // their records' hashes
}

// ImportOrders starts an import: src says which file, its shop must be in the
// desk; UID, At and Operator are filled in when empty. The import must be ended
// with Finish before the transaction ends.
func (t *Tx) ImportOrders(src *Import) (*OrderImport, error) {
	if t.open != nil {
		return nil, errors.New("store: an import is already going on")
	}
	if src.Kind == "" {
		src.Kind = "orders"
	}
	if err := t.PutImport(src); err != nil {
		return nil, err
	}
	m := &OrderImport{tx: t, src: src, seed: maphash.MakeSeed(), buyers: map[uint64]metBuyer{}}
	var err error
	if m.salt, err = t.ErasureSalt(t.ctx); err != nil {
		return nil, err
	}
	orders, err := first(t.ctx, &t.Reader, "SELECT EXISTS (SELECT 1 FROM orders)", nil, scanOne[bool])
	if err != nil {
		return nil, err
	}
	buyers, err := first(t.ctx, &t.Reader, "SELECT EXISTS (SELECT 1 FROM buyer)", nil, scanOne[bool])
	if err != nil {
		return nil, err
	}
	m.newest = !buyers
	if !orders {
		if err := m.bulk(); err != nil {
			return nil, err
		}
	}
	t.open = m
	return m, nil
}

// Add takes one order. It may change o: times are brought to the store's
// precision, and the IDs are set.
func (m *OrderImport) Add(o *data.Order) (Outcome, error) {
	outcome, err := m.add(o)
	switch outcome {
	case Added:
		m.counts.Added++
	case Updated:
		m.counts.Updated++
	case Unchanged:
		m.counts.Unchanged++
	case Older:
		m.counts.Older++
	}
	return outcome, err
}

func (m *OrderImport) add(o *data.Order) (Outcome, error) {
	if o.Number == "" {
		return 0, problemIncomplete.New("entity", "order", "field", "number")
	}
	o.Shop, o.Buyer.Platform = m.src.Shop, m.src.Shop.Platform
	if o.Status == "" {
		o.Status = data.StatusUnknown
	}
	stored(o)
	hash := orderHash(o)
	toldByFile(o)
	known, err := m.find(o.Number)
	if err != nil {
		return 0, err
	}
	if known.id != 0 {
		return m.update(known, o, hash)
	}
	o.ID = 0
	if err := m.knowErased(o); err != nil {
		return 0, err
	}
	if m.dry != nil {
		return m.repeated(o.Number, hash), nil
	}
	if err := m.buyer(o); err != nil {
		return 0, err
	}
	if err := m.tx.writeOrder(o, orderTrace{first: m.src.ID, last: m.src.ID, hash: hash}); err != nil {
		return 0, err
	}
	number := strings.Clone(o.Number) // a field read from a file holds on to its whole row
	if m.empty && !m.Once {
		m.seen[maphash.String(m.seed, number)] = o.ID
		if len(m.seen) >= maxSeen {
			if err := m.endEmpty(); err != nil {
				return 0, err
			}
		}
	}
	m.batch, m.digest = append(m.batch, number), append(m.digest, hash...)
	if len(m.batch) >= batchSize {
		return Added, m.recordBatch()
	}
	return Added, nil
}

// knownOrder is what must be known of an order to tell whether a record says
// anything new.
type knownOrder struct {
	id         int64
	hash       string
	sourceTime time.Time
}

const knownSelect = "SELECT id, import_hash, source_time FROM orders WHERE "

func scanKnown(row scanner) (k knownOrder, err error) {
	return k, row.Scan(&k.id, &k.hash, moment{&k.sourceTime})
}

func (m *OrderImport) find(number string) (knownOrder, error) {
	if m.fresh {
		return knownOrder{}, nil
	}
	query, args := "shop_id = ? AND number = ?", []any{m.src.Shop.ID, number}
	switch {
	case m.empty && m.Once:
		return knownOrder{}, nil
	case m.empty:
		id, ok := m.seen[maphash.String(m.seed, number)]
		if !ok {
			return knownOrder{}, nil
		}
		query, args = "id = ? AND number = ?", []any{id, number} // two numbers of one hash are two orders
	}
	known, err := first(m.tx.ctx, &m.tx.Reader, knownSelect+query, args, scanKnown)
	if errors.Is(err, sql.ErrNoRows) {
		return knownOrder{}, nil
	}
	return known, err
}

// update merges a record into a known order.
func (m *OrderImport) update(known knownOrder, told *data.Order, hash string) (Outcome, error) {
	told.ID = known.id
	newer := told.SourceTime.After(known.sourceTime)
	if known.hash == hash {
		return Unchanged, m.confirm(known, told, newer)
	}
	before, err := m.tx.Order(m.tx.ctx, known.id)
	if err != nil {
		return 0, err
	}
	if before.Erased() {
		m.withoutErased(before, told)
	}
	after, older := m.merge(known, before, told)
	if before.Erased() {
		staysErased(after, before.Stated[data.StatedErased])
	}
	if sameOrder(before, after) {
		if older {
			return Older, nil
		}
		return Unchanged, m.confirm(known, told, newer)
	}
	if older {
		hash = known.hash // the newer file still says nothing new
	}
	if m.Unsure != nil && unsure(after) {
		m.Unsure(after)
	}
	if m.dry != nil {
		*told = *after
		return Updated, nil
	}
	if err := m.buyer(after); err != nil {
		return 0, err
	}
	if err := m.tx.writeOrder(after, orderTrace{last: m.src.ID, hash: hash}); err != nil {
		return 0, err
	}
	*told = *after
	return Updated, m.tx.Record(data.Change{
		Action: "order.import", Entity: "order", Key: OrderKey(m.src.Shop, told.Number), Before: before, After: after,
	})
}

// merge is the order after a record told of it, and whether the record is an older
// state of it: by its own time, or because it takes a state back.
func (m *OrderImport) merge(known knownOrder, before, told *data.Order) (after *data.Order, older bool) {
	if m.AcceptBack && len(before.Stated) > 0 { // the file counts, whatever a person said
		plain := *before
		plain.Stated = nil
		before = &plain
	}
	after = mergeOrder(before, told)
	if names := keptAgainst(after, told); len(names) > 0 && m.Kept != nil {
		m.Kept(after, told, names)
	}
	dated := !told.SourceTime.IsZero() && told.SourceTime.Before(known.sourceTime)
	back := goesBack(before, after, told)
	if back && m.Back != nil && (m.AcceptBack || !dated) {
		m.Back(before, after)
	}
	if (dated || back) && !m.AcceptBack {
		return mergeUnder(before, told), true
	}
	return after, false
}

// goesBack reports whether an order loses a state that it had. A reversal that a
// row of its own tells takes back what was refunded.
func goesBack(before, after, told *data.Order) bool {
	refunds := slices.ContainsFunc(told.Parts, func(p data.Part) bool { return p.Refund })
	if refunds && before.FullyRefunded() {
		return false
	}
	back := before.Status.GoesBack(after.Status)
	if before.TellsSome(told) {
		back = before.UnitsGoBack(told)
	}
	return back ||
		before.Refunded.Currency == after.Refunded.Currency && after.Refunded.Minor < before.Refunded.Minor && !refunds
}

// Has reports whether the shop has an order with a number, one of this import
// included.
func (m *OrderImport) Has(number string) (bool, error) {
	known, err := m.find(number)
	_, told := m.dry[maphash.String(m.seed, number)]
	return known.id != 0 || told, err
}

// confirm notes that a newer file still says the same, so that an older file
// cannot undo it. Nothing that a person sees changes.
func (m *OrderImport) confirm(known knownOrder, told *data.Order, newer bool) error {
	if !newer || m.dry != nil {
		return nil
	}
	_, err := m.tx.exec("UPDATE orders SET source_time = ? WHERE id = ?", ms(told.SourceTime), known.id)
	return err
}

// importBatch is what the journal says of orders that were added.
type importBatch struct {
	Import  string   `json:"import"`  // uid
	File    string   `json:"file"`    //
	Shop    string   `json:"shop"`    // platform/name
	Count   int      `json:"count"`   //
	Digest  string   `json:"digest"`  // SHA-256 over the import_hash of each, in this order
	Numbers []string `json:"numbers"` //
}

func (m *OrderImport) recordBatch() error {
	if len(m.batch) == 0 {
		return nil
	}
	sum := sha256.Sum256(m.digest)
	err := m.tx.Record(data.Change{Action: "order.add", Entity: "import", Key: m.src.UID, After: importBatch{
		Import: m.src.UID, File: m.src.File, Shop: ShopKey(m.src.Shop), Count: len(m.batch),
		Digest: hex.EncodeToString(sum[:]), Numbers: m.batch,
	}})
	m.batch, m.digest = m.batch[:0], m.digest[:0]
	return err
}

// Finish completes the import; rejected is how many rows of the file were not
// taken. It writes the counts into the import and the journal.
func (m *OrderImport) Finish(rejected int) (data.ImportCounts, error) {
	m.tx.open = nil
	m.counts.Rejected = rejected
	if err := m.recordBatch(); err != nil {
		return data.ImportCounts{}, err
	}
	m.buyers = nil
	if err := errors.Join(m.endEmpty(), m.buildIndexes("buyer")); err != nil {
		return data.ImportCounts{}, err
	}
	if m.bulked {
		if err := m.tx.takeSearch(); err != nil {
			return data.ImportCounts{}, err
		}
	}
	m.src.Counts = m.counts
	if err := m.tx.PutImport(m.src); err != nil {
		return data.ImportCounts{}, err
	}
	return m.counts, m.tx.Record(data.Change{Action: "order.import", Entity: "import", Key: m.src.UID, After: m.src})
}

// orderHash is the first half of the SHA-256 over all that a record says, apart from when: each
// text as its length and bytes, each number as eight bytes. Half is plenty to tell
// one record from another.
func orderHash(o *data.Order) string {
	b := make([]byte, 0, 1024)
	text := func(values ...string) {
		for _, v := range values {
			b = binary.AppendUvarint(b, uint64(len(v)))
			b = append(b, v...)
		}
	}
	number := func(v int64) { b = binary.LittleEndian.AppendUint64(b, uint64(v)) }
	money := func(m data.Money) { number(m.Minor); text(m.Currency) }
	at := func(t time.Time) { number(t.UnixMilli()) }
	address := func(a *data.Address) {
		text(a.Name, a.Line1, a.Line2, a.Line3, a.City, a.State, a.Postcode, a.Country, a.Phone)
	}

	text(o.Number, o.Buyer.Handle, o.Buyer.Name, o.Buyer.Email, o.Buyer.Phone, o.Buyer.Country, o.Buyer.Language)
	text(string(o.Status), o.PlatformStatus, o.PaymentMethod, o.PaymentRef, o.BuyerNote, o.SellerNote)
	address(&o.ShipTo)
	money(o.Total)
	money(o.Shipping)
	money(o.Refunded)
	at(o.OrderedAt)
	at(o.PaidAt)
	at(o.ShipBy)
	at(o.ShippedAt)
	at(o.DeliveredAt)
	number(int64(len(o.Items)))
	for _, it := range o.Items {
		text(it.ExternalID, it.SKU, it.Title, it.Variation)
		number(it.Quantity)
		money(it.Price)
	}
	number(int64(len(o.Shipments)))
	for _, s := range o.Shipments {
		text(s.Carrier, s.Service, s.Tracking)
		at(s.ShippedAt)
		at(s.DeliveredAt)
		if !s.PromisedAt.IsZero() || s.Weight != 0 {
			at(s.PromisedAt)
			number(s.Weight)
		}
		number(int64(len(s.Events)))
		for _, e := range s.Events {
			at(e.At)
			text(e.Place, e.Text)
		}
	}
	for _, p := range o.Parts {
		text(p.Source, p.Key, p.Item)
		number(p.Quantity)
		money(p.Amount)
		text(string(p.Status))
	}
	if p := &o.Payment; !p.IsZero() || !o.DeliverBy.IsZero() {
		at(o.DeliverBy)
		at(p.Seen)
		text(string(p.State), strconv.FormatBool(p.ECheck), p.Payer, p.Holder, p.Email, p.Account, p.AddressStatus, p.Risk, p.Protection, p.IP, p.IPCountry, p.AccountCountry)
		address(&p.Address)
		address(&p.Billing)
	}
	if f := &o.Fate; !f.IsZero() {
		at(f.CanceledAt)
		at(f.ConfirmedAt)
		at(f.TrackingToldAt)
		text(string(f.CanceledBy), string(f.CancelReason), f.ConfirmedHow, f.FulfilledBy, string(f.ReturnReason))
	}
	if len(o.Extra) > 0 {
		names := make([]string, 0, len(o.Extra))
		for name := range o.Extra {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			text(name, o.Extra[name])
		}
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}
