package importer

import (
	"strings"
	"testing"
	"time"
)

// readParcels reads a carrier's table by the preset that its header names.
func readParcels(t *testing.T, text string) (string, []*Parcel) {
	t.Helper()
	src := NewSource("parcels.csv", strings.NewReader(text), int64(len(text)))
	presets, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	in, err := InspectAs(t.Context(), src, presets, Layout{}, TargetShipments)
	if err != nil {
		t.Fatal(err)
	}
	if in.Preset == nil {
		t.Fatalf("no preset fits %q", strings.SplitN(text, "\n", 2)[0])
	}
	var list []*Parcel
	_, err = Read(t.Context(), src, in, Options{}, Sink{Parcel: func(p *Parcel) error { list = append(list, p); return nil }})
	if err != nil {
		t.Fatal(err)
	}
	return in.Preset.ID, list
}

// TestCarrierTables: each carrier's header finds its preset, and each field its
// column. Times of carriers in China are eight hours ahead of UTC.
func TestCarrierTables(t *testing.T) {
	shipped := time.Date(2026, 6, 1, 1, 30, 0, 0, time.UTC)
	delivered := time.Date(2026, 6, 15, 10, 5, 0, 0, time.UTC)
	for _, c := range []struct{ preset, carrier, text string }{
		{"yanwen-parcels", "Yanwen", "燕文单号,尾程单号,订单号,目的国,揽收时间,妥投时间\nT1,T2,O1,美国,2026-06-01 09:30,2026-06-15 18:05\n"},
		{"fourpx-parcels", "4PX", "4PX单号,服务商单号,客户单号,目的国家,收货时间,签收时间\nT1,T2,O1,US,2026-06-01 09:30,2026-06-15 18:05\n"},
		{"yunexpress-parcels", "YunExpress", "运单号,客户订单号,跟踪号,国家,签入时间,签收时间\nT1,O1,T2,US,2026/6/1 9:30,2026/6/15 18:05\n"},
		{"cainiao-parcels", "Cainiao", "交易订单号,国际物流单号,LP单号,目的国,揽收时间,签收时间\nO1,T1,T2,US,2026-06-01 09:30:00,2026-06-15 18:05:00\n"},
		{"chinapost-parcels", "China Post", "邮件号,订单号,寄达国,收寄时间,妥投时间\nT1,O1,US,2026-06-01 09:30,2026-06-15 18:05\n"},
		{"sf-parcels", "SF Express", "运单号码,客户订单号,目的国家,寄件时间,签收时间,签收人\nT1,O1,US,2026-06-01 09:30,2026-06-15 18:05,本人\n"},
	} {
		preset, list := readParcels(t, c.text)
		if preset != c.preset || len(list) != 1 {
			t.Errorf("%s: read by %s, %d parcels", c.preset, preset, len(list))
			continue
		}
		p := list[0]
		if p.Numbers[0] != "T1" || p.Orders[0] != "O1" || p.Country != "US" || p.Carrier != c.carrier || !p.ShippedAt.Equal(shipped) || !p.DeliveredAt.Equal(delivered) {
			t.Errorf("%s: %+v", c.preset, p)
		}
	}
	preset, list := readParcels(t, "Tracking number,Package status,Carrier,Latest event time,Latest event\nT1,Delivered,USPS,2026-06-15 10:05,\"Delivered, front door\"\nT2,Not found,,,\n")
	if preset != "17track-parcels" || len(list) != 2 || list[0].Carrier != "USPS" || list[0].State != "Delivered" || list[0].Text != "Delivered, front door" || !list[0].At.Equal(delivered) || !list[1].At.IsZero() {
		t.Errorf("17TRACK: %s %+v", preset, list)
	}
}

// FuzzParcels: no table of a carrier stops the reader.
func FuzzParcels(f *testing.F) {
	f.Add("燕文单号,订单号,妥投时间\nT1,O1,2026-06-15 18:05\n")
	f.Add("Tracking Number,History\nT1,\"2026-06-01 09:30 Arrived\n2026-06-02 Left\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		src := NewSource("parcels.csv", strings.NewReader(text), int64(len(text)))
		presets, err := BuiltIn()
		if err != nil {
			t.Fatal(err)
		}
		in, err := InspectAs(t.Context(), src, presets, Layout{}, TargetShipments)
		if err != nil || in.Preset == nil {
			return
		}
		_, _ = Read(t.Context(), src, in, Options{}, Sink{Parcel: func(p *Parcel) error { // a file that cannot be read on says so
			if len(p.Numbers) == 0 {
				t.Fatal("a parcel without a number was given")
			}
			return nil
		}})
	})
}
