package look

import (
	"fmt"
	"slices"
	"sync"

	"fyne.io/fyne/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"casebinder/assets"
	"casebinder/data/truetype"
)

// narrowed are marks that the Chinese font draws as wide as a Chinese
// character, which tears Latin text apart ("don’ t", "1 ×  2"). The window's
// font goes without them, so that they come from the toolkit's Latin font.
var narrowed = []rune("¡§¨ª¯°±´¶·¸º¿×÷‘’“”†‡•…′″")

var (
	regular fyne.Resource = &face{"NotoSansSC-Regular.ttf", everyday}
	bold    fyne.Resource = &face{"NotoSansSC-Bold.ttf", frequent}
)

// A face is an embedded font without the characters that keep refuses. The
// toolkit holds a font in memory as it is and again by its outlines: whole, the
// two take 100 MB, so the window does with the characters of the national
// standards, and with the frequent ones in bold. Others come from the system's
// fonts.
type face struct {
	name string
	keep func(rune) bool
}

// Name is the file's.
func (f *face) Name() string { return f.name }

// Content makes the font anew: the toolkit asks once in each style and keeps what
// it read, so that another copy here would only take room. An embedded font that
// cannot be read is a fault of the build.
func (f *face) Content() []byte {
	content, err := cut("fonts/"+f.name, f.keep)
	if err != nil {
		panic(fmt.Errorf("reading the font %s: %w", f.name, err))
	}
	return content
}

func cut(path string, keep func(rune) bool) ([]byte, error) {
	file, closer, err := truetype.Open(assets.FS, path)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return truetype.Keep(file, keep)
}

// firstHan is where Chinese characters begin, below which are alphabets,
// punctuation, arrows and other signs.
const firstHan = 0x3400

// everyday reports whether a character is kept in regular: all but Chinese
// characters that none of GB 2312, Big5 and JIS X 0208 has: buyers write Japanese.
func everyday(r rune) bool {
	switch {
	case slices.Contains(narrowed, r):
		return false
	case r < firstHan || r >= 0xff00 && r < 0x10000:
		return true
	}
	return len(encoded(simplified(), r)) > 0 || len(encoded(traditional(), r)) == 2 || len(encoded(ofJapan(), r)) == 2
}

// frequent reports whether a character is kept in bold: of Big5 only the first
// level, which holds the 5,401 frequent characters (0xA440 to 0xC67E).
func frequent(r rune) bool {
	if !everyday(r) || r < firstHan || r >= 0xff00 {
		return everyday(r)
	}
	if len(encoded(simplified(), r)) > 0 {
		return true
	}
	b := encoded(traditional(), r)
	return len(b) == 2 && b[0] >= 0xa4 && b[0] <= 0xc6
}

var (
	simplified  = sync.OnceValue(simplifiedchinese.HZGB2312.NewEncoder)
	traditional = sync.OnceValue(traditionalchinese.Big5.NewEncoder)
	ofJapan     = sync.OnceValue(japanese.ShiftJIS.NewEncoder)
)

// encoded is a character in an encoding; nothing when it has none there.
func encoded(e *encoding.Encoder, r rune) []byte {
	e.Reset()
	b, err := e.Bytes([]byte(string(r)))
	if err != nil {
		return nil
	}
	return b
}
