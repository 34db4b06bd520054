package bind

import (
	"context"
	"errors"
	"image"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data/bundle"
	"casebinder/data/desk"
	"casebinder/data/pages"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

const (
	pageShape   = 297.0 / 210.0 // height of an A4 page by its width
	pageGap     = 10            // between pages and around them
	pageMost    = 2400          // pixels of a page's width at most
	pagesAtOnce = 2             // pages that are drawn at a time
	pagesHeld   = 64 << 20      // bytes of pictures that are kept beside those in view
	zoomStep    = 1.25
	zoomLeast   = 0.4
	zoomMost    = 4.0
)

// pagesPart shows the pages of the bundle as they will be. Only those in view
// are drawn, beside the main goroutine.
type pagesPart struct {
	b      *Page
	object fyne.CanvasObject
	scroll *container.Scroll
	view   *pageColumn
	state  *widget.Label
	number *kit.Entry
	of     *canvas.Text
	zoomed *kit.Button
	notice *fyne.Container
	ring   *canvas.Rectangle // around the pages while the keys are there

	turn    int // of the newest question; an older answer is let go of
	cancel  context.CancelFunc
	making  bool
	shown   *desk.Preview // nil while there is none
	zoom    float32       // 1 fits the width
	drawn   map[int]*drawnPage
	asked   map[int]bool // pages that are being drawn
	used    []int        // pages, the one used last at the end
	wanting bool         // the chosen exhibit's page is to be shown when there are pages
	start   int          // the page to begin with; 0: the first
}

// drawnPage is a page's picture with its links.
type drawnPage struct {
	of    *desk.Preview
	width int // pixels, as asked
	image *image.RGBA
	links []pages.Link
}

func newPagesPart(b *Page) *pagesPart {
	p := &pagesPart{b: b, zoom: 1, drawn: map[int]*drawnPage{}, asked: map[int]bool{}, notice: container.NewStack()}
	p.view = newPageColumn(p)
	p.scroll = container.NewScroll(p.view)
	p.scroll.OnScrolled = func(fyne.Position) { p.scrolled() }
	back := canvas.NewRectangle(look.Color(look.RowDim))
	p.ring = canvas.NewRectangle(nil)
	p.ring.StrokeColor = look.Color(theme.ColorNamePrimary)
	p.object = container.NewBorder(p.bar(), nil, nil, nil, container.New(kit.OnResize(p.resized), back, p.scroll, p.ring, p.notice))
	p.say(words.T("bind.pages.making"))
	kit.Trace("bind.pages", p.scroll)
	return p
}

func (p *pagesPart) bar() fyne.CanvasObject {
	p.state = widget.NewLabel("")
	p.state.Importance = widget.LowImportance
	p.state.Truncation = fyne.TextTruncateEllipsis
	p.number = kit.NewEntry(p.b.env.UI)
	p.number.Wrapping, p.number.Scroll = fyne.TextWrapOff, container.ScrollNone // three or four figures need no scrolling
	p.number.OnSubmitted = func(string) { p.typedPage() }
	p.number.Escaped = func() { p.b.env.UI.Window.Canvas().Focus(p.view) }
	p.of = kit.NewText("", kit.Muted, look.Text, false)
	low := func(name, text string, do func()) *kit.Button {
		b := kit.NewButton(name, text, do)
		b.Importance = widget.LowImportance
		return b
	}
	p.zoomed = low("bind.zoom.fit", "100%", func() { p.zoomTo(1) })
	left := container.NewHBox(low("bind.page.before", "‹", func() { p.goPage(p.page() - 1) }),
		container.NewGridWrap(fyne.NewSize(60, 30), p.number), container.NewCenter(p.of), low("bind.page.next", "›", func() { p.goPage(p.page() + 1) }))
	right := container.NewHBox(low("bind.zoom.out", "–", func() { p.zoomBy(-1) }), p.zoomed, low("bind.zoom.in", "+", func() { p.zoomBy(1) }))
	kit.Trace("bind.page", p.number)
	return kit.Inset(2, container.NewBorder(nil, nil, left, right, p.state))
}

func (p *pagesPart) say(text string) {
	if p.state.Text != text {
		p.state.SetText(text)
	}
}

// setRing shows whether the keys are in the pages.
func (p *pagesPart) setRing(width float32) {
	p.ring.StrokeWidth = width
	p.ring.Refresh()
}

func (p *pagesPart) focus() { p.b.env.UI.Window.Canvas().Focus(p.view) }

// make has the pages made anew. The old ones stay until the new ones are there.
func (p *pagesPart) make(r desk.BundleRequest) {
	p.turn++
	turn := p.turn
	if p.cancel != nil {
		p.cancel()
	}
	var ctx context.Context
	ctx, p.cancel = context.WithCancel(context.Background())
	p.making = true
	p.tell()
	kit.Do(func(context.Context) (*desk.Preview, error) { return p.b.env.desk.Preview(ctx, r) }, func(made *desk.Preview, err error) {
		if turn != p.turn {
			letGo(made)
			return
		}
		p.making = false
		if err != nil {
			letGo(made)
			p.failed(err)
		} else {
			p.show(made)
		}
		p.b.target.proceed()
	})
}

// letGo closes a preview beside the main goroutine.
func letGo(made *desk.Preview) {
	if made != nil {
		kit.Go(func() { _ = made.Close() }) // its file is swept with the next start where it stays
	}
}

// failed says why there are no new pages.
func (p *pagesPart) failed(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	p.say(words.T("bind.pages.failed"))
	p.notice.Objects = []fyne.CanvasObject{container.NewVBox(kit.NewProblem(p.b.env.UI, err, func() {
		p.notice.Objects = nil
		p.notice.Refresh()
	}))}
	p.notice.Refresh()
}

// show takes new pages in the place of the old ones. What was in view stays in
// view, also where pages came or went above it.
func (p *pagesPart) show(made *desk.Preview) {
	before := p.shown
	page, rest := p.place()
	p.shown = made
	p.notice.Objects = nil
	p.notice.Refresh()
	p.asked = map[int]bool{}
	if before != nil {
		page = movedPage(&before.Map, &made.Map, page)
		letGo(before)
	}
	p.forget(made.Map.Pages)
	p.view.Refresh()
	p.scroll.Refresh()
	if before != nil {
		p.scrollTo(p.view.topOf(page) + rest)
	} else if p.start > 0 {
		p.goPage(p.start)
	} else if p.wanting {
		p.goChosen()
	}
	p.start, p.wanting = 0, false
	p.scrolled()
	kit.Event("preview", "pages", made.Map.Pages)
}

// forget lets go of the pictures of pages that are not there any more.
func (p *pagesPart) forget(pages int) {
	for page := range p.drawn {
		if page > pages {
			delete(p.drawn, page)
		}
	}
	p.used = slices.DeleteFunc(p.used, func(page int) bool { return page > pages })
}

// close lets go of everything.
func (p *pagesPart) close() {
	p.turn++
	if p.cancel != nil {
		p.cancel()
	}
	letGo(p.shown)
	p.shown = nil
	p.drawn, p.used = map[int]*drawnPage{}, nil
	p.view.slots = map[int]*pageSlot{}
	p.view.draw()
}

// anchors are the pages on which sections and exhibits begin, by what begins
// there.
func anchors(m *bundle.PageMap) map[string]int {
	all := make(map[string]int, len(m.Exhibits)+len(m.Sections))
	for section, page := range m.Sections {
		all["section:"+string(section)] = page
	}
	for _, x := range m.Exhibits {
		all["exhibit:"+x.Exhibit.UID] = x.First
	}
	return all
}

// movedPage is where a page of one state of a bundle stands in a later one: as
// far behind the beginning of its exhibit or section as it was.
func movedPage(before, after *bundle.PageMap, page int) int {
	was, is := anchors(before), anchors(after)
	best, to := 0, page
	for key, begins := range was {
		if now, ok := is[key]; ok && now > 0 && begins > 0 && begins <= page && begins > best {
			best, to = begins, now+page-begins
		}
	}
	return max(1, min(to, after.Pages))
}

// pages is how many there are.
func (p *pagesPart) pages() int {
	if p.shown == nil {
		return 0
	}
	return p.shown.Map.Pages
}

// place is the page at the top of the view, and how much of it lies above.
func (p *pagesPart) place() (page int, above float32) {
	page = p.view.at(p.scroll.Offset.Y)
	return page, p.scroll.Offset.Y - p.view.topOf(page)
}

// page is the page that is read: the one in the upper third of the view.
func (p *pagesPart) page() int { return p.view.at(p.scroll.Offset.Y + p.scroll.Size().Height/3) }

func (p *pagesPart) scrollTo(y float32) {
	most := max(p.view.height()-p.scroll.Size().Height, 0)
	p.scroll.ScrollToOffset(fyne.NewPos(p.scroll.Offset.X, max(0, min(y, most))))
}

// goPage shows the beginning of a page.
func (p *pagesPart) goPage(page int) {
	if p.pages() == 0 {
		return
	}
	p.scrollTo(p.view.topOf(max(1, min(page, p.pages()))) - pageGap)
	p.scrolled()
}

func (p *pagesPart) typedPage() {
	if n, err := strconv.Atoi(strings.TrimSpace(p.number.Text)); err == nil {
		p.goPage(n)
	}
	p.tell()
}

// goExhibit shows the first page of an exhibit by its number. It moves nothing
// when a page of it is in view.
func (p *pagesPart) goExhibit(number int) {
	if number == 0 {
		return
	}
	if p.shown == nil {
		p.wanting = true
		return
	}
	page := p.shown.PageOf(number)
	if page == 0 {
		return
	}
	p.goPage(page)
}

// goChosen shows the page of the chosen exhibit.
func (p *pagesPart) goChosen() {
	l := p.b.exhibits
	if i := indexOfExhibit(l.list, l.chosen); i >= 0 {
		p.goExhibit(l.list[i].Number)
	}
}

// scrolled draws what is in view now and says which page it is.
func (p *pagesPart) scrolled() {
	p.view.draw()
	p.tell()
	p.ask()
	if p.shown == nil {
		return
	}
	page, uid := p.page(), ""
	for _, x := range p.shown.Map.Exhibits {
		if x.First > 0 && page >= x.First && page <= max(x.Last, x.First) {
			uid = x.Exhibit.UID
		}
	}
	p.b.exhibits.setSeen(uid)
}

// tell says what is going on and which page is in view.
func (p *pagesPart) tell() {
	switch {
	case p.making && p.shown == nil:
		p.say(words.T("bind.pages.making"))
	case p.making:
		p.say(words.T("bind.pages.again"))
	default:
		p.say("")
	}
	if p.pages() == 0 {
		return
	}
	if p.b.env.UI.Window.Canvas().Focused() != p.number {
		if text := strconv.Itoa(p.page()); p.number.Text != text {
			p.number.SetText(text)
		}
	}
	if of := words.T("bind.page.of", "n", p.pages()); p.of.Text != of {
		p.of.Text = of
		p.of.Refresh()
	}
}

func (p *pagesPart) resized() {
	if p.view == nil {
		return
	}
	page, rest := p.place()
	was := p.view.width
	p.view.fit(p.scroll.Size().Width)
	if was > 0 && was != p.view.width {
		p.scroll.Refresh()
		p.scrollTo(p.view.topOf(page) + rest*p.view.width/was)
	}
	p.scrolled()
}

// zoomBy makes pages larger or smaller by a step.
func (p *pagesPart) zoomBy(steps int) {
	zoom := p.zoom
	if steps > 0 {
		zoom *= zoomStep
	} else {
		zoom /= zoomStep
	}
	p.zoomTo(zoom)
}

// zoomTo sets how large pages are; 1 fits the width.
func (p *pagesPart) zoomTo(zoom float32) {
	page, rest := p.place()
	was := p.view.width
	p.zoom = max(zoomLeast, min(zoom, zoomMost))
	if p.zoom > 0.97 && p.zoom < 1.03 {
		p.zoom = 1
	}
	p.zoomed.SetText(strconv.Itoa(int(p.zoom*100+0.5)) + "%")
	p.view.fit(p.scroll.Size().Width)
	p.view.Refresh()
	p.scroll.Refresh()
	if was > 0 {
		p.scroll.Offset.X = max((p.view.across-p.scroll.Size().Width)/2, 0) // the middle stays the middle
		p.scrollTo(p.view.topOf(page) + rest*p.view.width/was)
	}
	p.scrolled()
}

// pixels is how many pixels wide a page is drawn.
func (p *pagesPart) pixels() int {
	return min(int(p.view.width*p.b.env.UI.Window.Canvas().Scale()+0.5), pageMost)
}
