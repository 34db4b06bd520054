package bundle

import (
	"math"
	"unicode/utf8"

	"casebinder/data"
	"casebinder/data/bundle/fit"
)

// What is taken for granted where nothing is opened.
const (
	guessFont     = 90_000 // bytes of the fonts of a document
	guessPage     = 9_000  // of a page of text
	guessAnnex    = 90_000 // of a page of an annexed PDF
	guessRatio    = 3      // pixels of a photo for each of its bytes
	guessPageArea = 8.27 * 11.69
)

// guess plans with sizes that are estimated from what is known of the files.
func (fm *formMaker) guess() fit.Plan {
	for i := range fm.items {
		it := &fm.items[i]
		it.Sizes, it.Single = nil, nil
		for step := range fm.steps {
			size, single := fm.guessed(it, step)
			it.Sizes, it.Single = append(it.Sizes, size), append(it.Single, single)
		}
	}
	fm.extra.File = fit.Size{Bytes: guessFont}
	if fm.p.Pictures() {
		fm.extra.File = fit.Size{}
	}
	plan := fit.Make(fm.p, fm.items, fm.extra)
	plan.Estimate = true
	return plan
}

// forget takes the estimates back, so that sizes can be measured.
func (fm *formMaker) forget() {
	for i := range fm.items {
		fm.items[i].Sizes, fm.items[i].Single = nil, nil
	}
	fm.extra.File = fit.Size{}
}

// guessed estimates an item at a step: composed, and by itself.
func (fm *formMaker) guessed(it *fit.Item, step int) (size, single fit.Size) {
	single = fit.Size{Bytes: it.Bytes}
	s := fm.steps[step]
	switch {
	case it.Media == fit.MediaPhoto:
		single.Bytes = guessPhoto(it.Bytes, s)
		size = fit.Size{Bytes: single.Bytes + 2000, Pages: 1}
	case it.Exhibit > 0 && it.Media == fit.MediaPages && it.Cut:
		n := max(1, int(min(it.Bytes/guessAnnex, 400)))
		size = fit.Size{Bytes: it.Bytes, Pages: n}
		if s.PageDPI > 0 && it.Bytes/int64(n) > flatFrom {
			size.Bytes = int64(n) * guessPicture(s)
		}
	case it.Exhibit > 0 && it.Media == fit.MediaPages:
		n := max(1, int(min(it.Bytes, maxPrinted)/3500))
		size = fit.Size{Bytes: int64(n) * guessPage, Pages: n}
	case it.Exhibit > 0:
		size = fit.Size{Bytes: guessPage, Pages: 1}
	default:
		n := fm.guessSection(it.Section, s.Cited)
		size = fit.Size{Bytes: int64(n) * guessPage, Pages: n}
	}
	if fm.p.Pictures() {
		size.Bytes = int64(size.Pages) * guessPicture(s)
		if it.Media == fit.MediaPhoto && s.PerPage > 1 {
			size.Bytes /= int64(s.PerPage)
		}
	}
	return size, single
}

// guessPhoto is what a photo of so many bytes has at a step.
func guessPhoto(bytes int64, s fit.Step) int64 {
	if s.Original() {
		return bytes
	}
	pixels := float64(bytes) * guessRatio
	if s.LongEdge > 0 { // of the usual 4 by 3
		pixels = min(pixels, float64(s.LongEdge)*float64(s.LongEdge)*3/4)
	}
	return min(bytes, int64(pixels*perPixel(s)))
}

// guessPicture is what a picture of a page has.
func guessPicture(s fit.Step) int64 {
	dpi := s.PageDPI
	if dpi == 0 {
		dpi = 150
	}
	return int64(guessPageArea * float64(dpi*dpi) * perPixel(s) / 2) // half of a page is white
}

// perPixel is how many bytes a pixel takes.
func perPixel(s fit.Step) float64 {
	quality := s.Quality
	if quality == 0 {
		quality = 92
	}
	each := 0.06 + 0.0000004*math.Pow(float64(quality), 3)
	switch s.Tone {
	case fit.ToneGray:
		each *= 0.85
	case fit.ToneBlack:
		each = 0.05
	case fit.ToneColor, "":
	}
	return each
}

// guessSection is how many pages a composed section may have.
func (fm *formMaker) guessSection(s data.Section, cited bool) int {
	lines := 12
	text := func(t string) { lines += 1 + utf8.RuneCountInString(t)/85 }
	switch s {
	case data.SectionStatement:
		for _, claim := range fm.c.Statement.Claims {
			text(claim.Text)
			lines += 3
		}
		text(fm.c.Ask)
	case data.SectionTimeline:
		lines += 2 * (len(fm.c.Dispute.Events) + len(fm.messages) + 6)
		for _, sh := range fm.c.Order.Shipments {
			lines += 2 * len(sh.Events)
		}
	case data.SectionOrder:
		lines += 30 + 2*len(fm.c.Order.Items)
	case data.SectionShipping:
		for _, sh := range fm.c.Order.Shipments {
			lines += 10 + 2*len(sh.Events)
		}
	case data.SectionCommunication:
		if cited {
			lines += 15 * fm.citedMessages()
			break
		}
		for _, m := range fm.messages {
			text(m.Text)
			if m.Translation != "" {
				text(m.Translation)
			}
			lines += 3
		}
	case data.SectionGoods, data.SectionPolicy, data.SectionOther:
	}
	return 1 + lines/52
}

func (fm *formMaker) citedMessages() int {
	n := 0
	for _, claim := range fm.c.Statement.Claims {
		for _, c := range claim.Cites {
			if c.Message != "" {
				n++
			}
		}
	}
	return n
}
