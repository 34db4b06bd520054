package desk

import (
	"context"
	"encoding/json"
	"fmt"

	"casebinder/data"
	"casebinder/data/policy"
	"casebinder/data/sample"
	"casebinder/data/store"
)

var problemNotNew = data.DefineProblem("sample_not_empty", data.ErrConflict,
	"This desk holds {shops} shops and {orders} orders already.",
	"Choose another folder for the sample, so that invented data never mixes with yours.")

// SampleSetting says that a desk is the sample: nothing on it is real.
const SampleSetting = "sample"

// FillSample fills an empty desk with invented data: three shops, their
// orders, messages, disputes at every stage, feedback and evidence, with what the
// seller wrote in one of sample.Languages. A desk that holds anything is refused.
func (d *Desk) FillSample(ctx context.Context, language string, p Progress) error {
	stats, err := d.Stats(ctx)
	if err != nil {
		return err
	}
	if stats.Shops > 0 || stats.Orders > 0 {
		return problemNotNew.New("shops", stats.Shops, "orders", stats.Orders)
	}
	p.tell(0, 0, "progress.drawing")
	made, err := sample.Desk(d.now(), language)
	if err != nil {
		return err
	}
	rules, err := d.Rules(ctx)
	if err != nil {
		return err
	}
	filler := sampleFiller{rules: rules, sample: &made}
	err = d.record(ctx, func(_ context.Context, tx *store.Tx) (deed, error) {
		change := data.Change{Action: "sample.fill", Entity: data.EntityDesk, Key: "sample", After: map[string]int{
			"shops": len(made.Shops), "orders": len(made.Orders), "disputes": len(made.Disputes),
		}}
		rows := manyOf(data.EntityDesk, data.EntityShop, data.EntityOrder, data.EntityDispute, data.EntityMessage, data.EntityFeedback, data.EntityTask, data.EntityProduct, data.EntitySupplier, data.EntityRate)
		return deed{Change: change, effect: data.EffectMany, rows: rows}, filler.run(tx)
	})
	if err != nil {
		return fmt.Errorf("filling the sample desk: %w", err)
	}
	if err := d.sampleFiles(ctx, &made, p); err != nil {
		return err
	}
	if err := d.sampleStatements(ctx, &made); err != nil {
		return err
	}
	d.mu.Lock()
	d.undo, d.redo = nil, nil // the sample is not the operator's work
	d.mu.Unlock()
	return nil
}

// sampleStatements drafts a statement for each dispute with evidence that still
// waits for one, as the draft's button does.
func (d *Desk) sampleStatements(ctx context.Context, made *sample.Sample) error {
	files := map[int]int{}
	for _, file := range made.Files {
		files[file.Dispute]++
	}
	for i := range made.Disputes {
		dispute := &made.Disputes[i].Dispute
		if files[i] < 3 || dispute.Stage == data.StageClosed {
			continue
		}
		drafted, err := d.DraftStatement(ctx, dispute.ID, "", "en")
		if err == nil {
			err = d.PutStatement(ctx, dispute.ID, drafted)
		}
		if err != nil {
			return fmt.Errorf("filling the sample desk: %w", err)
		}
	}
	return nil
}

// sampleFiller stores a sample, so that what refers by index refers by row.
type sampleFiller struct {
	rules  *policy.Rules
	sample *sample.Sample
	shops  map[string]data.Shop
}

func (f *sampleFiller) run(tx *store.Tx) error {
	for _, step := range []func(*store.Tx) error{f.putShops, f.putOrders, f.putDisputes, f.putMessages, f.putFeedback, f.putTasks, f.putBooks} {
		if err := step(tx); err != nil {
			return err
		}
	}
	return tx.PutSetting(SampleSetting, json.RawMessage("true"))
}

func (f *sampleFiller) putShops(tx *store.Tx) error {
	f.shops = map[string]data.Shop{}
	for i, shop := range f.sample.Shops {
		if err := tx.PutShop(&shop); err != nil {
			return err
		}
		if sign := f.sample.Signs[i]; sign != "" {
			if err := tx.PutShopService(shop.ID, data.Service{Signature: sign}); err != nil {
				return err
			}
		}
		f.shops[store.ShopKey(shop)] = shop
	}
	return nil
}

func (f *sampleFiller) putOrders(tx *store.Tx) error {
	for i := range f.sample.Orders {
		order := &f.sample.Orders[i]
		order.Shop = f.shops[store.ShopKey(order.Shop)]
		if err := tx.PutOrder(order); err != nil {
			return err
		}
	}
	return nil
}

func (f *sampleFiller) orderID(index int) int64 {
	if index == sample.None {
		return 0
	}
	return f.sample.Orders[index].ID
}

func (f *sampleFiller) disputeID(index int) int64 {
	if index == sample.None {
		return 0
	}
	return f.sample.Disputes[index].ID
}

func (f *sampleFiller) putDisputes(tx *store.Tx) error {
	for i := range f.sample.Disputes {
		dispute := &f.sample.Disputes[i].Dispute
		dispute.OrderID = f.orderID(f.sample.Disputes[i].Order)
		setState(f.rules, dispute, f.sample.Orders[f.sample.Disputes[i].Order].Shop)
		if err := tx.InsertDispute(dispute); err != nil {
			return err
		}
	}
	return nil
}

func (f *sampleFiller) putMessages(tx *store.Tx) error {
	for i := range f.sample.Messages {
		m := &f.sample.Messages[i]
		m.OrderID, m.DisputeID = f.orderID(m.Order), f.disputeID(m.Dispute)
		if err := tx.PutMessage(&m.Message); err != nil {
			return err
		}
	}
	return nil
}

func (f *sampleFiller) putFeedback(tx *store.Tx) error {
	for i := range f.sample.Feedback {
		feedback := &f.sample.Feedback[i]
		feedback.OrderID = f.orderID(feedback.Order)
		feedback.Shop = f.shops[store.ShopKey(feedback.Shop)]
		if err := tx.PutFeedback(&feedback.Feedback); err != nil {
			return err
		}
	}
	return nil
}

func (f *sampleFiller) putTasks(tx *store.Tx) error {
	for i := range f.sample.Tasks {
		task := &f.sample.Tasks[i]
		task.OrderID, task.DisputeID = f.orderID(task.Order), f.disputeID(task.Dispute)
		if err := tx.PutTask(&task.Task); err != nil {
			return err
		}
	}
	return nil
}

// putBooks stores what reports stand on: products with their suppliers, and rates.
func (f *sampleFiller) putBooks(tx *store.Tx) error {
	for i := range f.sample.Suppliers {
		if err := tx.PutSupplier(&f.sample.Suppliers[i]); err != nil {
			return err
		}
	}
	for i := range f.sample.Products {
		p := &f.sample.Products[i]
		p.ShopID = f.shops[store.ShopKey(f.sample.Shops[p.Shop])].ID
		if err := tx.PutProduct(&p.Product); err != nil {
			return err
		}
	}
	for _, rate := range f.sample.Rates {
		if err := tx.PutRate(rate); err != nil {
			return err
		}
	}
	if f.sample.Currency == "" {
		return nil
	}
	chosen, err := json.Marshal(f.sample.Currency)
	if err != nil {
		return err
	}
	return tx.PutSetting(reportCurrency, chosen)
}

// sampleFiles takes the drawn files in as any other evidence.
func (d *Desk) sampleFiles(ctx context.Context, made *sample.Sample, p Progress) error {
	proves := map[int]map[string]string{} // by dispute and UID
	for i, file := range made.Files {
		p.tell(int64(i), int64(len(made.Files)), "progress.hashing")
		var disputeID int64
		if file.Dispute != sample.None {
			disputeID = made.Disputes[file.Dispute].ID
		}
		added, err := d.addFile(ctx, made.Orders[file.Order].ID, disputeID, EvidenceFile{
			Name: file.Name, Bytes: file.Bytes, Kind: file.Kind, Note: file.Note, CapturedAt: file.CapturedAt, Source: "sample",
		})
		if err != nil {
			return fmt.Errorf("filling the sample desk: %s: %w", file.Name, err)
		}
		if file.Proves != "" && file.Dispute != sample.None {
			if proves[file.Dispute] == nil {
				proves[file.Dispute] = map[string]string{}
			}
			proves[file.Dispute][added.UID] = file.Proves
		}
	}
	for i, lines := range proves {
		if err := d.sampleExhibits(ctx, &made.Disputes[i].Dispute, lines); err != nil {
			return fmt.Errorf("filling the sample desk: %w", err)
		}
	}
	return nil
}

// sampleExhibits says of a dispute's exhibits what they prove.
func (d *Desk) sampleExhibits(ctx context.Context, dispute *data.Dispute, proves map[string]string) error {
	views, err := d.exhibits(ctx, dispute)
	if err != nil {
		return err
	}
	var list []data.Exhibit
	for _, v := range views {
		v.Exhibit.Proves = proves[v.EvidenceUID]
		list = append(list, v.Exhibit)
	}
	return d.ArrangeExhibits(ctx, dispute.ID, list)
}
