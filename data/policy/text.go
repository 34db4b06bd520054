package policy

import "casebinder/data"

// define registers a phrase of the engine's own.
func define(key, english string) data.Phrase { return data.DefinePhrase("policy."+key, english) }

// english lists the words of a pack as they stand in it.
func (p *Pack) english() []string {
	all := []string{p.Title, p.About}
	for _, s := range p.Stages {
		all = append(all, s.Title, s.Silence)
		for _, step := range s.Steps {
			all = append(all, step.Says)
		}
	}
	for _, step := range p.Always {
		all = append(all, step.Says)
	}
	for _, d := range p.Deadlines {
		all = append(all, d.Title, d.Timeout, d.Note)
		for _, v := range d.Variants {
			all = append(all, v.Note)
		}
	}
	if p.Protection != nil {
		all = append(all, p.Protection.Title)
	}
	for _, b := range p.Before {
		all = append(all, b.Text, b.Do)
	}
	for _, i := range p.Items {
		all = append(all, i.Title, i.Get)
	}
	for _, f := range p.Fees {
		all = append(all, f.Title, f.Waived)
	}
	for _, r := range p.Rates {
		all = append(all, r.Title, r.Effect)
	}
	for _, f := range p.Fallbacks {
		all = append(all, f.Title, f.Note)
	}
	for _, w := range p.Windows {
		all = append(all, w.Title)
	}
	for _, u := range p.Uploads {
		all = append(all, u.Note)
	}
	for _, n := range p.Notes {
		all = append(all, n.Text)
	}
	return all
}
