package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"casebinder/data/bundle"
	"casebinder/data/bundle/fit"
	"casebinder/data/pages"
	"casebinder/data/pdf"
	"casebinder/data/picture"
)

// Preview is a bundle as it would be exported, for the screen: its pages as
// pictures, drawn when they are asked for. Whoever asked for it closes it.
type Preview struct {
	Map bundle.PageMap
	Pager
}

// Pager draws pages, counted from 1. It is used from any goroutine.
type Pager interface {
	Picture(ctx context.Context, page, width int) (*image.RGBA, error) // width in pixels
	Links(ctx context.Context, page int) ([]pages.Link, error)         // places on a page that lead to others
	Close() error
}

// PageOf gives the first page of an exhibit; 0 where there is none of that
// number.
func (p *Preview) PageOf(exhibit int) int {
	for _, x := range p.Map.Exhibits {
		if x.Number == exhibit {
			return x.First
		}
	}
	return 0
}

// Preview composes a bundle with small pictures.
func (d *Desk) Preview(ctx context.Context, r BundleRequest) (*Preview, error) {
	if r.Language == "" {
		r.Language = "en"
	}
	c, err := d.gather(ctx, r)
	if err != nil {
		return nil, err
	}
	c.Version = 1 // the next number is known when it is exported
	if err := os.MkdirAll(d.cacheDir(), 0o700); err != nil {
		return nil, unwritable(d.dir, fmt.Errorf("making the folder for previews: %w", err))
	}
	file, err := os.CreateTemp(d.cacheDir(), "preview-*.pdf")
	if err != nil {
		return nil, unwritable(d.dir, fmt.Errorf("writing a preview: %w", err))
	}
	p := &pager{path: file.Name()}
	at, err := bundle.Preview(ctx, c, d.small(&c), file, bundle.Options{
		Annex: pdf.AnnexOptions{Command: d.annex}, Viewer: d.viewer, CacheDir: d.cacheDir(),
	})
	if err = errors.Join(err, file.Close()); err == nil {
		p.File, err = d.viewer.Open(ctx, p.path)
	}
	if err != nil {
		_ = os.Remove(p.path) // what stays is swept when the desk is opened
		return nil, err
	}
	return &Preview{Map: at, Pager: p}, nil
}

// WarmPreview starts what draws pages, so that the first one comes at once.
func (d *Desk) WarmPreview(ctx context.Context) error { return d.viewer.Warm(ctx) }

// pager draws the pages of a file that goes with it.
type pager struct {
	*pages.File
	path string
	once sync.Once
}

func (p *pager) Close() (err error) {
	p.once.Do(func() { err = errors.Join(p.File.Close(), os.Remove(p.path)) })
	return err
}

func (d *Desk) cacheDir() string { return d.cache }

// previewEdge is the longer edge of a photo in a preview, in pixels.
const previewEdge = 1400

// smallOriginals gives a preview small copies of the photos, and the vault's own
// files of everything else.
type smallOriginals struct {
	desk   *Desk
	photos map[string]bool // by SHA-256
}

func (d *Desk) small(c *bundle.Case) smallOriginals {
	s := smallOriginals{d, map[string]bool{}}
	for _, x := range c.Exhibits {
		if strings.HasPrefix(x.MIME, "image/") {
			s.photos[x.SHA256] = true
		}
	}
	return s
}

func (s smallOriginals) OpenOriginal(ctx context.Context, sha256 string) (io.ReadSeekCloser, int64, error) {
	original, size, err := s.desk.vault.Open(sha256)
	if err != nil || !s.photos[sha256] {
		return original, size, err
	}
	path := filepath.Join(s.desk.cacheDir(), fmt.Sprintf("%s-%d.jpg", sha256, previewEdge))
	kept, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		var made []byte
		if made, err = smallCopy(ctx, original); err == nil {
			_ = original.Close() // it was only read
			_ = keepFile(path, made)
			return nopCloser{bytes.NewReader(made)}, int64(len(made)), nil
		}
		if ctx.Err() != nil {
			_ = original.Close()
			return nil, 0, ctx.Err()
		}
		// A picture that cannot be decoded is shown, or not, as the export will.
		_, err = original.Seek(0, io.SeekStart)
		return original, size, err
	}
	_ = original.Close()
	if err != nil {
		return nil, 0, fmt.Errorf("reading a small picture: %w", err)
	}
	info, err := kept.Stat()
	if err != nil {
		_ = kept.Close()
		return nil, 0, fmt.Errorf("reading a small picture: %w", err)
	}
	return kept, info.Size(), nil
}

// smallCopy decodes a picture and makes a small JPEG of it.
func smallCopy(ctx context.Context, r io.ReadSeeker) ([]byte, error) {
	small, _, err := picture.Thumb(ctx, r, previewEdge)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = picture.Encode(&out, small, fit.Step{Quality: 82, Tone: fit.ToneColor})
	return out.Bytes(), err
}

// keepFile writes a file under its name only when it is whole.
func keepFile(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "small-*")
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }

// FitView is how a bundle would fit a form.
type FitView struct {
	Profile fit.Profile
	Plan    fit.Plan
}

// Fit plans how the bundle of a dispute fits a profile. Without exact, sizes are
// estimated from what is known of the files, which takes no time; with it each
// picture is made at the steps that are tried.
func (d *Desk) Fit(ctx context.Context, r BundleRequest, exact bool) (FitView, error) {
	profile, err := d.profile(ctx, r.Profile)
	if err != nil {
		return FitView{}, err
	}
	if r.Language == "" {
		r.Language = "en"
	}
	c, err := d.gather(ctx, r)
	if err != nil {
		return FitView{}, err
	}
	plan, err := bundle.Plan(ctx, c, originals{d}, bundle.Options{
		Annex: pdf.AnnexOptions{Command: d.annex}, Viewer: d.viewer, CacheDir: d.cacheDir(), Profile: &profile,
	}, exact)
	return FitView{Profile: profile, Plan: plan}, err
}
