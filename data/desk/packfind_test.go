package desk_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// photo writes a picture as a phone does, with the time that its camera tells.
func (b *watchBench) photo(name string, gray uint8, camera, at time.Time) string {
	b.t.Helper()
	return b.write(name, withCamera(b.t, gray, camera), at)
}

// Each picture is placed by the strongest ground: what is unsure is asked.
func TestPicturesArePlaced(t *testing.T) {
	b := watched(t)
	day := clock.Add(-2 * time.Hour)
	one := desk.PackSpan{OrderID: b.first, From: day, To: day.Add(10 * time.Minute)}
	two := desk.PackSpan{OrderID: b.second, From: day.Add(10 * time.Minute), To: day.Add(20 * time.Minute)}
	during := func(minutes float64) time.Time { return day.Add(time.Duration(minutes * float64(time.Minute))) }
	for name, c := range map[string]struct {
		path  string
		order int64
		why   string
		clock bool
	}{
		"the label's, also while another order is packed": {b.label("a.jpg", "label.jpg", during(15)), b.first, "packing.by.code", false},
		"somebody else's label":                           {b.label("b.png", "usps.png", during(15)), 0, "label.foreign", false},
		"the name's, also while another order is packed":  {b.picture("#1002_(front).png", 10, during(5)), b.second, "packing.by.name", false},
		"the first span's":                                {b.picture("c.png", 20, during(5)), b.first, "packing.time", false},
		"the second span's":                               {b.picture("d.png", 30, during(12)), b.second, "packing.time", false},
		"taken while nothing was packed":                  {b.picture("e.png", 40, during(45)), 0, "packing.time.none", false},
		"the camera's clock is right":                     {b.photo("f.jpg", 50, during(5), during(6)), b.first, "packing.time", false},
		"the camera's clock is two years behind":          {b.photo("g.jpg", 60, during(5).AddDate(-2, 0, 0), during(12)), b.second, "packing.clock.behind", true},
		"the camera's clock is a day ahead":               {b.photo("h.jpg", 70, during(5).AddDate(0, 0, 1), during(5)), b.first, "packing.clock.ahead", true},
		"a video":                                         {b.write("i.mp4", []byte("no video"), during(12)), b.second, "packing.time", false},
	} {
		all, err := b.PlacePictures(t.Context(), []string{c.path}, []desk.PackSpan{one, two}, nil)
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: %+v, %v", name, all, err)
		}
		if p := all[0]; p.OrderID != c.order || p.Why.Key != c.why || !p.Clock.IsZero() != c.clock {
			t.Errorf("%s: order %d, %s, clock %s; want %d, %s, %v", name, p.OrderID, p.Why.Key, p.Clock.Key, c.order, c.why, c.clock)
		}
	}
	if _, err := b.PlacePictures(t.Context(), nil, []desk.PackSpan{{OrderID: 99}}, nil); err == nil {
		t.Error("a span of no order is taken")
	}
}

// Two parcels of one order: the label says which of them a picture shows.
func TestAPictureTellsWhichParcelItShows(t *testing.T) {
	b := watched(t)
	if err := b.AddShipment(t.Context(), b.first, data.Shipment{Tracking: "RB000000500CN"}, false); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ of, name, tracking string }{{"label.jpg", "a.jpg", "RB123456785CN"}, {"usps.png", "b.png", ""}} {
		path := b.label(c.name, c.of, clock)
		report, err := b.AddPacking(t.Context(), b.first, "", []desk.EvidenceFile{{Path: path, Source: "drop"}}, nil)
		if err != nil || len(report.Added) != 1 {
			t.Fatalf("%s: %+v, %v", c.name, report, err)
		}
		// Of a picture with two parcels' numbers none is chosen.
		if e := report.Added[0]; e.Tracking != c.tracking || e.Slot != data.SlotLabel {
			t.Errorf("%s: of parcel %q, slot %q; want %q", c.name, e.Tracking, e.Slot, c.tracking)
		}
	}
}

// A picture of a watched folder that is taken at the packing table waits no longer,
// and waits again when that is undone.
func TestAFoundPictureIsTakenAtThePackingTable(t *testing.T) {
	b := watched(t)
	path := b.label("a.jpg", "label.jpg", clock)
	for range 2 {
		if _, err := b.LookAtFolders(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(time.Minute)
	}
	if fresh, err := b.FoundNew(t.Context(), 10); err != nil || len(fresh) != 1 || fresh[0] != path {
		t.Fatalf("new: %v, %v", fresh, err)
	}
	report, err := b.AddPacking(t.Context(), b.first, "", []desk.EvidenceFile{{Path: path, Source: "folder"}}, nil)
	if err != nil || len(report.Added) != 1 || report.Added[0].Slot != data.SlotLabel || len(report.Added[0].Codes) != 3 {
		t.Fatalf("taken: %+v, %v", report, err)
	}
	if c, err := b.FoundCount(t.Context()); err != nil || c.Pictures != 0 {
		t.Errorf("still waiting: %+v, %v", c, err)
	}
	if _, err := b.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if c, err := b.FoundCount(t.Context()); err != nil || c.Pictures != 1 {
		t.Errorf("after it was undone there wait %+v, %v", c, err)
	}
}

// withCamera makes a JPEG of one gray whose EXIF tells a time in UTC. (EXIF 2.31:
// DateTimeOriginal 0x9003, OffsetTimeOriginal 0x9011.)
func withCamera(t *testing.T, gray uint8, camera time.Time) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 40, 30))
	for i := range img.Pix {
		img.Pix[i] = gray
	}
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, img, nil); err != nil {
		t.Fatal(err)
	}
	le := binary.LittleEndian
	entry := func(b []byte, tag, kind uint16, count, value uint32) []byte {
		b = le.AppendUint16(le.AppendUint16(b, tag), kind)
		return le.AppendUint32(le.AppendUint32(b, count), value)
	}
	const ascii, long, sub, texts = 2, 4, 26, 56
	tiff := append([]byte("II*\x00\x08\x00\x00\x00"), 1, 0) // one entry at 8
	tiff = le.AppendUint32(entry(tiff, 0x8769, long, 1, sub), 0)
	tiff = append(tiff, 2, 0) // two entries at 26
	tiff = entry(tiff, 0x9003, ascii, 20, texts)
	tiff = le.AppendUint32(entry(tiff, 0x9011, ascii, 7, texts+20), 0)
	tiff = append(tiff, camera.UTC().Format("2006:01:02 15:04:05")+"\x00+00:00\x00"...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := append(plain.Bytes()[:2:2], 0xff, 0xe1)
	out = append(binary.BigEndian.AppendUint16(out, uint16(len(segment)+2)), segment...)
	return append(out, plain.Bytes()[2:]...)
}
