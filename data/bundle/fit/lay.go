package fit

import (
	"slices"

	"casebinder/data"
)

// laid is how items lie in files at a step.
type laid struct {
	step   int
	files  []File
	meters []Meter
	bytes  int64
	pages  int
	split  int // items that go on in another file
	merged int // photos that stand on composed pages because files are few
	films  int // films and other originals that are no files of their own
}

// lay lays items out in files.
func (pl *planner) lay(step int, items []int) laid {
	l := laid{step: step}
	switch pl.p.Form {
	case FormCategories:
		pl.layCategories(&l, items)
	case FormPictures:
		pl.layPictures(&l, items)
	case FormLoose:
		pl.layLoose(&l, items)
	case FormBundle, FormDocument:
		pl.layDocument(&l, items)
	default:
		pl.layDocument(&l, items)
	}
	pl.number(&l)
	l.meters = pl.meters(&l, items)
	return l
}

// A unit is an item, or some pages of one that is larger than a file may be.
type unit struct {
	item     int
	size     Size
	from, to int  // pages of the item; 0: all
	alone    bool // begins a file
}

// A filler counts what a file holds while it is being filled.
type filler struct {
	perPage int
	size    Size
	run     int // photos on the page that is being filled
	section data.Section
}

// pages is how many pages an item begins.
func (f *filler) pages(it *Item, s Size) int {
	if it.Media == MediaPages || s.Pages > 1 || f.perPage <= 1 {
		f.run = 0
		return s.Pages
	}
	if f.run == 0 || f.run == f.perPage || f.section != it.Section {
		f.run, f.section = 1, it.Section
		return s.Pages
	}
	f.run++
	return 0
}

func (f *filler) add(it *Item, s Size) {
	f.size.Pages += f.pages(it, s)
	f.size.Bytes += s.Bytes
}

// layDocument puts items into composed files, as few as the size of a file
// allows.
func (pl *planner) layDocument(l *laid, items []int) {
	l.films += pl.count(items, pl.onlyListed)
	if pl.p.Form == FormBundle {
		pl.file(l, File{}, pl.units(l, items, 0))
		return
	}
	room := pl.p.Max(LimitFileBytes)
	if total := pl.p.Max(LimitTotalBytes); total > 0 && (room == 0 || total < room) {
		room = 0 // what is over the total is not saved by parts
	}
	units := pl.units(l, items, room)
	parts := pl.cut(units, room, false)
	if nice := pl.cut(units, room, true); len(nice) == len(parts) || int64(len(nice)) <= pl.p.Max(LimitFiles) {
		parts = nice
	}
	for _, part := range parts {
		pl.file(l, File{}, part)
	}
}

func (pl *planner) count(items []int, is func(int) bool) int {
	n := 0
	for _, i := range items {
		if is(i) {
			n++
		}
	}
	return n
}

// onlyListed reports whether an item's original is not uploaded, though pages
// tell of it.
func (pl *planner) onlyListed(i int) bool {
	m := pl.items[i].Media
	return m == MediaFilm || m == MediaOther
}

// units makes units of items; one of several pages that is larger than a file
// is cut.
func (pl *planner) units(l *laid, items []int, room int64) []unit {
	all := make([]unit, 0, len(items))
	for _, i := range items {
		s := pl.size(i, l.step)
		space := room - pl.extra.File.Bytes
		if room <= 0 || s.Bytes <= space || s.Pages < 2 || !pl.items[i].Cut {
			all = append(all, unit{item: i, size: s})
			continue
		}
		l.split++
		each := (s.Bytes + int64(s.Pages) - 1) / int64(s.Pages)
		n := max(1, int(min(max(space, 0)/max(each, 1), int64(s.Pages))))
		for from := 1; from <= s.Pages; from += n {
			to := min(from+n-1, s.Pages)
			bytes := s.Bytes*int64(to)/int64(s.Pages) - s.Bytes*int64(from-1)/int64(s.Pages)
			all = append(all, unit{item: i, size: Size{bytes, to - from + 1}, from: from, to: to, alone: true})
		}
	}
	return all
}

// cut cuts units into files of at most so many bytes. At a section border, where
// that leaves a file at least half full and is asked for.
func (pl *planner) cut(units []unit, room int64, borders bool) [][]unit {
	if room <= 0 || len(units) == 0 {
		return [][]unit{units}
	}
	room -= pl.extra.File.Bytes
	var parts [][]unit
	start, bytes := 0, int64(0)
	border, atBorder := 0, int64(0) // the last section border in this file
	for i := 0; i < len(units); i++ {
		u := &units[i]
		if i > start && pl.items[u.item].Section != pl.items[units[i-1].item].Section {
			border, atBorder = i, bytes
		}
		if i > start && (bytes+u.size.Bytes > room || u.alone) {
			if borders && !u.alone && border > start && atBorder >= room/2 {
				i = border
				u = &units[i]
			}
			parts = append(parts, units[start:i])
			start, bytes = i, 0
		}
		bytes += u.size.Bytes
	}
	return append(parts, units[start:])
}

// layCategories puts each item into the one file of its category.
func (pl *planner) layCategories(l *laid, items []int) {
	l.films += pl.count(items, pl.onlyListed)
	bySlot := make([][]int, max(1, len(pl.p.Categories)))
	for _, i := range items {
		bySlot[pl.slot[i]] = append(bySlot[pl.slot[i]], i)
	}
	for n, of := range bySlot {
		if len(of) == 0 {
			continue
		}
		f := File{}
		if n < len(pl.p.Categories) {
			f.Category = pl.p.Categories[n].ID
		}
		pl.file(l, f, pl.units(l, of, 0))
	}
}

// file adds a composed file.
func (pl *planner) file(l *laid, f File, units []unit) {
	if len(units) == 0 {
		return
	}
	fill := filler{perPage: pl.steps[l.step].PerPage, size: pl.extra.File}
	for _, u := range units {
		it := &pl.items[u.item]
		fill.add(it, u.size)
		f.Items = append(f.Items, it.ID)
		if u.from > 0 {
			f.Spans = append(f.Spans, Span{it.ID, u.from, u.to})
		}
	}
	f.Type, f.Pages, f.Bytes, f.Step = "pdf", fill.size.Pages, fill.size.Bytes, l.step
	l.files = append(l.files, f)
}

// layPictures makes pictures of composed pages.
func (pl *planner) layPictures(l *laid, items []int) {
	if len(items) == 0 {
		return
	}
	l.films += pl.count(items, pl.onlyListed)
	step := pl.steps[l.step]
	per := max(1, step.PerPicture)
	fill := filler{perPage: step.PerPage}
	var f File
	at := 0 // pages in the file
	flush := func() {
		if f.Pages > 0 {
			l.files = append(l.files, f)
		}
		f, at = File{}, 0
	}
	page := func(id string, bytes int64) {
		if at == per {
			flush()
		}
		at++
		f.Pages++
		f.Bytes += bytes
		f.Items = append(f.Items, id)
	}
	for n := range pl.extra.File.Pages {
		page("", share(pl.extra.File.Bytes, n, pl.extra.File.Pages))
	}
	for _, i := range items {
		it, s := &pl.items[i], pl.size(i, l.step)
		n := fill.pages(it, s)
		for k := range n {
			page(it.ID, share(s.Bytes, k, n))
		}
		if n == 0 { // on the page before
			if f.Pages == 0 {
				page(it.ID, 0)
			}
			f.Bytes += s.Bytes
			f.Items = append(f.Items, it.ID)
		}
	}
	flush()
	kind := pl.pictureType(step)
	for i := range l.files {
		l.files[i].Type, l.files[i].Step = kind, l.step
		l.files[i].Items = slices.DeleteFunc(slices.Compact(l.files[i].Items), func(id string) bool { return id == "" })
	}
}

// share is the k-th of n near-equal parts of a sum.
func share(sum int64, k, n int) int64 {
	return sum*int64(k+1)/int64(n) - sum*int64(k)/int64(n)
}

// pictureType is the kind of picture that pages become.
func (pl *planner) pictureType(step Step) string {
	if step.Tone == ToneBlack && pl.p.Takes("png") || !pl.p.Takes("jpg") && !pl.p.Takes("jpeg") && pl.p.Takes("png") {
		return "png"
	}
	return "jpg"
}

// ownFile reports whether an item can be a file of its own on a loose form.
func (pl *planner) ownFile(i int) bool {
	it := &pl.items[i]
	switch {
	case pl.p.Form != FormLoose:
		return false
	case it.Media == MediaPhoto:
		return pl.p.Takes("jpg") || pl.p.Takes("jpeg") || pl.p.Takes("png")
	case it.Media == MediaFilm:
		return pl.films
	case it.Media == MediaOther:
		return len(pl.p.Types) > 0 && it.Ending != "" && slices.Contains(pl.p.Types, it.Ending)
	}
	return false
}

// layLoose puts photos, films and other originals beside composed files. Where
// files are few, the photos that matter least stand on composed pages.
func (pl *planner) layLoose(l *laid, items []int) {
	var own, composed []int
	for _, i := range items {
		if pl.ownFile(i) {
			own = append(own, i)
		} else {
			composed = append(composed, i)
		}
	}
	rest := pl.composed(l.step, composed)
	if limit := int(pl.p.Max(LimitFiles)); limit > 0 {
		// All that are too many at once; then ever more, for their pages may have
		// become files as well.
		for round := 1; len(rest.files)+len(own) > limit; round *= 2 {
			last := lastPhoto(pl, own)
			if last < 0 {
				break
			}
			for n := (len(rest.files) + len(own) - limit) * round; n > 0 && last >= 0; n-- {
				composed = append(composed, own[last])
				own = slices.Delete(own, last, last+1)
				l.merged++
				last = lastPhoto(pl, own)
			}
			slices.SortStableFunc(composed, func(a, b int) int { return pl.weight(a)*len(pl.items) + a - pl.weight(b)*len(pl.items) - b })
			rest = pl.composed(l.step, composed)
		}
	}
	l.files = append(l.files, rest.files...)
	l.split, l.films = rest.split, rest.films
	for _, i := range own {
		l.files = append(l.files, pl.loose(l.step, i))
	}
}

func lastPhoto(pl *planner, own []int) int {
	for n := len(own) - 1; n >= 0; n-- {
		if pl.items[own[n]].Media == MediaPhoto {
			return n
		}
	}
	return -1
}

// composed lays what is no file of its own on a loose form.
func (pl *planner) composed(step int, items []int) laid {
	l := laid{step: step}
	if len(items) == 0 {
		return l
	}
	if pl.pdf {
		pl.layDocument(&l, items)
	} else {
		pl.layPictures(&l, items)
	}
	return l
}

// loose is the file of one photo, film or other original. A photo stands at the
// best step from the plan's on at which it is small enough.
func (pl *planner) loose(step, item int) File {
	it := &pl.items[item]
	f := File{Items: []string{it.ID}, Loose: true, Step: step, Type: it.Ending, Bytes: it.Bytes}
	if it.Media != MediaPhoto {
		return f
	}
	room := pl.p.Max(LimitFileBytes)
	for f.Step < len(pl.steps)-1 && room > 0 && pl.single(item, f.Step) > room {
		f.Step++
	}
	f.Bytes = pl.single(item, f.Step)
	if it.Ending == "" || !pl.steps[f.Step].Original() || !isWebPhoto(it.Ending) || !pl.p.Takes(it.Ending) {
		f.Type = pl.pictureType(pl.steps[f.Step])
	}
	return f
}

// isWebPhoto reports whether every browser shows pictures with an ending.
func isWebPhoto(ending string) bool {
	return ending == "jpg" || ending == "jpeg" || ending == "png"
}
