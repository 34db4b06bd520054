package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"casebinder/data"
)

// AnchorLabel is the line of bag-info.txt that tells the end of the desk's
// journal when the bag was made.
const AnchorLabel = "Casebinder-Journal-Anchor"

// anchorPurpose keeps the key of covered anchors apart from all else that is
// derived from a signing key.
const anchorPurpose = "casebinder-anchor-1\n"

// covered marks an anchor whose hash only the holder of the signing key can
// compare: nobody else can prove by it a guess at what stands in the journal.
const covered = "covered "

// AnchorLine writes an anchor: the number of the entry, a space, its hash.
func AnchorLine(a data.Anchor) string { return strconv.FormatInt(a.Seq, 10) + " " + a.Hash }

// CoveredAnchorLine writes an anchor that only the holder of the key can
// compare: the number of the entry, "covered", and the HMAC-SHA-256 of its hash.
func CoveredAnchorLine(a data.Anchor, key Key) string {
	return strconv.FormatInt(a.Seq, 10) + " " + covered + key.cover(a.Hash)
}

func (k Key) cover(hash string) string {
	secret := sha256.Sum256(append([]byte(anchorPurpose), k.private.Seed()...))
	mac := hmac.New(sha256.New, secret[:])
	mac.Write([]byte(hash))
	return hex.EncodeToString(mac.Sum(nil))
}

// An AnchorMark is an anchor as it was written down.
type AnchorMark struct {
	Seq     int64
	mark    string // the hash, or what covers it
	covered bool
}

// ReadAnchor reads what AnchorLine and CoveredAnchorLine write.
func ReadAnchor(line string) (AnchorMark, error) {
	number, mark, _ := strings.Cut(line, " ")
	mark, under := strings.CutPrefix(mark, covered)
	seq, err := strconv.ParseInt(number, 10, 64)
	raw, bad := hex.DecodeString(mark)
	if err != nil || bad != nil || seq < 1 || len(raw) != sha256.Size || mark != strings.ToLower(mark) || number != strconv.FormatInt(seq, 10) {
		return AnchorMark{}, fmt.Errorf("an anchor that reads %.100q: %w", line, data.ErrInvalid)
	}
	return AnchorMark{Seq: seq, mark: mark, covered: under}, nil
}

// Covered reports whether the key is needed to compare it.
func (m AnchorMark) Covered() bool { return m.covered }

// Fits reports whether the entry with the mark's number has this hash. Of a
// covered mark only the key with which it was made can tell; a zero key cannot.
func (m AnchorMark) Fits(hash string, key Key) bool {
	if !m.covered {
		return m.mark == hash
	}
	return !key.IsZero() && hmac.Equal([]byte(m.mark), []byte(key.cover(hash)))
}
