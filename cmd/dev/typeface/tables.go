package main

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// writeLayout writes the layouts of several faces as one table. Each lookup is
// an extension, whose subtables may lie anywhere behind.
func writeLayout(parts []*layout) ([]byte, error) {
	scripts := map[string]script{}
	lookups := 0
	for _, p := range parts {
		for tag, s := range p.scripts {
			if scripts[tag] != nil {
				return nil, fmt.Errorf("two faces have the script %s", tag)
			}
			scripts[tag] = s
		}
		lookups += len(p.lookups)
	}
	features := listFeatures(scripts)
	out := []byte{0, 1, 0, 0, 0, 10, 0, 0, 0, 0}
	out = append(out, scriptList(scripts, features)...)
	binary.BigEndian.PutUint16(out[6:], uint16(len(out)))
	out = append(out, featureList(features)...)
	if len(out) > 0xFFFF {
		return nil, fmt.Errorf("the features take %d bytes", len(out))
	}
	binary.BigEndian.PutUint16(out[8:], uint16(len(out)))
	return appendLookups(out, parts, lookups)
}

// name is what makes a feature another one than its namesakes.
func (f feature) name() string { return fmt.Sprint(f.tag, f.lookups) }

// listFeatures gives each feature once, sorted by name.
func listFeatures(scripts map[string]script) []feature {
	once := map[string]feature{}
	for _, s := range scripts {
		for _, features := range s {
			for _, f := range features {
				once[f.name()] = f
			}
		}
	}
	all := make([]feature, 0, len(once))
	for _, name := range slices.Sorted(maps.Keys(once)) {
		all = append(all, once[name])
	}
	return all
}

// A tagged part of a list stands there by its name.
type tagged struct {
	tag  string
	body []byte
}

// tagList writes a count, each name with the place of its part, and the parts;
// places are counted from so many bytes before the list.
func tagList(before int, parts []tagged) []byte {
	out := binary.BigEndian.AppendUint16(nil, uint16(len(parts)))
	at := before + 2 + 6*len(parts)
	for _, p := range parts {
		out = binary.BigEndian.AppendUint16(append(out, p.tag...), uint16(at))
		at += len(p.body)
	}
	for _, p := range parts {
		out = append(out, p.body...)
	}
	return out
}

func scriptList(scripts map[string]script, features []feature) []byte {
	var parts []tagged
	for _, tag := range slices.Sorted(maps.Keys(scripts)) {
		var languages []tagged
		var own []byte
		for _, language := range slices.Sorted(maps.Keys(scripts[tag])) {
			body := languageTable(scripts[tag][language], features)
			if language == "" {
				own = body
				continue
			}
			languages = append(languages, tagged{language, body})
		}
		list := tagList(2, languages)
		place := 0
		if own != nil {
			place = 2 + len(list)
		}
		body := append(binary.BigEndian.AppendUint16(nil, uint16(place)), list...)
		parts = append(parts, tagged{tag, append(body, own...)})
	}
	return tagList(0, parts)
}

func languageTable(has, features []feature) []byte {
	out := []byte{0, 0, 0xFF, 0xFF}
	out = binary.BigEndian.AppendUint16(out, uint16(len(has)))
	for _, f := range has {
		n := slices.IndexFunc(features, func(other feature) bool { return other.name() == f.name() })
		out = binary.BigEndian.AppendUint16(out, uint16(n))
	}
	return out
}

func featureList(features []feature) []byte {
	parts := make([]tagged, len(features))
	for i, f := range features {
		body := []byte{0, 0}
		body = binary.BigEndian.AppendUint16(body, uint16(len(f.lookups)))
		for _, n := range f.lookups {
			body = binary.BigEndian.AppendUint16(body, uint16(n))
		}
		parts[i] = tagged{f.tag, body}
	}
	return tagList(0, parts)
}

// appendLookups adds the list of lookups, and behind it the tables that they
// were read from.
func appendLookups(out []byte, parts []*layout, count int) ([]byte, error) {
	size := 2 + 2*count
	for _, p := range parts {
		for _, one := range p.lookups {
			size += 8 + 10*len(one.subtables)
		}
	}
	list := make([]byte, size)
	binary.BigEndian.PutUint16(list, uint16(count))
	n, at, blob := 0, 2+2*count, size
	for _, p := range parts {
		for _, one := range p.lookups {
			if at > 0xFFFF {
				return nil, fmt.Errorf("the lookups take %d bytes", size)
			}
			binary.BigEndian.PutUint16(list[2+2*n:], uint16(at))
			for i, v := range []int{extension[p.name], one.flag, len(one.subtables)} {
				binary.BigEndian.PutUint16(list[at+2*i:], uint16(v))
			}
			sub := 8 + 2*len(one.subtables)
			binary.BigEndian.PutUint16(list[at+sub-2:], uint16(one.set))
			for k, place := range one.subtables {
				binary.BigEndian.PutUint16(list[at+6+2*k:], uint16(sub+8*k))
				here := at + sub + 8*k
				binary.BigEndian.PutUint16(list[here:], 1)
				binary.BigEndian.PutUint16(list[here+2:], uint16(one.kind))
				binary.BigEndian.PutUint32(list[here+4:], uint32(blob+place-here))
			}
			at += sub + 8*len(one.subtables)
			n++
		}
		blob += len(p.raw)
	}
	out = append(out, list...)
	for _, p := range parts {
		out = append(out, p.raw...)
	}
	return out, nil
}

// Marks are what a face's GDEF table says of its glyphs.
type marks struct {
	class, attach map[int]int // base, ligature, mark or component; the class of a mark
	sets          [][]int     // of marks, each sorted
}

// readMarks reads a GDEF table.
func readMarks(raw []byte) (marks, error) {
	l := &layout{raw: raw}
	m := marks{class: map[int]int{}, attach: map[int]int{}}
	if len(raw) == 0 {
		return m, nil
	}
	if place := l.u16(4); place != 0 {
		m.class = l.sorted(place)
	}
	if place := l.u16(10); place != 0 {
		m.attach = l.sorted(place)
	}
	if l.u16(2) >= 2 && l.u16(12) != 0 {
		at := l.u16(12)
		for i := range l.u16(at + 2) {
			m.sets = append(m.sets, l.covered(at+l.u16(at+4+4*i)<<16+l.u16(at+6+4*i)))
		}
	}
	if l.err != nil {
		return m, fmt.Errorf("table GDEF: %w", l.err)
	}
	return m, nil
}

// most is the highest class of marks.
func (m marks) most() int {
	most := 0
	for _, c := range m.attach {
		most = max(most, c)
	}
	return most
}

// write writes a GDEF table.
func (m marks) write() []byte {
	const header = 14
	out := []byte{0, 1, 0, 2, 0, header, 0, 0, 0, 0, 0, 0, 0, 0}
	out = append(out, classTable(m.class)...)
	if len(m.attach) > 0 {
		binary.BigEndian.PutUint16(out[10:], uint16(len(out)))
		out = append(out, classTable(m.attach)...)
	}
	if len(m.sets) > 0 {
		binary.BigEndian.PutUint16(out[12:], uint16(len(out)))
		out = binary.BigEndian.AppendUint16(append(out, 0, 1), uint16(len(m.sets)))
		at := 4 + 4*len(m.sets)
		for _, set := range m.sets {
			out = binary.BigEndian.AppendUint32(out, uint32(at))
			at += 4 + 2*len(set)
		}
		for _, set := range m.sets {
			out = binary.BigEndian.AppendUint16(append(out, 0, 1), uint16(len(set)))
			for _, g := range set {
				out = binary.BigEndian.AppendUint16(out, uint16(g))
			}
		}
	}
	return out
}

// classTable sorts glyphs into classes, by ranges.
func classTable(class map[int]int) []byte {
	var ranges [][3]int
	for _, g := range slices.Sorted(maps.Keys(class)) {
		if n := len(ranges); n > 0 && ranges[n-1][1] == g-1 && ranges[n-1][2] == class[g] {
			ranges[n-1][1] = g
			continue
		}
		ranges = append(ranges, [3]int{g, g, class[g]})
	}
	out := binary.BigEndian.AppendUint16([]byte{0, 2}, uint16(len(ranges)))
	for _, r := range ranges {
		for _, v := range r {
			out = binary.BigEndian.AppendUint16(out, uint16(v))
		}
	}
	return out
}
