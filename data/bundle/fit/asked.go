package fit

import "slices"

// Alone reports whether the form takes an item as a file of its own.
func (p Profile) Alone(it Item) bool {
	return newPlanner(p, []Item{it}, Extra{}).ownFile(0)
}

// Slot gives the place among the profile's categories where an item stands; 0 on
// a form without categories.
func (p Profile) Slot(it Item) int {
	if p.Form != FormCategories {
		return 0
	}
	return newPlanner(p, []Item{it}, Extra{}).slot[0]
}

// Pictures reports whether composed pages are uploaded as pictures.
func (p Profile) Pictures() bool {
	return p.Form == FormPictures || p.Form == FormLoose && !p.Takes("pdf")
}

// Asks reports whether the form asks for an item.
func (p Profile) Asks(it Item) bool {
	return newPlanner(p, []Item{it}, Extra{}).asked(0)
}

// Number gives files in the order of their upload their names, and their pages
// running numbers.
func (p Profile) Number(files []File) {
	newPlanner(p, nil, Extra{}).number(&laid{files: files})
}

// Remeter gives a plan with its meters as its files are now: when they were
// written, their sizes and pages are known, and what was predicted is not of
// interest any more.
func (p Profile) Remeter(plan Plan, items []Item, extra Extra) Plan {
	pl := newPlanner(p, items, extra)
	placed := map[string]bool{}
	l := laid{step: plan.Step, files: plan.Files}
	for _, f := range plan.Files {
		l.bytes += f.Bytes
		l.pages += f.Pages
		for _, id := range f.Items {
			placed[id] = true
		}
	}
	var in []int
	for i := range pl.items {
		if placed[pl.items[i].ID] {
			in = append(in, i)
		}
	}
	plan.Meters = pl.meters(&l, in)
	plan.Fits = !slices.ContainsFunc(plan.Meters, Meter.Over)
	return plan
}
