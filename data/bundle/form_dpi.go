package bundle

import (
	"io"

	"casebinder/data/bundle/fit"
	"casebinder/data/pdf"
	"casebinder/data/picture"
)

// stepIn is the step at which a photo is drawn into a room: where a form limits
// the dots an inch, a photo has no more pixels than the room at that resolution.
func (r *renderer) stepIn(f io.ReadSeeker, room func(w, h int) (pdf.Length, pdf.Length)) fit.Step {
	step := r.part.Step
	if step.DPI <= 0 && step.LongEdge == 0 {
		return step
	}
	info, err := picture.Inspect(f)
	if _, seekErr := f.Seek(0, io.SeekStart); err != nil || seekErr != nil {
		return step // what is wrong with the file is told when it is placed
	}
	if long(info.Width, info.Height) && step.LongEdge > 0 { // it is cut into parts, each of which may have as many
		step.LongEdge = step.LongEdge * info.Height / (longFrom * info.Width)
	}
	if step.DPI <= 0 {
		return step
	}
	w, h := room(info.Width, info.Height)
	most := max(1, int(int64(max(w, h))*int64(step.DPI)/72_000))
	if long := max(info.Width, info.Height); long > most && (step.LongEdge == 0 || step.LongEdge > most) {
		step.LongEdge = most
	} else if step.LongEdge >= long {
		step.LongEdge = 0
	}
	return step
}

// photoRoom is how large a photo is drawn at least.
func (r *renderer) photoRoom(w, h int) (pdf.Length, pdf.Length) {
	const words = 12 * pdf.MM // above it, at most
	if long(w, h) {
		return r.longSize(w, h)
	}
	inW, inH := pdf.Fit(w, h, bodyWidth, max(r.left()-words, pdf.MM))
	if _, full := pdf.Fit(w, h, bodyWidth, bodyHeight); inH < full*3/5 {
		otherW, otherH := pdf.Fit(w, h, bodyWidth, bodyHeight-words)
		if _, now := pdf.Fit(w, h, bodyWidth, r.left()); now < full*3/5 {
			return otherW, otherH
		}
	}
	return inW, inH
}
