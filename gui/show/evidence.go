package show

import (
	"context"
	"image"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

const (
	thumbPixels = 160 // wide and high at most, as decoded
	thumbWidth  = 96  // as drawn
	thumbHeight = 72
	thumbsHeld  = 300 // decoded pictures that are kept
	thumbsAtime = 2   // pictures that are decoded at a time
)

// thumbs decodes pictures beside the main goroutine and keeps the last ones.
// Its fields are touched on the main goroutine alone.
type thumbs struct {
	desk  Desk
	known map[string]image.Image // by SHA-256; nil: it has none
	order []string               // by age
	ask   map[string][]func(image.Image)
	queue []thumbJob
	busy  int
}

type thumbJob struct {
	sum string
	id  int64
}

func newThumbs(d Desk) *thumbs {
	return &thumbs{desk: d, known: map[string]image.Image{}, ask: map[string][]func(image.Image){}}
}

// Get hands over the picture of a piece of evidence, at once when it is known,
// else when it is decoded; nil when it has none.
func (t *thumbs) Get(e data.Evidence, show func(image.Image)) {
	if img, ok := t.known[e.SHA256]; ok {
		show(img)
		return
	}
	waiting := t.ask[e.SHA256]
	t.ask[e.SHA256] = append(waiting, show)
	if len(waiting) > 0 {
		return
	}
	t.queue = append(t.queue, thumbJob{sum: e.SHA256, id: e.ID})
	t.next()
}

func (t *thumbs) next() {
	for t.busy < thumbsAtime && len(t.queue) > 0 {
		job := t.queue[0]
		t.queue = t.queue[1:]
		t.busy++
		kit.Do(func(ctx context.Context) (desk.Picture, error) {
			return t.desk.EvidencePicture(ctx, job.id, thumbPixels)
		}, func(p desk.Picture, err error) {
			t.busy--
			if err != nil {
				p.Image = nil // the row says that there is no preview
			}
			t.keep(job.sum, p.Image)
			t.next()
		})
	}
}

func (t *thumbs) keep(sum string, img image.Image) {
	if len(t.order) >= thumbsHeld {
		delete(t.known, t.order[0])
		t.order = t.order[1:]
	}
	t.known[sum], t.order = img, append(t.order, sum)
	waiting := t.ask[sum]
	delete(t.ask, sum)
	for _, show := range waiting {
		show(img)
	}
}

// IsPicture reports whether evidence can have a preview.
func IsPicture(e data.Evidence) bool { return strings.HasPrefix(e.MIME, "image/") && !e.Erased() }

// EvidenceList shows evidence with previews and what can be done with each.
type EvidenceList struct {
	env    *Env
	thumbs *thumbs
	Scroll *container.Scroll
	list   []data.Evidence
	zone   string
	prefix string                       // of names in the trace
	CaseID int64                        // the dispute in view; 0: that of each piece
	Above  fyne.CanvasObject            // stands above the list, and scrolls with it; may be nil
	rows   map[string]fyne.CanvasObject // by UID
	add    func()                       // opens the file dialog

	Mend func(data.Finding) (string, func()) // offers what mends a label that differs; nil: nothing is done here
}

func NewEvidenceList(e *Env, t *thumbs, prefix string, add func()) *EvidenceList {
	l := &EvidenceList{env: e, thumbs: t, prefix: prefix, add: add, Scroll: container.NewVScroll(kit.Stacked(0))}
	kit.Trace(prefix+".list", l.Scroll)
	return l
}

// Set shows a list. fresh says that it is another record's: it starts at the
// top.
func (l *EvidenceList) Set(list []data.Evidence, zone string, fresh bool) {
	l.list, l.zone = list, zone
	rows := make([]fyne.CanvasObject, 0, 2*len(list)+2)
	l.rows = make(map[string]fyne.CanvasObject, len(list))
	if l.Above != nil {
		rows = append(rows, l.Above)
	}
	if len(list) == 0 {
		rows = append(rows, l.empty())
	}
	pieces := make([]*kit.Row, len(list))
	for i, e := range list {
		pieces[i] = l.row(i, e)
		l.rows[e.UID] = pieces[i]
	}
	for i, row := range kit.Rows(pieces...) {
		if i > 0 {
			rows = append(rows, widget.NewSeparator())
		}
		rows = append(rows, row)
	}
	at := l.Scroll.Offset
	l.Scroll.Content = kit.Inset(look.Tight, kit.Stacked(2, rows...))
	l.Scroll.Refresh()
	if fresh {
		l.Scroll.ScrollToTop()
	} else {
		l.Scroll.ScrollToOffset(at)
	}
}

// Reveal scrolls to a piece of evidence.
func (l *EvidenceList) Reveal(uid string) {
	if row := l.rows[uid]; row != nil {
		l.Scroll.ScrollToOffset(row.Position())
	}
}

func (l *EvidenceList) empty() fyne.CanvasObject {
	add := kit.NewIconButton("", words.T("evidence.add"), theme.ContentAddIcon(), l.add)
	add.Importance = widget.HighImportance
	return kit.Stacked(look.Gap, kit.Section(words.T("evidence.empty.title")), kit.Soft(words.T("evidence.empty.do")),
		container.NewHBox(add, layout.NewSpacer()))
}

func (l *EvidenceList) row(i int, e data.Evidence) *kit.Row {
	buttons := container.NewHBox()
	for _, a := range l.deeds(e) {
		if a.Why() != "" {
			continue
		}
		b := kit.NewButton(kit.RowName(l.prefix, i, a.Name), a.Text, a.Do)
		b.Importance = widget.LowImportance
		buttons.Add(b)
	}
	parts := []fyne.CanvasObject{kit.Section(words.Shorten(e.Name, 64))}
	if e.Erased() {
		parts = append(parts, kit.Colored(ErasedLine(e, l.zone, l.env.UI.Now()), theme.ColorNameForeground, fyne.TextStyle{}))
	}
	if line := l.copyLine(e); line != "" {
		parts = append(parts, kit.Colored(line, theme.ColorNameForeground, fyne.TextStyle{}))
	}
	if e.Note != "" {
		parts = append(parts, kit.Prose(e.Note))
	}
	parts = append(parts, kit.Soft(evidenceFacts(e, l.zone, l.env)))
	facts := kit.Stacked(0, parts...)
	l.labelLines(e, facts)
	text := kit.Dense(facts)
	content := container.NewBorder(nil, nil, container.NewVBox(kit.Inset(look.Tight, l.picture(e))), nil, kit.Stacked(0, text, buttons))
	line := func() string { return words.Join("\t", e.Name, e.Note, evidenceFacts(e, l.zone, l.env)) }
	return kit.NewRow(l.env.UI, content, line, func() kit.Deeds { return l.deeds(e) })
}

// deeds are what can be done with a piece of evidence.
func (l *EvidenceList) deeds(e data.Evidence) kit.Deeds {
	erased := func() string {
		if e.Erased() {
			return words.T("evidence.erased.mark")
		}
		return ""
	}
	dispute := l.disputeOf(e)
	return kit.Deeds{
		{Name: "open", Text: words.T("evidence.open"), Off: erased, Do: func() { l.Open(e) }},
		{Name: "edit", Text: words.T("evidence.edit"), Keys: kit.KeysEdit, Off: erased, Do: func() { EditEvidenceSheet(l.env, e, l.zone) }},
		{Name: "mark", Text: words.T("redact.do"), Do: func() { l.env.Open(route.Marks{Dispute: dispute, Evidence: e}) }, Off: func() string {
			switch {
			case e.Erased():
				return erased()
			case !CanMark(e):
				return words.T("off.no_picture")
			case dispute == 0:
				return words.T("off.no_dispute")
			}
			return ""
		}},
		{Name: "remove", Text: words.T("evidence.remove"), Keys: kit.KeysBin, Rule: true, Off: erased, Do: func() { l.Remove(e) }},
	}
}

// ErasedLine says when and why the file of a piece of evidence was erased, and whether
// a copy stands for it.
func ErasedLine(e data.Evidence, zone string, now time.Time) string {
	line := words.T("evidence.erased", "when", words.Day(e.ErasedAt, zone, now))
	if e.ErasedFor != "" {
		line = words.Join(" · ", line, words.T("evidence.erased."+string(e.ErasedFor)))
	}
	if e.ReplacedBy != "" {
		line = words.Join(" · ", line, words.T("evidence.erased.copy"))
	}
	return line
}

// disputeOf is the dispute for which a copy of a piece is made; 0 when there is
// none.
func (l *EvidenceList) disputeOf(e data.Evidence) int64 {
	if l.CaseID != 0 {
		return l.CaseID
	}
	return e.DisputeID
}

// copyLine says of what a piece is a copy, or how many copies it has; "" when
// neither holds.
func (l *EvidenceList) copyLine(e data.Evidence) string {
	if e.CopyOf == "" {
		n := 0
		for _, o := range l.list {
			if o.CopyOf == e.UID && e.UID != "" {
				n++
			}
		}
		if n == 0 {
			return ""
		}
		return words.N("redact.copies", n)
	}
	key := "redact.copy_of"
	if e.Redacted() {
		key = "redact.redacted_of"
	}
	for _, o := range l.list {
		if o.UID == e.CopyOf {
			return words.T(key, "name", words.Shorten(o.Name, 56))
		}
	}
	return words.T("redact.copy_of.gone")
}

// evidenceFacts says what is known of a file: kind, capture, size, fingerprint.
func evidenceFacts(e data.Evidence, zone string, v *Env) string {
	kind := words.Of("evidence_kind", e.Kind)
	if e.Slot != "" {
		kind = words.T("slot.title." + e.Slot)
	}
	if e.Unsaid() {
		kind = words.T("evidence.unsaid")
	}
	parts := []string{kind, capturedLine(e, zone, v)}
	if e.Place != "" {
		parts = append(parts, e.Place)
	}
	if e.Device != "" {
		parts = append(parts, e.Device)
	}
	if e.DisputeID == 0 {
		parts = append(parts, words.T("evidence.order_too"))
	}
	return strings.Join(append(parts, words.Bytes(e.Size), "SHA-256 "+ShortHash(e.SHA256)), " · ")
}

func capturedLine(e data.Evidence, zone string, v *Env) string {
	if e.CapturedAt.IsZero() {
		return words.T("evidence.captured.none")
	}
	source := "evidence.captured.stated"
	switch e.Captured {
	case data.CapturedExif:
		source = "evidence.captured.exif"
	case data.CapturedFile:
		source = "evidence.captured.file"
	}
	return words.T("evidence.line.captured", "when", words.Time(e.CapturedAt, zone, v.UI.Now()), "source", words.T(source))
}

// ShortHash is enough of a fingerprint to compare by eye.
func ShortHash(sum string) string {
	if len(sum) <= 12 {
		return sum
	}
	return sum[:12] + "…"
}

// FileKind says what kind of file it is by its name's ending, for what has no
// preview.
func FileKind(name string) string {
	if kind := strings.ToUpper(strings.TrimPrefix(filepath.Ext(name), ".")); kind != "" {
		return kind
	}
	return words.T("evidence.no_picture")
}

// picture is the preview, or a file icon with words where there is none. It
// can be clicked to open a copy.
func (l *EvidenceList) picture(e data.Evidence) fyne.CanvasObject {
	back := canvas.NewRectangle(look.Color(look.Panel))
	back.SetMinSize(fyne.NewSize(thumbWidth, thumbHeight))
	box := container.NewStack(back)
	kind := FileKind(e.Name)
	if e.Erased() {
		kind = words.T("evidence.erased.mark")
	}
	blank := func() {
		box.Objects = []fyne.CanvasObject{back, container.NewCenter(kit.NewText(kind, kit.Muted, look.Small, false))}
		box.Refresh()
	}
	if !IsPicture(e) {
		blank()
		return box
	}
	l.thumbs.Get(e, func(img image.Image) {
		if img == nil {
			blank()
			return
		}
		pic := canvas.NewImageFromImage(img)
		pic.FillMode = canvas.ImageFillContain
		pic.ScaleMode = canvas.ImageScaleSmooth
		box.Objects = []fyne.CanvasObject{back, pic}
		box.Refresh()
	})
	return box
}

// Open shows a copy in the system's viewer; the original is never touched.
func (l *EvidenceList) Open(e data.Evidence) { OpenEvidence(l.env, e) }

// OpenEvidence shows a copy of a piece of evidence in the system's viewer.
func OpenEvidence(v *Env, e data.Evidence) {
	kit.Do(func(ctx context.Context) (string, error) { return v.Desk.EvidenceCopy(ctx, e.ID) },
		func(path string, err error) {
			if err != nil {
				v.UI.Problem(err)
				return
			}
			v.OpenPath(path)
			v.UI.Toast(words.T("evidence.copied"), nil)
		})
}

func (l *EvidenceList) Remove(e data.Evidence) {
	l.env.Deed(words.T("evidence.removed"), func(ctx context.Context) error { return l.env.Desk.BinEvidence(ctx, e.ID) })
}

// EditEvidenceSheet edits the description; the file itself is never changed.
func EditEvidenceSheet(e *Env, ev data.Evidence, zone string) *kit.OpenSheet {
	kind := kit.NewChoice(kit.Options("evidence_kind", data.EvidenceKinds()), ev.Kind, nil)
	note, place, label := kit.TextField(e.UI, ev.Note, 3), kit.TextField(e.UI, ev.Place, 1), kit.TextField(e.UI, ev.Label, 2)
	captured := kit.NewTimeField(e.UI, ev.CapturedAt, zone)
	slot, tracking := kit.NewChoice(slotOptions(), ev.Slot, nil), kit.TextField(e.UI, ev.Tracking, 1)
	kit.Trace("evidence.slot", slot)
	edit := desk.EvidenceEdit{}
	return e.UI.OpenForm(kit.FormSheet{
		Name: "evidence.edit", Title: words.T("evidence.sheet.title", "name", words.Shorten(ev.Name, 48)), Width: 560, Focus: note,
		Fields: []*kit.Field{
			kit.ChoiceRow(words.T("evidence.sheet.kind"), kind),
			{Label: words.T("evidence.sheet.note"), Object: note},
			kit.TimeRow(words.T("evidence.sheet.captured"), captured, false),
			{Label: words.T("evidence.sheet.place"), Object: place},
			{Label: words.T("evidence.sheet.slot"), Object: slot},
			{Label: words.T("evidence.sheet.tracking"), Object: tracking},
			{Label: words.T("evidence.sheet.label"), Hint: words.T("evidence.sheet.label.hint"), Object: label},
		},
		Read: func() (err error) {
			edit = desk.EvidenceEdit{Kind: kind.Value(), Note: strings.TrimSpace(note.Text), Place: strings.TrimSpace(place.Text), Label: strings.TrimSpace(label.Text)}
			edit.Slot, edit.Tracking = slot.Value(), strings.TrimSpace(tracking.Text)
			edit.CapturedAt, err = captured.Value()
			return err
		},
		Work: func(ctx context.Context) error {
			_, err := e.Desk.EditEvidence(ctx, ev.ID, edit)
			return err
		},
		Done: func() { e.UI.Toast(words.T("evidence.saved"), e.Undo) },
	})
}

// CanMark reports whether marks can be drawn on a piece of evidence.
func CanMark(ev data.Evidence) bool { return IsPicture(ev) }
