package pdf

import (
	"bytes"
	"fmt"
	"slices"
)

// A Page is one page of a document. It takes drawing until the next page is
// begun, and once more in [Options.Stamp].
type Page struct {
	doc      *Document
	index    int
	object   int
	content  []byte
	contents []int // streams already written
	fonts    []int // numbers of embedded fonts in use
	xobjects []int // objects of images and forms in use
	links    []link
	initial  bool // the initial graphics state is set on it
}

type link struct {
	x, y, w, h Length
	name       string
}

// Number gives the page's number in the document, from 1. What is printed on it
// begins at [Options.FirstPage] instead, if that is set.
func (p *Page) Number() int { return p.index + 1 }

// begun gives the content to append to. Drawing on a page that is over is a
// mistake of the program, which Close reports.
func (p *Page) begun() bool {
	if p.doc.open != p {
		if p.doc.err == nil {
			p.doc.err = fmt.Errorf("pdf: page %d was drawn on after its end", p.Number())
		}
		return false
	}
	if p.content == nil {
		p.content, p.doc.scratch = p.doc.scratch, nil
	}
	return true
}

// Dest names a height on this page as a place that links may jump to. A name
// that is set again moves.
func (p *Page) Dest(name string, y Length) {
	p.doc.dests[name] = dest{p.index, y}
}

// Link makes an area jump to a named destination, which may be set later.
func (p *Page) Link(x, y, w, h Length, name string) {
	p.doc.wanted[name] = true
	p.links = append(p.links, link{x, y, w, h, name})
}

// Line draws a straight line.
func (p *Page) Line(x1, y1, x2, y2, width Length, c Color) {
	if !p.begun() {
		return
	}
	p.content = appendColor(p.content, p.doc.ink(c))
	p.content = append(p.content, "RG "...)
	p.numbers("w ", width)
	p.numbers("m ", x1, p.doc.height-y1)
	p.numbers("l S\n", x2, p.doc.height-y2)
}

// FillRect fills a rectangle; x, y is its upper left corner.
func (p *Page) FillRect(x, y, w, h Length, c Color) {
	if !p.begun() {
		return
	}
	p.content = appendColor(p.content, p.doc.ink(c))
	p.content = append(p.content, "rg "...)
	p.numbers("re f\n", x, p.doc.height-y-h, w, h)
}

// StrokeRect draws the outline of a rectangle, its line centered on the edge.
func (p *Page) StrokeRect(x, y, w, h, width Length, c Color) {
	if !p.begun() {
		return
	}
	p.content = appendColor(p.content, p.doc.ink(c))
	p.content = append(p.content, "RG "...)
	p.numbers("w ", width)
	p.numbers("re S\n", x, p.doc.height-y-h, w, h)
}

// DrawText draws all lines of a text, its upper left corner at x, y.
func (p *Page) DrawText(t *Text, x, y Length) { p.DrawLines(t, 0, len(t.lines), x, y) }

// DrawLines draws the lines from <= i < to, the first one's upper left corner at
// x, y, with the links in them. It gives the height that they take.
func (p *Page) DrawLines(t *Text, from, to int, x, y Length) Length {
	top := y
	for i := range t.lines[from:to] {
		line := &t.lines[from+i]
		for j := range line.runs {
			p.drawRun(t, &line.runs[j], x, y+line.baseline)
			if run := &line.runs[j]; run.link != "" {
				p.Link(x+run.x, y, run.width, line.height, run.link)
			}
		}
		y += line.height
	}
	return y - top
}

// drawRun draws a run with its origin on a baseline.
func (p *Page) drawRun(t *Text, run *textRun, x, y Length) {
	if len(run.clusters) == 0 || !p.begun() {
		return
	}
	b := append(p.content, "BT "...)
	b = append(appendColor(b, p.doc.ink(run.style.Color)), "rg "...)
	if run.stroke {
		b = append(appendColor(b, p.doc.ink(run.style.Color)), "RG "...)
		b = append(appendLength(b, run.style.size()/28), " w 2 Tr "...)
	}
	p.content = b
	p.numbers("Tm ", 1000, 0, 0, 1000, x+run.x, p.doc.height-y)
	p.showClusters(t, run)
	if run.stroke {
		p.content = append(p.content, "0 Tr "...)
	}
	p.content = append(p.content, "ET\n"...)
}

// showClusters writes the codes of a run, with corrections where a cluster is
// wider or narrower than its glyph, as kerning makes it.
func (p *Page) showClusters(t *Text, run *textRun) {
	current := -1
	for i := range run.clusters {
		c := &run.clusters[i]
		font, cid, width := p.doc.fonts.code(p.doc, t, run.face, c)
		if font != current {
			if current >= 0 {
				p.content = append(p.content, ">]TJ "...)
			}
			p.useFont(font)
			p.content = append(p.content, "/F"...)
			p.content = append(appendInt(p.content, font), ' ')
			p.numbers("Tf [<", run.style.size())
			current = font
		}
		p.content = appendHex16(p.content, cid)
		if diff := width - int(c.advance); diff != 0 {
			p.content = append(p.content, '>')
			p.content = append(appendInt(p.content, diff), '<')
		}
	}
	p.content = append(p.content, ">]TJ "...)
}

// DrawImage draws a picture upright into a box; x, y is the box's upper left
// corner. The caller keeps the proportions, see [Fit].
func (p *Page) DrawImage(img *Image, x, y, w, h Length) {
	if !p.begun() {
		return
	}
	p.content = append(p.content, "q "...)
	p.numbers("cm /X", p.turned(img.Orientation, x, y, w, h)...)
	p.content = append(appendInt(p.content, img.object), " Do Q\n"...)
	p.useXObject(img.object)
}

// DrawImagePart draws, of a picture that is w by h in all, the part between two
// heights, from its upper edge; the part's upper left corner is at x, y. The
// picture is in the document once, however many parts of it are drawn.
func (p *Page) DrawImagePart(img *Image, x, y, w, h, from, to Length) {
	if !p.begun() {
		return
	}
	p.content = append(p.content, "q "...)
	p.numbers("re W n ", x, p.doc.height-y-(to-from), w, to-from)
	p.numbers("cm /X", p.turned(img.Orientation, x, y-from, w, h)...)
	p.content = append(appendInt(p.content, img.object), " Do Q\n"...)
	p.useXObject(img.object)
}

// turned gives the matrix that draws the unit square upright into a box, when
// what is in it lies as an orientation says.
func (p *Page) turned(o Orientation, x, y, w, h Length) []Length {
	left, bottom := x, p.doc.height-y-h
	switch o {
	case 2:
		return []Length{-w, 0, 0, h, left + w, bottom}
	case 3:
		return []Length{-w, 0, 0, -h, left + w, bottom + h}
	case 4:
		return []Length{w, 0, 0, -h, left, bottom + h}
	case 5:
		return []Length{0, -h, -w, 0, left + w, bottom + h}
	case 6:
		return []Length{0, -h, w, 0, left, bottom + h}
	case 7:
		return []Length{0, h, w, 0, left, bottom}
	case 8:
		return []Length{0, h, -w, 0, left + w, bottom}
	}
	return []Length{w, 0, 0, h, left, bottom}
}

// Fit gives the largest size of the same proportions that fits a box, for
// anything of width by height.
func Fit(width, height int, boxW, boxH Length) (w, h Length) {
	if width <= 0 || height <= 0 {
		return 0, 0
	}
	if w = boxH * Length(width) / Length(height); w <= boxW {
		return w, boxH
	}
	return boxW, boxW * Length(height) / Length(width)
}

func (p *Page) useXObject(object int) {
	if !slices.Contains(p.xobjects, object) {
		p.xobjects = append(p.xobjects, object)
	}
}

func (p *Page) useFont(n int) {
	if !slices.Contains(p.fonts, n) {
		p.fonts = append(p.fonts, n)
	}
}

// numbers appends lengths and what follows them.
func (p *Page) numbers(then string, values ...Length) {
	for _, v := range values {
		p.content = append(appendLength(p.content, v), ' ')
	}
	p.content = append(p.content, then...)
}

// write writes the page object.
func (p *Page) write(parent int) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<</Type/Page/Parent %d 0 R/Resources<<", parent)
	if len(p.fonts) > 0 {
		b.WriteString("/Font<<")
		for _, n := range p.fonts {
			fmt.Fprintf(&b, "/F%d %d 0 R", n, p.doc.fonts.embedded[n].object)
		}
		b.WriteString(">>")
	}
	if len(p.xobjects) > 0 {
		b.WriteString("/XObject<<")
		for _, object := range p.xobjects {
			fmt.Fprintf(&b, "/X%d %d 0 R", object, object)
		}
		b.WriteString(">>")
	}
	if p.initial {
		b.WriteString("/ExtGState<</I" + initialParameters + ">>")
	}
	b.WriteString(">>/Contents[")
	for _, c := range p.contents {
		fmt.Fprintf(&b, "%d 0 R ", c)
	}
	b.WriteString("]")
	if len(p.links) > 0 {
		b.WriteString("/Annots[")
		for _, l := range p.links {
			fmt.Fprintf(&b, "<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect[%s %s %s %s]/Dest%s>>\n", appendLength(nil, l.x),
				appendLength(nil, p.doc.height-l.y-l.h), appendLength(nil, l.x+l.w), appendLength(nil, p.doc.height-l.y), hexString(l.name))
		}
		b.WriteString("]")
	}
	b.WriteString(">>")
	p.doc.object(p.object, "%s", b.Bytes())
}
