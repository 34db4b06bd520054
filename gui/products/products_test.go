package products

import (
	"context"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/goods"
	"casebinder/gui/guitest"
	"casebinder/gui/words"
)

// The sheet of a product shows what the check says of each part, its papers and its
// answers, in each language; the list says what to do where nothing was sold.
func TestAProductInEachLanguage(t *testing.T) {
	for language, want := range map[string][]string{
		words.English:     {"No products yet. They come with imported orders; you can also record one now.", "The listing has no title.", "Wipe it dry.", "page.html"},
		words.Simplified:  {"还没有商品。导入订单后会自动列出，也可以现在建档一个。", "页面没有标题。", "Wipe it dry.", "page.html"},
		words.Traditional: {"還沒有商品。匯入訂單後會自動列出，也可以現在建檔一個。", "商品頁沒有標題。", "Wipe it dry.", "page.html"},
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

// troubled is a desk of which two products had trouble.
type troubled struct{ Desk }

func (troubled) GoodsToWatch(context.Context) ([]desk.GoodsAdvice, error) {
	r, err := goods.BuiltIn()
	if err != nil {
		return nil, err
	}
	var all []desk.GoodsAdvice
	for _, t := range []data.GoodsTrouble{{SKU: "LAMP-1", Title: "Lamp", Orders: 40, Defects: 6}, {Title: "Mug", Orders: 9, Damages: 2}} {
		advice, findings := r.Judge(t)
		all = append(all, desk.GoodsAdvice{GoodsTrouble: t, Advice: advice, Findings: findings})
	}
	return all, nil
}

// 6 of 40 are 15 percent; of 9 orders no share is told.
func TestProductsToDropInEachLanguage(t *testing.T) {
	for language, want := range map[string][]string{
		words.English:     {"No product has problems.", "Better dropped: 1", "Lamp (LAMP-1): 6 of 40 orders were reported defective (15.0 %).", "To be watched: 1", "Mug: 2 of 9 orders arrived damaged."},
		words.Simplified:  {"没有需要下架或留意的商品。", "建议下架：1", "Lamp (LAMP-1)：40 个订单中有 6 个被投诉质量问题（15.0%）。", "需要留意：1", "Mug：9 个订单中有 2 个收到时已破损。"},
		words.Traditional: {"沒有需要下架或留意的商品。", "建議下架：1", "Lamp (LAMP-1)：40 筆訂單中有 6 筆被反映品質不良（15.0%）。", "需要留意：1", "Mug：9 筆訂單中有 2 筆送達時已破損。"},
	} {
		b, d := guitest.Real(t)
		words.Set(language)
		New(b.Env, d).Advice()
		b.Shows(t, want[0])
		b.UI.Escape()
		New(b.Env, troubled{d}).Advice()
		b.Shows(t, want[1:]...)
		b.NoRawKeys(t)
	}
}
