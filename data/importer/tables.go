package importer

import (
	"context"
	"strings"

	"casebinder/data"
)

// source is the file that the inspection's layout is of: the one that was opened,
// or one in that archive.
func (in *Inspection) source(src *Source) *Source {
	if in.src != nil {
		return in.src
	}
	return src
}

// oneTable is one of the tables of a file, as if it were a file of its own.
type oneTable struct {
	src *Source
	in  *Inspection
	opt Options
	at  place
}

// tables lists what is read of a file, one after another.
func (in *Inspection) tables(src *Source, opt Options) []oneTable {
	from := in.source(src)
	all := []oneTable{{from, in, opt, place{from.Name, in.Sheet}}}
	for _, p := range in.More {
		sub := &Inspection{Layout: p.Layout, Preset: p.Preset}
		t := oneTable{src: src, in: sub, opt: opt}
		if p.src != nil {
			t.src = p.src
		}
		t.at = place{t.src.Name, p.Sheet}
		t.opt.Preset = p.Preset
		all = append(all, t)
	}
	if opt.Progress != nil && len(all) > 1 {
		shareProgress(all, opt.Progress)
	}
	return all
}

// shareProgress lets each table report its part of the whole.
func shareProgress(all []oneTable, report func(done, total int64)) {
	var sum int64
	for _, t := range all {
		sum += t.src.Size
	}
	var before int64
	for i := range all {
		from := before
		all[i].opt.Progress = func(done, _ int64) { report(from+done, sum) }
		before += all[i].src.Size
	}
}

// sheetFound is a sheet with where its header was found; nil where nothing can be
// one.
type sheetFound struct {
	sheetInfo
	found *located
	recs  []*record
}

// sheets looks at every sheet, the hidden ones last, and keeps the one whose
// header is known best.
func (s *sniffer) sheets() error {
	infos, err := sheetList(s.ctx, s.src, s.in.Format)
	if err != nil {
		return err
	}
	chosen := s.in.Sheet
	for _, info := range infos {
		s.in.Sheets = append(s.in.Sheets, info.name)
		if chosen != "" && chosen != info.name {
			continue
		}
		layout := s.in.Layout
		layout.Sheet = info.name
		recs, err := firstRows(s.ctx, s.src, layout, headRows)
		if err != nil {
			return err
		}
		s.others = append(s.others, sheetFound{info, locate(recs, s.presets, s.target, s.in.HeaderLine), recs})
	}
	if chosen != "" && len(s.others) == 0 {
		return problemNoSheet.New("file", s.src.Name, "sheet", chosen)
	}
	best := -1
	for i, o := range s.others {
		if o.found != nil && (best < 0 || o.found.score > s.others[best].found.score) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	// The first sheet that the best one's preset fits is the first that is read.
	for i, o := range s.others {
		if o.found != nil && len(o.found.fits) > 0 && o.found.fits[0] == s.others[best].found.bestFit() {
			best = i
			break
		}
	}
	one := s.others[best]
	s.found, s.recs, s.hidden, s.in.Sheet = one.found, one.recs, one.hidden, one.name
	s.others = append(s.others[:best:best], s.others[best+1:]...)
	return nil
}

func (l *located) bestFit() *Preset {
	if len(l.fits) == 0 {
		return nil
	}
	return l.fits[0]
}

// more says which other sheets are read, and which are not.
func (s *sniffer) more() {
	if s.hidden {
		s.doubtSheet(s.in.Sheet, problemDoubtHidden.New("sheet", s.in.Sheet))
	}
	for _, o := range s.others {
		fits := o.found.fit()
		switch {
		case o.found == nil || o.found.row+1 >= len(o.recs): // a cover sheet, or no rows
		case fits == nil || s.in.Preset == nil:
			s.doubtSheet(o.name, problemDoubtTable.New("table", o.name, "header", o.found.header.beginning()))
		case fits.Platform != s.in.Preset.Platform:
			s.doubtSheet(o.name, problemDoubtOther.New("table", o.name, "preset", fits.Title))
		default:
			p := Part{Layout: s.in.Layout, Name: o.name, Preset: fits}
			p.Sheet, p.HeaderLine = o.name, o.found.header.line
			s.in.More = append(s.in.More, p)
			if o.hidden {
				s.doubtSheet(o.name, problemDoubtHidden.New("sheet", o.name))
			}
		}
	}
}

func (l *located) fit() *Preset {
	if l == nil {
		return nil
	}
	return l.bestFit()
}

// doubt tells what is doubtful about the file.
func (s *sniffer) doubt(why *data.Problem) { s.doubtSheet("", why) }

// doubtSheet tells what is doubtful about a sheet.
func (s *sniffer) doubtSheet(sheet string, why *data.Problem) {
	s.in.Doubts = append(s.in.Doubts, place{s.src.Name, sheet}.doubted(0, "", why))
}

// beginning is how a header begins, for a person to know it by.
func (h *header) beginning() string {
	names := h.names[:min(len(h.names), 4)]
	return shorten(strings.Join(strings.Fields(strings.Join(names, " | ")), " "))
}

// inspectArchive looks at each table of an archive. The first that a preset fits
// is the one that is shown; the others are read after it.
func inspectArchive(ctx context.Context, src *Source, format Format, presets []*Preset, layout Layout, target Target) (*Inspection, error) {
	a, err := src.unpacked(ctx, format)
	if err != nil {
		return nil, err
	}
	all := make([]*Inspection, len(a.members))
	var failed error
	best := -1
	for i, m := range a.members {
		in, err := InspectAs(ctx, m.Source, presets, layout, target)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			if failed == nil {
				failed = err
			}
			all[i] = &Inspection{Doubts: []data.Finding{unread(m, err)}}
			continue
		}
		all[i] = in
		if best < 0 || all[best].Preset == nil && in.Preset != nil {
			best = i
		}
	}
	if best < 0 {
		return nil, failed
	}
	in := all[best]
	in.src = a.members[best].Source
	for i, m := range a.members {
		if i != best {
			in.join(m, all[i])
		}
	}
	if len(a.left) > 0 {
		in.Doubts = append(in.Doubts, place{file: src.Name}.doubted(0, "", problemDoubtLeft.New("list", shorten(strings.Join(a.left, ", ")))))
	}
	for i := range in.More {
		if in.More[i].src == nil {
			in.More[i].src = in.src
		}
	}
	return in, nil
}

// doubted tells of a file in an archive that it is not read.
func (m member) doubted(why *data.Problem) data.Finding {
	return place{file: m.Source.Name}.doubted(0, "", why)
}

// unread tells why a file in an archive cannot be read: what is wrong with it, where
// that is known.
func unread(m member, err error) data.Finding {
	why, ok := data.AsProblem(err)
	if !ok {
		why = problemDoubtUnread.New("table", m.base, "reason", err.Error())
	}
	return m.doubted(why)
}

// join adds another table of an archive to those that are read.
func (in *Inspection) join(m member, other *Inspection) {
	switch {
	case other.Format == "": // it could not be read, and has said why
	case other.Preset == nil || in.Preset == nil:
		h := header{}
		for _, c := range other.Columns {
			h.names = append(h.names, c.Header)
		}
		in.Doubts = append(in.Doubts, m.doubted(problemDoubtTable.New("table", m.base, "header", h.beginning())))
		return
	case other.Preset.Platform != in.Preset.Platform:
		in.Doubts = append(in.Doubts, m.doubted(problemDoubtOther.New("table", m.base, "preset", other.Preset.Title)))
		return
	default:
		in.More = append(in.More, Part{Layout: other.Layout, Name: m.base, Preset: other.Preset, src: m.Source})
		for _, p := range other.More {
			p.src = m.Source
			in.More = append(in.More, p)
		}
		for _, q := range other.Questions {
			if len(in.Questions) < 20 {
				in.Questions = append(in.Questions, q)
			}
		}
	}
	in.Doubts = append(in.Doubts, other.Doubts...)
}

// faults says what is wrong with a row in which formulas failed: it is refused
// where a number, an amount or a date would be lost, and doubted where a text is.
func (t *table) faults(rec *record, reader rowReader) (*data.Problem, error) {
	for i := range rec.ends {
		k := rec.kind(i)
		if k != kindError && k != kindMissing {
			continue
		}
		value := shorten(clean(rec.cell(i), false))
		switch f := t.fieldOf(i); {
		case f == "" && !t.counts(i):
		case t.counts(i) || weighty(f):
			if k == kindError {
				return problemErrorCell.New("header", t.name(i), "value", value), nil
			}
			return problemNoResult.New("header", t.name(i)), nil
		default:
			why := problemDoubtFormula.New("header", t.name(i))
			if k == kindError {
				why = problemDoubtCell.New("header", t.name(i), "value", value)
			}
			if err := reader.doubt(rec.line, rec.text, why); err != nil {
				return nil, err
			}
		}
	}
	rec.dropErrors()
	return nil, nil
}

// counts reports whether a column decides what a row is or is worth.
func (t *table) counts(i int) bool {
	for _, r := range t.rules {
		if r.i == i {
			return true
		}
	}
	for _, c := range t.sums {
		if c.i == i {
			return true
		}
	}
	return false
}

// weighty reports whether a row without the field says something wrong.
func weighty(f Field) bool {
	switch f {
	case FieldNumber, FieldTotal, FieldCurrency, FieldShipping, FieldRefunded, FieldLeft, FieldOrderedAt, FieldOrderedTime, FieldPaidAt, FieldShipBy,
		FieldShippedAt, FieldDeliveredAt, FieldSourceTime, FieldZone, FieldStatus, FieldPaymentRef, FieldReference, FieldItemQuantity,
		FieldItemPrice, FieldTracking, FieldParcels, FieldItems, FieldStars, FieldAt, FieldCaseNumber, FieldAmount, FieldOpenedAt, FieldDue,
		FieldClosedAt, FieldOutcome, FieldReason, FieldKind, FieldItemID:
		return true
	}
	return false
}

// dropErrors empties the cells in which formulas failed.
func (r *record) dropErrors() {
	cells := r.cells()
	for i := range cells {
		if r.kind(i) == kindError && i < len(cells) {
			cells[i] = ""
		}
	}
	r.text, r.ends = strings.Join(cells, string(cellBreak)), r.ends[:0]
	at := -1
	for _, c := range cells {
		at += 1 + len(c)
		r.ends = append(r.ends, at)
	}
}
