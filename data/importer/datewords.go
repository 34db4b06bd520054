package importer

import (
	"strings"
	"time"
)

// thaiMonths have points and marks inside, and go with years of the Buddhist
// era or ours.
var thaiMonths = strings.NewReplacer(
	"ม.ค.", "Jan", "มกราคม", "Jan", "ก.พ.", "Feb", "กุมภาพันธ์", "Feb", "มี.ค.", "Mar", "มีนาคม", "Mar", "เม.ย.", "Apr", "เมษายน", "Apr",
	"พ.ค.", "May", "พฤษภาคม", "May", "มิ.ย.", "Jun", "มิถุนายน", "Jun", "ก.ค.", "Jul", "กรกฎาคม", "Jul", "ส.ค.", "Aug", "สิงหาคม", "Aug",
	"ก.ย.", "Sep", "กันยายน", "Sep", "ต.ค.", "Oct", "ตุลาคม", "Oct", "พ.ย.", "Nov", "พฤศจิกายน", "Nov", "ธ.ค.", "Dec", "ธันวาคม", "Dec", "น.", "",
)

// weekdays may stand before a date or behind it. One that is not the date's says
// that something in it is wrong.
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

// fillers stand between the parts of a date.
var fillers = wordSet(strings.Fields("de del of di en d năm г р roku"))

// beforeClock stands between the day and the time of day.
var beforeClock = []string{"at ", "um ", "à ", "a las ", "a la ", "às ", "alle ore ", "alle ", "ore ", "klo ", "kl. ", "kl ", "om ", "o godz. ", "в ", "о ", "jam "}

// dayHalves tell morning from afternoon; dots and spaces in them do not count.
var dayHalves = []struct {
	word string
	half dayHalf
}{
	{"上午", beforeNoon},
	{"凌晨", beforeNoon},
	{"早上", beforeNoon},
	{"清晨", beforeNoon},
	{"오전", beforeNoon},
	{"午前", beforeNoon},
	{"下午", afterNoon},
	{"晚上", afterNoon},
	{"傍晚", afterNoon},
	{"오후", afterNoon},
	{"午後", afterNoon},
	{"中午", aroundNoon},
	{"am", beforeNoon},
	{"pm", afterNoon},
	{"sa", beforeNoon},
	{"ch", afterNoon},
	{"öö", beforeNoon},
	{"ös", afterNoon},
}

// hourSigns stand between hour and minute, minuteSigns behind the minutes.
var (
	hourSigns   = []string{":", "h", "H", ".", "时", "時", "點", "点", "시"}
	minuteSigns = []string{"分", "분"}
	afterTime   = []string{"秒", "초", "Uhr", "uhr", "hrs", "Hrs", "h"}
)
