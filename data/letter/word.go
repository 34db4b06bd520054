package letter

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// readWord gives the text of a Word file with its pictures (ECMA-376, part 1).
func readWord(raw []byte) (Letter, error) {
	files, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return Letter{}, damaged(err, "it is no Word file")
	}
	w := &wordReader{files: files, left: maxUnfolded, targets: map[string]string{}}
	body, err := w.file("word/document.xml")
	if err != nil {
		return Letter{}, err
	}
	if body == nil {
		return Letter{}, damaged(nil, "it is no Word file")
	}
	if err := w.relations(); err != nil {
		return Letter{}, err
	}
	if err := w.read(body); err != nil {
		return Letter{}, err
	}
	for _, name := range []string{"word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"} {
		more, err := w.file(name)
		if err == nil && more != nil {
			err = w.read(more)
		}
		if err != nil {
			return Letter{}, err
		}
	}
	return Letter{Pieces: w.pieces, Absent: w.absent}, nil
}

// A wordReader gathers what a Word file shows.
type wordReader struct {
	page
	files   *zip.Reader
	left    int64             // what may still be unpacked
	targets map[string]string // files of pictures, by their relation
	text    strings.Builder
}

// file unpacks a file of the archive; nil where there is none.
func (w *wordReader) file(name string) ([]byte, error) {
	for _, f := range w.files.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, damaged(err, "a part of it cannot be unpacked")
		}
		defer r.Close()
		content, err := io.ReadAll(io.LimitReader(r, w.left+1))
		if err != nil {
			return nil, damaged(err, "a part of it cannot be unpacked")
		}
		if w.left -= int64(len(content)); w.left < 0 {
			return nil, damaged(nil, "it unfolds to far more than its size")
		}
		return content, nil
	}
	return nil, nil
}

// relations reads where the pictures lie.
func (w *wordReader) relations() error {
	raw, err := w.file("word/_rels/document.xml.rels")
	if err != nil || raw == nil {
		return err
	}
	var list struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
			Mode   string `xml:"TargetMode,attr"`
		}
	}
	if err := xml.Unmarshal(raw, &list); err != nil {
		return damaged(err, "its parts are not written as they should be")
	}
	for _, r := range list.Relationship {
		if r.Mode != "External" {
			w.targets[r.ID] = strings.TrimPrefix(path.Join("/word", r.Target), "/")
			if strings.HasPrefix(r.Target, "/") {
				w.targets[r.ID] = strings.TrimPrefix(path.Clean(r.Target), "/")
			}
		}
	}
	return nil
}

// read walks a part of the document.
func (w *wordReader) read(raw []byte) error {
	d := xml.NewDecoder(bytes.NewReader(raw))
	inText := false
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return damaged(err, "its parts are not written as they should be")
		}
		switch t := token.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			w.begin(t)
		case xml.EndElement:
			inText = false
			switch t.Name.Local {
			case "p", "tr":
				w.text.WriteByte('\n')
			case "tc":
				w.text.WriteByte('\t')
			}
		case xml.CharData:
			if inText {
				w.text.Write(t)
			}
		}
	}
	w.flush()
	return nil
}

func (w *wordReader) begin(t xml.StartElement) {
	switch t.Name.Local {
	case "tab":
		w.text.WriteByte('\t')
	case "br", "cr":
		w.text.WriteByte('\n')
	case "blip", "imagedata":
		for _, a := range t.Attr {
			if a.Name.Local == "embed" || a.Name.Local == "id" && t.Name.Local == "imagedata" {
				w.picture(w.targets[a.Value])
			}
		}
	}
}

func (w *wordReader) picture(name string) {
	if len(w.pieces) > 2*MaxPictures {
		w.absent++
		return
	}
	raw, err := w.file(name)
	if err != nil || !shown(raw) {
		w.absent++
		return
	}
	w.flush()
	w.pieces = append(w.pieces, Piece{Picture: raw})
}

func (w *wordReader) flush() {
	if text := w.text.String(); strings.TrimSpace(text) != "" {
		w.pieces = append(w.pieces, Piece{Text: text})
	}
	w.text.Reset()
}
