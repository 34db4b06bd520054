package desk

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/goods"
)

// countsKept is how long it is good how many orders held an article.
const countsKept = 6 * time.Hour

// goodsKept is what went wrong with articles, as it was counted last.
type goodsKept struct {
	mu       sync.Mutex
	troubles map[article]data.GoodsTrouble // nil until it is asked for, and after a change
	counts   map[article]data.GoodsTrouble // of articles with trouble
	at       time.Time                     // of counts
	turn     int                           // goes up with each change
}

// article names one: its SKU, or of one without its title.
type article struct{ sku, title string }

func articleOf(t data.GoodsTrouble) article {
	if t.SKU != "" {
		return article{sku: t.SKU}
	}
	return article{title: t.Title}
}

// forget drops what a change may have made wrong.
func (k *goodsKept) forget(e Event) {
	if e.Of(data.EntityDispute) || e.Of(data.EntityComplaint) || e.Of(data.EntityFeedback) {
		k.mu.Lock()
		k.troubles = nil
		k.turn++
		k.mu.Unlock()
	}
}

// troubled counts of each article the orders with which something went wrong.
func (d *Desk) troubled(ctx context.Context, r *goods.Rules) (map[article]data.GoodsTrouble, error) {
	d.goods.mu.Lock()
	kept, turn := d.goods.troubles, d.goods.turn
	d.goods.mu.Unlock()
	if kept != nil {
		return kept, nil
	}
	list, err := d.store.OrderTroubles(ctx, r.Since(d.now()))
	if err != nil {
		return nil, err
	}
	type wrong struct {
		order int64
		kind  data.TroubleKind
		of    article
	}
	seen, kept := map[wrong]bool{}, map[article]data.GoodsTrouble{}
	for _, t := range list {
		g := data.GoodsTrouble{SKU: t.SKU, Title: t.Title}
		w := wrong{t.OrderID, r.Kind(t), articleOf(g)}
		if w.kind == "" || seen[w] {
			continue
		}
		seen[w] = true
		if known, ok := kept[w.of]; ok {
			g = known
		}
		if w.kind == data.TroubleDefect {
			g.Defects++
		} else {
			g.Damages++
		}
		kept[w.of] = g
	}
	d.goods.mu.Lock()
	if d.goods.turn == turn { // nothing changed meanwhile
		d.goods.troubles = kept
	}
	d.goods.mu.Unlock()
	return kept, nil
}

// troublesOf gives what went wrong with the articles of an order, where that is worth
// a word.
func (d *Desk) troublesOf(ctx context.Context, o *data.Order) ([]data.GoodsTrouble, error) {
	r, err := goods.BuiltIn()
	if err != nil {
		return nil, err
	}
	all, err := d.troubled(ctx, r)
	if err != nil {
		return nil, err
	}
	var out []data.GoodsTrouble
	for _, i := range o.Items[:min(len(o.Items), maxGoods)] {
		t, ok := all[articleOf(data.GoodsTrouble{SKU: i.SKU, Title: i.Title})]
		if !ok || max(t.Defects, t.Damages) < r.Least || slices.ContainsFunc(out, func(k data.GoodsTrouble) bool { return articleOf(k) == articleOf(t) }) {
			continue
		}
		if t, err = d.counted(ctx, r, t); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// counted adds how many orders hold an article.
func (d *Desk) counted(ctx context.Context, r *goods.Rules, t data.GoodsTrouble) (data.GoodsTrouble, error) {
	d.goods.mu.Lock()
	if d.goods.counts == nil || d.now().Sub(d.goods.at).Abs() > countsKept {
		d.goods.counts, d.goods.at = map[article]data.GoodsTrouble{}, d.now()
	}
	known, ok := d.goods.counts[articleOf(t)]
	d.goods.mu.Unlock()
	if !ok {
		var err error
		if known, err = d.store.ArticleCounts(ctx, t, r.Since(d.now())); err != nil {
			return t, err
		}
		d.goods.mu.Lock()
		d.goods.counts[articleOf(t)] = known
		d.goods.mu.Unlock()
	}
	t.Orders, t.Timed, t.Late = max(known.Orders, t.Defects, t.Damages), known.Timed, known.Late // it was counted some hours ago
	return t, nil
}

// GoodsAdvice is a product that is to be dropped or watched, and why.
type GoodsAdvice struct {
	data.GoodsTrouble
	Advice   goods.Advice
	Findings []data.Finding
}

// GoodsToWatch lists the products that are better dropped, then those to be watched,
// the worst first. It reads every item: ask for it beside the main goroutine.
func (d *Desk) GoodsToWatch(ctx context.Context) ([]GoodsAdvice, error) {
	r, err := goods.BuiltIn()
	if err != nil {
		return nil, err
	}
	troubles, err := d.troubled(ctx, r)
	if err != nil {
		return nil, err
	}
	left, err := d.store.ArticlesLeft(ctx, r.Since(d.now()))
	if err != nil {
		return nil, err
	}
	var out []GoodsAdvice
	for _, t := range left {
		k := troubles[articleOf(t)]
		t.Defects, t.Damages = k.Defects, k.Damages
		if advice, findings := r.Judge(t); advice != goods.AdviceNone {
			out = append(out, GoodsAdvice{t, advice, findings})
		}
	}
	slices.SortFunc(out, func(a, b GoodsAdvice) int {
		return cmp.Or(cmp.Compare(a.Advice, b.Advice), // drop before watch
			cmp.Compare(b.Defects+b.Damages, a.Defects+a.Damages), cmp.Compare(b.Late, a.Late), cmp.Compare(a.SKU, b.SKU), cmp.Compare(a.Title, b.Title))
	})
	return out, nil
}
