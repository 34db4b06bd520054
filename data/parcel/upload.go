package parcel

import (
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// UploadForm is the form of a file of tracking numbers that a platform takes.
type UploadForm struct {
	ID         string            `toml:"id"`
	Title      string            `toml:"title"`
	Ending     string            `toml:"ending"`   // of the file: .csv, or .txt with tabs
	Platform   data.Platform     `toml:"platform"` // whose orders it is for; "" any
	Source     string            `toml:"source"`
	Edition    string            `toml:"edition"`
	Confidence string            `toml:"confidence"`
	Columns    [][2]string       `toml:"columns"` // header and what stands under it
	Needs      []string          `toml:"needs"`
	Codes      map[string]string `toml:"codes"` // the platform's words for carriers, by their names here
}

var uploads = sync.OnceValue(func() []UploadForm {
	var file struct {
		Form []UploadForm `toml:"form"`
	}
	if err := pack.Read(assets.FS, "parcel/upload.toml", &file); err != nil {
		panic(err) // it is a part of the program, and a test reads it
	}
	return file.Form
})

// UploadForms lists the forms in which tracking numbers can be handed over.
func UploadForms() []UploadForm { return slices.Clone(uploads()) }

// UploadTexts lists the words of the forms that a screen shows.
func UploadTexts() []data.Text {
	var all []data.Text
	for _, f := range uploads() {
		all = append(all, pack.Text(f.Title), pack.Text(f.Source))
	}
	return all
}

var (
	leftPlatform = data.DefinePhrase("upload.left.platform", "{number} is not an order of {platform}.")
	leftNone     = data.DefinePhrase("upload.left.none", "{number} has no parcel that was sent.")
	leftTracking = data.DefinePhrase("upload.left.tracking", "A parcel of {number} has no tracking number.")
	leftDate     = data.DefinePhrase("upload.left.date", "It is not known when the parcel {tracking} of {number} was shipped.")
	leftPayment  = data.DefinePhrase("upload.left.payment", "{number} has no payment reference.")
	howLeft      = data.DefinePhrase("upload.left.how", "Enter it in the order, then make the file again.")
)

// Rows gives the lines of an order, one a parcel to the buyer, and what is left out.
func (f *UploadForm) Rows(o *data.Order) (rows [][]string, left []data.Finding) {
	leave := func(why data.Text) {
		left = append(left, data.Finding{
			Rule: "upload_left", Severity: data.Warning, Why: why, How: howLeft.With(), Where: []data.Ref{{Kind: data.EntityOrder, ID: o.Number, Label: o.Number}},
		})
	}
	if f.Platform != "" && o.Shop.Platform != f.Platform {
		leave(leftPlatform.With("number", o.Number, "platform", f.Platform.Title()))
		return nil, left
	}
	sent := 0
	for i := range o.Shipments {
		s := &o.Shipments[i]
		if s.Kind == data.ShipmentReturn {
			continue
		}
		sent++
		values := f.values(o, s)
		switch {
		case f.lacks(values, "tracking"):
			leave(leftTracking.With("number", o.Number))
		case f.lacks(values, "payment"):
			leave(leftPayment.With("number", o.Number))
		case f.lacks(values, "date"):
			leave(leftDate.With("number", o.Number, "tracking", s.Tracking))
		default:
			rows = append(rows, f.line(values))
		}
	}
	if sent == 0 {
		leave(leftNone.With("number", o.Number))
	}
	return rows, left
}

func (f *UploadForm) lacks(values map[string]string, what string) bool {
	return values[what] == "" && slices.Contains(f.Needs, what)
}

func (f *UploadForm) line(values map[string]string) []string {
	line := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		if fixed, ok := strings.CutPrefix(c[1], "="); ok {
			line[i] = fixed
		} else {
			line[i] = values[c[1]]
		}
	}
	return line
}

// values are what the columns may hold of a parcel.
func (f *UploadForm) values(o *data.Order, s *data.Shipment) map[string]string {
	shipped := s.ShippedAt
	if shipped.IsZero() {
		shipped = o.ShippedAt
	}
	carrier := CarrierName(strings.TrimSpace(s.Carrier))
	if c := vocabulary().carrierOfNumber(strings.ToUpper(s.Tracking)); carrier == "" && c != nil {
		carrier = c.Name
	}
	values := map[string]string{"order": o.Number, "payment": o.PaymentRef, "tracking": s.Tracking, "carrier": carrier}
	if !shipped.IsZero() {
		values["date"] = data.FormatTime(shipped, o.Shop.Location(), time.DateOnly, time.DateOnly)
	}
	if code, known := f.Codes[carrier]; known {
		values["carrier_code"] = code
	} else if carrier != "" {
		values["carrier_code"], values["other"] = "Other", carrier
	}
	return values
}
