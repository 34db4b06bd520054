package fit

import (
	"slices"

	"casebinder/data"
)

// The rules of a plan's findings.
const (
	RuleRefused  = "fit.refused"   // there is no room for it; an export is refused
	RuleText     = "fit.text"      // a text field is too long; an export is refused
	RuleNotAsked = "fit.not_asked" // the form does not ask for it, and so it is not among the files
)

// What a plan's findings can be mended by, beside what the words say.
const (
	DeedLeaveOut = "exhibit.leave_out" // all exhibits that the finding names
	DeedExhibit  = "exhibit.edit"      // the first of them
	DeedWrite    = "statement.write"
)

var (
	sayUncited  = data.DefinePhrase("fit.refused.uncited", "It does not fit, and no claim cites it.")
	sayCited    = data.DefinePhrase("fit.refused.cited", "It does not fit, though a claim cites it.")
	sayRequired = data.DefinePhrase("fit.refused.required", "Even the parts that the form requires do not fit.")
	sayNotAsked = data.DefinePhrase("fit.section.not_asked", "The form does not ask for this section.")
	sayField    = data.DefinePhrase("fit.text.field", "The text has {value} characters; {max} are allowed.")
	sayFields   = data.DefinePhrase("fit.text.total", "All text fields together have {value} characters; {max} are allowed.")

	mendLeave   = data.DefinePhrase("fit.mend.leave", "Leave it out, or put a smaller copy in its place.")
	mendSmaller = data.DefinePhrase("fit.mend.smaller", "Put a smaller copy in its place. If you leave it out, a claim has nothing to show it.")
	mendRoom    = data.DefinePhrase("fit.mend.room", "Leave something else out, or choose another form.")
	mendText    = data.DefinePhrase("fit.mend.text", "Say it in fewer words.")
)

// sayAlone tells of an item that is over a limit by itself.
var sayAlone = map[string]data.Phrase{
	LimitDPI:        data.DefinePhrase("fit.refused.alone.dpi", "Its resolution is {value} dpi; at most {max} are allowed."),
	LimitFileBytes:  data.DefinePhrase("fit.refused.alone.file_bytes", "It alone has {value}; one file may have {max}."),
	LimitFiles:      data.DefinePhrase("fit.refused.alone.files", "It alone takes {value} files; {max} are allowed."),
	LimitNameChars:  data.DefinePhrase("fit.refused.alone.name_chars", "Its file name has {value} characters; {max} are allowed."),
	LimitPages:      data.DefinePhrase("fit.refused.alone.pages", "It alone takes {value} pages; {max} are allowed."),
	LimitPixels:     data.DefinePhrase("fit.refused.alone.pixels", "It has {value} pixels; {max} are allowed."),
	LimitTotalBytes: data.DefinePhrase("fit.refused.alone.total_bytes", "It alone has {value}; all files together may have {max}."),
	LimitVideoBytes: data.DefinePhrase("fit.refused.alone.video_bytes", "The video has {value}; {max} are allowed."),
	LimitVideoTime:  data.DefinePhrase("fit.refused.alone.video_seconds", "The video lasts {value} s; {max} s are allowed."),
}

// refused is an item that does not fit, and what is said of it.
type refused struct {
	item int
	say  data.Finding
}

// tooLarge refuses an item that is over a limit by itself.
func (pl *planner) tooLarge(item int, over Meter) refused {
	value, most := exact(over)
	return pl.refuse(item, over, sayAlone[over.Limit].With("value", value, "max", most))
}

// unvalued refuses an item that is worth less to the case than those that have
// room; over is what all of them together exceed.
func (pl *planner) unvalued(item int, over Meter) refused {
	say := sayUncited
	switch it := &pl.items[item]; {
	case it.Required:
		say = sayRequired
	case it.Cited:
		say = sayCited
	}
	return pl.refuse(item, over, say.With())
}

func (pl *planner) refuse(item int, over Meter, why data.Text) refused {
	it := &pl.items[item]
	f := data.Finding{Rule: RuleRefused, Severity: data.Blocking, Where: []data.Ref{it.Ref}, Why: why, Origin: pl.p.Limits[over.Limit].Origin}
	switch {
	case it.Exhibit == 0:
		f.How = mendRoom.With()
	case it.Cited || it.Required:
		f.How, f.Mend = mendSmaller.With(), data.Mend{Deed: DeedExhibit, Ref: it.Ref}
	default:
		f.How, f.Mend = mendLeave.With(), data.Mend{Deed: DeedLeaveOut, Ref: it.Ref}
	}
	return refused{item, f}
}

// findings says what of a plan does not fit, in the order of the bundle, then what
// the form does not ask for. What is refused for one reason is one finding.
func (pl *planner) findings(all []refused, meters []Meter) []data.Finding {
	slices.SortStableFunc(all, func(a, b refused) int { return a.item - b.item })
	var found []data.Finding
	for _, r := range all {
		i := slices.IndexFunc(found, func(f data.Finding) bool {
			return f.Why.String() == r.say.Why.String() && f.How.Key == r.say.How.Key && f.Origin == r.say.Origin
		})
		if i < 0 {
			found = append(found, r.say)
			continue
		}
		found[i].Where = append(found[i].Where, r.say.Where...)
	}
	found = append(found, pl.longTexts(meters)...)
	if where := pl.unasked(); len(where) > 0 {
		found = append(found, data.Finding{Rule: RuleNotAsked, Severity: data.Info, Where: where, Why: sayNotAsked.With()})
	}
	return found
}

// longTexts tells of the texts that are over their limits.
func (pl *planner) longTexts(meters []Meter) []data.Finding {
	var all []data.Finding
	for _, m := range meters {
		if !m.Over() || !isText(m.Limit) {
			continue
		}
		f := data.Finding{
			Rule: RuleText, Severity: data.Blocking, Why: sayFields.With("value", count(m.Value), "max", count(m.Max)), How: mendText.With(),
			Mend: data.Mend{Deed: DeedWrite},
		}
		if m.Limit == LimitTextChars {
			f.Why = sayField.With("value", count(m.Value), "max", count(m.Max))
			f.Where = []data.Ref{{Kind: "field", ID: m.Subject}}
		}
		if limit := pl.p.Limits[m.Limit]; limit.Value == m.Max {
			f.Origin = limit.Origin // else the field has a limit of its own
		}
		all = append(all, f)
	}
	return all
}

// unasked lists the composed sections that the form does not ask for.
func (pl *planner) unasked() []data.Ref {
	var all []data.Ref
	for i := range pl.items {
		if !pl.asked(i) {
			all = append(all, pl.items[i].Ref)
		}
	}
	return all
}
