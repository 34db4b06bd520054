package bag

import (
	"bufio"
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/ianaindex"

	"casebinder/data"
)

// algorithms that can be checked, by the name that a manifest's file has.
var algorithms = map[string]func() hash.Hash{
	"md5":     md5.New,
	"sha1":    sha1.New,
	"sha224":  sha256.New224,
	"sha256":  sha256.New,
	"sha384":  sha512.New384,
	"sha512":  sha512.New,
	"sha3256": func() hash.Hash { return sha3.New256() },
	"sha3512": func() hash.Hash { return sha3.New512() },
}

var manifestName = regexp.MustCompile(`^(tag)?manifest-([A-Za-z0-9][A-Za-z0-9_-]*)\.txt$`)

// A manifestLine is one line of a manifest.
type manifestLine struct {
	sum  string // lower-case hex
	path string // as written, with neither percent signs nor a leading * taken away
}

// parseLine reads "checksum  path". digits is the length of the checksum in
// hex; 0 means any. It says what is wrong with a line.
func parseLine(line string, digits int) (manifestLine, data.Phrase) {
	i := strings.IndexAny(line, " \t")
	if i <= 0 {
		return manifestLine{}, sayManifestLine
	}
	sum, path := strings.ToLower(line[:i]), strings.TrimLeft(line[i:], " \t")
	if path == "" || !utf8.ValidString(path) {
		return manifestLine{}, sayManifestLine
	}
	if _, err := hex.DecodeString(sum); err != nil && digits == 0 {
		return manifestLine{}, sayManifestLine
	} else if err != nil || digits > 0 && len(sum) != digits {
		return manifestLine{}, sayDigits
	}
	return manifestLine{sum: sum, path: path}, data.Phrase{}
}

// spellings lists the paths that a manifest's path may stand for, the likeliest
// first. BagIt 1.0 encodes CR, LF and % with percent signs; 0.97 encodes CR and
// LF alone. A * before the path is md5sum's mark of a binary file, and ./ comes
// from find.
func spellings(path, version string) []string {
	decoded := decodePercent(path, version)
	list := []string{decoded}
	if path != decoded {
		list = append(list, path)
	}
	for _, p := range list[:len(list):len(list)] {
		bare := strings.TrimPrefix(strings.TrimPrefix(p, "*"), "./")
		if bare != p {
			list = append(list, bare)
		}
	}
	return list
}

func decodePercent(path, version string) string {
	if version != "" && version[0] != '0' {
		return decodesAll.Replace(path)
	}
	return decodesLines.Replace(path)
}

var (
	decodesLines = strings.NewReplacer("%0D", "\r", "%0d", "\r", "%0A", "\n", "%0a", "\n")
	decodesAll   = strings.NewReplacer("%0D", "\r", "%0d", "\r", "%0A", "\n", "%0a", "\n", "%25", "%")
)

// errStop ends the reading of lines after a finding.
var errStop = errors.New("stopped")

// scanLines calls each for every line that is not blank; lines end in LF, CR
// or both. A byte order mark at the start is left out and reported. What cannot
// be read is a finding about the file.
func scanLines(r io.Reader, rep *Report, name string, each func(number int, line string) error) (bom bool, err error) {
	defer func() {
		switch {
		case err == nil || errors.Is(err, errStop):
		case errors.Is(err, bufio.ErrTooLong):
			rep.fail(name, KindMalformed, sayLongLine)
		default:
			rep.fail(name, KindUnreadable, sayUnreadable, "reason", err)
		}
	}()
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 4096), maxLineBytes)
	sc.Split(splitLine)
	for number := 1; sc.Scan(); number++ {
		line := sc.Text()
		if number == 1 {
			line, bom = strings.CutPrefix(line, "\ufeff")
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := each(number, line); err != nil {
			return bom, err
		}
	}
	return bom, sc.Err()
}

func splitLine(b []byte, end bool) (advance int, token []byte, err error) {
	i := bytes.IndexAny(b, "\r\n")
	switch {
	case i < 0 && end && len(b) > 0:
		return len(b), b, nil
	case i < 0:
		return 0, nil, nil
	case b[i] == '\n':
		return i + 1, b[:i], nil
	case i+1 < len(b) && b[i+1] == '\n':
		return i + 2, b[:i], nil
	case i+1 < len(b) || end:
		return i + 1, b[:i], nil
	}
	return 0, nil, nil // a CR at the end of what was read: does an LF follow?
}

// declaration is what bagit.txt says.
type declaration struct {
	version  string
	encoding string
	decoder  *encoding.Decoder // nil for UTF-8
}

var versionForm = regexp.MustCompile(`^[0-9]{1,3}\.[0-9]{1,3}$`)

// maxDeclaration is far above what two lines take.
const maxDeclaration = 64 << 10

const (
	versionLabel  = "BagIt-Version"
	encodingLabel = "Tag-File-Character-Encoding"
)

// parseDeclaration reads bagit.txt. What is not written to the letter is read
// all the same, so that the rest can be looked at, and is a finding.
func parseDeclaration(r io.Reader, rep *Report) (declaration, bool) {
	var d declaration
	raw, err := io.ReadAll(io.LimitReader(r, maxDeclaration))
	if err != nil {
		rep.fail("bagit.txt", KindNotABag, sayUnreadable, "reason", err)
		return d, false
	}
	text, bom := strings.CutPrefix(string(raw), "\ufeff")
	if bom {
		rep.fail("bagit.txt", KindBOM, sayBOM)
	}
	fields := map[string]string{}
	for _, line := range splitLines(text) {
		label, value, _ := strings.Cut(line, ":")
		label = strings.ToLower(strings.TrimSpace(label))
		if _, twice := fields[label]; !twice {
			fields[label] = strings.TrimSpace(value)
		}
	}
	d.version, d.encoding = fields[strings.ToLower(versionLabel)], fields[strings.ToLower(encodingLabel)]
	rep.Version, rep.Encoding = printable(d.version), printable(d.encoding)
	if !versionForm.MatchString(d.version) {
		rep.fail("bagit.txt", KindNotABag, sayNoVersion)
		return d, false
	}
	if d.version != "1.0" && !strings.HasPrefix(d.version, "0.9") {
		rep.fail("bagit.txt", KindVersion, sayVersion, "version", d.version)
		return d, false
	}
	d.toTheLetter(text, rep)
	return d, d.findEncoding(rep)
}

// splitLines splits at LF, CR or both. The end of the last line begins no line.
func splitLines(text string) []string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// toTheLetter sees to it that the declaration is exactly its two lines, each a
// label, a colon, a space and the value. Older versions were written by more
// liberal programs, and are warned of. (RFC 8493 section 2.1.1.)
func (d *declaration) toTheLetter(text string, rep *Report) {
	lines := splitLines(text)
	why := sayTwoLines
	switch {
	case d.encoding == "":
		return // told by findEncoding
	case len(lines) != 2:
		why = sayLineCount
	case lines[0] == versionLabel+": "+d.version && lines[1] == encodingLabel+": "+d.encoding:
		return
	}
	s := data.Serious
	if d.version != "1.0" {
		s = data.Warning
	}
	rep.add("bagit.txt", 0, KindMalformed, s, why.With("version", d.version, "encoding", printable(d.encoding), "n", len(lines)))
}

func (d *declaration) findEncoding(rep *Report) bool {
	switch strings.ToUpper(d.encoding) {
	case "UTF-8", "UTF8":
		return true
	case "":
		rep.fail("bagit.txt", KindMalformed, sayNoEncoding)
		return true
	}
	enc, err := ianaindex.IANA.Encoding(d.encoding)
	if err != nil || enc == nil {
		rep.fail("bagit.txt", KindVersion, sayEncoding, "encoding", printable(d.encoding))
		return false
	}
	d.decoder = enc.NewDecoder()
	return true
}

// text decodes a tag file into UTF-8.
func (d *declaration) text(r io.Reader) io.Reader {
	if d.decoder == nil {
		return r
	}
	return d.decoder.Reader(r)
}

// parseInfo reads bag-info.txt: "Label: value", continued on lines that begin
// with a space or tab.
func parseInfo(r io.Reader, rep *Report) []InfoField {
	const maxFields = 10_000
	const name = "bag-info.txt"
	var fields []InfoField
	stop := func(number int, why data.Phrase, args ...any) error {
		rep.failLine(name, number, KindMalformed, why, args...)
		return errStop
	}
	bom, _ := scanLines(r, rep, name, func(number int, line string) error {
		if line[0] == ' ' || line[0] == '\t' {
			if len(fields) == 0 {
				return stop(number, sayContinues)
			}
			fields[len(fields)-1].Value += " " + strings.TrimSpace(line)
			return nil
		}
		label, value, ok := strings.Cut(line, ":")
		switch {
		case !ok:
			return stop(number, sayLabel)
		case len(fields) >= maxFields:
			return stop(number, sayManyLabels, "limit", maxFields)
		}
		fields = append(fields, InfoField{Label: strings.TrimSpace(label), Value: strings.TrimSpace(value)})
		return nil
	})
	if bom {
		rep.warn(name, KindBOM, sayBOM)
	}
	return fields
}

// parseOxum reads "octets.files".
func parseOxum(value string) (octets int64, files int, ok bool) {
	a, b, found := strings.Cut(strings.TrimSpace(value), ".")
	if !found {
		return 0, 0, false
	}
	octets, err := strconv.ParseInt(a, 10, 64)
	if err != nil {
		return 0, 0, false
	}
	files, err = strconv.Atoi(b)
	return octets, files, err == nil && octets >= 0 && files >= 0
}

// parseFetch reads fetch.txt: "URL length path". The addresses are never used.
func parseFetch(r io.Reader, version string, rep *Report) map[string]bool {
	const name = "fetch.txt"
	named := map[string]bool{}
	_, _ = scanLines(r, rep, name, func(number int, line string) error {
		// A path may hold any other space of Unicode: those two alone end a field.
		parts := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
		if len(parts) < 3 {
			rep.failLine(name, number, KindMalformed, sayFetchLine)
			return errStop
		}
		rest := strings.TrimLeft(line, " \t")
		for range 2 {
			rest = strings.TrimLeft(rest[strings.IndexAny(rest, " \t"):], " \t")
		}
		if n, err := strconv.ParseInt(parts[1], 10, 64); parts[1] != "-" && (err != nil || n < 0) {
			rep.failLine(name, number, KindMalformed, sayFetchLength)
			return errStop
		}
		p := decodePercent(rest, version)
		p = strings.TrimPrefix(strings.TrimPrefix(p, "*"), "./")
		switch why := safePath(p); {
		case why.Key != "":
			rep.failLine(name, number, KindUnsafe, why, "limit", maxForeignPath)
		case !isPayload(p):
			rep.failLine(name, number, KindMalformed, sayNotPayload, "path", printable(p))
		default:
			named[p] = true
		}
		return nil
	})
	return named
}
