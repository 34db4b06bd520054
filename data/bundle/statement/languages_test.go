package statement

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// saying gives the one claim of a statement that is made of it alone.
func saying(t *testing.T, language, word, claim string, f Facts) string {
	t.Helper()
	s := draft(t, Template{ID: "x", Languages: []string{language}, Word: word, Claims: []string{claim}}, language, f)
	if len(s.Claims) != 1 {
		t.Fatalf("%s in %s: %q", claim, language, lines(s))
	}
	return s.Claims[0].Text
}

func TestStatementsInItalianRussianAndPolish(t *testing.T) {
	f := fullFacts()
	f.Dispute.Events[1].At = at(4, 8, 9, 0) // the article before 8 is elided in Italian
	f.Dispute.Events[1].Amount = data.Money{Minor: 123456, Currency: "PLN"}
	for _, c := range []struct{ language, word, claim, want string }{
		{"it", "dispute", "offer", "In data 8 aprile 2026 alle ore 17:00 UTC+8 abbiamo offerto all'acquirente 1.234,56\u00a0PLN."},
		{"ru", "dispute", "offer", "8 апреля 2026\u00a0г. в 17:00 (UTC+8) мы предложили покупателю 1\u00a0234,56\u00a0PLN."},
		{"pl", "dispute", "offer", "Dnia 8 kwietnia 2026\u00a0r. o godz.\u00a017:00 (UTC+8) zaproponowaliśmy kupującemu kwotę 1\u00a0234,56\u00a0PLN."},
		{"it", "claim", "ask_what", "Vi preghiamo di comunicarci di che cosa avete bisogno da parte nostra per decidere questo reclamo."},
		{"ru", "claim", "ask_what", "Просим сообщить, какие сведения или документы нужны от нас для вынесения решения по данной претензии."},
		{"pl", "claim", "ask_what", "Prosimy o informację, jakich danych lub dokumentów potrzebują Państwo od nas do rozpatrzenia tego roszczenia."},
		{"it", "dispute", "placed", "L'ordine 8194206613370501 è stato effettuato in data 1º marzo 2026 alle ore 16:12 UTC+8 e pagato in data 1º marzo 2026 alle ore 16:14 UTC+8."},
		{"pl", "dispute", "delivered_first", "Dnia 3 kwietnia 2026\u00a0r. o godz.\u00a002:44 (UTC+8), po doręczeniu przesyłki, otwarto ten spór."},
		{"ru", "case", "replied", "Мы ответили покупателю 3 апреля 2026\u00a0г. в 16:15 (UTC+8), после того как было открыто данное дело."},
	} {
		if got := saying(t, c.language, c.word, c.claim, f); got != c.want {
			t.Errorf("%s of a %s in %s:\n  %s\nwant\n  %s", c.claim, c.word, c.language, got, c.want)
		}
	}
}

// A number of parcels or messages must suit its noun whatever it is: 5, 21, 22.
func TestNumbersSuitTheirNouns(t *testing.T) {
	after := regexp.MustCompile(`\{\{ (parcels\.count|parcels\.delivered|chat\.to|chat\.from) \}\}\s*\p{L}+`)
	taken := []string{"из", "z"} // "1 из 6"
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"ru", "pl"} {
		for id, w := range lib.words[language].Claims {
			for _, found := range after.FindAllString(w.Text+" "+w.Short, -1) {
				if words := strings.Fields(found); !slices.Contains(taken, words[len(words)-1]) {
					t.Errorf("%s of %s counts a noun: %q", id, language, found)
				}
			}
		}
	}
	f := fullFacts()
	for range 21 {
		f.Order.Shipments = append(f.Order.Shipments, f.Order.Shipments[0])
	}
	if got, want := saying(t, "ru", "dispute", "parcels_delivered", f), "Все посылки этого заказа (количество: 22) числятся доставленными. Сведения о каждой приведены в таблице отслеживания."; got != want {
		t.Errorf("22 parcels: %s", got)
	}
}

// The dispute that an appeal answers was opened by the buyer; the appeal is the seller's.
func TestAnAppealWasNotOpenedByTheBuyer(t *testing.T) {
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	for language, w := range lib.words {
		for _, claim := range []string{"delivered_first", "replied"} {
			got := saying(t, w.Language, "appeal", claim, fullFacts())
			if strings.Contains(got, w.Cases["appeal"]) {
				t.Errorf("%s of %s says when the seller's appeal was opened: %s", claim, language, got)
			}
		}
	}
}

func TestFrenchMarksStandBehindNoBreakSpaces(t *testing.T) {
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	plain := regexp.MustCompile(`(^|[^\x{202F}])[;:?!»]|«[^\x{202F}]`)
	code := regexp.MustCompile(`\{%.*?%\}`)
	for id, w := range lib.words["fr"].Claims {
		if found := plain.FindString(code.ReplaceAllString(w.Text+" "+w.Short, "")); found != "" {
			t.Errorf("%s: %q", id, found)
		}
	}
	f := fullFacts()
	if got := saying(t, "fr", "dispute", "buyer_cancel", f); !strings.Contains(got, "l'acheteur a écrit\u202f: «\u202fQuiero cancelar el pedido\u202f».") {
		t.Errorf("%q", got)
	}
	f.Messages[4].Text = "Quiero\u202fcancelar\u00a0 el pedido"
	if got := saying(t, "fr", "dispute", "buyer_cancel", f); !strings.Contains(got, "«\u202fQuiero cancelar el pedido\u202f»") {
		t.Errorf("spaces of others: %q", got)
	}
}

// Months stand in the form that a date takes: Russian and Polish in the genitive.
func TestMonthsOfDates(t *testing.T) {
	lib, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	for language, endings := range map[string]string{"ru": "я|а", "pl": "a|ego"} {
		form := regexp.MustCompile(`(` + endings + `)$`)
		months := lib.words[language].Format.Months
		if len(months) != 12 {
			t.Errorf("%s has %d months", language, len(months))
		}
		for _, m := range months {
			if !form.MatchString(m) {
				t.Errorf("%s: %s is no genitive", language, m)
			}
		}
	}
	day := time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
	for language, want := range map[string]string{"fr": "1er mai 2026", "it": "1º maggio 2026", "pt": "1º de maio de 2026", "es": "1 de mayo de 2026", "ru": "1 мая 2026\u00a0г.", "pl": "1 maja 2026\u00a0r."} {
		if got := lib.words[language].Format.date(day); got != want {
			t.Errorf("%s: %s", language, got)
		}
	}
}

// What carriers and buyers write in Italian, Russian and Polish is told by
// words; a parcel at a counter or at a depot was handed to nobody.
func TestSignsInItalianRussianAndPolish(t *testing.T) {
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
			[]string{"Consegnata al destinatario", "La spedizione è stata consegnata", "Вручено адресату", "Вручение адресату почтальоном", "Доставлено в почтовый ящик", "Посылка вручена", "Doręczono", "Przesyłka dostarczona", "Doręczona w oddziale"},
			[]string{
				"In consegna", "Non consegnata", "Consegnato al corriere", "Прибыло в место вручения", "Ожидает адресата в месте вручения", "Неудачная попытка вручения", "Доставлено в пункт выдачи", "Доставлено в сортировочный центр",
				"Вручение отправителю", "Будет доставлено завтра", "Wydano do doręczenia", "Nie doręczono", "Próba doręczenia", "Zwrot doręczono do nadawcy", "Dostarczono do paczkomatu", "Zostanie doręczona jutro",
			},
		},
		{
			"attempted", lib.signs.Attempted,
			[]string{"Destinatario assente", "In giacenza presso l'ufficio postale", "Адресат отсутствует", "Awizo – przesyłka do odbioru", "Gotowa do odbioru"},
			[]string{"In consegna", "Прибыло в место вручения", "Przyjęta w oddziale"},
		},
		{"signed", lib.signs.Signed, []string{"Firmata da M. Rossi", "Вручено под подпись", "Doręczono, pokwitował odbiór: pokwitowano"}, []string{"Senza firma", "Без подписи", "Brak podpisu odbiorcy: bez podpisu"}},
		{
			"receipt", lib.signs.Receipt,
			[]string{"Ho ricevuto il pacco, grazie", "Посылка пришла вчера, спасибо", "Otrzymałam paczkę wczoraj", "Paczka dotarła w piątek"},
			[]string{"Non ho ricevuto il pacco", "Когда я получил посылку, она была пустая", "Nie otrzymałem paczki", "Jeszcze nie dostałam paczki", "Czy paczka dotarła do magazynu"},
		},
		{"cancel", lib.signs.Cancel, []string{"Vorrei annullare l'ordine", "Отмените заказ, пожалуйста", "Proszę o anulowanie zamówienia"}, []string{"Non annullare l'ordine", "Не отменяйте заказ", "Nie anulujcie zamówienia"}},
		{"mind", lib.signs.Mind, []string{"Ho cambiato idea", "Мне это больше не нужно", "Rozmyśliłam się"}, []string{"Il colore è bello", "Всё хорошо", "Wszystko dobrze"}},
		{"asked", lib.signs.Asked, []string{"Può inviarci un'immagine del problema?", "Пришлите, пожалуйста, фото", "Prosimy o zdjęcia"}, []string{"In allegato le foto", "Прилагаем фото", "W załączeniu zdjęcia"}},
	} {
		for _, text := range c.yes {
			if !c.sign.in(text) {
				t.Errorf("%s is not found in %q", c.name, text)
			}
		}
		for _, text := range c.no {
			if c.sign.in(text) {
				t.Errorf("%s is found in %q", c.name, text)
			}
		}
	}
}
