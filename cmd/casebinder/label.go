package main

import (
	"context"
	"fmt"
	"strings"

	"casebinder/data"
	"casebinder/data/barcode"
	"casebinder/data/desk"
)

// labelItem is a picture with its codes, as --json prints it.
type labelItem struct {
	File     string             `json:"file"`
	Codes    []data.ReadCode    `json:"codes"`
	Order    string             `json:"order"`          // "" where none is known, or a person is to say which
	Shop     string             `json:"shop,omitempty"` // of the order
	Tracking []string           `json:"tracking"`       // tracking numbers in the picture that the desk knows, or whose check digit holds
	Parcels  []desk.LabelParcel `json:"parcels,omitempty"`
	Numbers  []barcode.Number   `json:"numbers,omitempty"`
	Unsure   bool               `json:"unsure"`
	Why      []data.Text        `json:"why,omitempty"`
	Findings []data.Finding     `json:"findings,omitempty"`
	Taken    string             `json:"taken,omitempty"` // id of the evidence
}

func labelCommand(c *call) func(context.Context) (*result, error) {
	take := c.flags.Bool("take", false, "take each picture as evidence of packing of its order; what is unsure is not taken")
	return func(ctx context.Context) (*result, error) {
		if len(c.files) == 0 {
			return nil, misused("label needs a picture")
		}
		if c.desk == "" && !*take {
			return readAlone(ctx, c.files, c.operator)
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			reads, err := d.ReadLabels(ctx, c.files, nil)
			if err != nil {
				return nil, err
			}
			out, items := labelResult(reads)
			if *take {
				err = takeLabels(ctx, d, reads, out, items)
			}
			return out, err
		})
	}
}

// readAlone reads without a desk, which knows no order.
func readAlone(ctx context.Context, files []string, operator string) (*result, error) {
	o := deskOptions(operator)
	reader := barcode.New(barcode.Options{Command: o.Codes, CacheDir: o.CodeDir})
	defer reader.Close()
	var reads []desk.LabelRead
	for _, path := range files {
		codes, err := reader.Read(ctx, path)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		reads = append(reads, desk.LabelRead{Path: path, Codes: codes, Err: err, Match: desk.LabelMatch{Numbers: barcode.Numbers(codes)}})
	}
	out, _ := labelResult(reads)
	return out, nil
}

func labelResult(reads []desk.LabelRead) (*result, []labelItem) {
	out := &result{failed: true}
	items := []labelItem{}
	for _, r := range reads {
		if r.Err != nil {
			out.Rejected = append(out.Rejected, data.FindingOf(r.Err, data.Serious, data.Ref{Kind: "file", ID: r.Path}))
			continue
		}
		out.failed = false
		items = append(items, itemOfLabel(r))
	}
	for _, item := range items {
		for _, why := range item.Why {
			out.Doubts = append(out.Doubts, data.Finding{Rule: why.Key, Severity: data.Warning, Where: []data.Ref{{Kind: "file", ID: item.File}}, Why: why})
		}
		out.words += labelWords(item)
	}
	out.Items = items
	return out, items
}

func itemOfLabel(r desk.LabelRead) labelItem {
	m := r.Match
	item := labelItem{
		File: r.Path, Codes: append([]data.ReadCode{}, r.Codes...), Tracking: []string{}, Numbers: m.Numbers, Parcels: m.Parcels,
		Unsure: len(m.Unsure) > 0, Why: m.Unsure, Findings: m.Findings,
	}
	if p := m.Sure(); p != nil {
		item.Order, item.Shop = p.Order, p.Shop
	}
	known := map[string]bool{}
	for _, p := range m.Parcels {
		for _, t := range p.Tracking {
			known[t] = true
		}
	}
	for _, n := range m.Numbers {
		if known[n.Text] || n.Proven && n.Kind == barcode.NumberTracking {
			item.Tracking = append(item.Tracking, n.Text)
		}
	}
	return item
}

// labelWords says a picture in one line, and what was read against the order in
// others.
func labelWords(item labelItem) string {
	var texts []string
	for _, c := range item.Codes {
		texts = append(texts, c.Format+" "+strings.ReplaceAll(c.Text, "\x1d", " "))
	}
	order := item.Order
	switch {
	case item.Unsure:
		order = "unsure"
	case order == "":
		order = "-"
	}
	if len(texts) == 0 {
		texts = []string{"no code was read"}
	}
	words := fmt.Sprintf("%s\t%s\t%s\n", item.File, order, strings.Join(texts, "; "))
	for _, f := range item.Findings {
		words += fmt.Sprintf("\t%s %s\n", f.Why, f.How)
	}
	return words
}

// takeLabels keeps what is sure, and says what it left.
func takeLabels(ctx context.Context, d *desk.Desk, reads []desk.LabelRead, out *result, items []labelItem) error {
	i, taken := -1, 0
	for r := range reads {
		if reads[r].Err != nil {
			continue
		}
		i++
		report, err := d.TakeLabels(ctx, reads[r:r+1], "command")
		if err != nil {
			return err
		}
		for _, e := range report.Added {
			items[i].Taken = e.UID
			taken++
		}
		for _, f := range report.Rejected {
			out.Rejected = append(out.Rejected, data.FindingOf(f.Reason, data.Serious, data.Ref{Kind: "file", ID: f.Name}))
		}
		if reads[r].Match.Sure() == nil && !items[i].Unsure {
			out.Rejected = append(out.Rejected, problemLabelUnknown.New("file", reads[r].Path).Finding(data.Warning, data.Ref{Kind: "file", ID: reads[r].Path}))
		}
	}
	out.words += fmt.Sprintf("%d taken, %d left\n", taken, len(reads)-taken)
	return nil
}

var problemLabelUnknown = data.DefineProblem("label_unknown", data.ErrNotFound,
	"No number in the picture {file} is of an order of this desk.", "Import the order first, or add the picture to it by hand.")
