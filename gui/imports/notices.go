package imports

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/importer/notice"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// mailFiles hold notice e-mails.
var mailFiles = []string{".eml", ".mbox", ".mbx"}

func IsMail(path string) bool {
	return slices.Contains(mailFiles, strings.ToLower(filepath.Ext(path)))
}

// ChooseNotices asks for mails and reads them as notices.
func (e *Room) ChooseNotices() {
	e.ChooseFiles(words.T("notice.choose"), mailFiles, e.ReadNotices)
}

// ReadNotices reads mails and shows what was found in them.
func (e *Room) ReadNotices(paths []string) {
	var views []desk.NoticeView
	e.UI.Jobs.Run(words.T("notice.reading"), func(ctx context.Context, progress func(int64, int64, string)) error {
		for _, path := range paths {
			some, err := e.desk.ReadNotices(ctx, path, progress)
			views = append(views, some...)
			if err != nil {
				return err
			}
		}
		return nil
	}, func(err error) {
		e.UI.Problem(err)
		switch {
		case len(views) > 0:
			e.showNotices(filepath.Base(paths[0]), views)
		case err == nil:
			e.UI.Toast(words.T("notice.none"), nil)
		}
	})
}

// PasteNotice reads the text of a notice that is pasted into a sheet.
func (e *Room) PasteNotice() {
	text := kit.NewTextArea(e.UI, 14)
	kit.Trace("notice.text", text)
	var typed string
	var view desk.NoticeView
	e.UI.OpenForm(kit.FormSheet{
		Name: "notice.paste", Title: words.T("notice.paste.title"), Width: 720, Height: 460, Save: words.T("notice.paste.do"), Focus: text,
		Fields: []*kit.Field{{
			Label: words.T("notice.mail"), Hint: words.T("notice.paste.hint"), Object: text,
			Check: func() error {
				if strings.TrimSpace(text.Text) == "" {
					return kit.ProblemRequired.New("field", words.T("notice.mail"))
				}
				return nil
			},
		}},
		Read: func() error { typed = text.Text; return nil },
		Work: func(ctx context.Context) (err error) {
			view, err = e.desk.PasteNotice(ctx, typed)
			return err
		},
		Done: func() { e.showNotices(words.T("notice.pasted"), []desk.NoticeView{view}) },
	})
}

// noticeSheet shows what was found in mails, for a person to confirm.
type noticeSheet struct {
	env   *Room
	sheet *kit.OpenSheet
	views []desk.NoticeView
	at    int // the mail in view
	asked show.DueAsked
	list  *kit.Table[kit.Numbered[desk.NoticeView]]
	form  *noticeForm
	room  *fyne.Container
}

func (e *Room) showNotices(file string, views []desk.NoticeView) *noticeSheet {
	s := &noticeSheet{env: e, views: views, room: container.NewStack(), asked: show.DueAsked{UI: e.UI}}
	var body fyne.CanvasObject = s.room
	if len(views) > 1 {
		s.list = kit.NewTable(e.UI, kit.TableOptions[kit.Numbered[desk.NoticeView]]{
			Name: "notices", Columns: s.columns(), Source: s.source,
			OnSelect: func(n kit.Numbered[desk.NoticeView], ok bool) {
				if ok {
					s.show(int(n.At) - 1)
				}
			},
			Deeds: func(kit.Numbered[desk.NoticeView]) kit.Deeds { return kit.Deeds{kit.Stays("stays.mail")} },
		})
		split := container.NewHSplit(s.list, s.room)
		split.Offset = 0.36
		body = container.NewBorder(kit.Soft(words.N("notice.found", len(views))), nil, nil, nil, split)
	}
	width := float32(820)
	if len(views) > 1 {
		width = 1260
	}
	s.sheet = e.UI.Open(kit.Sheet{
		Name: "notice", Title: words.T("notice.title", "file", file), Width: width, Height: 620, Body: body,
		Do: words.T("notice.do"), OnDo: s.take, Cancel: words.T("do.close"),
	})
	s.show(0)
	if s.list != nil {
		s.list.Restart()
	}
	return s
}

func (s *noticeSheet) source() kit.Source[kit.Numbered[desk.NoticeView]] {
	rows := kit.Number(s.views)
	return kit.ListSource(func(context.Context, kit.Order) ([]kit.Numbered[desk.NoticeView], error) { return rows, nil }, kit.PlaceOf[desk.NoticeView])
}

func (s *noticeSheet) columns() []kit.Column[kit.Numbered[desk.NoticeView]] {
	now := s.env.UI.Now()
	type row = kit.Numbered[desk.NoticeView]
	return []kit.Column[row]{
		{ID: "date", Title: "notice.col.date", Width: 100, Text: func(n row) string { return words.Time(n.Row.Notice.Date, "", now) }},
		{ID: "what", Title: "notice.col.what", Width: 170, Bold: true, Text: func(n row) string { return s.what(n.Row) }},
		{ID: "order", Title: "notice.col.order", Width: 130, Text: func(n row) string { return cmp.Or(n.Row.Order.Number, n.Row.Notice.OrderNumber) }},
		{ID: "subject", Title: "notice.col.subject", Width: 200, Grow: true, Text: func(n row) string { return n.Row.Notice.Subject }},
	}
}

// what says what a mail is in a few words; one that nobody recognized says so.
func (s *noticeSheet) what(v desk.NoticeView) string {
	if !v.TakenAt.IsZero() {
		return words.T("notice.taken", "when", words.Time(v.TakenAt, "", s.env.UI.Now()))
	}
	if !v.Notice.Recognized() {
		return words.T("notice.unrecognized")
	}
	return words.Join(" · ", v.Notice.Platform.Title(), words.Of("event", v.Notice.Kind))
}

// show puts a mail into view.
func (s *noticeSheet) show(i int) {
	s.at = i
	s.form = newNoticeForm(s, s.views[i])
	s.room.Objects = []fyne.CanvasObject{s.form.object}
	s.room.Refresh()
	s.sheet.ClearProblem()
	s.sheet.SetDo(words.T("notice.do"), s.views[i].TakenAt.IsZero())
}

// take writes the notice down as it was confirmed.
func (s *noticeSheet) take() {
	choice, ok := s.form.read()
	if !ok {
		return
	}
	view, at := s.views[s.at], s.at
	choice.Sure = s.asked.Confirmed(choice.Due)
	s.sheet.SetDo(words.T("notice.do"), false)
	kit.Do(func(ctx context.Context) (data.Dispute, error) {
		return s.env.desk.TakeNotice(ctx, view, choice)
	}, func(d data.Dispute, err error) {
		if err != nil {
			s.sheet.SetDo(words.T("notice.do"), true)
			if !s.asked.Ask(err, choice.Due, s.take) {
				s.sheet.Problem(err)
			}
			return
		}
		kit.Event("notice", "dispute", d.ID)
		s.env.UI.Toast(words.T("notice.done"), s.env.Undo)
		s.views[at].TakenAt = s.env.UI.Now()
		if len(s.views) == 1 {
			s.sheet.Close()
			s.env.Open(route.Dispute{ID: d.ID})
			return
		}
		s.list.Reload()
	})
}

// doubts lists what a person has to look at, the worst first.
func doubts(v desk.NoticeView) fyne.CanvasObject {
	all := v.Findings()
	if caution := v.Notice.Caution(); caution != nil {
		all = append(all, caution.Finding(data.Warning))
	}
	return show.Findings("notice.doubt", show.AsFindings(all...), show.FindingDeeds{})
}

// whereFound says where in the mail a field stands, as it is written there, and
// how well the pattern that found it is known.
func whereFound(n *notice.Notice, f notice.Field) string {
	var hits []string
	for _, h := range n.Found {
		if h.Field != f {
			continue
		}
		key := "notice.where.body"
		text := n.Text
		if h.Where == notice.InSubject {
			key, text = "notice.where.subject", n.Subject
		}
		written := h.Value
		if h.Offset >= 0 && h.Length > 0 && h.Offset+h.Length <= len(text) {
			written = text[h.Offset : h.Offset+h.Length]
		}
		hits = append(hits, words.Join(" · ", words.T(key, "text", strings.Join(strings.Fields(written), " ")), words.Of("confidence", h.Confidence)))
	}
	if len(hits) == 0 {
		return words.T("notice.not_found")
	}
	return strings.Join(hits, "; ")
}
