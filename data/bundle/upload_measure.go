package bundle

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"casebinder/data/bundle/fit"
	"casebinder/data/picture"
)

// plan measures the items at one step of the ladder after the other until they
// fit, and plans with that. A step that is hopeless by what is known already is
// not measured.
func (u *uploader) plan(ctx context.Context) (fit.Plan, error) {
	var plan fit.Plan
	if err := u.timeFilms(ctx); err != nil {
		return plan, err
	}
	if err := u.sizePhotos(ctx); err != nil {
		return plan, err
	}
	for step := range u.steps {
		if err := u.measureStep(ctx, step); err != nil {
			return plan, err
		}
		if plan = fit.Make(u.p, u.items, u.extra); plan.Step <= step && settled(plan) {
			break
		}
	}
	return plan, nil
}

// sizePhotos reads how many pixels the photos have, where a form counts them.
func (u *uploader) sizePhotos(ctx context.Context) error {
	if u.p.Max(fit.LimitPixels) == 0 {
		return nil
	}
	for i := range u.items {
		it := &u.items[i]
		if it.Media != fit.MediaPhoto {
			continue
		}
		err := u.reading(ctx, &u.placed[it.Exhibit-1], func(f io.ReadSeeker) error {
			info, err := picture.Inspect(f)
			it.Width, it.Height = info.Width, info.Height
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// timeFilms reads how long the films are that are to be files of their own.
func (u *uploader) timeFilms(ctx context.Context) error {
	for i := range u.items {
		it := &u.items[i]
		if it.Media != fit.MediaFilm || !u.alone(i) {
			continue
		}
		x := &u.placed[it.Exhibit-1]
		err := u.reading(ctx, x, func(f io.ReadSeeker) error {
			info, err := picture.Film(ctx, f, x.Exhibit.Size)
			it.Seconds = int((info.Length + time.Second - 1) / time.Second)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// settled reports whether no further step can better a plan: it fits, or all
// that is over its limit are texts.
func settled(plan fit.Plan) bool {
	for _, m := range plan.Meters {
		if m.Over() && m.Limit != fit.LimitTextChars && m.Limit != fit.LimitTotalChars {
			return false
		}
	}
	return true
}

// measureStep adds the sizes of all items at a step.
func (u *uploader) measureStep(ctx context.Context, step int) error {
	if step < len(u.steps)-1 && u.hopeless(step) {
		for i := range u.items {
			guess, single := u.guessed(&u.items[i], step)
			u.items[i].Sizes, u.items[i].Single = append(u.items[i].Sizes, guess), append(u.items[i].Single, single)
		}
		return ctx.Err()
	}
	for i := range u.items {
		it := &u.items[i]
		single := fit.Size{Bytes: it.Bytes}
		if it.Media == fit.MediaPhoto && u.p.Form == fit.FormLoose {
			var err error
			if single.Bytes, err = u.photoBytes(ctx, it, step); err != nil {
				return err
			}
		}
		it.Single = append(it.Single, single)
		it.Sizes = append(it.Sizes, fit.Size{Bytes: single.Bytes + 3000, Pages: 1}) // what is a file of its own, should it be composed
	}
	var beside []int64
	for _, group := range u.groups(u.placeable()) {
		m, err := u.measureGroup(ctx, group, step)
		if err != nil {
			return err
		}
		for n, i := range group {
			u.items[i].Sizes[step] = m.sizes[n]
		}
		beside = append(beside, m.beside)
		u.items[group[0]].Sizes[step].Bytes += m.beside
	}
	// What each file has beside its items is the least of them; the rest stays with
	// the first item of each.
	u.extra.File = fit.Size{}
	for n, b := range beside {
		if n == 0 || b < u.extra.File.Bytes {
			u.extra.File.Bytes = b
		}
	}
	if u.p.Form == fit.FormBundle {
		return nil
	}
	for _, group := range u.groups(u.placeable()) {
		u.items[group[0]].Sizes[step].Bytes -= u.extra.File.Bytes
	}
	return nil
}

// hopeless reports whether photos alone are far over a limit of the form.
func (u *uploader) hopeless(step int) bool {
	if u.p.Pictures() || u.p.Max(fit.LimitTotalBytes) == 0 {
		return false
	}
	sum := int64(0)
	for i := range u.items {
		if it := &u.items[i]; it.Media == fit.MediaPhoto {
			guess, _ := u.guessed(it, step)
			sum += guess.Bytes
		}
	}
	if !u.steps[step].Original() {
		sum = sum * 2 / 5 // a guess may be too high by so much
	}
	return sum > u.p.Max(fit.LimitTotalBytes)
}

// placeable lists the items that are composed, whatever the plan.
func (u *uploader) placeable() []int {
	var all []int
	for i := range u.items {
		if u.p.Asks(u.items[i]) && !u.alone(i) {
			all = append(all, i)
		}
	}
	return all
}

func (u *uploader) alone(i int) bool { return u.p.Form == fit.FormLoose && u.p.Alone(u.items[i]) }

// groups splits items by the document in which they are composed: one for each
// category, or what is cited before the rest where pages become pictures.
func (u *uploader) groups(items []int) [][]int {
	by := make([][]int, max(2, len(u.p.Categories)))
	for _, i := range items {
		it, n := u.items[i], 0
		switch {
		case u.p.Form == fit.FormCategories:
			n = u.p.Slot(it)
		case u.p.Pictures() && !it.Cited && !it.Required:
			n = 1
		}
		by[n] = append(by[n], i)
	}
	var all [][]int
	for _, group := range by {
		if len(group) > 0 {
			all = append(all, group)
		}
	}
	return all
}

// part is the document of some items at a step.
func (u *uploader) part(items []string, step int) Part {
	p := Part{Compact: true, Step: u.steps[step], PDFA: u.p.PDFA}
	for _, id := range items {
		if n := u.number[id]; n > 0 {
			p.Exhibits = append(p.Exhibits, n)
			continue
		}
		for i := range u.items {
			if u.items[i].ID == id {
				p.Sections = append(p.Sections, u.items[i].Section)
			}
		}
	}
	return p
}

func (u *uploader) ids(items []int) []string {
	ids := make([]string, len(items))
	for n, i := range items {
		ids[n] = u.items[i].ID
	}
	return ids
}

// measured is what the items of one document take.
type measured struct {
	sizes  []fit.Size
	beside int64 // what is no item's: fonts, the head
}

// counter counts what is written to it.
type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

// measureGroup composes some items and sees what each takes.
func (u *uploader) measureGroup(ctx context.Context, group []int, step int) (measured, error) {
	part := u.part(u.ids(group), step)
	if u.p.Form == fit.FormBundle {
		part = u.whole()
	}
	flat, err := u.flat(ctx, part.Exhibits, step, nil)
	if err != nil {
		return measured{}, err
	}
	part.Flat = flat
	begun := map[string]int64{}
	part.Watch = func(item string, written int64) { begun[item] = written }
	var size counter
	out, path := io.Writer(&size), ""
	if u.p.Pictures() {
		f, err := os.CreateTemp(u.work, "measure-*.pdf")
		if err != nil {
			return measured{}, err
		}
		defer func() { _ = os.Remove(f.Name()) }()
		defer func() { _ = f.Close() }()
		out, path = f, f.Name()
	}
	buffered := bufio.NewWriterSize(out, 256<<10)
	at, err := composePart(ctx, buffered, u.env, part)
	if err == nil {
		err = buffered.Flush()
	}
	if err != nil {
		return measured{}, err
	}
	m := measured{sizes: make([]fit.Size, len(group))}
	begins, owned := u.pagesOf(group, at)
	for n := range group {
		m.sizes[n].Pages = owned[n]
	}
	if u.p.Pictures() {
		err = u.measurePictures(ctx, &m, path, at.Pages, step, begins)
	} else {
		u.measureBytes(&m, group, begun, size.n)
	}
	u.gridPages(&m, group, step, begins)
	return m, err
}

// pagesOf says on which page each item begins, from 0, and how many pages it is
// the first on. What begins on a page where another begins already owns the
// pages after it.
func (u *uploader) pagesOf(group []int, at pageMap) (begins, owned []int) {
	begins, owned = make([]int, len(group)), make([]int, len(group))
	owner := make([]int, at.Pages)
	for page := range owner {
		owner[page] = -1
	}
	for n, i := range group {
		it := &u.items[i]
		first := at.Sections[it.Section]
		if it.Exhibit > 0 {
			first = at.Exhibits[it.Exhibit].First
		}
		begins[n] = min(max(first-1, 0), at.Pages-1)
		if owner[begins[n]] < 0 {
			owner[begins[n]] = n
		}
	}
	last := 0
	for page, n := range owner {
		if n < 0 {
			n = last
		}
		owned[n]++
		for k := range begins {
			if begins[k] == page {
				last = k
			}
		}
	}
	return begins, owned
}

// measureBytes gives each item what was written from its beginning to the next.
func (u *uploader) measureBytes(m *measured, group []int, begun map[string]int64, total int64) {
	left := total
	for n, i := range group {
		from, ok := begun[u.items[i].ID]
		if !ok {
			continue
		}
		to := begun[""]
		for _, k := range group[n+1:] {
			if next, ok := begun[u.items[k].ID]; ok {
				to = next
				break
			}
		}
		m.sizes[n].Bytes = max(to-from, 0)
		left -= m.sizes[n].Bytes
	}
	m.beside = max(left, 0)
}

// gridPages makes each photo of a grid a page of its own: the plan counts how
// many share one.
func (u *uploader) gridPages(m *measured, group []int, step int, begins []int) {
	if u.steps[step].PerPage <= 1 {
		return
	}
	sum, share := map[int]int64{}, map[int]int{}
	for n, i := range group {
		if u.items[i].Media != fit.MediaPages {
			sum[begins[n]] += m.sizes[n].Bytes
			share[begins[n]]++
		}
	}
	for n, i := range group {
		if u.items[i].Media != fit.MediaPages && u.items[i].Exhibit > 0 {
			m.sizes[n].Pages = 1
			if u.p.Pictures() {
				m.sizes[n].Bytes = sum[begins[n]] / int64(share[begins[n]])
			}
		}
	}
}

// measurePictures makes a picture of each page, unless they are more than the
// form takes anyway.
func (u *uploader) measurePictures(ctx context.Context, m *measured, path string, count, step int, begins []int) error {
	per := max(1, u.steps[step].PerPicture)
	if most := u.p.Max(fit.LimitFiles); most > 0 && int64((count+per-1)/per) > most {
		return nil
	}
	bytes := make([]int64, count)
	err := u.eachPage(ctx, path, step, func(n int, img image.Image) error {
		var c counter
		_, err := u.encodePage(&c, img, step)
		bytes[n-1] = c.n
		return err
	})
	if err != nil {
		return err
	}
	owner := make(map[int]int, count)
	for n := len(begins) - 1; n >= 0; n-- {
		owner[begins[n]] = n
	}
	now, last := 0, 0
	for page := range count {
		now = last
		if n, ok := owner[page]; ok {
			now = n
		}
		m.sizes[now].Bytes += bytes[page]
		for k := range begins {
			if begins[k] == page {
				last = k
			}
		}
	}
	return nil
}

// eachPage draws each page of a composed PDF at the resolution of a step.
func (u *uploader) eachPage(ctx context.Context, path string, step int, do func(n int, img image.Image) error) error {
	viewer, err := u.pages(ctx)
	if err != nil {
		return err
	}
	doc, err := viewer.Open(ctx, path)
	if err != nil {
		return fmt.Errorf("opening composed pages: %w", err)
	}
	defer func() { _ = doc.Close() }()
	dpi := u.steps[step].PageDPI
	if dpi <= 0 {
		dpi = 150
	}
	for n := 1; n <= doc.Pages(); n++ {
		points, _ := doc.Size(n)
		img, err := doc.Picture(ctx, n, max(1, int(math.Round(points*float64(dpi)/72))))
		if err != nil {
			return fmt.Errorf("drawing composed pages: %w", err)
		}
		if err := do(n, img); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// encodePage writes a picture of pages as a step asks for: as a JPEG, or where
// that is smaller, as it is for pages of text, as a PNG of few colors, which
// keeps letters sharp.
func (u *uploader) encodePage(w io.Writer, img image.Image, step int) (ending string, err error) {
	s := u.steps[step]
	var out bytes.Buffer
	ending, err = picture.Encode(&out, img, fit.Step{Quality: s.Quality, Tone: s.Tone})
	if err != nil {
		return "", err
	}
	if ending == "jpg" && u.p.Takes("png") {
		if few := fewColors(img, s.Tone == fit.ToneGray); few != nil {
			var small bytes.Buffer
			encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
			if err := encoder.Encode(&small, few); err != nil {
				return "", fmt.Errorf("encoding a page: %w", err)
			}
			if small.Len() < out.Len() || !u.p.Takes("jpg") && !u.p.Takes("jpeg") {
				out, ending = small, "png"
			}
		}
	}
	_, err = w.Write(out.Bytes())
	return ending, err
}

// fewColors gives a picture with the colors that a page of text has: sixteen
// grays, or 256 colors of 4 bits a component; nil where it has more.
func fewColors(img image.Image, gray bool) image.Image {
	src, ok := img.(*image.RGBA)
	if !ok {
		return nil
	}
	b := src.Bounds()
	out := image.NewPaletted(image.Rect(0, 0, b.Dx(), b.Dy()), nil)
	var places [1 << 12]uint16 // in the palette, from 1, by 4 bits of each component
	for y := range b.Dy() {
		row := src.Pix[src.PixOffset(b.Min.X, b.Min.Y+y):]
		to := out.Pix[y*out.Stride : y*out.Stride+b.Dx()]
		for x := range to {
			red, green, blue := row[4*x]>>4, row[4*x+1]>>4, row[4*x+2]>>4
			if gray {
				luma := uint8((299*int(row[4*x]) + 587*int(row[4*x+1]) + 114*int(row[4*x+2])) / 1000 >> 4)
				red, green, blue = luma, luma, luma
			}
			place := &places[int(red)<<8|int(green)<<4|int(blue)]
			if *place == 0 {
				if len(out.Palette) == 256 {
					return nil
				}
				out.Palette = append(out.Palette, color.RGBA{red * 17, green * 17, blue * 17, 255})
				*place = uint16(len(out.Palette))
			}
			to[x] = uint8(*place - 1)
		}
	}
	return out
}

// photoBytes is the size of a photo as a file of its own.
func (u *uploader) photoBytes(ctx context.Context, it *fit.Item, step int) (int64, error) {
	if u.keepsOriginal(it, u.steps[step]) {
		return it.Bytes, nil
	}
	raw, err := u.photoCopy(ctx, it.Exhibit, step)
	if raw == nil && err == nil {
		return it.Bytes, nil
	}
	return int64(len(raw)), err
}

// keepsOriginal reports whether a photo is uploaded with its own bytes: where a
// step and the form let it, and nothing is masked, for a camera writes more into
// a photo than is seen.
func (u *uploader) keepsOriginal(it *fit.Item, s fit.Step) bool {
	return s.Original() && len(u.c.Mask) == 0 && (it.Ending == "jpg" || it.Ending == "jpeg" || it.Ending == "png") && u.p.Takes(it.Ending)
}

// photoCopy is a photo at a step; nil where it cannot be decoded.
func (u *uploader) photoCopy(ctx context.Context, exhibit, step int) ([]byte, error) {
	x := &u.placed[exhibit-1]
	var raw []byte
	err := u.reading(ctx, x, func(f io.ReadSeeker) error {
		var err error
		raw, _, err = u.copyOf(ctx, x, f, u.steps[step], 0)
		return err
	})
	return raw, err
}

// reading opens the file of an exhibit. What is wrong with the file itself is no
// error here: it is told on its page.
func (u *uploader) reading(ctx context.Context, x *Placed, do func(io.ReadSeeker) error) error {
	f, _, err := u.open.OpenOriginal(ctx, x.Exhibit.SHA256)
	if err != nil {
		return originalProblem(x, err)
	}
	defer func() { _ = f.Close() }()
	if err := do(f); err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return nil
}

// learn plans anew after files came out larger than was predicted: first with
// what they truly have; a plan that was made of parts with smaller parts.
func (u *uploader) learn(ctx context.Context, planned, real fit.Plan) (fit.Plan, error) {
	step := planned.Step
	for _, m := range real.Meters {
		if m.Over() && m.Limit == fit.LimitFileBytes && u.p.Form == fit.FormDocument && len(planned.Files) > 1 {
			limits := map[string]fit.Limit{}
			for name, l := range u.p.Limits {
				limits[name] = l
			}
			l := limits[m.Limit]
			l.Value = max(l.Value*97/100-(m.Value-m.Max), l.Value/2)
			limits[m.Limit] = l
			u.p.Limits = limits
			return u.plan2(ctx)
		}
	}
	was, is := sums(planned), sums(real)
	for i := range u.items {
		if sizes := u.items[i].Sizes; step < len(sizes) {
			s := &sizes[step]
			s.Bytes = int64(float64(s.Bytes)*max(1, float64(is.Bytes)/float64(max(was.Bytes, 1)))) + 1
			if i == 0 {
				s.Pages += max(0, is.Pages-was.Pages)
			}
		}
	}
	return u.plan2(ctx)
}

// plan2 goes on measuring from the steps that are known.
func (u *uploader) plan2(ctx context.Context) (fit.Plan, error) {
	for {
		known := len(u.steps)
		if len(u.items) > 0 {
			known = len(u.items[0].Sizes)
		}
		plan := fit.Make(u.p, u.items, u.extra)
		if plan.Step < known && settled(plan) || known >= len(u.steps) {
			return plan, nil
		}
		if err := u.measureStep(ctx, known); err != nil {
			return plan, err
		}
	}
}

func sums(p fit.Plan) fit.Size {
	var s fit.Size
	for _, f := range p.Files {
		s.Bytes += f.Bytes
		s.Pages += f.Pages
	}
	return s
}

// workPath is the path of a file on the way.
func (u *uploader) workPath(name string) string { return filepath.Join(u.work, name) }
