package bag

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
	"unicode/utf8"
)

// A File is one file that goes into a bag.
type File struct {
	Name   string // path with forward slashes, below data/ for payload; each part must be its own SafeName
	Size   int64  // in bytes, exactly
	SHA256 string // what it must be, in lower-case hex; "" when not known beforehand
	Text   bool   // compress it; false stores it as it is
	Open   func() (io.ReadCloser, error)
}

// FromBytes makes a File out of memory; it is compressed.
func FromBytes(name string, content []byte) File {
	return File{Name: name, Size: int64(len(content)), Text: true, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(string(content))), nil
	}}
}

// An InfoField is one line of bag-info.txt.
type InfoField struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// A Bag is what is to be written. Bagging-Date and Payload-Oxum are added to
// Info by the writer.
type Bag struct {
	Name    string      // of the top folder
	Time    time.Time   // of every entry, and the Bagging-Date; in UTC
	Info    []InfoField // such as {"External-Identifier", "..."}
	Payload []File
	Tags    []File // beside bagit.txt, such as a README

	// Sign gets the exact bytes of tagmanifest-sha256.txt and gives those of
	// SignatureName. Nil leaves the bag unsigned.
	Sign func(tagManifest []byte) ([]byte, error)
}

// SignatureName is the one file of a bag that no manifest lists: the signature
// over the tag manifest, and so over everything else.
const SignatureName = TagManifestName + ".sig"

// TagManifestName is what a signature covers: the list of the tag files, the
// payload's manifest among them.
const TagManifestName = "tagmanifest-sha256.txt"

// WriteOptions say how a bag is written. The zero value serves.
type WriteOptions struct {
	Mode     fs.FileMode             // of the ZIP; 0 is 0o644, for all to read
	Replace  bool                    // an existing ZIP under the target's name is replaced; a folder never is
	Progress func(done, total int64) // bytes, writing and reading back together; from one goroutine at a time
}

// Written says what was written.
type Written struct {
	Path   string
	Size   int64  // of the ZIP in bytes
	SHA256 string // of the ZIP in hex
	Report Report // of reading it back
}

// WriteZip writes the bag as one ZIP file to target, reads it back, and only
// then gives it its name. Memory stays flat whatever the sizes. On an error or
// when ctx is done, nothing is left behind. Errors are of ErrConflict (target
// exists), ErrFull, ErrReadOnly, ErrInvalid (an unsafe name) and ErrDamaged
// (a file is not what its SHA256 or Size says, or the ZIP reads back wrongly).
func WriteZip(ctx context.Context, target string, b Bag, opts WriteOptions) (Written, error) {
	if err := b.check(); err != nil {
		return Written{}, err
	}
	if !opts.Replace {
		if _, err := os.Lstat(target); err == nil {
			return Written{}, ProblemExists.New("path", target)
		}
	}
	f, err := createTemp(filepath.Dir(target), "."+filepath.Base(target)+"-*.part")
	if err != nil {
		return Written{}, fmt.Errorf("creating a bag: %w", WriteProblem(err, target))
	}
	kept := false
	defer func() {
		if !kept {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	progress := newMeter(opts.Progress, 2*b.bytes())
	signature, err := b.write(ctx, newZipSink(f, b), progress)
	if err != nil {
		return Written{}, fmt.Errorf("writing a bag: %w", WriteProblem(err, target))
	}
	w, err := readBack(ctx, f, target, signature, progress)
	if err != nil {
		return Written{}, err
	}
	if err := f.Close(); err != nil {
		return Written{}, fmt.Errorf("closing a bag: %w", WriteProblem(err, target))
	}
	if err := ctx.Err(); err != nil {
		return Written{}, err
	}
	if err := os.Chmod(f.Name(), cmp.Or(opts.Mode, 0o644)); err != nil {
		return Written{}, fmt.Errorf("naming a bag: %w", err)
	}
	if err := os.Rename(f.Name(), target); err != nil {
		return Written{}, fmt.Errorf("naming a bag: %w", WriteProblem(err, target))
	}
	kept = true
	return w, SyncDir(filepath.Dir(target))
}

// tempFile is what the writer needs of *os.File.
type tempFile interface {
	io.Writer
	io.WriterAt
	io.ReaderAt
	io.Closer
	Name() string
	Sync() error
	Stat() (os.FileInfo, error)
}

// createTemp is replaced by tests that let a disk run full.
var createTemp = func(dir, pattern string) (tempFile, error) { return os.CreateTemp(dir, pattern) }

// readBack verifies the ZIP while it is synced to the disk and hashed as a whole.
func readBack(ctx context.Context, f tempFile, target string, signature []byte, progress *meter) (Written, error) {
	info, err := f.Stat()
	if err != nil {
		return Written{}, fmt.Errorf("reading a bag back: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	synced := make(chan error, 1)
	go func() { synced <- f.Sync() }()
	hashed := make(chan error, 1)
	h := sha256.New()
	go func() {
		_, err := io.CopyBuffer(onlyWriter{h}, ctxReader{ctx, io.NewSectionReader(f, 0, info.Size())}, make([]byte, chunkBytes))
		hashed <- err
	}()
	report, err := verifyZip(ctx, f, info.Size(), VerifyOptions{Keep: []string{SignatureName}, progress: progress})
	if err != nil {
		cancel()
	}
	hashErr, syncErr := <-hashed, <-synced // both use f: wait before it is closed
	switch {
	case err != nil:
		return Written{}, fmt.Errorf("reading a bag back: %w", err)
	case syncErr != nil:
		return Written{}, fmt.Errorf("writing a bag: %w", WriteProblem(syncErr, target))
	case hashErr != nil:
		return Written{}, fmt.Errorf("reading a bag back: %w", hashErr)
	}
	if err := report.asWritten(target, signature); err != nil {
		return Written{}, err
	}
	return Written{Path: target, Size: info.Size(), SHA256: hex.EncodeToString(h.Sum(nil)), Report: report}, nil
}

// asWritten reports whether a bag reads back as it was written.
func (r *Report) asWritten(target string, signature []byte) error {
	if !r.OK {
		return ProblemReadBack.New("path", target, "reason", r.firstFailure())
	}
	if !bytes.Equal(r.Kept[SignatureName], signature) {
		return ProblemReadBack.New("path", target, "reason", SignatureName)
	}
	r.Kept = nil
	return nil
}

// onlyWriter hides ReadFrom, so that io.CopyBuffer uses its buffer.
type onlyWriter struct{ io.Writer }

// check refuses names that some system or verifier could not hold.
func (b Bag) check() error {
	if b.Name == "" || b.Name != SafeName(b.Name) {
		return ProblemName.New("name", b.Name, "reason", "the name of the bag is not a safe one")
	}
	taken := map[string]bool{}
	for _, name := range []string{"bagit.txt", "bag-info.txt", "fetch.txt", "data"} {
		taken[name] = true
	}
	for _, f := range b.Tags {
		lower := strings.ToLower(f.Name)
		if strings.HasPrefix(lower, "manifest-") || strings.HasPrefix(lower, "tagmanifest-") || strings.HasPrefix(lower, "data/") {
			return ProblemName.New("name", f.Name, "reason", "BagIt gives this name another meaning")
		}
		if err := checkFile(f, f.Name, taken); err != nil {
			return err
		}
	}
	for _, f := range b.Payload {
		if err := checkFile(f, "data/"+f.Name, taken); err != nil {
			return err
		}
	}
	return nil
}

func checkFile(f File, full string, taken map[string]bool) error {
	for _, part := range strings.Split(f.Name, "/") {
		if part != SafeName(part) {
			return ProblemName.New("name", f.Name, "reason", "some systems cannot hold it")
		}
	}
	if len(full) > maxPathBytes {
		return ProblemName.New("name", f.Name, "reason", fmt.Sprintf("its path is longer than %d bytes", maxPathBytes))
	}
	key := foldName(full)
	if taken[key] {
		return ProblemName.New("name", f.Name, "reason", "another file has it, or differs only in upper and lower case")
	}
	taken[key] = true
	if f.Size < 0 || f.Open == nil {
		return ProblemName.New("name", f.Name, "reason", "nothing is known of its content")
	}
	return nil
}

func (b Bag) bytes() int64 {
	var n int64
	for _, f := range b.Payload {
		n += f.Size
	}
	for _, f := range b.Tags {
		n += f.Size
	}
	return n
}

// write puts the whole bag into out, and gives its signature.
func (b Bag) write(ctx context.Context, out *zipSink, progress *meter) (signature []byte, err error) {
	var manifest, tagManifest strings.Builder
	tag := func(f File) error {
		sum, err := out.add(ctx, f.Name, f, progress)
		fmt.Fprintf(&tagManifest, "%s  %s\n", sum, f.Name)
		return err
	}
	if err := tag(FromBytes("bagit.txt", []byte("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"))); err != nil {
		return nil, err
	}
	if err := tag(FromBytes("bag-info.txt", b.infoText())); err != nil {
		return nil, err
	}
	for _, f := range sorted(b.Payload) {
		sum, err := out.add(ctx, "data/"+f.Name, f, progress)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&manifest, "%s  data/%s\n", sum, f.Name)
	}
	for _, f := range sorted(b.Tags) {
		if err := tag(f); err != nil {
			return nil, err
		}
	}
	if err := tag(FromBytes("manifest-sha256.txt", []byte(manifest.String()))); err != nil {
		return nil, err
	}
	last := FromBytes(TagManifestName, []byte(tagManifest.String()))
	if _, err := out.add(ctx, last.Name, last, progress); err != nil {
		return nil, err
	}
	if b.Sign != nil {
		if signature, err = b.Sign([]byte(tagManifest.String())); err != nil {
			return nil, fmt.Errorf("signing a bag: %w", err)
		}
		if _, err := out.add(ctx, SignatureName, FromBytes(SignatureName, signature), progress); err != nil {
			return nil, err
		}
	}
	return signature, out.finish()
}

func sorted(files []File) []File {
	s := append([]File(nil), files...)
	sort.Slice(s, func(i, j int) bool { return s[i].Name < s[j].Name })
	return s
}

// infoText is bag-info.txt. (RFC 8493 section 2.2.2.)
func (b Bag) infoText() []byte {
	var octets int64
	for _, f := range b.Payload {
		octets += f.Size
	}
	var s strings.Builder
	line := func(label, value string) {
		label = strings.NewReplacer(":", "", "\r", "", "\n", "").Replace(label)
		fmt.Fprintf(&s, "%s: %s\n", label, strings.Join(strings.Fields(strings.ToValidUTF8(value, "�")), " "))
	}
	for _, field := range b.Info {
		line(field.Label, field.Value)
	}
	line("Bagging-Date", b.Time.UTC().Format(time.DateOnly))
	line("Payload-Oxum", fmt.Sprintf("%d.%d", octets, len(b.Payload)))
	return []byte(s.String())
}

const chunkBytes = 512 << 10

// validUTF8 reports whether a name from an archive can be shown as it is.
func validUTF8(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
