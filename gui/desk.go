package gui

import (
	"context"
	"io"
	"time"

	"casebinder/data"
	"casebinder/data/agenda"
	"casebinder/data/bundle/statement"
	"casebinder/data/desk"
	"casebinder/data/policy"
)

// Desk is what the window asks of a desk. *desk.Desk is one; tests use a small
// one of their own.
type Desk interface {
	Dir() string
	Now() time.Time
	Operator() string
	SetOperator(name string)
	Subscribe(f func(desk.Event)) (cancel func())
	Close() error

	Shops(ctx context.Context) ([]data.Shop, error)
	PutShop(ctx context.Context, s data.Shop) (data.Shop, error)
	Stats(ctx context.Context) (data.Stats, error)
	Setting(ctx context.Context, key string, into any) (bool, error)
	PutSetting(ctx context.Context, key string, value any) error
	Search(ctx context.Context, text string) (data.Found, error)
	Today(ctx context.Context, shopID int64) ([]data.TodayRow, error)
	Snoozed(ctx context.Context, shopID int64) ([]desk.SnoozedRow, error)
	Snooze(ctx context.Context, kind data.TodayKind, row int64, until time.Time, reason string) error
	PutTask(ctx context.Context, task data.Task) (data.Task, error)
	FinishTask(ctx context.Context, id int64) error
	EnsureMailCheck(ctx context.Context, title string) error
	WriteCalendar(ctx context.Context, w io.Writer, word func(data.TodayRow) string) error
	Reminders(ctx context.Context) ([]agenda.Reminder, error)

	OrderIDs(ctx context.Context, q data.OrderQuery) ([]int32, error)
	OrderFirst(ctx context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error)
	OrderRows(ctx context.Context, ids []int32) ([]data.OrderRow, error)
	Order(ctx context.Context, id int64) (desk.OrderView, error)
	SetOrderNote(ctx context.Context, id int64, note string) error
	AddMessage(ctx context.Context, m data.Message) (data.Message, error)

	DisputeIDs(ctx context.Context, q data.DisputeQuery) ([]int32, error)
	DisputeFirst(ctx context.Context, q data.DisputeQuery, limit int) ([]data.DisputeRow, error)
	DisputeRows(ctx context.Context, ids []int32) ([]data.DisputeRow, error)
	Dispute(ctx context.Context, id int64) (desk.DisputeView, error)
	OpenDispute(ctx context.Context, n desk.NewDispute) (data.Dispute, error)
	AppendEvent(ctx context.Context, disputeID int64, e data.CaseEvent) (data.Dispute, error)
	EditDispute(ctx context.Context, id int64, edit desk.DisputeEdit) (data.Dispute, error)
	BinDispute(ctx context.Context, id int64) error

	Case(ctx context.Context, id int64) (desk.CaseView, error)
	Weigh(ctx context.Context, id int64, w desk.Weighing) (policy.Card, error)
	Decide(ctx context.Context, id int64, choice, reason string) (data.Dispute, error)
	PutRuling(ctx context.Context, id int64, ruling data.Ruling) (data.Dispute, error)
	PutWish(ctx context.Context, id int64, wish string) (data.Dispute, error)
	ChoosePack(ctx context.Context, id int64, pack string) (data.Dispute, error)
	MarkItem(ctx context.Context, disputeID int64, item, reason string) error
	AssignItem(ctx context.Context, disputeID int64, item string, evidence []string) error
	PassFinding(ctx context.Context, entity string, id int64, key, reason string) error
	TakeBackPass(ctx context.Context, entity string, id int64, key string) error
	Packs(ctx context.Context) ([]desk.PackInfo, error)
	Review(ctx context.Context) ([]data.ReviewRow, error)

	AddEvidence(ctx context.Context, disputeID int64, files []desk.EvidenceFile, p desk.Progress) (desk.EvidenceReport, error)
	AddOrderEvidence(ctx context.Context, orderID int64, files []desk.EvidenceFile, p desk.Progress) (desk.EvidenceReport, error)
	EditEvidence(ctx context.Context, id int64, edit desk.EvidenceEdit) (data.Evidence, error)
	BinEvidence(ctx context.Context, id int64) error
	EvidencePicture(ctx context.Context, id int64, size int) (desk.Picture, error)
	EvidenceCopy(ctx context.Context, id int64) (path string, err error)

	FeedbackIDs(ctx context.Context, q data.FeedbackQuery) ([]int32, error)
	FeedbackFirst(ctx context.Context, q data.FeedbackQuery, limit int) ([]data.Feedback, error)
	FeedbackRows(ctx context.Context, ids []int32) ([]data.Feedback, error)
	PutFeedback(ctx context.Context, f data.Feedback) (data.Feedback, error)
	BinFeedback(ctx context.Context, id int64) error

	Templates(ctx context.Context) ([]data.Template, error)
	PutTemplate(ctx context.Context, t data.Template) (data.Template, error)
	ResetTemplate(ctx context.Context, uid string) (data.Template, error)
	BinTemplate(ctx context.Context, uid string) error
	Draft(ctx context.Context, r desk.DraftRequest) (desk.Draft, error)
	KeepReply(ctx context.Context, orderID, disputeID int64, language, text string) (data.Message, error)

	Rules(ctx context.Context) (*policy.Rules, error)
	Figures(ctx context.Context, pack string) ([]policy.Figure, error)
	ExportPack(ctx context.Context, id string) ([]byte, error)
	ImportPack(ctx context.Context, name string, toml []byte, p desk.Progress) (desk.RulesReport, error)
	ResetPack(ctx context.Context, id string, p desk.Progress) (desk.RulesReport, error)
	Override(ctx context.Context, pack, figure, value, why string, p desk.Progress) (desk.RulesReport, error)
	ResetFigure(ctx context.Context, pack, figure string, p desk.Progress) (desk.RulesReport, error)
	Holidays(ctx context.Context, country string) (string, error)
	SetHolidays(ctx context.Context, country, text string, p desk.Progress) (desk.RulesReport, error)

	ReadNotices(ctx context.Context, path string, p desk.Progress) ([]desk.NoticeView, error)
	PasteNotice(ctx context.Context, text string) (desk.NoticeView, error)
	TakeNotice(ctx context.Context, v desk.NoticeView, c desk.NoticeChoice) (data.Dispute, error)

	Presets(ctx context.Context) ([]desk.PresetInfo, error)
	MappingPreset(ctx context.Context, title string, r desk.ImportRequest, fields map[string]string) ([]byte, error)
	SavePreset(ctx context.Context, toml []byte) (desk.PresetInfo, error)
	PreviewImport(ctx context.Context, r desk.ImportRequest, p desk.Progress) (desk.ImportPreview, error)
	Import(ctx context.Context, r desk.ImportRequest, p desk.Progress) (desk.ImportReport, error)

	Binding(ctx context.Context, disputeID int64) (desk.BindingView, error)
	ArrangeExhibits(ctx context.Context, disputeID int64, list []data.Exhibit) error
	StatementTemplates(ctx context.Context, disputeID int64) ([]statement.Template, error)
	DraftStatement(ctx context.Context, disputeID int64, template, language string) (data.Statement, error)
	PutStatement(ctx context.Context, disputeID int64, s data.Statement) error
	Fit(ctx context.Context, r desk.BundleRequest, exact bool) (desk.FitView, error)
	Preview(ctx context.Context, r desk.BundleRequest) (*desk.Preview, error)
	WarmPreview(ctx context.Context) error
	ExportBundle(ctx context.Context, r desk.BundleRequest, p desk.Progress) (desk.BundleReport, error)
	ChangesSince(ctx context.Context, r desk.BundleRequest) ([]string, error)
	Rebuild(ctx context.Context, uid, dir string, p desk.Progress) (desk.BundleReport, error)
	MarkSent(ctx context.Context, uid string, n desk.SentNote) (data.Submission, error)
	MarkPicture(ctx context.Context, disputeID, evidenceID int64, edits []data.Edit) (data.Evidence, error)
	SigningKey(ctx context.Context) (desk.SigningKey, error)

	Backup(ctx context.Context, dir string, p desk.Progress) (path string, err error)
	LastBackup(ctx context.Context) (desk.LastBackup, error)
	FillSample(ctx context.Context, p desk.Progress) error
	Undo(ctx context.Context) (action string, err error)
}

var _ Desk = (*desk.Desk)(nil)
