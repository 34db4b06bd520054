// Package dateword knows the names of months in the languages of the platforms.
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
