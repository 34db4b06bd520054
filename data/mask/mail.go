package mask

import (
	"strings"

	"casebinder/data"
)

// mail adds an e-mail, and what is before its @ where that is telling.
func (b *builder) mail(address string) {
	f := fold(address)
	if len(f.units) < 4 {
		return
	}
	b.m.known.add(f.units, pattern{kind: data.MaskEmail, role: mail})
	local := fold(address[:max(0, strings.LastIndexAny(address, "@＠"))])
	if n := len(local.units); n >= 6 && digits(local.src) > 0 && letters(local.src) >= 3 {
		b.m.known.add(local.units, pattern{kind: data.MaskEmail, role: handle})
	}
}

// mailForms finds e-mails by their form.
func (m *Masker) mailForms(f *folded) (hits []hit) {
	for k := 1; k < len(f.units); k++ {
		var h hit
		var ok bool
		switch {
		case f.units[k].before&gapAt != 0:
			h, ok = f.mailAround(k, k)
		case atWords.has(f.wordKey(k)):
			h, ok = f.mailSpelled(k)
		}
		if ok {
			hits = append(hits, h)
			k = max(k, h.b-1)
		}
	}
	return hits
}

// atWords are what is written for @, and dotWords for the point.
var (
	atWords  = set(`at ät arroba arobase собака arrobas chiocciola`)
	dotWords = set(`dot punto punkt point ponto точка dot点 点`)
)

// wordKey is the folded word that begins at a unit, when it is a short one.
func (f *folded) wordKey(k int) string {
	if !f.edgeBefore(k) {
		return ""
	}
	z := f.wordEnd(k)
	if z-k > 10 {
		return ""
	}
	return f.skeleton(k, z)
}

// wordEnd is where the word ends that unit k belongs to, at most 64 on.
func (f *folded) wordEnd(k int) int {
	z := k + 1
	for z < len(f.units) && z-k < 64 && f.units[z].before == 0 && f.units[z].class == f.units[k].class {
		z++
	}
	return z
}

const (
	maxLocal  = 64  // characters before the @ (RFC 5321, 4.5.3.1.1)
	maxDomain = 253 // and behind it
)

// mailAround reads an e-mail whose first part ends before unit l, and whose
// domain begins at unit r.
func (f *folded) mailAround(l, r int) (hit, bool) {
	if l == r && strings.Trim(f.gapText(r), " \u00a0\t") != "@" && strings.TrimSpace(f.gapText(r)) != "＠" {
		return hit{}, false
	}
	b, ok := f.domain(r, false)
	if !ok {
		return hit{}, false
	}
	return f.hit(data.MaskEmail, mail, f.local(l), b), true
}

// local gives where the part before the @ begins that ends before unit l.
func (f *folded) local(l int) int {
	a, c := l-1, f.units[l-1].class
	for a > 0 && l-a < maxLocal {
		p, u := f.units[a-1], f.units[a]
		if u.before != 0 && !strings.Contains("._%+-'&", f.gapText(a)) || p.class != c && p.class != digit && c != digit {
			break
		}
		if c == digit {
			c = p.class
		}
		a--
	}
	return a
}

// domain reads the labels of a domain from unit r and gives where it ends.
// Spelled, the points may be words.
func (f *folded) domain(r int, spelled bool) (int, bool) {
	labels, end, c := 1, 0, f.units[r].class
	k := r + 1
	for ; k < len(f.units) && k-r < maxDomain; k++ {
		u := f.units[k]
		switch point := f.point(k, spelled); {
		case point > 0 && k+point-1 < len(f.units):
			if f.isTop(k, labels, c) {
				end = k
			}
			k += point - 1
			labels, c = labels+1, f.units[k].class
			continue
		case u.before == 0 || f.gapText(k) == "-":
			if u.class == c || u.class == digit {
				continue
			}
			if c == digit && labels == 1 {
				c = u.class
				continue
			}
		}
		break
	}
	if f.isTop(k, labels, c) {
		end = k
	}
	return end, end > 0
}

// isTop reports whether a name of at least two labels may end before unit k.
func (f *folded) isTop(k, labels int, c class) bool {
	if labels < 2 || c == digit {
		return false
	}
	n := 1
	for n < 25 && k-n > 0 && f.units[k-n].before == 0 {
		n++
	}
	return n >= 2 && n < 25
}

// point reports how many units on the next label begins, when a point of a
// domain stands before unit k; 0 when none does.
func (f *folded) point(k int, spelled bool) int {
	switch f.gapText(k) {
	case ".", "．", "。":
		return 1
	}
	if !spelled || f.units[k].before == 0 {
		return 0
	}
	if strings.TrimSpace(f.gapText(k)) == "." {
		return 1
	}
	if w := f.wordKey(k); w != "" && dotWords.has(w) {
		return f.wordEnd(k) - k + 1
	}
	return 0
}

// mailSpelled reads an e-mail whose @ is the word at unit k: in brackets, or
// with a spelled point behind it.
func (f *folded) mailSpelled(k int) (hit, bool) {
	z := f.wordEnd(k)
	if k == 0 || z >= len(f.units) || f.units[z].before == 0 {
		return hit{}, false
	}
	before, after := strings.TrimSpace(f.gapText(k)), strings.TrimSpace(f.gapText(z))
	bracketed := len(before) == 1 && strings.Contains("([{<", before) && len(after) == 1 && strings.Contains(")]}>", after)
	if !bracketed && before+after != "" {
		return hit{}, false
	}
	b, ok := f.domain(z, true)
	if !ok || !bracketed && !f.hasDotWord(z, b) {
		return hit{}, false
	}
	return f.hit(data.MaskEmail, mail, f.local(k), b), true
}

// hasDotWord reports whether a point is spelled within a domain.
func (f *folded) hasDotWord(a, b int) bool {
	for k := a + 1; k < b; k++ {
		if dotWords.has(f.wordKey(k)) && f.units[k].before != 0 {
			return true
		}
	}
	return false
}
