package guitest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/data/tongue"
	"casebinder/gui/show"
)

// fakeReplies is what is written with buyers.
type fakeReplies struct {
	Threads      map[int64][]data.Message // by order, oldest first
	Files        map[int64][]data.Evidence
	DraftsKept   map[data.ReplyAbout]data.ReplyDraft
	Sent         []data.Message
	Translations []string
	Unanswered   []string       // messages that want no answer
	ThreadParts  int            // how often a part of a thread was asked for
	Check        []data.Finding // what the check of a reply says
	Due          []desk.DueNotice
	Skipped      []string
	Attach       bool // a file goes with the fake template
	SnippetsKept []desk.Snippet
	Taken        []desk.TemplateFile
	File         desk.TemplateFile // what LoadTemplates reads
	Saved        string            // where SaveTemplates wrote
	Use          []data.TemplateUse
	Told         []string // languages that a person told
	Waits        []service.Answer
	Awake        []desk.Awake
	Times        []service.Measured
	Whole        bool // the fake template wants no tracking number
}

// Thread gives a part of what a test put into Threads.
func (f *Fake) Thread(_ context.Context, orderID int64, before desk.ThreadCursor, n int) (desk.Thread, error) {
	f.ThreadParts++
	all := f.Threads[orderID]
	end := len(all)
	if before.ID != 0 {
		end = slices.IndexFunc(all, func(m data.Message) bool { return m.ID == before.ID })
	}
	begin := max(0, end-n)
	t := desk.Thread{Messages: slices.Clone(all[begin:end]), Files: f.Files, Total: len(all), More: begin > 0}
	if t.Files == nil {
		t.Files = map[int64][]data.Evidence{}
	}
	if begin < end {
		t.Before = desk.ThreadCursor{At: all[begin].SentAt, ID: all[begin].ID}
	}
	return t, nil
}

// DraftOf gives the draft that was saved.
func (f *Fake) DraftOf(_ context.Context, about data.ReplyAbout) (data.ReplyDraft, error) {
	d := f.DraftsKept[about]
	d.ReplyAbout = about
	return d, nil
}

// SaveDraft keeps a draft as the desk does.
func (f *Fake) SaveDraft(_ context.Context, d data.ReplyDraft) error {
	before := f.DraftsKept[d.ReplyAbout]
	if d.ReplyAbout == (data.ReplyAbout{}) {
		d.Fields = nil
	}
	d.CopiedAt, d.CopiedText, d.CopiedIn = before.CopiedAt, before.CopiedText, before.CopiedIn
	if d.IsEmpty() {
		delete(f.DraftsKept, d.ReplyAbout)
		return nil
	}
	f.DraftsKept[d.ReplyAbout] = d
	return nil
}

// CopyDraft keeps what was copied.
func (f *Fake) CopyDraft(_ context.Context, d data.ReplyDraft, language, text string) (data.ReplyDraft, error) {
	d.CopiedAt, d.CopiedText, d.CopiedIn = Now, text, language
	f.DraftsKept[d.ReplyAbout] = d
	return d, nil
}

// ReplyChannels offers the platform's own messages and e-mail; the newest message
// of a buyer names the usual one.
func (f *Fake) ReplyChannels(_ context.Context, about data.ReplyAbout) (desk.ReplyChannels, error) {
	if about.OrderID == 0 || about.FeedbackID != 0 {
		return desk.ReplyChannels{}, nil
	}
	platform := string(f.Orders[about.OrderID].Order.Shop.Platform)
	c := desk.ReplyChannels{Usual: platform, All: []string{platform, "email", "whatsapp"}}
	for _, m := range f.Threads[about.OrderID] {
		if m.Direction == data.FromBuyer && m.Channel != "" {
			c.Usual = m.Channel
		}
	}
	return c, nil
}

// SendDraft makes a message of a draft.
func (f *Fake) SendDraft(_ context.Context, about data.ReplyAbout, channel string) (data.Message, error) {
	d := f.DraftsKept[about]
	delete(f.DraftsKept, about)
	m := data.Message{
		UID: fmt.Sprint("sent", len(f.Sent)), OrderID: about.OrderID, DisputeID: about.DisputeID, Direction: data.ToBuyer, Channel: channel, SentAt: Now,
		Text: d.CopiedText, Language: d.CopiedIn, Template: d.Template, Passed: d.Passed, Source: data.SourceReply,
	}
	f.Sent = append(f.Sent, m)
	f.Threads[about.OrderID] = append(f.Threads[about.OrderID], m)
	return m, nil
}

// DropDraft throws a draft away.
func (f *Fake) DropDraft(_ context.Context, about data.ReplyAbout) error {
	delete(f.DraftsKept, about)
	return nil
}

// AddMessage adds to the thread.
func (f *Fake) AddMessage(_ context.Context, m data.Message) (data.Message, error) {
	m.ID = int64(1000 + len(f.Threads[m.OrderID]))
	f.Threads[m.OrderID] = append(f.Threads[m.OrderID], m)
	return m, nil
}

// TranslateMessage notes a translation.
func (f *Fake) TranslateMessage(_ context.Context, uid, translation, language, translator string) error {
	f.Translations = append(f.Translations, uid+" "+language+" "+translator+": "+translation)
	return nil
}

// NoAnswer notes what wants no answer.
func (f *Fake) NoAnswer(_ context.Context, uid string, none bool) error {
	f.Unanswered = slices.DeleteFunc(f.Unanswered, func(u string) bool { return u == uid })
	if none {
		f.Unanswered = append(f.Unanswered, uid)
	}
	return nil
}

// Drafts lists the drafts that were saved.
func (f *Fake) Drafts(context.Context) ([]data.ReplyDraft, error) {
	var list []data.ReplyDraft
	for about, d := range f.DraftsKept {
		d.ReplyAbout = about
		list = append(list, d)
	}
	return list, nil
}

// NoticeCounts counts the notices of Due.
func (f *Fake) NoticeCounts(context.Context) (list []desk.NoticeCount, capped bool, err error) {
	for _, d := range f.Due {
		i := slices.IndexFunc(list, func(c desk.NoticeCount) bool { return c.Notice == d.Notice.Notice })
		if i < 0 {
			list, i = append(list, desk.NoticeCount{Notice: d.Notice.Notice}), len(list)
		}
		list[i].N++
	}
	return list, false, nil
}

// DueNotices lists Due.
func (f *Fake) DueNotices(_ context.Context, kind string, _ int) (desk.DueNoticeList, error) {
	var l desk.DueNoticeList
	for _, d := range f.Due {
		if kind == "" || d.Notice.Notice == kind {
			l.List = append(l.List, d)
		}
	}
	l.Total = len(l.List)
	return l, nil
}

// SkipNotice takes a notice out of Due.
func (f *Fake) SkipNotice(_ context.Context, orderID int64, notice string, _ bool) error {
	f.Skipped = append(f.Skipped, notice)
	f.Due = slices.DeleteFunc(f.Due, func(d desk.DueNotice) bool { return d.OrderID == orderID })
	return nil
}

// CheckReply says what a test put into Check.
func (f *Fake) CheckReply(_ context.Context, q desk.ReplyCheck) (desk.ReplyChecked, error) {
	c := desk.ReplyChecked{Language: q.Language, Findings: show.AsFindings(f.Check...)}
	for _, one := range f.Check {
		c.Blocked = c.Blocked || one.Severity == data.Blocking
	}
	return c, nil
}

// Answers lists Waits.
func (f *Fake) Answers(context.Context, int) (list []service.Answer, total int, err error) {
	return f.Waits, len(f.Waits), nil
}

// AnswerOn gives the one of Waits on an order.
func (f *Fake) AnswerOn(_ context.Context, orderID int64) (*service.Answer, error) {
	for i := range f.Waits {
		if f.Waits[i].OrderID == orderID {
			return &f.Waits[i], nil
		}
	}
	return nil, nil
}

// AwakeNow lists Awake.
func (f *Fake) AwakeNow(context.Context) (list []desk.Awake, unknown int, capped bool, err error) {
	return f.Awake, 0, false, nil
}

// ReplyTimes gives Times.
func (f *Fake) ReplyTimes(context.Context, time.Time, time.Time) ([]service.Measured, error) {
	return f.Times, nil
}

// ProposeReplies gives Fits.
func (f *Fake) ProposeReplies(context.Context, data.ReplyAbout) ([]desk.Proposal, error) {
	var list []desk.Proposal
	for _, uid := range f.Fits {
		list = append(list, desk.Proposal{Template: uid, Why: []data.Text{{English: "It fits."}}})
	}
	return list, nil
}

// BuyerLanguage tells that of the order's file.
func (f *Fake) BuyerLanguage(_ context.Context, orderID int64) (tongue.Answer, error) {
	return tongue.Answer{Language: f.Orders[orderID].Order.Buyer.Language, Ground: tongue.ByFile, Sure: true}, nil
}

// SetBuyerLanguage notes what a person told.
func (f *Fake) SetBuyerLanguage(_ context.Context, _ int64, lang string) error {
	f.Told = append(f.Told, lang)
	return nil
}

// TemplateCoverage tells of the fake template.
func (f *Fake) TemplateCoverage(context.Context) (rows []desk.TemplateCoverage, languages []string, err error) {
	return []desk.TemplateCoverage{{Template: "own", Scenario: "shipping", Name: "Own words", Texts: map[string][]string{"es": {""}, "en": {"", "short"}}}}, []string{"en", "es", "ja"}, nil
}

// TemplateUse gives Use.
func (f *Fake) TemplateUse(context.Context) ([]data.TemplateUse, error) { return f.Use, nil }

// SaveTemplates notes where.
func (f *Fake) SaveTemplates(_ context.Context, path string, _ ...string) error {
	f.Saved = path
	return nil
}

// LoadTemplates gives File.
func (f *Fake) LoadTemplates(context.Context, string) (desk.TemplateFile, error) { return f.File, nil }

// TakeTemplates notes what was taken.
func (f *Fake) TakeTemplates(_ context.Context, file desk.TemplateFile) error {
	f.Taken = append(f.Taken, file)
	return nil
}

// Snippets lists SnippetsKept.
func (f *Fake) Snippets(context.Context) ([]desk.Snippet, error) { return f.SnippetsKept, nil }

// PutSnippet adds to SnippetsKept.
func (f *Fake) PutSnippet(_ context.Context, s desk.Snippet) error {
	f.SnippetsKept = append(f.SnippetsKept, s)
	return nil
}

// DropSnippet takes one out of SnippetsKept.
func (f *Fake) DropSnippet(_ context.Context, name string) error {
	f.SnippetsKept = slices.DeleteFunc(f.SnippetsKept, func(s desk.Snippet) bool { return s.Name == name })
	return nil
}

// PathOffers offers no path.
func (f *Fake) PathOffers(context.Context, data.ReplyAbout) ([]desk.PathOffer, error) {
	return nil, nil
}
