package mask

import "casebinder/data"

// byForm finds what its form betrays, outside of what must stay.
func (m *Masker) byForm(f *folded, guards, known []hit) (hits []hit) {
	if m.kinds[data.MaskEmail] {
		hits = append(hits, m.mailForms(f)...)
	}
	var paid []hit
	all := f.chains()
	if m.kinds[data.MaskPayment] {
		paid = merge(f, append(m.cards(f, all, guards), m.ibans(f)...))
		hits = append(hits, paid...)
	}
	if m.kinds[data.MaskName] {
		hits = append(hits, unguarded(m.idents(f), guards)...)
	}
	if m.kinds[data.MaskPhone] {
		hits = append(hits, m.phones(f, all, merge(f, append(guards, s10(f)...)), paid)...)
	}
	if m.kinds[data.MaskAddress] {
		hits = append(hits, unguarded(m.streets(f), guards)...)
	}
	return hits
}

// s10 finds postal tracking numbers: two letters, nine digits, two letters, in
// one or in groups. (UPU S10.)
func s10(f *folded) (hits []hit) {
	for k := 0; k+13 <= len(f.units); k++ {
		if f.units[k].class != latin || f.units[k+2].class != digit || f.units[k+12].class != latin {
			continue
		}
		digits := true
		for i := k + 2; i < k+11; i++ {
			digits = digits && f.units[i].class == digit
		}
		if digits && f.units[k+1].class == latin && f.units[k+11].class == latin && f.edgeBefore(k) && f.edgeBefore(k+13) {
			hits = append(hits, f.hit("", guard, k, k+13))
		}
	}
	return hits
}
