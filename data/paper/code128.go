package paper

import "casebinder/data/pdf"

// patterns are the bars and spaces of Code 128's symbols by value, in modules
// (ISO/IEC 15417): three bars and three spaces, the bar first; 106 is the stop
// with its last bar.
var patterns = [107]string{
	"212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132",
	"122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212",
	"322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311",
	"112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321",
	"331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
	"112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242", "121142", "121241", "114212",
	"124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113",
	"411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
}

const (
	toCodeC, toCodeB     = 99, 100
	startCodeB, startC   = 104, 105
	stopCode, checkModul = 106, 103
	quietModules         = 10 // of white on either side
	longestCode          = 48 // characters: longer ones fit no paper
)

// code128 gives the values of the symbols of a text, with start, check and stop;
// false where Code 128 has not all of its characters, or it is too long. Runs of
// four digits and more are packed two to a symbol.
func code128(text string) ([]int, bool) {
	if text == "" || len(text) > longestCode {
		return nil, false
	}
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return nil, false
		}
	}
	var values []int
	for i := 0; i < len(text); {
		run := digits(text[i:])
		if even := run &^ 1; run >= 4 {
			if run != even && i > 0 { // the odd digit stands before, in the set that holds
				values = append(values, int(text[i]-' '))
				i++
			}
			values = append(values, switched(values, toCodeC, startC))
			for range even / 2 {
				values = append(values, int(text[i]-'0')*10+int(text[i+1]-'0'))
				i += 2
			}
			if i < len(text) {
				values = append(values, toCodeB)
			}
			continue
		}
		if len(values) == 0 {
			values = append(values, startCodeB)
		}
		for n := max(run, 1); n > 0; n-- {
			values = append(values, int(text[i]-' '))
			i++
		}
	}
	sum := values[0]
	for i, v := range values[1:] {
		sum += (i + 1) * v
	}
	return append(values, sum%checkModul, stopCode), true
}

// switched is the value that begins a set of characters: a start where nothing
// stands before it.
func switched(before []int, to, start int) int {
	if len(before) == 0 {
		return start
	}
	return to
}

// digits counts the digits at the beginning of a text.
func digits(text string) int {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}

// A barcode is a code that can be drawn in a width.
type barcode struct {
	values []int
	module pdf.Length
}

// The width of the narrowest bar: what a phone and a label printer at 203 dots an
// inch still do, and what is wide enough.
const (
	leastModule = 250 * pdf.MM / 1000
	mostModule  = 400 * pdf.MM / 1000
)

// barcodeIn makes a barcode no wider than width, its white edges included; false
// where the text has none that could be read.
func barcodeIn(text string, width pdf.Length) (barcode, bool) {
	values, ok := code128(text)
	if !ok {
		return barcode{}, false
	}
	b := barcode{values: values}
	b.module = min(width/b.modules(), mostModule)
	return b, b.module >= leastModule
}

func (b barcode) modules() pdf.Length { return pdf.Length(11*len(b.values) + 2 + 2*quietModules) }

func (b barcode) width() pdf.Length { return b.module * b.modules() }

// draw draws it, its white edges included; x, y is its upper left corner.
func (b barcode) draw(page *pdf.Page, x, y, height pdf.Length) {
	x += quietModules * b.module
	for _, v := range b.values {
		for i, n := range patterns[v] {
			w := pdf.Length(n-'0') * b.module
			if i%2 == 0 {
				page.FillRect(x, y, w, height, pdf.Black)
			}
			x += w
		}
	}
}
