package sample

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"

	"golang.org/x/sync/errgroup"
)

// script is assets/sample: the stories told by hand, and the pools from which
// ordinary orders are made. A moment in it is "-12d 09:30" (so many days from
// today, at an hour of UTC) or "+5h" (hours from now).
type script struct {
	Operator   string         `toml:"operator"`
	Translator string         `toml:"translator"`
	Shops      []shopEntry    `toml:"shop"`
	Stories    []story        `toml:"story"`
	Tasks      []taskEntry    `toml:"task"`
	Products   []productEntry `toml:"product"`
	Rates      []data.Rate    `toml:"rate"`
	Pools      pools          `toml:"pools"`
}

type shopEntry struct {
	Key      string `toml:"key"`
	Platform string `toml:"platform"`
	Name     string `toml:"name"`
	Zone     string `toml:"zone"`
	Currency string `toml:"currency"`
}

type story struct {
	Shop           string         `toml:"shop"`
	Number         string         `toml:"number"`
	Status         string         `toml:"status"`
	PlatformStatus string         `toml:"platform_status"`
	Shipping       string         `toml:"shipping"`
	Refunded       string         `toml:"refunded"`
	Payment        string         `toml:"payment"`
	PaymentRef     string         `toml:"payment_ref"`
	Ordered        string         `toml:"ordered"`
	Paid           string         `toml:"paid"`
	ShipBy         string         `toml:"ship_by"`
	Canceled       string         `toml:"canceled"` // when; by whom and why
	CanceledBy     string         `toml:"canceled_by"`
	CancelReason   string         `toml:"cancel_reason"`
	Confirmed      string         `toml:"confirmed"` // when receipt was; how
	ConfirmedHow   string         `toml:"confirmed_how"`
	BuyerNote      string         `toml:"buyer_note"`
	SellerNote     string         `toml:"seller_note"`
	Buyer          buyerEntry     `toml:"buyer"`
	ShipTo         addressEntry   `toml:"ship_to"`
	Items          []itemEntry    `toml:"item"`
	Parcels        []parcelEntry  `toml:"parcel"`
	Messages       []messageEntry `toml:"message"`
	Disputes       []disputeEntry `toml:"dispute"`
	Feedback       []ratingEntry  `toml:"feedback"`
	Tasks          []taskEntry    `toml:"task"`
	Files          []fileEntry    `toml:"file"`
}

type buyerEntry struct {
	Handle, Name, Email, Phone, Country, Language string
}

type addressEntry struct {
	Line1, Line2, City, State, Postcode, Country string
}

type itemEntry struct {
	SKU, Title, Variation, Price string
	Quantity                     int64
}

type parcelEntry struct {
	Carrier, Service, Tracking, Shipped, Delivered string
	Scans                                          [][3]string // when, where, what
}

type messageEntry struct {
	At, From, Author, Language, Text, Translation string
	Dispute                                       int // 1: the order's first dispute; 0: none
}

type disputeEntry struct {
	Reason, Claim, Translation, Amount, Case, Opened, Due string
	Pack                                                  string       // policy pack; "" is told from platform and reason
	Ruling                                                data.Ruling  `toml:"ruling"`
	Events                                                []eventEntry `toml:"event"`
}

type eventEntry struct {
	At, Kind, Actor, Note, Amount, Due string
}

type ratingEntry struct {
	At, Text, Language, State, Reply, Replied, Cause  string
	Translation, Settled, Complained, Ground, Revised string
	Stars, Before                                     int            // Before: what it was until Revised
	Details                                           map[string]int // detailed ratings
	Given                                             bool
}

type taskEntry struct {
	Title, Due, Done string
	Dispute          int
}

type fileEntry struct {
	Name, Kind, Draw, Captured, Note, Proves string
	Exif                                     bool              // write the capture time into the picture
	Dispute                                  int               // as of a message
	With                                     map[string]string // what the drawing needs
}

// A maker turns the script into entities around one time.
type maker struct {
	now        time.Time
	own        own
	translator string
	shops      map[string]data.Shop
	views      []pictureJob // of out.Files, by index
	out        Sample
}

// pictureJob is a picture still to be drawn.
type pictureJob struct {
	drawing string
	view    scene
}

// drawAll draws every picture, as many at once as there are processors: none
// depends on another.
func (m *maker) drawAll() error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, job := range m.views {
		group.Go(func() (err error) {
			m.out.Files[i].Bytes, err = drawings[job.drawing](job.view)
			if err != nil {
				return fmt.Errorf("drawing %s: %w", m.out.Files[i].Name, err)
			}
			return nil
		})
	}
	return group.Wait()
}

func (m *maker) script(s script) error {
	if err := m.entities(s); err != nil {
		return err
	}
	return m.drawAll()
}

// entities makes everything but the pictures.
func (m *maker) entities(s script) error {
	m.out.Operator, m.translator = m.own.say(s.Operator), m.own.say(s.Translator)
	for _, e := range s.Shops {
		shop := data.Shop{Platform: data.Platform(e.Platform), Name: m.own.say(e.Name), Zone: e.Zone, Currency: e.Currency}
		m.shops[e.Key] = shop
		m.out.Shops = append(m.out.Shops, shop)
		sign := e.Name // buyers read the name of the storefront, in whatever language the seller works
		if sign == shop.Name {
			sign = ""
		}
		m.out.Signs = append(m.out.Signs, sign)
	}
	for _, st := range s.Stories {
		if err := m.story(st); err != nil {
			return fmt.Errorf("order %s: %w", st.Number, err)
		}
	}
	if err := m.ordinary(s.Pools); err != nil {
		return err
	}
	for _, t := range s.Tasks {
		if err := m.task(t, None, None); err != nil {
			return err
		}
	}
	m.sortOrders()
	m.books(s)
	return nil
}

func (m *maker) story(st story) error {
	order, err := m.order(st)
	if err != nil {
		return err
	}
	m.out.Orders = append(m.out.Orders, order)
	index, first := len(m.out.Orders)-1, len(m.out.Disputes)
	dispute := func(n int) int {
		if n == 0 {
			return None
		}
		return first + n - 1
	}
	for _, d := range st.Disputes {
		if err := m.dispute(d, index, order); err != nil {
			return err
		}
	}
	for _, e := range st.Messages {
		if err := m.message(e, index, dispute(e.Dispute), order); err != nil {
			return err
		}
	}
	for _, e := range st.Feedback {
		if err := m.feedback(e, index, order); err != nil {
			return err
		}
	}
	for _, e := range st.Tasks {
		if err := m.task(e, index, dispute(e.Dispute)); err != nil {
			return err
		}
	}
	for _, e := range st.Files {
		if err := m.file(e, index, dispute(e.Dispute)); err != nil {
			return fmt.Errorf("file %s: %w", e.Name, err)
		}
	}
	return nil
}

func (m *maker) order(st story) (data.Order, error) {
	shop, ok := m.shops[st.Shop]
	if !ok {
		return data.Order{}, fmt.Errorf("shop %q: %w", st.Shop, data.ErrNotFound)
	}
	r := reading{now: m.now, currency: shop.Currency}
	o := data.Order{
		Shop: shop, Number: st.Number, Status: data.OrderStatus(st.Status), PlatformStatus: m.own.say(st.PlatformStatus),
		Shipping: r.money(st.Shipping), Refunded: r.money(st.Refunded), PaymentMethod: m.own.say(st.Payment), PaymentRef: st.PaymentRef,
		OrderedAt: r.moment(st.Ordered), PaidAt: r.moment(st.Paid), ShipBy: r.moment(st.ShipBy),
		BuyerNote: st.BuyerNote, SellerNote: m.own.say(st.SellerNote),
		Fate: data.Fate{
			CanceledAt: r.moment(st.Canceled), CanceledBy: data.Actor(st.CanceledBy), CancelReason: data.CancelReason(st.CancelReason),
			ConfirmedAt: r.moment(st.Confirmed), ConfirmedHow: st.ConfirmedHow,
		},
		Buyer: data.Buyer{
			Platform: shop.Platform, Handle: st.Buyer.Handle, Name: st.Buyer.Name, Email: st.Buyer.Email,
			Phone: st.Buyer.Phone, Country: st.Buyer.Country, Language: st.Buyer.Language,
		},
		ShipTo: data.Address{
			Name: st.Buyer.Name, Line1: st.ShipTo.Line1, Line2: st.ShipTo.Line2, City: st.ShipTo.City, State: st.ShipTo.State,
			Postcode: st.ShipTo.Postcode, Country: cmp.Or(st.ShipTo.Country, st.Buyer.Country), Phone: st.Buyer.Phone,
		},
	}
	o.Total = o.Shipping
	for i, e := range st.Items {
		item := data.Item{
			ExternalID: fmt.Sprintf("%s-%d", st.Number, i+1), SKU: e.SKU, Title: e.Title, Variation: e.Variation,
			Quantity: max(e.Quantity, 1), Price: r.money(e.Price),
		}
		o.Items = append(o.Items, item)
		total, err := o.Total.Add(data.Money{Minor: item.Price.Minor * item.Quantity, Currency: item.Price.Currency})
		if err != nil {
			return o, err
		}
		o.Total = total
	}
	for _, p := range st.Parcels {
		o.Shipments = append(o.Shipments, r.parcel(p))
	}
	if len(o.Shipments) > 0 {
		o.ShippedAt = o.Shipments[0].ShippedAt
		o.DeliveredAt = o.Shipments[len(o.Shipments)-1].DeliveredAt
	}
	return o, r.err
}

func (m *maker) dispute(e disputeEntry, order int, o data.Order) error {
	r := reading{now: m.now, currency: o.Total.Currency}
	d := data.Dispute{
		Reason: data.Reason(e.Reason), Claim: e.Claim, Amount: r.money(e.Amount), CaseNumber: e.Case, Pack: e.Pack,
		OpenedAt: r.moment(e.Opened), StatedDue: r.moment(e.Due), Ruling: e.Ruling,
	}
	language := o.Buyer.Language
	if e.Translation == "" {
		language = English // what a platform says for the buyer
	}
	d.Translated = m.beside(language, e.Claim, e.Translation)
	d.Ruling.Why, d.Ruling.Lessons = m.own.say(e.Ruling.Why), m.own.say(e.Ruling.Lessons)
	d.UID = uid(d.OpenedAt, "dispute", o.Number, e.Case)
	for i, ev := range e.Events {
		at := r.moment(ev.At)
		d.Events = append(d.Events, data.CaseEvent{
			UID: uid(at, "event", d.UID, strconv.Itoa(i)), Kind: data.EventKind(ev.Kind), Actor: data.Actor(ev.Actor), At: at,
			RecordedAt: at.Add(11 * time.Minute), Operator: m.out.Operator, Note: m.own.say(ev.Note), Amount: r.money(ev.Amount), Due: r.moment(ev.Due),
		})
	}
	m.out.Disputes = append(m.out.Disputes, Dispute{Dispute: d, Order: order})
	return r.err
}

func (m *maker) message(e messageEntry, order, dispute int, o data.Order) error {
	r := reading{now: m.now}
	msg := data.Message{
		Direction: data.Direction(e.From), Channel: string(o.Shop.Platform), Author: e.Author, SentAt: r.moment(e.At),
		Language: e.Language, Text: strings.TrimSpace(e.Text),
	}
	switch msg.Direction {
	case data.FromBuyer:
		msg.Author, msg.Language = cmp.Or(e.Author, o.Buyer.Name), cmp.Or(e.Language, o.Buyer.Language)
	case data.ToBuyer:
		msg.Author, msg.Language = cmp.Or(e.Author, o.Shop.Name), cmp.Or(e.Language, o.Buyer.Language)
	case data.FromPlatform:
		msg.Author, msg.Language = cmp.Or(e.Author, o.Shop.Platform.Title()), cmp.Or(e.Language, "en")
	default:
		return fmt.Errorf("message from %q: %w", e.From, data.ErrInvalid)
	}
	if beside := m.beside(msg.Language, msg.Text, strings.TrimSpace(e.Translation)); beside.Text != "" {
		msg.Translation, msg.Translator, msg.TransLang = beside.Text, beside.By, m.own.language
	}
	msg.UID = uid(msg.SentAt, "message", o.Number, msg.Text)
	m.out.Messages = append(m.out.Messages, Message{Message: msg, Order: order, Dispute: dispute})
	return r.err
}

func (m *maker) feedback(e ratingEntry, order int, o data.Order) error {
	r := reading{now: m.now}
	f := data.Feedback{
		Shop: o.Shop, OrderNumber: o.Number, BuyerHandle: o.Buyer.Handle, Stars: e.Stars, Text: e.Text,
		Language: cmp.Or(e.Language, o.Buyer.Language), State: data.FeedbackState(cmp.Or(e.State, "new")),
		LeftAt: r.moment(e.At), Reply: e.Reply, RepliedAt: r.moment(e.Replied), Cause: e.Cause, Details: e.Details, Given: e.Given,
		SettledAt: r.moment(e.Settled), RevisedAt: r.moment(e.Revised), Complained: data.Complained{At: r.moment(e.Complained), Ground: data.ComplaintGround(e.Ground)},
	}
	if f.Given {
		f.State = data.FeedbackDone
	}
	f.Translated = m.beside(f.Language, e.Text, e.Translation)
	if e.Before > 0 {
		f.Changes = []data.FeedbackChange{{At: f.RevisedAt, Stars: e.Before, Text: e.Text}}
	}
	f.UID = uid(f.LeftAt, "feedback", o.Number, e.Text)
	m.out.Feedback = append(m.out.Feedback, Feedback{Feedback: f, Order: order})
	return r.err
}

func (m *maker) task(e taskEntry, order, dispute int) error {
	r := reading{now: m.now}
	t := data.Task{Title: m.own.say(e.Title), Due: r.moment(e.Due), DoneAt: r.moment(e.Done), Operator: m.out.Operator}
	t.UID = uid(t.Due, "task", e.Title, strconv.Itoa(order))
	m.out.Tasks = append(m.out.Tasks, Task{Task: t, Order: order, Dispute: dispute})
	return r.err
}

func (m *maker) file(e fileEntry, order, dispute int) error {
	r := reading{now: m.now}
	captured := r.moment(e.Captured)
	if r.err != nil {
		return r.err
	}
	view := scene{order: m.out.Orders[order], captured: captured, with: e.With, exif: e.Exif}
	for _, msg := range m.out.Messages {
		if msg.Order == order {
			view.messages = append(view.messages, msg.Message)
		}
	}
	if _, ok := drawings[e.Draw]; !ok {
		return fmt.Errorf("drawing %q: %w", e.Draw, data.ErrNotFound)
	}
	m.views = append(m.views, pictureJob{drawing: e.Draw, view: view})
	m.out.Files = append(m.out.Files, File{
		Name: e.Name, Kind: data.EvidenceKind(e.Kind), Note: m.own.say(e.Note), Proves: m.own.say(e.Proves), CapturedAt: captured, Order: order, Dispute: dispute,
	})
	return nil
}

// sortOrders puts orders into the order of their dates and mends the indexes
// that point to them.
func (m *maker) sortOrders() {
	at := make([]int, len(m.out.Orders))
	for i := range at {
		at[i] = i
	}
	old := m.out.Orders
	slices.SortStableFunc(at, func(a, b int) int { return old[a].OrderedAt.Compare(old[b].OrderedAt) })
	moved, sorted := make([]int, len(old)), make([]data.Order, len(old))
	for to, from := range at {
		moved[from], sorted[to] = to, old[from]
	}
	m.out.Orders = sorted
	to := func(order *int) {
		if *order != None {
			*order = moved[*order]
		}
	}
	for i := range m.out.Messages {
		to(&m.out.Messages[i].Order)
	}
	for i := range m.out.Disputes {
		to(&m.out.Disputes[i].Order)
	}
	for i := range m.out.Feedback {
		to(&m.out.Feedback[i].Order)
	}
	for i := range m.out.Tasks {
		to(&m.out.Tasks[i].Order)
	}
	for i := range m.out.Files {
		to(&m.out.Files[i].Order)
	}
}

// reading keeps the first error, so that an entity can be read in one piece.
type reading struct {
	now      time.Time
	currency string
	err      error
}

func (r *reading) fail(what, text string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s %q: %w", what, text, data.ErrInvalid)
	}
}

// moment reads "-12d 09:30" or "+5h"; "" is the zero time.
func (r *reading) moment(text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	if hours, ok := strings.CutSuffix(text, "h"); ok {
		n, err := strconv.Atoi(hours)
		if err != nil {
			r.fail("moment", text)
		}
		return r.now.Add(time.Duration(n) * time.Hour)
	}
	days, clock, _ := strings.Cut(text, "d ")
	n, err := strconv.Atoi(days)
	hour, err2 := time.Parse("15:04", clock)
	if err != nil || err2 != nil {
		r.fail("moment", text)
		return time.Time{}
	}
	y, mo, d := r.now.Date()
	return time.Date(y, mo, d+n, hour.Hour(), hour.Minute(), 0, 0, time.UTC)
}

func (r *reading) money(text string) data.Money {
	if text == "" {
		return data.Money{}
	}
	amount, err := data.ParseDecimal(text, r.currency)
	if err != nil {
		r.fail("amount", text)
	}
	return amount
}

func (r *reading) parcel(p parcelEntry) data.Shipment {
	s := data.Shipment{
		Carrier: p.Carrier, Service: p.Service, Tracking: p.Tracking,
		ShippedAt: r.moment(p.Shipped), DeliveredAt: r.moment(p.Delivered),
	}
	for _, scan := range p.Scans {
		s.Events = append(s.Events, data.TrackingEvent{At: r.moment(scan[0]), Place: scan[1], Text: scan[2]})
	}
	return s
}

// uid makes a UUIDv7 from a time and from what it names, the same each time.
func uid(at time.Time, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00") + at.Format(time.RFC3339)))
	id := sum[:16]
	if ms := at.UnixMilli(); ms > 0 {
		for i := range 6 {
			id[i] = byte(ms >> (8 * (5 - i)))
		}
	}
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	text := hex.EncodeToString(id)
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}
