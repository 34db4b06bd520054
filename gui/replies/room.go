package replies

import (
	"context"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/data/tongue"
	"casebinder/gui/show"
)

// Desk is what the tab of replies asks of a desk.
type Desk interface {
	show.ConversationDesk
	show.MarketDesk
	Order(ctx context.Context, id int64) (desk.OrderView, error)
	FeedbackRows(ctx context.Context, ids []int32) ([]data.Feedback, error)
	Templates(ctx context.Context) ([]data.Template, error)
	ProposeReplies(ctx context.Context, about data.ReplyAbout) ([]desk.Proposal, error)
	PathOffers(ctx context.Context, about data.ReplyAbout) ([]desk.PathOffer, error)
	BuyerLanguage(ctx context.Context, orderID int64) (tongue.Answer, error)
	SetBuyerLanguage(ctx context.Context, orderID int64, lang string) error
	PutTemplate(ctx context.Context, t data.Template) (data.Template, error)
	ResetTemplate(ctx context.Context, uid string) (data.Template, error)
	BinTemplate(ctx context.Context, uid string) error
	Draft(ctx context.Context, r desk.DraftRequest) (desk.Draft, error)
	SaveDraft(ctx context.Context, d data.ReplyDraft) error
	CopyDraft(ctx context.Context, d data.ReplyDraft, language, text string) (data.ReplyDraft, error)
	Drafts(ctx context.Context) ([]data.ReplyDraft, error)
	Answers(ctx context.Context, limit int) (list []service.Answer, total int, err error)
	AwakeNow(ctx context.Context) (list []desk.Awake, unknown int, capped bool, err error)
	ReplyTimes(ctx context.Context, from, to time.Time) ([]service.Measured, error)
	CheckReply(ctx context.Context, r desk.ReplyCheck) (desk.ReplyChecked, error)
	NoticeCounts(ctx context.Context) (list []desk.NoticeCount, capped bool, err error)
	DueNotices(ctx context.Context, kind string, limit int) (desk.DueNoticeList, error)
	SkipNotice(ctx context.Context, orderID int64, notice string, skip bool) error
	TemplateCoverage(ctx context.Context) (rows []desk.TemplateCoverage, languages []string, err error)
	TemplateUse(ctx context.Context) ([]data.TemplateUse, error)
	SaveTemplates(ctx context.Context, path string, uids ...string) error
	LoadTemplates(ctx context.Context, path string) (desk.TemplateFile, error)
	TakeTemplates(ctx context.Context, file desk.TemplateFile) error
	Snippets(ctx context.Context) ([]desk.Snippet, error)
	KnowledgeFor(ctx context.Context, orderID int64, language string) ([]desk.KnowledgeOffer, error)
	PutSnippet(ctx context.Context, s desk.Snippet) error
	DropSnippet(ctx context.Context, name string) error
	Operator() string
}

// env is the window around the room, with its desk.
type env struct {
	*show.Env
	desk Desk
}
