package packing

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// choose asks for files for a slot; "" has each find its own.
func (t *table) choose(slot string) {
	if t.id == 0 {
		return
	}
	back := t.UI.Aside()
	t.ChooseFiles(words.T("evidence.add"), nil, func(paths []string) {
		back()
		if slot == "" {
			t.take(paths, "file")
			return
		}
		t.add(t.id, slot, show.EvidenceFiles(paths, "file"))
	})
}

// paste takes what is on the clipboard into a slot of the order on the table.
func (t *table) paste(slot string) {
	if id := t.id; id != 0 {
		t.Pasted("packing", t.sheet.Problem, func(files []desk.EvidenceFile) { t.add(id, slot, files) })
	}
}

// add takes files in as proof of an order.
func (t *table) add(id int64, slot string, files []desk.EvidenceFile) {
	if len(files) == 0 {
		return
	}
	number := t.view.Order.Number
	var report desk.EvidenceReport
	t.UI.Jobs.Run(words.T("pack.adding"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = t.desk.AddPacking(ctx, id, slot, files, progress)
		return err
	}, func(err error) {
		if err != nil {
			t.sheet.Problem(err)
		}
		for _, r := range report.Rejected {
			t.sheet.Problem(r.Reason)
		}
		if n := len(report.Added); n > 0 {
			t.UI.Toast(words.T("pack.added", "n", words.Number(int64(n)), "number", number), t.Undo)
		}
		t.load(true)
	})
}

// take places pictures: to the order that one names; else to that on the table.
func (t *table) take(paths []string, source string) {
	spans, at := t.spans(), t.id
	var placed []desk.PlacedPicture
	t.UI.Jobs.Run(words.T("pack.adding"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		placed, err = t.desk.PlacePictures(ctx, paths, spans, progress)
		return err
	}, func(err error) {
		if err != nil {
			t.sheet.Problem(err)
			return
		}
		t.placed(placed, at, source)
	})
}

// placed adds what surely belongs to an order, and asks about the others.
func (t *table) placed(all []desk.PlacedPicture, at int64, source string) {
	by := map[int64][]desk.EvidenceFile{}
	var unsure []desk.PlacedPicture
	for _, p := range all {
		id := p.OrderID
		if id == 0 && len(p.Others) == 0 && !fromCode(&p) && source != SourceFolder {
			id = at // dropped on the table, and nothing in it names another order
		}
		if !p.Clock.IsZero() {
			t.say(words.Text(p.Clock), kit.Warn)
		}
		if id == 0 {
			unsure = append(unsure, p)
			continue
		}
		by[id] = append(by[id], fileOf(&p, source))
		if id != at && at != 0 {
			t.sayPlaced(&p)
		}
	}
	for id, files := range by {
		t.add(id, "", files)
	}
	if n := len(unsure) - askMost; n > 0 {
		unsure = unsure[:askMost]
		t.say(words.N("pack.unsure.more", n), kit.Warn)
	}
	if len(unsure) > 0 {
		t.ask(unsure, at, source)
	}
}

// SourceFolder is how pictures of a watched folder come in.
const SourceFolder = "folder"

// askMost is of how many pictures it is asked at once whose they are.
const askMost = 40

// fromCode reports whether codes in the picture made it unsure.
func fromCode(p *desk.PlacedPicture) bool { return strings.HasPrefix(p.Why.Key, "label.") }

func fileOf(p *desk.PlacedPicture, source string) desk.EvidenceFile {
	return desk.EvidenceFile{Path: p.Path, Name: filepath.Base(p.Path), Source: source, Codes: append([]data.ReadCode{}, p.Codes...)}
}

// sayPlaced says that a picture went to another order than that on the table.
func (t *table) sayPlaced(p *desk.PlacedPicture) {
	id, file, why := p.OrderID, filepath.Base(p.Path), words.Text(p.Why)
	kit.Do(func(ctx context.Context) ([]data.OrderRow, error) { return t.desk.OrderRows(ctx, []int32{int32(id)}) }, func(rows []data.OrderRow, err error) {
		if err == nil && len(rows) == 1 {
			t.say(words.T("pack.placed.other", "file", file, "number", rows[0].Number, "why", why), kit.Warn)
		}
	})
}

// ask asks whose pictures are.
func (t *table) ask(unsure []desk.PlacedPicture, at int64, source string) {
	var ids []int32
	for _, p := range unsure {
		for _, id := range p.Others {
			if !slices.Contains(ids, int32(id)) {
				ids = append(ids, int32(id))
			}
		}
	}
	here := t.view.Order.Number
	kit.Do(func(ctx context.Context) ([]data.OrderRow, error) { return t.desk.OrderRows(ctx, ids) }, func(rows []data.OrderRow, err error) {
		if err != nil {
			t.sheet.Problem(err)
			return
		}
		t.askWith(unsure, at, here, rows, source)
	})
}

const leaveOut, bothOrders = int64(0), int64(-1)

func (t *table) askWith(unsure []desk.PlacedPicture, at int64, here string, rows []data.OrderRow, source string) {
	choices := make([]*kit.Choice[int64], len(unsure))
	fields := make([]*kit.Field, len(unsure))
	for i, p := range unsure {
		options := []kit.Option[int64]{{Value: leaveOut, Text: words.T("pack.unsure.leave")}}
		if at != 0 && !slices.Contains(p.Others, at) {
			options = append(options, kit.Option[int64]{Value: at, Text: words.T("pack.unsure.here", "number", here)})
		}
		var names []string
		for _, r := range rows {
			if slices.Contains(p.Others, r.ID) {
				options = append(options, kit.Option[int64]{Value: r.ID, Text: words.Join(" · ", r.Number, r.ShopName)})
				names = append(names, r.Number)
			}
		}
		if len(names) > 1 { // two parcels in one picture
			options = append(options, kit.Option[int64]{Value: bothOrders, Text: strings.Join(names, " + ")})
		}
		choices[i] = kit.NewChoice(options, leaveOut, nil)
		kit.Trace(kit.RowName("pack.unsure", i, "order"), choices[i])
		fields[i] = kit.ChoiceRow(words.Shorten(filepath.Base(p.Path), 56), choices[i])
		fields[i].Hint = words.Text(p.Why)
	}
	var o *kit.OpenSheet
	o = t.UI.Open(kit.Sheet{
		Name: "pack.unsure", Title: words.T("pack.unsure.title"), Width: 600, Height: min(520, 200+80*float32(len(fields))),
		Body: container.NewVScroll(kit.NewForm(fields...).Object), Do: words.T("pack.unsure.do"), FocusedAt: choices[0],
		OnDo: func() {
			o.Close()
			by := map[int64][]desk.EvidenceFile{}
			for i := range unsure {
				to := []int64{choices[i].Value()}
				if to[0] == bothOrders {
					to = unsure[i].Others
				}
				for _, id := range to {
					by[id] = append(by[id], fileOf(&unsure[i], source))
				}
			}
			delete(by, leaveOut)
			for id, files := range by {
				t.add(id, "", files)
			}
		},
	})
}
