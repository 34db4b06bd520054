package importer

import (
	"regexp"
	"slices"
	"sort"
	"strings"
)

const (
	headRows  = 60  // rows among which the header is looked for
	mostCells = 512 // columns that a header is looked at for
)

// ownConfidence marks a seller's own preset.
const ownConfidence = "own"

// header is a header row with its names as they are compared.
type header struct {
	names  []string       // as written
	at     map[string]int // normal name to column; the first of two alike
	line   int
	filled int
}

func newHeader(rec *record) header {
	h := header{names: rec.cells(), at: map[string]int{}, line: rec.line}
	for i, name := range h.names {
		h.names[i] = strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF"))
		n := normal(name)
		if n == "" {
			continue
		}
		h.filled = i + 1
		if _, taken := h.at[n]; !taken {
			h.at[n] = i
		}
	}
	return h
}

// find gives the column of the first alternative that the header has, or -1.
// After "=" it is the one that is written so, capitals and all.
func (h *header) find(headers string) int {
	if exact, ok := strings.CutPrefix(headers, "="); ok {
		if i := slices.Index(h.names, exact); i >= 0 {
			return i
		}
	}
	if i, ok := h.at[normal(headers)]; ok {
		return i
	}
	for _, name := range alternatives(headers) {
		if i, ok := h.at[name]; ok {
			return i
		}
	}
	return -1
}

func (h *header) findAny(headers []string) int {
	for _, one := range headers {
		if i := h.find(one); i >= 0 {
			return i
		}
	}
	return -1
}

// lacks names the first header that a preset requires and h has not, or "".
func (h *header) lacks(p *Preset) string {
	for _, need := range p.Require {
		if h.find(need) < 0 {
			return strings.ReplaceAll(need, "|", " / ")
		}
	}
	for _, f := range Needed(p.Target) {
		if h.findAny(p.Columns[f]) < 0 {
			return p.Columns[f][0]
		}
	}
	if p.Target == TargetDisputes {
		order := slices.Concat(p.Columns[FieldNumber], p.Columns[FieldPaymentRef])
		if h.findAny(order) < 0 {
			return strings.Join(order, " / ")
		}
	}
	if p.Target == TargetCosts {
		if f := wantsCosts(func(f Field) bool { return h.findAny(p.Columns[f]) >= 0 }); f != "" {
			return strings.Join(p.Columns[f], " / ")
		}
	}
	return ""
}

// fit counts the columns that a preset knows, 0 when it does not fit.
func (h *header) fit(p *Preset) int {
	if h.lacks(p) != "" || len(h.lacksMoney(p)) > 0 {
		return 0
	}
	for _, not := range p.Exclude {
		if h.find(not) >= 0 {
			return 0
		}
	}
	return h.columns(p)
}

// columns counts the columns that a preset knows.
func (h *header) columns(p *Preset) int {
	columns := map[int]bool{}
	for _, headers := range p.Columns {
		if i := h.findAny(headers); i >= 0 {
			columns[i] = true
		}
	}
	return len(columns)
}

// fits lists the presets of a target that fit a header, the best first: most
// columns, then a seller's own, then most required ones, then by ID.
func (h *header) fits(presets []*Preset, target Target) []*Preset {
	var all []*Preset
	score := map[*Preset]int{}
	for _, p := range presets {
		if p.Target != target {
			continue
		}
		if n := h.fit(p); n > 0 {
			score[p] = n
			all = append(all, p)
		}
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if score[a] != score[b] {
			return score[a] > score[b]
		}
		if own := a.Confidence == ownConfidence; own != (b.Confidence == ownConfidence) {
			return own
		}
		if len(a.Require) != len(b.Require) {
			return len(a.Require) > len(b.Require)
		}
		return a.ID < b.ID
	})
	return all
}

// located is where the header of a table was found.
type located struct {
	header header
	row    int // index of the record
	fits   []*Preset
	score  int // columns that the best preset knows, 0 for a guess
	width  int // of a guess: columns
}

// better reports whether l is a surer find than other.
func (l *located) better(other *located) bool {
	switch {
	case other == nil:
		return true
	case l.score != other.score:
		return l.score > other.score
	}
	return l.width > other.width
}

// locate finds the header among the first rows. Line, when it is not 0, says
// where it is. It is nil when no row can be one.
func locate(recs []*record, presets []*Preset, target Target, line int) *located {
	var best *located
	for i, rec := range recs {
		if rec.bad != nil || rec.blank() || len(rec.ends) > mostCells || line > 0 && rec.line != line {
			continue
		}
		h := newHeader(rec)
		if len(h.at) < 2 {
			continue
		}
		l := &located{header: h, row: i, width: len(h.at)}
		if l.fits = h.fits(presets, target); len(l.fits) > 0 {
			l.score = h.fit(l.fits[0])
		}
		if l.better(best) && (l.score > 0 || line > 0) {
			best = l
		}
	}
	if best != nil || line > 0 {
		return best
	}
	return guessHeader(recs)
}

var looksLikeValue = regexp.MustCompile(`^[\p{Sc}\-+(]?\s*\d[\d.,:/\s\-]*\)?%?$`)

// guessHeader takes the first row that is as wide as the table and has names
// alone in it.
func guessHeader(recs []*record) *located {
	widest := 0
	for _, rec := range recs {
		if rec.bad == nil && len(rec.ends) <= mostCells {
			widest = max(widest, len(newHeader(rec).at))
		}
	}
	for i, rec := range recs {
		if rec.bad != nil || len(rec.ends) > mostCells {
			continue
		}
		h := newHeader(rec)
		if len(h.at) < 2 || len(h.at)*5 < widest*4 {
			continue
		}
		if !slices.ContainsFunc(h.names, func(n string) bool { return looksLikeValue.MatchString(n) || len(n) > 200 }) {
			return &located{header: h, row: i, width: len(h.at)}
		}
	}
	return nil
}

// knownBeyondASCII counts the headers with letters beyond ASCII that presets
// know and a decoded text has in its first lines.
func knownBeyondASCII(text []byte, presets []*Preset) int {
	names := map[string]bool{}
	for _, p := range presets {
		for _, headers := range p.Columns {
			for _, h := range headers {
				for _, n := range alternatives(h) {
					if !ascii(n) {
						names[n] = true
					}
				}
			}
		}
	}
	lines := strings.SplitN(string(text), "\n", headRows+1)
	hits := 0
	for _, line := range lines[:min(len(lines), headRows)] {
		n := 0
		for _, cell := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;\t|\"\r", r) }) {
			if names[normal(cell)] {
				n++
			}
		}
		hits = max(hits, n)
	}
	return hits
}
