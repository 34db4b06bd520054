package bundle

import (
	"encoding/csv"
	"fmt"
	"strings"
	"time"

	tables "casebinder/data/table"
)

// csvFile writes rows as UTF-8 with a byte order mark, so that Excel reads it.
func csvFile(rows [][]string) []byte {
	var b strings.Builder
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range rows {
		guarded := make([]string, len(row))
		for i, cell := range row {
			guarded[i] = tables.Guard(strings.ToValidUTF8(cell, "�"))
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
	rows := [][]string{indexColumns}
	for _, p := range b.placed {
		rows = append(rows, b.entry(&p).row())
	}
	return csvFile(rows)
}

// indexColumns are the columns of the index. More may be added at the end.
var indexColumns = []string{
	"exhibit", "title", "kind", "note", "captured_at", "captured_source", "original_name", "file", "mime", "size", "sha256",
	"added_at", "added_by", "first_page", "last_page", "shown", "not_shown_because", "section", "proves", "withheld_because", "copy_of_sha256",
}

// row is an exhibit as a row of the index.
func (e indexEntry) row() []string {
	return []string{
		itoa(e.Number), e.Title, e.Kind, e.Note, stamp(e.Captured), e.Source, e.Name, e.File, e.MIME,
		fmt.Sprint(e.Size), e.SHA256, stamp(e.Added), e.AddedBy, itoa(e.FirstPage), itoa(e.LastPage), fmt.Sprint(e.Shown), e.Because,
		e.Section, e.Proves, e.Withheld, e.CopyOf,
	}
}
