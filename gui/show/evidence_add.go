package show

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

var ProblemNoPicture = data.DefineProblem("clipboard_picture", data.ErrInvalid,
	"There is no picture on the clipboard.",
	"Take a screenshot or copy a picture, then paste again.")

// A Target is what evidence is added to: a dispute, or an order alone.
type Target struct {
	OrderID, DisputeID int64
}

// guessKind tells from a file's name what it may be; "" leaves it to the desk,
// which looks at the content. A person corrects it.
func guessKind(name string) data.EvidenceKind {
	lower := strings.ToLower(name)
	for _, g := range []struct {
		kind  data.EvidenceKind
		marks []string
	}{
		{data.KindScreenshot, []string{"screenshot", "screen shot", "snip", "截图", "截屏", "螢幕", "擷取"}},
		{data.KindPacking, []string{"packing", "package", "打包", "包装", "包裝"}},
		{data.KindTracking, []string{"tracking", "logistic", "物流", "运单", "軌跡", "轨迹"}},
		{data.KindDelivery, []string{"delivery", "signature", "pod", "签收", "妥投", "簽收"}},
		{data.KindInvoice, []string{"invoice", "发票", "發票"}},
		{data.KindCustoms, []string{"customs", "报关", "報關"}},
		{data.KindRefund, []string{"refund", "退款"}},
		{data.KindMessage, []string{"chat", "message", "聊天", "對話"}},
		{data.KindListing, []string{"listing", "商品页", "商品頁"}},
	} {
		for _, m := range g.marks {
			if strings.Contains(lower, m) {
				return g.kind
			}
		}
	}
	return ""
}

// AddFiles takes files in as evidence, with progress, and shows what was left
// out and why.
func (e *Env) AddFiles(to Target, paths []string, source string) {
	files := make([]desk.EvidenceFile, 0, len(paths))
	for _, p := range paths {
		files = append(files, desk.EvidenceFile{Path: p, Kind: guessKind(filepath.Base(p)), Source: source})
	}
	e.addEvidence(to, files)
}

// PastePicture takes the picture on the clipboard in as evidence.
func (e *Env) PastePicture(to Target) {
	picture := e.ReadPicture()
	if len(picture) == 0 {
		e.UI.Problem(ProblemNoPicture.New())
		return
	}
	name := "screenshot-" + e.UI.Now().UTC().Format("20060102-150405") + ".png"
	e.addEvidence(to, []desk.EvidenceFile{{Name: name, Bytes: picture, Kind: data.KindScreenshot, Source: "paste"}})
}

func (e *Env) addEvidence(to Target, files []desk.EvidenceFile) {
	if len(files) == 0 {
		return
	}
	var report desk.EvidenceReport
	e.UI.Jobs.Run(words.T("evidence.adding"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		if to.DisputeID != 0 {
			report, err = e.Desk.AddEvidence(ctx, to.DisputeID, files, progress)
		} else {
			report, err = e.Desk.AddOrderEvidence(ctx, to.OrderID, files, progress)
		}
		return err
	}, func(err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		if n := len(report.Added); n > 0 {
			e.UI.Toast(words.N("evidence.added", n), e.Undo)
		}
		if len(report.Rejected) > 0 {
			e.showRejected(words.T("evidence.rejected.title"), report.Rejected)
		}
	})
}

// ChooseEvidence opens the file dialog.
func (e *Env) ChooseEvidence(to Target) {
	e.ChooseFiles(words.T("evidence.add"), nil, func(paths []string) { e.AddFiles(to, paths, "file") })
}

// showRejected lists files that were not taken, each with its reason.
func (e *Env) showRejected(title string, files []desk.RejectedFile) {
	e.UI.Open(kit.Sheet{
		Name: "rejected", Title: title, Width: 600, Height: 300,
		Body: container.NewVScroll(RejectedList(files)), Cancel: words.T("action.close"),
	})
}

func RejectedList(files []desk.RejectedFile) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, f := range files {
		what, do := words.Problem(f.Reason)
		rows = append(rows, kit.Stacked(0, kit.Section(f.Name), kit.Prose(what+" "+do)))
	}
	return kit.Dense(kit.Inset(look.Tight, kit.Stacked(look.Gap, rows...)))
}
