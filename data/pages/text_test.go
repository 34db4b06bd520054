package pages

import (
	"context"
	"strings"
	"testing"
	"unicode"

	"casebinder/data/pdf"
)

// scripts are sentences, invented, in every script that the bundle's fonts have.
var scripts = []struct{ name, text string }{
	{"latin", "The buyer says: “AVAST, the parcel never arrived” – office, fjord, naïve café; total $45.99 (VAT incl.)."},
	{"cyrillic", "Посылка не пришла, деньги верните, пожалуйста. Съешь ещё этих мягких булок."},
	{"greek", "Το δέμα δεν έφτασε ποτέ, παρακαλώ επιστρέψτε τα χρήματα."},
	{"chinese", "买家说：“包裹没有收到”，要求退款１００元。物流显示2024年8月1日已签收……请核对。"},
	{"traditional", "買家說：包裹沒有收到，要求退款。物流顯示已經簽收，請核對臺灣地址。"},
	{"japanese", "荷物がまだ届いていません。返金をお願いします。カタカナとひらがな。"},
	{"korean", "소포가 아직 도착하지 않았습니다. 환불해 주세요."},
	{"arabic", "لم يصل الطرد رقم 12345 حتى الآن، أريد استرداد مبلغ 99.50 دولار من فضلك."},
	{"hebrew", "החבילה מספר 12345 עדיין לא הגיעה, אנא החזירו 99.50 דולר."},
	{"thai", "พัสดุยังไม่มาถึง กรุณาคืนเงินให้ด้วยค่ะ ผู้ซื้อไม่ได้รับสินค้า"},
	{"hindi", "पार्सल अभी तक नहीं आया है, कृपया पैसे वापस करें। क्षेत्र में स्थिति।"},
	{"emoji", "Thanks 😀👍 very good ❤ 🎉 parcel 📦 ok"},
}

// fold leaves out what a line break or a gap may become.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// TestEveryScriptIsFoundAgain has one page for each script.
func TestEveryScriptIsFoundAgain(t *testing.T) {
	ts := pdf.NewTypesetter(fonts)
	path := written(t, func(d *pdf.Document) {
		for _, s := range scripts {
			text, err := ts.Layout(pdf.Plain(s.text, pdf.Style{Size: 11 * pdf.Point}), 80*pdf.MM)
			if err != nil {
				t.Fatal(err)
			}
			d.AddPage().DrawText(text, 20*pdf.MM, 20*pdf.MM)
		}
	})
	f := open(t, start(t, childOptions(t)), path)
	for i, s := range scripts {
		got, err := f.Text(context.Background(), i+1)
		if err != nil {
			t.Fatal(err)
		}
		if fold(got) != fold(s.text) {
			t.Errorf("%s\n got %q\nwant %q", s.name, got, s.text)
		}
	}
}
