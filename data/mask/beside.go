package mask

import (
	"strings"
	"unicode/utf8"
)

// standsAsName reports whether a common word stands where a name would: in
// the case of a name, and in a greeting, a signature or within a sentence.
func (m *Masker) standsAsName(f *folded, a, b int, searching bool) bool {
	c := f.units[a].class
	if c == han {
		return f.edgeBefore(a) && f.edgeBefore(b) || f.hasAfter(b, callAfter) || f.hasBefore(a, callBefore)
	}
	if f.called(a) {
		return true
	}
	if searching || c == latin && f.shouted(a, b) {
		return false
	}
	begins, alone := f.beginsSentence(a), f.endsSentence(b)
	if m.goods[f.skeleton(a, b)] {
		return begins && alone
	}
	return !begins || alone
}

// shouted reports a word in capitals, or with capitals inside.
func (f *folded) shouted(a, b int) bool {
	for k := a + 1; k < b; k++ {
		if f.units[k].upper {
			return true
		}
	}
	return false
}

// called reports whether the word before is a title or a greeting.
func (f *folded) called(a int) bool {
	if a == 0 || f.units[a].before == 0 || f.units[a].before&(gapPunct|gapWall) != 0 {
		return false
	}
	z := a
	for a > 0 && z-a < 12 && (a == z || f.units[a].before == 0) {
		a--
	}
	return callTitles.has(f.skeleton(a, z)) || greetings.has(f.skeleton(a, z))
}

// callTitles and greetings stand right before a name.
var (
	callTitles = set(`mr mrs ms miss mister dr herr herrn frau señor señora sr sra srta don doña monsieur madame mme mlle signor signora sir`)
	greetings  = set(`dear hi hello hey hola querido querida estimado estimada hallo liebe lieber bonjour cher chère salut ciao caro cara olá oi thanks regards
		gracias saludos merci danke grüße здравствуйте привет уважаемый уважаемая спасибо`)
)

// beginsSentence reports whether a sentence or line begins at a unit.
func (f *folded) beginsSentence(a int) bool {
	before := strings.TrimRight(f.src[:f.units[a].start], " \t\"'“«(¿¡*_-–—")
	if before == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(".!?…:;。！？\n\r\f", r)
}

// endsSentence reports whether nothing follows but the end of a sentence or
// line.
func (f *folded) endsSentence(b int) bool {
	end := min(int(f.units[b-1].end)+16, len(f.src))
	after := strings.TrimLeft(f.src[f.units[b-1].end:end], " \t,\"'”»)*_")
	if after == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(after)
	return strings.ContainsRune(".!\n\r\f", r)
}

// callBefore and callAfter are what stands beside a name in writing without
// spaces.
var (
	callBefore = []string{"我是", "我叫", "亲爱的", "親愛的", "尊敬的", "您好", "你好", "姓名", "收件人", "联系人", "买家", "客户"}
	callAfter  = []string{"先生", "女士", "小姐", "太太", "经理", "經理", "老师", "老師", "同学", "您好", "你好", "师傅", "哥", "姐", "様", "殿", "君", "氏", "收"}
	particles  = []string{"님", "씨", "은", "는", "이", "가", "을", "를", "의", "에게", "께", "도", "와", "과", "아", "야", "고객", "선생", "입니다", "라고", "으로", "로", "한테"}
)

func (f *folded) hasBefore(a int, all []string) bool {
	for _, s := range all {
		n := utf8.RuneCountInString(s)
		if a >= n && f.skeleton(a-n, a) == s {
			return true
		}
	}
	return false
}

func (f *folded) hasAfter(b int, all []string) bool {
	for _, s := range all {
		n := utf8.RuneCountInString(s)
		if b+n <= len(f.units) && f.skeleton(b, b+n) == s {
			return true
		}
	}
	return false
}

// particle reports a Korean particle or form of address.
func (f *folded) particle(b int) bool { return f.hasAfter(b, particles) }

// proclitics are the Arabic and Hebrew letters that are written together with
// the word that they stand before.
const proclitics = "وفبلكياהולבמשכ"

// prefixed reports whether a word begins at most two letters before, and those
// are proclitic.
func (f *folded) prefixed(i int) bool {
	for n := 1; n <= 3 && i >= n; n++ {
		if !strings.ContainsRune(proclitics, f.units[i-n].r) {
			return false
		}
		if f.edgeBefore(i - n) {
			return true
		}
	}
	return false
}

// endings of Russian cases, for names of people.
var endings = set(`а я у ю ы и е о ом ем ои еи ою ею ым им ых их ого его ому ему ая ую ии ыи ое ами ями ах ях ов ев ою`)

// ending reads a Russian ending, and gives where the word ends.
func (f *folded) ending(j int) (int, bool) {
	for k := j + 1; k <= j+3 && k <= len(f.units); k++ {
		if f.edgeBefore(k) {
			return k, endings.has(f.skeleton(j, k))
		}
		if f.units[k].before != 0 {
			break
		}
	}
	return j, false
}
