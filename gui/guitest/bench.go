package guitest

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/clip"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Bench is a window with the parts of a room, and what they asked of it.
type Bench struct {
	*show.Env
	Fake   *Fake // nil on a real desk
	Window fyne.Window
	Went   []route.Route // where the window was to go
}

var theApp = sync.OnceValue(func() fyne.App {
	program := test.NewApp()
	program.Settings().SetTheme(look.Theme{Mode: look.Light})
	return program
})

// Program is the one program of a package's tests, with the window's theme:
// to make one anew costs as much as many tests.
func Program(t *testing.T) fyne.App {
	t.Helper()
	p := theApp()
	p.Clipboard().SetContent("")
	t.Cleanup(kit.Inline())
	return p
}

// New makes a bench on a fake desk, in a language.
func New(t *testing.T, language string) *Bench {
	t.Helper()
	f := newFake()
	b := NewOn(t, language, f, func() time.Time { return Now })
	b.Fake = f
	b.Shops = func() []data.Shop { return []data.Shop{f.Orders[11].Order.Shop} }
	return b
}

// NewOn makes a bench on any desk.
func NewOn(t *testing.T, language string, d show.Desk, now func() time.Time) *Bench {
	t.Helper()
	p := Program(t)
	words.Set(language)
	t.Cleanup(func() { words.Set(words.English) })
	b := &Bench{Window: p.NewWindow("")}
	t.Cleanup(b.Window.Close)
	b.Window.SetContent(container.NewStack())
	ui := kit.NewUI(b.Window)
	ui.Now = now
	b.Env = &show.Env{
		UI: ui, Desk: d, Shops: func() []data.Shop { return nil }, Shop: func() int64 { return 0 },
		Open:        func(to route.Route) { b.Went = append(b.Went, to) },
		ChooseFiles: func(string, []string, func([]string)) {}, ChooseDir: func(string, string, func(string)) {},
		SaveFile: func(string, string, func(string)) {}, OpenPath: func(string) {}, ShowDir: func(string) {},
		UndoChanged: func() {},
		Clipboard:   Holds(clip.Content{}), Documents: func() string { return "" },
	}
	return b
}

// Blank makes the window as large as a small screen, with nothing in it.
func (b *Bench) Blank() {
	b.Window.SetContent(b.UI.Frame(widget.NewLabel("")))
	b.Window.Resize(fyne.NewSize(1366, 768))
}

// Show puts a screen into the window and loads it.
func (b *Bench) Show(s interface {
	Content() fyne.CanvasObject
	Reload()
},
) {
	b.Window.SetContent(b.UI.Frame(s.Content()))
	b.Window.Resize(fyne.NewSize(1366, 720))
	s.Reload()
}

// Texts lists every text on the window that is not hidden.
func (b *Bench) Texts() []string { return texts(b.Window) }

// texts lists every text on a window that is not hidden.
func texts(w fyne.Window) []string {
	all := TextsOf(w.Content())
	for _, o := range w.Canvas().Overlays().List() {
		all = append(all, TextsOf(o)...)
	}
	return all
}

// TextsOf lists every text on an object that is not hidden.
func TextsOf(of fyne.CanvasObject) []string {
	var all []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch x := o.(type) {
		case *canvas.Text:
			all = append(all, x.Text)
		case *fyne.Container:
			for _, child := range x.Objects {
				walk(child)
			}
		case *widget.RichText:
			all = append(all, x.String())
		case *kit.Para:
			all = append(all, x.String())
		case *kit.Button:
			all = append(all, x.Text)
		case *widget.Select:
			all = append(all, append(slices.Clone(x.Options), x.PlaceHolder)...)
		case *widget.Entry:
			all = append(all, x.Text, x.PlaceHolder)
		case *kit.Parts: // also those that are not in view
			for i, part := range x.All {
				if i != x.SelectedIndex() {
					walk(part.Content)
				}
			}
			for _, child := range test.WidgetRenderer(x).Objects() {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(x).Objects() {
				walk(child)
			}
		}
	}
	walk(of)
	return all
}

var RawKey = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]+)+$`)

// NoRawKeys fails where a key of the words stands on the screen.
func (b *Bench) NoRawKeys(t *testing.T) {
	t.Helper()
	for _, text := range b.Texts() {
		for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ·\n,", r) }) {
			if RawKey.MatchString(part) && !strings.HasSuffix(part, ".png") && !strings.HasSuffix(part, ".pdf") && !strings.HasSuffix(part, ".zip") && !strings.HasSuffix(part, ".html") && !strings.HasSuffix(part, ".com") {
				t.Errorf("an untranslated key is on the screen: %q", part)
			}
		}
	}
}

// Shows fails where one of some texts is not on the screen, however its lines
// are broken.
func (b *Bench) Shows(t *testing.T, want ...string) {
	t.Helper()
	all := b.Texts()
	line := strings.Join(strings.Fields(strings.Join(all, "\n")), " ")
	for _, w := range want {
		if !strings.Contains(line, strings.Join(strings.Fields(w), " ")) {
			t.Errorf("the screen does not show %q; it shows:\n%s", w, strings.Join(all, "\n"))
		}
	}
}

// Hides fails where one of some texts is on the screen.
func (b *Bench) Hides(t *testing.T, gone ...string) {
	t.Helper()
	all := b.Texts()
	for _, w := range gone {
		if strings.Contains(strings.Join(all, "\n"), w) {
			t.Errorf("the screen still shows %q:\n%s", w, strings.Join(all, "\n"))
		}
	}
}

// Live lists the words of the buttons that can be pressed.
func (b *Bench) Live() []string {
	var live []string
	for _, one := range Find[*kit.Button](b) {
		if !one.Disabled() {
			live = append(live, one.Text)
		}
	}
	return live
}

// Press taps the visible button with a text, wherever on the window it is.
func (b *Bench) Press(t *testing.T, text string) {
	t.Helper()
	found := Find[*kit.Button](b) // test.LaidOutObjects would make renderers anew, and labels would show their old text
	for i := len(found) - 1; i >= 0; i-- {
		if found[i].Text == text {
			test.Tap(found[i])
			return
		}
	}
	t.Fatalf("there is no button %q", text)
}

// TapFirst taps the first button with these words that is in view.
func (b *Bench) TapFirst(t *testing.T, text string) {
	t.Helper()
	var found []*kit.Button
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch x := o.(type) {
		case *kit.Button:
			if x.Text == text {
				found = append(found, x)
			}
		case *kit.KeyButton:
			if x.Text == text {
				found = append(found, &x.Button)
			}
		case *fyne.Container:
			for _, child := range x.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(x).Objects() {
				walk(child)
			}
		}
	}
	if over := b.Window.Canvas().Overlays().Top(); over != nil {
		walk(over)
	} else {
		walk(b.Window.Content())
	}
	if len(found) == 0 {
		t.Fatalf("there is no button %q", text)
	}
	test.Tap(found[0])
}

// NoKeysOf fails where a key of some of the words' groups stands in a text of
// the screen.
func (b *Bench) NoKeysOf(t *testing.T, groups ...string) {
	t.Helper()
	key := regexp.MustCompile(`\b(` + strings.Join(groups, "|") + `)\.[a-z_]+(\.[a-z_]+)*\b`)
	if found := key.FindString(strings.Join(b.Texts(), "\n")); found != "" {
		t.Errorf("an untranslated key is on the screen: %s", found)
	}
}

// Find lists the visible objects of a type on the window and over it.
func Find[T fyne.CanvasObject](b *Bench) []T {
	var found []T
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		if one, ok := o.(T); ok {
			found = append(found, one)
		}
		if b, ok := o.(*kit.KeyButton); ok { // found by tests as the button that it is
			if one, ok := any(&b.Button).(T); ok {
				found = append(found, one)
			}
		}
		switch x := o.(type) {
		case *fyne.Container:
			for _, child := range x.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(x).Objects() {
				walk(child)
			}
		}
	}
	walk(b.Window.Content())
	for _, o := range b.Window.Canvas().Overlays().List() {
		walk(o)
	}
	return found
}

// Search types into the search field with a placeholder and does not wait.
func (b *Bench) Search(t *testing.T, placeholder, text string) {
	t.Helper()
	for _, s := range Find[*kit.Search](b) {
		if s.PlaceHolder == placeholder {
			s.SetText(text)
			s.Flush()
			return
		}
	}
	t.Fatalf("there is no search field %q", placeholder)
}

// Holds is a clipboard that holds something.
func Holds(c clip.Content) func(func(clip.Content, error)) {
	return func(then func(clip.Content, error)) { then(c, nil) }
}
