package products

import (
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/goods"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Advice lists the products that are better dropped or to be watched, each with what
// stands against it.
func (r *Room) Advice() {
	body := kit.Stacked(look.Tight, kit.Soft(words.T("products.advice.wait")))
	sheet := r.UI.Open(kit.Sheet{
		Name: "products.advice", Title: words.T("products.advice.title"), Width: 860, Height: 600, Cancel: words.T("do.close"),
		Body: container.NewVScroll(kit.Inset(look.Tight, body)),
	})
	kit.Do(r.desk.GoodsToWatch, func(all []desk.GoodsAdvice, err error) {
		if err != nil {
			sheet.Problem(err)
			return
		}
		body.RemoveAll()
		if rules, err := goods.BuiltIn(); err == nil {
			body.Add(kit.Soft(words.T("products.advice.how", "days", rules.Days, "least", rules.ShareFrom)))
		}
		if len(all) == 0 {
			body.Add(kit.Soft(words.T("products.advice.none")))
		}
		first := 0
		for _, part := range []goods.Advice{goods.AdviceDrop, goods.AdviceWatch} {
			var findings []data.Finding
			n := 0
			for _, a := range all {
				if a.Advice == part {
					findings, n = append(findings, a.Findings...), n+1
				}
			}
			if n == 0 {
				continue
			}
			body.Add(kit.Section(words.N("products.advice."+string(part), n)))
			body.Add(show.Findings("products.advice", show.AsFindings(findings...), show.FindingDeeds{First: first}))
			first += len(findings)
		}
		body.Refresh()
		kit.Event("loaded", "name", "products.advice", "rows", len(all))
	})
}
