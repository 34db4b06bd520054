package pdf

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"casebinder/data"
)

// The intermediate file is a magic line and records. All numbers are varints.
//
//	'O' number, parts, 'E'      an object; parts are 'B' length bytes, or 'R' number for a reference
//	'P' form, box, turn, unit, unpainted, missing
//	                            a page; unit is its UserUnit in thousandths
//	'L' number, hidden          a layer (optional content group); hidden is 0 or 1
//	'N' length text             why it cannot be in an archive PDF
//	'Z' objects                 the end; objects are numbered from 1 without a gap
//
// A file that could not be converted is the magic line and one record: 'X' length
// JSON, with the code of the problem and its arguments.
const annexMagic = "casebinder annex 3\n"

var errAnnexFormat = errors.New("the intermediate file of an annexed PDF is not whole")

// An annexReader reads records.
type annexReader struct{ r *bufio.Reader }

func openAnnex(path string) (*os.File, *annexReader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("reading an annexed PDF: %w", err)
	}
	r := bufio.NewReaderSize(f, 256<<10)
	magic := make([]byte, len(annexMagic))
	if _, err := io.ReadFull(r, magic); err != nil || string(magic) != annexMagic {
		f.Close()
		return nil, nil, errAnnexFormat
	}
	return f, &annexReader{r}, nil
}

func (r *annexReader) number() (int, error) {
	v, err := binary.ReadVarint(r.r)
	if err != nil || v > 1<<40 || v < -1<<40 {
		return 0, errAnnexFormat
	}
	return int(v), nil
}

// object goes through the parts of an object.
func (r *annexReader) object(literal func(n int) error, ref func(n int) error) error {
	for {
		kind, err := r.r.ReadByte()
		if err != nil {
			return errAnnexFormat
		}
		if kind == 'E' {
			return nil
		}
		n, err := r.number()
		if err != nil || n < 0 {
			return errAnnexFormat
		}
		switch kind {
		case 'B':
			err = literal(n)
		case 'R':
			err = ref(n)
		default:
			err = errAnnexFormat
		}
		if err != nil {
			return err
		}
	}
}

// page reads a page record.
func (r *annexReader) page() (p AnnexPage, err error) {
	var v [9]int
	for i := range v {
		if v[i], err = r.number(); err != nil {
			return p, err
		}
	}
	p.form, p.turn = v[0], Orientation(v[5])
	for i := range p.box {
		p.box[i] = Length(v[1+i])
	}
	unit := Length(v[6])
	p.Unpainted, p.Missing = v[7] != 0, v[8]
	p.Width, p.Height = (p.box[2]-p.box[0])*unit/1000, (p.box[3]-p.box[1])*unit/1000
	if p.turn >= 5 {
		p.Width, p.Height = p.Height, p.Width
	}
	if p.Width <= 0 || p.Height <= 0 {
		return p, errAnnexFormat
	}
	return p, nil
}

// text reads a length and so many bytes.
func (r *annexReader) text() ([]byte, error) {
	n, err := r.number()
	if err != nil || n < 0 || n > 1<<16 {
		return nil, errAnnexFormat
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r.r, text); err != nil {
		return nil, errAnnexFormat
	}
	return text, nil
}

// layer reads a layer record.
func (r *annexReader) layer() (l layer, err error) {
	if l.object, err = r.number(); err != nil {
		return l, err
	}
	hidden, err := r.number()
	l.hidden = hidden == 1
	return l, err
}

// problem reads an 'X' record.
func (r *annexReader) problem() error {
	text, err := r.text()
	if err != nil {
		return err
	}
	var report annexReport
	if err := json.Unmarshal(text, &report); err != nil {
		return errAnnexFormat
	}
	for _, kind := range []*data.ProblemKind{ProblemAnnexPassword, ProblemAnnexDamaged, ProblemAnnexLimit} {
		if kind.Code == report.Code {
			return &data.Problem{Kind: kind, Args: report.Args}
		}
	}
	return errors.New(report.Code)
}

// indexAnnex goes through an intermediate file once, checking that it is whole.
func indexAnnex(path string) (*Annex, error) {
	f, r, err := openAnnex(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	x := annexIndex{annexReader: r, annex: &Annex{file: path}}
	for {
		kind, err := r.r.ReadByte()
		if err != nil {
			return nil, errAnnexFormat
		}
		switch kind {
		case 'X':
			err = r.problem()
		case 'O':
			err = x.object()
		case 'P':
			err = x.page()
		case 'N':
			var why []byte
			why, err = r.text()
			x.annex.unfit = string(why)
		case 'L':
			_, err = r.layer()
		case 'Z':
			return x.end()
		default:
			err = errAnnexFormat
		}
		if err != nil {
			return nil, err
		}
	}
}

// An annexIndex is what was seen of an intermediate file so far.
type annexIndex struct {
	*annexReader
	annex   *Annex
	objects int
	highest int // number of an object, also of one that is only referred to
}

func (x *annexIndex) object() error {
	n, err := x.number()
	if err != nil {
		return err
	}
	x.objects, x.highest = x.objects+1, max(x.highest, n)
	skip := func(n int) error { _, err := x.r.Discard(n); return err }
	note := func(n int) error { x.highest = max(x.highest, n); return nil }
	return x.annexReader.object(skip, note)
}

func (x *annexIndex) page() error {
	p, err := x.annexReader.page()
	if err != nil {
		return err
	}
	x.highest = max(x.highest, p.form)
	x.annex.pages = append(x.annex.pages, p)
	return nil
}

// end compares what was seen with the last record.
func (x *annexIndex) end() (*Annex, error) {
	n, err := x.number()
	if err != nil {
		return nil, err
	}
	if x.highest > n || x.objects != n || len(x.annex.pages) == 0 {
		return nil, errAnnexFormat
	}
	x.annex.objects = n
	return x.annex, nil
}
