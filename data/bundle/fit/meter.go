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
	raise := func(value int64, subject string) {
		if value > m.Value {
			m.Value, m.Subject = value, subject
		}
	}
	switch limit {
	case LimitFiles:
		m.Value = int64(len(l.files))
	case LimitTotalBytes:
		m.Value = l.bytes
	case LimitPages:
		m.Value = int64(l.pages)
	case LimitFileBytes:
		for _, f := range l.files {
			if f.Loose && pl.p.Max(LimitVideoBytes) > 0 && isFilm(f.Type) {
				continue // has a limit of its own
			}
			raise(f.Bytes, f.Name)
		}
	case LimitVideoBytes, LimitVideoTime:
		for _, i := range items {
			if it := &pl.items[i]; it.Media == MediaFilm && pl.ownFile(i) {
				value := it.Bytes
				if limit == LimitVideoTime {
					value = int64(it.Seconds)
				}
				raise(value, it.ID)
			}
		}
	case LimitNameChars:
		for _, f := range l.files {
			raise(int64(len(f.Name)), f.Name)
		}
	case LimitPixels:
		for _, i := range items {
			w, h := pl.steps[l.step].Edges(pl.items[i].Width, pl.items[i].Height)
			raise(int64(w)*int64(h), pl.items[i].ID)
		}
	case LimitDPI:
		m.Value = int64(max(pl.steps[l.step].DPI, pl.steps[l.step].PageDPI))
	case LimitPDFA:
		m.Value = 1
	case LimitTextChars, LimitTotalChars:
		return pl.texts(limit, most)
	}
	return []Meter{m}
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
