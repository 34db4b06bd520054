package bundle

import (
	"context"
	"io"
	"time"

	"casebinder/data/bundle/fit"
	"casebinder/data/picture"
)

// plan measures the items at one step of the ladder after the other until they
// fit, and plans with that. A step that is hopeless by what is known already is
// not measured.
func (fm *formMaker) plan(ctx context.Context) (fit.Plan, error) {
	var plan fit.Plan
	if err := fm.timeFilms(ctx); err != nil {
		return plan, err
	}
	if err := fm.sizePhotos(ctx); err != nil {
		return plan, err
	}
	for step := range fm.steps {
		if err := fm.measureStep(ctx, step); err != nil {
			return plan, err
		}
		if plan = fit.Make(fm.p, fm.items, fm.extra); plan.Step <= step && noBetter(plan) {
			break
		}
	}
	return plan, nil
}

// sizePhotos reads how many pixels the photos have, where a form counts them.
func (fm *formMaker) sizePhotos(ctx context.Context) error {
	if fm.p.Max(fit.LimitPixels) == 0 {
		return nil
	}
	for i := range fm.items {
		it := &fm.items[i]
		if it.Media != fit.MediaPhoto {
			continue
		}
		err := fm.reading(ctx, &fm.placed[it.Exhibit-1], func(f io.ReadSeeker) error {
			info, err := picture.Inspect(f)
			it.Width, it.Height = info.Width, info.Height
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// timeFilms reads how long the films are that are to be files of their own.
func (fm *formMaker) timeFilms(ctx context.Context) error {
	for i := range fm.items {
		it := &fm.items[i]
		if it.Media != fit.MediaFilm || !fm.alone(i) {
			continue
		}
		x := &fm.placed[it.Exhibit-1]
		err := fm.reading(ctx, x, func(f io.ReadSeeker) error {
			info, err := picture.Film(ctx, f, x.Exhibit.Size)
			it.Seconds = int((info.Length + time.Second - 1) / time.Second)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// noBetter reports whether no further step can better a plan: it fits, or all
// that is over its limit are texts.
func noBetter(plan fit.Plan) bool {
	for _, m := range plan.Meters {
		if m.Over() && m.Limit != fit.LimitTextChars && m.Limit != fit.LimitTotalChars {
			return false
		}
	}
	return true
}

// measureStep adds the sizes of all items at a step.
func (fm *formMaker) measureStep(ctx context.Context, step int) error {
	if step < len(fm.steps)-1 && fm.hopeless(step) {
		for i := range fm.items {
			guess, single := fm.guessed(&fm.items[i], step)
			fm.items[i].Sizes, fm.items[i].Single = append(fm.items[i].Sizes, guess), append(fm.items[i].Single, single)
		}
		return ctx.Err()
	}
	for i := range fm.items {
		it := &fm.items[i]
		single := fit.Size{Bytes: it.Bytes}
		if it.Media == fit.MediaPhoto && fm.p.Form == fit.FormLoose {
			var err error
			if single.Bytes, err = fm.photoBytes(ctx, it, step); err != nil {
				return err
			}
		}
		it.Single = append(it.Single, single)
		it.Sizes = append(it.Sizes, fit.Size{Bytes: single.Bytes + 3000, Pages: 1}) // what is a file of its own, should it be composed
	}
	var beside []int64
	for _, group := range fm.groups(fm.placeable()) {
		m, err := fm.measureGroup(ctx, group, step)
		if err != nil {
			return err
		}
		for n, i := range group {
			fm.items[i].Sizes[step] = m.sizes[n]
		}
		beside = append(beside, m.beside)
		fm.items[group[0]].Sizes[step].Bytes += m.beside
	}
	// What each file has beside its items is the least of them; the rest stays with
	// the first item of each.
	fm.extra.File = fit.Size{}
	for n, b := range beside {
		if n == 0 || b < fm.extra.File.Bytes {
			fm.extra.File.Bytes = b
		}
	}
	if fm.p.Form == fit.FormBundle {
		return nil
	}
	for _, group := range fm.groups(fm.placeable()) {
		fm.items[group[0]].Sizes[step].Bytes -= fm.extra.File.Bytes
	}
	return nil
}

// hopeless reports whether photos alone are far over a limit of the form.
func (fm *formMaker) hopeless(step int) bool {
	if fm.p.Pictures() || fm.p.Max(fit.LimitTotalBytes) == 0 {
		return false
	}
	sum := int64(0)
	for i := range fm.items {
		if it := &fm.items[i]; it.Media == fit.MediaPhoto {
			guess, _ := fm.guessed(it, step)
			sum += guess.Bytes
		}
	}
	if !fm.steps[step].Original() {
		sum = sum * 2 / 5 // a guess may be too high by so much
	}
	return sum > fm.p.Max(fit.LimitTotalBytes)
}

// learn plans anew after files came out larger than was predicted: first with
// what they truly have; a plan that was made of parts with smaller parts.
func (fm *formMaker) learn(ctx context.Context, planned, real fit.Plan) (fit.Plan, error) {
	step := planned.Step
	for _, m := range real.Meters {
		if m.Over() && m.Limit == fit.LimitFileBytes && fm.p.Form == fit.FormDocument && len(planned.Files) > 1 {
			limits := map[string]fit.Limit{}
			for name, l := range fm.p.Limits {
				limits[name] = l
			}
			l := limits[m.Limit]
			l.Value = max(l.Value*97/100-(m.Value-m.Max), l.Value/2)
			limits[m.Limit] = l
			fm.p.Limits = limits
			return fm.plan2(ctx)
		}
	}
	was, is := sums(planned), sums(real)
	for i := range fm.items {
		if sizes := fm.items[i].Sizes; step < len(sizes) {
			s := &sizes[step]
			s.Bytes = int64(float64(s.Bytes)*max(1, float64(is.Bytes)/float64(max(was.Bytes, 1)))) + 1
			if i == 0 {
				s.Pages += max(0, is.Pages-was.Pages)
			}
		}
	}
	return fm.plan2(ctx)
}

// plan2 goes on measuring from the steps that are known.
func (fm *formMaker) plan2(ctx context.Context) (fit.Plan, error) {
	for {
		known := len(fm.steps)
		if len(fm.items) > 0 {
			known = len(fm.items[0].Sizes)
		}
		plan := fit.Make(fm.p, fm.items, fm.extra)
		if plan.Step < known && noBetter(plan) || known >= len(fm.steps) {
			return plan, nil
		}
		if err := fm.measureStep(ctx, known); err != nil {
			return plan, err
		}
	}
}

func sums(p fit.Plan) fit.Size {
	var s fit.Size
	for _, f := range p.Files {
		s.Bytes += f.Bytes
		s.Pages += f.Pages
	}
	return s
}
