package desk

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/parcel"
	"casebinder/data/table"
)

var (
	problemUploadForm = data.DefineProblem("upload_form", data.ErrNotFound,
		"There is no format “{form}” for tracking files.", "Choose one of: {forms}.")
	problemUploadEmpty = data.DefineProblem("upload_empty", data.ErrInvalid,
		"None of these orders has a parcel that can go into the file: {why}", "Enter the tracking numbers, or choose other orders.")
	problemUploadEnding = data.DefineProblem("upload_ending", data.ErrInvalid,
		"The file is to be called {file}, and the format “{form}” is a {ending} file.", "Call it {name}, or choose the plain table, which can be .csv or .xlsx.")
	leftNobody    = data.DefinePhrase("upload.left.nobody", "No order was chosen, or none was shipped on that day.")
	sayUploadForm = data.DefinePhrase("upload.form_unsure", "The file's format is not confirmed: {source}.")
	howUploadForm = data.DefinePhrase("upload.form_unsure.how", "Compare its columns with the template on the platform's page before you upload it.")
)

// TrackingFileRequest says which orders' tracking numbers go into which file.
type TrackingFileRequest struct {
	OrderIDs []int64
	Form     string // id of one of parcel.UploadForms
	Path     string // without an ending it gets the form's
}

// TrackingFileReport says what stands in the file, and what was left out and why.
type TrackingFileReport struct {
	Path     string
	Orders   int
	Rows     int
	Findings []data.Finding
}

// uploadPath is the file that a form is written to. A platform takes its form in one
// kind of file alone; a plain table may be an XLSX file too. A name that asks for
// another kind is refused, and not written as what it does not say.
func uploadPath(path string, form *parcel.UploadForm) (string, error) {
	switch ending := strings.ToLower(filepath.Ext(path)); {
	case ending == form.Ending, ending == ".xlsx" && form.ID == plainForm:
		return path, nil
	case !slices.Contains([]string{".csv", ".txt", ".tsv", ".tab", ".xls", ".xlsx", ".ods"}, ending):
		return path + form.Ending, nil // "parcels.2026" has no ending
	}
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + form.Ending
	return "", problemUploadEnding.New("file", filepath.Base(path), "form", form.ID, "ending", form.Ending, "name", name)
}

// plainForm is the form of no platform.
const plainForm = "plain"

// ExportTracking writes the tracking numbers of orders into a file in the form that
// a platform takes. What is there is replaced when the new one is whole.
func (d *Desk) ExportTracking(ctx context.Context, r TrackingFileRequest) (TrackingFileReport, error) {
	var report TrackingFileReport
	forms := parcel.UploadForms()
	at := slices.IndexFunc(forms, func(f parcel.UploadForm) bool { return f.ID == r.Form })
	if at < 0 {
		var ids []string
		for _, f := range forms {
			ids = append(ids, f.ID)
		}
		return report, problemUploadForm.New("form", r.Form, "forms", strings.Join(ids, ", "))
	}
	form := &forms[at]
	var err error
	if report.Path, err = uploadPath(r.Path, form); err != nil {
		return report, err
	}
	columns := make([]table.Column, len(form.Columns))
	for i, c := range form.Columns {
		columns[i] = table.Column{Title: c[0]}
	}
	var lines [][]string
	for _, id := range r.OrderIDs {
		o, err := d.store.Order(ctx, id)
		if err != nil {
			return report, err
		}
		rows, left := form.Rows(o)
		report.Findings = append(report.Findings, left...)
		lines = append(lines, rows...)
		if len(rows) > 0 {
			report.Orders++
		}
	}
	report.Rows = len(lines)
	if len(lines) == 0 {
		why := leftNobody.With()
		if len(report.Findings) > 0 {
			why = report.Findings[0].Why
		}
		return report, problemUploadEmpty.New("why", why)
	}
	if form.Confidence == "unconfirmed" {
		report.Findings = append(report.Findings, data.Finding{
			Rule: "upload_form", Severity: data.Info, Why: sayUploadForm.With("source", form.Source), How: howUploadForm.With(),
		})
	}
	return report, table.Save(report.Path, form.ID, columns, func(yield func([]table.Cell, error) bool) {
		for _, line := range lines {
			cells := make([]table.Cell, len(line))
			for i, text := range line {
				cells[i] = table.Text(text)
			}
			if !yield(cells, nil) {
				return
			}
		}
	})
}
