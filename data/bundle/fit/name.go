package fit

import (
	"fmt"
	"strconv"
	"strings"
)

// number gives the files their names and the pages their numbers.
func (pl *planner) number(l *laid) {
	next := 1
	for i := range l.files {
		f := &l.files[i]
		if f.Pages > 0 {
			f.First = next
			next += f.Pages
		}
		l.bytes += f.Bytes
		f.Name = pl.name(i+1, len(l.files), *f)
	}
	l.pages = next - 1
}

// name names a file: its place, what it begins with, its ending.
func (pl *planner) name(n, of int, f File) string {
	if pl.p.Form == FormBundle {
		return "bundle.pdf"
	}
	number := fmt.Sprintf("%0*d", len(strconv.Itoa(of)), n)
	what := plainName(f.Category)
	if what == "" && len(f.Items) > 0 {
		what = pl.subject(f.Items[0])
	}
	if what == "" {
		what = "evidence"
	}
	dash := "-"
	if pl.p.ASCIINames {
		dash = ""
		what = strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, what)
	}
	ending := ""
	if f.Type != "" {
		ending = "." + f.Type
	}
	if room := pl.p.Max(LimitNameChars); room > 0 {
		room -= int64(len(number) + len(dash) + len(ending))
		what = what[:max(0, min(int64(len(what)), room))]
		if what == "" {
			dash = ""
		}
	}
	return number + dash + what + ending
}

// subject is what an item is called in a file's name.
func (pl *planner) subject(id string) string {
	kind, name, _ := strings.Cut(id, ":")
	if kind == "section" {
		return plainName(name)
	}
	return plainName(kind + "-" + name)
}

// plainName keeps lower-case letters, digits and hyphens.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}
