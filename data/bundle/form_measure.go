package bundle

import (
	"bufio"
	"context"
	"image"
	"io"
	"os"
	"path/filepath"

	"casebinder/data/bundle/fit"
)

// placeable lists the items that are composed, whatever the plan.
func (fm *formMaker) placeable() []int {
	var all []int
	for i := range fm.items {
		if fm.p.Asks(fm.items[i]) && !fm.alone(i) {
			all = append(all, i)
		}
	}
	return all
}

func (fm *formMaker) alone(i int) bool { return fm.p.Form == fit.FormLoose && fm.p.Alone(fm.items[i]) }

// groups splits items by the document in which they are composed: one for each
// category, or what is cited before the rest where pages become pictures.
func (fm *formMaker) groups(items []int) [][]int {
	by := make([][]int, max(2, len(fm.p.Categories)))
	for _, i := range items {
		it, n := fm.items[i], 0
		switch {
		case fm.p.Form == fit.FormCategories:
			n = fm.p.Slot(it)
		case fm.p.Pictures() && !it.Cited && !it.Required:
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
func (fm *formMaker) part(items []string, step int) Part {
	p := Part{Compact: true, Step: fm.steps[step], PDFA: fm.p.PDFA}
	for _, id := range items {
		if n := fm.number[id]; n > 0 {
			p.Exhibits = append(p.Exhibits, n)
			continue
		}
		for i := range fm.items {
			if fm.items[i].ID == id {
				p.Sections = append(p.Sections, fm.items[i].Section)
			}
		}
	}
	return p
}

func (fm *formMaker) ids(items []int) []string {
	ids := make([]string, len(items))
	for n, i := range items {
		ids[n] = fm.items[i].ID
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
func (fm *formMaker) measureGroup(ctx context.Context, group []int, step int) (measured, error) {
	part := fm.part(fm.ids(group), step)
	if fm.p.Form == fit.FormBundle {
		part = fm.whole()
	}
	flat, err := fm.flat(ctx, part.Exhibits, step, nil)
	if err != nil {
		return measured{}, err
	}
	part.Flat = flat
	begun := map[string]int64{}
	part.Watch = func(item string, written int64) { begun[item] = written }
	var size counter
	out, path := io.Writer(&size), ""
	if fm.p.Pictures() {
		f, err := os.CreateTemp(fm.work, "measure-*.pdf")
		if err != nil {
			return measured{}, err
		}
		defer func() { _ = os.Remove(f.Name()) }()
		defer func() { _ = f.Close() }()
		out, path = f, f.Name()
	}
	buffered := bufio.NewWriterSize(out, 256<<10)
	at, err := composePart(ctx, buffered, fm.env, part)
	if err == nil {
		err = buffered.Flush()
	}
	if err != nil {
		return measured{}, err
	}
	m := measured{sizes: make([]fit.Size, len(group))}
	begins, owned := fm.pagesOf(group, at)
	for n := range group {
		m.sizes[n].Pages = owned[n]
	}
	if fm.p.Pictures() {
		err = fm.measurePictures(ctx, &m, path, at.Pages, step, begins)
	} else {
		fm.measureBytes(&m, group, begun, size.n)
	}
	fm.gridPages(&m, group, step, begins)
	return m, err
}

// pagesOf says on which page each item begins, from 0, and how many pages it is
// the first on. What begins on a page where another begins already owns the
// pages after it.
func (fm *formMaker) pagesOf(group []int, at pageMap) (begins, owned []int) {
	begins, owned = make([]int, len(group)), make([]int, len(group))
	owner := make([]int, at.Pages)
	for page := range owner {
		owner[page] = -1
	}
	for n, i := range group {
		it := &fm.items[i]
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
func (fm *formMaker) measureBytes(m *measured, group []int, begun map[string]int64, total int64) {
	left := total
	for n, i := range group {
		from, ok := begun[fm.items[i].ID]
		if !ok {
			continue
		}
		to := begun[""]
		for _, k := range group[n+1:] {
			if next, ok := begun[fm.items[k].ID]; ok {
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
func (fm *formMaker) gridPages(m *measured, group []int, step int, begins []int) {
	if fm.steps[step].PerPage <= 1 {
		return
	}
	sum, share := map[int]int64{}, map[int]int{}
	for n, i := range group {
		if fm.items[i].Media != fit.MediaPages {
			sum[begins[n]] += m.sizes[n].Bytes
			share[begins[n]]++
		}
	}
	for n, i := range group {
		if fm.items[i].Media != fit.MediaPages && fm.items[i].Exhibit > 0 {
			m.sizes[n].Pages = 1
			if fm.p.Pictures() {
				m.sizes[n].Bytes = sum[begins[n]] / int64(share[begins[n]])
			}
		}
	}
}

// measurePictures makes a picture of each page, unless they are more than the
// form takes anyway.
func (fm *formMaker) measurePictures(ctx context.Context, m *measured, path string, count, step int, begins []int) error {
	per := max(1, fm.steps[step].PerPicture)
	if most := fm.p.Max(fit.LimitFiles); most > 0 && int64((count+per-1)/per) > most {
		return nil
	}
	bytes := make([]int64, count)
	err := fm.eachPage(ctx, path, step, func(n int, img image.Image) error {
		var c counter
		_, err := fm.encodePage(&c, img, step)
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

// workPath is the path of a file on the way.
func (fm *formMaker) workPath(name string) string { return filepath.Join(fm.work, name) }
