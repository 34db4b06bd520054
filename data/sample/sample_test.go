package sample

import (
	"bytes"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/policy"

	"github.com/bep/imagemeta"
)

var now = time.Date(2026, 3, 18, 7, 42, 0, 0, time.UTC)

var desk = sync.OnceValues(func() (Sample, error) { return Desk(now, English) })

func sampleDesk(t *testing.T) Sample {
	t.Helper()
	s, err := desk()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDeskIsTheSameForOneTime(t *testing.T) {
	first := sampleDesk(t)
	script, err := readScript()
	if err != nil {
		t.Fatal(err)
	}
	again, err := newMaker(now, English)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.entities(script); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(first.Orders, again.out.Orders) || !reflect.DeepEqual(first.Messages, again.out.Messages) ||
		!reflect.DeepEqual(first.Disputes, again.out.Disputes) || !reflect.DeepEqual(first.Tasks, again.out.Tasks) {
		t.Error("the second desk differs")
	}
	for i, job := range again.views {
		if name := first.Files[i].Name; i < 6 || filepath.Ext(name) == ".pdf" { // one of each kind is enough
			raw, err := drawings[job.drawing](job.view)
			if err != nil || !bytes.Equal(raw, first.Files[i].Bytes) {
				t.Errorf("%s has other bytes the second time (%v)", name, err)
			}
		}
	}
}

func TestDeskHoldsTogether(t *testing.T) {
	s := sampleDesk(t)
	if n := len(s.Orders); len(s.Shops) != 3 || n < 60 || n > 120 {
		t.Errorf("%d shops, %d orders; want 3, and 60 to 120", len(s.Shops), n)
	}
	numbers, languages, countries := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i, o := range s.Orders {
		if numbers[o.Number] {
			t.Errorf("order %s is there twice", o.Number)
		}
		numbers[o.Number], languages[o.Buyer.Language], countries[o.Buyer.Country] = true, true, true
		if i > 0 && o.OrderedAt.Before(s.Orders[i-1].OrderedAt) {
			t.Errorf("order %s is out of order", o.Number)
		}
		checkOrder(t, o)
	}
	for _, lang := range []string{"en", "es", "ru", "fr", "de", "zh", "ar", "ja"} {
		if !languages[lang] {
			t.Errorf("no buyer speaks %s", lang)
		}
	}
	if len(countries) < 10 {
		t.Errorf("buyers of only %d countries", len(countries))
	}
	uids := map[string]bool{}
	note := func(uid string) {
		t.Helper()
		if len(uid) != 36 || uid[14] != '7' || uids[uid] {
			t.Errorf("UID %q is no UUIDv7 or there twice", uid)
		}
		uids[uid] = true
	}
	for _, m := range s.Messages {
		note(m.UID)
		if m.SentAt.After(now) || m.Text == "" || m.Dispute != None && s.Disputes[m.Dispute].Order != m.Order {
			t.Errorf("message of %s: %v, dispute %d", s.Orders[m.Order].Number, m.SentAt, m.Dispute)
		}
		if m.Language != "en" && m.Direction != data.FromPlatform && (m.Translation == "" || m.Translator == "" || m.TransLang != "en") {
			t.Errorf("message %q has no translation", m.Text)
		}
	}
	for _, f := range s.Feedback {
		note(f.UID)
		if f.LeftAt.After(now) || s.Orders[f.Order].Number != f.OrderNumber || f.Stars < 1 || f.Stars > 5 {
			t.Errorf("feedback %+v does not fit its order", f.Feedback)
		}
	}
	for _, task := range s.Tasks {
		note(task.UID)
	}
	for _, d := range s.Disputes {
		note(d.UID)
		for _, e := range d.Events {
			note(e.UID)
		}
	}
}

func checkOrder(t *testing.T, o data.Order) {
	t.Helper()
	sum := o.Shipping
	for _, item := range o.Items {
		line, err := sum.Add(data.Money{Minor: item.Price.Minor * item.Quantity, Currency: item.Price.Currency})
		if err != nil {
			t.Errorf("order %s: %v", o.Number, err)
		}
		sum = line
	}
	if sum != o.Total || o.Total.Minor <= 0 || o.OrderedAt.After(now) || len(o.Items) == 0 {
		t.Errorf("order %s: total %v, items sum to %v, ordered %v", o.Number, o.Total, sum, o.OrderedAt)
	}
	for _, p := range o.Shipments {
		last := o.OrderedAt
		for _, e := range p.Events {
			if e.At.Before(last) || e.At.After(now) {
				t.Errorf("order %s: scan %q at %v is out of order", o.Number, e.Text, e.At)
			}
			last = e.At
		}
		if p.Tracking == "" || p.ShippedAt.Before(o.OrderedAt) || !p.DeliveredAt.IsZero() && p.DeliveredAt.Before(p.ShippedAt) {
			t.Errorf("order %s: parcel %+v", o.Number, p)
		}
	}
	if o.Status == data.StatusDelivered && o.DeliveredAt.IsZero() {
		t.Errorf("order %s is delivered, but nobody knows when", o.Number)
	}
}

// The disputes must stand at every stage and on every rung of urgency, as
// policy folds them.
func TestDisputesStandEverywhere(t *testing.T) {
	s := sampleDesk(t)
	packs, err := policy.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := policy.NewRules(packs, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	stages, rungs := map[data.Stage]int{}, map[data.Urgency]int{}
	for _, d := range s.Disputes {
		state := rules.Brief(policy.CaseOf(&d.Dispute, s.Orders[d.Order].Shop))
		stages[state.Stage]++
		if state.Stage != data.StageClosed {
			rungs[data.UrgencyOf(d.StatedDue, now)]++
		}
		if len(d.Events) == 0 || d.Events[0].Kind != data.EventOpened || d.Reason == "" || d.Amount.IsZero() || d.Amount.Currency != s.Orders[d.Order].Total.Currency {
			t.Errorf("dispute %s is not whole", d.CaseNumber)
		}
		if d.Amount.Minor > s.Orders[d.Order].Total.Minor {
			t.Errorf("dispute %s claims %v of %v", d.CaseNumber, d.Amount, s.Orders[d.Order].Total)
		}
		for i, e := range d.Events {
			if e.At.After(now) || i > 0 && e.At.Before(d.Events[i-1].At) {
				t.Errorf("dispute %s: event %s at %v", d.CaseNumber, e.Kind, e.At)
			}
		}
		if !d.Events[0].At.Equal(d.OpenedAt) {
			t.Errorf("dispute %s opened %v, its first event says %v", d.CaseNumber, d.OpenedAt, d.Events[0].At)
		}
	}
	for _, stage := range data.Stages() {
		if stages[stage] == 0 {
			t.Errorf("no dispute in stage %s", stage)
		}
	}
	for _, rung := range []data.Urgency{data.UrgencyOverdue, data.UrgencyLastDay, data.Urgency72Hours, data.UrgencyWeek, data.UrgencyLater} {
		if rungs[rung] == 0 {
			t.Errorf("no dispute is %s: %v", rung, rungs)
		}
	}
	tones := map[string]bool{}
	for _, f := range s.Feedback {
		tones[data.Tone(f.Stars)] = true
	}
	if len(tones) != 3 {
		t.Errorf("tones %v, want all three", tones)
	}
}

// The first dispute is the one that shows what a bundle can be.
func TestFlagship(t *testing.T) {
	s := sampleDesk(t)
	d := s.Disputes[0]
	o := s.Orders[d.Order]
	if d.Reason != data.ReasonNotReceived || o.DeliveredAt.IsZero() || o.Buyer.Language != "es" || d.Amount != o.Total {
		t.Errorf("the flagship is %s, delivered %v, in %s", d.Reason, o.DeliveredAt, o.Buyer.Language)
	}
	kinds := map[data.EvidenceKind]int{}
	for _, f := range s.Files {
		if f.Dispute == 0 {
			kinds[f.Kind]++
		}
	}
	for _, kind := range []data.EvidenceKind{
		data.KindPacking, data.KindListing, data.KindInvoice, data.KindCustoms, data.KindTracking, data.KindDelivery, data.KindScreenshot,
	} {
		if kinds[kind] == 0 {
			t.Errorf("the flagship has no %s", kind)
		}
	}
	if kinds[data.KindPacking] < 4 {
		t.Errorf("%d packing photos, want contents, parcel, label and weight", kinds[data.KindPacking])
	}
}

func TestFilesAreWhatTheySay(t *testing.T) {
	s := sampleDesk(t)
	for _, f := range s.Files {
		switch filepath.Ext(f.Name) {
		case ".pdf":
			if !bytes.HasPrefix(f.Bytes, []byte("%PDF-1.4")) {
				t.Errorf("%s is no PDF", f.Name)
			}
			continue
		case ".jpg", ".png":
			_, format, err := image.DecodeConfig(bytes.NewReader(f.Bytes))
			if err != nil || !strings.HasPrefix(filepath.Ext(f.Name), "."+format[:2]) {
				t.Errorf("%s: %s, %v", f.Name, format, err)
			}
		default:
			t.Errorf("%s has an unknown ending", f.Name)
		}
		if f.Note == "" || f.Kind == "" || f.CapturedAt.IsZero() || f.CapturedAt.After(now) || len(f.Bytes) > 1<<20 {
			t.Errorf("%s: kind %q, captured %v, %d bytes, note %q", f.Name, f.Kind, f.CapturedAt, len(f.Bytes), f.Note)
		}
	}
}

// The capture time is read back by the library that the desk reads EXIF with.
func TestExif(t *testing.T) {
	s := sampleDesk(t)
	found := 0
	for _, f := range s.Files {
		if filepath.Ext(f.Name) != ".jpg" {
			continue
		}
		var tags imagemeta.Tags
		_, err := imagemeta.Decode(imagemeta.Options{
			R: bytes.NewReader(f.Bytes), ImageFormat: imagemeta.JPEG, Sources: imagemeta.EXIF,
			HandleTag: func(tag imagemeta.TagInfo) error { tags.Add(tag); return nil },
		})
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		exif := tags.EXIF()
		if len(exif) == 0 {
			continue
		}
		found++
		zone := s.Orders[f.Order].Shop.Location()
		want := f.CapturedAt.In(zone)
		if got := exif["DateTimeOriginal"].Value; got != want.Format("2006:01:02 15:04:05") {
			t.Errorf("%s: DateTimeOriginal %v, want %v", f.Name, got, want)
		}
		if got := exif["OffsetTimeOriginal"].Value; got != want.Format("-07:00") {
			t.Errorf("%s: OffsetTimeOriginal %v, want %v", f.Name, got, want.Format("-07:00"))
		}
	}
	if found < 8 {
		t.Errorf("only %d photos carry EXIF", found)
	}
}

// Other programs must take the invoice and the EXIF.
func TestFilesReadByOtherPrograms(t *testing.T) {
	s := sampleDesk(t)
	dir := t.TempDir()
	for _, f := range s.Files {
		if f.Dispute == 0 {
			if err := os.WriteFile(filepath.Join(dir, f.Name), f.Bytes, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	run := func(name string, args ...string) string {
		t.Helper()
		path, err := exec.LookPath(name)
		if err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%s is missing", name)
			}
			t.Skipf("SKIPPED: %s is not installed, so the sample's files were not read back", name)
		}
		out, err := exec.Command(path, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		return string(out)
	}
	invoice := filepath.Join(dir, "06-invoice.pdf")
	run("qpdf", "--check", invoice)
	text := run("pdftotext", "-layout", invoice, "-")
	for _, words := range []string{s.Orders[s.Disputes[0].Order].Number, "Ana García Muestra", "Stoneware teapot", "USD 78.90"} {
		if !strings.Contains(text, words) {
			t.Errorf("the invoice does not say %q:\n%s", words, text)
		}
	}
}

func TestMomentsThatCannotBe(t *testing.T) {
	for _, text := range []string{"-12d", "12:30", "-xd 10:00", "-2d 25:00", "h", "5", "+1.5h"} {
		r := reading{now: now}
		if got := r.moment(text); r.err == nil {
			t.Errorf("moment(%q) = %v, want an error", text, got)
		}
	}
	r := reading{now: now}
	if got := r.moment("-1d 09:30"); !got.Equal(time.Date(2026, 3, 17, 9, 30, 0, 0, time.UTC)) || r.err != nil {
		t.Errorf("moment = %v, %v", got, r.err)
	}
	if got := r.moment("+5h"); !got.Equal(now.Add(5 * time.Hour)) {
		t.Errorf("moment = %v", got)
	}
}

// A desk made at any hour and season must be sound: early in the year, on a
// leap day, at midnight.
func TestDeskAtOtherTimes(t *testing.T) {
	for _, at := range []time.Time{
		time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2028, 2, 29, 23, 59, 59, 0, time.UTC),
	} {
		script, err := readScript()
		if err != nil {
			t.Fatal(err)
		}
		m, err := newMaker(at, English)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.entities(script); err != nil {
			t.Fatalf("at %v: %v", at, err)
		}
		for _, o := range m.out.Orders {
			if o.OrderedAt.After(at) {
				t.Errorf("at %v: order %s is of %v", at, o.Number, o.OrderedAt)
			}
		}
		for _, d := range m.out.Disputes {
			for _, e := range d.Events {
				if e.At.After(at) {
					t.Errorf("at %v: dispute %s: %s at %v", at, d.CaseNumber, e.Kind, e.At)
				}
			}
		}
	}
}
