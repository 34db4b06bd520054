package importer

import "strings"

// thaiMonths have points and marks inside, and go with years of the Buddhist
// era or ours.
var thaiMonths = strings.NewReplacer(
	"ม.ค.", "Jan", "มกราคม", "Jan", "ก.พ.", "Feb", "กุมภาพันธ์", "Feb", "มี.ค.", "Mar", "มีนาคม", "Mar", "เม.ย.", "Apr", "เมษายน", "Apr",
	"พ.ค.", "May", "พฤษภาคม", "May", "มิ.ย.", "Jun", "มิถุนายน", "Jun", "ก.ค.", "Jul", "กรกฎาคม", "Jul", "ส.ค.", "Aug", "สิงหาคม", "Aug",
	"ก.ย.", "Sep", "กันยายน", "Sep", "ต.ค.", "Oct", "ตุลาคม", "Oct", "พ.ย.", "Nov", "พฤศจิกายน", "Nov", "ธ.ค.", "Dec", "ธันวาคม", "Dec", "น.", "",
)

// weekdays may stand before a date and say nothing new.
var weekdays = wordSet(strings.Fields(`mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday
	mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag
	lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche
	lunes martes mié mie miércoles jue jueves vie viernes sáb sab sábado dom domingo
	lunedì martedì mercoledì gio giovedì venerdì sabato domenica seg segunda ter terça qua quarta qui quinta sex sexta
	ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo zondag
	pon poniedziałek wt wtorek śr środa czw czwartek pt piątek sob sobota niedz niedziela
	må mån måndag tis tisdag ons onsdag tor tors torsdag fre fredag lör lördag lø lør lørdag sø søn søndag sön söndag man mandag tirs tirsdag
	пн вт ср чт пт сб вс понедельник вторник среда четверг пятница суббота воскресенье
	senin selasa rabu kamis jumat sabtu minggu sen sel rab kam jum min pzt sal çar per cum cmt paz
	月 火 水 木 金 土 日 월 화 수 목 금 토 일 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日 週一 週二 週三 週四 週五 週六 週日`))

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
