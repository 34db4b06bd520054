package fit

import "slices"

// over is the first meter over its limit. Text fields do not count: no step and
// no item changes them.
func (l laid) over() (Meter, bool) {
	for _, m := range l.meters {
		if m.Over() && !isText(m.Limit) {
			return m, true
		}
	}
	return Meter{}, false
}

func isText(limit string) bool { return limit == LimitTextChars || limit == LimitTotalChars }

// tight reports whether a limit is exceeded.
func (l laid) tight(limit string) bool {
	return slices.ContainsFunc(l.meters, func(m Meter) bool { return m.Limit == limit && m.Over() })
}

// meters measures what was laid against every limit that the profile has, and
// says files, bytes and pages in any case.
func (pl *planner) meters(l *laid, items []int) []Meter {
	var all []Meter
	for _, limit := range Limits() {
		most := pl.p.Max(limit)
		if most == 0 && limit != LimitFiles && limit != LimitTotalBytes && limit != LimitPages {
			if limit != LimitTextChars || len(pl.extra.Texts) == 0 {
				continue
			}
		}
		all = append(all, pl.measure(l, items, limit, most)...)
	}
	return all
}

func (pl *planner) measure(l *laid, items []int, limit string, most int64) []Meter {
	m := Meter{Limit: limit, Max: most}
	switch limit {
	case LimitFiles:
		m.Value = int64(len(l.files))
	case LimitTotalBytes:
		m.Value = l.bytes
	case LimitPages:
		m.Value = int64(l.pages)
	case LimitFileBytes, LimitNameChars:
		pl.largestFile(l, &m)
	case LimitVideoBytes, LimitVideoTime, LimitPixels:
		pl.largestItem(l, items, &m)
	case LimitDPI:
		m.Value = int64(max(pl.steps[l.step].DPI, pl.steps[l.step].PageDPI))
	case LimitPDFA:
		m.Value = 1
	case LimitTextChars, LimitTotalChars:
		return pl.texts(limit, most)
	}
	return []Meter{m}
}

// raise makes a value the meter's if none was larger.
func (m *Meter) raise(value int64, subject string) {
	if value > m.Value {
		m.Value, m.Subject = value, subject
	}
}

// largestFile finds the file that comes nearest to a limit of each file.
func (pl *planner) largestFile(l *laid, m *Meter) {
	for _, f := range l.files {
		switch {
		case m.Limit == LimitNameChars:
			m.raise(int64(len(f.Name)), f.Name)
		case f.Loose && pl.p.Max(LimitVideoBytes) > 0 && isFilm(f.Type): // has a limit of its own
		default:
			m.raise(f.Bytes, f.Name)
		}
	}
}

// largestItem finds the item that comes nearest to a limit of each film or photo.
func (pl *planner) largestItem(l *laid, items []int, m *Meter) {
	for _, i := range items {
		it := &pl.items[i]
		switch {
		case m.Limit == LimitPixels:
			w, h := pl.steps[l.step].Edges(it.Width, it.Height)
			m.raise(int64(w)*int64(h), it.ID)
		case it.Media != MediaFilm || !pl.ownFile(i):
		case m.Limit == LimitVideoTime:
			m.raise(int64(it.Seconds), it.ID)
		default:
			m.raise(it.Bytes, it.ID)
		}
	}
}

// texts measures the text fields.
func (pl *planner) texts(limit string, most int64) []Meter {
	if limit == LimitTotalChars || len(pl.extra.Texts) == 0 {
		m := Meter{Limit: limit, Max: most}
		for _, t := range pl.extra.Texts {
			m.Value += t.Chars
		}
		return []Meter{m}
	}
	all := make([]Meter, 0, len(pl.extra.Texts))
	for _, t := range pl.extra.Texts {
		if most == 0 && t.Max == 0 {
			continue
		}
		m := Meter{Limit: limit, Value: t.Chars, Max: most, Subject: t.Field}
		if t.Max > 0 && (most == 0 || t.Max < most) {
			m.Max = t.Max
		}
		all = append(all, m)
	}
	return all
}

// textOver reports whether a text field is too long.
func (pl *planner) textOver() bool {
	for _, limit := range []string{LimitTextChars, LimitTotalChars} {
		if slices.ContainsFunc(pl.texts(limit, pl.p.Max(limit)), Meter.Over) {
			return true
		}
	}
	return false
}
