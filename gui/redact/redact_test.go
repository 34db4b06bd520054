package redact

import (
	"context"
	"image"
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/picture"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// drawnDesk is a fake desk with a picture of 1000 by 800 pixels.
type drawnDesk struct {
	*guitest.Fake
	made    [][]data.Edit
	of      []int64
	refused error
	unseen  error // there is no picture
}

func (d *drawnDesk) EvidencePicture(context.Context, int64, int) (desk.Picture, error) {
	img := image.NewNRGBA(image.Rect(0, 0, 500, 400))
	for y := range 400 {
		for x := range 500 {
			img.SetNRGBA(x, y, color.NRGBA{byte(x), byte(y), byte(x + y), 255})
		}
	}
	return desk.Picture{Image: img, Width: 1000, Height: 800}, d.unseen
}

func (d *drawnDesk) MarkPicture(_ context.Context, _, id int64, edits []data.Edit) (data.Evidence, error) {
	if d.refused != nil {
		return data.Evidence{}, d.refused
	}
	d.made, d.of = append(d.made, edits), append(d.of, id)
	return data.Evidence{UID: "copy", Name: "parcel-redacted.png", CopyOf: "p31", Edits: edits}, nil
}

// drawing is a bench on whose pictures marks can be drawn.
func drawing(t *testing.T, language string) (*guitest.Bench, *drawnDesk) {
	t.Helper()
	b := guitest.New(t, language)
	d := &drawnDesk{Fake: b.Fake}
	b.Blank()
	return b, d
}

// editing opens the editor of marks on a bench.
func editing(t *testing.T, language string) (*guitest.Bench, *drawnDesk, *editor) {
	t.Helper()
	b, d := drawing(t, language)
	r := Open(b.Env, d, 21, guitest.Parcel(), nil)
	if r.canvas == nil {
		t.Fatal("the picture is not shown")
	}
	return b, d, r
}

// at is where a pixel of the original lies on the canvas.
func (c *markCanvas) at(x, y float64) fyne.Position { return c.place(x, y) }

// drag moves the mouse with its button down from one pixel of the original to
// another, in steps.
func drag(c *markCanvas, x0, y0, x1, y1 float64, modifier fyne.KeyModifier) {
	from, to := c.at(x0, y0), c.at(x1, y1)
	c.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: from}, Button: desktop.MouseButtonPrimary, Modifier: modifier})
	for _, part := range []float32{0.3, 0.7, 1} {
		pos := fyne.NewPos(from.X+(to.X-from.X)*part, from.Y+(to.Y-from.Y)*part)
		c.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: pos}})
	}
	c.MouseUp(&desktop.MouseEvent{})
	c.DragEnd()
}

func click(c *markCanvas, x, y float64) {
	c.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: c.at(x, y)}, Button: desktop.MouseButtonPrimary})
	c.MouseUp(&desktop.MouseEvent{})
}

func keys(c *markCanvas, names ...fyne.KeyName) {
	for _, k := range names {
		c.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func wantMarks(t *testing.T, r *editor, want ...data.Edit) {
	t.Helper()
	if !slices.Equal(r.marks.list, want) {
		t.Errorf("marks are %+v, want %+v", r.marks.list, want)
	}
}

func TestMarksAreDrawnInPixelsOfTheOriginal(t *testing.T) {
	for _, zoom := range []float32{0.37, 1, 2} {
		_, _, r := editing(t, words.English)
		c := r.canvas
		c.fitted = false
		c.setZoom(zoom)
		drag(c, 100, 80, 260, 140, 0)
		c.TypedRune('2')
		drag(c, 500, 300, 400, 200, 0) // from the lower right corner
		c.TypedRune('3')
		drag(c, 300, 500, 420, 450, 0)
		c.TypedRune('4')
		drag(c, 700, 600, 2000, 2000, 0) // out of the picture
		c.TypedRune('5')
		click(c, 640, 90)
		wantMarks(t, r,
			data.Edit{Kind: data.EditBox, X: 100, Y: 80, W: 160, H: 60},
			data.Edit{Kind: data.EditPixels, X: 400, Y: 200, W: 100, H: 100},
			data.Edit{Kind: data.EditArrow, X: 300, Y: 500, W: 120, H: -50},
			data.Edit{Kind: data.EditFrame, X: 700, Y: 600, W: 300, H: 200},
			data.Edit{Kind: data.EditNumber, X: 640, Y: 90, Number: 1})
		if _, err := picture.Apply(image.NewGray(image.Rect(0, 0, 1000, 800)), r.marks.list); err != nil {
			t.Errorf("at zoom %v: %v", zoom, err)
		}
	}
}

func TestMarksAreMovedAndResizedWithTheMouse(t *testing.T) {
	_, _, r := editing(t, words.English)
	c := r.canvas
	drag(c, 100, 100, 200, 160, 0)
	drag(c, 150, 130, 250, 150, 0) // the box itself
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 200, Y: 120, W: 100, H: 60})
	drag(c, 300, 180, 340, 220, 0) // its lower right handle
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 200, Y: 120, W: 140, H: 100})
	drag(c, 200, 170, 360, 170, 0) // its left side across the right one
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 340, Y: 120, W: 20, H: 100})
	drag(c, 350, 150, -900, -900, 0) // it stays on the picture
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 0, Y: 0, W: 20, H: 100})
	c.Undo()
	drag(c, 350, 140, 350, 190, fyne.KeyModifierShortcutDefault) // with Ctrl, inside: nothing wide enough is drawn
	drag(c, 342, 140, 352, 190, fyne.KeyModifierShortcutDefault)
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 340, Y: 120, W: 20, H: 100}, data.Edit{Kind: data.EditBox, X: 342, Y: 140, W: 10, H: 50})
	click(c, 700, 700)
	if _, ok := r.marks.mark(); ok {
		t.Error("a click on the bare picture still leaves a mark chosen")
	}
}

func TestMarksAreChangedByKeys(t *testing.T) {
	b, _, r := editing(t, words.English)
	c := r.canvas
	drag(c, 100, 100, 200, 160, 0)
	keys(c, fyne.KeyRight, fyne.KeyRight, fyne.KeyDown)
	c.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	keys(c, fyne.KeyLeft, fyne.KeyUp)
	c.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 92, Y: 91, W: 100, H: 60})
	c.Undo() // what the keys moved is one step
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 100, Y: 100, W: 100, H: 60})
	c.Redo()
	ctrl := fyne.KeyModifierShortcutDefault
	c.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: ctrl})
	c.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyUp, Modifier: ctrl | fyne.KeyModifierShift})
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 92, Y: 91, W: 101, H: 50})
	c.TypedRune('5')
	keys(c, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyPageUp)
	if e, ok := r.marks.mark(); !ok || e.Kind != data.EditNumber || e.Number != 3 || len(r.marks.list) != 3 {
		t.Fatalf("%+v of %+v", e, r.marks.list)
	}
	if all := b.Texts(); !slices.Contains(all, "3") || slices.Contains(all, "2") {
		t.Errorf("the side does not show the number 3: %q", all)
	}
	keys(c, fyne.KeyTab) // after the last comes the first
	if e, _ := r.marks.mark(); e.Kind != data.EditBox {
		t.Errorf("Tab chose %+v", e)
	}
	keys(c, fyne.KeyDelete)
	if len(r.marks.list) != 2 || r.marks.list[0].Kind != data.EditNumber {
		t.Errorf("after Del: %+v", r.marks.list)
	}
	before := c.zoom
	c.TypedRune('+')
	if c.zoom <= before {
		t.Error("+ does not zoom in")
	}
	c.TypedRune('0')
	if c.zoom != before {
		t.Errorf("0 shows %v, the whole picture was %v", c.zoom, before)
	}
}

func TestStepsAreTakenBackAndAgain(t *testing.T) {
	_, _, r := editing(t, words.English)
	c := r.canvas
	for i := range 3 {
		drag(c, 100+200*float64(i), 100, 180+200*float64(i), 160, 0)
	}
	all := slices.Clone(r.marks.list)
	for range 5 {
		c.TypedShortcut(&fyne.ShortcutUndo{})
	}
	wantMarks(t, r)
	for range 5 {
		c.TypedShortcut(&fyne.ShortcutRedo{})
	}
	wantMarks(t, r, all...)
	c.Undo()
	drag(c, 700, 500, 800, 600, 0)
	c.Redo() // nothing: another way was taken
	wantMarks(t, r, all[0], all[1], data.Edit{Kind: data.EditBox, X: 700, Y: 500, W: 100, H: 100})
}

func TestEscapeLetsGoOfADrag(t *testing.T) {
	b, _, r := editing(t, words.English)
	c := r.canvas
	drag(c, 100, 100, 200, 160, 0)
	c.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: c.at(150, 130)}, Button: desktop.MouseButtonPrimary})
	c.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: c.at(400, 400)}})
	keys(c, fyne.KeyDelete) // what the mouse holds is not taken away from it
	c.Undo()
	c.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: c.at(420, 400)}})
	if len(r.marks.list) != 1 || r.marks.list[0].X != 370 {
		t.Errorf("while it is dragged: %+v", r.marks.list)
	}
	keys(c, fyne.KeyEscape)
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 100, Y: 100, W: 100, H: 60})
	if r.sheet.Closed() {
		t.Fatal("the sheet is gone")
	}
	keys(c, fyne.KeyEscape) // now it asks, as a mark would be lost
	b.Shows(t, "Discard the marks?")
	b.UI.Save() // the main button: discard
	if !r.sheet.Closed() {
		t.Error("the sheet is still there")
	}
}

func TestNothingDrawnClosesWithoutAQuestion(t *testing.T) {
	_, _, r := editing(t, words.English)
	keys(r.canvas, fyne.KeyEscape)
	if !r.sheet.Closed() {
		t.Error("the sheet asks though there is nothing to lose")
	}
}

func TestMarksAreBurnedIn(t *testing.T) {
	b, d, r := editing(t, words.English)
	told := false
	r.done = func() { told = true }
	b.UI.Save()
	if len(d.made) != 0 {
		t.Fatal("nothing was drawn, and a copy was made")
	}
	drag(r.canvas, 100, 100, 200, 160, 0)
	b.UI.Save() // Ctrl+Enter
	if want := [][]data.Edit{{{Kind: data.EditBox, X: 100, Y: 100, W: 100, H: 60}}}; len(d.made) != 1 || !slices.Equal(d.made[0], want[0]) || d.of[0] != 31 {
		t.Errorf("%+v of %v", d.made, d.of)
	}
	if !r.sheet.Closed() || !told {
		t.Error("the sheet is still there, or its opener was not told")
	}
	b.Shows(t, "Copy saved: parcel-redacted.png")
}

func TestAProblemKeepsTheMarks(t *testing.T) {
	b, d, r := editing(t, words.Simplified)
	drag(r.canvas, 100, 100, 200, 160, 0)
	d.refused = picture.ProblemRedaction.New("found", "something")
	b.UI.Save()
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 100, Y: 100, W: 100, H: 60})
	b.Shows(t, "遮盖后的副本中仍有不应保留的内容")
	d.refused = nil
	b.UI.Save()
	if len(d.made) != 1 || !r.sheet.Closed() {
		t.Errorf("a second try: %v", d.made)
	}
}

func TestWhatCannotBeShownSaysWhy(t *testing.T) {
	b, d := drawing(t, words.English)
	d.unseen = picture.ProblemRedaction.Wrap(picture.ProblemDamaged.New("detail", "it ends too early"), "found", "parcel.png")
	r := Open(b.Env, d, 21, guitest.Parcel(), nil)
	b.Shows(t, "Marks cannot be drawn on this file.", "it ends too early")
	b.UI.Save()
	if len(d.made) != 0 || r.sheet.Closed() {
		t.Error("there is nothing to burn")
	}
}

func TestMarksOfACopyAreGoneOnWith(t *testing.T) {
	for _, open := range []string{"p31", "c32"} {
		b, d := drawing(t, words.English)
		box := data.Edit{Kind: data.EditBox, X: 10, Y: 10, W: 50, H: 50}
		view := b.Fake.Disputes[21]
		original, made := guitest.Parcel(), data.Evidence{ID: 32, UID: "c32", CopyOf: "p31", Name: "parcel-redacted.png", MIME: "image/png", Edits: []data.Edit{box}}
		view.Evidence = []data.Evidence{original, made}
		b.Fake.Disputes[21] = view
		r := Open(b.Env, d, 21, view.Evidence[slices.IndexFunc(view.Evidence, func(e data.Evidence) bool { return e.UID == open })], nil)
		b.Shows(t, "Started with the marks of the copy")
		if r.unsaved() {
			t.Error("marks of the copy count as drawn")
		}
		drag(r.canvas, 200, 200, 300, 300, 0)
		b.UI.Save()
		if len(d.made) != 1 || d.of[0] != 31 || len(d.made[0]) != 2 || d.made[0][0] != box {
			t.Errorf("opened on %s: %+v of %v", open, d.made, d.of)
		}
		if !slices.Equal(made.Edits, []data.Edit{box}) {
			t.Error("the marks of the copy itself were changed")
		}
	}
}

// What is seen is what is burned in: the middle of a box is black, a square has
// one color, and elsewhere the picture shows.
func TestTheViewShowsWhatIsBurnedIn(t *testing.T) {
	_, _, r := editing(t, words.English)
	c := r.canvas
	drag(c, 100, 100, 300, 300, 0)
	c.TypedRune('2')
	drag(c, 500, 100, 800, 400, 0)
	_, _, part := c.part()
	view, ok := c.view.Image.(*image.RGBA)
	if !ok || part.area.Min != (image.Point{}) {
		t.Fatalf("the view begins at %v", part.area)
	}
	on := func(x, y float64) color.RGBA { return view.RGBAAt(int(x*part.scale), int(y*part.scale)) }
	if got := on(200, 200); got != (color.RGBA{A: 255}) {
		t.Errorf("in the box is %v", got)
	}
	squares := picture.Squares(c.levels[0], r.marks.size, r.marks.list[1])
	for _, s := range squares {
		middle := s.Min.Add(s.Max).Div(2)
		if got := on(float64(middle.X), float64(middle.Y)); got.R != s.Color.R || got.G != s.Color.G || got.B != s.Color.B {
			t.Fatalf("the square at %v shows %v, burned in is %v", s.Min, got, s.Color)
		}
	}
	if got := on(50, 700); got.A != 255 || got.R > 60 || got.G < 80 {
		t.Errorf("beside them is %v", got)
	}
}

func TestEditorSpeaksEachLanguage(t *testing.T) {
	for language, want := range map[string]string{words.English: "Squares can be guessed", words.Simplified: "马赛克可能被猜出", words.Traditional: "馬賽克可能被猜出"} {
		b, _, r := editing(t, language)
		drag(r.canvas, 100, 100, 200, 160, 0)
		r.canvas.TypedRune('5')
		click(r.canvas, 500, 500)
		b.Shows(t, want)
		b.NoRawKeys(t)
	}
}

// The right button on a mark, and the menu key, offer what can be done with it.
func TestAMarkHasAMenu(t *testing.T) {
	b, _, r := editing(t, words.English)
	c := r.canvas
	drag(c, 100, 100, 200, 160, 0)
	drag(c, 300, 100, 400, 160, 0)
	right := func(x, y float64) []string {
		c.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: c.at(x, y)}, Button: desktop.MouseButtonSecondary})
		c.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: c.at(x, y)}, Button: desktop.MouseButtonSecondary})
		var texts []string
		for _, a := range b.UI.Offered() {
			texts = append(texts, a.Text)
		}
		return texts
	}
	if texts := right(700, 500); !slices.Equal(texts, []string{"Undo"}) {
		t.Errorf("beside the marks: %q", texts)
	}
	if texts := right(150, 130); !slices.Equal(texts, []string{"Delete", "Undo"}) {
		t.Fatalf("on a mark: %q", texts)
	}
	b.UI.Offered()[0].Do()
	wantMarks(t, r, data.Edit{Kind: data.EditBox, X: 300, Y: 100, W: 100, H: 60})
	keys(c, fyne.KeyTab)
	keys(c, desktop.KeyMenu)
	if all := b.UI.Offered(); len(all) != 2 || all[0].Text != "Delete" {
		t.Fatalf("by the menu key: %+v", all)
	}
	b.UI.Offered()[0].Do()
	wantMarks(t, r)
}
