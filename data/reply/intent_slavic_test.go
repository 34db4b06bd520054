package reply

import (
	"strings"
	"testing"
)

// Messages of Russian and Polish buyers, with what they want first.
const wishesSlavic = `
where_is_it|Подскажите, на каком этапе моя доставка? Заказывал две недели назад
where_is_it|Трек не обновляется уже десять дней
where_is_it|Когда же отправите? Прошло пять дней после оплаты
where_is_it|Сколько ещё ждать посылку?
not_received|Прошёл месяц, посылки до сих пор нет
delivered_not_received|По трекингу вручено, а у меня ничего нет
delivered_not_received|Пишут, что доставлено, но посылки я не видела
damaged|Коробка мятая, внутри осколки
damaged|Ручка отломана, экран в трещинах
wrong_item|Заказывала красную, приехала синяя
wrong_item|Положили чужой товар
missing|В комплекте нет зарядного устройства
missing|Заказал три, положили два
not_working|Кнопка не нажимается, экран чёрный
not_working|Наушники молчат, правый не играет
quality|Швы расползлись после первой стирки
quality|Ткань дешёвая, нитки торчат
not_as_described|В описании кожа, а пришёл кожзам
counterfeit|Похоже, это подделка, логотип кривой
size|Куртка маловата, в плечах жмёт
size|Кроссовки велики на два размера
exchange|Можно заменить на размер L?
return|Хочу сдать обратно, как это сделать?
refund_status|Прошло две недели, деньги на карту не вернулись
cancel|Отмените, пожалуйста, мой заказ
change_mind|Заказал случайно два раза
address|Я забыла указать квартиру, поправьте адрес
duty|Курьер требует заплатить таможню, почему?
customs_documents|Таможня запросила инвойс и подтверждение оплаты
invoice|Пришлите, пожалуйста, накладную или чек для бухгалтерии
payment|Деньги сняли два раза
payment|Карта не проходит при оплате
discount|Уступите немного, если возьму три?
price|Почём этот фонарь?
bulk|Интересует партия сто штук, какие условия?
stock|Будет ли ещё чёрный цвет?
shipping_question|Вы отправляете в Казахстан?
usage|Не могу подключить к телефону, что нажать?
warranty|Какой срок гарантии?
repair|Можно ли его починить?
case|Если не решите, открою диспут
no_answer|Третий день молчите, ответьте уже
complaint|Отвратительное обслуживание, очень разочарована
thanks|Всё пришло, очень понравилось, спасибо!
stop|Уберите меня из рассылки
product_question|Он водонепроницаемый?
where_is_it|Na jakim etapie jest moja dostawa? Zamawiałem dwa tygodnie temu
where_is_it|Status przesyłki nie zmienia się od dziesięciu dni
where_is_it|Kiedy w końcu wyślecie? Minęło pięć dni od płatności
where_is_it|Ile jeszcze mam czekać na paczkę?
not_received|Minął miesiąc, a paczki nadal nie ma
delivered_not_received|Według śledzenia doręczono, a ja nic nie mam
delivered_not_received|Piszą, że dostarczona, ale paczki nie widziałam
damaged|Pudełko zgniecione, w środku odłamki
damaged|Uchwyt odłamany, ekran popękany
wrong_item|Zamawiałam czerwoną, przyszła niebieska
wrong_item|Włożyliście cudzy towar
missing|W zestawie nie ma ładowarki
missing|Zamówiłem trzy, a są dwie
not_working|Przycisk się nie wciska, ekran jest czarny
not_working|Słuchawki milczą, prawa nie gra
quality|Szwy puściły po pierwszym praniu
quality|Materiał tandetny, wszędzie wystają nitki
not_as_described|W opisie była skóra, a to ekoskóra
counterfeit|To chyba podróbka, logo jest krzywe
size|Kurtka jest ciasna w ramionach
size|Buty są o dwa numery za duże
exchange|Czy można zamienić na rozmiar L?
return|Chcę oddać towar, jak to zrobić?
refund_status|Minęły dwa tygodnie, a pieniędzy na koncie nie ma
cancel|Proszę o anulację zamówienia
change_mind|Przez przypadek zamówiłem dwa razy
address|Zapomniałam podać numer mieszkania, proszę poprawić adres
duty|Kurier chce opłaty za cło, dlaczego?
customs_documents|Urząd celny prosi o fakturę i potwierdzenie płatności
invoice|Proszę o rachunek na firmę
payment|Ściągnięto pieniądze dwukrotnie
payment|Karta jest odrzucana przy płatności
discount|Dacie jakiś upust, jeśli wezmę trzy?
price|Po ile jest ta latarka?
bulk|Interesuje mnie partia stu sztuk, jakie warunki?
stock|Czy będzie jeszcze czarny kolor?
shipping_question|Czy dostarczacie do Czech?
usage|Nie mogę połączyć z telefonem, co nacisnąć?
warranty|Jak długo trwa gwarancja?
repair|Czy da się to naprawić?
case|Jeśli tego nie załatwicie, zgłaszam sprawę do PayPal
no_answer|Trzeci dzień cisza, proszę wreszcie odpisać
complaint|Fatalna obsługa, jestem bardzo rozczarowana
thanks|Wszystko doszło, bardzo mi się podoba, dziękuję!
stop|Proszę mnie wypisać z listy
product_question|Czy jest wodoodporny?
where_is_it|Здравствуйте, есть новости по моему заказу? Жду неделю
where_is_it|Посылка зависла в сортировочном центре, что делать?
not_received|Сроки вышли, заказ я так и не получила
delivered_not_received|В приложении статус «Вручено», хотя никто ничего не привозил
damaged|Ваза приехала вся в трещинах
damaged|Флакон протек, всё липкое
wrong_item|Вместо чайника прислали кастрюлю
missing|Не хватило двух винтов и ключа
not_working|Через день перестал включаться
quality|После стирки футболка вся вытянулась и полиняла
not_as_described|На сайте золотистый, а в жизни жёлтый
size|Заказывала 42, а он как 38, не застёгивается
exchange|Хочу поменять на другой цвет
return|Мне не подошло, оформите возврат, пожалуйста
refund_status|Обещали вернуть деньги в понедельник, на счёте пусто
cancel|Прошу аннулировать заказ, пока не отправлен
address|Я переехала, можно отправить на новый адрес?
duty|С меня взяли пошлину 900 рублей
invoice|Нужен чек, вышлите на почту
payment|Оплатил, а заказ висит как неоплаченный
discount|А если две штуки возьму, сделаете дешевле?
stock|Размер S ещё появится?
shipping_question|За сколько дней дойдёт до Минска?
usage|Как перевести часы на русский язык?
warranty|Есть ли гарантия на мотор?
case|Завтра открываю спор на площадке
no_answer|Пишу уже в третий раз, почему молчите?
complaint|Сервис ужасный, больше у вас не куплю
thanks|Получила, всё целое, благодарю!
product_question|Подойдет ли крышка к кастрюле 24 см?
where_is_it|Dzień dobry, są jakieś wieści o moim zamówieniu? Czekam tydzień
where_is_it|Przesyłka utknęła w sortowni, co robić?
not_received|Termin minął, a zamówienia nie dostałam
delivered_not_received|W aplikacji mam status „doręczona”, choć nikt nic nie przywiózł
damaged|Wazon przyjechał cały w pęknięciach
damaged|Butelka przeciekła, wszystko się klei
wrong_item|Zamiast czajnika przysłaliście garnek
missing|Zabrakło dwóch śrub i klucza
not_working|Po jednym dniu przestał się włączać
quality|Po praniu koszulka się rozciągnęła i wyblakła
not_as_described|Na stronie złoty, a w rzeczywistości żółty
size|Zamawiałam 42, a jest jak 38, nie dopina się
exchange|Chcę zamienić na inny kolor
return|Nie pasuje mi, proszę o zwrot towaru
refund_status|Obiecaliście oddać pieniądze w poniedziałek, na koncie pusto
cancel|Proszę anulować, zanim zostanie wysłane
address|Przeprowadziłam się, czy można wysłać na nowy adres?
duty|Pobrano ode mnie cło 80 zł
invoice|Potrzebuję paragonu, proszę przesłać
payment|Zapłaciłem, a zamówienie widnieje jako nieopłacone
discount|A jak wezmę dwie sztuki, będzie taniej?
stock|Czy rozmiar S jeszcze się pojawi?
shipping_question|W ile dni dojdzie do Pragi?
usage|Jak zmienić język w zegarku?
warranty|Czy silnik ma gwarancję?
case|Jutro otwieram spór na platformie
no_answer|Piszę już trzeci raz, czemu milczycie?
complaint|Serwis okropny, więcej u was nie kupię
thanks|Otrzymałam, wszystko całe, dziękuję!
product_question|Czy pokrywka pasuje do garnka 24 cm?
`

func TestIntentsInRussianAndPolish(t *testing.T) {
	for line := range strings.SplitSeq(strings.TrimSpace(wishesSlavic), "\n") {
		want, text, _ := strings.Cut(line, "|")
		found := IntentsOf(text)
		if len(found) == 0 || found[0].ID != want {
			t.Errorf("%q wants %s; found %v", text, want, found)
		}
	}
	for _, text := range []string{"Да", "Здравствуйте", "Хорошо, жду", "Спортивный костюм великолепный", "Tak", "Dzień dobry", "Dobrze, czekam"} {
		if found := IntentsOf(text); len(found) > 0 {
			t.Errorf("%q wants %v", text, found)
		}
	}
}
