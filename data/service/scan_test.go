package service_test

import (
	"testing"
	"unicode/utf8"

	"casebinder/data/service"
)

func TestScansAreUnderstood(t *testing.T) {
	for text, want := range map[string]service.Scan{
		"Item presented to import Customs":                        service.ScanCustoms,
		"Held by customs, awaiting documents":                     service.ScanHeld,
		"Released from Customs: Item presented to delivery":       service.ScanTransit,
		"Import customs clearance completed":                      service.ScanTransit,
		"Customs Clearance Processing Complete":                   service.ScanTransit,
		"Export customs clearance complete":                       service.ScanTransit,
		"Available for Pickup, MIAMI, FL":                         service.ScanPickup,
		"Delivered to Parcel Locker":                              service.ScanPickup,
		"Delivered, Front Door/Porch":                             service.ScanDelivered,
		"Undelivered: address unknown":                            service.ScanNone,
		"Item not delivered":                                      service.ScanTransit,
		"Your parcel will be delivered tomorrow":                  service.ScanTransit,
		"Delivered to airline":                                    service.ScanTransit,
		"Delivered to sender":                                     service.ScanReturned,
		"Unsuccessful delivery attempt - addressee not available": service.ScanAttempt,
		"Out for  Delivery":                                       service.ScanOut,
		"Departure from outward office of exchange":               service.ScanTransit,
		"快件已到达海关,等待清关":                                            service.ScanCustoms,
		"海关查验中":                                                   service.ScanHeld,
		"进口清关完成":                                                  service.ScanTransit,
		"已签收,签收人:前台":                                              service.ScanDelivered,
		"未妥投,收件人不在":                                               service.ScanAttempt,
		"包裹已送達門市,請於七日內取貨":                                         service.ScanPickup,
		"Retenido en aduana":                                      service.ScanHeld,
		"Entregado":                                               service.ScanDelivered,
		"No entregado: destinatario ausente":                      service.ScanAttempt,
		"Pendiente de entrega":                                    service.ScanTransit,
		"Votre colis est disponible au point de retrait":          service.ScanPickup,
		"Votre colis est en cours de livraison":                   service.ScanOut,
		"Die Sendung liegt zur Abholung in der Filiale bereit":    service.ScanPickup,
		"Der Empfänger wurde nicht angetroffen":                   service.ScanAttempt,
		"Die Sendung wurde in das Zustellfahrzeug geladen":        service.ScanOut,
		"Die Sendung wurde erfolgreich zugestellt":                service.ScanDelivered,
		"Objeto entregue ao destinatário":                         service.ScanDelivered,
		"Objeto encaminhado para fiscalização aduaneira":          service.ScanCustoms,
		"In giacenza presso l'ufficio postale":                    service.ScanPickup,
		"Прибыло в место вручения":                                service.ScanPickup,
		"Вручение адресату почтальоном":                           service.ScanDelivered,
		"Выпущено таможней":                                       service.ScanTransit,
		"Вручено отправителю":                                     service.ScanReturned,
		"ご不在のため持ち戻りました":                                           service.ScanAttempt,
		"お届け先にお届け済み":                                              service.ScanDelivered,
		"통관 완료":                                                   service.ScanTransit,
		"배달완료":                                                    service.ScanDelivered,
		"Przesyłka umieszczona w paczkomacie":                     service.ScanPickup,
		"Pakket is bezorgd":                                       service.ScanDelivered,
		"Kargo dağıtıma çıktı":                                    service.ScanOut,
		"تم التسليم":                                              service.ScanDelivered,
		"لم يتم التسليم":                                          service.ScanTransit,
		"Phát thành công":                                         service.ScanDelivered,
		"Arrived at facility":                                     service.ScanNone,
		"":                                                        service.ScanNone,
	} {
		if got := service.ScanMeans(text); got != want {
			t.Errorf("%q means %q, want %q", text, got, want)
		}
	}
}

func FuzzScanMeans(f *testing.F) {
	f.Add("Released from customs")
	f.Add("\xff已签收")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		if got := service.ScanMeans(text + " delivered"); got == service.ScanNone {
			t.Errorf("%q hides a delivery", text)
		}
	})
}
