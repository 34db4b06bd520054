package fit

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"casebinder/assets"
	"casebinder/data"
)

// maxProfile is the largest profile that is read, in bytes.
const maxProfile = 1 << 18

var (
	// ProblemProfile: a profile cannot be used as it is written.
	ProblemProfile = data.DefineProblem("fit_profile", data.ErrInvalid,
		"Upload profile {file}, line {line}: {reason}.", "Mend that line, or install the program again.")
	// ProblemUnknown: there is no profile of a name.
	ProblemUnknown = data.DefineProblem("fit_profile_unknown", data.ErrNotFound,
		"There is no upload profile “{profile}”.", "Choose one of: {known}.")
)

var builtIn = sync.OnceValues(func() ([]Profile, error) {
	dir, err := fs.Sub(assets.FS, "profiles")
	if err != nil {
		return nil, fmt.Errorf("opening the upload profiles: %w", err)
	}
	return load(dir)
})

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

// load reads every profile of a folder.
func load(dir fs.FS) ([]Profile, error) {
	names, err := fs.Glob(dir, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("listing the upload profiles: %w", err)
	}
	var all []Profile
	var troubles []error
	for _, name := range names {
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, fmt.Errorf("reading upload profile %s: %w", name, err)
		}
		p, err := Decode(path.Base(name), text)
		if err == nil && p.ID+".toml" != path.Base(name) {
			err = ProblemProfile.New("file", name, "line", 1, "reason", "its id is “"+p.ID+"”, which is not its file's name")
		}
		if err != nil {
			troubles = append(troubles, err)
			continue
		}
		all = append(all, p)
	}
	if len(troubles) > 0 {
		return nil, errors.Join(troubles...)
	}
	slices.SortFunc(all, func(a, b Profile) int {
		if (a.ID == Plain) != (b.ID == Plain) {
			if a.ID == Plain {
				return -1
			}
			return 1
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all, nil
}

// Decode reads a profile from TOML and checks it: a field that there is not, a
// limit without its source or a ladder that leads upward is refused. Name is the
// file that it comes from, for the message.
func Decode(name string, text []byte) (Profile, error) {
	if len(text) > maxProfile {
		return Profile{}, ProblemProfile.New("file", name, "line", 1, "reason", fmt.Sprintf("it has %d bytes, and at most %d are read", len(text), maxProfile))
	}
	var p Profile
	meta, err := toml.Decode(string(text), &p)
	if err != nil {
		return Profile{}, syntaxProblem(name, err)
	}
	if rest := meta.Undecoded(); len(rest) > 0 {
		return Profile{}, ProblemProfile.New("file", name, "line", lineOf(string(text), rest[0]), "reason", fmt.Sprintf("there is no field “%s”", rest[0]))
	}
	if reason := p.wrong(); reason != "" {
		return Profile{}, ProblemProfile.New("file", name, "line", 1, "reason", reason)
	}
	p.PDFA = p.Limits[LimitPDFA].Value > 0
	return p, nil
}

func syntaxProblem(name string, err error) error {
	var at toml.ParseError
	if !errors.As(err, &at) {
		return ProblemProfile.Wrap(err, "file", name, "line", 1, "reason", strings.TrimPrefix(err.Error(), "toml: "))
	}
	reason := at.Message
	if reason == "" {
		reason = strings.TrimPrefix(at.Error(), "toml: ")
	}
	return ProblemProfile.Wrap(err, "file", name, "line", at.Position.Line, "reason", strings.TrimSuffix(reason, "."))
}

// lineOf finds the line on which a key is first written.
func lineOf(text string, key toml.Key) int {
	last := key[len(key)-1]
	for n, line := range strings.Split(text, "\n") {
		head, _, _ := strings.Cut(strings.TrimSpace(line), "=")
		head = strings.Trim(strings.TrimSpace(head), "[]\"'")
		if head == last || strings.HasSuffix(head, "."+last) {
			return n + 1
		}
	}
	return 1
}

// wrong says what is wrong with a profile; "" is nothing.
func (p *Profile) wrong() string {
	switch {
	case p.ID == "" || p.ID != plainName(p.ID):
		return "id is empty or holds other characters than a to z, 0 to 9, hyphen and underscore"
	case strings.TrimSpace(p.Name) == "":
		return "name is empty"
	case !slices.Contains([]Form{FormBundle, FormDocument, FormCategories, FormPictures, FormLoose}, p.Form):
		return fmt.Sprintf("there is no form “%s”", p.Form)
	case !slices.Contains([]Unit{"", UnitRunes, UnitUTF16, UnitBytes}, p.Count):
		return fmt.Sprintf("there is no unit “%s”", p.Count)
	case p.Form != FormBundle && len(p.Ladder) == 0:
		return "it has no ladder"
	case (p.Form == FormCategories) != (len(p.Categories) > 0):
		return "categories belong to the form “categories”, which needs some"
	case len(p.Types) > 0 && p.TypesFrom.wrong() || len(p.Categories) > 0 && p.SlotsFrom.wrong():
		return "types_from and categories_from need a source, and a confidence: confirmed, third-party or unconfirmed"
	}
	for _, check := range []func() string{p.wrongLimits, p.wrongCategories, p.wrongLadder, p.wrongLists} {
		if reason := check(); reason != "" {
			return reason
		}
	}
	return ""
}

func (o Origin) wrong() bool {
	return strings.TrimSpace(o.Source) == "" || !slices.Contains([]string{"confirmed", "third-party", "unconfirmed"}, o.Confidence)
}

func (p *Profile) wrongLimits() string {
	for _, name := range sortedKeys(p.Limits) {
		l := p.Limits[name]
		switch {
		case !slices.Contains(Limits(), name):
			return fmt.Sprintf("there is no limit “%s”", name)
		case l.Value <= 0:
			return fmt.Sprintf("the limit “%s” has no value", name)
		case Origin{l.Source, l.Edition, l.Confidence}.wrong():
			return fmt.Sprintf("the limit “%s” needs a source, and a confidence: confirmed, third-party or unconfirmed", name)
		}
	}
	return ""
}

func sortedKeys(m map[string]Limit) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (p *Profile) wrongCategories() string {
	ids, kinds, parts, rest := map[string]bool{}, map[data.EvidenceKind]bool{}, map[data.Section]bool{}, 0
	for _, c := range p.Categories {
		if c.ID == "" || ids[c.ID] {
			return fmt.Sprintf("the category “%s” has no id of its own", c.ID)
		}
		ids[c.ID] = true
		if c.Rest {
			rest++
		}
		for _, k := range c.Kinds {
			if kinds[k] || !slices.Contains(data.EvidenceKinds(), k) {
				return fmt.Sprintf("the kind “%s” is unknown, or in two categories", k)
			}
			kinds[k] = true
		}
		for _, s := range c.Parts {
			if parts[s] || !slices.Contains(data.Sections(), s) {
				return fmt.Sprintf("the section “%s” is unknown, or in two categories", s)
			}
			parts[s] = true
		}
	}
	if len(p.Categories) > 0 && rest != 1 {
		return "exactly one category takes the rest"
	}
	return ""
}

func (p *Profile) wrongLadder() string {
	ids := map[string]bool{}
	for i, s := range p.Ladder {
		switch {
		case s.ID == "" || ids[s.ID]:
			return fmt.Sprintf("the step “%s” has no id of its own", s.ID)
		case s.LongEdge < 0 || s.LongEdge > 20_000 || s.DPI < 0 || s.DPI > 1200 || s.PageDPI < 0 || s.PageDPI > 600 || s.Quality < 0 || s.Quality > 100:
			return fmt.Sprintf("the step “%s” has a figure out of bounds", s.ID)
		case !slices.Contains([]int{0, 1, 2, 4, 6}, s.PerPage) || !slices.Contains([]int{0, 1, 2, 4}, s.PerPicture):
			return fmt.Sprintf("the step “%s” puts an impossible number on a page", s.ID)
		case !slices.Contains([]Tone{"", ToneColor, ToneGray, ToneBlack}, s.Tone):
			return fmt.Sprintf("there is no tone “%s”", s.Tone)
		case p.Form == FormPictures && s.PageDPI == 0:
			return fmt.Sprintf("the step “%s” needs page_dpi", s.ID)
		case i > 0 && above(s, p.Ladder[i-1]):
			return fmt.Sprintf("the step “%s” is better than the one before it", s.ID)
		}
		ids[s.ID] = true
	}
	return ""
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

func (p *Profile) wrongLists() string {
	for _, s := range p.Sections {
		if !slices.Contains(data.Sections(), s) {
			return fmt.Sprintf("there is no section “%s”", s)
		}
	}
	for _, k := range p.Mask {
		if !slices.Contains(data.MaskKinds(), k) {
			return fmt.Sprintf("there is no kind of personal data “%s”", k)
		}
	}
	for _, t := range p.Types {
		if t == "" || t != plainName(t) {
			return fmt.Sprintf("“%s” is no ending of a file's name", t)
		}
	}
	return ""
}
