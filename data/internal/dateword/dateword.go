// Package dateword knows the names of months and days of the week in the languages
// of the platforms.
//
// Its one rule: a word that names two months in two languages names none.
package dateword

import (
	"strings"
	"time"
)

// monthWords are the months in full, as they stand in dates, and short, one month
// a line; listopad, which is October or November, is in none.
const monthWords = `jan january januar jänner jän janvier janv enero ene gennaio gen janeiro januari styczeń stycznia sty leden ledna tammikuu tammikuuta január ianuarie ian ocak oca январь января янв січень січня січ
feb february februar feber février févr fév fevrier febrero febbraio fevereiro fev februari pebruari luty lutego lut únor února helmikuu helmikuuta február febr februarie şubat şub февраль февраля фев февр лютий лютого лют
mar march märz mär mrz mars marzo março maart mrt marts maret mac marzec marca březen března maaliskuu maaliskuuta március márc martie mart март марта мар березень березня бер
apr april avril avr abril abr aprile kwiecień kwietnia kwi duben dubna huhtikuu huhtikuuta április ápr aprilie nisan nis апрель апреля апр квітень квітня квіт
may mai mayo maggio mag maio mei maj květen května toukokuu toukokuuta május máj mayıs май мая травень травня трав
jun june juni juin junio giugno giu junho czerwiec czerwca cze červen června kesäkuu kesäkuuta június jún iunie iun haziran haz июнь июня июн червень червня черв
jul july juli juillet juil julio luglio lug julho julai lipiec lipca lip červenec července heinäkuu heinäkuuta július júl iulie iul temmuz tem июль июля июл липень липня лип
aug august août aout agosto ago augustus augusti agustus agu agt ogos ogs sierpień sierpnia sie srpen srpna elokuu elokuuta augusztus ağustos ağu август августа авг серпень серпня серп
sep sept september septembre septiembre settembre set setembro wrzesień września wrz září syyskuu syyskuuta szeptember szept septembrie eylül eyl сентябрь сентября сен сент вересень вересня вер
oct october oktober okt octobre octubre ottobre ott outubro out październik października paź říjen října lokakuu lokakuuta október octombrie ekim eki октябрь октября окт жовтень жовтня жовт
nov november novembre noviembre novembro marraskuu marraskuuta noiembrie kasım kas ноябрь ноября ноя нояб листопад листопада лист
dec december dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des disember dis grudzień grudnia gru prosinec prosince joulukuu joulukuuta decembrie aralık ara декабрь декабря дек грудень грудня груд`

var months = func() map[string]time.Month {
	all := map[string]time.Month{}
	for i, line := range strings.Split(monthWords, "\n") {
		for _, word := range strings.Fields(line) {
			all[word] = time.Month(i + 1)
		}
	}
	return all
}()

// Month gives the month that a word in small letters names, without a dot.
func Month(word string) (time.Month, bool) {
	m, ok := months[word]
	return m, ok
}

// weekdays are the days of the week in full and short, Monday first.
var weekdays = func() map[string]time.Weekday {
	all := map[string]time.Weekday{}
	for _, week := range strings.Split(`mon monday|tue tues tuesday|wed wednesday|thu thur thurs thursday|fri friday|sat saturday|sun sunday
mo montag|di dienstag|mi mittwoch|do donnerstag|fr freitag|sa samstag sonnabend|so sonntag
lun lundi|mar mardi|mer mercredi|jeu jeudi|ven vendredi|sam samedi|dim dimanche
lunes|martes|mié mie miércoles|jue jueves|vie viernes|sáb sab sábado|dom domingo
lunedì|martedì|mercoledì|gio giovedì|venerdì|sabato|domenica
seg segunda|ter terça|qua quarta|qui quinta|sex sexta||
ma maandag|dinsdag|wo woensdag|donderdag|vr vrijdag|za zaterdag|zo zondag
pon poniedziałek|wt wtorek|śr środa|czw czwartek|pt piątek|sob sobota|niedz niedziela
må mån måndag|tis tisdag|ons onsdag|tor tors torsdag|fre fredag|lör lördag lø lør lørdag|sø søn søndag sön söndag
man mandag|tirs tirsdag|||||
пн понедельник|вт вторник|ср среда|чт четверг|пт пятница|сб суббота|вс воскресенье
senin sen|selasa sel|rabu rab|kamis kam|jumat jum|sabtu|minggu min
pzt|sal|çar|per|cum|cmt|paz
月|火|水|木|金|土|日
월|화|수|목|금|토|일
星期一 周一 週一|星期二 周二 週二|星期三 周三 週三|星期四 周四 週四|星期五 周五 週五|星期六 周六 週六|星期日 星期天 周日 週日`, "\n") {
		for i, names := range strings.Split(week, "|") {
			for _, name := range strings.Fields(names) {
				all[name] = time.Weekday((i + 1) % 7)
			}
		}
	}
	return all
}()

// Weekday gives the day of the week that a word in small letters names, without a
// dot.
func Weekday(word string) (time.Weekday, bool) {
	d, ok := weekdays[word]
	return d, ok
}
