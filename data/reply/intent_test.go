package reply

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// Messages in other words than the rules', with what they want first.
const wishes = `
where_is_it|Hi, could you tell me where my order is? It has been three weeks. Where is my parcel?
where_is_it|hola donde esta mi pedido
where_is_it|Guten Tag, wo bleibt denn mein Paket?
where_is_it|Bonjour, où en est ma commande svp
where_is_it|Здравствуйте, когда придет мой заказ?
where_is_it|Oi, cadê meu pedido?
where_is_it|buongiorno, quando arriva il pacco?
where_is_it|注文した商品はいつ届きますか
where_is_it|언제 도착하나요?
where_is_it|gdzie jest moja paczka
where_is_it|أين طلبي؟ مر شهر
where_is_it|waar blijft mijn pakket?
where_is_it|merhaba siparişim nerede
where_is_it|你好，我的包裹到哪里了？
damaged|The mug arrived broken, handle is off
damaged|la taza llegó rota
damaged|Die Tasse ist kaputt angekommen
damaged|l'article est arrivé cassé
damaged|чашка разбита, что делать
damaged|a caneca chegou quebrada
damaged|届いたら割れていました
damaged|컵이 깨져서 왔어요
damaged|Kubek przyszedł rozbity
damaged|الكوب وصل مكسور
damaged|bardak kırık geldi
damaged|杯子收到就碎了
wrong_item|I got the wrong color, I ordered blue
wrong_item|Sie haben mir die falsche Farbe geschickt
wrong_item|прислали не тот цвет
wrong_item|注文したものと違う商品が届きました
missing|There was only one mug, one is missing
missing|Es fehlt eine Tasse
missing|в посылке не хватает одной кружки
not_working|It does not turn on at all
not_working|el aparato no enciende
not_working|電源が入りません
cancel|please cancel my order
cancel|Bitte stornieren Sie meine Bestellung
cancel|quiero cancelar el pedido
cancel|注文をキャンセルしたいです
cancel|取消订单
address|I typed the wrong address, can you change it?
address|Ich habe eine falsche Adresse angegeben
address|me equivoqué, quiero cambiar la dirección
address|地址写错了，可以改地址吗
refund_status|When will I get my refund?
refund_status|¿Cuándo recibo el reembolso?
refund_status|когда вернете деньги
return|I would like to return it
return|Ich möchte den Artikel zurücksenden
return|返品したいのですが
delivered_not_received|Tracking says delivered but I have nothing
delivered_not_received|Laut Sendungsverfolgung zugestellt, aber nichts da. Angeblich zugestellt!
not_received|I have not received anything
not_received|no me ha llegado nada
size|the shirt is too small
size|La talla me queda muy pequeña
duty|I had to pay customs duty of 20 euro
invoice|Könnten Sie mir eine Rechnung schicken?
invoice|请给我开发票
discount|any discount if I buy two?
counterfeit|esto es falso, no es original
warranty|hat das Gerät Garantie?
usage|how do I use it?
address|Buonasera, ho sbagliato l'indirizzo: il numero civico è 18, non 8. Potete correggerlo?
address|In meiner Adresse ist ein Fehler, die Hausnummer ist 12
address|Ошибка в адресе, номер дома 5
no_answer|Вы обещали ответить в тот же день. Я жду уже три дня.
no_answer|I wrote twice and still no answer
thanks|Thank you, that explains it. I have closed the request.
thanks|Vielen Dank für die schnelle Hilfe
thanks|Perfect, thank you very much!
thanks|большое спасибо, все отлично
case|I will open a case with PayPal
stop|please stop messaging me
exchange|можно обменять на другой размер?
customs_documents|La douane demande des documents pour la douane
where_is_it|Guten Tag, wann kann ich mit meinem Paket rechnen?
damaged|Die Tasse ist in zwei Teile zerbrochen angekommen.
not_working|Der Mixer tut gar nichts, wenn ich ihn einschalte.
counterfeit|Ich glaube, das ist ein Fake.
return|Ich will mein Geld zurück.
change_mind|Ich brauche das Kabel doch nicht mehr.
customs_documents|Das Zollamt möchte eine Rechnung von Ihnen.
bulk|Wir brauchen 200 Stück für unser Hotel, gibt es Mengenrabatt?
warranty|Habe ich noch Garantie auf das Gerät?
thanks|Super, hat alles geklappt, danke!
where_is_it|Kunt u aangeven wanneer het bezorgd wordt?
damaged|De vaas kwam in scherven aan.
not_working|De blender doet helemaal niets als ik hem aanzet.
counterfeit|Volgens mij is dit nep.
return|Ik wil mijn geld terug.
change_mind|Ik heb hem toch niet meer nodig.
customs_documents|De douane wil een factuur zien.
bulk|We hebben 200 stuks nodig voor ons hotel, is er staffelkorting?
warranty|Heb ik nog garantie op het apparaat?
thanks|Super, alles is goed aangekomen, dank je wel!
where_is_it|Laut App hängt das Paket seit Tagen in Frankfurt fest.
wrong_item|Das ist nicht das Modell, das ich bestellt habe.
size|Die Hose ist mir viel zu weit.
address|Können Sie das Paket an meine neue Anschrift schicken?
usage|Wie verbinde ich die Uhr mit dem Handy?
delivered_not_received|Er staat dat het is afgeleverd, maar ik was de hele dag thuis en heb niets gekregen.
not_working|De lamp knippert steeds en gaat dan uit.
refund_status|Ik wacht nog steeds op mijn terugbetaling.
shipping_question|Hoe lang duurt de verzending naar België?
where_is_it|Buenas, ¿me pueden decir por dónde anda mi paquete? Ya pasaron tres semanas
where_is_it|el rastreo lleva días sin actualizarse
not_received|oigan, a mí no me llegó nada de nada
delivered_not_received|me sale entregado y en mi casa no hay ningún paquete
damaged|La pantalla llegó estrellada
wrong_item|Me mandaron uno negro y yo pedí el blanco
missing|vienen solo dos y eran tres
not_working|no prende, ya probé con otro cargador
quality|la tela es malísima, se descosió el primer día
size|pedí la M y me queda chica
cancel|quiero dar de baja el pedido, ya no lo manden
change_mind|me arrepentí de la compra
address|me mudé, necesito que llegue a otra calle
refund_status|todavía no veo el reembolso en mi cuenta
return|¿Cómo hago para devolverlo?
warranty|¿Qué garantía tiene?
duty|me cobraron impuestos de aduana
bulk|quiero 200 piezas para mi negocio, ¿precio de mayoreo?
price|¿a cuánto está?
shipping_question|¿mandan a Chile y cuánto sale el envío?
payment|se me cobró dos veces
case|voy a abrir un reclamo en PayPal
thanks|Listo, ya llegó todo bien, mil gracias
stop|Baja
customs_documents|la aduana me pide la factura y mi DNI
product_question|¿Sirve para un iPhone 12?
where_is_it|meu pedido tá parado há dias
where_is_it|tem previsão de quando chega?
delivered_not_received|nos Correios diz que entregaram mas eu não recebi nada
damaged|veio todo quebrado
damaged|chegou amassado e furado
wrong_item|não foi isso que eu comprei
missing|faltou o cabo na caixa
not_working|desliga sozinho depois de cinco minutos
not_as_described|nas fotos é outra coisa, nada a ver
size|ficou enorme em mim
cancel|dá pra desfazer a compra?
address|coloquei o número da casa errado, dá pra corrigir?
refund_status|quando vocês devolvem meu dinheiro?
return|quero mandar de volta, como faço?
exchange|dá pra trocar por um número maior?
invoice|preciso da nota fiscal com meu CNPJ
discount|faz um precinho se eu levar dois?
stock|ainda tem na cor verde?
shipping_question|vocês entregam em Manaus?
usage|não sei como conectar no celular
counterfeit|acho que é pirata
no_answer|que atendimento ruim, ninguém responde
thanks|Perfeito, vocês são ótimos
stop|Sair
stop|não quero mais receber mensagens
repair|podem mandar a peça pra eu consertar?
damaged|mi paquete llegó roto
where_is_it|yo pedí el lunes de la semana pasada y sigo esperando
not_working|me gustó mucho pero no funcionó
missing|compré cinco y llegaron cuatro, falta uno
stop|quiero darme de baja
complaint|estoy muy molesto con ustedes
refund_status|já devolvi o produto, quando cai o reembolso?
address|¿Pueden cambiar la dirección de entrega?
invoice|¿Me podéis mandar la factura?
damaged|llegó con la caja abierta y mojado
not_received|meu pedido não foi entregue até hoje
threat|Refund me 20 EUR or I will leave you bad feedback
threat|if you dont refund half of it i write a review that nobody will like
threat|Wenn Sie mir nicht die Hälfte erstatten, gebe ich eine negative Bewertung.
threat|Geld zurück, sonst gibt es eine schlechte Bewertung
threat|Se não me devolverem o dinheiro, vou deixar uma avaliação de 1 estrela.
threat|Si no me reembolsan la mitad, voy a dejar una mala valoración
threat|Si vous ne me remboursez pas, je laisse un mauvais avis
threat|Верните деньги, иначе напишу плохой отзыв
threat|Se non mi rimborsate lascio una recensione negativa
threat|返金しないなら悪い評価をつけます
threat|환불 안 해주면 별점 1점 줄 거예요
threat|Zwrot pieniędzy, w przeciwnym razie wystawię negatywną opinię
threat|أعيدوا المال وإلا سأضع تقييما سلبيا
threat|Geld terug, anders schrijf ik een slechte review
threat|Paramı geri verin yoksa kötü yorum yazarım
threat|不退款我就给差评
threat|不退一半就給負評
threat|退我10块我就给五星
complaint|Schlechte Bewertung habe ich schon geschrieben, so enttäuscht bin ich
complaint|terrible, I left one star
`

func TestIntentsOf(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(wishes), "\n") {
		want, text, _ := strings.Cut(line, "|")
		found := IntentsOf(text)
		if len(found) == 0 || found[0].ID != want {
			t.Errorf("%q wants %s; found %v", text, want, found)
		}
	}
	for _, text := range []string{"", "ok", "👍", "12345", "Do you like the sea? Thanks", "My cat is called Mist and I mistook him"} {
		if found := IntentsOf(text); len(found) > 0 {
			t.Errorf("%q wants %v", text, found)
		}
	}
}

func TestEachIntentHasATemplateAndRules(t *testing.T) {
	list, err := intentPhrases()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range Intents() {
		if !slices.ContainsFunc(list, func(p intentPhrase) bool { return p.intent == id }) {
			t.Errorf("no rule for %s", id)
		}
		if !slices.ContainsFunc(entries, func(e Entry) bool { return slices.Contains(e.Intents, id) }) {
			t.Errorf("no template for %s", id)
		}
	}
}

// standing is an order of a status, without a dispute.
func standing(status data.OrderStatus) Context {
	c := invented()
	c.Dispute, c.Feedback, c.Messages = nil, nil, nil
	c.Order.Status = status
	o := &c.Order
	switch status {
	case data.StatusShipped:
		o.DeliveredAt, o.Shipments[0].DeliveredAt, o.Shipments[0].Events = time.Time{}, time.Time{}, nil
	case data.StatusToShip, data.StatusUnpaid, data.StatusReview:
		o.DeliveredAt, o.ShippedAt, o.Shipments = time.Time{}, time.Time{}, nil
		if status == data.StatusUnpaid {
			o.PaidAt = time.Time{}
		}
	}
	return c
}

func wrote(c Context, text string) Context {
	c.Messages = append(c.Messages, data.Message{Direction: data.FromBuyer, SentAt: c.Now.Add(-time.Hour), Text: text})
	return c
}

func TestPropose(t *testing.T) {
	shipped, delivered, toShip := standing(data.StatusShipped), standing(data.StatusDelivered), standing(data.StatusToShip)
	held := standing(data.StatusShipped)
	held.Order.Shipments[0].Events = []data.TrackingEvent{{At: held.Now, Text: "Held by customs"}}
	onPayPal := standing(data.StatusToShip)
	onPayPal.Shop.Platform, onPayPal.Order.Shop.Platform = data.PayPal, data.PayPal
	told := wrote(standing(data.StatusShipped), "where is my order")
	told.Said = []string{"in_transit"}
	dispute := invented()
	dispute.Dispute.Ruling, dispute.Messages = data.Ruling{}, nil
	dispute.Feedback = nil
	for _, test := range []struct {
		name  string
		c     Context
		first string
		not   []string
	}{
		{"where is it, on its way", wrote(shipped, "hola donde esta mi pedido"), "in_transit", []string{"delivered", "promo"}},
		{"where is it, said already", told, "delayed", []string{"in_transit"}},
		{"where is it, held by customs", wrote(held, "wo bleibt mein Paket?"), "customs_hold", nil},
		{"where is it, delivered", wrote(delivered, "where is my parcel?"), "not_received", []string{"in_transit", "delayed"}},
		{"broken", wrote(delivered, "it arrived broken"), "damaged", []string{"satisfaction", "feedback_invite", "revision_request"}},
		{"cancel before it left", wrote(toShip, "取消订单"), "cancel_accepted", []string{"cancel_refuse_delivery"}},
		{"cancel on its way", wrote(shipped, "quiero cancelar el pedido"), "cancel_shipped", []string{"cancel_accepted"}},
		{"a new address at AliExpress", wrote(toShip, "please change my address"), "address_cancel_reorder", []string{"address_changed"}},
		{"a new address at PayPal", wrote(onPayPal, "please change my address"), "address_cancel_reorder", []string{"address_changed"}},
		{"a new address on its way", wrote(shipped, "I gave you the wrong address"), "address_refused", nil},
		{"nothing known is wanted", wrote(shipped, "Kivit tintaa."), "request_received", nil},
		{"nothing is waiting, it left", shipped, "shipped", []string{"promo", "address_refused"}},
		{"nothing is waiting, it arrived", delivered, "delivered", []string{"promo", "holiday"}},
		{"a dispute, nothing received", dispute, "not_received", []string{"satisfaction", "feedback_invite"}},
		{"unpaid", standing(data.StatusUnpaid), "unpaid_reminder", nil},
		{"feedback as a threat", wrote(delivered, "it arrived broken, refund half of it or I will leave bad feedback"), "feedback_threat", []string{"feedback_invite"}},
		{"thanks", wrote(delivered, "большое спасибо, все отлично"), "thanks_answer", []string{"feedback_invite"}},
	} {
		list := Propose(test.c)
		var uids []string
		for _, p := range list {
			uids = append(uids, p.Template)
			if len(p.Why) == 0 {
				t.Errorf("%s: %s is proposed for no reason", test.name, p.Template)
			}
		}
		if len(uids) == 0 || uids[0] != test.first || len(uids) > 3 {
			t.Errorf("%s: %v, want %s first", test.name, uids, test.first)
		}
		for _, uid := range test.not {
			if slices.Contains(uids, uid) {
				t.Errorf("%s: %v holds %s", test.name, uids, uid)
			}
		}
	}
}

// Duty is told of in advance: for a country that charges the buyer, before the parcel
// leaves, once, and not where a platform forbids messages unasked.
func TestDutyIsToldInAdvance(t *testing.T) {
	base := standing(data.StatusToShip)
	base.Order.ShipTo.Country, base.Order.Buyer.Country = "US", "US"
	base.Now = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	why := func(c Context) string {
		for _, p := range Propose(c) {
			if p.Template == "duty_in_advance" {
				return p.Why[0].String()
			}
		}
		return ""
	}
	if got := why(base); got != "US charges duty or tax on every parcel from abroad, and this one has not left yet." {
		t.Errorf("the reason is %q", got)
	}
	said := base
	said.Said = []string{"duty_in_advance"}
	amazon := base
	amazon.Shop.Platform, amazon.Order.Shop.Platform = data.Amazon, data.Amazon
	home := base
	home.Service.Country = "US"
	left := standing(data.StatusShipped)
	left.Order.ShipTo.Country = "US"
	for name, c := range map[string]Context{
		"it was told": said, "Amazon forbids it": amazon, "the shop is in that country": home, "it left": left,
		"it was told, and the buyer asks": wrote(said, "do I have to pay import duty?"), "it left, and the buyer asks": wrote(left, "do I have to pay import duty?"),
	} {
		if got := why(c); got != "" {
			t.Errorf("%s: it is proposed, as %q", name, got)
		}
	}
	if got := why(wrote(amazon, "do I have to pay import duty?")); got != "The buyer wrote “import duty”." {
		t.Errorf("a buyer on Amazon asks: %q", got)
	}
}

// That a matter is settled is said, and a revision asked for, only where a person
// marked it so.
func TestSettledIsSaidOnlyWhereItIs(t *testing.T) {
	c := standing(data.StatusDelivered)
	c.Feedback = invented().Feedback
	c.Feedback.SettledAt = time.Time{}
	proposed := func() bool {
		return slices.ContainsFunc(Propose(c), func(p Proposal) bool { return p.Template == "feedback_solved" })
	}
	warned := func(uid string) bool {
		return slices.ContainsFunc(Checks(uid, c, false), func(f data.Finding) bool { return f.Rule == "reply.needs" && f.Where[0].ID == "feedback.settled" })
	}
	if found := Checks("feedback_solved", c, false); len(found) != 1 || found[0].Why.Parts["fact"].Key != "variable.feedback.settled" {
		t.Errorf("what it needs is not said in words that can be translated: %+v", found)
	}
	if proposed() || !warned("feedback_solved") || !warned("revision_request") {
		t.Error("an open matter is said to be settled, or a revision asked for without a warning")
	}
	c.Feedback.SettledAt = c.Now
	if !proposed() || warned("feedback_solved") || warned("revision_request") {
		t.Error("what is settled cannot be said to be")
	}
}

// A bad rating of which nobody has written since wants a private letter; not praise,
// not what was settled, removed or closed, and not while a dispute is open.
func TestASilentBadRatingWantsALetter(t *testing.T) {
	base := standing(data.StatusDelivered)
	f := *invented().Feedback
	f.Stars, f.SettledAt, f.LeftAt = 3, time.Time{}, base.Now.Add(-48*time.Hour)
	base.Feedback, base.Privately, base.Rated = &f, true, true
	base.Messages = []data.Message{
		{Direction: data.ToBuyer, SentAt: f.LeftAt.Add(-time.Hour), Text: "It was delivered."},
		{Direction: data.FromPlatform, SentAt: f.LeftAt.Add(time.Hour), Text: "You have new feedback."},
	}
	first := func(c Context, change func(f *data.Feedback)) string {
		one := f
		if change != nil {
			change(&one)
		}
		c.Feedback = &one
		if list := Propose(c); len(list) > 0 {
			return list[0].Template
		}
		return ""
	}
	for _, stars := range []int{1, 2, 3} {
		if got := first(base, func(f *data.Feedback) { f.Stars = stars }); got != "feedback_private" {
			t.Errorf("%d stars: %s", stars, got)
		}
	}
	for name, change := range map[string]func(f *data.Feedback){
		"praise":  func(f *data.Feedback) { f.Stars = 4 },
		"settled": func(f *data.Feedback) { f.SettledAt = base.Now }, "removed": func(f *data.Feedback) { f.RemovedAt = base.Now },
		"closed": func(f *data.Feedback) { f.State = data.FeedbackDone },
	} {
		if got := first(base, change); got == "feedback_private" {
			t.Errorf("%s wants a letter", name)
		}
	}
	disputed, written := base, base
	disputed.Dispute = &data.Dispute{Stage: data.StageNegotiation}
	written.Messages = append(slices.Clone(base.Messages), data.Message{Direction: data.ToBuyer, SentAt: f.LeftAt.Add(time.Hour), Text: "What went wrong?"})
	for name, c := range map[string]Context{"a dispute is open": disputed, "somebody wrote": written} {
		if slices.ContainsFunc(Propose(c), func(p Proposal) bool { return p.Template == "feedback_private" }) {
			t.Errorf("%s, and a letter is proposed", name)
		}
	}
	for _, p := range Propose(base) {
		if e, _ := EntryOf(p.Template); e.Audience == ToPublic {
			t.Errorf("%s is for all, and proposed for a letter", p.Template)
		}
	}
}

// Who has left feedback is neither invited to leave it nor asked how it is.
func TestWhoHasRatedIsNotInvited(t *testing.T) {
	c := standing(data.StatusDelivered)
	c.Said = []string{"delivered"}
	proposed := func(uid string) bool {
		return slices.ContainsFunc(Propose(c), func(p Proposal) bool { return p.Template == uid })
	}
	if !proposed("satisfaction") || !proposed("feedback_invite") || len(Checks("feedback_invite", c, false)) > 0 {
		t.Errorf("nothing was left yet: %v", Propose(c))
	}
	c.Rated = true
	if proposed("satisfaction") || proposed("feedback_invite") || len(Checks("feedback_invite", c, false)) != 1 {
		t.Errorf("a buyer who left feedback is asked for it: %v", Propose(c))
	}
}

// Marketing is proposed nowhere, and what advertises is not even allowed where
// the platform forbids it.
func TestMarketingIsNeverProposed(t *testing.T) {
	entries, err := Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		for _, p := range data.Platforms() {
			if c, _ := ChannelOf(string(p)); e.Marketing && c.NoMarketing && e.For(p) {
				t.Errorf("%s advertises on %s", e.UID, p)
			}
		}
	}
	for _, status := range data.OrderStatuses() {
		for _, p := range Propose(standing(status)) {
			if e, _ := EntryOf(p.Template); e.Marketing {
				t.Errorf("%s is proposed for an order that is %s", e.UID, status)
			}
		}
	}
}

func FuzzIntentsOf(f *testing.F) {
	f.Add(wishes)
	f.Add("*\xff where * is")
	f.Fuzz(func(t *testing.T, text string) {
		for _, i := range IntentsOf(text) {
			if !slices.Contains(Intents(), i.ID) {
				t.Errorf("%q wants %q", text, i.ID)
			}
		}
	})
}
