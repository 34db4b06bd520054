package desk

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"casebinder/data"
	"casebinder/data/barcode"
	"casebinder/data/packing"
	"casebinder/data/vault"
)

// numbersOf gives the tracking numbers that stand in a picture's codes: those whose
// check digit holds, and those that are known.
func numbersOf(e *data.Evidence, known []string) []string {
	var all []string
	for _, n := range barcode.Numbers(e.Codes) {
		if n.Proven && n.Kind == barcode.NumberTracking || slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, n.Text) }) {
			all = append(all, n.Text)
		}
	}
	return all
}

// PackFound are the orders that a scan or a typed number names.
type PackFound struct {
	OrderIDs []int64
	By       string // the number by which they were found
	Foreign  string // a tracking number of no order here; "" for none
}

// FindPacking finds the order of what was scanned or typed on the packing table: an
// order's number, a tracking number, or a code that holds one of them.
func (d *Desk) FindPacking(ctx context.Context, scanned string) (PackFound, error) {
	scanned = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\x1d' {
			return -1
		}
		return r
	}, strings.TrimSpace(scanned))
	if runes := []rune(scanned); len(runes) > maxScanned {
		scanned = string(runes[:maxScanned])
	}
	if scanned == "" {
		return PackFound{}, nil
	}
	upper, bare := strings.ToUpper(scanned), strings.ReplaceAll(strings.ToUpper(scanned), " ", "")
	for _, text := range []string{scanned, upper, bare, "#" + scanned} {
		for _, look := range []func(context.Context, string) ([]int64, error){d.store.OrdersByNumber, d.store.OrdersByTracking} {
			ids, err := look(ctx, text)
			if err != nil || len(ids) > 0 {
				return PackFound{OrderIDs: ids, By: text}, err
			}
		}
	}
	m, err := d.MatchCodes(ctx, []data.ReadCode{{Text: scanned}})
	if err != nil {
		return PackFound{}, err
	}
	found := PackFound{By: scanned}
	for _, p := range m.Parcels {
		found.OrderIDs = append(found.OrderIDs, p.OrderID)
	}
	if len(m.Foreign) > 0 {
		found.Foreign = m.Foreign[0]
	}
	return found, nil
}

// maxScanned bounds what is looked at of a scan, in characters.
const maxScanned = 4096

// PackSpan is from when to when an order was on the packing table.
type PackSpan struct {
	OrderID  int64
	From, To time.Time
}

// PlacedPicture is a picture with the order to which it belongs.
type PlacedPicture struct {
	Path    string
	OrderID int64           // 0: a person is to say
	Others  []int64         // orders that it may belong to as well
	Codes   []data.ReadCode //
	Why     data.Text       // by what it was found, or why a person is to say
	Clock   data.Text       // what is wrong with the camera's clock; zero: nothing
}

var (
	phraseByCode = data.DefinePhrase("packing.by.code", "{number} stands in a code on it.")
	phraseByName = data.DefinePhrase("packing.by.name", "The file's name holds the order's number, {number}.")
)

// PlacePictures tells to which orders pictures and videos belong: by the codes in the
// picture, else by an order's number in the file's name, else by the time within the
// spans of a packing session. It keeps nothing.
func (d *Desk) PlacePictures(ctx context.Context, paths []string, spans []PackSpan, p Progress) ([]PlacedPicture, error) {
	named, err := d.namedSpans(ctx, spans)
	if err != nil {
		return nil, err
	}
	all := make([]PlacedPicture, 0, len(paths))
	for i, path := range paths {
		p.tell(int64(i), int64(len(paths)), "progress.codes")
		one, err := d.placePicture(ctx, path, named)
		if err != nil {
			return all, err
		}
		all = append(all, one)
	}
	p.tell(int64(len(paths)), int64(len(paths)), "progress.codes")
	return all, nil
}

func (d *Desk) namedSpans(ctx context.Context, spans []PackSpan) ([]packing.Span, error) {
	all := make([]packing.Span, 0, len(spans))
	numbers := map[int64]string{}
	for _, s := range spans {
		if numbers[s.OrderID] == "" {
			order, err := d.store.Order(ctx, s.OrderID)
			if err != nil {
				return nil, err
			}
			numbers[s.OrderID] = order.Number
		}
		all = append(all, packing.Span{OrderID: s.OrderID, Order: numbers[s.OrderID], From: s.From, To: s.To})
	}
	return all, nil
}

func (d *Desk) placePicture(ctx context.Context, path string, spans []packing.Span) (PlacedPicture, error) {
	one := PlacedPicture{Path: path}
	if pictureName(path) {
		codes, err := d.codes.Read(ctx, path)
		if ctx.Err() != nil {
			return one, ctx.Err()
		}
		if err == nil { // what is no picture is matched by name and time
			one.Codes = codes
		}
		m, err := d.MatchCodes(ctx, one.Codes)
		if err != nil {
			return one, err
		}
		if one.byCodes(&m) {
			return one, nil
		}
	}
	id, number, err := d.orderInName(ctx, filepath.Base(path))
	if err != nil || id != 0 {
		one.OrderID, one.Why = id, phraseByName.With("number", number)
		return one, err
	}
	m := packing.ByTime(takenAt(path), spans, time.Local)
	one.OrderID, one.Why = m.OrderID, m.Why
	if m.ClockOff != 0 {
		one.Clock = m.Why
	}
	return one, nil
}

// byCodes takes what the codes say: a sure order, or why a person is to say. It
// reports false where they say nothing.
func (p *PlacedPicture) byCodes(m *LabelMatch) bool {
	if sure := m.Sure(); sure != nil {
		p.OrderID, p.Why = sure.OrderID, phraseByCode.With("number", sure.Grounds[0])
		return true
	}
	for _, parcel := range m.Parcels {
		p.Others = append(p.Others, parcel.OrderID)
	}
	if len(m.Unsure) == 0 {
		return false
	}
	p.Why = m.Unsure[0]
	return true
}

// orderInName finds the one order whose number stands whole in a file's name.
func (d *Desk) orderInName(ctx context.Context, name string) (id int64, number string, err error) {
	name = strings.TrimSuffix(name, filepath.Ext(name))
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("_()[],;", r) })
	var ids []int64
	for _, w := range append([]string{name}, words...) {
		if len(ids) > 0 || !strings.ContainsFunc(w, unicode.IsDigit) || len(w) < 5 { // a picture's running number is no order's
			continue
		}
		if ids, err = d.store.OrdersByNumber(ctx, w); err != nil {
			return 0, "", err
		}
		number = w
	}
	if len(ids) != 1 {
		return 0, "", nil
	}
	return ids[0], number, nil
}

// takenAt gives the times of a file: the camera's, and the file system's.
func takenAt(path string) packing.Taken {
	var t packing.Taken
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return t
	}
	t.File = info.ModTime()
	file, err := os.Open(path)
	if err != nil {
		return t
	}
	defer file.Close()
	head := make([]byte, 4096)
	n, _ := file.Read(head) // what cannot be read has no camera's time
	if meta, err := vault.Describe(file, vault.Sniff(head[:n])); err == nil {
		t.Camera = meta.CapturedAt
	}
	return t
}
