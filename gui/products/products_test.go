package products

import (
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// The sheet of a product shows what the check says of each part, its papers and its
// answers, in each language; the list says what to do where nothing was sold.
func TestAProductInEachLanguage(t *testing.T) {
	for language, want := range map[string][]string{
		words.English:     {"Nothing was sold yet, and no product is written down.", "The listing has no title.", "Wipe it dry.", "page.html"},
		words.Simplified:  {"还没有卖出商品，也没有写下商品。", "页面没有标题。", "Wipe it dry.", "page.html"},
		words.Traditional: {"還沒有賣出商品，也還沒寫下任何商品。", "商品頁沒有標題。", "Wipe it dry.", "page.html"},
	} {
		b, d := guitest.Real(t)
		words.Set(language)
		ctx := t.Context()
		r := New(b.Env, d)
		r.Open()
		b.Shows(t, want[0])
		b.NoRawKeys(t)
		p, err := d.PutProduct(ctx, data.Product{
			SKU: "LAMP-1", Title: "Lamp", Class: "electronics", Fragile: true, Supplier: "Example Works", Listing: data.Listing{Description: "100% waterproof"},
			Knowledge: []data.Knowledge{{Kind: data.KnowCare, Text: "Wipe it dry.", Language: "en"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.AddPaper(ctx, p.ID, desk.PaperFile{EvidenceFile: desk.EvidenceFile{Name: "page.html", Bytes: []byte("<html><body>x</body></html>")}, Paper: data.PaperSnapshot}); err != nil {
			t.Fatal(err)
		}
		r.Show(p.ID)
		b.Shows(t, want[1:]...)
		b.NoRawKeys(t)
	}
}
