package bundle

import (
	"bytes"
	"fmt"
	"image/png"
	"testing"

	"casebinder/data"
)

// richCase is sampleCase with a statement of six claims, 60 messages in many
// scripts, and exhibits that prove something. Everything in it is invented.
func richCase(t testing.TB, language string) (Case, memory) {
	t.Helper()
	c, m := sampleCase(t, language)
	c.Order.PaymentRef, c.Order.Shipping = "TX-00417-INVENTED", data.Money{Minor: 0, Currency: "USD"}
	c.Order.ShipTo.Name, c.Order.ShipTo.Line1, c.Order.ShipTo.Phone = "Invented Buyer", "Calle Inventada 7, 2.º B", "+34 600 000 000"
	talk := []struct{ lang, text, into, translation, who string }{
		{"es", "Hola, ¿dónde está mi paquete? 😀", "en", "Hello, where is my parcel? 😀", "Lin"},
		{"zh-CN", "您好，包裹已于 3 月 2 日交给承运商，请您耐心等待。", "", "", ""},
		{"ru", "Здравствуйте! Посылку я не видел. Номер 12345, дата 12.03.2026.", "zh-CN", "您好！我没有看到包裹。编号 12345，日期 2026-03-12。", "DeepL"},
		{"ar", "مرحبا، لم يصل الطرد رقم 12345 حتى الآن. شكرا!", "en", "Hello, parcel no. 12345 has not arrived yet. Thanks!", ""},
		{"he", "שלום, החבילה מספר 12345 לא הגיעה.", "en", "Hello, parcel number 12345 did not arrive.", "Lin"},
		{"th", "สวัสดีครับ พัสดุยังไม่ถึงครับ", "en", "Hello, the parcel has not arrived yet.", "DeepL"},
		{"ko", "안녕하세요, 소포가 아직 도착하지 않았습니다.", "", "", ""},
		{"ja", "こんにちは、荷物はまだ届いていません。直接ご確認ください。", "en", "Hello, the parcel has not arrived yet. Please check directly.", "Lin"},
		{"el", "Γεια σας, το δέμα δεν έχει φτάσει ακόμη.", "", "", ""},
		{"zh-TW", "您好，請問包裹什麼時候會到？直接聯絡我即可。", "", "", ""},
		{"en", "The carrier's record says that the parcel was handed over on 12 March at 12:42 and signed for. Could you please ask in your household and your neighbors whether somebody took it in for you? We have asked the carrier for the signature and will send it here as soon as it comes. Until then we kindly ask for your patience; nothing is lost, and you are covered by the platform's guarantee in any case.", "es", "El registro del transportista dice que el paquete fue entregado el 12 de marzo a las 12:42 y firmado. ¿Podría preguntar en su casa y a sus vecinos si alguien lo recogió por usted? Hemos pedido la firma al transportista y la enviaremos aquí en cuanto llegue. Hasta entonces le rogamos paciencia; nada se ha perdido, y en cualquier caso está cubierto por la garantía de la plataforma.", "DeepL"},
		{"en", "Ok", "", "", ""},
	}
	c.Messages = nil
	for i := range 60 {
		x := talk[i%len(talk)]
		way := []data.Direction{data.FromBuyer, data.ToBuyer}[i%2]
		if i == 23 {
			way = data.FromPlatform
		}
		c.Messages = append(c.Messages, data.Message{
			UID: fmt.Sprintf("m%d", i+1), Direction: way, Channel: []string{"AliExpress", "email"}[i/40], SentAt: day(5+i/6, 13+i%9, (7*i)%60),
			Language: x.lang, Text: x.text, Translation: x.translation, TransLang: x.into, Translator: x.who,
		})
	}
	c.Exhibits = richExhibits(t, m)
	c.Statement = data.Statement{Language: language, Claims: richClaims(language)}
	c.Custody = custodyOf(c)
	return c, m
}

func richExhibits(t testing.TB, m memory) []Exhibit {
	list := sampleExhibits(t, m)
	proves := []string{
		"The goods were packed, sealed and labeled before they were handed over.", "The carrier's own page shows delivery with a signature at the buyer's postcode.",
		"What was sold, and at which price.", "What the buyer was told, and when.", "The parcel is packed on film, from the empty box to the label.", "", "",
		"The offer states the delivery time of 10 to 20 days.", "",
	}
	for i := range list {
		list[i].UID, list[i].Proves = fmt.Sprintf("e%d", i+1), proves[i]
	}
	var shot bytes.Buffer
	if err := png.Encode(&shot, drawn(1200, 700)); err != nil {
		t.Fatal(err)
	}
	whole := m.add("label.jpg", "image/jpeg", data.KindPhoto, jpegOf(1000, 700))
	whole.UID = "original"
	copied := m.add("label (redacted).png", "image/png", data.KindPhoto, shot.Bytes())
	copied.UID, copied.CopyOf, copied.Note, copied.Edits = "e10", "original", "Shipping label", []data.Edit{{Kind: data.EditBox, X: 1, Y: 1, W: 9, H: 9}}
	copied.CapturedAt, copied.Captured = day(2, 8, 20), data.CapturedExif
	wide := m.add("scale.jpg", "image/jpeg", data.KindQC, jpegOf(1600, 700))
	wide.UID, wide.Note, wide.CapturedAt, wide.Captured = "e11", "Weight on the scale: 1.42 kg", day(2, 8, 22), data.CapturedStated
	policy := m.add("terms.pdf", "application/pdf", data.KindPolicy, annexOf(t, 1))
	policy.UID = "e12"
	delete(m, whole.SHA256) // it is named, and never opened
	return append(
		list,
		Exhibit{Evidence: copied, Original: &whole, Proves: "The label bears the address of the order."},
		Exhibit{Evidence: wide, Proves: "The weight is that of the complete order."},
		Exhibit{Evidence: policy, Title: "Terms of sale", Proves: "Claims for parcels that were not received must be made within 15 days."},
	)
}

func richClaims(language string) []data.Claim {
	texts := []string{
		"The buyer ordered and paid on 1 March 2026; the invoice states what was bought.",
		"The order was packed completely, weighed, and handed to the carrier on 2 March 2026, one day after payment.",
		"The carrier's record shows delivery on 12 March 2026, with a signature, at the postcode of the order: “Entregado, firmado por el destinatario”.",
		"The offer states a delivery time of 10 to 20 days. The parcel arrived after 10 days.",
		"The buyer was answered each time on the same day, and was asked to look for the parcel in the household and at the neighbors. No answer to that question came.",
		"The buyer's claim was opened after delivery.",
	}
	if language != "en" {
		texts = []string{
			"买家于 2026 年 3 月 1 日下单并付款；发票载明所购商品。", "订单商品已完整包装、称重，并于付款次日（2026 年 3 月 2 日）交给承运商。",
			"承运商记录显示包裹于 2026 年 3 月 12 日签收，邮编与订单一致：“Entregado, firmado por el destinatario”。", "商品页面写明运送时间为 10 至 20 天，包裹在第 10 天送达。",
			"卖家每次均在当日回复，并请买家询问家人和邻居。买家未就此作出答复。", "买家在包裹送达之后才提出纠纷。",
		}
	}
	return []data.Claim{
		{Text: texts[0], Cites: []data.Cite{{Evidence: "e3"}, {Evidence: "e3", Page: 2}, {Part: data.SectionOrder}}},
		{Text: texts[1], Cites: []data.Cite{{Evidence: "e1"}, {Evidence: "e10"}, {Evidence: "e11"}, {Evidence: "e5"}}},
		{Text: texts[2], Cites: []data.Cite{{Evidence: "e2"}, {Part: data.SectionShipping}}},
		{Text: texts[3], Cites: []data.Cite{{Evidence: "e8"}, {Part: data.SectionTimeline}}},
		{Text: texts[4], Cites: []data.Cite{{Message: "m1"}, {Message: "m11"}, {Message: "m23"}, {Message: "m35"}, {Message: "m47"}, {Message: "m59"}, {Part: data.SectionCommunication}}},
		{Text: texts[5], Cites: []data.Cite{{Part: data.SectionTimeline}}},
	}
}
