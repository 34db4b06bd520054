package fit

import (
	"slices"
	"strconv"
)

func reason(code string, args ...string) Reason {
	r := Reason{Code: code}
	if len(args) > 0 {
		r.Args = make(map[string]string, len(args)/2)
	}
	for i := 0; i+1 < len(args); i += 2 {
		r.Args[args[i]] = args[i+1]
	}
	return r
}

// plural is a reason with a count; that of exactly one has words of its own.
func plural(code string, n int, args ...string) Reason {
	if n == 1 {
		code += ".one"
	}
	return reason(code, append([]string{"count", strconv.Itoa(n)}, args...)...)
}

// Bytes writes a size as platforms count it: "1.75 MB". One MB is 1,000,000
// bytes.
func Bytes(n int64) string {
	if n < 0 {
		return "-" + Bytes(-n)
	}
	unit, name := int64(1), " B"
	switch {
	case n >= 999_995_000:
		unit, name = 1_000_000_000, " GB"
	case n >= 999_950:
		unit, name = 1_000_000, " MB"
	case n >= 1000:
		return strconv.FormatInt((n+500)/1000, 10) + " kB"
	}
	if unit == 1 {
		return strconv.FormatInt(n, 10) + name
	}
	hundredths := (n*100 + unit/2) / unit
	whole, part := hundredths/100, hundredths%100
	s := strconv.FormatInt(whole, 10)
	switch {
	case part == 0:
	case part%10 == 0:
		s += "." + strconv.FormatInt(part/10, 10)
	default:
		s += "." + strconv.FormatInt(part/10, 10) + strconv.FormatInt(part%10, 10)
	}
	return s + name
}

// count writes a number with separators between thousands.
func count(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Figure writes a value of a limit in its unit: bytes as a size, others as a
// number.
func Figure(limit string, n int64) string {
	switch limit {
	case LimitFileBytes, LimitTotalBytes, LimitVideoBytes:
		return Bytes(n)
	}
	return count(n)
}

// exact writes a value and its limit so that they can be told apart: two sizes
// that round to the same words are written out in bytes.
func exact(m Meter) (value, most string) {
	value, most = Figure(m.Limit, m.Value), Figure(m.Limit, m.Max)
	if value == most && m.Value != m.Max {
		return count(m.Value) + " B", count(m.Max) + " B"
	}
	return value, most
}

// stepTooLarge says why a step was not taken.
func (pl *planner) stepTooLarge(step int, over Meter) Reason {
	value, most := exact(over)
	return reason("step.no."+over.Limit, "step", strconv.Itoa(step+1), "value", value, "max", most, "subject", over.Subject)
}

// why tells of a layout what was done.
func (pl *planner) why(l laid, fits bool) []Reason {
	var all []Reason
	if pl.p.Form == FormBundle {
		all = append(all, reason("whole"))
	} else {
		all = append(all, pl.whyStep(l.step, fits)...)
		all = append(all, pl.whyFiles(l)...)
	}
	for _, limit := range Limits() {
		if c := pl.p.Limits[limit]; c.Value > 0 && c.Confidence != "confirmed" {
			all = append(all, reason("unsure."+limit, "max", Figure(limit, c.Value)))
		}
	}
	return all
}

// whyStep says which step was taken and what it changes.
func (pl *planner) whyStep(step int, fits bool) []Reason {
	s := pl.steps[step]
	var all []Reason
	if fits {
		all = append(all, reason("step.taken", "step", strconv.Itoa(step+1), "of", strconv.Itoa(len(pl.steps))))
	} else {
		all = append(all, reason("step.floor", "step", strconv.Itoa(step+1)))
	}
	if s.LongEdge > 0 && slices.ContainsFunc(pl.items, func(it Item) bool { return it.Media == MediaPhoto }) {
		all = append(all, reason("step.edge", "pixels", count(int64(s.LongEdge))))
	}
	switch s.Tone {
	case ToneGray, ToneBlack:
		all = append(all, reason("step."+string(s.Tone)))
	case ToneColor, "":
	}
	if s.PerPage > 1 {
		all = append(all, reason("step.per_page", "n", strconv.Itoa(s.PerPage)))
	}
	if s.PageDPI > 0 && !pl.pdf {
		all = append(all, reason("step.page_dpi", "dpi", strconv.Itoa(s.PageDPI)))
	}
	if s.PerPicture > 1 && !pl.pdf {
		all = append(all, reason("step.per_picture", "n", strconv.Itoa(s.PerPicture)))
	}
	if s.Cited {
		all = append(all, reason("step.cited"))
	}
	return all
}

// whyFiles says how items came into their files.
func (pl *planner) whyFiles(l laid) []Reason {
	var all []Reason
	loose, composed := 0, 0
	for _, f := range l.files {
		switch {
		case f.Loose:
			loose++
		case f.Category != "":
			all = append(all, plural("category", len(f.Items), "category", f.Category))
		default:
			composed++
		}
	}
	switch {
	case pl.p.Form == FormPictures || composed > 0 && !pl.pdf:
		all = append(all, reason("pictures", "files", strconv.Itoa(composed), "pages", strconv.Itoa(l.pages)))
	case composed == 1:
		all = append(all, reason("part.one", "pages", strconv.Itoa(l.pages)))
	case composed > 1:
		all = append(all, reason("part.more", "files", strconv.Itoa(composed), "max", Bytes(pl.p.Max(LimitFileBytes))))
	}
	if l.split > 0 {
		all = append(all, plural("part.split", l.split))
	}
	if loose > 0 {
		all = append(all, plural("loose", loose))
	}
	if l.merged > 0 {
		all = append(all, plural("merged", l.merged, "max", count(pl.p.Max(LimitFiles))))
	}
	if l.films > 0 {
		all = append(all, plural("stays", l.films))
	}
	if pl.p.PDFA && pl.pdf {
		all = append(all, reason("pdf_a"))
	}
	if pl.p.ASCIINames {
		if most := pl.p.Max(LimitNameChars); most > 0 {
			all = append(all, reason("names", "max", count(most)))
		} else {
			all = append(all, reason("names.plain"))
		}
	}
	return all
}
