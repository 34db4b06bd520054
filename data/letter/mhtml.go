package letter

import (
	"bytes"
	"context"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"
)

// How deep pages lie in pages, and how many are read: a shop's own description is
// often a page of its own in the page of the platform.
const (
	maxNestedPages = 3
	maxPages       = 100
)

// A savedPage is a web page that a browser saved with all that lies in it (MHTML,
// RFC 2557): its parts are named by where they were, or by a Content-ID.
type savedPage struct {
	pages    map[string]string
	pictures map[string][]byte
	first    string // the page itself
	address  string
}

// readArchive takes a saved page apart: the page, with the pages in its frames where
// they stand, and its pictures. Styles, scripts and typefaces are left behind.
func readArchive(ctx context.Context, raw []byte) (Letter, error) {
	root, err := parts(ctx, raw)
	if err != nil {
		return Letter{}, err
	}
	a := savedPage{pages: map[string]string{}, pictures: map[string][]byte{}}
	a.sort(root)
	if a.first == "" {
		return Letter{}, damaged(nil, "it holds no page")
	}
	var l Letter
	address := strings.TrimSpace(root.Header.Get("Snapshot-Content-Location"))
	if address == "" {
		address = a.address
	}
	for _, f := range []Field{{"Page", address}, {"Subject", words(root.Header.Get("Subject"))}, {"Date", root.Header.Get("Date")}} {
		if f.Value = strings.TrimSpace(f.Value); f.Value != "" {
			l.Fields = append(l.Fields, f)
		}
	}
	left := maxPages
	l.add(a.read(a.first, 0, &left))
	return l, ctx.Err()
}

// sort names the parts.
func (a *savedPage) sort(p *enmime.Part) {
	for ; p != nil; p = p.NextSibling {
		a.part(p)
		a.sort(p.FirstChild)
	}
}

func (a *savedPage) part(p *enmime.Part) {
	if p.FirstChild != nil || len(p.Content) == 0 {
		return
	}
	var names []string
	if id := strings.Trim(p.ContentID, "<> "); id != "" {
		names = append(names, "cid:"+id)
	}
	at := strings.TrimSpace(p.Header.Get("Content-Location"))
	if at != "" {
		names = append(names, at)
	}
	switch kind := strings.ToLower(p.ContentType); {
	case kind == "text/html" || kind == "application/xhtml+xml":
		text := decode(p.Content, "")
		if a.first == "" {
			a.first, a.address = text, at
		}
		for _, name := range names {
			if _, there := a.pages[name]; !there {
				a.pages[name] = text
			}
		}
	case shown(p.Content):
		for _, name := range names {
			if a.pictures[name] == nil {
				a.pictures[name] = p.Content
			}
		}
	}
}

// read gives what a page shows; left is how many pages in it may still be read.
func (a *savedPage) read(source string, depth int, left *int) page {
	return fromPage(source, func(at string) []byte { return a.pictures[a.named(at)] }, func(at string) (page, bool) {
		inner, ok := a.pages[a.named(at)]
		if !ok || depth == maxNestedPages || *left == 0 {
			return page{}, false
		}
		*left--
		return a.read(inner, depth+1, left), true
	})
}

// named is the name under which a part of the page lies.
func (a *savedPage) named(at string) string {
	at = strings.TrimSpace(at)
	if cid, ok := strings.CutPrefix(at, "cid:"); ok {
		if plain, err := url.PathUnescape(cid); err == nil {
			return "cid:" + plain
		}
		return at
	}
	if a.pictures[at] != nil || a.address == "" {
		return at
	}
	base, err := url.Parse(a.address)
	if err != nil {
		return at
	}
	whole, err := base.Parse(at)
	if err != nil {
		return at
	}
	return whole.String()
}

// savedComment is what the SingleFile extension writes at the head of a page.
var savedComment = regexp.MustCompile(`(?i)saved date:\s*([A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{4} \d{2}:\d{2}:\d{2} GMT[+-]\d{4})`)

// SavedAt is when a browser wrote a page down, as the file itself tells; zero where
// it does not. A file can be written anew by anybody: it is what the file says.
// head is the file's beginning; a few KB are enough.
func SavedAt(kind Kind, head []byte) time.Time {
	switch kind {
	case Archive:
		fields, _, _ := bytes.Cut(bytes.ReplaceAll(head[:min(len(head), 32<<10)], []byte("\r\n"), []byte("\n")), []byte("\n\n"))
		for line := range strings.Lines(string(fields)) {
			name, value, _ := strings.Cut(line, ":")
			if !strings.EqualFold(name, "Date") {
				continue
			}
			if at, err := mail.ParseDate(strings.TrimSpace(value)); err == nil {
				return plausible(at)
			}
		}
	case Page:
		if m := savedComment.FindSubmatch(head[:min(len(head), 4<<10)]); m != nil {
			if at, err := time.Parse("Mon Jan 02 2006 15:04:05 GMT-0700", string(m[1])); err == nil {
				return plausible(at)
			}
		}
	case None, Mail, Outlook, Word:
	}
	return time.Time{}
}

// plausible leaves out what no browser wrote.
func plausible(at time.Time) time.Time {
	if at.Year() < 1995 || at.Year() > 2200 {
		return time.Time{}
	}
	return at.UTC()
}
