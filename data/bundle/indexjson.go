package bundle

import (
	"encoding/json"
	"time"

	"casebinder/data"
)

// indexFormat is the version of index.json. Fields may be added to it; what is
// there keeps its name and meaning.
const indexFormat = "casebinder-bundle-1"

// An indexFile is index.json: the exhibits with the facts of the case.
type indexFile struct {
	Format    string               `json:"format"`
	PDF       string               `json:"pdf"`
	Pages     int                  `json:"pages"`
	Generated time.Time            `json:"generated"`
	Program   string               `json:"program"`
	Language  string               `json:"language"`
	Platform  string               `json:"platform"`
	Shop      string               `json:"shop"`
	Order     string               `json:"order"`
	Dispute   string               `json:"dispute"`
	Feedback  string               `json:"feedback,omitempty"` // id of the feedback that it complains about; then there is no dispute
	Case      string               `json:"case_number,omitempty"`
	Reason    string               `json:"reason"`
	Amount    string               `json:"amount,omitempty"`
	Currency  string               `json:"currency,omitempty"`
	Version   int                  `json:"version"`
	Exhibits  []indexEntry         `json:"exhibits"`
	Erased    []ErasedFile         `json:"erased,omitempty"` // that are no exhibits any more, and that the custody log tells of
	Profile   string               `json:"profile,omitempty"`
	Masked    []data.MaskKind      `json:"masked,omitempty"`
	Sections  map[data.Section]int `json:"sections,omitempty"` // page on which each begins
	Custody   string               `json:"custody,omitempty"`  // how the custody log ends: its lines, a colon, the hash of the last
}

// An indexEntry is an exhibit in index.json.
type indexEntry struct {
	Number    int       `json:"exhibit"`
	Title     string    `json:"title"`
	Kind      string    `json:"kind"`
	Note      string    `json:"note,omitempty"`
	Captured  time.Time `json:"captured_at,omitzero"`
	Source    string    `json:"captured_source,omitempty"`
	Name      string    `json:"original_name"`
	File      string    `json:"file"`
	MIME      string    `json:"mime"`
	Size      int64     `json:"size"`
	SHA256    string    `json:"sha256"`
	Added     time.Time `json:"added_at,omitzero"`
	AddedBy   string    `json:"added_by,omitempty"`
	FirstPage int       `json:"first_page"`
	LastPage  int       `json:"last_page"`
	Shown     bool      `json:"shown"`
	Because   string    `json:"not_shown_because,omitempty"`
	Section   string    `json:"section"`
	Proves    string    `json:"proves,omitempty"`
	Withheld  string    `json:"withheld_because,omitempty"` // why the original is not in the bag
	CopyOf    string    `json:"copy_of_sha256,omitempty"`   // original of an edited copy, which is not in the bag
}

// indexJSON is the index with the facts of the case, for programs.
func (b *bound) indexJSON(name string) ([]byte, error) {
	o, d := b.c.Order, b.c.Dispute
	doc := indexFile{
		Format: indexFormat, PDF: name + ".pdf", Pages: b.at.Pages, Generated: b.c.Generated.UTC(), Program: b.c.Program, Language: b.w.language,
		Platform: string(o.Shop.Platform), Shop: o.Shop.Name, Order: o.Number, Dispute: d.UID, Feedback: b.c.feedbackUID(), Case: d.CaseNumber, Reason: string(d.Reason),
		Currency: d.Amount.Currency, Version: max(b.c.Version, 1), Exhibits: []indexEntry{}, Erased: b.c.Erased, Masked: b.c.Mask, Sections: b.at.Sections,
		Custody: logEnd(b.end),
	}
	if b.opts.Profile != nil {
		doc.Profile = b.opts.Profile.ID
	}
	if !d.Amount.IsZero() {
		doc.Amount = d.Amount.Decimal()
	}
	for _, p := range b.placed {
		doc.Exhibits = append(doc.Exhibits, b.entry(&p))
	}
	raw, err := json.MarshalIndent(doc, "", "  ")
	return append(raw, '\n'), err
}

// entry is an exhibit in the index.
func (b *bound) entry(p *Placed) indexEntry {
	e := p.Exhibit
	shown, why := b.shownAs(p.Number)
	return indexEntry{
		p.Number, p.Title, string(e.Kind), e.Note, e.CapturedAt.UTC(), string(e.Captured), e.Name, p.File, e.MIME, e.Size, e.SHA256,
		e.AddedAt.UTC(), e.AddedBy, p.First, p.Last, shown, why, string(p.Section), e.Proves, p.Withheld, e.copyOfSum(),
	}
}
