package mask

import (
	"io"
	"strings"
	"unicode/utf8"

	"casebinder/data"
)

// ProblemLeak is that a finished file still shows what was to be masked. The
// value itself is given masked.
var ProblemLeak = data.DefineProblem("mask_leak", data.ErrRefused,
	"{where} still shows what was to be masked: {value} ({count} in all).",
	"Nothing was exported. Leave out or edit the exhibit that shows it, or allow this kind of data.")

// Leak is personal data that was to be masked and is still there.
type Leak struct {
	Where  string // as the caller named it: "page 12", "index.csv"
	Kind   data.MaskKind
	Offset int64  // bytes from the beginning of what was searched
	Text   string // as it stands there
	Masked string // as it should stand there
}

// Refuse makes the problem of leaks, or nil when there are none.
func Refuse(leaks []Leak) error {
	if len(leaks) == 0 {
		return nil
	}
	return ProblemLeak.New("where", leaks[0].Where, "value", leaks[0].Masked, "count", len(leaks))
}

// Search looks in a text, such as that of a PDF's page, for all known values
// of the order and for everything that was masked or learned so far, in any
// spacing, case, width and hyphenation, with lines broken anywhere and with
// right-to-left text in either order. It does not guess: what only looks like
// personal data is not a leak.
func (m *Masker) Search(where, text string) []Leak {
	if m == nil || text == "" {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.search(where, text)
}

func (m *Masker) search(where, text string) []Leak {
	f := fold(text)
	hits, guards := m.walk(f, true)
	hits = merge(f, unguarded(hits, guards))
	leaks := make([]Leak, 0, len(hits))
	for _, h := range hits {
		leaks = append(leaks, Leak{
			Where: where, Kind: h.kind, Offset: int64(h.start), Text: strings.ToValidUTF8(f.src[h.start:h.end], string(utf8.RuneError)), Masked: shape(f, h),
		})
	}
	if len(leaks) == 0 {
		return nil
	}
	return leaks
}

// SearchBytes looks in a raw file for what Search looks for: as UTF-8 and
// UTF-16, with JSON's, HTML's and percent escapes undone. What is compressed or
// encrypted in it (streams of a PDF, a ZIP) is to be opened first. Memory stays
// flat whatever the size. Errors are the reader's.
func (m *Masker) SearchBytes(where string, r io.Reader) ([]Leak, error) {
	if m == nil {
		return nil, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.searchBytes(where, r)
}
