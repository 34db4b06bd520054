package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/parcel"
	"casebinder/data/service"
	"casebinder/data/store"
)

// OriginParcel is the origin of a task that something wrong with a parcel made;
// its key is the order's shop and number with the finding's key.
const OriginParcel = "parcel"

// ParcelTrouble is something wrong with a parcel of an order, with what it leads
// to.
type ParcelTrouble struct {
	parcel.Trouble
	OrderID  int64
	Shop     data.Shop
	Number   string
	Buyer    string
	ShipTo   data.Address // city, state, postcode and country alone
	Shipment data.Shipment
	State    parcel.State
	Template string          // what tells the buyer; "" nothing does
	Origin   data.TaskOrigin // of the task that it makes
}

// Overdue reports whether its date has passed.
func (t *ParcelTrouble) Overdue(now time.Time) bool {
	return !t.Due.IsZero() && now.After(data.Latest(t.Due))
}

// ParcelTroubleList is what ParcelTroubles finds.
type ParcelTroubleList struct {
	List    []ParcelTrouble // the worst first
	Total   int
	Serious int  // of Total
	Looked  int  // orders that were looked at
	Capped  bool // not all were: of one kind there are more than 50,000

	leads map[orderNotice]struct{}
}

// orderNotice is a notice of an order.
type orderNotice struct {
	order  int64
	notice string
}

// Add counts what was found and takes it into the list.
func (l *ParcelTroubleList) Add(found ...ParcelTrouble) {
	if l.leads == nil {
		l.leads = map[orderNotice]struct{}{}
	}
	for i := range found {
		t := &found[i]
		l.Total++
		if t.Severity == data.Serious {
			l.Serious++
		}
		if t.Notice != "" {
			l.leads[orderNotice{t.OrderID, t.Notice}] = struct{}{}
		}
	}
	l.List = append(l.List, found...)
}

// LeadsTo reports whether one of all that were found, listed or not, leads to a notice
// of an order.
func (l *ParcelTroubleList) LeadsTo(orderID int64, notice string) bool {
	_, there := l.leads[orderNotice{orderID, notice}]
	return there
}

// keep sorts the list and lets go of all but the first limit, which is 0 for all.
func (l *ParcelTroubleList) keep(limit int) {
	kinds := parcel.TroubleKinds()
	slices.SortStableFunc(l.List, func(a, b ParcelTrouble) int {
		return cmp.Or(cmp.Compare(a.Severity.Rank(), b.Severity.Rank()), cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
			a.Since.Compare(b.Since), cmp.Compare(a.OrderID, b.OrderID))
	})
	if limit > 0 && len(l.List) > limit {
		l.List = slices.Delete(l.List, limit, len(l.List))
	}
}

// Findings says where the list is not whole.
func (l *ParcelTroubleList) Findings() []data.Finding {
	if !l.Capped {
		return nil
	}
	return []data.Finding{{Rule: "parcels_capped", Severity: data.Warning, Why: sayParcelsCapped.With()}}
}

var sayParcelsCapped = data.DefinePhrase("parcel.capped",
	"More than 50,000 orders are under way or arrived in the last 30 days: only the newest were checked.")

// ParcelTroubles lists what is wrong with parcels that are under way, arrived in
// the last 30 days, were sent again or come back, and what a person has to do
// something about. What was passed, or became a task, is not among it. limit is
// how many are given, 0 all.
func (d *Desk) ParcelTroubles(ctx context.Context, limit int) (ParcelTroubleList, error) {
	var out ParcelTroubleList
	ids, capped, err := d.parcelOrders(ctx)
	if err != nil {
		return out, err
	}
	out.Looked, out.Capped = len(ids), capped
	watch, err := d.parcelWatch(ctx, d.usual)
	if err != nil {
		return out, err
	}
	for some := range slices.Chunk(ids, 500) {
		found, err := watch.look(ctx, d, some)
		if err != nil {
			return out, err
		}
		out.Add(found...)
		if limit > 0 && len(out.List) > 2*limit+500 { // a parcel with its scans is heavy, and there can be tens of thousands
			out.keep(limit)
		}
	}
	out.keep(limit)
	return out, nil
}

// parcelOrders gives the orders whose parcels are looked at, each once.
func (d *Desk) parcelOrders(ctx context.Context) (ids []int32, capped bool, err error) {
	now := d.now()
	seen := map[int32]bool{}
	take := func(some []int32, err error) error {
		if len(some) > noticeCap {
			some, capped = some[:noticeCap], true
		}
		for _, id := range some {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
		return err
	}
	if err := take(d.store.OnWay(ctx, noticeCap+1)); err != nil {
		return nil, false, err
	}
	for _, status := range []data.OrderStatus{data.StatusDelivered, data.StatusCompleted} {
		if err := take(d.store.ArrivedSince(ctx, status, now.Add(-service.LookBack), now.Add(-service.Delivered), noticeCap+1)); err != nil {
			return nil, false, err
		}
	}
	return ids, capped, take(d.store.ApartParcels(ctx, noticeCap+1))
}

// parcelWatch is what judging many orders shares.
type parcelWatch struct {
	reader    *parcel.Reader
	services  map[int64]data.Service
	templates map[string][]string
	tasks     map[string]bool
	usual     usualDays
}

func (d *Desk) parcelWatch(ctx context.Context, usual func(context.Context) (usualDays, error)) (*parcelWatch, error) {
	w := &parcelWatch{reader: parcel.NewReader()}
	var err error
	if w.services, err = d.store.ShopServices(ctx); err != nil {
		return nil, err
	}
	if w.templates, err = noticeTemplates(); err != nil {
		return nil, err
	}
	if w.usual, err = usual(ctx); err != nil {
		return nil, err
	}
	w.tasks, err = d.store.TaskKeys(ctx, OriginParcel)
	return w, err
}

// look gives what a person has to do something about.
func (w *parcelWatch) look(ctx context.Context, d *Desk, ids []int32) (list []ParcelTrouble, err error) {
	orders, err := d.store.ParcelOrders(ctx, ids)
	if err != nil {
		return nil, err
	}
	shared, err := d.store.SharedTracking(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, o := range orders {
		found, _ := w.judge(o, shared[o.ID], d.now())
		for i := range found {
			if t := &found[i]; t.Urgent() && !o.Passed(t.Key()) && !w.tasks[t.Origin.Key] {
				list = append(list, *t)
			}
		}
	}
	return list, nil
}

// judge tells what is wrong with the parcels of an order.
func (w *parcelWatch) judge(o *store.ParcelOrder, shared map[string][]string, now time.Time) ([]ParcelTrouble, []parcel.State) {
	found, states := w.reader.Troubles(&o.Order, parcel.Known{Usual: w.usual, Service: w.services[o.Shop.ID], Others: shared, Closed: o.Disputed}, now)
	list := make([]ParcelTrouble, len(found))
	for i, t := range found {
		list[i] = ParcelTrouble{
			Trouble: t, OrderID: o.ID, Shop: o.Shop, Number: o.Number, Buyer: cmp.Or(o.Buyer.Name, o.Buyer.Handle), ShipTo: o.ShipTo,
			Shipment: o.Shipments[t.Parcel], State: states[t.Parcel], Template: templateFor(w.templates[t.Notice], o.Shop.Platform),
			Origin: data.TaskOrigin{Kind: OriginParcel, Key: store.OrderKey(o.Shop, o.Number) + "|" + t.Key()},
		}
	}
	return list, states
}

// ParcelView is a parcel of an order with where it stands.
type ParcelView struct {
	Shipment data.Shipment
	State    parcel.State
}

// ParcelsView is the parcels of an order, and what is wrong with them.
type ParcelsView struct {
	List     []ParcelView
	Troubles []ParcelTrouble
	Findings []data.FindingView // the same, also what was passed
}

// Of gives what a finding says is wrong; nil where it is no longer so.
func (v *ParcelsView) Of(f data.FindingView) *ParcelTrouble {
	i := slices.IndexFunc(v.Troubles, func(t ParcelTrouble) bool { return t.Key() == f.Key() })
	if i < 0 {
		return nil
	}
	return &v.Troubles[i]
}

// OrderParcels gives the parcels of an order, where each stands, and what is wrong
// with them, also what was passed.
func (d *Desk) OrderParcels(ctx context.Context, orderID int64) (view ParcelsView, err error) {
	orders, err := d.store.ParcelOrders(ctx, []int32{int32(orderID)})
	if err != nil || len(orders) == 0 {
		return view, err
	}
	watch, err := d.parcelWatch(ctx, d.usualKnown)
	if err != nil {
		return view, err
	}
	shared, err := d.store.SharedTracking(ctx, []int32{int32(orderID)})
	if err != nil {
		return view, err
	}
	var states []parcel.State
	view.Troubles, states = watch.judge(orders[0], shared[orderID], d.now())
	all := make([]data.Finding, len(view.Troubles))
	for i := range view.Troubles {
		all[i] = view.Troubles[i].Finding
	}
	passes, err := d.store.Passes(ctx, data.EntityOrder, orderID)
	if err != nil {
		return view, err
	}
	for i, s := range states {
		view.List = append(view.List, ParcelView{orders[0].Shipments[i], s})
	}
	view.Findings = data.WithPasses(all, passes)
	return view, nil
}

// TakeOnParcel makes a task of what is wrong with a parcel; one that is in the bin
// comes back. It can be undone.
func (d *Desk) TakeOnParcel(ctx context.Context, t *ParcelTrouble, title, note string) (data.Task, error) {
	return d.takeOn(ctx, data.Task{Title: title, Note: note, OrderID: t.OrderID, Due: t.Due, Origin: t.Origin})
}
