package bind

import (
	"context"
	"slices"

	"casebinder/gui/kit"
)

// ask has the pages drawn that are in view and are not drawn yet, and the next
// one after them.
func (p *pagesPart) ask() {
	if p.shown == nil || p.view.width <= 0 {
		return
	}
	first, last := p.view.seen()
	width := p.pixels()
	for page := first; page <= min(last+1, p.pages()); page++ {
		if len(p.asked) >= pagesAtOnce {
			return
		}
		if d := p.drawn[page]; p.asked[page] || d != nil && d.of == p.shown && d.width == width {
			continue
		}
		p.draw(page, width)
	}
}

// draw has one page drawn.
func (p *pagesPart) draw(page, width int) {
	shown := p.shown
	p.asked[page] = true
	kit.Do(func(ctx context.Context) (*drawnPage, error) {
		picture, err := shown.Picture(ctx, page, width)
		if err != nil {
			return nil, err
		}
		links, err := shown.Links(ctx, page)
		return &drawnPage{of: shown, width: width, image: picture, links: links}, err
	}, func(d *drawnPage, err error) {
		if shown != p.shown {
			return // of pages that are not shown any more
		}
		delete(p.asked, page)
		if err != nil {
			if !p.making {
				p.failed(err)
			}
			return
		}
		p.keep(page, d)
		p.view.draw()
		p.ask()
	})
}

// keep holds a picture, and lets go of those that were used longest ago.
func (p *pagesPart) keep(page int, d *drawnPage) {
	p.drawn[page] = d
	p.used = append(slices.DeleteFunc(p.used, func(other int) bool { return other == page }), page)
	held := 0
	for _, one := range p.drawn {
		held += len(one.image.Pix)
	}
	first, last := p.view.seen()
	for _, old := range slices.Clone(p.used) {
		if held <= pagesHeld {
			return
		}
		if old >= first && old <= last+1 {
			continue
		}
		held -= len(p.drawn[old].image.Pix)
		delete(p.drawn, old)
		p.used = slices.DeleteFunc(p.used, func(other int) bool { return other == old })
	}
}
