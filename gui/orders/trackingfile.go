package orders

import (
	"context"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/data/parcel"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// trackingFile asks in which form the tracking numbers of some orders are handed to a
// platform, and writes the file. Of the orders of one platform its form is offered
// first, else the plain table, which is the last.
func (e *env) trackingFile(ids []int64, name string, platform data.Platform) {
	var options []kit.Option[string]
	forms := parcel.UploadForms()
	first := forms[len(forms)-1]
	for _, f := range forms {
		options = append(options, kit.Option[string]{Value: f.ID, Text: words.Text(pack.Text(f.Title))})
		if platform != "" && f.Platform == platform {
			first = f
		}
	}
	known := func(f parcel.UploadForm) string {
		return words.Join(" · ", words.Text(pack.Text(f.Source)), words.Of("confidence", f.Confidence))
	}
	source := kit.Prose(known(first))
	choice := kit.NewChoice(options, first.ID, func(id string) {
		for _, f := range forms {
			if f.ID == id {
				source.SetText(known(f))
			}
		}
	})
	kit.Trace("trackingfile.form", choice)
	form := ""
	e.UI.OpenForm(kit.FormSheet{
		Name: "trackingfile", Title: words.N("trackingfile.title", len(ids)), Save: words.T("trackingfile.do"), Width: 620, Height: 240,
		Fields: []*kit.Field{{Label: words.T("trackingfile.form"), Object: choice}, {Label: words.T("trackingfile.source"), Object: source}},
		Work:   func(context.Context) error { form = choice.Value(); return nil },
		Done: func() {
			ending := ".csv"
			for _, f := range forms {
				if f.ID == form {
					ending = f.Ending
				}
			}
			e.SaveFile(words.T("trackingfile.do"), name+"-"+form+ending, func(path string) {
				e.writeTracking(desk.TrackingFileRequest{OrderIDs: ids, Form: form, Path: path})
			})
		},
	})
}

// writeTracking writes the file, and says what it holds and what was left out.
func (e *env) writeTracking(r desk.TrackingFileRequest) {
	kit.Do(func(ctx context.Context) (desk.TrackingFileReport, error) { return e.desk.ExportTracking(ctx, r) }, func(report desk.TrackingFileReport, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		said := words.N("trackingfile.done", report.Rows)
		if len(report.Findings) == 0 {
			e.UI.Toast(words.Join(" ", said, report.Path), nil)
			return
		}
		e.UI.Open(kit.Sheet{
			Name: "trackingfile.said", Title: said, Width: 720, Height: 420, Cancel: words.T("do.close"),
			Body: show.Findings("trackingfile.left", show.AsFindings(report.Findings...), show.FindingDeeds{}),
		})
	})
}
