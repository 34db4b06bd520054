package guitest

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
)

// ParcelTroubles lists Troubled.
func (f *Fake) ParcelTroubles(context.Context, int) (desk.ParcelTroubleList, error) {
	var list desk.ParcelTroubleList
	list.Add(f.Troubled...)
	return list, nil
}

// TakeOnParcel makes no task.
func (f *Fake) TakeOnParcel(context.Context, *desk.ParcelTrouble, string, string) (data.Task, error) {
	return data.Task{}, nil
}

// OrderParcels gives the parcels of an order as they are, with nothing said of them.
func (f *Fake) OrderParcels(_ context.Context, id int64) (desk.ParcelsView, error) {
	var view desk.ParcelsView
	for _, s := range f.Orders[id].Order.Shipments {
		view.List = append(view.List, desk.ParcelView{Shipment: s})
	}
	return view, nil
}

// SupplierClaims has nobody to claim on.
func (f *Fake) SupplierClaims(context.Context, int64) ([]data.SupplierClaim, error) { return nil, nil }

// OrderMargin knows nothing of costs.
func (f *Fake) OrderMargin(context.Context, int64) (desk.OrderMargin, error) {
	return desk.OrderMargin{Void: true}, nil
}

// SetOrderCosts keeps nothing.
func (f *Fake) SetOrderCosts(context.Context, int64, map[data.Cost]string) error { return nil }

// ExportTracking writes nothing.
func (f *Fake) ExportTracking(context.Context, desk.TrackingFileRequest) (desk.TrackingFileReport, error) {
	return desk.TrackingFileReport{}, nil
}
