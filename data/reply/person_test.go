package reply

import (
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// Names of all markets, worked by hand: name | country | given name | whole name.
// An empty given name and a whole one: greeted by the whole name, or neutrally;
// both empty: always neutrally.
const workedNames = `
Ana García|ES|Ana|Ana García
ANA GARCÍA MUESTRA|ES|Ana|Ana García Muestra
ana garcía|ES|Ana|Ana García
García López, Ana María|ES|Ana|Ana María García López
MARIA DE LA TORRE|ES|Maria|Maria de la Torre
Sra. Ana García|ES|Ana|Ana García
Don Carlos Ruiz|ES|Carlos|Carlos Ruiz
Don Smith|US|Don|Don Smith
D. Carlos Ruiz|ES||D. Carlos Ruiz
José Luis Pérez-Muestra|MX|José|José Luis Pérez-Muestra
LIC. JUAN PEREZ|MX|Juan|Juan Perez
ARQ. ROSA DEL CAMPO|MX|Rosa|Rosa del Campo
Muestra S.L.|ES||
TIENDA EJEMPLO|ES||
Comercial Ejemplo SLU|ES||
João da Silva|BR|João|João da Silva
JOÃO PEDRO DOS SANTOS|BR|João|João Pedro dos Santos
Maria Sá|PT|Maria|Maria Sá
José Carlos Souza Filho|BR|José|José Carlos Souza
Exemplo Comércio Ltda|BR||
Dra. Beatriz Amostra|BR|Beatriz|Beatriz Amostra
Dr. Hans Müller|DE|Hans|Hans Müller
Dr. Müller|DE||
Prof. Dr. Anna Beispiel|DE|Anna|Anna Beispiel
Dipl.-Ing. Karl Muster|DE|Karl|Karl Muster
Herr Muster|DE||
Frau Anna-Lena Muster|DE|Anna-Lena|Anna-Lena Muster
Freiherr von Muster|DE|Freiherr|Freiherr von Muster
JÜRGEN VON DER HEIDE|DE|Jürgen|Jürgen von der Heide
Muster GmbH|DE||
Muster & Söhne|DE||
Anna Muster c/o Beispiel GmbH|DE|Anna|Anna Muster
Anna Muster (Hinterhaus)|DE|Anna|Anna Muster
Packstation 123|DE||
Weiß, Jörg|DE|Jörg|Jörg Weiß
Marie-Claire Dupont|FR|Marie-Claire|Marie-Claire Dupont
DR. MARIE-CLAIRE DE LA TOUR|FR|Marie-Claire|Marie-Claire de la Tour
DUPONT Marie|FR|Marie|Dupont Marie
Marie DUPONT|FR|Marie|Marie Dupont
Mme Jeanne Exemple|FR|Jeanne|Jeanne Exemple
M. Jean Exemple|FR|Jean|Jean Exemple
Jean d'Exemple|FR|Jean|Jean d'Exemple
JEAN D'EXEMPLE|FR|Jean|Jean D'Exemple
SARL Exemple|FR||
Boutique Exemple|FR||
Mlle Exemple|FR||
Éloïse Le Gall|FR|Éloïse|Éloïse Le Gall
Giulia Rossi|IT|Giulia|Giulia Rossi
GIULIA D'ESEMPIO|IT|Giulia|Giulia D'Esempio
Dott. Marco Esempio|IT|Marco|Marco Esempio
Dott.ssa Carla Esempio|IT|Carla|Carla Esempio
Sig.ra Esempio|IT||
LUCA DELLA VALLE|IT|Luca|Luca della Valle
Esempio S.r.l.|IT||
Esempio SpA|IT||
Avv. Paolo Esempio|IT|Paolo|Paolo Esempio
Иванов Иван Иванович|RU|Иван|Иванов Иван Иванович
Иван Иванович Иванов|RU|Иван|Иван Иванович Иванов
ИВАНОВ ИВАН ИВАНОВИЧ|RU|Иван|Иванов Иван Иванович
Иван Иванович|RU|Иван|Иван Иванович
Иванов|RU||
Иванова|RU||
Иван|RU|Иван|Иван
Иванов Иван|RU|Иван|Иванов Иван
Иван Иванов|RU|Иван|Иван Иванов
Петрова Мария Сергеевна|RU|Мария|Петрова Мария Сергеевна
Мария Сергеевна Петрова|RU|Мария|Мария Сергеевна Петрова
ПЕТРОВА АННА|RU|Анна|Петрова Анна
Ильина Ольга Ильинична|RU|Ольга|Ильина Ольга Ильинична
Образцов И. И.|RU||Образцов И. И.
Алиев Тимур Рашид оглы|RU|Тимур|Алиев Тимур Рашид Оглы
Ivanov Ivan Ivanovich|RU|Ivan|Ivanov Ivan Ivanovich
IVANOV IVAN IVANOVICH|RU|Ivan|Ivanov Ivan Ivanovich
Anna Sergeevna Petrova|RU|Anna|Anna Sergeevna Petrova
Petrov Sidr|RU|Sidr|Petrov Sidr
Sidr Petrov|RU|Sidr|Sidr Petrov
ООО Образец|RU||
ИП Образцов|RU||
Олена Зразкова|UA|Олена|Олена Зразкова
Шевченко Тарас Григорович|UA|Тарас|Шевченко Тарас Григорович
г-н Иванов|RU||
山田太郎|JP|山田太郎|山田太郎
見本 結衣|JP|見本 結衣|見本 結衣
見本 結衣様|JP|見本 結衣|見本 結衣
ミホン ユイ|JP|ミホン ユイ|ミホン ユイ
株式会社見本|JP||
見本商店|JP||
YAMADA TARO|JP||Yamada Taro
Taro Yamada|JP||Taro Yamada
김견본|KR|김견본|김견본
김견본님|KR|김견본|김견본
김 견본|KR|김 견본|김 견본
주식회사 견본|KR||
Kim Gyeonbon|KR||Kim Gyeonbon
王小明|CN|王小明|王小明
王小明先生|CN|王小明|王小明
李女士|CN||
样品有限公司|CN||
Wang Xiaoming|CN||Wang Xiaoming
陳樣本|TW|陳樣本|陳樣本
Li Na|CN||Li Na
Jack Ma|US|Jack|Jack Ma
ليلى مثال|SA|ليلى|ليلى مثال
محمد بن مثال|AE|محمد|محمد بن مثال
السيد أحمد مثال|EG|أحمد|أحمد مثال
د. سارة مثال|EG|سارة|سارة مثال
الدكتور مثال|EG||
شركة المثال|SA||
Jan Kowalski|PL|Jan|Jan Kowalski
JAN KOWALSKI|PL|Jan|Jan Kowalski
Pan Jan Kowalski|PL|Jan|Jan Kowalski
Przykład Sp. z o.o.|PL||
Inż. Anna Przykład|PL|Anna|Anna Przykład
Jan van der Berg|NL|Jan|Jan van der Berg
JAN VAN DER BERG|NL|Jan|Jan van der Berg
Van der Berg, Jan|NL|Jan|Jan Van der Berg
IJSBRAND VOORBEELD|NL|IJsbrand|IJsbrand Voorbeeld
Dhr. Piet de Vries|NL|Piet|Piet de Vries
Voorbeeld B.V.|NL||
Mevr. Voorbeeld|NL||
Ayşe Yılmaz|TR|Ayşe|Ayşe Yılmaz
İBRAHİM ÖRNEK|TR|İbrahim|İbrahim Örnek
IŞIK ÖRNEK|TR|Işık|Işık Örnek
Ayşe Hanım|TR|Ayşe|Ayşe
Örnek Ticaret Ltd. Şti.|TR||
Sn. Örnek A.Ş.|TR||
คุณสมชาย ตัวอย่าง|TH|คุณสมชาย|คุณสมชาย ตัวอย่าง
สมชาย ตัวอย่าง|TH|สมชาย|สมชาย ตัวอย่าง
นาย สมชาย ตัวอย่าง|TH|สมชาย|สมชาย ตัวอย่าง
บริษัท ตัวอย่าง จำกัด|TH||
Nguyễn Văn An|VN|An|Nguyễn Văn An
NGUYỄN THỊ MẪU|VN|Mẫu|Nguyễn Thị Mẫu
Công ty Mẫu|VN||
Budi Contoh|ID|Budi|Budi Contoh
Bpk. Budi Contoh|ID|Budi|Budi Contoh
PT Contoh Indonesia Tbk|ID||
Toko Contoh|ID||
Siti binti Contoh|MY|Siti|Siti binti Contoh
SITI BINTI CONTOH|MY|Siti|Siti binti Contoh
Contoh Sdn Bhd|MY||
Sean O'Brien|IE|Sean|Sean O'Brien
sean o'brien|IE|Sean|Sean O'Brien
SEAN O'BRIEN|IE|Sean|Sean O'Brien
Sean O'brien|IE|Sean|Sean O'Brien
RONALD MCDONALD|US|Ronald|Ronald McDonald
Fiona Mcdonald|GB|Fiona|Fiona McDonald
Mary-Jane Sample|US|Mary-Jane|Mary-Jane Sample
MARY-JANE SAMPLE|US|Mary-Jane|Mary-Jane Sample
John Q. Sample|US|John|John Q. Sample
J. Sample|US||J. Sample
J R Sample|US||J R Sample
John Sample Jr.|US|John|John Sample
John Sample, Jr.|US|John|John Sample
Sample, John|US|John|John Sample
John Sample III|US|John|John Sample
Jane Sample, PhD|US|Jane|Jane Sample
Mr. John Sample|US|John|John Sample
Mr Sample|US||
Mrs. Sample|GB||
Sir John Sample|GB|John|John Sample
Miss Jane Sample|GB|Jane|Jane Sample
Dr.|US||
Dr|US||
Mr|US||
Sample Inc.|US||
Sample LLC|US||
The Sample Company|US||
Sample Trading Ltd|GB||
Sample Hotel|GB||
s***4|US||
S***4|ES||
A*** G***|ES||
张**|CN||
山***|JP||
j•••n|US||
buyer_2024|US||
es-ana-example42|ES||
john.sample@example.com|US||
@john|US||
john99|US||
12345|US||
#4711|US||
-|US||
N/A|US||
none|US||
Guest|US||
Amazon Customer|US||
eBay user|US||
a|US||
.|US||
??|US||
😀 Ana|ES||
Ana 😀|ES||
X Æ|US||X Æ
Björn Exempel|SE|Björn|Björn Exempel
Exempel AB|SE||
Søren Eksempel|DK|Søren|Søren Eksempel
Eksempel ApS|DK||
Åse Eksempel|NO|Åse|Åse Eksempel
Matti Esimerkki|FI|Matti|Matti Esimerkki
Esimerkki Oy|FI||
Minta Anna|HU|Anna|Minta Anna
MINTA ANNA|HU|Anna|Minta Anna
Minta Kft.|HU||
Jana Vzorová|CZ|Jana|Jana Vzorová
Ing. Jana Vzorová|CZ|Jana|Jana Vzorová
Vzor s.r.o.|CZ||
Ion Exemplu|RO|Ion|Ion Exemplu
Γιώργος Δείγμα|GR|Γιώργος|Γιώργος Δείγμα
ΓΙΩΡΓΟΣ ΔΕΙΓΜΑ|GR|Γιωργος|Γιωργος Δειγμα
דנה דוגמה|IL|דנה|דנה דוגמה
חברת דוגמה|IL||
Priya Namuna|IN|Priya|Priya Namuna
Smt. Priya Namuna|IN|Priya|Priya Namuna
R. Namuna|IN||R. Namuna
Ana  García |ES|Ana|Ana García
`

func TestPersonOf(t *testing.T) {
	count := 0
	for _, line := range strings.Split(strings.TrimSpace(workedNames), "\n") {
		part := strings.Split(line, "|")
		want := Person{part[2], part[3]}
		if got := PersonOf(part[0], part[1]); got != want {
			t.Errorf("%s, %s: %q %q, want %q %q", part[0], part[1], got.Given, got.Full, want.Given, want.Full)
		}
		count++
	}
	if count < 190 {
		t.Errorf("only %d names", count)
	}
}

func TestSalutation(t *testing.T) {
	for _, test := range []struct{ name, country, lang, want string }{
		{"Ana García", "ES", "es", "Hola, Ana:"},
		{"s***4", "ES", "es", "Hola:"},
		{"Ana García", "DE", "de", "Guten Tag Ana García,"},
		{"Dr. Müller", "DE", "de", "Guten Tag,"},
		{"Иванов Иван Иванович", "RU", "ru", "Здравствуйте, Иван!"},
		{"Иванов", "RU", "ru", "Здравствуйте!"},
		{"Ana García", "JP", "ja", "Ana García 様"},
		{"DR. MARIE-CLAIRE DE LA TOUR", "FR", "ja", "Marie-Claire de la Tour 様"},
		{"s***4", "JP", "ja", "お客様"},
		{"Ana García", "ES", "ko", "안녕하세요, Ana García 고객님."},
		{"Ana García", "ES", "zh-CN", "Ana 您好："},
		{"王小明", "CN", "zh-CN", "王小明您好："},
		{"Wang Xiaoming", "CN", "zh-CN", "Wang Xiaoming 您好："},
		{"Muster GmbH", "DE", "zh-TW", "您好："},
		{"Ana García", "ES", "pl", "Dzień dobry,"},
		{"ليلى مثال", "SA", "ar", "مرحبًا \u2068ليلى\u2069،"},
		{"Ana García", "SA", "ar", "مرحبًا \u2068Ana\u2069،"},
		{"s***4", "SA", "ar", "مرحبًا،"},
		{"SEAN O'BRIEN", "IE", "en", "Hello Sean,"},
		{"Dr.", "US", "en", "Hello,"},
		{"Nguyễn Văn An", "VN", "vi", "Chào anh/chị An,"},
		{"Sample LLC", "US", "nl", "Goedendag,"},
		{"Ayşe Yılmaz", "TR", "tr", "Sayın Ayşe Yılmaz,"},
		{"Jean Exemple", "FR", "fr", "Bonjour Jean,"},
		{"Ana", "ES", "xx", ""},
	} {
		if got := Salutation(PersonOf(test.name, test.country), test.lang); got != test.want {
			t.Errorf("%s in %s = %q, want %q", test.name, test.lang, got, test.want)
		}
	}
}

func FuzzPersonOf(f *testing.F) {
	for _, line := range strings.Split(strings.TrimSpace(workedNames), "\n") {
		part := strings.Split(line, "|")
		f.Add(part[0], part[1])
	}
	f.Fuzz(func(t *testing.T, name, country string) {
		p := PersonOf(name, country)
		if p.Given != "" && p.Full == "" || strings.ContainsAny(p.Full, "*@\n{}") {
			t.Errorf("%q gives %+v", name, p)
		}
	})
}

func TestAddressesAsThePostWants(t *testing.T) {
	for _, test := range []struct {
		lang    string
		address data.Address
		want    string
	}{
		{"en", data.Address{Name: "John Sample", Line1: "12 Sample St", Line2: "Apt 3", City: "Springfield", State: "IL", Postcode: "62701", Country: "US"}, "John Sample\n12 Sample St\nApt 3\nSpringfield, IL 62701\nUNITED STATES"},
		{"en", data.Address{Name: "John Sample", Line1: "12 Sample St", City: "Springfield", Postcode: "62701", Country: "US"}, "John Sample\n12 Sample St\nSpringfield, 62701\nUNITED STATES"},
		{"es", data.Address{Name: "Ana García", Line1: "Calle de la Muestra 5", City: "Madrid", Postcode: "28013", Country: "ES"}, "Ana García\nCalle de la Muestra 5\n28013 MADRID\nESPAÑA"},
		{"en", data.Address{Name: "Jane Sample", Line1: "1 Sample Rd", City: "Leeds", State: "West Yorkshire", Postcode: "ls1 1aa", Country: "GB"}, "Jane Sample\n1 Sample Rd\nLEEDS\nLS1 1AA\nUNITED KINGDOM"},
		{"de", data.Address{Name: "Anna Muster", Line1: "Musterweg 1", City: "Köln", Postcode: "50667", Country: "Germany"}, "Anna Muster\nMusterweg 1\n50667 Köln\nDEUTSCHLAND"},
		{"it", data.Address{Name: "Giulia Rossi", Line1: "Via Esempio 1", City: "Roma", State: "RM", Postcode: "00184", Country: "IT"}, "Giulia Rossi\nVia Esempio 1\n00184 ROMA RM\nITALIA"},
		{"pt-BR", data.Address{Name: "João da Silva", Line1: "Rua Exemplo 1", City: "São Paulo", State: "SP", Postcode: "01310-100", Country: "BR"}, "João da Silva\nRua Exemplo 1\nSão Paulo - SP\n01310-100\nBRASIL"},
		{"ja", data.Address{Name: "見本 結衣", Line1: "見本町1-2-3", City: "千代田区", State: "東京都", Postcode: "100-0001", Country: "JP"}, "〒100-0001\n東京都千代田区見本町1-2-3\n見本 結衣"},
		{"en", data.Address{Name: "Yui Mihon", Line1: "1-2-3 Mihoncho", City: "Chiyoda-ku", State: "Tokyo", Postcode: "100-0001", Country: "JP"}, "Yui Mihon\n1-2-3 Mihoncho\nChiyoda-ku, Tokyo 100-0001\nJAPAN"},
		{"ru", data.Address{Name: "Иван Образцов", Line1: "ул. Примерная, 1", City: "Москва", Postcode: "101000", Country: "RU"}, "Иван Образцов\nул. Примерная, 1\nМосква\n101000\nРОССИЯ"},
		{"hu", data.Address{Name: "Minta Anna", Line1: "Minta utca 1.", City: "Budapest", Postcode: "1051", Country: "HU"}, "Minta Anna\nBUDAPEST\nMinta utca 1.\n1051\nMAGYARORSZÁG"},
		{"en", data.Address{Name: "A Sample", Line1: "1 Road", City: "Toronto", State: "ON", Postcode: "m5v 1a1", Country: "CA"}, "A Sample\n1 Road\nTORONTO ON  M5V 1A1\nCANADA"},
		{"en", data.Address{Name: "A Sample", Line1: "1 Road", City: "Springfield", Country: "US"}, "A Sample\n1 Road\nSpringfield\nUNITED STATES"},
		{"en", data.Address{Name: "A Sample", Line1: "1 Road", City: "Town", Postcode: "1", Country: "Freedonia"}, "A Sample\n1 Road\n1 Town\nFREEDONIA"},
		{"en", data.Address{}, ""},
	} {
		if got := formatFor(test.lang, test.address.Country, time.UTC).address(test.address); got != test.want {
			t.Errorf("%+v =\n%s\nwant\n%s", test.address, got, test.want)
		}
	}
}

func TestCountriesInWords(t *testing.T) {
	for _, test := range []struct{ lang, country, want string }{
		{"es", "DE", "Alemania"},
		{"ja", "ES", "スペイン"},
		{"th", "US", "สหรัฐอเมริกา"},
		{"vi", "FR", "Pháp"},
		{"zh-TW", "KR", "南韓"},
		{"ar", "SA", "المملكة العربية السعودية"},
		{"de", "Spain", "Spanien"},
		{"en", "Freedonia", "Freedonia"},
		{"pl", "gb", "Wielka Brytania"},
	} {
		if got := formatFor(test.lang, "", time.UTC).countryName(test.country); got != test.want {
			t.Errorf("%s in %s = %q, want %q", test.country, test.lang, got, test.want)
		}
	}
}

// Values stay in order in a text from right to left, and the narrow spaces of
// French stand whatever the template has.
func TestMarksOfTheScript(t *testing.T) {
	c := invented()
	c.Order.Number = "112-7654321-1234567"
	c.Order.Items[0].Title = "\u202eMug\u200f"
	for _, test := range []struct{ lang, body, want string }{
		{"ar", "رقم الطلب {{ order.number }} ({{ item.title }})", "رقم الطلب \u2068112-7654321-1234567\u2069 (\u2068Mug\u2069)"},
		{"he", "{{ seller.signature }}", "\u2068Lin\u2069\n\u2068Willow Lane Home\u2069"},
		{"en", "{{ item.title }}", "Mug"},
		{"fr", "Bonjour : « {{ item.title }} » ! Vraiment ? Oui ; non", "Bonjour\u202f: «\u202fMug\u202f»\u202f! Vraiment\u202f? Oui\u202f; non"},
		{"en", "a : b", "a : b"},
	} {
		if d := mustRender(t, variant(test.lang, test.body), c); d.Text != test.want {
			t.Errorf("%s %q = %q, want %q", test.lang, test.body, d.Text, test.want)
		}
	}
}

// A template that reads a choice in a condition alone still tells that a person
// may give it, and what was said before counts.
func TestConditionsAskAndKnow(t *testing.T) {
	c := invented()
	delete(c.Extra, "delay.kind")
	d := mustRender(t, variant("en", `{% case delay.kind %}{% when "weather" %}storms{% else %}late{% endcase %}`), c)
	if d.Text != "late" || len(d.Missing) > 0 || len(d.Open) != 1 || d.Open[0] != "delay.kind" {
		t.Errorf("%+v", d)
	}
	d = mustRender(t, variant("en", `{% if said.not_received %}again{% endif %}{% if said.shipped %}never{% endif %} {{ snippet.hours | default: "-" }}`), c)
	if d.Text != "again -" {
		t.Errorf("%+v", d)
	}
	c.Snippets = map[string]map[string]string{"hours": {"": "9 to 5", "es": "de 9 a 5", "es-MX": "9 a 5"}}
	for lang, want := range map[string]string{"en": "9 to 5", "es": "de 9 a 5", "es-MX": "9 a 5", "es-AR": "de 9 a 5"} {
		if d = mustRender(t, variant(lang, "{{ snippet.hours }}"), c); d.Text != want {
			t.Errorf("%s: %+v", lang, d)
		}
	}
}
