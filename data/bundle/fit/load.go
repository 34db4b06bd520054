package fit

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// ProblemUnknown: there is no profile of a name.
var ProblemUnknown = data.DefineProblem("fit_profile_unknown", data.ErrNotFound,
	"There is no upload profile “{profile}”.", "Choose one of: {known}.")

// profiles is the form of a profile's file.
var profiles = pack.Kind[Profile]{
	ID:    func(p *Profile) string { return p.ID },
	Check: (*Profile).check,
	Words: func(p *Profile) []string { return []string{p.Name} },
}

var builtIn = sync.OnceValues(func() ([]Profile, error) {
	all, err := profiles.Load(assets.FS, "profiles")
	if err != nil {
		return nil, err
	}
	var list []Profile
	for _, p := range all {
		list = append(list, *p)
	}
	slices.SortStableFunc(list, func(a, b Profile) int { return cmp.Compare(rank(a), rank(b)) })
	return list, nil
})

// rank puts the profile without limits first.
func rank(p Profile) int {
	if p.ID == Plain {
		return 0
	}
	return 1
}

// Plain is the profile without limits: the bundle itself.
const Plain = "plain"

// Profiles gives the profiles that the program carries, by ID, plain first. The
// figures of their packs are not in them: see Profile.With.
func Profiles() ([]Profile, error) {
	all, err := builtIn()
	return slices.Clone(all), err
}

// Find gives a profile by its ID; "" is plain. The error is of ErrNotFound.
func Find(id string) (Profile, error) {
	if id == "" {
		id = Plain
	}
	all, err := builtIn()
	if err != nil {
		return Profile{}, err
	}
	known := make([]string, 0, len(all))
	for _, p := range all {
		if p.ID == id {
			return p, nil
		}
		known = append(known, p.ID)
	}
	return Profile{}, ProblemUnknown.New("profile", id, "known", strings.Join(known, ", "))
}

// Suggest gives the profiles that suit a dispute, best first: those of its policy
// pack, those that name it, those of its platform, and plain. Where a pack is
// named that no profile knows, the form is not known either, and plain comes
// first.
func Suggest(platform data.Platform, packID string) []string {
	all, err := builtIn()
	if err != nil {
		return []string{Plain}
	}
	var ids []string
	add := func(suits func(Profile) bool) {
		for _, p := range all {
			if p.ID != Plain && suits(p) && !slices.Contains(ids, p.ID) {
				ids = append(ids, p.ID)
			}
		}
	}
	if packID != "" {
		add(func(p Profile) bool { return p.ID == packID })
		add(func(p Profile) bool { return p.Pack == packID })
		add(func(p Profile) bool { return slices.Contains(p.Suits, packID) })
	}
	unknown := packID != "" && len(ids) == 0
	add(func(p Profile) bool { return slices.Contains(p.Platforms, platform) })
	if unknown {
		return append([]string{Plain}, ids...)
	}
	return append(ids, Plain)
}

// check tells what is wrong with a profile.
func (p *Profile) check(r *pack.Report) {
	p.checkHead(r)
	p.checkLimits(r)
	p.checkCategories(r)
	p.checkLadder(r)
	p.checkLists(r)
	p.PDFA = p.Limits[LimitPDFA].Value > 0
}

func (p *Profile) checkHead(r *pack.Report) {
	if p.ID == "" || p.ID != plainName(p.ID) {
		r.Fail(pack.At("id"), "id is empty or holds other characters than a to z, 0 to 9, hyphen and underscore")
	}
	if strings.TrimSpace(p.Name) == "" {
		r.Fail(pack.At("name"), "name is empty")
	}
	if !slices.Contains([]Form{FormBundle, FormDocument, FormCategories, FormPictures, FormLoose}, p.Form) {
		r.Fail(pack.At("form"), "there is no form “%s”", p.Form)
	}
	if !slices.Contains([]Unit{"", UnitRunes, UnitUTF16, UnitBytes}, p.Count) {
		r.Fail(pack.At("count"), "there is no unit “%s”", p.Count)
	}
	if p.Form != FormBundle && len(p.Ladder) == 0 {
		r.Fail(pack.At("form"), "it has no ladder")
	}
	if (p.Form == FormCategories) != (len(p.Categories) > 0) {
		r.Fail(pack.At("form"), "categories belong to the form “categories”, which needs some")
	}
	if len(p.Types) > 0 {
		r.Origin(pack.At("types_from"), "types_from", p.TypesFrom)
	}
	if len(p.Categories) > 0 {
		r.Origin(pack.At("categories_from"), "categories_from", p.SlotsFrom)
	}
}

func (p *Profile) checkLimits(r *pack.Report) {
	for _, name := range slices.Sorted(maps.Keys(p.Limits)) {
		l, at := p.Limits[name], pack.At("limits", name)
		if !slices.Contains(Limits(), name) {
			r.Fail(at, "there is no limit “%s”", name)
		}
		if l.Value <= 0 {
			r.Fail(at, "the limit “%s” has no value", name)
		}
		r.Origin(at, "the limit “"+name+"”", l.Origin)
	}
}

func (p *Profile) checkCategories(r *pack.Report) {
	ids, kinds, parts, rest := map[string]bool{}, map[data.EvidenceKind]bool{}, map[data.Section]bool{}, 0
	for i, c := range p.Categories {
		if c.ID == "" || ids[c.ID] {
			r.Fail(pack.At("categories", i), "the category “%s” has no id of its own", c.ID)
		}
		ids[c.ID] = true
		if c.Rest {
			rest++
		}
		for _, k := range c.Kinds {
			if kinds[k] || !slices.Contains(data.EvidenceKinds(), k) {
				r.Fail(pack.At("categories", i), "the kind “%s” is unknown, or in two categories", k)
			}
			kinds[k] = true
		}
		for _, s := range c.Parts {
			if parts[s] || !slices.Contains(data.Sections(), s) {
				r.Fail(pack.At("categories", i), "the section “%s” is unknown, or in two categories", s)
			}
			parts[s] = true
		}
	}
	if len(p.Categories) > 0 && rest != 1 {
		r.Fail(pack.At("categories"), "exactly one category takes the rest")
	}
}

func (p *Profile) checkLadder(r *pack.Report) {
	ids := map[string]bool{}
	for i, s := range p.Ladder {
		switch {
		case s.ID == "" || ids[s.ID]:
			r.Fail(pack.At("ladder", i), "the step “%s” has no id of its own", s.ID)
		case !s.inBounds():
			r.Fail(pack.At("ladder", i), "the step “%s” has a figure out of bounds", s.ID)
		case !slices.Contains([]int{0, 1, 2, 4, 6}, s.PerPage) || !slices.Contains([]int{0, 1, 2, 4}, s.PerPicture):
			r.Fail(pack.At("ladder", i), "the step “%s” puts an impossible number on a page", s.ID)
		case !slices.Contains([]Tone{"", ToneColor, ToneGray, ToneBlack}, s.Tone):
			r.Fail(pack.At("ladder", i), "there is no tone “%s”", s.Tone)
		case p.Form == FormPictures && s.PageDPI == 0:
			r.Fail(pack.At("ladder", i), "the step “%s” needs page_dpi", s.ID)
		case i > 0 && above(s, p.Ladder[i-1]):
			r.Fail(pack.At("ladder", i), "the step “%s” is better than the one before it", s.ID)
		}
		ids[s.ID] = true
	}
}

// inBounds reports whether each figure of a step is one that a picture can have.
func (s Step) inBounds() bool {
	within := func(n, most int) bool { return n >= 0 && n <= most }
	return within(s.LongEdge, 20_000) && within(s.DPI, 1200) && within(s.PageDPI, 600) && within(s.Quality, 100)
}

// above reports whether a step keeps more of a photo than another. Where fewer
// messages begin to be shown, there is room for better pictures again.
func above(s, before Step) bool {
	if s.Cited && !before.Cited {
		return false
	}
	edge := func(n int) int {
		if n == 0 {
			return 1 << 30
		}
		return n
	}
	return edge(s.LongEdge) > edge(before.LongEdge) || max(s.PerPage, 1) < max(before.PerPage, 1) || before.PageDPI > 0 && s.PageDPI > before.PageDPI ||
		max(s.PerPicture, 1) < max(before.PerPicture, 1) || before.Cited && !s.Cited
}

func (p *Profile) checkLists(r *pack.Report) {
	for _, s := range p.Sections {
		if !slices.Contains(data.Sections(), s) {
			r.Fail(pack.At("sections").Word(string(s)), "there is no section “%s”", s)
		}
	}
	for _, k := range p.Mask {
		if !slices.Contains(data.MaskKinds(), k) {
			r.Fail(pack.At("mask").Word(string(k)), "there is no kind of personal data “%s”", k)
		}
	}
	for _, t := range p.Types {
		if t == "" || t != plainName(t) {
			r.Fail(pack.At("types").Word(t), "“%s” is no ending of a file's name", t)
		}
	}
}
