package bind

import (
	"image"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// exhibitSlot draws one line.
type exhibitSlot struct {
	box    *fyne.Container
	back   *canvas.Rectangle
	mark   *canvas.Rectangle // that its page is in view
	line   *canvas.Rectangle
	number *canvas.Text
	check  *canvas.Image
	thumb  *fyne.Container
	texts  [3]*canvas.Text
	badges []fyne.CanvasObject
}

func (l *exhibitList) newSlot(line exhibitLine) *exhibitSlot {
	s := &exhibitSlot{back: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil), line: canvas.NewRectangle(look.Color(look.Hairline))}
	s.box = container.NewWithoutLayout(s.back, s.line)
	if line.index < 0 {
		count := 0
		for i := range l.list {
			if l.list[i].Section == line.section {
				count++
			}
		}
		s.texts[0] = kit.NewText(words.Of("section", line.section), kit.Plain, look.Text, count > 0)
		s.texts[1] = kit.NewText("", kit.Muted, look.Small, false)
		if count == 0 {
			s.texts[0].Color, s.texts[1].Text = look.Color(look.Muted), "–"
		} else {
			s.texts[1].Text = words.Number(int64(count))
		}
		s.box.Add(s.texts[0])
		s.box.Add(s.texts[1])
		return s
	}
	x := l.list[line.index]
	s.drawExhibit(l, x)
	return s
}

// drawExhibit makes the parts of an exhibit's line.
func (s *exhibitSlot) drawExhibit(l *exhibitList, x desk.ExhibitView) {
	role, number := kit.Plain, "–"
	if x.Included {
		number = words.Number(int64(x.Number))
	} else {
		role = kit.Muted
	}
	s.number = kit.NewText(number, role, look.Text, x.Included)
	icon := theme.CheckButtonIcon()
	if x.Included {
		icon = theme.CheckButtonCheckedIcon()
	}
	s.check = canvas.NewImageFromResource(theme.NewPrimaryThemedResource(icon))
	s.thumb = container.NewStack()
	l.thumb(x.Evidence, s.thumb)
	s.texts[0] = kit.NewText(exhibitTitle(x), role, look.Text, true)
	proves := x.Proves
	if proves == "" {
		proves = words.T("bind.proves.none")
	}
	s.texts[1] = kit.NewText(proves, kit.Muted, look.Text, false)
	if x.Proves != "" {
		s.texts[1].Color = role.Ink()
	}
	about := words.Join(" · ", words.Of("evidence_kind", x.Evidence.Kind), words.Day(exhibitTime(x), l.b.view.Order.Shop.Zone, l.b.env.UI.Now()))
	s.texts[2] = kit.NewText(about, kit.Muted, look.Small, false)
	for _, o := range []fyne.CanvasObject{s.mark, s.number, s.check, s.thumb, s.texts[0], s.texts[1], s.texts[2]} {
		s.box.Add(o)
	}
	badge := func(key string, role kit.Role) {
		b := kit.NewBadge(words.T(key), role)
		s.badges = append(s.badges, b)
		s.box.Add(b)
	}
	switch {
	case !x.Included && x.Copies > 0:
		badge("bind.badge.replaced", kit.Plain)
	case !x.Included:
		badge("bind.badge.left_out", kit.Plain)
	case x.Cited == 0 && len(l.b.view.Statement.Claims) > 0:
		badge("bind.badge.uncited", kit.Warn)
	}
	if x.Original != nil {
		key := "bind.badge.marked"
		if x.Evidence.Redacted() {
			key = "bind.badge.redacted"
		}
		badge(key, kit.Good)
	}
}

// thumb puts the picture of a file into a box when it is there.
func (l *exhibitList) thumb(ev data.Evidence, box *fyne.Container) {
	back := canvas.NewRectangle(look.Color(look.Panel))
	box.Objects = []fyne.CanvasObject{back, container.NewCenter(kit.NewText(show.FileKind(ev.Name), kit.Muted, look.Small, false))}
	if !show.IsPicture(ev) {
		return
	}
	l.b.env.Pictures().Get(ev, func(img image.Image) {
		if img == nil {
			return
		}
		picture := canvas.NewImageFromImage(img)
		picture.FillMode, picture.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
		box.Objects = []fyne.CanvasObject{back, picture}
		box.Refresh()
	})
}

// place moves a line to where it stands.
func (s *exhibitSlot) place(l *exhibitList, line exhibitLine, width float32) {
	s.box.Move(fyne.NewPos(0, line.top))
	s.box.Resize(fyne.NewSize(width, line.high))
	s.back.Resize(fyne.NewSize(width, line.high))
	s.line.Move(fyne.NewPos(0, line.high-1))
	s.line.Resize(fyne.NewSize(width, 1))
	if line.index < 0 {
		s.back.FillColor = look.Color(look.Header)
		kit.Put(s.texts[0], look.Gap, (line.high-s.texts[0].MinSize().Height)/2)
		kit.Put(s.texts[1], width-s.texts[1].MinSize().Width-look.Gap-8, (line.high-s.texts[1].MinSize().Height)/2)
		return
	}
	s.placeExhibit(l, l.list[line.index].EvidenceUID, width)
}

func (s *exhibitSlot) placeExhibit(l *exhibitList, uid string, width float32) {
	s.back.FillColor = nil
	switch {
	case uid == l.chosen && l.focused:
		s.back.FillColor = look.Color(look.RowMark)
	case uid == l.chosen:
		s.back.FillColor = look.Color(look.RowDim)
	case uid == l.hovering:
		s.back.FillColor = look.Color(look.RowHover)
	}
	s.mark.FillColor = nil
	if uid == l.seen {
		s.mark.FillColor = look.Color(theme.ColorNamePrimary)
	}
	s.mark.Resize(fyne.NewSize(3, exhibitHigh-1))
	kit.Put(s.number, exhibitNumber-2-s.number.MinSize().Width, 8)
	s.check.Move(fyne.NewPos(exhibitNumber+2, 7))
	s.check.Resize(fyne.NewSize(20, 20))
	s.thumb.Move(fyne.NewPos(exhibitNumber+exhibitCheck+4, 6))
	s.thumb.Resize(fyne.NewSize(exhibitThumb, exhibitHigh-13))
	x := float32(exhibitNumber + exhibitCheck + exhibitThumb + 12)
	room := width - x - look.Gap - 6
	right := width - look.Gap - 6
	for _, b := range s.badges {
		size := b.MinSize()
		right -= size.Width
		b.Resize(size)
		b.Move(fyne.NewPos(right, exhibitHigh-size.Height-2))
		right -= look.Tight
	}
	s.cut(l, uid, room, right-x)
	for i, y := range []float32{5, 23, 42} {
		kit.Put(s.texts[i], x, y)
	}
}

// cut writes the texts of an exhibit as far as there is room.
func (s *exhibitSlot) cut(l *exhibitList, uid string, room, last float32) {
	x := l.list[indexOfExhibit(l.list, uid)]
	s.texts[0].Text = kit.Fit(exhibitTitle(x), room, true)
	proves := x.Proves
	if proves == "" {
		proves = words.T("bind.proves.none")
	}
	s.texts[1].Text = kit.Fit(proves, room, false)
	about := words.Join(" · ", words.Of("evidence_kind", x.Evidence.Kind), words.Day(exhibitTime(x), l.b.view.Order.Shop.Zone, l.b.env.UI.Now()))
	s.texts[2].Text = kit.Fit(about, last*look.Text/look.Small, false)
}
