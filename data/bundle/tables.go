package bundle

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"casebinder/data"
)

// guard keeps a spreadsheet from taking a cell for a formula. (OWASP, "CSV
// Injection".)
func guard(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

// csvFile writes rows as UTF-8 with a byte order mark, so that Excel reads it.
func csvFile(rows [][]string) []byte {
	var b strings.Builder
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range rows {
		guarded := make([]string, len(row))
		for i, cell := range row {
			guarded[i] = guard(strings.ToValidUTF8(cell, "�"))
		}
		_ = w.Write(guarded) // into memory: cannot fail
	}
	w.Flush()
	return []byte(b.String())
}

// copyOfSum is the fingerprint of the original of an edited copy.
func (e Exhibit) copyOfSum() string {
	if e.Original == nil {
		return ""
	}
	return e.Original.SHA256
}

// stamp is a time in files for programs.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// shownAs says in the index whether an exhibit is on its pages.
func (b *bound) shownAs(n int) (shown bool, why string) {
	for _, x := range b.at.Rejected {
		if x.Number == n {
			return false, x.Reason.Error()
		}
	}
	return true, ""
}

// indexCSV is the index of exhibits for a spreadsheet.
func (b *bound) indexCSV() []byte {
	rows := [][]string{{
		"exhibit", "title", "kind", "note", "captured_at", "captured_source", "original_name", "file", "mime", "size", "sha256",
		"added_at", "added_by", "first_page", "last_page", "shown", "not_shown_because", "section", "proves", "withheld_because", "copy_of_sha256",
	}}
	for _, p := range b.placed {
		e := p.Exhibit
		shown, why := b.shownAs(p.Number)
		rows = append(rows, []string{
			itoa(p.Number), p.Title, string(e.Kind), e.Note, stamp(e.CapturedAt), string(e.Captured), e.Name, p.File, e.MIME,
			fmt.Sprint(e.Size), e.SHA256, stamp(e.AddedAt), e.AddedBy, itoa(p.First), itoa(p.Last), fmt.Sprint(shown), why,
			string(p.Section), e.Proves, p.Withheld, e.copyOfSum(),
		})
	}
	return csvFile(rows)
}

// indexJSON is the index with the facts of the case, for programs.
func (b *bound) indexJSON(name string) ([]byte, error) {
	type exhibit struct {
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
		Withheld  string    `json:"withheld_because,omitempty"`
		CopyOf    string    `json:"copy_of_sha256,omitempty"`
	}
	o, d := b.c.Order, b.c.Dispute
	doc := struct {
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
		Case      string               `json:"case_number,omitempty"`
		Reason    string               `json:"reason"`
		Amount    string               `json:"amount,omitempty"`
		Currency  string               `json:"currency,omitempty"`
		Version   int                  `json:"version"`
		Exhibits  []exhibit            `json:"exhibits"`
		Profile   string               `json:"profile,omitempty"`
		Masked    []data.MaskKind      `json:"masked,omitempty"`
		Sections  map[data.Section]int `json:"sections,omitempty"`
	}{
		"casebinder-bundle-1", name + ".pdf", b.at.Pages, b.c.Generated.UTC(), b.c.Program, b.w.language, string(o.Shop.Platform),
		o.Shop.Name, o.Number, d.UID, d.CaseNumber, string(d.Reason), "", d.Amount.Currency, max(b.c.Version, 1),
		[]exhibit{},
		"", b.c.Mask, b.at.Sections,
	}
	if b.opts.Profile != nil {
		doc.Profile = b.opts.Profile.ID
	}
	if !d.Amount.IsZero() {
		doc.Amount = d.Amount.Decimal()
	}
	for _, p := range b.placed {
		e := p.Exhibit
		shown, why := b.shownAs(p.Number)
		doc.Exhibits = append(doc.Exhibits, exhibit{
			p.Number, p.Title, string(e.Kind), e.Note, e.CapturedAt.UTC(), string(e.Captured), e.Name, p.File, e.MIME, e.Size, e.SHA256,
			e.AddedAt.UTC(), e.AddedBy, p.First, p.Last, shown, why,
			string(p.Section), e.Proves, p.Withheld, e.copyOfSum(),
		})
	}
	raw, err := json.MarshalIndent(doc, "", "  ")
	return append(raw, '\n'), err
}
