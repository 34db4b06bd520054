package bag

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"sort"
	"strings"

	"golang.org/x/text/unicode/norm"

	"casebinder/data"
)

// VerifyOptions bound a verification. The zero value serves.
type VerifyOptions struct {
	MaxFiles int   // 0: two million
	MaxBytes int64 // that a ZIP may unfold to; 0: 1 GiB or 200 times its size, what is more

	// Keep names files of the bag, of at most 256 MB each, whose content is wanted
	// in Report.Kept. Of a file in a manifest it is what was hashed.
	Keep []string

	List bool // Report.Payload is wanted

	Progress func(done, total int64) // bytes hashed; from one goroutine at a time

	progress *meter // of a writer that reads back
}

func (o VerifyOptions) maxFiles() int {
	if o.MaxFiles > 0 {
		return o.MaxFiles
	}
	return defaultMaxFiles
}

func (o VerifyOptions) maxBytes(zipSize int64) int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return max(bombFloor, bombRatio*zipSize)
}

// Verify reads the bag at path, a folder or a ZIP, ours or another's, and
// reports what is in it. Nothing is fetched, unpacked or changed. Whatever is
// wrong with the bag stands in the Report; an error means that it could not be
// looked at: there is nothing at path (ErrNotFound), the system refused, or
// ctx is done.
func Verify(ctx context.Context, path string, opts VerifyOptions) (Report, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Report{}, ProblemNotFound.Wrap(err, "path", path)
	}
	if err != nil {
		return Report{}, fmt.Errorf("verifying a bag: %w", err)
	}
	if info.IsDir() {
		return verifyFolder(ctx, path, opts)
	}
	if !info.Mode().IsRegular() {
		r := Report{}
		r.fail("", KindNotZip, sayType(info.Mode()))
		r.Conclude()
		return r, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return Report{}, fmt.Errorf("verifying a bag: %w", err)
	}
	defer func() { _ = f.Close() }()
	return verifyZip(ctx, f, info.Size(), opts)
}

func verifyFolder(ctx context.Context, path string, opts VerifyOptions) (Report, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return Report{}, fmt.Errorf("verifying a bag: %w", err)
	}
	defer func() { _ = root.Close() }()
	var r Report
	src, err := openFolder(ctx, root, opts, &r)
	if err != nil {
		return Report{}, fmt.Errorf("verifying a bag: %w", err)
	}
	return r.verify(ctx, src, opts)
}

func verifyZip(ctx context.Context, ra io.ReaderAt, size int64, opts VerifyOptions) (Report, error) {
	var r Report
	src := openZip(ra, size, opts, &r)
	return r.verify(ctx, src, opts)
}

// verify goes through the bag, unless nothing was found or it is hostile.
func (r *Report) verify(ctx context.Context, src *source, opts VerifyOptions) (Report, error) {
	r.Algorithms = []string{}
	r.Conclude()
	if src == nil || r.Verdict == Unsafe || r.Verdict == NotABag {
		return *r, ctx.Err()
	}
	v := &verification{Report: r, src: src, sums: map[string][]expected{}, opts: opts}
	if err := v.run(ctx); err != nil {
		return Report{}, fmt.Errorf("verifying a bag: %w", err)
	}
	if r.Findings == nil {
		r.Findings = []data.Finding{}
	}
	r.Conclude()
	return *r, nil
}

// expected is one checksum that a manifest gives for a file.
type expected struct {
	manifest  string
	algorithm string
	sum       string
}

// verification is one run over a bag.
type verification struct {
	*Report
	src       *source
	opts      VerifyOptions
	decl      declaration
	manifests []string                   // names of the payload manifests that can be checked
	sums      map[string][]expected      // by path
	normal    map[string]string          // NFC of a path -> the path
	folded    map[string]string          // folded path -> the path
	listed    map[string]bool            // payload files that are there and in any manifest, also one that cannot be checked
	tagged    map[string]map[string]bool // by tag manifest the tag files that it lists and that are there
	absent    map[uint64]bool            // hashes of listed files that are not there
	seed      maphash.Seed
	fetch     map[string]bool
}

func (v *verification) run(ctx context.Context) error {
	if !v.readDeclaration() {
		return nil
	}
	v.indexNames()
	v.readInfo()
	v.fetch = map[string]bool{}
	if r, ok := v.open("fetch.txt"); ok {
		v.fetch = parseFetch(v.decl.text(r), v.decl.version, v.Report)
		_ = r.Close()
	}
	v.listed, v.tagged, v.absent, v.seed = map[string]bool{}, map[string]map[string]bool{}, map[uint64]bool{}, maphash.MakeSeed()
	if err := v.readManifests(ctx); err != nil {
		return err
	}
	v.checkListing()
	if v.opts.List {
		v.list()
	}
	if err := v.checkSums(ctx); err != nil {
		return err
	}
	return v.keepRest(ctx)
}

// list gives what is known of each payload file that is there.
func (v *verification) list() {
	v.Payload = make(map[string]PayloadFile, v.Files)
	for p, e := range v.src.files {
		if !isPayload(p) {
			continue
		}
		f := PayloadFile{Size: e.size}
		for _, s := range v.sums[p] {
			if s.algorithm == "sha256" {
				f.SHA256 = s.sum
			}
		}
		v.Payload[p] = f
	}
}

func (v *verification) readDeclaration() bool {
	r, ok := v.open("bagit.txt")
	if !ok {
		v.fail("", KindNotABag, sayNoDeclaration)
		return false
	}
	defer func() { _ = r.Close() }()
	d, ok := parseDeclaration(r, v.Report)
	v.decl = d
	return ok
}

// open opens a tag file of bounded size. A failure is a finding.
func (v *verification) open(name string) (io.ReadCloser, bool) {
	e, ok := v.src.files[name]
	if !ok {
		return nil, false
	}
	if e.size > maxManifestBytes {
		v.fail(name, KindBomb, sayTooLarge, "limit", maxManifestBytes>>20)
		return nil, false
	}
	r, err := e.open()
	if err != nil {
		v.fail(name, KindUnreadable, sayUnreadable, "reason", err)
		return nil, false
	}
	return r, true
}

func (v *verification) indexNames() {
	v.normal, v.folded = map[string]string{}, map[string]string{}
	for _, p := range v.paths() {
		if n := norm.NFC.String(p); n != p || v.normal[n] == "" {
			v.normal[n] = p
		}
		key := foldName(p)
		if other := v.folded[key]; other != "" {
			v.warn(p, KindNameForm, saySameName, "path", other)
			continue
		}
		v.folded[key] = p
	}
}

// paths lists all files in order, so that a report never depends on chance.
func (v *verification) paths() []string {
	list := make([]string, 0, len(v.src.files))
	for p := range v.src.files {
		list = append(list, p)
	}
	sort.Strings(list)
	return list
}

func isPayload(p string) bool { return strings.HasPrefix(p, "data/") }

// readInfo reads bag-info.txt and counts the payload.
func (v *verification) readInfo() {
	for p, e := range v.src.files {
		if isPayload(p) {
			v.Files++
			v.Bytes += e.size
		} else {
			v.TagFiles++
			v.Tags = append(v.Tags, p)
		}
	}
	sort.Strings(v.Tags)
	r, ok := v.open("bag-info.txt")
	if !ok {
		return
	}
	defer func() { _ = r.Close() }()
	v.Info = parseInfo(v.decl.text(r), v.Report)
	for _, f := range v.Info {
		if !strings.EqualFold(f.Label, "Payload-Oxum") {
			continue
		}
		octets, files, ok := parseOxum(f.Value)
		switch {
		case !ok:
			v.fail("bag-info.txt", KindMalformed, sayOxumForm, "value", Shortened(f.Value))
		case octets != v.Bytes || files != v.Files:
			v.fail("bag-info.txt", KindOxum, sayOxum,
				"says_bytes", octets, "says_files", files, "bytes", v.Bytes, "files", v.Files)
		}
	}
}
