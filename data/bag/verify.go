package bag

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"os"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

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
	listed    map[string]bool            // payload paths in any manifest, also one that cannot be checked
	tagged    map[string]map[string]bool // by tag manifest the tag files that it lists
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
	v.listed, v.tagged = map[string]bool{}, map[string]map[string]bool{}
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

// keep takes the content of a file that is wanted.
func (v *verification) keep(p string, content []byte) {
	if v.Kept == nil {
		v.Kept = map[string][]byte{}
	}
	v.Kept[p] = content
}

// wanted reports whether a file's content is wanted, and a failure where it is
// too large for that.
func (v *verification) wanted(p string, e entry) (bool, []data.Finding) {
	if !slices.Contains(v.opts.Keep, p) {
		return false, nil
	}
	if e.size > maxKept {
		return false, []data.Finding{failureOf(p, KindBomb, sayTooLarge, "limit", maxKept>>20)}
	}
	return true, nil
}

// keepRest reads what is wanted and stands in no manifest.
func (v *verification) keepRest(ctx context.Context) error {
	for _, p := range v.opts.Keep {
		e, there := v.src.files[p]
		if !there || len(v.sums[p]) > 0 {
			continue
		}
		ok, findings := v.wanted(p, e)
		v.take(findings...)
		if !ok {
			continue
		}
		r, err := e.open()
		if err != nil {
			v.fail(p, KindUnreadable, sayUnreadable, "reason", err)
			continue
		}
		content, err := io.ReadAll(io.LimitReader(ctxReader{ctx, r}, e.size+1))
		_ = r.Close()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil || int64(len(content)) != e.size:
			v.fail(p, KindUnreadable, sayDamaged)
		default:
			v.keep(p, content)
		}
	}
	return nil
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

// readManifests reads all manifests and tag manifests.
func (v *verification) readManifests(ctx context.Context) error {
	payload, unchecked := 0, []string{}
	for _, name := range v.paths() {
		m := manifestName.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		tag, algorithm := m[1] != "", strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(m[2]), "-", ""), "_", "")
		known := algorithms[algorithm] != nil
		if !tag {
			payload++
		}
		if known && !tag {
			v.manifests = append(v.manifests, name)
		}
		if known && !slices.Contains(v.Algorithms, algorithm) {
			v.Algorithms = append(v.Algorithms, algorithm)
		}
		if !known {
			unchecked = append(unchecked, name)
			if !slices.Contains(v.Unchecked, algorithm) {
				v.Unchecked = append(v.Unchecked, algorithm)
			}
		}
		v.readManifest(name, algorithm, tag, known)
	}
	sort.Strings(v.Algorithms)
	if payload == 0 {
		v.fail("", KindNoManifest, sayNoManifest)
	}
	for _, name := range unchecked {
		if len(v.manifests) > 0 {
			v.warn(name, KindUnchecked, sayUncheckedToo)
		} else {
			v.fail(name, KindUnchecked, sayUncheckedSum)
		}
	}
	return nil
}

// readManifest takes one manifest's lines into sums.
func (v *verification) readManifest(name, algorithm string, tag, known bool) {
	r, ok := v.open(name)
	if !ok {
		return
	}
	defer func() { _ = r.Close() }()
	if tag {
		v.tagged[name] = map[string]bool{}
	}
	digits := 0
	if known {
		digits = 2 * algorithms[algorithm]().Size()
	}
	seen := map[string]string{}
	bom, _ := scanLines(v.decl.text(r), v.Report, name, func(number int, text string) error {
		line, why := parseLine(text, digits)
		if why.Key != "" {
			v.failLine(name, number, KindMalformed, why, "digits", digits)
			return nil
		}
		path, ok := v.resolve(name, number, line.path, tag)
		if !ok {
			return nil
		}
		if sum, twice := seen[path]; twice {
			v.listedTwice(path, name, sum == line.sum)
			return nil
		}
		seen[path] = line.sum
		if tag {
			v.tagged[name][path] = true
		} else {
			v.listed[path] = true
		}
		if known {
			v.sums[path] = append(v.sums[path], expected{manifest: name, algorithm: algorithm, sum: line.sum})
		}
		return nil
	})
	if bom {
		v.warn(name, KindBOM, sayBOM)
	}
}

// listedTwice says that a manifest names a file twice. 1.0 wants each exactly
// once. (RFC 8493 section 2.1.3.)
func (v *verification) listedTwice(p, manifest string, same bool) {
	switch {
	case !same:
		v.fail(p, KindMalformed, sayTwoSums, "manifest", manifest)
	case v.decl.version == "1.0":
		v.fail(p, KindMalformed, sayListedTwice, "manifest", manifest)
	default:
		v.warn(p, KindMalformed, sayListedTwice, "manifest", manifest)
	}
}

// resolve finds the file that a manifest's line means. A path that leads out
// of the bag is a finding and is left out.
func (v *verification) resolve(manifest string, number int, written string, tag bool) (string, bool) {
	options := spellings(written, v.decl.version)
	for _, p := range options {
		if _, there := v.src.files[p]; there && isPayload(p) != tag {
			if p != options[0] {
				v.warn(p, KindNameForm, sayWrittenAs, "manifest", manifest, "written", printable(written))
			}
			return p, true
		}
	}
	for _, p := range options {
		if there := v.normal[norm.NFC.String(p)]; there != "" && isPayload(there) != tag {
			v.warn(there, KindNameForm, sayCodePoints, "manifest", manifest)
			return there, true
		}
	}
	p := options[0]
	if strings.HasPrefix(p, "*data/") || strings.HasPrefix(p, "./data/") || strings.HasPrefix(p, "*./data/") {
		p = options[len(options)-1]
	}
	if why := safePath(p); why.Key != "" {
		v.failLine(manifest, number, KindUnsafe, why, "limit", maxForeignPath)
		return "", false
	}
	switch {
	case tag && isPayload(p):
		v.failLine(manifest, number, KindMalformed, sayTagPayload)
		return "", false
	case !tag && !isPayload(p):
		v.failLine(manifest, number, KindMalformed, sayNotPayload, "path", printable(p))
		return "", false
	}
	return p, true
}

// checkListing compares what is listed with what is there.
func (v *verification) checkListing() {
	for _, p := range slices.Sorted(maps.Keys(v.sums)) {
		v.checkPresent(p)
	}
	for _, p := range slices.Sorted(maps.Keys(v.listed)) {
		if len(v.sums[p]) == 0 {
			v.checkPresent(p)
		}
	}
	for _, p := range v.paths() {
		if !isPayload(p) {
			continue
		}
		if !v.listed[p] {
			v.fail(p, KindUnlisted, sayUnlisted)
			continue
		}
		// 1.0: each payload manifest lists each payload file. (RFC 8493 section 2.1.3.)
		if v.decl.version == "1.0" {
			v.checkEveryManifest(p)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(v.fetch)) {
		if !v.listed[p] {
			v.fail("fetch.txt", KindMalformed, sayFetchUnlisted, "path", printable(p))
		}
	}
	for _, manifest := range slices.Sorted(maps.Keys(v.tagged)) {
		v.checkTagManifest(manifest, v.tagged[manifest])
	}
}

// checkTagManifest sees to it that a tag manifest lists each payload manifest,
// as 1.0 demands, and names tag files that it does not list, which is allowed.
// (RFC 8493 section 2.2.1.)
func (v *verification) checkTagManifest(manifest string, listed map[string]bool) {
	for _, p := range v.Tags {
		m := manifestName.FindStringSubmatch(p)
		switch {
		case listed[p] && m != nil && m[1] != "":
			v.warn(manifest, KindMalformed, sayTagManifest, "path", p)
		case listed[p] || p == SignatureName || m != nil && m[1] != "":
		case m != nil && v.decl.version == "1.0":
			v.fail(manifest, KindMalformed, sayTagLacks, "path", p)
		default:
			v.warn(p, KindUnlisted, sayUnlistedIn, "manifest", manifest)
		}
	}
}

func (v *verification) checkEveryManifest(p string) {
	for _, m := range v.manifests {
		if !slices.ContainsFunc(v.sums[p], func(e expected) bool { return e.manifest == m }) {
			v.fail(p, KindUnlisted, sayUnlistedIn, "manifest", m)
		}
	}
}

func (v *verification) checkPresent(p string) {
	if _, ok := v.src.files[p]; ok {
		return
	}
	other, folded := v.folded[foldName(p)]
	switch {
	case v.fetch[p]:
		v.fail(p, KindFetch, sayFetch)
	case folded:
		v.fail(p, KindMissing, sayMissingCase, "path", other)
	default:
		v.fail(p, KindMissing, sayMissing)
	}
}

// checkSums hashes every listed file once, with all the algorithms it needs.
func (v *verification) checkSums(ctx context.Context) error {
	var jobs []string
	var total int64
	for _, p := range v.paths() {
		if len(v.sums[p]) > 0 {
			jobs = append(jobs, p)
			total += v.src.files[p].size
		}
	}
	progress := v.opts.progress
	if progress == nil {
		progress = newMeter(v.opts.Progress, total)
	}
	next := make(chan string)
	var group sync.WaitGroup
	var mu sync.Mutex
	for range min(runtime.GOMAXPROCS(0), 4, max(len(jobs), 1)) {
		group.Go(func() {
			buf := make([]byte, chunkBytes)
			for p := range next {
				content, findings := v.checkFile(ctx, p, buf, progress)
				mu.Lock()
				v.take(findings...)
				if content != nil {
					v.keep(p, content.Bytes())
				}
				mu.Unlock()
			}
		})
	}
	for _, p := range jobs {
		if ctx.Err() != nil {
			break
		}
		next <- p
	}
	close(next)
	group.Wait()
	return ctx.Err()
}

// checkFile compares one file with its checksums, and gives its content where
// that is wanted.
func (v *verification) checkFile(ctx context.Context, p string, buf []byte, progress *meter) (content *bytes.Buffer, findings []data.Finding) {
	e := v.src.files[p]
	sums := v.sums[p]
	hashes := map[string]hash.Hash{}
	var writers []io.Writer
	wanted, findings := v.wanted(p, e)
	if wanted {
		content = &bytes.Buffer{}
		writers = append(writers, content)
	}
	for _, s := range sums {
		if hashes[s.algorithm] == nil {
			hashes[s.algorithm] = algorithms[s.algorithm]()
			writers = append(writers, hashes[s.algorithm])
		}
	}
	r, err := e.open()
	if err != nil {
		return nil, append(findings, failureOf(p, KindUnreadable, sayUnreadable, "reason", err))
	}
	defer func() { _ = r.Close() }()
	n, err := io.CopyBuffer(io.MultiWriter(writers...), io.LimitReader(meteredReader{ctxReader{ctx, r}, progress}, e.size+1), buf)
	if errors.Is(err, zip.ErrChecksum) {
		return nil, append(findings, failureOf(p, KindAltered, sayZipSum))
	}
	if err != nil && ctx.Err() == nil {
		return nil, append(findings, failureOf(p, KindUnreadable, sayDamaged))
	}
	if err == nil && n > e.size {
		return nil, append(findings, failureOf(p, KindAltered, sayLonger))
	}
	for _, s := range sums {
		if got := hex.EncodeToString(hashes[s.algorithm].Sum(nil)); err == nil && got != s.sum {
			findings = append(findings, failureOf(p, KindAltered, sayAltered, "algorithm", s.algorithm, "is", got, "manifest", s.manifest, "says", s.sum))
		}
	}
	return content, findings
}

type meteredReader struct {
	io.Reader
	progress *meter
}

func (m meteredReader) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	m.progress.add(int64(n))
	return n, err
}
