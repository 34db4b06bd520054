package desk

import (
	"context"
	"slices"
	"time"

	"casebinder/data"
	"casebinder/data/listing"
)

// evidenceOfOrder gives the evidence of an order, and of each of its products the
// snapshot of the listing that is nearest before it was placed.
func (d *Desk) evidenceOfOrder(ctx context.Context, order *data.Order) ([]data.Evidence, error) {
	own, err := d.store.EvidenceOfOrder(ctx, order.ID)
	if err != nil {
		return nil, err
	}
	shots, err := d.snapshots(ctx, order)
	if err != nil {
		return nil, err
	}
	return d.addFilesOf(ctx, own, shots)
}

// addFilesOf adds the files of papers that are not there yet.
func (d *Desk) addFilesOf(ctx context.Context, own []data.Evidence, papers []data.ProductPaper) ([]data.Evidence, error) {
	for _, p := range papers {
		if slices.ContainsFunc(own, func(o data.Evidence) bool { return o.SHA256 == p.SHA256 }) {
			continue
		}
		e, err := d.store.Evidence(ctx, p.EvidenceID)
		if err != nil {
			return nil, err
		}
		if e.BinnedAt.IsZero() {
			own = append(own, e)
		}
	}
	return own, nil
}

// papersOfOrder gives each product's papers of an order.
func (d *Desk) papersOfOrder(ctx context.Context, order *data.Order) ([][]data.ProductPaper, error) {
	products, err := d.store.ProductsOfOrder(ctx, order.ID)
	if err != nil {
		return nil, err
	}
	out := make([][]data.ProductPaper, len(products))
	for i, p := range products {
		if out[i], err = d.store.PapersOf(ctx, p.ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// snapshots gives of each product of an order the snapshot that is nearest before it
// was placed; where there is none, the first one after it.
func (d *Desk) snapshots(ctx context.Context, order *data.Order) ([]data.ProductPaper, error) {
	papers, err := d.papersOfOrder(ctx, order)
	var out []data.ProductPaper
	for _, of := range papers {
		if shot, ok := listing.Nearest(of, order.OrderedAt); ok {
			out = append(out, shot)
		}
	}
	return out, err
}

// certificates gives the papers of the products of an order that were in force when it
// was placed: of safety, of tests, of rights.
func (d *Desk) certificates(ctx context.Context, order *data.Order) ([]data.ProductPaper, error) {
	papers, err := d.papersOfOrder(ctx, order)
	var out []data.ProductPaper
	for _, a := range slices.Concat(papers...) {
		if a.EvidenceID != 0 && a.Kind.Evidence() == data.KindCertificate && a.InForce(order.OrderedAt) {
			out = append(out, a)
		}
	}
	return out, err
}

// addCertificates adds the papers of products where the checklist of a dispute asks
// for some.
func (d *Desk) addCertificates(ctx context.Context, dispute *data.Dispute, order *data.Order, own []data.Evidence) ([]data.Evidence, error) {
	rules, err := d.Rules(ctx)
	if err != nil {
		return own, err
	}
	c := caseOf(dispute, order.Shop)
	if p := rules.PackOf(&c); p == nil || !p.Wants(dispute.Reason, data.KindCertificate) {
		return own, nil
	}
	papers, err := d.certificates(ctx, order)
	if err != nil {
		return own, err
	}
	return d.addFilesOf(ctx, own, papers)
}

// snapshotFindings tells what the snapshots of an order's listings show, and do not.
func (d *Desk) snapshotFindings(ctx context.Context, order *data.Order, zone *time.Location) ([]data.Finding, error) {
	shots, err := d.snapshots(ctx, order)
	if err != nil || len(shots) == 0 {
		return nil, err
	}
	rules, err := listing.BuiltIn()
	if err != nil {
		return nil, err
	}
	var all []data.Finding
	for i := range shots {
		e, err := d.store.Evidence(ctx, shots[i].EvidenceID)
		if err != nil {
			return nil, err
		}
		if e.BinnedAt.IsZero() {
			all = append(all, rules.Snapshot(order, &shots[i], e.UID, zone)...)
		}
	}
	return all, nil
}

// KnowledgeOffer is what is known of a product that a reply can quote.
type KnowledgeOffer struct {
	Product  string
	Entry    data.Knowledge
	Language string // of the entry; "" serves all
	Fits     bool   // it is in the language that was asked for, or serves all
}

// KnowledgeFor gives what is known of the products of an order: first what is in a
// language (BCP 47) or serves all, then what is in others.
func (d *Desk) KnowledgeFor(ctx context.Context, orderID int64, language string) ([]KnowledgeOffer, error) {
	products, err := d.store.ProductsOfOrder(ctx, orderID)
	if err != nil {
		return nil, err
	}
	var list []KnowledgeOffer
	for _, p := range products {
		for _, k := range p.Knowledge {
			list = append(list, KnowledgeOffer{p.Name(), k, k.Language, k.Speaks(language)})
		}
	}
	slices.SortStableFunc(list, func(a, b KnowledgeOffer) int {
		switch {
		case a.Fits == b.Fits:
			return 0
		case a.Fits:
			return -1
		}
		return 1
	})
	return list, nil
}
