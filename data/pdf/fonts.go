package pdf

import (
	"bytes"
	"fmt"
	"io/fs"
	"sync"

	"github.com/go-text/typesetting/font"

	"casebinder/data/truetype"
)

// A FontFile is a family: a regular TrueType face (glyf outlines, not variable)
// and, where there is one, its bold. Without a bold the regular is stroked.
type FontFile struct {
	Regular, Bold string // paths in the file system given to NewFonts
	Emoji         bool   // holds emoji: comes first where emoji are asked for, and is never stroked
}

// Fonts are the faces to choose from, in order of preference. They are read when
// first needed and may be shared by documents and goroutines.
type Fonts struct {
	fsys  fs.FS
	files []FontFile
	mu    sync.Mutex
	faces []*fontFace // regular at 2*i, bold at 2*i+1
}

// A fontFace is one loaded TrueType file.
type fontFace struct {
	from *Fonts
	path string
	font *font.Font
	upem int
}

// NewFonts gives fonts that are read from fsys.
func NewFonts(fsys fs.FS, files ...FontFile) *Fonts {
	return &Fonts{fsys: fsys, files: files, faces: make([]*fontFace, 2*len(files))}
}

// NotoFonts gives the Noto families that the program carries under fonts/: Latin,
// Cyrillic and Greek; Arabic; Hebrew; Thai; Devanagari; Chinese and Japanese;
// Korean; emoji. The large files come late: they are not even read for a text
// that can do without them.
func NotoFonts(fsys fs.FS) *Fonts {
	return NewFonts(
		fsys,
		FontFile{"fonts/NotoSans-Regular.ttf", "fonts/NotoSans-Bold.ttf", false},
		FontFile{"fonts/NotoSansArabic-Regular.ttf", "", false},
		FontFile{"fonts/NotoSansHebrew-Regular.ttf", "", false},
		FontFile{"fonts/NotoSansThai-Regular.ttf", "", false},
		FontFile{"fonts/NotoSansDevanagari-Regular.ttf", "", false},
		FontFile{"fonts/NotoSansSC-Regular.ttf", "fonts/NotoSansSC-Bold.ttf", false},
		FontFile{"fonts/NotoSansKR-Regular.ttf", "", false},
		FontFile{"fonts/NotoEmoji-Regular.ttf", "", true},
	)
}

// face loads a face once.
func (f *Fonts) face(id int) (*fontFace, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.faces[id] != nil {
		return f.faces[id], nil
	}
	path := f.path(id)
	file, closer, err := truetype.Open(f.fsys, path)
	if err != nil {
		return nil, fmt.Errorf("reading font %s: %w", path, err)
	}
	defer closer.Close()
	light, err := withoutOutlines(file)
	if err != nil {
		return nil, fmt.Errorf("reading font %s: %w", path, err)
	}
	parsed, err := font.ParseTTF(light)
	if err != nil {
		return nil, fmt.Errorf("parsing font %s: %w", path, err)
	}
	listCoverage(parsed.Font)
	f.faces[id] = &fontFace{from: f, path: path, font: parsed.Font, upem: int(parsed.Upem())}
	return f.faces[id], nil
}

// heavyOutlines is the size of outlines, in bytes, from which they are not kept
// in memory: unpacked they take three times as much. Shaping needs them only to
// place marks in a face that does not say itself where they go.
const heavyOutlines = 2 << 20

// withoutOutlines gives a large font file without its outlines.
func withoutOutlines(file font.Resource) (font.Resource, error) {
	tables, err := truetype.Tables(file)
	if err != nil {
		return nil, err
	}
	if len(tables["glyf"]) < heavyOutlines {
		return file, nil
	}
	delete(tables, "glyf")
	delete(tables, "loca")
	light, err := truetype.Write(tables)
	if err != nil {
		return nil, err
	}
	return bytes.NewReader(light), nil
}

func (f *Fonts) path(id int) string {
	file := f.files[id/2]
	if id%2 == 1 {
		return file.Bold
	}
	return file.Regular
}

// styled gives the face of a family for a style, and whether it must be stroked
// to look bold.
func (f *Fonts) styled(family int, bold bool) (id int, stroke bool) {
	if bold && f.files[family].Bold != "" {
		return 2*family + 1, false
	}
	return 2 * family, bold && !f.files[family].Emoji
}
