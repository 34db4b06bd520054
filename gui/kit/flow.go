package kit

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/segmenter"
	xbidi "golang.org/x/text/unicode/bidi"
)

// flowMost is how many runes of a text are laid out; a chat message is never as
// long, and a pasted book would hold the window up.
const flowMost = 20_000

// A FlowPiece is a stretch of text of one direction, at its place in a line.
type FlowPiece struct {
	Text string
	X, W float32
}

// A FlowLine is a line as a reader sees it: its pieces from left to right.
type FlowLine struct{ Pieces []FlowPiece }

// BreakLines breaks a text into lines for a width, where its script breaks them,
// and puts the stretches of each line in the order in which they are read: the
// toolkit draws them in the order in which they were written, which tears apart
// Arabic with a number in it. A paragraph that begins in a script that runs from
// the right stands at the right.
func BreakLines(text string, width, size float32, bold bool) []FlowLine {
	var lines []FlowLine
	f := flower{width: width, size: size, bold: bold}
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(text, "\r", ""), "\n") {
		lines = append(lines, f.paragraph([]rune(strings.ReplaceAll(paragraph, "\t", "    ")))...)
	}
	return lines
}

// Broken is a text with a line break wherever its script breaks lines for a width.
func Broken(text string, width, size float32, bold bool) string {
	f := flower{width: width, size: size, bold: bold}
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		runes := []rune(paragraph)
		for _, part := range f.breaks(runes) {
			lines = append(lines, strings.TrimRight(string(runes[part[0]:part[1]]), " "))
		}
	}
	return strings.Join(lines, "\n")
}

type flower struct {
	width, size float32
	bold        bool
	seg         segmenter.Segmenter
	para        bidi.Paragraph
	levels      []uint8
}

func (f *flower) paragraph(runes []rune) []FlowLine {
	if len(runes) == 0 {
		return []FlowLine{{}}
	}
	if len(runes) > flowMost {
		runes = append(slices.Clone(runes[:flowMost]), '…')
	}
	rtl := startsRight(runes)
	direction := bidi.LeftToRight
	if rtl {
		direction = bidi.RightToLeft
	}
	f.levelsOf(runes, direction)
	var lines []FlowLine
	for _, part := range f.breaks(runes) {
		lines = append(lines, f.line(runes, part[0], part[1], rtl))
	}
	return lines
}

// startsRight reports whether the first letter of a paragraph is of a script that
// runs from the right.
func startsRight(runes []rune) bool {
	for _, r := range runes {
		p, _ := xbidi.LookupRune(r)
		switch p.Class() {
		case xbidi.L:
			return false
		case xbidi.R, xbidi.AL:
			return true
		}
	}
	return false
}

// StartsRight reports whether a text begins in a script that runs from the right.
func StartsRight(text string) bool { return startsRight([]rune(text)) }

// breaks gives the lines of a paragraph as ranges of its runes.
func (f *flower) breaks(runes []rune) [][2]int {
	var lines [][2]int
	start, at, x := 0, 0, float32(0)
	f.seg.Init(runes)
	for words := f.seg.LineIterator(); words.Next(); {
		word := words.Line().Text
		bare := len(strings.TrimRight(string(word), " "))
		w := f.measure(string(word))
		if at > start && x+f.measure(string(word)[:bare]) > f.width {
			lines = append(lines, [2]int{start, at})
			start, x = at, 0
		}
		for x == 0 && w > f.width && len(word) > 1 { // a word wider than the line
			n := f.fitting(word)
			lines = append(lines, [2]int{start, start + n})
			start, at, word = start+n, at+n, word[n:]
			w = f.measure(string(word))
		}
		at += len(word)
		x += w
	}
	return append(lines, [2]int{start, len(runes)})
}

// fitting is how many runes of a word fit into a line, one at least.
func (f *flower) fitting(word []rune) int {
	low, high := 1, len(word)-1
	for low < high {
		middle := (low + high + 1) / 2
		if f.measure(string(word[:middle])) <= f.width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

// line puts the runes of a line into pieces from left to right (UAX 9, L2).
func (f *flower) line(runes []rune, from, to int, rtl bool) FlowLine {
	for to > from && runes[to-1] == ' ' {
		to--
	}
	var line FlowLine
	x := float32(0)
	for _, text := range f.pieces(runes, from, to) {
		w := f.measure(text)
		line.Pieces = append(line.Pieces, FlowPiece{Text: text, X: x, W: w})
		x += w
	}
	if rtl {
		for i := range line.Pieces {
			line.Pieces[i].X += f.width - x
		}
	}
	return line
}

// fromRight gives the words and signs of a stretch that runs from the right, in the
// order in which they stand from left to right. Each is drawn alone: the toolkit
// takes a sign from another font than the word, and would draw it on the wrong side.
func fromRight(runes []rune) []string {
	var parts []string
	for start := 0; start < len(runes); {
		end, word := start+1, inWord(runes[start])
		for word && end < len(runes) && inWord(runes[end]) {
			end++
		}
		part := string(runes[start:end])
		if other, ok := mirrored[runes[start]]; ok {
			part = string(other)
		}
		parts = append(parts, part)
		start = end
	}
	slices.Reverse(parts)
	return parts
}

// inWord reports whether a rune is joined with its neighbors to a word.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || r == 0x0640 }

// mirrored are signs that face the other way in text from the right.
var mirrored = map[rune]rune{
	'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<', '«': '»', '»': '«', '‹': '›', '›': '‹',
}

// isControl tells of marks that steer the direction and have no ink.
func isControl(r rune) bool {
	return r == 0x200E || r == 0x200F || r == 0x061C || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0xFEFF
}

// flowed remembers how wide words are.
var flowed struct {
	sync.Mutex
	known map[flowKey]float32
}

type flowKey struct {
	text string
	size float32
	bold bool
}

func (f *flower) measure(text string) float32 {
	if text == "" {
		return 0
	}
	key := flowKey{text, f.size, f.bold}
	flowed.Lock()
	defer flowed.Unlock()
	if w, ok := flowed.known[key]; ok {
		return w
	}
	if len(flowed.known) > 40_000 || flowed.known == nil {
		flowed.known = make(map[flowKey]float32, 4096)
	}
	w := fyne.MeasureText(text, f.size, fyne.TextStyle{Bold: f.bold}).Width
	flowed.known[key] = w
	return w
}

// lineHeight is the height of a line of a size.
func lineHeight(size float32) float32 { return fyne.MeasureText("Ag", size, fyne.TextStyle{}).Height }

// Flow draws a text in lines that fit its width, scripts from the right included.
type Flow struct {
	widget.BaseWidget
	text  string
	role  Role
	size  float32
	width float32 // for which lines holds
	lines []FlowLine
	texts []fyne.CanvasObject
}

// NewFlow makes one in look.Text or look.Small.
func NewFlow(text string, role Role, size float32) *Flow {
	f := &Flow{text: strings.TrimRight(text, "\n "), role: role, size: size}
	f.ExtendBaseWidget(f)
	return f
}

// SetText changes the words.
func (f *Flow) SetText(text string) {
	f.text, f.lines = strings.TrimRight(text, "\n "), nil
	if f.width > 0 {
		f.HeightFor(f.width)
	}
	f.Refresh()
}

// Text is what it shows.
func (f *Flow) Text() string { return f.text }

// HeightFor lays the text out for a width and gives the height that it takes.
func (f *Flow) HeightFor(width float32) float32 {
	if f.lines == nil || f.width != width {
		f.width, f.lines = width, BreakLines(f.text, width, f.size, false)
		f.texts = nil
	}
	return float32(len(f.lines)) * lineHeight(f.size)
}

// WidthOf is how wide the text is at most, up to a limit.
func (f *Flow) WidthOf(limit float32) float32 {
	f.HeightFor(limit)
	widest := float32(0)
	for _, line := range f.lines {
		w := float32(0)
		for _, p := range line.Pieces {
			w += p.W
		}
		widest = max(widest, w)
	}
	return min(widest+1, limit)
}

// CreateRenderer is for Fyne.
func (f *Flow) CreateRenderer() fyne.WidgetRenderer { return &flowRenderer{f} }

type flowRenderer struct{ f *Flow }

func (r *flowRenderer) Destroy() {}

// MinSize asks for the height that the text took at its last width.
func (r *flowRenderer) MinSize() fyne.Size {
	if r.f.width == 0 {
		return fyne.NewSize(40, lineHeight(r.f.size))
	}
	return fyne.NewSize(40, r.f.HeightFor(r.f.width))
}

func (r *flowRenderer) Objects() []fyne.CanvasObject {
	f := r.f
	if f.texts == nil && f.lines != nil {
		height := lineHeight(f.size)
		for i, line := range f.lines {
			for _, p := range line.Pieces {
				t := canvas.NewText(p.Text, f.role.ink())
				t.TextSize = f.size
				t.Move(fyne.NewPos(p.X, float32(i)*height))
				t.Resize(fyne.NewSize(p.W, height))
				f.texts = append(f.texts, t)
			}
		}
	}
	return f.texts
}

func (r *flowRenderer) Layout(size fyne.Size) {
	if size.Width <= 0 || size.Width == r.f.width {
		return
	}
	before := r.f.HeightFor(r.f.width)
	if r.f.HeightFor(size.Width) != before {
		canvas.Refresh(r.f)
	}
}

func (r *flowRenderer) Refresh() {
	for _, o := range r.Objects() {
		o.(*canvas.Text).Color = r.f.role.ink()
	}
	canvas.Refresh(r.f)
}

// FlowRoom is a layout for one Flow in a scroller: as wide as there is room.
func FlowRoom(f *Flow) *fyne.Container {
	return &fyne.Container{Layout: flowRoom{f}, Objects: []fyne.CanvasObject{f}}
}

type flowRoom struct{ f *Flow }

func (l flowRoom) MinSize([]fyne.CanvasObject) fyne.Size { return l.f.MinSize() }

func (l flowRoom) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.f.HeightFor(size.Width)
	l.f.Move(fyne.NewPos(0, 0))
	l.f.Resize(size)
}
