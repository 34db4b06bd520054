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
	"fmt"
	"hash"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/ianaindex"
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

var errManifestLine = errors.New("not a checksum and a path")

// parseLine reads "checksum  path". digits is the length of the checksum in
// hex; 0 means any.
func parseLine(line string, digits int) (manifestLine, error) {
	i := strings.IndexAny(line, " \t")
	if i <= 0 {
		return manifestLine{}, errManifestLine
	}
	sum, path := strings.ToLower(line[:i]), strings.TrimLeft(line[i:], " \t")
	if path == "" || !utf8.ValidString(path) {
		return manifestLine{}, errManifestLine
	}
	if _, err := hex.DecodeString(sum); err != nil || (digits > 0 && len(sum) != digits) {
		return manifestLine{}, fmt.Errorf("%w: a checksum of this kind has %d hexadecimal digits", errManifestLine, digits)
	}
	return manifestLine{sum: sum, path: path}, nil
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
	pairs := []string{"%0D", "\r", "%0d", "\r", "%0A", "\n", "%0a", "\n"}
	if version != "" && version[0] != '0' {
		pairs = append(pairs, "%25", "%")
	}
	return strings.NewReplacer(pairs...).Replace(path)
}

// scanLines calls each for every line that is not blank; lines end in LF, CR
// or both. A byte order mark at the start is left out and reported.
func scanLines(r io.Reader, each func(number int, line string) error) (bom bool, err error) {
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

// parseDeclaration reads bagit.txt.
func parseDeclaration(r io.Reader, rep *Report) (declaration, bool) {
	var d declaration
	fields := map[string]string{}
	bom, err := scanLines(r, func(number int, line string) error {
		label, value, ok := strings.Cut(line, ":")
		if !ok {
			return fmt.Errorf("line %d is not a label and a value", number)
		}
		fields[strings.ToLower(strings.TrimSpace(label))] = strings.TrimSpace(value)
		return nil
	})
	if err != nil {
		rep.fail("bagit.txt", KindNotABag, "%v", err)
		return d, false
	}
	if bom {
		rep.fail("bagit.txt", KindBOM, "it begins with a byte order mark")
	}
	d.version, d.encoding = fields["bagit-version"], fields["tag-file-character-encoding"]
	rep.Version, rep.Encoding = d.version, d.encoding
	if !versionForm.MatchString(d.version) {
		rep.fail("bagit.txt", KindNotABag, "it has no BagIt-Version such as 1.0")
		return d, false
	}
	if d.version != "1.0" && !strings.HasPrefix(d.version, "0.9") {
		rep.fail("bagit.txt", KindVersion, "version %s of BagIt is not known here; known are 1.0 and 0.93 to 0.97", d.version)
		return d, false
	}
	return d, d.findEncoding(rep)
}

func (d *declaration) findEncoding(rep *Report) bool {
	switch strings.ToUpper(d.encoding) {
	case "UTF-8", "UTF8":
		return true
	case "":
		rep.fail("bagit.txt", KindMalformed, "it has no Tag-File-Character-Encoding; read as UTF-8")
		return true
	}
	enc, err := ianaindex.IANA.Encoding(d.encoding)
	if err != nil || enc == nil {
		rep.fail("bagit.txt", KindVersion, "the encoding %s is not known here", printable(d.encoding))
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
	var fields []InfoField
	bom, err := scanLines(r, func(number int, line string) error {
		if line[0] == ' ' || line[0] == '\t' {
			if len(fields) == 0 {
				return fmt.Errorf("line %d continues nothing", number)
			}
			fields[len(fields)-1].Value += " " + strings.TrimSpace(line)
			return nil
		}
		label, value, ok := strings.Cut(line, ":")
		if !ok || len(fields) >= maxFields {
			return fmt.Errorf("line %d is not a label and a value", number)
		}
		fields = append(fields, InfoField{Label: strings.TrimSpace(label), Value: strings.TrimSpace(value)})
		return nil
	})
	if bom {
		rep.warn("bag-info.txt", KindBOM, "it begins with a byte order mark")
	}
	if err != nil {
		rep.fail("bag-info.txt", KindMalformed, "%v", err)
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
	named := map[string]bool{}
	_, err := scanLines(r, func(number int, line string) error {
		parts := strings.Fields(line)
		if len(parts) < 3 {
			return fmt.Errorf("line %d is not an address, a length and a path", number)
		}
		rest := strings.TrimLeft(line, " \t")
		for range 2 {
			rest = strings.TrimLeft(rest[strings.IndexAny(rest, " \t"):], " \t")
		}
		if n, err := strconv.ParseInt(parts[1], 10, 64); parts[1] != "-" && (err != nil || n < 0) {
			return fmt.Errorf("line %d has neither a length nor a -", number)
		}
		p := decodePercent(rest, version)
		p = strings.TrimPrefix(strings.TrimPrefix(p, "*"), "./")
		switch why := safePath(p); {
		case why != "":
			rep.fail("fetch.txt", KindUnsafe, "line %d: %s", number, why)
		case !isPayload(p):
			rep.fail("fetch.txt", KindMalformed, "line %d: %s is not below data/", number, printable(p))
		default:
			named[p] = true
		}
		return nil
	})
	if err != nil {
		rep.fail("fetch.txt", KindMalformed, "%v", err)
	}
	return named
}
