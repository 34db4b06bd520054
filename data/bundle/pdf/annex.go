package pdf

import (
	"context"
	"time"
)

// AnnexOptions say how another PDF file is read, and within which limits. The
// zero value reads in this process with the default limits; a program gives
// Command.
type AnnexOptions struct {
	// Command starts a child process that calls [AnnexMain]; usually the program
	// itself with a hidden word: {os.Executable(), "__annex"}. When it is empty the
	// file is read in this process, without limits on memory and time: for tests.
	Command []string

	TempDir  string        // where the intermediate file lies; "" for the system's
	Memory   int64         // of the child, in bytes; 0 for 1 GB
	Output   int64         // largest intermediate file, in bytes; 0 for 512 MB
	Unfolded int64         // all streams decompressed, in bytes; 0 for 1 GB
	Pages    int           // 0 for 2,000
	Timeout  time.Duration // of the child; 0 for 60 seconds
}

// An Annex is another PDF file, read, freed of everything but what its pages
// show, and kept in an intermediate file until Close.
type Annex struct {
	file  string
	pages []AnnexPage
}

// An AnnexPage is a page as a viewer shows it: cropped and upright.
type AnnexPage struct {
	Width, Height Length
	form          int // number of its form in the intermediate file
	matrix        [6]Length
}

// Pages lists the pages.
func (a *Annex) Pages() []AnnexPage { return a.pages }

// An AddedAnnex is an annex whose objects were copied into a document.
type AddedAnnex struct {
	pages []AnnexPage
	first int // object of the document that is object 1 of the annex
}

// ReadAnnex reads the PDF file at a path. The problems are
// [ProblemAnnexPassword], [ProblemAnnexDamaged] and [ProblemAnnexLimit]; the
// caller prints a page that says so and ships the file as it is.
//
// Scripts, actions, links, attachments, and forms' logic are left behind; what
// fields, stamps and highlights look like is kept, and text stays text.
func ReadAnnex(ctx context.Context, path string, o AnnexOptions) (*Annex, error) {
	return nil, nil
}

// AddAnnex copies an annex into the document, once for all its pages.
func (d *Document) AddAnnex(a *Annex) (*AddedAnnex, error) {
	return nil, nil
}

// DrawAnnex draws page i (from 0) of an annex into a box; x, y is the box's upper
// left corner. The caller keeps the proportions, see [Fit].
func (p *Page) DrawAnnex(a *AddedAnnex, i int, x, y, w, h Length) {
}
