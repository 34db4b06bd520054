package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"casebinder/assets"
	"casebinder/data/bag"
	"casebinder/data/pdf"
)

// made is the date in what is written: fixed, so that the bytes repeat.
var made = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// bindPhotos writes every photo of a folder into one PDF, a page and a stamp
// each, with bookmarks and page numbers, as a bundle has them.
func bindPhotos(ctx context.Context, args []string) (err error) {
	if err := paths(args, 2); err != nil {
		return err
	}
	names, err := filesIn(args[0])
	if err != nil {
		return err
	}
	out, err := os.Create(args[1])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	buffer := bufio.NewWriterSize(out, 1<<20)
	fonts := pdf.NotoFonts(assets.FS)
	b := binder{fonts: fonts, text: pdf.NewTypesetter(fonts)}
	b.doc = pdf.New(buffer, pdf.Options{Title: "Bench", Created: made, Fonts: fonts, Stamp: b.stamp})
	for i, name := range names {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := b.addPhoto(i+1, name); err != nil {
			return err
		}
	}
	return errors.Join(b.doc.Close(), b.failed, buffer.Flush())
}

// A binder puts photos on pages.
type binder struct {
	fonts  *pdf.Fonts
	text   *pdf.Typesetter
	doc    *pdf.Document
	failed error // of a stamp
}

// addPhoto begins a page with the exhibit's name above its photo.
func (b *binder) addPhoto(number int, path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	photo, err := b.doc.AddImage(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	page := b.doc.AddPage()
	name := fmt.Sprintf("Exhibit %d: %s", number, filepath.Base(path))
	if err := b.line(page, name, 15*pdf.MM); err != nil {
		return err
	}
	b.doc.Bookmark(0, name, b.doc.Pages()-1, 0)
	width := 170 * pdf.MM
	page.DrawImage(photo, 20*pdf.MM, 30*pdf.MM, width, width*pdf.Length(photo.Height)/pdf.Length(photo.Width))
	return nil
}

// line draws one line of text at a height.
func (b *binder) line(page *pdf.Page, text string, y pdf.Length) error {
	laid, err := b.text.Layout(pdf.Plain(text, pdf.Style{Size: 10 * pdf.Point}), 170*pdf.MM)
	if err != nil {
		return err
	}
	page.DrawText(laid, 20*pdf.MM, y)
	return nil
}

// stamp puts the page number on a page.
func (b *binder) stamp(page *pdf.Page, total int) {
	b.failed = errors.Join(b.failed, b.line(page, fmt.Sprintf("Page %d of %d", page.Number(), total), 285*pdf.MM))
}

// bagFiles puts every file of a folder into one zipped bag. Their sums are
// known, as the desk knows those of its evidence, and are checked on the way.
func bagFiles(ctx context.Context, args []string) error {
	if err := paths(args, 2); err != nil {
		return err
	}
	names, err := filesIn(args[0])
	if err != nil {
		return err
	}
	b := bag.Bag{Name: "bench", Time: made}
	for _, name := range names {
		file, err := original(name)
		if err != nil {
			return err
		}
		b.Payload = append(b.Payload, file)
	}
	written, err := bag.WriteZip(ctx, args[1], b, bag.WriteOptions{Replace: true})
	if err != nil {
		return err
	}
	if !written.Report.OK || written.Report.Files != len(names) {
		return fmt.Errorf("the bag of %d files reads back as %s with %d", len(names), written.Report.Verdict, written.Report.Files)
	}
	return nil
}

// original describes a file for the bag; its sum was noted when it was made.
func original(path string) (bag.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return bag.File{}, err
	}
	sum, err := os.ReadFile(sumPath(path))
	if err != nil {
		return bag.File{}, err
	}
	return bag.File{
		Name: "originals/" + filepath.Base(path), Size: info.Size(), SHA256: string(sum),
		Open: func() (io.ReadCloser, error) { return os.Open(path) },
	}, nil
}

// sumPath is where the sum of a made-up original is noted: in a folder beside
// that of the originals, so that no other tool packs it.
func sumPath(path string) string {
	return filepath.Join(filepath.Dir(path)+".sums", filepath.Base(path)+".sha256")
}

// noteSum writes down the sum of a file's content.
func noteSum(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(sumPath(path)), 0o755); err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	return os.WriteFile(sumPath(path), []byte(hex.EncodeToString(sum[:])), 0o644)
}

// filesIn lists the files of a folder by name.
func filesIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		names = append(names, filepath.Join(dir, e.Name()))
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s is empty", dir)
	}
	return names, nil
}
