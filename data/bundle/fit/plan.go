package fit

import (
	"cmp"
	"slices"
	"sort"
	"strconv"

	"casebinder/data"
)

// Bounds of what an item may claim, so that sums cannot overflow.
const (
	maxItemBytes = int64(1) << 46
	maxItemPages = 20_000
)

// Make plans the files for a profile's form. It takes the best step of the ladder at which
// all items fit. Where they do not fit even at the floor, the plan says so, lists
// what would have to stay out, and the ways to make room: it never leaves
// anything out by itself, but for sections that the form does not ask for, which
// are listed as well. Each item is in a file or refused.
func Make(p Profile, items []Item, extra Extra) Plan {
	pl := newPlanner(p, items, extra)
	plan := Plan{Profile: p.ID}
	all := pl.order()
	for step := range pl.steps {
		try := pl.lay(step, all)
		over, is := try.over()
		if is {
			plan.Why = append(plan.Why, pl.stepTooLarge(step, over))
			continue
		}
		plan.Fits, plan.Step, plan.Files, plan.Meters = !pl.textOver(), step, try.files, try.meters
		plan.Why = append(plan.Why, pl.why(try, true)...)
		plan.Findings, plan.Ways = pl.findings(nil, try.meters), pl.shorten(try)
		return plan
	}
	floor := len(pl.steps) - 1
	whole := pl.lay(floor, all)
	over, _ := whole.over()
	kept, out := pl.drop(floor, all, over)
	part := pl.lay(floor, kept)
	plan.Step, plan.Files, plan.Meters = floor, part.files, whole.meters
	plan.Findings = pl.findings(out, whole.meters)
	plan.Why = append(plan.Why, pl.why(part, false)...)
	plan.Ways = append(pl.shorten(whole), pl.ways(floor, all, whole)...)
	return plan
}

// planner holds the inputs of a plan in the form in which they are used.
type planner struct {
	p     Profile
	steps []Step
	items []Item
	extra Extra
	films bool // the form takes films
	pdf   bool // the form takes PDF files
	slot  []int
}

func newPlanner(p Profile, items []Item, extra Extra) *planner {
	pl := &planner{p: p, steps: p.Steps(), items: slices.Clone(items), extra: extra}
	pl.extra.File = bounded(extra.File)
	for i := range pl.items {
		it := &pl.items[i]
		it.Bytes = min(max(it.Bytes, 0), maxItemBytes)
		it.Seconds = max(it.Seconds, 0)
		if it.Ref == (data.Ref{}) {
			it.Ref = data.Ref{Kind: "item", ID: it.ID}
		}
	}
	pl.films = p.Form == FormLoose && (p.Max(LimitVideoBytes) > 0 || p.Max(LimitVideoTime) > 0 || slices.ContainsFunc(p.Types, isFilm))
	pl.pdf = p.Form != FormPictures && p.Takes("pdf")
	if p.Form == FormCategories {
		pl.slots()
	}
	return pl
}

func isFilm(ending string) bool {
	return slices.Contains([]string{"mp4", "mov", "avi", "mkv", "webm", "3gp", "m4v", "mpg", "mpeg", "wmv", "mp3", "m4a", "wav", "aac", "ogg", "amr"}, ending)
}

func bounded(s Size) Size {
	return Size{Bytes: min(max(s.Bytes, 0), maxItemBytes), Pages: min(max(s.Pages, 0), maxItemPages)}
}

// size is an item's size at a step.
func (pl *planner) size(item, step int) Size { return sizeAt(pl.items[item].Sizes, step) }

// single is a photo's size at a step as a file of its own.
func (pl *planner) single(item, step int) int64 {
	if it := &pl.items[item]; len(it.Single) > 0 {
		return sizeAt(it.Single, step).Bytes
	}
	return pl.size(item, step).Bytes
}

func sizeAt(sizes []Size, step int) Size {
	if len(sizes) == 0 {
		return Size{}
	}
	return bounded(sizes[min(step, len(sizes)-1)])
}

// asked reports whether the form asks for an item: all exhibits, and the composed
// sections that the profile names.
func (pl *planner) asked(i int) bool {
	it := &pl.items[i]
	return it.Exhibit > 0 || it.Required || len(pl.p.Sections) == 0 || slices.Contains(pl.p.Sections, it.Section)
}

// order lists what is placed, in the order in which it stands. Where pages become
// a few pictures, the required and the cited stand first, for a reviewer may look
// at no more than those.
func (pl *planner) order() []int {
	all := make([]int, 0, len(pl.items))
	for i := range pl.items {
		if pl.asked(i) {
			all = append(all, i)
		}
	}
	if pl.p.Form == FormPictures || pl.p.Form == FormLoose {
		slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(pl.weight(a), pl.weight(b)) })
	}
	return all
}

// weight is 0 for what is required or cited, 1 for the rest.
func (pl *planner) weight(i int) int {
	if it := &pl.items[i]; it.Required || it.Cited {
		return 0
	}
	return 1
}

// slots finds the category of each item.
func (pl *planner) slots() {
	rest := slices.IndexFunc(pl.p.Categories, func(c Category) bool { return c.Rest })
	rest = max(rest, 0)
	kinds, parts := map[data.EvidenceKind]int{}, map[data.Section]int{}
	for n, c := range pl.p.Categories {
		for _, k := range c.Kinds {
			kinds[k] = n
		}
		for _, s := range c.Parts {
			parts[s] = n
		}
	}
	pl.slot = make([]int, len(pl.items))
	for i := range pl.items {
		it := &pl.items[i]
		n, ok := kinds[it.Kind]
		if it.Exhibit == 0 {
			n, ok = parts[it.Section]
		}
		if !ok {
			n = rest
		}
		pl.slot[i] = n
	}
}

// drop finds what has to stay out at a step: first what is too large alone, then
// by value from the least, until the rest fits. Whole is what all together exceed.
func (pl *planner) drop(step int, all []int, whole Meter) (kept []int, out []refused) {
	for _, i := range all {
		if !pl.small(i, step) {
			if over, is := pl.lay(step, []int{i}).over(); is {
				out = append(out, pl.tooLarge(i, over))
				continue
			}
		}
		kept = append(kept, i)
	}
	if len(kept) == 0 {
		return nil, out
	}
	least := slices.Clone(kept)
	slices.SortStableFunc(least, func(a, b int) int {
		return cmp.Or(cmp.Compare(pl.rank(a), pl.rank(b)), cmp.Compare(b, a))
	})
	without := func(n int) []int {
		gone := make(map[int]bool, n)
		for _, i := range least[:n] {
			gone[i] = true
		}
		return slices.DeleteFunc(slices.Clone(kept), func(i int) bool { return gone[i] })
	}
	n := sort.Search(len(least), func(n int) bool {
		_, is := pl.lay(step, without(n)).over()
		return !is
	})
	for _, i := range least[:n] {
		out = append(out, pl.unvalued(i, whole))
	}
	return without(n), out
}

// small reports whether an item is surely within every limit by itself, which
// most are.
func (pl *planner) small(i, step int) bool {
	if pl.ownFile(i) {
		return false
	}
	s := pl.size(i, step)
	s.Bytes += pl.extra.File.Bytes
	s.Pages += pl.extra.File.Pages
	within := func(n int64, limit string) bool {
		most := pl.p.Max(limit)
		return most == 0 || n <= most
	}
	return within(s.Bytes, LimitFileBytes) && within(s.Bytes, LimitTotalBytes) && within(int64(s.Pages), LimitPages) && within(int64(max(s.Pages, 1)), LimitFiles) &&
		pl.p.Max(LimitNameChars) == 0
}

// rank orders items by their value to the case, from the least: exhibits that no
// claim cites, composed sections that none cites, cited exhibits, cited sections,
// and what the form is pointless without.
func (pl *planner) rank(i int) int {
	it := &pl.items[i]
	switch {
	case it.Required:
		return 4
	case it.Cited && it.Exhibit == 0:
		return 3
	case it.Cited:
		return 2
	case it.Exhibit == 0:
		return 1
	}
	return 0
}

// shorten is the way of writing less where a text field is too long.
func (pl *planner) shorten(l laid) []Way {
	var ways []Way
	for _, m := range l.meters {
		if m.Over() && isText(m.Limit) {
			ways = append(ways, Way{Reason: reason("way.shorten."+m.Limit, "field", m.Subject, "over", count(m.Value-m.Max))})
		}
	}
	return ways
}

// ways lists what a person can do, each with what it saves.
func (pl *planner) ways(step int, all []int, whole laid) []Way {
	var uncited, films []int
	for _, i := range all {
		it := &pl.items[i]
		switch {
		case it.Media == MediaFilm && pl.ownFile(i):
			films = append(films, i)
		case it.Exhibit > 0 && !it.Cited && !it.Required:
			uncited = append(uncited, i)
		}
	}
	ways := pl.leave("way.uncited", step, all, uncited, whole)
	ways = append(ways, pl.leave("way.films", step, all, films, whole)...)
	if largest := pl.largest(step, all); largest >= 0 {
		ways = append(ways, pl.leave("way.largest", step, all, []int{largest}, whole)...)
	}
	return append(ways, pl.denser(step, all, whole)...)
}

// leave is the way of leaving items out.
func (pl *planner) leave(code string, step int, all, out []int, whole laid) []Way {
	if len(out) == 0 {
		return nil
	}
	gone := make(map[int]bool, len(out))
	w := Way{}
	for _, i := range out {
		gone[i] = true
		w.Items = append(w.Items, pl.items[i].ID)
	}
	rest := pl.lay(step, slices.DeleteFunc(slices.Clone(all), func(i int) bool { return gone[i] }))
	_, over := rest.over()
	w.Fits = !over && !pl.textOver()
	w.Reason = plural(code, len(out), "bytes", Bytes(whole.bytes-rest.bytes), "pages", strconv.Itoa(whole.pages-rest.pages))
	if len(out) == 1 {
		w.Args["exhibit"] = strconv.Itoa(pl.items[out[0]].Exhibit)
	}
	return []Way{w}
}

// largest is the exhibit that takes the most room; -1: there is none.
func (pl *planner) largest(step int, all []int) int {
	found := -1
	for _, i := range all {
		if it := &pl.items[i]; it.Exhibit == 0 || it.Required {
			continue
		}
		if found < 0 || pl.size(i, step).Bytes > pl.size(found, step).Bytes {
			found = i
		}
	}
	return found
}

// denser is the way of putting more photos on a page than the ladder's floor.
func (pl *planner) denser(step int, all []int, whole laid) []Way {
	var ways []Way
	if !whole.tight(LimitPages) && !(pl.p.Form == FormPictures && whole.tight(LimitFiles)) {
		return nil
	}
	for _, n := range []int{2, 4, 6} {
		if n <= pl.steps[step].PerPage {
			continue
		}
		dense := *pl
		dense.steps = slices.Clone(pl.steps)
		dense.steps[step].PerPage = n
		try := dense.lay(step, all)
		if try.pages >= whole.pages {
			continue
		}
		_, over := try.over()
		ways = append(ways, Way{
			Reason: reason("way.per_page", "n", strconv.Itoa(n), "pages", strconv.Itoa(whole.pages-try.pages)),
			Fits:   !over && !pl.textOver(),
		})
	}
	return ways
}
