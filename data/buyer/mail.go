package buyer

import (
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// maxMail is the longest address that there can be, by RFC 5321.
const maxMail = 254

// Mailbox is a mail address in the form in which it is compared: in small letters,
// without what its provider passes over. "" where there is none, or where it is
// nobody's own: a relay's, or a placeholder.
func Mailbox(address string) string {
	if len(address) > 4*maxMail {
		return ""
	}
	address = norm.NFKC.String(strings.ToValidUTF8(address, ""))
	if i := strings.LastIndexByte(address, '<'); i >= 0 { // Ana <ana@example.com>
		address, _, _ = strings.Cut(address[i+1:], ">")
	}
	address = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(address), "mailto:"))
	local, domain, ok := strings.Cut(address, "@")
	if !ok || local == "" || strings.Contains(domain, "@") || len(address) > maxMail || strings.ContainsFunc(address, noMail) {
		return ""
	}
	domain = strings.TrimSuffix(domain, ".")
	if strings.HasPrefix(domain, "xn--") || strings.Contains(domain, ".xn--") {
		if plain, err := idna.ToUnicode(domain); err == nil {
			domain = plain
		}
	}
	if i := strings.IndexByte(domain, '.'); i <= 0 || i == len(domain)-1 {
		return ""
	}
	return inForce().mailbox(local, domain)
}

func noMail(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`,;:"()[]`, r)
}

func (r *rules) mailbox(local, domain string) string {
	if r.relayed(domain) || r.noDomains[domain] {
		return ""
	}
	p := r.providers[domain]
	if p.Tag != "" {
		local, _, _ = strings.Cut(local, p.Tag)
	}
	if p.Dots {
		local = strings.ReplaceAll(local, ".", "")
	}
	if p.As != "" {
		domain = p.As
	}
	if local == "" || r.locals[local] {
		return ""
	}
	return local + "@" + domain
}

// relayed reports whether a domain hides who is behind an address.
func (r *rules) relayed(domain string) bool {
	for _, relay := range r.relays {
		open, any := strings.CutSuffix(relay, "*")
		if domain == relay || strings.HasSuffix(domain, "."+relay) || any && (strings.HasPrefix(domain, open) || strings.Contains(domain, "."+open)) {
			return true
		}
	}
	return false
}
