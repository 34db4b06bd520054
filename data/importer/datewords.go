package importer

import "strings"

// thaiMonths have points and marks inside, and go with years of the Buddhist
// era or ours.
var thaiMonths = strings.NewReplacer(
	"ม.ค.", "Jan", "มกราคม", "Jan", "ก.พ.", "Feb", "กุมภาพันธ์", "Feb", "มี.ค.", "Mar", "มีนาคม", "Mar", "เม.ย.", "Apr", "เมษายน", "Apr",
	"พ.ค.", "May", "พฤษภาคม", "May", "มิ.ย.", "Jun", "มิถุนายน", "Jun", "ก.ค.", "Jul", "กรกฎาคม", "Jul", "ส.ค.", "Aug", "สิงหาคม", "Aug",
	"ก.ย.", "Sep", "กันยายน", "Sep", "ต.ค.", "Oct", "ตุลาคม", "Oct", "พ.ย.", "Nov", "พฤศจิกายน", "Nov", "ธ.ค.", "Dec", "ธันวาคม", "Dec", "น.", "",
)

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
