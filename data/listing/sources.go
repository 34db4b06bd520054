package listing

import (
	"casebinder/data"
	"casebinder/data/pack"
)

// Sources lists the words in which the rules name their sources: what a language file
// may hold to translate them.
func (r *Rules) Sources() []data.Text {
	all := []data.Text{pack.Text(r.file.Snapshot.Source)}
	add := func(o data.Origin) {
		if o.Source != "" {
			all = append(all, pack.Text(o.Source))
		}
	}
	for i := range r.file.Parts {
		add(r.file.Parts[i].Origin)
	}
	for i := range r.file.Limits {
		add(r.file.Limits[i].Origin)
	}
	for i := range r.file.Claims {
		add(r.file.Claims[i].Origin)
	}
	return all
}
