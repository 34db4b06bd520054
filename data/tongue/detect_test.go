package tongue

import (
	"strings"
	"testing"
)

// Messages as buyers write them: language | sure | text.
const said = `
es|y|hola donde esta mi pedido
es|y|no me ha llegado nada
es|y|quiero devolver el bolso
es|y|buenas, cuando llega?
es|y|Llegó roto y no funciona, quiero mi dinero
es|n|llego roto
de|y|wo bleibt mein paket
de|y|ist kaputt angekommen
de|y|ich möchte mein Geld zurück
de|y|hallo, wann kommt die Lieferung
de|y|falsche größe bekommen
ru|y|где посылка
ru|y|товар пришел сломанный
ru|y|верните деньги
uk|y|де моя посилка, її немає
en|n|ok thx
en|y|where is my order
en|y|it arrived broken
en|y|hi any update
en|y|I want a refund
en|y|never got it
en|y|item doesn't work
fr|y|où est mon colis
fr|y|ou est mon colis
fr|y|bonjour je n'ai rien reçu
fr|y|article cassé
fr|y|je veux être remboursé
fr|y|c'est pas la bonne taille
it|y|dove si trova il mio pacco
it|y|non ho ricevuto niente
it|y|è arrivato rotto
it|y|vorrei il rimborso
it|y|buongiorno quando arriva
pt|y|cadê meu pedido
pt|y|não recebi nada
pt|y|nao recebi nada ainda
pt|y|chegou quebrado
pt|y|quero meu dinheiro de volta
pt|y|oi, quando chega?
nl|y|waar blijft mijn pakket
nl|y|ik heb niets ontvangen
nl|y|het is kapot
nl|y|wanneer komt mijn bestelling
pl|y|gdzie jest moja paczka
pl|y|nic nie dostałem
pl|y|przyszło uszkodzone
pl|y|prosze o zwrot pieniedzy
tr|y|siparişim nerede
tr|y|hiçbir şey gelmedi
tr|y|kırık geldi
tr|y|param iade edilsin
tr|y|merhaba ne zaman gelir
id|n|paket saya di mana
id|y|barang rusak kak
|n|belum sampai
ms|y|barang saya belum sampai lagi, bila nak hantar
ms|y|boleh tukar saiz tak
vi|y|hàng của tôi đâu
vi|y|chưa nhận được hàng
vi|y|hang bi hong roi
ja|y|荷物はどこですか
ja|y|届いていません
ja|y|まだですか? order 123
ko|y|언제 도착하나요
ar|y|أين طلبي
fa|y|سفارش من کجاست
he|y|איפה החבילה שלי
el|y|πού είναι το δέμα μου
th|y|ของยังไม่ได้รับ
zh-CN|y|我的包裹在哪里，还没收到
zh-TW|y|我的包裹在哪裡，還沒收到
zh-TW|y|請問什麼時候出貨
zh-CN|n|包裹
sv|y|var är mitt paket
cs|y|kde je moje zásilka
|n|
|n|12345 https://example.com
|n|👍
|n|LP00123456789CN
`

func TestDetect(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(said), "\n") {
		part := strings.SplitN(line, "|", 3)
		if lang, sure := Detect(part[2]); lang != part[0] || part[1] == "y" && !sure || part[0] == "" && sure {
			t.Errorf("%q is %q, sure %v; want %q, %s", part[2], lang, sure, part[0], part[1])
		}
	}
}

// Whole letters are sure, and a name or a product in other letters does not turn
// them.
func TestDetectLetters(t *testing.T) {
	for want, text := range map[string]string{
		"es":    "Hola, Ana:\n\nSu pedido Stoneware mug (Blue) salió el 3 de julio. Gracias por su paciencia.\n\nWillow Lane Home",
		"ar":    "مرحبًا \u2068Ana\u2069، تم شحن \u2068Stoneware mug with blue glaze\u2069 وسيصل قريبًا إن شاء الله",
		"ja":    "Ana García 様\n\nご注文 LX123 の Stoneware mug with blue glaze を発送いたしました。お待ちください。",
		"zh-CN": "Ana 您好：您的订单已寄出，Example Post 单号 LX123456789CN。",
		"ru":    "Здравствуйте, Ana! Ваш заказ Stoneware mug отправлен.",
		"en":    "Hello Ana, your order “Кружка” left on July 3. We will write to you when it arrives.",
	} {
		if lang, sure := Detect(text); lang != want || !sure {
			t.Errorf("%q is %q, %v", text, lang, sure)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add(said)
	f.Add("\xff\u202e")
	f.Fuzz(func(t *testing.T, text string) {
		if lang, sure := Detect(text); sure && lang == "" {
			t.Errorf("%q is surely nothing", text)
		}
	})
}
