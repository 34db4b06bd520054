package mask

import "strings"

// aboutNumber is what the words before a number say of it.
type aboutNumber int

const (
	wordNone aboutNumber = iota
	wordPhone
	wordOrder
	wordCard
)

var (
	phoneWords = set(`tel telefon telephone telefono teléfono tfno tlf tlfno phone fon fone fax mobile mobil móvil movil mob cell cellphone celular cellulare handy
		call whatsapp viber telegram zalo wechat kakaotalk portable téléphone appelez anrufen llámame llamar llama ligar telefone telemóvel
		тел телефон телефону моб мобильный мобильного звоните позвоните ватсап вотсап هاتف جوال موبايل واتساب تلفون الهاتف الجوال טלפון נייד
		전화 전화번호 연락처 핸드폰 휴대폰 携帯 電話 電話番号 携帯電話 电话 手机 手机号 电话号码 手机号码 联系电话 微信 手機 điện thoại โทร telepon hp`)
	orderWords = set(`order orders ordernumber orderid ordernr bestellung bestellnummer auftrag auftragsnummer pedido encargo commande заказ заказа заказу ordine encomenda zamówienie
		tracking track trackingnumber sendung sendungsnummer sendungsverfolgung paket seguimiento rastreo envío guía suivi colis трек посылка посылки отправление rastreamento
		item items artikel artikelnummer artículo article listing sku ref reference referencia référence invoice factura facture rechnung rechnungsnummer transaction transacción
		case caso fall dossier claim id parcel shipment package awb barcode ean upc isbn asin imei serial batch lot model vat nif cif txn zip postcode plz
		订单 订单号 订单编号 訂單 单号 快递 快递单号 运单 运单号 物流单号 追踪号 编号 货号 批号 注文 注文番号 追跡番号 伝票番号 주문 주문번호 운송장 운송장번호 송장 송장번호 طلب الطلب الشحنة تتبع`)
	cardWords = set(`card visa mastercard amex maestro karte kreditkarte kartennummer tarjeta carte карта карты карту cartão carta 卡号 银行卡 信用卡 カード 카드 بطاقة`)
)

// numberWord looks at up to four words before a number, on its line, the
// nearest first.
func (f *folded) numberWord(a int) aboutNumber {
	for k, words := a, 0; k > 0 && words < 4; words++ {
		if f.units[k].before&(gapLine|gapWall) != 0 || f.sentenceGap(k) {
			return wordNone
		}
		z := k
		for k--; k > 0 && z-k < 24 && f.units[k].before == 0 && f.units[k-1].class == f.units[z-1].class; k-- {
		}
		if f.units[k].class == digit {
			return wordNone
		}
		if about := f.about(k, z); about != wordNone {
			return about
		}
	}
	return wordNone
}

// sentenceGap reports the end of a sentence before a unit; that of "Tel." is
// none.
func (f *folded) sentenceGap(k int) bool {
	g := f.gapText(k)
	return strings.ContainsAny(g, "!?;。！？；") || strings.Contains(g, ". ") && k > 6 && f.units[k-1].class != digit && f.wordLength(k) > 5
}

// wordLength is how long the word before a unit is, 10 at most.
func (f *folded) wordLength(k int) int {
	n := 1
	for n < 10 && k-n > 0 && f.units[k-n].before == 0 {
		n++
	}
	return n
}

// about tells what one word says; in writing without spaces its end counts.
func (f *folded) about(a, z int) aboutNumber {
	key := f.skeleton(a, z)
	if c := f.units[z-1].class; c >= han && c <= hangul {
		for n := min(5, z-a); n >= 2; n-- {
			for _, shift := range []int{0, 1} { // 手机号是...
				if z-shift-n >= a {
					if w := aboutWord(f.skeleton(z-shift-n, z-shift)); w != wordNone {
						return w
					}
				}
			}
		}
		return wordNone
	}
	return aboutWord(key)
}

func aboutWord(w string) aboutNumber {
	switch {
	case phoneWords.has(w):
		return wordPhone
	case orderWords.has(w):
		return wordOrder
	case cardWords.has(w):
		return wordCard
	}
	return wordNone
}
