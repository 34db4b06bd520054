// Package goods tells of products by their own past: which to check before packing,
// which to pack more firmly, which to watch, and which to drop.
//
// Its one rule: each word stands with the count of orders that it comes from, and no
// share is told of a few.
package goods

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// Rules are those of assets/goods/rules.toml.
type Rules struct {
	Days      int      `toml:"days"`       // orders placed within these count
	Least     int      `toml:"least"`      // orders with one trouble, below which nothing is said
	ShareFrom int      `toml:"share_from"` // orders, below which no share is told
	Watch     int      `toml:"watch"`      // percent
	Drop      int      `toml:"drop"`       // percent
	DropLeast int      `toml:"drop_least"` // orders with one trouble
	Late      int      `toml:"late"`       // percent
	Defect    []string `toml:"defect"`     // words of a feedback's cause
	Damage    []string `toml:"damage"`
	data.Origin
}

// BuiltIn gives the rules of the program.
var BuiltIn = sync.OnceValues(func() (*Rules, error) {
	var r Rules
	if err := pack.Read(assets.FS, "goods/rules.toml", &r); err != nil {
		return nil, err
	}
	return &r, nil
})

// Since is from when on orders count.
func (r *Rules) Since(now time.Time) time.Time { return now.AddDate(0, 0, -r.Days) }

// Kind tells what went wrong with an order; "" where it is neither defect nor damage.
// The class that a person gave stands before the buyer's reason.
func (r *Rules) Kind(t data.OrderTrouble) data.TroubleKind {
	switch {
	case t.Cause == "product", t.Cause == "" && t.Reason == data.ReasonQuality:
		return data.TroubleDefect
	case t.Cause == "packing", t.Cause == "" && t.Reason == data.ReasonDamaged:
		return data.TroubleDamage
	case t.Words == "":
		return ""
	}
	words := strings.ToLower(t.Words)
	in := func(all []string) bool {
		return slices.ContainsFunc(all, func(w string) bool { return hasWord(words, w) })
	}
	switch {
	case in(r.Damage): // "quality of the packing" is one of packing
		return data.TroubleDamage
	case in(r.Defect):
		return data.TroubleDefect
	}
	return ""
}

// hasWord reports whether a word stands in a text, and not inside another one where
// words have blanks between them.
func hasWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		letter := func(b byte) bool { return b >= 'a' && b <= 'z' }
		end := i + len(word)
		if !(letter(word[0]) && i > 0 && letter(text[i-1])) && !(letter(word[len(word)-1]) && end < len(text) && letter(text[end])) {
			return true
		}
		from = end
	}
}

// Told reports whether n of all orders with one trouble are worth a word.
func (r *Rules) Told(n, all int) bool {
	return n >= r.Least && (all < r.ShareFrom || n*100 >= r.Watch*all)
}

// Advice is what is to be done with a product.
type Advice string

// The advice, the gravest first.
const (
	AdviceDrop  Advice = "drop"
	AdviceWatch Advice = "watch"
	AdviceNone  Advice = ""
)

var (
	phraseDefects   = data.DefinePhrase("goods.defects", "{product}: {n} of {of} orders were reported defective.")
	phraseDamages   = data.DefinePhrase("goods.damages", "{product}: {n} of {of} orders arrived damaged.")
	phraseDefectsAt = data.DefinePhrase("goods.defects.share", "{product}: {n} of {of} orders were reported defective ({share} %).")
	phraseDamagesAt = data.DefinePhrase("goods.damages.share", "{product}: {n} of {of} orders arrived damaged ({share} %).")
	phraseLate      = data.DefinePhrase("goods.late", "{product}: {n} of {of} orders left more than a day after their date ({share} %).")

	phraseDropDo   = data.DefinePhrase("goods.drop.do", "Stop selling it, or sell it again from another supplier once samples are good.")
	phraseRedoDo   = data.DefinePhrase("goods.repack.do", "Stop selling it until another packing holds: drop a packed one from 80 cm on each side and look.")
	phraseCheckDo  = data.DefinePhrase("goods.check.do", "Check each piece before packing, and show the supplier what came back.")
	phraseFirmlyDo = data.DefinePhrase("goods.firmly.do", "Pack it firmly: filler on every side, nothing that moves when shaken, a second box if it is heavy or breaks easily.")
	phraseSupplyDo = data.DefinePhrase("goods.supply.do", "Keep more in stock, give a longer time to ship, or take it from a second supplier.")
)

// Judge tells what stands against a product, the worst first, and what to do with it.
func (r *Rules) Judge(t data.GoodsTrouble) (Advice, []data.Finding) {
	advice := AdviceNone
	var all []data.Finding
	add := func(n int, few, share, watch, drop data.Phrase, rule string) {
		if !r.Told(n, t.Orders) {
			return
		}
		f := data.Finding{Rule: "goods." + rule, Severity: data.Warning, Why: r.say(few, share, t, n, t.Orders), How: watch.With(), Where: ref(t), Origin: r.Origin}
		if advice == AdviceNone {
			advice = AdviceWatch
		}
		if t.Orders >= r.ShareFrom && n >= r.DropLeast && n*100 >= r.Drop*t.Orders {
			f.Severity, f.How, advice = data.Serious, drop.With(), AdviceDrop
		}
		all = append(all, f)
	}
	add(t.Defects, phraseDefects, phraseDefectsAt, phraseCheckDo, phraseDropDo, "defect")
	add(t.Damages, phraseDamages, phraseDamagesAt, phraseFirmlyDo, phraseRedoDo, "damage")
	if t.Timed >= r.ShareFrom && t.Late*100 >= r.Late*t.Timed {
		all = append(all, data.Finding{Rule: "goods.late", Severity: data.Warning, Why: r.say(phraseLate, phraseLate, t, t.Late, t.Timed), How: phraseSupplyDo.With(), Where: ref(t), Origin: r.Origin})
		if advice == AdviceNone {
			advice = AdviceWatch
		}
	}
	data.SortFindings(all)
	return advice, all
}

func (r *Rules) say(few, share data.Phrase, t data.GoodsTrouble, n, of int) data.Text {
	if of < r.ShareFrom {
		return few.With("product", t.Name(), "n", n, "of", of)
	}
	return share.With("product", t.Name(), "n", n, "of", of, "share", fmt.Sprintf("%.1f", float64(n)*100/float64(of)))
}

func ref(t data.GoodsTrouble) []data.Ref {
	return []data.Ref{{Kind: "product", ID: t.SKU, Label: t.Name()}}
}
