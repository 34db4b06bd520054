// Package listing checks what the page of a product tells its buyers before it is
// sold.
//
// Its one rule: a part that the page lacks, a promise that cannot be kept and a
// word against the shop's own policy are each said with their place; what a page
// says in words that are not known is never called missing for certain.
package listing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/gate"
	"casebinder/data/pack"
)

// The parts of a page, and what is looked at over all of them.
const (
	Title       = "title"
	Description = "description"
	Sizes       = "sizes"
	Pictures    = "pictures"
	Shipping    = "shipping"
	Duty        = "duty"
	Returns     = "returns"
	Service     = "service"
	Claims      = "claims" // that cannot be kept
	Agrees      = "agrees" // with the shop's own policy and hours
)

// Parts lists them in the order of a check list.
func Parts() []string {
	return []string{Title, Description, Sizes, Pictures, Shipping, Duty, Returns, Service, Claims, Agrees}
}

// file is assets/listing/rules.toml.
type file struct {
	Format int     `toml:"format"`
	Parts  []part  `toml:"part"`
	Points []point `toml:"point"`
	Claims []claim `toml:"claim"`
	Limits []limit `toml:"limit"`
	Causes []cause `toml:"cause"`
	Units  units   `toml:"units"`

	Snapshot snapshotRule `toml:"snapshot"`
}

// part is a part that a page needs.
type part struct {
	ID       string        `toml:"id"`
	Severity data.Severity `toml:"severity"` // of its absence
	Least    int           `toml:"least"`    // characters, or pictures; what is shorter is doubtful
	data.Origin
}

// point is something that a part should tell.
type point struct {
	Part     string        `toml:"part"`
	ID       string        `toml:"id"`
	Severity data.Severity `toml:"severity"`
	Terms    []string      `toml:"terms"`
}

// claim is a promise that cannot be kept.
type claim struct {
	ID       string        `toml:"id"`
	Severity data.Severity `toml:"severity"`
	Terms    []string      `toml:"terms"`
	Not      []string      `toml:"not"`    // in these the terms are not meant
	Unless   []string      `toml:"unless"` // with one of these anywhere on the page it may stand

	Platform data.Platform `toml:"platform"` // on which it is meant; "" on each
	Part     string        `toml:"part"`     // in which; "" in each
	data.Origin
}

// cause is what disputes and complaints were put down to, and the part of a page that
// may spare the next one.
type cause struct {
	ID   string `toml:"id"`   // one of data.Causes
	Part string `toml:"part"` // that should tell more
}

// limit is what a platform takes.
type limit struct {
	Platform data.Platform `toml:"platform"`
	Part     string        `toml:"part"`    // title or pictures
	Most     int           `toml:"most"`    // characters or pictures; 0 as many as one likes
	Repeat   int           `toml:"repeat"`  // how often a word of a title may stand; 0 as often as one likes
	Without  string        `toml:"without"` // signs that may not stand in it
	data.Origin
}

// units are what follows a number.
type units struct {
	Hour []string `toml:"hour"`
}

var files = pack.Kind[file]{ID: func(*file) string { return "rules" }, Format: 1, Check: check}

func check(f *file, r *pack.Report) {
	known := func(at pack.Place, s data.Severity, part string) {
		if s.Rank() >= len(data.Severities()) {
			r.Fail(at, "there is no severity “%s”", s)
		}
		if !slices.Contains(Parts(), part) {
			r.Fail(at, "a page has no part “%s”", part)
		}
	}
	terms := func(at pack.Place, all ...string) {
		if bad := gate.CheckTerms(all); bad != "" {
			r.Fail(at, "the term “%s” holds no letter", bad)
		}
	}
	for i, p := range f.Parts {
		known(pack.At("part", i, "severity"), p.Severity, p.ID)
		r.Origin(pack.At("part", i), p.ID, p.Origin)
	}
	for i, p := range f.Points {
		known(pack.At("point", i, "severity"), p.Severity, p.Part)
		terms(pack.At("point", i, "terms"), p.Terms...)
		if _, ok := points[p.ID]; !ok {
			r.Fail(pack.At("point", i, "id"), "there are no words for the point “%s”", p.ID)
		}
	}
	for i, c := range f.Claims {
		known(pack.At("claim", i, "severity"), c.Severity, Claims)
		terms(pack.At("claim", i, "terms"), slices.Concat(c.Terms, c.Not, c.Unless)...)
		if _, ok := claims[c.ID]; !ok {
			r.Fail(pack.At("claim", i, "id"), "there are no words for the claim “%s”", c.ID)
		}
	}
	checkRest(f, r)
	for i, c := range f.Causes {
		known(pack.At("cause", i, "part"), data.Info, c.Part)
	}
}

// checkRest checks what is of causes, snapshots and platforms.
func checkRest(f *file, r *pack.Report) {
	for i, c := range f.Causes {
		if !slices.Contains(data.Causes(), c.ID) || causes[c.ID] == (said{}) {
			r.Fail(pack.At("cause", i, "id"), "there are no words for the cause “%s”", c.ID)
		}
	}
	if f.Snapshot.Fresh < 1 {
		r.Fail(pack.At("snapshot", 0, "fresh"), "it is 1 or more")
	}
	for i, l := range f.Limits {
		r.Origin(pack.At("limit", i), string(l.Platform), l.Origin)
		if l.Most < 1 && l.Repeat < 1 || l.Part != Title && l.Part != Pictures {
			r.Fail(pack.At("limit", i), "a limit is of title or pictures, and says how many")
		}
	}
}

// Rules are the rules of the check, ready to use.
type Rules struct {
	file    file
	phrases *gate.Phrases
}

// BuiltIn reads the rules that the program carries.
var BuiltIn = sync.OnceValues(func() (*Rules, error) {
	text, err := assets.FS.ReadFile("listing/rules.toml")
	if err != nil {
		return nil, fmt.Errorf("reading the rules of listings: %w", err)
	}
	f, err := files.Decode("listing/rules.toml", text)
	if err != nil {
		return nil, err
	}
	terms := map[string][]string{"hour": f.Units.Hour}
	for _, p := range f.Points {
		terms["point."+p.Part+"."+p.ID] = p.Terms
	}
	for _, c := range f.Claims {
		terms["claim."+c.ID] = c.Terms
		if len(c.Not) > 0 {
			terms["claim."+c.ID+"_NOT"] = c.Not
		}
		terms["unless."+c.ID] = c.Unless
	}
	return &Rules{*f, gate.NewPhrases(terms)}, nil
})

// Shop is what the page is held against.
type Shop struct {
	Service  data.Service
	Policies []data.Finding // what the reply check's rule on the shop's policy says of the page
	Causes   []data.ProductCause
	Expected []data.ProductCause // of what buyers complained in feedback because they had expected otherwise
}

// Item is a line of the check list.
type Item struct {
	Part     string         `json:"part"`
	Done     bool           `json:"done"` // nothing worse than a hint stands against it
	Findings []data.Finding `json:"findings,omitempty"`
}

// Findings gives all that a check says, the worst first.
func Findings(items []Item) []data.Finding {
	var all []data.Finding
	for _, it := range items {
		all = append(all, it.Findings...)
	}
	data.SortFindings(all)
	return all
}

// Check looks at a page.
func (r *Rules) Check(l data.Listing, s Shop) []Item {
	found := map[string][]data.Finding{}
	for _, f := range slices.Concat(r.parts(l), r.limits(l), r.points(l), r.causes(s.Causes), expected(s.Expected)) {
		part := f.At("part").ID
		found[part] = append(found[part], f)
	}
	found[Claims] = r.claims(l)
	found[Agrees] = append(slices.Clone(s.Policies), r.agrees(l, s.Service)...)
	var items []Item
	for _, part := range Parts() {
		done := !slices.ContainsFunc(found[part], func(f data.Finding) bool { return f.Severity != data.Info })
		items = append(items, Item{part, done, found[part]})
	}
	return items
}

// textOf is what a page says in a part. The description may tell what a part of its
// own does not.
func textOf(l data.Listing, part string) string {
	return map[string]string{
		Title: l.Title, Description: l.Description, Sizes: l.Sizes, Shipping: l.Shipping, Duty: l.Duty, Returns: l.Returns, Service: l.Service,
	}[part]
}

func partRef(part string) data.Ref { return data.Ref{Kind: "part", ID: part} }

func (r *Rules) parts(l data.Listing) (out []data.Finding) {
	for _, p := range r.file.Parts {
		say := func(rule string, severity data.Severity, why, how data.Text) {
			out = append(out, data.Finding{Rule: "listing." + rule, Severity: severity, Where: []data.Ref{partRef(p.ID)}, Why: why, How: how, Origin: p.Origin})
		}
		if p.ID == Pictures {
			switch {
			case l.Pictures == 0:
				say("pictures.none", p.Severity, sayNoPictures.With(), howPictures.With())
			case l.Pictures < p.Least:
				say("pictures.few", data.Warning, sayFewPictures.With("n", l.Pictures, "least", p.Least), howPictures.With())
			}
			if l.Pictures > 0 && !l.OwnPictures {
				say("pictures.own", data.Warning, sayOwnPictures.With(), howOwnPictures.With())
			}
			continue
		}
		n := utf8.RuneCountInString(strings.TrimSpace(textOf(l, p.ID)))
		switch words := parts[p.ID]; {
		case p.ID == Sizes && l.NoSizes:
		case n == 0:
			say(p.ID+".missing", p.Severity, words.why.With(), words.how.With())
		case n < p.Least:
			say(p.ID+".short", data.Info, sayShort.With("n", n), words.how.With())
		}
	}
	return out
}

func (r *Rules) limits(l data.Listing) (out []data.Finding) {
	for _, m := range r.file.Limits {
		if m.Platform != l.Platform {
			continue
		}
		n, why, how := l.Pictures, sayManyPictures, howManyPictures
		if m.Part == Title {
			n, why, how = utf8.RuneCountInString(l.Title), sayLongTitle, howLongTitle
		}
		severity := data.Serious
		if m.Confidence == data.Unconfirmed {
			severity = data.Warning
		}
		where := []data.Ref{partRef(m.Part)}
		if m.Most > 0 && n > m.Most {
			out = append(out, data.Finding{Rule: "listing." + m.Part + ".long", Severity: severity, Where: where, Why: why.With("n", n, "most", m.Most), How: how.With(), Origin: m.Origin})
		}
		if sign := strings.IndexAny(l.Title, m.Without); m.Without != "" && sign >= 0 {
			r, _ := utf8.DecodeRuneInString(l.Title[sign:])
			out = append(out, data.Finding{
				Rule: "listing.title.sign", Severity: severity, Where: where, Why: saySign.With("sign", string(r)), How: howSign.With("signs", strings.Join(strings.Split(m.Without, ""), " ")), Origin: m.Origin,
			})
		}
		if word, n := repeated(l.Title, m.Repeat); word != "" {
			out = append(out, data.Finding{
				Rule: "listing.title.repeated", Severity: data.Warning, Where: where, Why: sayRepeated.With("word", word, "n", n, "most", m.Repeat), How: howRepeated.With(), Origin: m.Origin,
			})
		}
	}
	return out
}

// causes tells what went wrong with the orders of a product, where its page may spare
// the next one.
func (r *Rules) causes(all []data.ProductCause) (out []data.Finding) {
	for _, c := range all {
		i := slices.IndexFunc(r.file.Causes, func(k cause) bool { return k.ID == c.Cause })
		if i < 0 {
			continue
		}
		what := causes[c.Cause]
		why := what.why.With("n", c.N)
		if c.Words != "" {
			why = sayCauseWords.With("n", c.N, "cause", c.Cause, "words", excerpt(c.Words))
		}
		out = append(out, data.Finding{Rule: "listing.cause." + c.Cause, Severity: data.Warning, Where: []data.Ref{partRef(r.file.Causes[i].Part)}, Why: why, How: what.how.With()})
	}
	return out
}

// excerpt is the beginning of what a person wrote.
func excerpt(text string) string {
	written := []rune(strings.Join(strings.Fields(text), " "))
	if len(written) <= 160 {
		return string(written)
	}
	return string(written[:159]) + "…"
}

// repeated finds the first word of four letters or more that stands more often than
// it may.
func repeated(title string, most int) (string, int) {
	if most == 0 {
		return "", 0
	}
	all := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	count := map[string]int{}
	for _, w := range all {
		count[w]++
	}
	for _, w := range all {
		if count[w] > most && utf8.RuneCountInString(w) >= 4 {
			return w, count[w]
		}
	}
	return "", 0
}

// points tells what a part that is there does not seem to tell.
func (r *Rules) points(l data.Listing) (out []data.Finding) {
	for _, p := range r.file.Points {
		text := textOf(l, p.Part)
		if strings.TrimSpace(text) == "" || r.tells(text, p) || len(p.Terms) > 0 && r.tells(l.Description, p) {
			continue
		}
		what := points[p.ID]
		out = append(out, data.Finding{
			Rule: "listing." + p.Part + "." + p.ID, Severity: p.Severity, Where: []data.Ref{partRef(p.Part)},
			Why: what.why.With(), How: what.how.With(), Origin: data.Origin{},
		})
	}
	return out
}

func (r *Rules) tells(text string, p point) bool {
	if len(p.Terms) == 0 {
		return strings.ContainsFunc(text, unicode.IsDigit)
	}
	hits, _ := r.phrases.Find(text)
	return slices.ContainsFunc(hits, func(h gate.Hit) bool { return h.Name == "point."+p.Part+"."+p.ID })
}

// claims finds promises that cannot be kept, each once a part.
func (r *Rules) claims(l data.Listing) (out []data.Finding) {
	all, _ := r.phrases.Find(l.Text())
	for _, part := range []string{Title, Description, Sizes, Shipping, Duty, Returns, Service} {
		hits, long := r.phrases.Find(textOf(l, part))
		if long {
			out = append(out, data.Finding{Rule: "listing.cut", Severity: data.Warning, Where: []data.Ref{partRef(part)}, Why: sayCut.With("most", gate.MaxText), How: howCut.With()})
		}
		for _, c := range r.file.Claims {
			i := slices.IndexFunc(hits, func(h gate.Hit) bool { return h.Name == "claim."+c.ID })
			if i < 0 || c.Platform != "" && c.Platform != l.Platform || c.Part != "" && c.Part != part || slices.ContainsFunc(all, func(h gate.Hit) bool { return h.Name == "unless."+c.ID }) {
				continue
			}
			what := claims[c.ID]
			out = append(out, data.Finding{
				Rule: "listing.claim." + c.ID, Severity: c.Severity, Origin: c.Origin, Why: what.why.With("words", hits[i].Words), How: what.how.With(),
				Where: []data.Ref{partRef(part), {Kind: "text", ID: strconv.Itoa(hits[i].Start) + "-" + strconv.Itoa(hits[i].End), Label: hits[i].Words}},
			})
		}
	}
	return out
}
