package main

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// A layout is the GSUB or GPOS table of one face: which scripts and languages
// have which features, and the lookups that these name. The lookups' own bytes
// stay as they are, but for the numbers of glyphs and lookups in them.
type layout struct {
	name    string // GSUB or GPOS
	raw     []byte
	scripts map[string]script
	lookups []lookup

	glyphs map[int]bool // where a number of a glyph stands
	calls  map[int]bool // where a number of a lookup stands
	used   map[int]bool // the glyphs that are named
	lists  map[int]int  // where sets of ranges were written as lists
	err    error
}

// A script has languages; its own way is that of the language "".
type script map[string][]feature

// A feature is a list of lookups under a name of four letters.
type feature struct {
	tag     string
	lookups []int
}

// A lookup is a list of subtables of one kind.
type lookup struct {
	kind, flag, set int
	subtables       []int // where they begin in the table
}

// Flags of a lookup, and kinds that name other lookups or glyphs by other means.
const (
	flagMarkSet   = 0x10
	markClassByte = 8 // the class of marks stands from this bit on
	noFeature     = 0xFFFF
)

// extension is the kind of lookup whose subtables lie further away.
var extension = map[string]int{"GSUB": 7, "GPOS": 9}

// unwanted are features that nobody can switch on in a window.
var unwanted = []string{"aalt", "dlig", "hist", "ordn", "pnum", "tnum", "ss01", "halt", "palt", "vert", "vhal", "vkrn", "vpal", "vrt2"}

// readLayout reads a table for the scripts that are wanted.
func readLayout(name string, raw []byte, scripts ...string) (*layout, error) {
	l := &layout{
		name: name, raw: slices.Clone(raw), scripts: map[string]script{},
		glyphs: map[int]bool{}, calls: map[int]bool{}, used: map[int]bool{}, lists: map[int]int{},
	}
	if len(raw) == 0 {
		return l, nil
	}
	features := l.readFeatures(l.u16(6))
	list := l.u16(4)
	for i := range l.u16(list) {
		tag := l.tag(list + 2 + 6*i)
		if slices.Contains(scripts, tag) {
			l.scripts[tag] = l.readScript(list+l.u16(list+2+6*i+4), features)
		}
	}
	l.readLookups(l.u16(8))
	l.keepCalled()
	if l.err != nil {
		return nil, fmt.Errorf("table %s: %w", name, l.err)
	}
	return l, nil
}

// u16 reads a number; what lies beyond the table reads as nothing and is told.
func (l *layout) u16(at int) int {
	if at < 0 || at+2 > len(l.raw) {
		if l.err == nil {
			l.err = fmt.Errorf("it ends before byte %d", at+2)
		}
		return 0
	}
	return int(binary.BigEndian.Uint16(l.raw[at:]))
}

func (l *layout) tag(at int) string {
	l.u16(at + 2)
	if l.err != nil {
		return ""
	}
	return string(l.raw[at : at+4])
}

func (l *layout) readFeatures(list int) []feature {
	var all []feature
	for i := range l.u16(list) {
		f := feature{tag: l.tag(list + 2 + 6*i)}
		at := list + l.u16(list+2+6*i+4)
		for k := range l.u16(at + 2) {
			f.lookups = append(f.lookups, l.u16(at+4+2*k))
		}
		all = append(all, f)
	}
	return all
}

func (l *layout) readScript(at int, features []feature) script {
	s := script{}
	if own := l.u16(at); own != 0 {
		s[""] = l.readLanguage(at+own, features)
	}
	for i := range l.u16(at + 2) {
		record := at + 4 + 6*i
		s[l.tag(record)] = l.readLanguage(at+l.u16(record+4), features)
	}
	return s
}

func (l *layout) readLanguage(at int, features []feature) []feature {
	all := []feature{}
	if l.u16(at+2) != noFeature && l.err == nil {
		l.err = fmt.Errorf("byte %d: a language requires a feature, which is not understood", at)
	}
	for i := range l.u16(at + 4) {
		n := l.u16(at + 6 + 2*i)
		if n < len(features) && !slices.Contains(unwanted, features[n].tag) {
			all = append(all, features[n])
		}
	}
	return all
}

func (l *layout) readLookups(list int) {
	for i := range l.u16(list) {
		at := list + l.u16(list+2+2*i)
		one := lookup{kind: l.u16(at), flag: l.u16(at + 2)}
		n := l.u16(at + 4)
		for k := range n {
			place := at + l.u16(at+6+2*k)
			if l.u16(at) == extension[l.name] {
				one.kind = l.u16(place + 2)
				place += l.u16(place+4)<<16 + l.u16(place+6)
			}
			one.subtables = append(one.subtables, place)
		}
		if one.flag&flagMarkSet != 0 {
			one.set = l.u16(at + 6 + 2*n)
		}
		l.lookups = append(l.lookups, one)
	}
}

// keepCalled walks through the lookups that features name, and those that these
// call, and drops the others: it finds where numbers stand in them.
func (l *layout) keepCalled() {
	called, waiting := map[int]bool{}, map[int]bool{}
	for _, s := range l.scripts {
		for _, features := range s {
			for _, f := range features {
				for _, n := range f.lookups {
					waiting[n] = true
				}
			}
		}
	}
	for len(waiting) > 0 && l.err == nil {
		n := slices.Min(slices.Collect(maps.Keys(waiting))) // lists are added in this order
		delete(waiting, n)
		if called[n] || n >= len(l.lookups) {
			continue
		}
		called[n] = true
		for _, at := range l.lookups[n].subtables {
			l.subtable(l.lookups[n].kind, at)
		}
		for at := range l.calls {
			waiting[l.u16(at)] = !called[l.u16(at)]
		}
		maps.DeleteFunc(waiting, func(_ int, waits bool) bool { return !waits })
	}
	kept := slices.Sorted(maps.Keys(called))
	renumbered := make(map[int]int, len(kept))
	lookups := make([]lookup, len(kept))
	for i, n := range kept {
		renumbered[n], lookups[i] = i, l.lookups[n]
	}
	l.lookups = lookups
	l.renumber(renumbered)
}

// renumber gives lookups other numbers.
func (l *layout) renumber(numbers map[int]int) {
	for at := range l.calls {
		l.put(at, numbers[l.u16(at)])
	}
	for _, s := range l.scripts {
		for language, features := range s {
			changed := make([]feature, len(features))
			for i, f := range features {
				changed[i].tag = f.tag
				for _, n := range f.lookups {
					changed[i].lookups = append(changed[i].lookups, numbers[n])
				}
			}
			s[language] = changed
		}
	}
}

func (l *layout) put(at, v int) {
	if l.err == nil {
		binary.BigEndian.PutUint16(l.raw[at:], uint16(v))
	}
}

// shift makes room for other faces' glyphs, lookups and marks before this one's.
func (l *layout) shift(glyph map[int]int, lookups, sets, classes int) error {
	for at := range l.glyphs {
		n, ok := glyph[l.u16(at)]
		if !ok {
			return fmt.Errorf("table %s: glyph %d was left out", l.name, l.u16(at))
		}
		l.put(at, n)
	}
	numbers := map[int]int{}
	for i := range l.lookups {
		numbers[i] = i + lookups
		one := &l.lookups[i]
		one.set += sets
		if one.flag>>markClassByte != 0 {
			one.flag += classes << markClassByte
		}
	}
	l.renumber(numbers)
	return l.err
}
