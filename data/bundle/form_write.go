package bundle

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"io"
	"os"
	"path/filepath"
	"slices"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/pages"
)

// A formDoc is a document that is composed for the form, to be handed in or to
// become pictures.
type formDoc struct {
	file  fit.File
	items []string
	part  Part
	at    pageMap
	path  string
}

// A made file lies in the scratch folder until all are made and named.
type madeFile struct {
	fit.File
	path     string
	exhibits []int
}

// write makes the files of a plan in a folder, and gives the plan as they are:
// with their true sizes and pages, whether they fit or not.
func (fm *formMaker) write(ctx context.Context, plan fit.Plan, folder string) (fit.Plan, []FormFile, error) {
	made, err := fm.composeFiles(ctx, plan)
	if err != nil {
		return plan, nil, err
	}
	for _, f := range plan.Files {
		if !f.Loose {
			continue
		}
		one, err := fm.looseFile(ctx, f)
		if err != nil {
			return plan, nil, err
		}
		made = append(made, one)
	}
	plan.Files = make([]fit.File, len(made))
	for i, m := range made {
		plan.Files[i] = m.File
	}
	fm.p.Number(plan.Files)
	files := make([]FormFile, len(made))
	for i, m := range made {
		f := &plan.Files[i]
		files[i] = FormFile{Name: f.Name, Slot: f.Category, First: f.First, Pages: f.Pages, Exhibits: m.exhibits, Originals: fm.originals(m.exhibits)}
		if files[i].Size, files[i].SHA256, err = fm.fingerprint(m.path); err != nil {
			return plan, nil, err
		}
		f.Bytes = files[i].Size
		if err := os.Rename(m.path, filepath.Join(folder, f.Name)); err != nil {
			return plan, nil, err
		}
		if fm.opts.Progress != nil {
			fm.opts.Progress(Progress{StepForm, int64(i + 1), int64(len(made))})
		}
	}
	return fm.p.Remeter(plan, fm.items, fm.extra), files, ctx.Err()
}

// originals are the fingerprints of exhibits, each once.
func (fm *formMaker) originals(exhibits []int) []string {
	var sums []string
	for _, n := range exhibits {
		if sum := fm.placed[n-1].Exhibit.SHA256; !slices.Contains(sums, sum) {
			sums = append(sums, sum)
		}
	}
	return sums
}

// fingerprint reads a file again as it lies on the disk.
func (fm *formMaker) fingerprint(path string) (int64, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return n, hex.EncodeToString(h.Sum(nil)), err
}

// composeFiles composes what is not a file of its own.
func (fm *formMaker) composeFiles(ctx context.Context, plan fit.Plan) ([]madeFile, error) {
	docs := fm.docs(plan)
	for _, d := range docs {
		var err error
		if d.part.Flat, err = fm.flat(ctx, d.part.Exhibits, plan.Step, d.part.Spans); err != nil {
			return nil, err
		}
	}
	if err := fm.compose(ctx, docs); err != nil {
		return nil, err
	}
	fm.shown = pageMap{Dests: map[string]int{}}
	for _, d := range docs {
		for dest, page := range d.at.Dests {
			if fm.shown.Dests[dest] == 0 {
				fm.shown.Dests[dest] = page
			}
		}
		fm.shown.Rejected = append(fm.shown.Rejected, d.at.Rejected...)
	}
	if fm.p.Pictures() {
		return fm.pictures(ctx, docs, plan.Step)
	}
	made := make([]madeFile, len(docs))
	for i, d := range docs {
		m := madeFile{File: d.file, path: d.path, exhibits: d.part.Exhibits}
		m.Pages = d.at.Pages
		made[i] = m
	}
	return made, nil
}

// docs are the documents of a plan: each of its files, or where pages become
// pictures one for what is cited and one for the rest.
func (fm *formMaker) docs(plan fit.Plan) []*formDoc {
	var docs []*formDoc
	placed := map[string]bool{}
	for _, f := range plan.Files {
		if f.Loose {
			continue
		}
		for _, id := range f.Items {
			placed[id] = true
		}
		if !fm.p.Pictures() {
			d := &formDoc{file: f, items: f.Items, part: fm.part(f.Items, plan.Step)}
			d.part.Spans = fm.spans(plan, f)
			docs = append(docs, d)
		}
	}
	if !fm.p.Pictures() {
		return docs
	}
	var all []int
	for i := range fm.items {
		if placed[fm.items[i].ID] {
			all = append(all, i)
		}
	}
	for _, group := range fm.groups(all) {
		ids := fm.ids(group)
		docs = append(docs, &formDoc{items: ids, part: fm.part(ids, plan.Step)})
	}
	return docs
}

// spans are the pages of the documents that go on in another file. The last of
// them goes to the document's end, whatever was counted.
func (fm *formMaker) spans(plan fit.Plan, f fit.File) map[int]span {
	if len(f.Spans) == 0 {
		return nil
	}
	last := map[string]int{}
	for _, other := range plan.Files {
		for _, s := range other.Spans {
			last[s.Item] = max(last[s.Item], s.To)
		}
	}
	all := map[int]span{}
	for _, s := range f.Spans {
		to := s.To
		if to == last[s.Item] {
			to = pages.MaxPages
		}
		all[fm.number[s.Item]] = span{s.From, to}
	}
	return all
}

// compose writes documents whose pages run on. Where there are several, all are
// composed once to learn their pages, so that citations find the others.
func (fm *formMaker) compose(ctx context.Context, docs []*formDoc) error {
	if len(docs) > 1 {
		next := 1
		for _, d := range docs {
			d.part.First = next
			at, err := composePart(ctx, io.Discard, fm.env, d.part)
			if err != nil {
				return err
			}
			d.at = at
			next += at.Pages
		}
		for _, d := range docs {
			d.part.Total = next - 1
			d.part.Elsewhere = map[string]int{}
			for _, other := range docs {
				for dest, page := range other.at.Dests {
					if _, here := d.at.Dests[dest]; !here && other != d && d.part.Elsewhere[dest] == 0 {
						d.part.Elsewhere[dest] = page
					}
				}
			}
		}
	}
	for i, d := range docs {
		d.path = fm.workPath("document-" + itoa(i+1) + ".pdf")
		if err := fm.composeTo(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (fm *formMaker) composeTo(ctx context.Context, d *formDoc) error {
	f, err := os.Create(d.path)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 256<<10)
	d.at, err = composePart(ctx, out, fm.env, d.part)
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// pictures makes pictures of the pages of documents, so many pages in each.
func (fm *formMaker) pictures(ctx context.Context, docs []*formDoc, step int) ([]madeFile, error) {
	per := max(1, fm.steps[step].PerPicture)
	var made []madeFile
	var batch []image.Image
	var now madeFile
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		var out bytes.Buffer
		kind, err := fm.encodePage(&out, beside(batch), step)
		if err != nil {
			return err
		}
		now.Type, now.Step, now.Pages = kind, step, len(batch)
		now.path = fm.workPath("picture-" + itoa(len(made)+1))
		made = append(made, now)
		batch, now = nil, madeFile{}
		return os.WriteFile(made[len(made)-1].path, out.Bytes(), 0o644)
	}
	for _, d := range docs {
		on := fm.itemsByPage(d)
		err := fm.eachPage(ctx, d.path, step, func(n int, img image.Image) error {
			batch = append(batch, img)
			for _, id := range on[n-1] {
				if slices.Contains(now.Items, id) {
					continue
				}
				now.Items = append(now.Items, id)
				if x := fm.number[id]; x > 0 {
					now.exhibits = append(now.exhibits, x)
				}
			}
			if len(batch) == per {
				return flush()
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return made, flush()
}

// itemsByPage lists for each page of a document what stands on it.
func (fm *formMaker) itemsByPage(d *formDoc) [][]string {
	on := make([][]string, d.at.Pages)
	first := func(id string) int {
		page := d.at.Sections[data.Section(id[len(sectionItem("")):])]
		if n := fm.number[id]; n > 0 {
			page = d.at.Exhibits[n].First
		}
		return min(max(page-max(d.part.First, 1), 0), d.at.Pages-1)
	}
	for i, id := range d.items {
		from, to := first(id), d.at.Pages-1
		if i == 0 {
			from = 0 // the head of the document goes before it
		}
		if i+1 < len(d.items) {
			to = max(from, first(d.items[i+1])-1)
		}
		if n := fm.number[id]; n > 0 {
			to = min(max(d.at.Exhibits[n].Last-max(d.part.First, 1), from), d.at.Pages-1)
		}
		for page := from; page <= to; page++ {
			on[page] = append(on[page], id)
		}
	}
	return on
}

// beside puts pages into one picture: two side by side, four in a square.
func beside(pages []image.Image) image.Image {
	if len(pages) == 1 {
		return pages[0]
	}
	const gap = 6
	width, height := 0, 0
	for _, p := range pages {
		width, height = max(width, p.Bounds().Dx()), max(height, p.Bounds().Dy())
	}
	rows := (len(pages) + 1) / 2
	out := image.NewRGBA(image.Rect(0, 0, 2*width+gap, rows*height+(rows-1)*gap))
	draw.Draw(out, out.Bounds(), image.Black, image.Point{}, draw.Src) // a line between the pages
	for i, p := range pages {
		at := image.Pt(i%2*(width+gap), i/2*(height+gap))
		cell := image.Rectangle{Min: at, Max: at.Add(image.Pt(width, height))}
		draw.Draw(out, cell, image.White, image.Point{}, draw.Src)
		draw.Draw(out, cell, p, p.Bounds().Min, draw.Src)
	}
	if len(pages)%2 == 1 {
		draw.Draw(out, image.Rect(width+gap, (rows-1)*(height+gap), out.Bounds().Dx(), out.Bounds().Dy()), image.White, image.Point{}, draw.Src)
	}
	return out
}

// looseFile makes the file of one photo, film or other original.
func (fm *formMaker) looseFile(ctx context.Context, f fit.File) (madeFile, error) {
	n := fm.number[f.Items[0]]
	m := madeFile{File: f, path: fm.workPath("loose-" + itoa(n)), exhibits: []int{n}}
	var it *fit.Item
	for i := range fm.items {
		if fm.items[i].ID == f.Items[0] {
			it = &fm.items[i]
		}
	}
	if it.Media != fit.MediaPhoto || fm.keepsOriginal(it, fm.steps[f.Step]) {
		return m, fm.copyOriginal(ctx, n, m.path)
	}
	raw, err := fm.photoCopy(ctx, n, f.Step)
	if err != nil {
		return m, err
	}
	if m.Type = "jpg"; bytes.HasPrefix(raw, []byte("\x89PNG")) {
		m.Type = "png"
	}
	return m, os.WriteFile(m.path, raw, 0o644)
}

// copyOriginal copies the file of an exhibit and hashes it on the way.
func (fm *formMaker) copyOriginal(ctx context.Context, n int, path string) error {
	x := &fm.placed[n-1]
	f, _, err := fm.open.OpenOriginal(ctx, x.Exhibit.SHA256)
	if err != nil {
		return originalProblem(x, err)
	}
	defer func() { _ = f.Close() }()
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, h), &canceling{ctx, f})
	if err = errors.Join(err, out.Close()); err != nil {
		return err
	}
	if sum := hex.EncodeToString(h.Sum(nil)); sum != x.Exhibit.SHA256 {
		return originalProblem(x, fmt.Errorf("its SHA-256 is %s", sum))
	}
	return nil
}

// canceling reads until a context is done.
type canceling struct {
	ctx context.Context
	r   io.Reader
}

func (c *canceling) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
