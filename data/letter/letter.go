// Package letter shows what people send that is no picture and no PDF: mails,
// web pages and Word files, as text with the pictures that lie in them.
//
// Its one rule: it runs nothing, opens nothing that is not in the file, and what it
// leaves out it counts. Fonts, colors and tables are left behind: what counts is
// what was written, in its order.
//
// # Hostile input
//
// A file may have [MaxFile] bytes, what it unfolds to and its text are bounded as
// well; a fault of a reader is a damaged file.
package letter

import (
	"context"
	"fmt"
	"path"
	"strings"

	"casebinder/data"
)

// The limits.
const (
	MaxFile     = 64 << 20 // bytes
	MaxText     = 1 << 20  // bytes of text: about 400 pages; what is longer is cut
	MaxPictures = 200
	maxUnfolded = 128 << 20 // bytes of what lies packed in a file
)

// A Letter is what a file says.
type Letter struct {
	Fields      []Field // of a mail: who wrote to whom, when, about what
	Pieces      []Piece
	Attachments []Attachment // that are not shown
	Absent      int          // pictures that lie elsewhere, which are never fetched
	Cut         bool         // there is more of it than is shown
}

// A Field is a line of a mail's head, or of a saved page's. Its name is one of From,
// To, Cc, Date, Subject and, of a page, Page: where it was.
type Field struct{ Name, Value string }

// A Piece is text or a picture.
type Piece struct {
	Text    string
	Picture []byte // as it is in the file; nil for text
}

// An Attachment is a file in a mail.
type Attachment struct {
	Name    string
	Size    int
	Content []byte // nil where it was not kept
}

// ProblemDamaged is that a file cannot be taken apart.
var ProblemDamaged = data.DefineProblem("letter_damaged", data.ErrDamaged,
	"The file cannot be read: {detail}.",
	"Open it in the program that made it, print it to a PDF, and add that.")

func damaged(cause error, detail string) error { return ProblemDamaged.Wrap(cause, "detail", detail) }

// A Kind is a kind of file that is shown as a letter.
type Kind int

// The kinds.
const (
	None Kind = iota
	Mail
	Outlook
	Page
	Word
	Archive // a web page saved with its pictures (.mhtml)
)

// KindOf tells the kind of a file by its type, and where that says little, by its
// name.
func KindOf(mime, name string) Kind {
	mime, _, _ = strings.Cut(mime, ";")
	ending := strings.ToLower(path.Ext(name))
	switch {
	case (ending == ".mhtml" || ending == ".mht") && (mime == "message/rfc822" || mime == "text/plain" || mime == "multipart/related"):
		return Archive
	case mime == "message/rfc822", ending == ".eml" && mime == "text/plain":
		return Mail
	case mime == "text/html", mime == "application/xhtml+xml":
		return Page
	case mime == "application/vnd.ms-outlook", ending == ".msg" && mime == "application/octet-stream":
		return Outlook
	case strings.HasSuffix(mime, "wordprocessingml.document"), ending == ".docx" && mime == "application/zip":
		return Word
	}
	return None
}

// Read takes a file of a kind apart.
func Read(ctx context.Context, kind Kind, raw []byte) (l Letter, err error) {
	defer func() { // the readers are not all made for hostile files
		if fault := recover(); fault != nil {
			l, err = Letter{}, damaged(fmt.Errorf("%v", fault), "its parts contradict each other")
		}
	}()
	switch kind {
	case Mail:
		l, err = readMail(ctx, raw)
	case Outlook:
		l, err = readOutlook(ctx, raw)
	case Page:
		l.add(fromHTML(decode(raw, ""), nil))
	case Word:
		l, err = readWord(raw)
	case Archive:
		l, err = readArchive(ctx, raw)
	default:
		err = damaged(nil, "its kind is not known")
	}
	if err != nil {
		return Letter{}, err
	}
	l.bound()
	return l, ctx.Err()
}

// A page is what was read of a web page.
type page struct {
	pieces []Piece
	absent int
}

func (l *Letter) add(p page) {
	l.Pieces = append(l.Pieces, p.pieces...)
	l.Absent += p.absent
}

// bound keeps a letter within the limits, and its text clean.
func (l *Letter) bound() {
	text, pictures := 0, 0
	kept := l.Pieces[:0:0]
	for _, p := range l.Pieces {
		if p.Picture != nil {
			if pictures++; pictures > MaxPictures {
				l.Cut = true
				continue
			}
			kept = append(kept, p)
			continue
		}
		p.Text = clean(p.Text)
		if text+len(p.Text) > MaxText {
			p.Text, l.Cut = strings.ToValidUTF8(p.Text[:MaxText-text], ""), true
		}
		text += len(p.Text)
		if strings.TrimSpace(p.Text) != "" {
			kept = append(kept, p)
		}
	}
	l.Pieces = kept
	for i := range l.Fields {
		l.Fields[i].Value = strings.Join(strings.Fields(clean(l.Fields[i].Value)), " ")
		if v := &l.Fields[i].Value; len(*v) > 2000 {
			*v, l.Cut = strings.ToValidUTF8((*v)[:2000], "")+" …", true
		}
	}
	if len(l.Attachments) > 500 {
		l.Attachments, l.Cut = l.Attachments[:500], true
	}
}

// PlainText gives the words of a piece of a web page, without what it runs or shows.
func PlainText(source string) string {
	l := Letter{}
	l.add(fromPage(source, func(string) []byte { return nil }, nil))
	l.bound()
	var text strings.Builder
	for _, p := range l.Pieces {
		text.WriteString(p.Text)
	}
	lines := strings.Split(text.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// clean takes out what no page shows.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7F || r == 0xFEFF {
			return -1
		}
		return r
	}, s)
}
