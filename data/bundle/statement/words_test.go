package statement

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"casebinder/data"
)

// lacks names what a language lacks against English: words, forms, or a fact
// that a claim prints in English.
func lacks(en, w *wording) []string {
	var list []string
	miss := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	want, got := reflect.ValueOf(en.Format), reflect.ValueOf(w.Format)
	for i := range want.NumField() {
		name := want.Type().Field(i).Tag.Get("toml")
		if name != "months" && !want.Field(i).IsZero() && got.Field(i).IsZero() {
			miss("format %s", name)
		}
	}
	if strings.Contains(w.Format.Date, "{month}") && len(w.Format.Months) != 12 {
		miss("format months")
	}
	for word := range en.Cases {
		if w.Cases[word] == "" {
			miss("case %s", word)
		}
		if len(w.Openings) > 0 && w.Openings[word] == "" {
			miss("opening %s", word)
		}
	}
	for match := range en.Prior {
		if w.Prior[match] == "" {
			miss("prior %s", match)
		}
	}
	// What a seller wrote of an exhibit is printed only where its script tells that
	// the readers read it: see reads.
	unread := slices.Contains([]string{"de", "es", "fr", "it", "pl", "pt", "ru"}, w.Language)
	for id, texts := range en.Claims {
		for _, fact := range variableForm.FindAllString(texts.Text, -1) {
			if !strings.Contains(w.Claims[id].Text, fact) && !(unread && strings.HasSuffix(fact, ".proves")) {
				miss("claim %s: %s", id, fact)
			}
		}
		// The short words of a claim may leave out facts, not tell others.
		for _, fact := range variableForm.FindAllString(w.Claims[id].Short, -1) {
			if !strings.Contains(texts.Text+texts.Short, fact) && fact != "case.this" {
				miss("claim %s, short: English does not tell %s", id, fact)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// TestNoLanguageLacksWhatEnglishHas walks the words of every language.
func TestNoLanguageLacksWhatEnglishHas(t *testing.T) {
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	en, have := lib.words["en"], []string{}
	for _, w := range lib.words {
		have = append(have, w.Language)
		for _, lack := range lacks(en, w) {
			t.Errorf("%s lacks %s", w.Language, lack)
		}
		general := slices.IndexFunc(lib.templates, func(tpl Template) bool { return tpl.Family == General })
		if !slices.Contains(lib.templates[general].Languages, w.Language) {
			t.Errorf("nothing leads to the words in %s on a platform without its own", w.Language)
		}
	}
	slices.Sort(have)
	if want := []string{"de", "en", "es", "fr", "it", "ja", "ko", "pl", "pt", "ru", "zh-CN", "zh-TW"}; !slices.Equal(have, want) {
		t.Errorf("languages: %q", have)
	}
	bare := wording{Claims: map[string]words{}}
	if list := lacks(en, &bare); len(list) < len(en.Cases)+len(en.Prior)+len(en.Claims)-10 {
		t.Errorf("of a language without words: %q", list)
	}
}

// TestWordsAreInTheirScript finds what was copied from another language.
func TestWordsAreInTheirScript(t *testing.T) {
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	kana := []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana}
	for base, foreign := range map[string][]*unicode.RangeTable{
		"zh": append(slices.Clone(kana), unicode.Hangul), "zh-hant": append(slices.Clone(kana), unicode.Hangul),
		"ja": {unicode.Hangul}, "ko": append(slices.Clone(kana), unicode.Han),
	} {
		w := lib.words[base]
		all := []string{w.Format.Copied, w.Format.More, w.Format.Date}
		for _, m := range []map[string]string{w.Cases, w.Prior} {
			for _, text := range m {
				all = append(all, text)
			}
		}
		for _, texts := range w.Claims {
			all = append(all, texts.Text, texts.Short)
		}
		for _, text := range all {
			if i := strings.IndexFunc(text, func(r rune) bool { return unicode.In(r, foreign...) }); i >= 0 {
				t.Errorf("%s: a foreign letter in %q", w.Language, text)
			}
			if base == "zh-hant" && !inBig5(text) {
				t.Errorf("%s: not Traditional: %q", w.Language, text)
			}
			if base == "ko" {
				for _, both := range []string{"(은)", "(는)", "(이)", "(가)", "(을)", "(를)", "}}은", "}}는", "}}을", "}}를", "}}과", "}}와", "}}로", "}}으로", "}}가 "} {
					if strings.Contains(text, both) {
						t.Errorf("a particle that hangs on a fact: %q", text)
					}
				}
			}
		}
	}
}

func TestNotReceivedInTaiwanJapaneseAndKorean(t *testing.T) {
	f := typicalFacts()
	f.Exhibits[0].Exhibit.Proves, f.Exhibits[5].Exhibit.Proves = "ページの内容", "簽收單"
	tpl := choose(t, data.AliExpress, "aliexpress", data.ReasonNotReceived, "zh-TW")
	compare(t, draft(t, tpl, "zh-TW", f),
		"包裹（追蹤號碼 LX204661337CN）已於 2026 年 3 月 28 日 18:21（UTC+8）送達。物流業者的貨態紀錄為「Delivered, signed by A. GARCIA」（Madrid 28013, ES）。紀錄中的郵遞區號 28013 與訂單收件地址的郵遞區號相符。 [delivery-07 shipping]",
		"我方於 2026 年 3 月 3 日 14:05（UTC+8）將包裹交付 Example Post，追蹤號碼為 LX204661337CN，在出貨期限 2026 年 3 月 7 日（UTC+8）之內。 [shipping tracking-06 order timeline]",
		"我方已於 2026 年 3 月 3 日 15:10（UTC+8）通知買家訂單已出貨，並提供追蹤號碼 LX204661337CN。 [m2]",
		"本件爭議係於 2026 年 4 月 3 日 02:44（UTC+8）提出，晚於包裹的送達時間。 [timeline]",
		"本件爭議提出後，我方於 2026 年 4 月 3 日 16:15（UTC+8）回覆買家。 [m7]",
		"懇請貴方依據上述事實，就本件爭議作出有利於賣家的決定。 []",
	)
	compare(t, draft(t, tpl, "ja", f),
		"荷物（追跡番号：LX204661337CN）は、2026年3月28日 18:21（UTC+8）に配達されました。配送業者の記録には「Delivered, signed by A. GARCIA」（Madrid 28013, ES）とあります。記録にある郵便番号28013は、本注文の配送先の郵便番号と一致しています。 [delivery-07 shipping]",
		"当店は2026年3月3日 14:05（UTC+8）に、荷物をExample Postへ引き渡しました（追跡番号：LX204661337CN）。発送期限の2026年3月7日（UTC+8）までに発送しています。 [shipping tracking-06 order timeline]",
		"当店は2026年3月3日 15:10（UTC+8）に、商品を発送した旨と追跡番号LX204661337CNを購入者に通知しました。 [m2]",
		"本件紛争は、荷物の配達後である2026年4月3日 02:44（UTC+8）に開始されました。 [timeline]",
		"本件紛争の開始後、当店は2026年4月3日 16:15（UTC+8）に購入者へ返信しました。 [m7]",
		"以上の事実に基づき、本件紛争について、当店に有利なご判断をいただきますようお願い申し上げます。 []",
	)
	compare(t, draft(t, tpl, "ko", f),
		"소포(운송장 번호: LX204661337CN)는 2026년 3월 28일 18:21(UTC+8)에 배송 완료되었습니다. 배송업체의 기록 내용은 “Delivered, signed by A. GARCIA”(Madrid 28013, ES)입니다. 기록에 나온 우편번호(28013)는 주문 배송지의 우편번호와 일치합니다. [delivery-07 shipping]",
		"당사는 2026년 3월 3일 14:05(UTC+8)에 소포를 Example Post에 인계했습니다(운송장 번호: LX204661337CN). 이는 발송 기한인 2026년 3월 7일(UTC+8) 이내입니다. [shipping tracking-06 order timeline]",
		"당사는 2026년 3월 3일 15:10(UTC+8)에 주문 상품을 발송했음을 구매자에게 알리고 운송장 번호(LX204661337CN)를 안내했습니다. [m2]",
		"본 분쟁의 접수 일시는 2026년 4월 3일 02:44(UTC+8)이며, 이는 소포의 배송 완료 이후입니다. [timeline]",
		"본 분쟁의 접수 후 당사는 2026년 4월 3일 16:15(UTC+8)에 구매자에게 답변했습니다. [m7]",
		"위 사실을 바탕으로 본 분쟁에 대해 판매자에게 유리한 결정을 내려 주시기를 정중히 요청드립니다. []",
	)
}

func TestTagsThatATemplateSpeaks(t *testing.T) {
	tpl := choose(t, data.AliExpress, "", data.ReasonNotReceived, "en")
	for tag, want := range map[string]string{
		"zh": "zh-CN", "zh-SG": "zh-CN", "zh-Hans-TW": "zh-CN", "zh-TW": "zh-TW", "zh_HK": "zh-TW", "zh-Hant": "zh-TW",
		"pt-BR": "pt", "JA": "ja", "ko-KR": "ko", "it-CH": "it", "ru": "ru", "nl": "", "": "",
	} {
		if got := tpl.Spoken(tag); got != want || tpl.Speaks(tag) != (want != "") {
			t.Errorf("%q is served in %q, want %q", tag, got, want)
		}
	}
}

func TestLinesThatReadersRead(t *testing.T) {
	for _, c := range []struct{ line, read string }{
		{"Slip with date", "en"},
		{"簽收單上有日期與簽名", "zh-CN zh-TW"}, // Simplified readers were always shown either
		{"签收单上有日期", "zh-CN"},
		{"配達済みの伝票（サイン）", "ja"},
		{"배송 완료 화면 v2", "ko"},
		{"배송 完了", "ko"},
		{"Подпись", ""},
		{"12-34", ""},
	} {
		var read []string
		for _, language := range []string{"en", "zh-CN", "zh-TW", "ja", "ko", "de"} {
			if (&known{words: &wording{Language: language}}).reads(c.line) {
				read = append(read, language)
			}
		}
		if got := strings.Join(read, " "); got != c.read {
			t.Errorf("%q is read in %q, want %q", c.line, got, c.read)
		}
	}
}

// TestAmountsOfTheirReaders writes a currency as its own readers do, and every
// other with its code.
func TestAmountsOfTheirReaders(t *testing.T) {
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		base  string
		money data.Money
		want  string
	}{
		{"zh-hant", data.Money{Minor: 123450, Currency: "TWD"}, "NT$1,234.50"},
		{"zh-hant", usd(7890), "USD 78.90"},
		{"zh", data.Money{Minor: 123450, Currency: "TWD"}, "TWD 1,234.50"},
		{"ja", data.Money{Minor: 4599, Currency: "JPY"}, "4,599円"},
		{"ja", usd(123456), "USD 1,234.56"},
		{"ko", data.Money{Minor: 45990, Currency: "KRW"}, "45,990원"},
		{"en", data.Money{Minor: 4599, Currency: "JPY"}, "JPY 4,599"},
	} {
		if got := lib.words[c.base].Format.money(c.money); got != c.want {
			t.Errorf("%v in %s: %q, want %q", c.money, c.base, got, c.want)
		}
	}
}

// TestSignsOfEastAsia tells entries and messages in the languages of Taiwan, Japan
// and Korea, and leaves alone what only looks alike.
func TestSignsOfEastAsia(t *testing.T) {
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		sign sign
		yes  []string
		no   []string
	}{
		{
			"delivered", lib.signs.Delivered,
			[]string{"已送達", "投遞成功", "お届け先にお届け済み", "配達完了", "배달완료", "배송 완료"},
			[]string{"未送達", "投遞不成功", "配達完了予定", "未配達", "持ち戻り", "배송 완료 예정", "미배달", "배송 출발", "退件"},
		},
		{
			"attempted", lib.signs.Attempted,
			[]string{"投遞不成功", "招領中", "ご不在のため持ち戻り", "수취인 부재"},
			[]string{"配達完了", "배송 출발", "運送中"},
		},
		{
			"receipt", lib.signs.Receipt,
			[]string{"包裹已經收到，謝謝", "本日商品が届きました。", "오늘 택배 잘 받았습니다."},
			[]string{"還沒收到", "已收到了嗎？", "まだ届いていません", "届きましたら連絡します", "아직 안 받았습니다", "도착했나요", "받았습니까"},
		},
		{
			"mind", lib.signs.Mind,
			[]string{"我買錯了", "間違えて注文しました", "단순 변심입니다", "더 이상 필요 없습니다"},
			[]string{"商品が違います", "색상이 다릅니다", "顏色不對"},
		},
		{
			"cancel", lib.signs.Cancel,
			[]string{"請取消訂單", "注文をキャンセルしてください", "주문 취소해 주세요"},
			[]string{"不想取消訂單", "キャンセルしないでください", "주문 취소하지 마세요"},
		},
		{
			"asked", lib.signs.Asked,
			[]string{"請提供相片", "写真をお送りください", "사진을 보내 주시겠어요?"},
			[]string{"檢附照片", "商品ページの写真のとおりです", "写真を添付いたします", "상품 사진과 같습니다", "사진을 첨부합니다"},
		},
	} {
		for _, text := range c.yes {
			if !c.sign.in(text) {
				t.Errorf("%s: %q is not told", c.name, text)
			}
		}
		for _, text := range c.no {
			if c.sign.in(text) {
				t.Errorf("%s: %q is taken for it", c.name, text)
			}
		}
	}
}
