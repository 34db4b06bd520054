package reports

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/report"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the window asks of a desk.
type Desk interface {
	Report(ctx context.Context, ask report.Ask, kinds ...report.Kind) (*report.Report, error)
	ReportZone(ctx context.Context, shopID int64) (*time.Location, error)
	ReportCurrency(ctx context.Context) (string, error)
	SetReportCurrency(ctx context.Context, currency string) error
	SaveReport(ctx context.Context, r *report.Report, path string, say report.Speaker) error
	Currencies(ctx context.Context) ([]string, error)
	Rates(ctx context.Context, target string) ([]data.Rate, error)
	SetRate(ctx context.Context, r data.Rate, sure bool) (data.Rate, error)
	MonthlyReview(ctx context.Context, month string) (*desk.ReviewSheet, error)
	DecideReview(ctx context.Context, month string, f data.Finding, decision string, due time.Time) error
	HoldReview(ctx context.Context, month string, held bool) error
}

// The pages of the window.
const (
	Figures = iota // of a period
	Monthly        // the review of a month
)

// Room is the window around the room, with its desk.
type Room struct {
	*show.Env
	desk    Desk
	sheet   *kit.OpenSheet // nil before it was opened
	figures *figures
	monthly *monthly
}

// New makes the room.
func New(shared *show.Env, d Desk) *Room { return &Room{Env: shared, desk: d} }

// Open opens the window at a page.
func (r *Room) Open(page int) {
	f, m := newFigures(r.Env, r.desk), newMonthly(r.Env, r.desk)
	parts := kit.NewParts("reports.part",
		kit.NewPart("figures", words.T("reports.figures"), f.body),
		kit.NewPart("review", words.T("reports.review"), m.body))
	parts.SelectIndex(page)
	r.figures, r.monthly = f, m
	r.sheet = r.UI.Open(kit.Sheet{
		Name: "reports", Title: words.T("reports.title"), Width: 1180, Height: 720, Cancel: words.T("do.close"), Body: parts,
		Unsaved: m.unsaved,
	})
	f.begin()
	m.load()
}

// concerned are the entities that figures and findings are made of.
var concerned = []string{
	data.EntityOrder, data.EntityDispute, data.EntityComplaint, data.EntityFeedback, data.EntityMessage, data.EntityTask, data.EntityRate, data.EntityCost, data.EntityReview,
	data.EntityShop, data.EntitySetting, data.EntityTemplate, data.EntityProduct, data.EntityPaper, data.EntityImport, data.EntityDesk,
}

// Changed makes what is open anew where something else would stand in it now.
func (r *Room) Changed(events []data.ChangeEvent) {
	if r.sheet == nil || r.sheet.Closed() || !slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return slices.ContainsFunc(concerned, e.Of) }) {
		return
	}
	r.figures.changed()
	r.monthly.load()
}

// labeled puts a label before a field.
func labeled(text string, width float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewHBox(container.NewCenter(kit.Soft1(text)), container.NewCenter(container.NewGridWrap(fyne.NewSize(width, 34), o)))
}
