package guitest

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
)

// ParcelTroubles lists none.
func (f *Fake) ParcelTroubles(context.Context, int) (desk.ParcelTroubleList, error) {
	return desk.ParcelTroubleList{}, nil
}

// TakeOnParcel makes no task.
func (f *Fake) TakeOnParcel(context.Context, *desk.ParcelTrouble, string, string) (data.Task, error) {
	return data.Task{}, nil
}
