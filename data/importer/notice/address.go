package notice

import (
	"strings"
	"unicode"

	"github.com/jhillyerd/enmime/v2"
)

// addressesOf reads an address list; what the standard reader refuses is read
// by its last angle brackets.
func addressesOf(value string) (name string, addresses []string) {
	if list, err := enmime.ParseAddressList(value); err == nil {
		for _, a := range list {
			if address := plainAddress(a.Address); address != "" {
				addresses = append(addresses, address)
				name = line(unword(a.Name))
			}
		}
		return name, addresses
	}
	value = unword(value)
	if open, end := strings.LastIndexByte(value, '<'), strings.LastIndexByte(value, '>'); open >= 0 && end > open {
		if address := plainAddress(value[open+1 : end]); address != "" {
			return line(strings.Trim(value[:open], `" `)), []string{address}
		}
		return "", nil
	}
	if address := plainAddress(value); address != "" {
		return "", []string{address}
	}
	return "", nil
}

// plainAddress gives an address in small letters, or "" for what is none.
func plainAddress(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at == len(s)-1 || len(s) > 320 || strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`<>,;"`, r)
	}) {
		return ""
	}
	return strings.TrimSuffix(s, ".")
}

// stripComment takes "(PDT)" off a date.
func stripComment(s string) string {
	if i := strings.LastIndexByte(s, '('); i > 0 {
		return strings.TrimSpace(s[:i])
	}
	return s
}
