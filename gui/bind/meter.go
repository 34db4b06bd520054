package bind

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"casebinder/data/bundle/fit"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// nearlyFull is from which share of a limit on a meter warns.
const nearlyFull = 0.9

// farFrom is up to which share of its limit a field of text needs no look.
const farFrom = 0.5

// tellingMeters are the meters that are worth a look: all but the text fields
// that are far below their limits, of which the fullest is shown. far is how
// many are left out.
func tellingMeters(all []fit.Meter) (shown []fit.Meter, far int) {
	share := func(m fit.Meter) float64 {
		if m.Max <= 0 {
			return 0
		}
		return float64(m.Value) / float64(m.Max)
	}
	fullest := -1
	for i, m := range all {
		if m.Limit == fit.LimitTextChars && (fullest < 0 || share(m) > share(all[fullest])) {
			fullest = i
		}
	}
	for i, m := range all {
		if m.Limit == fit.LimitPDFA {
			continue // it is no amount
		}
		if m.Limit == fit.LimitTextChars && i != fullest && share(m) < farFrom {
			far++
			continue
		}
		shown = append(shown, m)
	}
	return shown, far
}

// newMeter draws a figure against its limit: in words, as a bar, and with where
// the limit comes from.
func newMeter(i int, m fit.Meter, f desk.FitView) fyne.CanvasObject {
	limit := f.Profile.Limits[m.Limit]
	name := words.T("fit.limit." + m.Limit)
	if m.Subject != "" {
		name = words.Join(" · ", name, itemTitle(m.Subject))
	}
	text, ink := meterWords(m, f.Plan.Estimate)
	source := limitSource(limit)
	label := kit.Tip(kit.Fit(name, 190, false), words.Join("\n", name, source), theme.ColorNameForeground)
	value := kit.Tip(text, words.Join("\n", text, source), ink)
	rows := []fyne.CanvasObject{kit.Dense(container.NewBorder(nil, nil, label, value))}
	if m.Max > 0 {
		bar := newMeterBar(m)
		kit.Trace(kit.RowName("bind.meter", i, m.Limit), bar)
		rows = append(rows, bar)
		if limit.Confidence != "" && limit.Confidence != "confirmed" {
			rows = append(rows, kit.Hint("△ "+words.Of("bind.sure", limit.Confidence)))
		}
	}
	return kit.Stacked(2, rows...)
}

// meterWords writes a figure against its limit.
func meterWords(m fit.Meter, estimate bool) (string, fyne.ThemeColorName) {
	value := fit.Figure(m.Limit, m.Value)
	if estimate {
		value = words.T("bind.about", "n", value)
	}
	switch {
	case m.Max <= 0:
		return value, look.Muted
	case m.Over():
		return "! " + words.T("bind.meter.over", "n", value, "max", fit.Figure(m.Limit, m.Max)), look.Red
	case nearly(m):
		return words.T("bind.meter.of", "n", value, "max", fit.Figure(m.Limit, m.Max)), look.Amber
	}
	return words.T("bind.meter.of", "n", value, "max", fit.Figure(m.Limit, m.Max)), theme.ColorNameForeground
}

// nearly reports whether a figure is so near to its limit that it is worth a
// look. Resolution and pixels are brought to their limits on purpose.
func nearly(m fit.Meter) bool {
	return m.Limit != fit.LimitDPI && m.Limit != fit.LimitPixels && float64(m.Value) >= nearlyFull*float64(m.Max)
}

// limitSource says where a limit comes from and how sure it is.
func limitSource(l fit.Limit) string {
	if l.Source == "" {
		return ""
	}
	return words.Join(" · ", words.Text(pack.Text(l.Source)), l.Edition, words.Of("bind.sure", l.Confidence))
}

// newMeterBar is a bar that is as full as its figure.
func newMeterBar(m fit.Meter) fyne.CanvasObject {
	var ink color.Color = look.Color(theme.ColorNamePrimary)
	switch {
	case m.Over():
		ink = look.Color(look.Red)
	case nearly(m):
		ink = look.Color(look.Amber)
	}
	back, full := canvas.NewRectangle(look.Color(look.RowDim)), canvas.NewRectangle(ink)
	back.CornerRadius, full.CornerRadius = 2, 2
	return container.New(meterBar{min(float32(m.Value)/float32(m.Max), 1)}, back, full)
}

// meterBar lays out a bar of which a share is full.
type meterBar struct{ share float32 }

// Layout is for Fyne.
func (b meterBar) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[1].Resize(fyne.NewSize(size.Width*b.share, size.Height))
}

// MinSize is for Fyne.
func (b meterBar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, 4) }
