package desk

import (
	"slices"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/parcel"
	"casebinder/data/service"
)

// What is listed of many is the same whether all were kept to the end or not, and the
// sums are of all.
func TestTroublesThatAreNotListedStillCount(t *testing.T) {
	day := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	var all, few ParcelTroubleList
	for i := range 2000 {
		trouble := ParcelTrouble{OrderID: int64(i), Trouble: parcel.Trouble{
			Kind: parcel.TroubleLate, Notice: service.NoticeLate, Since: day.AddDate(0, 0, -i*7%31),
		}}
		trouble.Severity = data.Warning
		if i%10 == 0 {
			trouble.Severity, trouble.Notice = data.Serious, ""
		}
		all.Add(trouble)
		few.Add(trouble)
		if i%100 == 0 {
			few.keep(20)
		}
	}
	all.keep(0)
	few.keep(20)
	if got, want := troubledOrders(few.List), troubledOrders(all.List[:20]); !slices.Equal(got, want) {
		t.Errorf("listed %v, want %v", got, want)
	}
	if few.Total != 2000 || few.Serious != 200 || !few.LeadsTo(1999, service.NoticeLate) || few.LeadsTo(1990, service.NoticeLate) {
		t.Errorf("%d in all, %d serious", few.Total, few.Serious)
	}
}

func troubledOrders(list []ParcelTrouble) (ids []int64) {
	for i := range list {
		ids = append(ids, list[i].OrderID)
	}
	return ids
}
