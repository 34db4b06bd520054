package pdf

import (
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// listCoverage writes the coverage of a face's substitutions as lists of glyphs.
// The shaper (go-text 0.3.5) loses glyphs of a coverage that is written as ranges
// once they are many: Arabic letters such as ق, ي and ن would not be joined.
func listCoverage(f *font.Font) {
	for _, lookup := range f.GSUB.Lookups {
		for i, sub := range lookup.Subtables {
			lookup.Subtables[i] = listedSubtable(sub)
		}
	}
}

func listedSubtable(sub tables.GSUBLookup) tables.GSUBLookup {
	switch s := sub.(type) {
	case tables.SingleSubs:
		switch d := s.Data.(type) {
		case tables.SingleSubstData1:
			d.Coverage = listed(d.Coverage)
			s.Data = d
		case tables.SingleSubstData2:
			d.Coverage = listed(d.Coverage)
			s.Data = d
		}
		return s
	case tables.MultipleSubs:
		s.Coverage = listed(s.Coverage)
		return s
	case tables.AlternateSubs:
		s.Coverage = listed(s.Coverage)
		return s
	case tables.LigatureSubs:
		s.Coverage = listed(s.Coverage)
		return s
	case tables.ChainedContextualSubs:
		if d, ok := s.Data.(tables.ChainedContextualSubs3); ok {
			for _, list := range [][]tables.Coverage{d.BacktrackCoverages, d.InputCoverages, d.LookaheadCoverages} {
				for i, c := range list {
					list[i] = listed(c)
				}
			}
		}
		return s
	}
	return sub // its coverage cannot be reached from here
}

// listed gives a coverage as a list, in the order of its indexes.
func listed(c tables.Coverage) tables.Coverage {
	ranges, ok := c.(tables.Coverage2)
	if !ok {
		return c
	}
	var list tables.Coverage1
	for _, r := range ranges.Ranges {
		for g := int(r.StartGlyphID); g <= int(r.EndGlyphID); g++ {
			list.Glyphs = append(list.Glyphs, tables.GlyphID(g))
		}
	}
	return list
}
