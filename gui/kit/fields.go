package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// searchWait is the pause after which a search begins. An input method writes
// several runes at once and takes some back: a pause lets it finish.
const searchWait = 150 * time.Millisecond

func copiedWords() string { return words.T("toast.copied") }

// typed hands a shortcut that a widget does not use on to the window.
func (u *UI) typed(s fyne.Shortcut) {
	if c, ok := u.Window.Canvas().(interface{ TypedShortcut(fyne.Shortcut) }); ok {
		c.TypedShortcut(s)
	}
}

// Entry is a text field in which Enter, Escape and Backspace do nothing but
// what the input method wants: none of them submits or clears.
type Entry struct {
	widget.Entry
	ui    *UI
	seeks bool // what is typed looks for something and is no loss
	// Escaped hears that Escape was pressed in the field; may be nil.
	Escaped func()
	// Shortcut hears shortcuts before the field does and reports whether it used
	// them; may be nil.
	Shortcut func(*desktop.CustomShortcut) bool
}

// NewEntry makes a field of one line.
func NewEntry(u *UI) *Entry {
	e := &Entry{ui: u}
	e.ExtendBaseWidget(e)
	return e
}

// NewTextArea makes a field of several lines, rows high.
func NewTextArea(u *UI, rows int) *Entry {
	e := &Entry{ui: u}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(rows)
	e.ExtendBaseWidget(e)
	return e
}

// AcceptsTab is for Fyne: Tab goes on to the next field, also from one of several
// lines. Nobody could leave that by keys otherwise.
func (e *Entry) AcceptsTab() bool { return false }

// TypedRune is for Fyne.
func (e *Entry) TypedRune(r rune) {
	defer e.noteTyped(e.Text)
	e.Entry.TypedRune(r)
}

// noteTyped tells the sheet in which the field stands that a person typed, when
// the text is another than before.
func (e *Entry) noteTyped(before string) {
	if !e.seeks && e.Text != before {
		e.ui.noteTyped()
	}
}

// TypedShortcut hands shortcuts that are not for editing on to the window.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if custom, ok := s.(*desktop.CustomShortcut); ok {
		if e.Shortcut != nil && e.Shortcut(custom) {
			return
		}
		switch custom.KeyName {
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyBackspace, fyne.KeyDelete:
		default:
			e.ui.typed(s)
			return
		}
	}
	defer e.noteTyped(e.Text)
	e.Entry.TypedShortcut(s)
}

// TypedKey hands function keys on to the window.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && e.Escaped != nil {
		e.Escaped()
		return
	}
	if !e.ui.key(k.Name) {
		defer e.noteTyped(e.Text)
		e.Entry.TypedKey(k)
	}
}

// Search is a field that looks for what is typed, after a short pause.
type Search struct {
	Entry
	timer   *time.Timer
	changed func(text string)
	said    string
	// Key hears keys before the field does and reports whether it used them;
	// may be nil.
	Key func(fyne.KeyName) bool
	// Pasted hears that the text was pasted; may be nil.
	Pasted func()
}

// NewSearch makes a search field; changed hears the trimmed text on the main
// goroutine.
func NewSearch(u *UI, placeholder string, changed func(text string)) *Search {
	s := &Search{changed: changed}
	s.ui, s.seeks = u, true
	s.PlaceHolder = placeholder
	s.ExtendBaseWidget(s)
	s.OnChanged = func(string) { s.wait() }
	return s
}

// TypedKey is for Fyne.
func (s *Search) TypedKey(e *fyne.KeyEvent) {
	if s.Key == nil || !s.Key(e.Name) {
		s.Entry.TypedKey(e)
	}
}

// TypedShortcut is for Fyne.
func (s *Search) TypedShortcut(shortcut fyne.Shortcut) {
	if _, paste := shortcut.(*fyne.ShortcutPaste); paste && s.Pasted != nil {
		s.Pasted()
	}
	s.Entry.TypedShortcut(shortcut)
}

func (s *Search) wait() {
	if s.timer != nil {
		s.timer.Stop()
	}
	s.timer = after(searchWait, s.Flush)
}

// Flush looks at once for what stands in the field.
func (s *Search) Flush() {
	text := strings.TrimSpace(s.Text)
	if text == s.said {
		return
	}
	s.said = text
	s.changed(text)
}

// SetQuiet sets the text without looking for it.
func (s *Search) SetQuiet(text string) {
	s.said = strings.TrimSpace(text)
	s.SetText(text)
}

// Option is one choice of a Choice or of Chips.
type Option[V comparable] struct {
	Value V
	Text  string
}

// Options makes options of a vocabulary's values, with their words.
func Options[V ~string](vocabulary string, values []V) []Option[V] {
	all := make([]Option[V], len(values))
	for i, v := range values {
		all[i] = Option[V]{v, words.Of(vocabulary, v)}
	}
	return all
}

// Choice is a select whose options carry values.
type Choice[V comparable] struct {
	widget.Select
	options []Option[V]
}

// NewChoice makes a select; changed, which may be nil, is not called for Set.
func NewChoice[V comparable](options []Option[V], value V, changed func(V)) *Choice[V] {
	c := &Choice[V]{}
	c.ExtendBaseWidget(c)
	c.PlaceHolder = " "
	c.SetChoices(options)
	c.Set(value)
	c.OnChanged = func(string) {
		if changed != nil {
			changed(c.Value())
		}
	}
	return c
}

// SetChoices swaps the options.
func (c *Choice[V]) SetChoices(options []Option[V]) {
	c.options = options
	c.Options = c.Options[:0]
	for _, o := range options {
		c.Options = append(c.Options, o.Text)
	}
	c.Refresh()
}

// Widths between which a Choice asks for room, as its options want.
const (
	choiceLeast = 80
	choiceMost  = 230
)

// MinSize is for Fyne: as wide as the longest option, within reason.
func (c *Choice[V]) MinSize() fyne.Size {
	size := c.Select.MinSize()
	widest := float32(choiceLeast)
	for _, o := range c.options {
		widest = max(widest, textWidth(o.Text, false)+44) // 44: the arrow and the air around
	}
	return fyne.NewSize(min(widest, choiceMost), size.Height)
}

// Value is the chosen value; the zero value when none is.
func (c *Choice[V]) Value() V {
	if i := c.SelectedIndex(); i >= 0 && i < len(c.options) {
		return c.options[i].Value
	}
	var none V
	return none
}

// Set chooses a value without telling.
func (c *Choice[V]) Set(value V) {
	told := c.OnChanged
	c.OnChanged = nil
	defer func() { c.OnChanged = told }()
	for i, o := range c.options {
		if o.Value == value {
			c.SetSelectedIndex(i)
			return
		}
	}
	c.ClearSelected()
}

// Chips is a row of choices of which one holds.
type Chips[V comparable] struct {
	Object  *fyne.Container
	options []Option[V]
	value   V
	changed func(V)
	name    string
}

// NewChips makes a row of chips; name is for the trace: "disputes.filter".
func NewChips[V comparable](name string, options []Option[V], value V, changed func(V)) *Chips[V] {
	c := &Chips[V]{Object: container.NewHBox(), options: options, value: value, changed: changed, name: name}
	c.draw()
	return c
}

// Value is the chosen value.
func (c *Chips[V]) Value() V { return c.value }

// Set chooses a value without telling.
func (c *Chips[V]) Set(value V) {
	c.value = value
	c.draw()
}

// SetOptions swaps the options, as when their counts changed.
func (c *Chips[V]) SetOptions(options []Option[V]) {
	c.options = options
	c.draw()
}

func (c *Chips[V]) draw() {
	c.Object.Objects = nil
	for _, o := range c.options {
		b := widget.NewButton(o.Text, func() {
			c.Set(o.Value)
			c.changed(o.Value)
		})
		b.Importance = widget.LowImportance
		if o.Value == c.value {
			b.Importance = widget.HighImportance
		}
		c.Object.Add(b)
	}
	c.Object.Refresh()
}

// Moment is a field for a date and time, which shows in whose zone it is.
type Moment struct {
	Object fyne.CanvasObject
	Entry  *Entry
	zone   *time.Location
	due    bool // a day is kept by its end
}

// momentForms are the forms in which a moment may be typed.
var momentForms = []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006/1/2 15:04"}

// dayForms are the forms of a day alone.
var dayForms = []string{"2006-01-02", "2006/1/2"}

// NewMoment makes a field for a moment in a zone ("" is this computer's).
func NewMoment(u *UI, zone string) *Moment {
	loc := time.Local
	if zone != "" {
		if l, err := time.LoadLocation(zone); err == nil {
			loc = l
		}
	}
	m := &Moment{Entry: NewEntry(u), zone: loc}
	m.Entry.SetPlaceHolder("2026-11-21 14:05")
	label := NewText(words.ZoneTitle(zone, u.Now()), Muted, look.Small, false)
	m.Object = container.NewBorder(nil, nil, nil, container.NewPadded(container.NewCenter(label)), m.Entry)
	return m
}

// Due makes the field one for a date until which something is due: a day is kept
// by its end.
func (m *Moment) Due() *Moment { m.due = true; return m }

// Set shows a moment; the zero time empties the field.
func (m *Moment) Set(t time.Time) {
	if t.IsZero() {
		m.Entry.SetText("")
		return
	}
	m.Entry.SetText(data.Stamp(t, m.zone))
}

// problemMoment is for what cannot be read as a date.
var problemMoment = data.DefineProblem("moment_typed", data.ErrInvalid,
	"“{value}” is not a date and time.",
	"Write year, month, day, hour and minute, such as 2026-11-21 14:05. The time may be left out.")

// Get reads the field: the zero time when it is empty, a day where no time of day
// is given, a data.Problem when it cannot be read.
func (m *Moment) Get() (time.Time, error) {
	text := strings.TrimSpace(m.Entry.Text)
	if text == "" {
		return time.Time{}, nil
	}
	for _, form := range momentForms {
		if t, err := time.ParseInLocation(form, text, m.zone); err == nil {
			return t.UTC(), nil
		}
	}
	for _, form := range dayForms {
		if t, err := time.ParseInLocation(form, text, m.zone); err == nil {
			if m.due {
				return data.OnDay(t).End(m.zone), nil
			}
			return data.OnDay(t).Begin(m.zone), nil
		}
	}
	return time.Time{}, problemMoment.New("value", text)
}

// Amount is a field for money with its currency.
type Amount struct {
	Object   fyne.CanvasObject
	Entry    *Entry
	Currency *widget.SelectEntry
}

// currencies are offered; any other three letters can be typed.
var currencies = []string{"USD", "EUR", "GBP", "CNY", "RUB", "BRL", "JPY", "KRW", "AUD", "CAD", "MXN", "PLN", "SAR", "ILS", "UAH", "CLP", "HKD", "TWD", "SGD"}

// Currencies lists the currencies that a choice offers.
func Currencies() []string { return append([]string(nil), currencies...) }

// NewAmount makes a field for money.
func NewAmount(u *UI) *Amount {
	a := &Amount{Entry: NewEntry(u), Currency: widget.NewSelectEntry(currencies)}
	a.Entry.SetPlaceHolder("12.50")
	a.Object = container.NewBorder(nil, nil, nil, container.NewGridWrap(fyne.NewSize(96, a.Entry.MinSize().Height), a.Currency), a.Entry)
	return a
}

// Set shows an amount; of the zero Money the field is empty.
func (a *Amount) Set(m data.Money) {
	a.Entry.SetText("")
	if m.Minor != 0 || !m.IsZero() {
		a.Entry.SetText(m.Decimal())
	}
	if m.Currency != "" {
		a.Currency.SetText(m.Currency)
	}
}

// Get reads the field: zero Money when it is empty, a data.Problem when it
// cannot be read.
func (a *Amount) Get() (data.Money, error) {
	if strings.TrimSpace(a.Entry.Text) == "" {
		return data.Money{}, nil
	}
	return data.ParseDecimal(a.Entry.Text, a.Currency.Text)
}
