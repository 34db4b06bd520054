package buyer

import (
	"strings"
	"unicode"

	"casebinder/data/mask"
)

// Phone is a number in the form in which it is compared: "+34612345677". Country is
// where it is dialed from, for a number without a country's code. "" where there is
// none, or where it is nobody's own: a placeholder, a number with an extension, one
// that a platform gives out to many.
func Phone(number, country string) string {
	if len(number) > 80 || extended(number) {
		return ""
	}
	digits, ok := mask.International(number, country)
	if !ok || placeholder(digits) || inForce().shared[digits] {
		return ""
	}
	return "+" + digits
}

// extended reports whether a number reaches a line behind it: one that many share.
func extended(number string) bool {
	low := strings.ToLower(number)
	for _, sign := range []string{"ext", " x", "доб", "#", "转", "轉", "分机", "分機", "内線"} {
		if strings.Contains(low, sign) {
			return true
		}
	}
	return false
}

// placeholder reports whether digits are what is typed where no number is given:
// one digit again and again, or all of them in a row.
func placeholder(digits string) bool {
	tail := digits[max(0, len(digits)-7):]
	up, down, same := true, true, true
	for i := 1; i < len(tail); i++ {
		up = up && (tail[i] == tail[i-1]+1 || tail[i-1] == '9' && tail[i] == '0')
		down = down && (tail[i]+1 == tail[i-1] || tail[i-1] == '0' && tail[i] == '9')
		same = same && tail[i] == tail[i-1]
	}
	return up || down || same
}

// PhoneEnd is the end of a number by which a person knows it again: "77".
func PhoneEnd(number string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, number)
	return digits[max(0, len(digits)-2):]
}
