package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer"
)

const (
	firstLook   = 1000                   // rows that the first look at a file reads
	seenBetween = 200 * time.Millisecond // how often counts are told
)

// WatchPreview reads the whole file and says what an import would do; nothing is
// written. Where no preset fits, it gives the columns for a mapping and no orders.
// It tells what it knows while it reads: at once the first rows with their doubts
// and questions, then the counts as they come. Seen is called on the caller's
// goroutine with previews that are Partial; nil for none. What the file tells is
// compared with the desk without keeping others from writing.
func (d *Desk) WatchPreview(ctx context.Context, r ImportRequest, p Progress, seen func(ImportPreview)) (ImportPreview, error) {
	in, src, err := d.inspect(ctx, r)
	if err != nil {
		return ImportPreview{}, err
	}
	defer src.Close()
	preview := previewOf(in, src)
	if in.Preset == nil {
		if in.Near != nil {
			preview.Doubts, preview.Doubted = []data.Finding{nearly(in.Near, src.Name)}, 1
		}
		return preview, nil
	}
	job := importJob{desk: d, request: r, in: in, src: src, progress: p, preview: &preview}
	if seen != nil {
		early := preview
		early.Partial = true
		// What is wrong with the file, the whole reading says; its columns and
		// questions are there already.
		if err := d.firstLook(ctx, job, &early); ctx.Err() != nil {
			return preview, err
		}
		seen(early)
		job.seen = func(counts data.ImportCounts) {
			early.Counts, early.Doubted = counts, job.report.Doubted
			seen(early)
		}
	}
	err = job.compare(ctx)
	preview.Counts, preview.Rejected = job.report.Counts, job.report.Rejected
	preview.Doubts, preview.Doubted, preview.Notes, preview.Backward = job.report.Doubts, job.report.Doubted, job.report.Notes, job.report.Backward
	preview.Reused = job.report.Reused
	return preview, err
}

// nearly tells of the preset that would fit a header but for a column.
func nearly(why *data.Problem, file string) data.Finding {
	f := why.Finding(data.Warning, data.Ref{Kind: "file", ID: file})
	f.Mend.Deed = importer.DeedMap
	return f
}

// previewOf is what looking at a file tells.
func previewOf(in *importer.Inspection, src *importer.Source) ImportPreview {
	preview := ImportPreview{File: src.Name, Encoding: in.Encoding}
	for _, c := range in.Columns {
		preview.Columns = append(preview.Columns, ImportColumn{Header: c.Header, Samples: c.Samples, Field: string(c.Field)})
	}
	for _, q := range in.Questions {
		preview.Questions = append(preview.Questions, ImportQuestion{Kind: string(q.Kind), Header: q.Header, Example: q.Example})
	}
	if in.Preset != nil {
		preview.Preset, preview.Title, preview.Platform = in.Preset.ID, in.Preset.Title, in.Preset.Platform
	}
	return preview
}

// UnreadColumns names the columns of a file that hold something and that no field
// takes: they stay with each row of the desk as they are written.
func UnreadColumns(columns []ImportColumn) []string {
	var names []string
	for _, c := range columns {
		if name := strings.Join(strings.Fields(c.Header), " "); c.Field == "" && name != "" && len(c.Samples) > 0 {
			names = append(names, name)
		}
	}
	return names
}

// firstLook reads the first rows of a file.
func (d *Desk) firstLook(ctx context.Context, job importJob, into *ImportPreview) error {
	job.preview, job.progress = into, nil
	if err := job.viewedShop(ctx); err != nil {
		return err
	}
	options, err := job.options()
	if err != nil {
		return err
	}
	options.Rows = firstLook
	_, err = importer.Read(ctx, job.src, job.in, options, importer.Sink{
		Order:    func(o *data.Order) error { return keepFirst(&into.Orders, o) },
		Feedback: func(f *data.Feedback) error { return keepFirst(&into.Feedback, f) },
		Message:  func(m *importer.Message) error { return keepFirst(&into.Messages, &m.Message) },
		Dispute:  func(c *importer.Dispute) error { return keepFirst(&into.Disputes, &c.Dispute) },
		Parcel:   func(p *importer.Parcel) error { return keepFirst(&into.Parcels, p) },
		Article:  func(a *importer.Article) error { return keepFirst(&into.Products, &a.Product) },
		Cost:     func(c *importer.CostLine) error { return keepFirst(&into.Costs, c) },
		Doubt:    job.doubt,
	})
	into.Doubts, into.Doubted, into.Notes = job.report.Doubts, job.report.Doubted, job.report.Notes
	return err
}

// tellCounts tells the counts until now, not too often.
func (j *importJob) tellCounts() {
	if j.seen == nil || time.Since(j.toldAt) < seenBetween {
		return
	}
	j.toldAt = time.Now()
	counts := j.report.Counts
	if j.counts != nil {
		counts = j.counts()
	}
	j.seen(counts)
}

func keepFirst[T any](all *[]T, one *T) error {
	if len(*all) < previewRows {
		*all = append(*all, *one)
	}
	return nil
}

// compare reads a file and compares what it tells with the desk.
func (j *importJob) compare(ctx context.Context) error {
	j.report = ImportReport{File: j.src.Name, Target: string(j.in.Preset.Target), Preset: j.in.Preset.ID}
	if err := j.viewedShop(ctx); err != nil {
		return err
	}
	if j.in.Preset.Target == importer.TargetShipments {
		parcels := &parcelJob{importJob: j, from: &j.desk.store.Reader}
		if err := parcels.begin(ctx, &j.desk.store.Reader); err != nil {
			return err
		}
		return parcels.read(ctx)
	}
	if j.in.Preset.Target == importer.TargetProducts {
		products := &productJob{importJob: j, from: &j.desk.store.Reader}
		return products.read(ctx)
	}
	if j.in.Preset.Target == importer.TargetCosts {
		costs := &costJob{importJob: j, from: &j.desk.store.Reader}
		return costs.read(ctx)
	}
	options, err := j.options()
	if err != nil {
		return err
	}
	if j.in.Preset.Target != importer.TargetOrders {
		into := j.desk.store.Rehearse(ctx)
		return errors.Join(j.takeOthers(ctx, into, options), into.Close())
	}
	into, err := j.desk.store.CompareOrders(ctx, j.report.Shop)
	if err != nil {
		return err
	}
	err = j.takeOrders(ctx, into, options)
	rejected := j.report.Counts.Rejected
	j.report.Counts = into.Counts()
	j.report.Counts.Rejected = rejected
	return errors.Join(err, into.Close())
}

// viewedShop is the shop of a preview: the one that was asked for, or what the
// import would make; with ID 0 while it is not there.
func (j *importJob) viewedShop(ctx context.Context) error {
	want := j.request.Shop
	if want.ID != 0 {
		shop, err := j.desk.store.ShopByID(ctx, want.ID)
		j.report.Shop = shop
		return err
	}
	if want.Platform == "" {
		want.Platform = j.in.Preset.Platform
	}
	if strings.TrimSpace(want.Name) == "" {
		return j.viewedOnlyShop(ctx, want.Platform)
	}
	shop, err := j.shopOfName(ctx, j.desk.store, want)
	if err != nil {
		return err
	}
	known, err := j.desk.store.ShopByKey(ctx, shop.Platform, shop.Name)
	switch {
	case err == nil:
		shop = known
	case !errors.Is(err, data.ErrNotFound):
		return err
	}
	j.report.Shop = shop
	return nil
}

// viewedOnlyShop takes the one shop on a platform; where there are none or several,
// which it will be is asked beside the preview.
func (j *importJob) viewedOnlyShop(ctx context.Context, platform data.Platform) error {
	shops, err := j.desk.store.Shops(ctx)
	if err != nil {
		return err
	}
	shops = slices.DeleteFunc(shops, func(s data.Shop) bool { return s.Platform != platform })
	if len(shops) == 1 {
		j.report.Shop = shops[0]
	} else {
		j.provisionalShop(platform)
	}
	return nil
}

// provisionalShop stands in a preview for the shop that nobody has named yet.
func (j *importJob) provisionalShop(platform data.Platform) *data.Shop {
	j.report.Shop = data.Shop{Platform: platform, Name: "\u2026", Zone: j.request.Shop.Zone, Currency: j.request.Shop.Currency}
	return &j.report.Shop
}
