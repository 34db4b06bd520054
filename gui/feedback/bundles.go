package feedback

import (
	"context"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// bundle binds the complaint that was made, or asks for its ground.
func (d *detail) bundle() {
	if d.view.Complained.Ground == "" {
		d.complain()
		return
	}
	d.bind(d.view.Complained.Ground)
}

// folderKey is where the folder of bundles is kept, those of disputes too.
const folderKey = "bundle.folder"

// bind asks what is masked in the text, and for a folder, and binds the complaint
// there.
func (d *detail) bind(ground data.ComplaintGround) {
	masks := container.NewGridWithColumns(3)
	var before []data.MaskKind // as they were chosen for the last one
	if n := len(d.whole.Bundles); n > 0 {
		before = d.whole.Bundles[n-1].Mask
	}
	checks := map[data.MaskKind]*kit.Check{}
	for _, kind := range data.MaskKinds() {
		check := kit.NewCheck(words.Of("mask", kind), nil)
		check.Checked = slices.Contains(before, kind)
		kit.Trace("feedback.mask."+string(kind), check)
		checks[kind] = check
		masks.Add(check)
	}
	var options []kit.Option[string]
	for _, l := range words.Languages() {
		options = append(options, kit.Option[string]{Value: l, Text: words.Title(l)})
	}
	language := kit.NewChoice(options, words.Language(), nil)
	last := ""
	if d.env.UI.Kept(folderKey, &last); last == "" {
		last = d.env.Documents()
	}
	folder := kit.TextField(d.env.UI, last, 1)
	kit.Trace("feedback.bind.folder", folder)
	choose := kit.NewButton("feedback.bind.choose", words.T("bundle.folder.choose"), func() {
		d.env.ChooseDir(words.T("bundle.folder"), folder.Text, func(dir string) { folder.SetText(dir) })
	})
	r := desk.BundleRequest{}
	d.env.UI.OpenForm(kit.FormSheet{
		Name: "feedback.bind", Title: words.T("feedback.bundle"), Width: 600, Save: words.T("feedback.bind.do"), Focus: folder,
		Fields: []*kit.Field{
			{Label: words.T("feedback.fact.ground"), Object: kit.Prose(words.Of("feedback_ground", ground))},
			kit.ChoiceRow(words.T("bundle.language"), language),
			{Label: words.T("bind.masks"), Hint: words.T("feedback.bind.hint"), Object: masks},
			{Label: words.T("bundle.folder"), Object: container.NewBorder(nil, nil, nil, choose, folder), Check: func() error {
				if strings.TrimSpace(folder.Text) == "" {
					return kit.ProblemRequired.New("field", words.T("bundle.folder"))
				}
				return nil
			}},
		},
		Read: func() error {
			r.Language, r.Dir, r.Mask = language.Value(), strings.TrimSpace(folder.Text), nil
			for _, kind := range data.MaskKinds() {
				if checks[kind].Checked {
					r.Mask = append(r.Mask, kind)
				}
			}
			return nil
		},
		Work: func(context.Context) error { return nil },
		Done: func() { d.bindInto(ground, r) },
	})
}

// bindInto binds the complaint into its folder.
func (d *detail) bindInto(ground data.ComplaintGround, r desk.BundleRequest) {
	id := d.view.ID
	d.env.UI.Keep(folderKey, r.Dir)
	var made desk.FeedbackBundle
	d.env.UI.Jobs.Run(words.T("feedback.binding"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		made, err = d.env.desk.ExportFeedback(ctx, id, ground, r, progress)
		return err
	}, func(err error) {
		if err != nil {
			d.env.UI.Problem(err)
			return
		}
		kit.Event("feedback.exported", "path", made.BagPath, "pdf", made.PDFPath, "pages", made.Pages)
		d.env.UI.Toast(words.T("feedback.bound", "n", made.Version, "file", made.BagPath), nil)
		d.env.ShowDir(made.BagPath)
	})
}

// bundlesPanel shows the complaints that were bound, the newest first; a click copies
// a sum.
func (d *detail) bundlesPanel() fyne.CanvasObject {
	zone, now := d.view.Shop.Zone, d.env.UI.Now()
	facts := kit.NewFacts(d.env.UI)
	var all []kit.Fact
	for _, b := range slices.Backward(d.whole.Bundles) {
		masked := make([]string, len(b.Mask))
		for i, kind := range b.Mask {
			masked[i] = words.Of("mask", kind)
		}
		mask := strings.Join(masked, ", ")
		if mask == "" {
			mask = words.T("submission.mask.none")
		}
		all = append(all,
			kit.Fact{Label: words.T("feedback.bundle.n", "n", b.Version), Value: words.Dotted(words.Time(b.CreatedAt, zone, now), b.CreatedBy, words.Of("feedback_ground", b.Ground)), Tip: words.TimeFull(b.CreatedAt, zone), Wide: true},
			kit.Fact{Label: words.T("submission.mask"), Value: mask, Wide: true},
			kit.Fact{Label: words.T("submission.bag"), Value: words.Dotted(b.BagName, "SHA-256 "+show.ShortHash(b.BagSHA256)), Copy: b.BagSHA256, Tip: b.BagName + "\nSHA-256 " + b.BagSHA256, Wide: true},
		)
	}
	facts.Set(all...)
	return kit.NewPanel(kit.Stacked(0, kit.Section(words.T("feedback.bundles")), facts.Object))
}
