package desk

import (
	"context"
	"strings"

	"casebinder/data"
	"casebinder/data/store"
)

// RatingsReport says what was taken of a page of ratings.
type RatingsReport struct {
	Added, Changed, Known, Left int
}

// TakeRatings keeps the ratings of a page as they were looked at. It can be undone as
// one.
func (d *Desk) TakeRatings(ctx context.Context, page RatingsPage) (RatingsReport, error) {
	if page.Shop.ID == 0 {
		return RatingsReport{}, problemRatingsShop.New()
	}
	if err := d.CompareRatings(ctx, &page); err != nil { // the desk may have changed since it was looked at
		return RatingsReport{}, err
	}
	report := RatingsReport{page.Count(RatingNew), page.Count(RatingChanged), page.Count(RatingKnown), page.Count(RatingLeft)}
	var steps []step
	for i := range page.Items {
		r := &page.Items[i]
		switch f := r.Feedback; r.Fate {
		case RatingNew:
			uid, err := newUID()
			if err != nil {
				return RatingsReport{}, err
			}
			f.UID = uid
			steps = append(steps, addingFeedback(&f))
		case RatingChanged:
			of := about{"feedback.edit", data.EntityFeedback, f.UID, rowsOf(data.EntityFeedback, f.ID, f.OrderID, 0)}
			steps = append(steps, swap(of, r.before, f, func(_ context.Context, tx *store.Tx, to data.Feedback) error { return tx.PutFeedback(&to) }))
		}
	}
	switch {
	case len(steps) > 0:
		return report, d.act(ctx, together(steps...))
	case report.Known > 0:
		return report, nil
	}
	return report, problemNoRatings.New()
}

// PastedFeedback looks at what a person copied. A table with headings is kept as a
// file that Import reads; anything else is read as a page of ratings.
func (d *Desk) PastedFeedback(ctx context.Context, r RatingsRequest) (path string, page RatingsPage, err error) {
	if strings.Contains(strings.TrimSpace(r.Text), "\n") {
		if path, err = d.pastedTable(r.Text); err != nil {
			return "", page, err
		}
		in, src, err := d.inspect(ctx, ImportRequest{Path: path, Target: "feedback"})
		if err == nil {
			fits := in.Preset != nil
			if err := src.Close(); err != nil || fits {
				return path, page, err
			}
		}
	}
	page, err = d.PreviewRatings(ctx, r)
	if err == nil && len(page.Items) == 0 && path != "" && columns(r.Text) {
		return path, page, nil // whoever pastes it says which column is what
	}
	return "", page, err
}

// columns reports whether all lines of a text have the same number of columns, two or
// more.
func columns(text string) bool {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	tabs := strings.Count(lines[0], "\t")
	for _, line := range lines {
		if strings.Count(line, "\t") != tabs {
			return false
		}
	}
	return tabs > 0
}
