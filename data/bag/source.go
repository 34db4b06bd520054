package bag

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode"

	"github.com/klauspost/compress/flate"

	"casebinder/data"
)

// An entry is one regular file of a bag that is verified.
type entry struct {
	size int64
	open func() (io.ReadCloser, error)
}

// A source is a bag as it was found: its files by their path below the bag's
// own folder.
type source struct {
	files map[string]entry
}

// limits that apply unless the caller says otherwise.
const (
	defaultMaxFiles  = 2_000_000
	maxDirectory     = 512 << 20 // bytes of a ZIP's directory, read into memory
	bombFloor        = 1 << 30   // a ZIP may always unfold to this many bytes ...
	bombRatio        = 200       // ... or to this many times its own size
	maxLineBytes     = 64 << 10  // of a tag file
	maxManifestBytes = 512 << 20
	maxKept          = 256 << 20 // of a file whose content is wanted
	maxForeignPath   = 4096      // bytes of a path that is read
)

// safePath tells why a path must not be trusted; no words when it may.
func safePath(p string) data.Phrase {
	switch {
	case p == "":
		return sayEmptyName
	case !validUTF8(p):
		return sayNotUTF8
	case strings.Contains(p, `\`):
		return sayBackslash
	case strings.HasPrefix(p, "/"):
		return sayAbsolute
	case onDrive(p):
		return sayDrive
	case len(p) > maxForeignPath:
		return sayLongName
	}
	for _, part := range strings.Split(p, "/") {
		if part == ".." || part == "." || part == "" {
			return sayDots
		}
	}
	if strings.ContainsFunc(p, func(r rune) bool { return r < ' ' && r != '\r' && r != '\n' && r != '\t' }) {
		return sayControl
	}
	return data.Phrase{}
}

// onDrive reports a path that begins with a drive of Windows.
func onDrive(p string) bool {
	return len(p) >= 2 && p[1] == ':' && (p[0]|0x20 >= 'a' && p[0]|0x20 <= 'z')
}

// findBase tells in which folder bagit.txt lies: "" for the top, "x/" for one
// folder in it. ok is false when there is none, or more than one.
func findBase(names []string) (base string, ok bool) {
	for _, n := range names {
		if n == "bagit.txt" {
			return "", true
		}
		dir, file, _ := strings.Cut(n, "/")
		if file == "bagit.txt" && dir != "__MACOSX" {
			if ok {
				return "", false
			}
			base, ok = dir+"/", true
		}
	}
	return base, ok
}

// openFolder lists a bag in a folder. Nothing outside of the folder is ever
// opened, whatever links it holds.
func openFolder(ctx context.Context, root *os.Root, opts VerifyOptions, r *Report) (*source, error) {
	base, err := folderBase(root)
	if err != nil {
		return nil, err
	}
	if base == "" {
		r.fail("", KindNotABag, sayNoBag)
		return nil, nil
	}
	src := &source{files: map[string]entry{}}
	err = fs.WalkDir(root.FS(), base, func(p string, d fs.DirEntry, err error) error {
		if ctxErr := ctx.Err(); ctxErr != nil {
			return ctxErr
		}
		rel := p
		if base != "." {
			rel = strings.TrimPrefix(strings.TrimPrefix(p, base), "/")
		}
		switch {
		case err != nil:
			r.fail(rel, KindUnreadable, sayUnreadable, "reason", err)
			return nil
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			r.fail(rel, KindUnsafe, sayType(d.Type()))
			return nil
		case len(src.files) >= opts.maxFiles():
			r.fail("", KindBomb, sayTooManyFiles, "limit", opts.maxFiles())
			return fs.SkipAll
		}
		info, err := d.Info()
		if err != nil {
			r.fail(rel, KindUnreadable, sayUnreadable, "reason", err)
			return nil
		}
		src.files[rel] = entry{size: info.Size(), open: func() (io.ReadCloser, error) { return openRegular(root, p) }}
		return nil
	})
	return src, err
}

func folderBase(root *os.Root) (string, error) {
	if info, err := root.Lstat("bagit.txt"); err == nil && info.Mode().IsRegular() {
		return ".", nil
	}
	top, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return "", err
	}
	base := ""
	for _, d := range top {
		if !d.IsDir() {
			continue
		}
		if info, err := root.Lstat(path.Join(d.Name(), "bagit.txt")); err == nil && info.Mode().IsRegular() {
			if base != "" {
				return "", nil // two bags: which one is meant?
			}
			base = d.Name()
		}
	}
	return base, nil
}

// openRegular opens a file that is still a regular one.
func openRegular(root *os.Root, p string) (io.ReadCloser, error) {
	info, err := root.Lstat(p)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file any more")
	}
	return root.Open(p)
}

// sayType says what something is that is no regular file.
func sayType(m fs.FileMode) data.Phrase {
	switch {
	case m&fs.ModeSymlink != 0:
		return sayLink
	case m&fs.ModeNamedPipe != 0:
		return sayPipe
	case m&fs.ModeSocket != 0:
		return saySocket
	case m&fs.ModeDevice != 0:
		return sayDevice
	}
	return saySpecial
}

// openZip lists a bag in a ZIP. On findings that make the ZIP hostile it gives
// no source.
func openZip(ra io.ReaderAt, size int64, opts VerifyOptions, r *Report) *source {
	capped := &cappedReaderAt{r: ra, left: maxDirectory}
	zr, err := zip.NewReader(capped, size)
	if err != nil {
		zipTrouble(ra, err, r)
		return nil
	}
	capped.open = true
	if len(zr.File) > opts.maxFiles() {
		r.fail("", KindBomb, sayTooManyFiles, "limit", opts.maxFiles())
		return nil
	}
	zr.RegisterDecompressor(zip.Deflate, flate.NewReader)
	files := checkEntries(zr, r)
	checkComments(zr, r)
	checkExtent(zr, size, opts, r)
	if !r.sound() {
		return nil
	}
	checkLayout(ra, size, zr, r)
	if !r.sound() {
		return nil
	}
	return zipSource(files, r)
}

// zipTrouble tells a cut off ZIP from what never was one.
func zipTrouble(ra io.ReaderAt, err error, r *Report) {
	head := make([]byte, 4)
	n, _ := ra.ReadAt(head, 0) // a short file leaves zeros
	switch {
	case errors.Is(err, errDirectory):
		r.fail("", KindBomb, sayDirectory, "limit", maxDirectory>>20)
	case n == 4 && bytes.HasPrefix(head, []byte("PK")):
		r.fail("", KindTruncated, sayCutOff)
	default:
		r.fail("", KindNotZip, sayNotZip)
	}
}

// checkEntries collects regular files by name and reports what no honest ZIP holds.
func checkEntries(zr *zip.Reader, r *Report) map[string]*zip.File {
	files := make(map[string]*zip.File, len(zr.File))
	folders := map[string]bool{}
	for i, full := range entryNames(zr, r) {
		f := zr.File[i]
		name := strings.TrimSuffix(full, "/")
		isDir := name != full
		why := safePath(name)
		mode := f.Mode()
		switch {
		case why.Key != "":
			r.fail(printable(full), KindUnsafe, why, "limit", maxForeignPath)
		case !isDir && !mode.IsRegular():
			r.fail(name, KindUnsafe, sayType(mode))
		case f.Flags&1 != 0:
			r.fail(name, KindEncrypted, sayEncrypted)
		case isDir && f.UncompressedSize64 != 0:
			r.fail(name, KindUnsafe, sayFolder)
		case isDir:
			folders[name] = true
		case files[name] != nil:
			r.fail(name, KindDuplicate, sayTwice)
		default:
			files[name] = f
		}
	}
	for name := range files {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if files[dir] != nil {
				r.fail(dir, KindDuplicate, sayFileFolder)
			}
		}
		if folders[name] {
			r.fail(name, KindDuplicate, sayFileFolder)
		}
	}
	return files
}

// checkComments names the comments of a ZIP and of its entries: no manifest and
// no signature reaches them, and programs show them.
func checkComments(zr *zip.Reader, r *Report) {
	if zr.Comment != "" {
		r.warn("", KindComment, sayComment, "text", Shortened(zr.Comment))
	}
	for _, f := range zr.File {
		if f.Comment != "" {
			r.warn(printable(f.Name), KindComment, sayEntryComment, "text", Shortened(f.Comment))
		}
	}
}

// Shortened is a text of anybody's as it can be shown: its beginning, without
// control characters.
func Shortened(text string) string {
	const most = 200
	text = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(text, "\ufffd"))
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// checkExtent refuses more than could be meant honestly.
func checkExtent(zr *zip.Reader, size int64, opts VerifyOptions, r *Report) {
	var total uint64
	limit := uint64(opts.maxBytes(size))
	for _, f := range zr.File {
		switch {
		case f.CompressedSize64 > uint64(size):
			r.fail(printable(f.Name), KindTruncated, sayBeyond)
			return
		case f.Method == zip.Store && f.CompressedSize64 != f.UncompressedSize64:
			r.fail(printable(f.Name), KindBomb, sayTwoSizes)
			return
		}
		total += f.UncompressedSize64
		if f.UncompressedSize64 > limit || total > limit {
			r.fail("", KindBomb, sayUnfolds, "limit", limit)
			return
		}
	}
}

// zipSource takes the files below the bag's folder.
func zipSource(files map[string]*zip.File, r *Report) *source {
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	base, ok := findBase(names)
	if !ok {
		r.fail("", KindNotABag, sayNoBag)
		return nil
	}
	src := &source{files: make(map[string]entry, len(files))}
	for name, f := range files {
		rel, inside := strings.CutPrefix(name, base)
		if !inside {
			r.warn(name, KindOutside, sayBeside)
			continue
		}
		src.files[rel] = entry{size: int64(f.UncompressedSize64), open: f.Open}
	}
	return src
}

// printable shows a name that may hold anything.
func printable(name string) string {
	if validUTF8(name) && !strings.ContainsAny(name, "\r\n\x1b") {
		return name
	}
	return fmt.Sprintf("%q", name)
}

var errDirectory = errors.New("directory too large")

// cappedReaderAt limits how much archive/zip reads before it gives its list,
// since it keeps all of that in memory.
type cappedReaderAt struct {
	r    io.ReaderAt
	left int64
	open bool // the list is read: no limit any more
}

func (c *cappedReaderAt) ReadAt(p []byte, off int64) (int, error) {
	if !c.open {
		if c.left -= int64(len(p)); c.left < 0 {
			return 0, errDirectory
		}
	}
	return c.r.ReadAt(p, off)
}
