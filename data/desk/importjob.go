package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/store"
)

// importJob is one reading of a file into a transaction.
type importJob struct {
	desk     *Desk
	request  ImportRequest
	in       *importer.Inspection
	src      *importer.Source
	progress Progress
	hash     string         // of the file; "" for a preview
	preview  *ImportPreview // nil: for real
	report   ImportReport
	orders   map[string]int64 // number -> row id, for feedback and messages
	keys     map[string]int   // how often a natural key of feedback stood in the file
	said     map[string]bool  // feedback of the file in so many words, that has no id
	told     toldRows

	counts func() data.ImportCounts // until now; nil: those of the report
	seen   func(data.ImportCounts)  // is told the counts of a preview as they come; nil for none
	toldAt time.Time                // when it was told last
}

// run reads the file into the transaction.
func (j *importJob) run(ctx context.Context, tx *store.Tx) error {
	j.report = ImportReport{File: j.src.Name, Target: string(j.in.Preset.Target), Preset: j.in.Preset.ID, Unread: UnreadColumns(previewOf(j.in, j.src).Columns)}
	if err := j.shop(ctx, tx); err != nil {
		return err
	}
	record := store.Import{
		Shop: j.report.Shop, File: j.src.Name, SHA256: j.hash, Preset: j.in.Preset.ID, Kind: j.report.Target,
		At: j.desk.now(), Operator: j.desk.Operator(),
	}
	uid, err := newUID()
	if err != nil {
		return err
	}
	record.UID = uid
	if j.in.Preset.Target == importer.TargetOrders {
		err = j.readOrders(ctx, tx, &record)
	} else {
		err = j.readOthers(ctx, tx, &record)
	}
	j.report.ID = record.ID
	if err != nil {
		return err
	}
	return j.refuseNothing()
}

// shop finds the shop that was asked for, or makes it.
func (j *importJob) shop(ctx context.Context, tx *store.Tx) error {
	want := j.request.Shop
	if want.ID != 0 {
		shop, err := tx.ShopByID(ctx, want.ID)
		j.report.Shop = shop
		return err
	}
	if want.Platform == "" {
		want.Platform = j.in.Preset.Platform
	}
	if strings.TrimSpace(want.Name) == "" {
		return j.onlyShop(ctx, tx, want.Platform)
	}
	shop, err := j.shopOfName(ctx, tx, want)
	if err != nil {
		return err
	}
	known, err := tx.ShopByKey(ctx, shop.Platform, shop.Name)
	if err == nil {
		j.report.Shop = known
		return nil
	}
	if !errors.Is(err, data.ErrNotFound) {
		return err
	}
	did, err := j.desk.shopStep(&shop)(ctx, tx)
	if err != nil {
		return err
	}
	j.report.Shop = shop
	return tx.Record(did.Change)
}

// shopOfName is a shop that was named, as it is kept. Where neither the person nor the
// form of the file says its platform, the only shop of that name is meant.
func (j *importJob) shopOfName(ctx context.Context, tx interface {
	Shops(ctx context.Context) ([]data.Shop, error)
}, want data.Shop,
) (data.Shop, error) {
	want, err := checkShop(want)
	if err != nil || j.request.Shop.Platform != "" || j.in.Preset.Platform != "" {
		return want, err
	}
	shops, err := tx.Shops(ctx)
	if err != nil {
		return want, err
	}
	shops = slices.DeleteFunc(shops, func(s data.Shop) bool { return s.Name != want.Name })
	switch len(shops) {
	case 0:
		return want, nil
	case 1:
		return shops[0], nil
	}
	platforms := make([]string, len(shops))
	for i, s := range shops {
		platforms[i] = string(s.Platform)
	}
	return want, ProblemSameName.New("shop", want.Name, "platforms", strings.Join(platforms, ", "))
}

// onlyShop takes the one shop on a platform when none was named.
func (j *importJob) onlyShop(ctx context.Context, tx *store.Tx, platform data.Platform) error {
	shops, err := tx.Shops(ctx)
	if err != nil {
		return err
	}
	found := 0
	for _, s := range shops {
		if s.Platform == platform {
			j.report.Shop = s
			found++
		}
	}
	if found == 1 {
		return nil
	}
	return problemNoShop.New("file", j.src.Name)
}

// options say how the file is read: with the shop's zone and currency, or with
// those that were given for this file.
func (j *importJob) options() (importer.Options, error) {
	shop := j.report.Shop
	if zone := strings.TrimSpace(j.request.Shop.Zone); zone != "" {
		if _, err := time.LoadLocation(zone); err != nil {
			return importer.Options{}, problemZone.New("zone", zone)
		}
		shop.Zone = zone
	}
	if currency := strings.ToUpper(strings.TrimSpace(j.request.Shop.Currency)); currency != "" {
		if !data.IsCurrency(currency) {
			return importer.Options{}, ProblemCurrency.New("currency", j.request.Shop.Currency)
		}
		shop.Currency = currency
	}
	key := "progress.reading"
	if j.preview == nil {
		key = "progress.importing"
	}
	return importer.Options{
		Preset: j.in.Preset, Shop: shop,
		DayFirst: importer.DayFirst(j.request.DayFirst), Decimal: importer.Decimal(j.request.Decimal), MinorUnits: importer.MinorUnits(j.request.Minor),
		Progress: func(done, total int64) {
			j.progress.tell(done, total, key)
			j.tellCounts()
		},
	}, nil
}

func (j *importJob) reject(r data.Rejection) error {
	j.report.Counts.Rejected++
	if len(j.report.Rejected) < keptRejected {
		j.report.Rejected = append(j.report.Rejected, r)
	}
	return nil
}

// doubt keeps what is doubtful, and apart from it what is only worth knowing.
func (j *importJob) doubt(f data.Finding) error {
	if f.Severity == data.Info {
		j.report.Notes = append(j.report.Notes, f)
		return nil
	}
	j.report.Doubted++
	if len(j.report.Doubts) < keptDoubts {
		j.report.Doubts = append(j.report.Doubts, f)
	}
	return nil
}

func (j *importJob) readOrders(ctx context.Context, tx *store.Tx, record *store.Import) error {
	options, err := j.options()
	if err != nil {
		return err
	}
	into, err := tx.ImportOrders(record)
	if err != nil {
		return err
	}
	if err := j.takeOrders(ctx, into, options); err != nil {
		return err
	}
	rejected := j.report.Counts.Rejected
	j.report.Counts, err = into.Finish(rejected)
	j.report.Counts.Rejected = rejected
	return err
}

// takeOrders reads the orders of the file into the desk, or compares them with it.
func (j *importJob) takeOrders(ctx context.Context, into *store.OrderImport, options importer.Options) error {
	j.counts = func() data.ImportCounts {
		c := into.Counts()
		c.Rejected = j.report.Counts.Rejected
		return c
	}
	into.Once = len(j.in.More) == 0 // the reader tells of an order once in each table
	into.AcceptBack = j.request.AcceptOlder
	into.Back = j.back
	into.Kept = j.kept
	into.Erased = func(o *data.Order) { _ = j.doubt(j.aboutOrder(o.Number, problemErasedAgain.New("number", o.Number))) }
	into.Again = func(o *data.Order) { _ = j.doubt(j.aboutOrder(o.Number, problemErasedBack.New("number", o.Number))) }
	into.Unsure = func(o *data.Order) {
		_ = j.doubt(j.aboutOrder(o.Number, problemTotalUnsure.New("number", o.Number, "total", o.Total)))
	}
	_, err := importer.Read(ctx, j.src, j.in, options, importer.Sink{
		Order:  func(o *data.Order) error { return j.order(into, o) },
		Refund: func(r *importer.Refund) error { return j.refund(into, r) },
		Reject: j.reject,
		Doubt:  j.doubt,
	})
	return err
}

func (j *importJob) order(into *store.OrderImport, o *data.Order) error {
	if j.preview != nil && len(j.preview.Orders) < previewRows {
		j.preview.Orders = append(j.preview.Orders, *o)
	}
	doubted := importer.OverRefunded(o) != nil // and told by the reader
	ordered := o.OrderedAt
	outcome, err := into.Add(o)
	if zone := j.report.Shop.Location(); err == nil && before(j.desk.now(), ordered, zone) { // kept, as a feedback from before its order
		err = j.doubt(j.aboutOrder(o.Number, problemOrderFuture.New("number", o.Number, "ordered", data.Stamp(ordered, zone))))
	}
	if outcome == store.Added || outcome == store.Updated {
		j.told.order(o.ID)
	}
	if why := importer.OverRefunded(o); outcome == store.Updated && why != nil && !doubted && err == nil {
		return j.doubt(j.aboutOrder(o.Number, why))
	}
	return err
}

// refund takes a refund whose payment came in another file.
func (j *importJob) refund(into *store.OrderImport, r *importer.Refund) error {
	known, err := into.Has(r.Number)
	if err != nil {
		return err
	}
	if !known {
		return j.reject(r.Row)
	}
	return j.order(into, &data.Order{Number: r.Number, Status: data.StatusUnknown, Parts: []data.Part{r.Part}})
}

// back tells of an order that a file takes back.
func (j *importJob) back(known, told *data.Order) {
	j.report.Backward++
	about := j.aboutOrder(told.Number, goesBack(known, told, j.request.AcceptOlder))
	about.Rule = problemBack.Code // whatever is told of it
	if j.request.AcceptOlder {
		about.Rule = problemBackTaken.Code
	} else {
		about.Mend.Deed = DeedOlder
	}
	_ = j.doubt(about)
}

// kept tells of an order of which a person's word stays against a file's.
func (j *importJob) kept(known, told *data.Order, names []string) {
	for _, name := range names {
		about := j.aboutOrder(told.Number, keptStated(known, told, name))
		about.Mend.Deed = DeedOlder
		if name == data.StatedStatus { // an export from before, as most are
			about.Severity = data.Info
		}
		_ = j.doubt(about)
	}
}

// aboutOrder is a doubt about an order that a file tells of.
func (j *importJob) aboutOrder(number string, why *data.Problem) data.Finding {
	return why.Finding(data.Warning, data.Ref{Kind: "file", ID: j.src.Name}, data.Ref{Kind: "order", ID: number, Label: number})
}

// keptNumbers bounds how many order numbers a job remembers.
const keptNumbers = 100_000

// orderID finds the order of the shop with a number; 0 when the desk has none.
func (j *importJob) orderID(ctx context.Context, tx taker, number string) (int64, error) {
	if id, known := j.orders[number]; known || number == "" {
		return id, nil
	}
	id, err := tx.OrderID(ctx, j.report.Shop.ID, number)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return 0, err
	}
	if len(j.orders) >= keptNumbers {
		clear(j.orders)
	}
	j.orders[strings.Clone(number)] = id // a field read from a file holds on to its whole row
	return id, nil
}

// refuseNothing is the error of a file of which no row could be taken.
func (j *importJob) refuseNothing() error {
	c := j.report.Counts
	if c.Added+c.Updated+c.Unchanged+c.Older > 0 || len(j.report.Rejected) == 0 { // what a doubt leaves out is told by it
		return nil
	}
	return problemNothing.New("file", j.src.Name, "rejected", c.Rejected, "line", j.report.Rejected[0].At("row").ID)
}

// change is the journal's entry of the import as a whole; what each order became
// stands in entries of its own.
func (j *importJob) change() data.Change {
	return data.Change{
		Action: j.report.Target + ".import", Entity: data.EntityImport, Key: j.hash,
		After: map[string]any{
			"file": j.report.File, "sha256": j.hash, "preset": j.report.Preset,
			"shop": store.ShopKey(j.report.Shop), "counts": j.report.Counts,
		},
	}
}

// deed is what the import did. One import is one event, however many rows it has; it
// names them while they are few.
func (j *importJob) deed(ctx context.Context, tx *store.Tx) (deed, error) {
	did := deed{
		Change: j.change(),
		effect: data.EffectMany, rows: []data.RowRef{{Entity: data.EntityImport, ID: j.report.ID}, {Entity: data.EntityShop, ID: j.report.Shop.ID}},
	}
	if c := j.report.Counts; c.Added+c.Updated == 0 {
		return did, nil
	}
	rows, err := j.told.rows(ctx, tx, importedEntities[j.in.Preset.Target]...)
	did.rows = append(did.rows, rows...)
	return did, err
}

// importedEntities are whose rows show something else after an import.
var importedEntities = map[importer.Target][]string{
	importer.TargetOrders:   {data.EntityOrder, data.EntityDispute},
	importer.TargetDisputes: {data.EntityDispute, data.EntityOrder},
	importer.TargetFeedback: {data.EntityFeedback, data.EntityOrder},
	importer.TargetMessages: {data.EntityMessage, data.EntityOrder, data.EntityDispute},
}
