package kit

import (
	"image/color"
	"strings"
	"sync"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"casebinder/gui/look"
)

// Role says what a text means. Danger, Warn and Good are for urgency alone and
// stand beside a word or a sign that says the same.
type Role int

// The roles of a text.
const (
	Plain Role = iota
	Muted
	Danger
	Warn
	Good
	Link
)

// ink is the color of a role's text.
func (r Role) ink() color.Color {
	switch r {
	case Muted:
		return look.Color(look.Muted)
	case Danger:
		return look.Color(look.Red)
	case Warn:
		return look.Color(look.Amber)
	case Good:
		return look.Color(look.Green)
	case Link:
		return look.Color(theme.ColorNamePrimary)
	}
	return look.Color(theme.ColorNameForeground)
}

// wash is the color behind a badge of this role.
func (r Role) wash() color.Color {
	switch r {
	case Danger:
		return look.Color(look.RedWash)
	case Warn:
		return look.Color(look.AmbWash)
	case Good:
		return look.Color(look.GrnWash)
	}
	return look.Color(look.RowDim)
}

// Ink is the color of a role's text.
func (r Role) Ink() color.Color { return r.ink() }

// Wash is the color behind a badge of a role.
func (r Role) Wash() color.Color { return r.wash() }

// Fit cuts a text with an ellipsis so that it is at most width wide. Lines are
// joined into one.
func Fit(text string, width float32, bold bool) string { return fit(text, width, bold) }

// fitted remembers how texts were cut, as measuring is the dear part of
// drawing a table.
var fitted struct {
	sync.Mutex
	known map[fitKey]string
}

type fitKey struct {
	text  string
	width int
	bold  bool
}

// fit cuts a text with an ellipsis so that it is at most width wide. Lines are
// joined into one.
func fit(text string, width float32, bold bool) string {
	if text == "" || width <= 0 {
		return ""
	}
	key := fitKey{text, int(width), bold}
	fitted.Lock()
	defer fitted.Unlock()
	if cut, ok := fitted.known[key]; ok {
		return cut
	}
	if len(fitted.known) > 20_000 || fitted.known == nil {
		fitted.known = make(map[fitKey]string, 1024)
	}
	cut := Visual(cutToFit(text, width, bold))
	fitted.known[key] = cut
	return cut
}

// isCut reports whether a text is shown in part: fit cuts it.
func isCut(text string, width float32, bold bool) bool {
	return fit(text, width, bold) != Visual(oneLine(text))
}

func cutToFit(text string, width float32, bold bool) string {
	line := oneLine(text)
	runes := []rune(line)
	if len(runes) > 400 { // more fits into no cell
		runes = runes[:400]
	}
	if len(runes) == len([]rune(line)) && textWidth(line, bold) <= width {
		return line
	}
	low, high := 0, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		if textWidth(string(runes[:middle])+"…", bold) <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}

// oneLine joins lines and drops what would break a line.
func oneLine(text string) string {
	if !strings.ContainsAny(text, "\n\r\t") {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

func textWidth(text string, bold bool) float32 {
	return textSize(text, look.Text, bold)
}

// NewText is one line of text in a role and size (look.Text, look.Small or
// look.Heading) that follows the theme when it is refreshed by its parent.
func NewText(text string, role Role, size float32, bold bool) *canvas.Text {
	t := canvas.NewText(Visual(text), role.ink())
	t.TextSize = size
	t.TextStyle.Bold = bold
	return t
}
