package seal

import (
	"crypto/sha256"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
)

// The structures of RFC 3161, section 2.4.1.
type timeStampReq struct {
	Version        int
	MessageImprint messageImprint
	Nonce          *big.Int
	CertReq        bool
}

type messageImprint struct {
	HashAlgorithm pkix.AlgorithmIdentifier
	HashedMessage []byte
}

var oidSHA256 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}

// TimeStampRequest is a request to a time-stamping authority (RFC 3161, DER)
// for a file with this SHA-256, of 32 bytes. The authority's certificate is
// asked for, so that the answer can be checked later without asking again. The
// nonce comes from the hash: the same file gives the same request. Nothing is
// sent; a person sends it where they choose.
func TimeStampRequest(sum []byte) ([]byte, error) {
	if len(sum) != sha256.Size {
		return nil, ProblemStamp.New("reason", fmt.Sprintf("a SHA-256 has %d bytes and this has %d", sha256.Size, len(sum)))
	}
	seed := sha256.Sum256(append([]byte("casebinder-timestamp-1\n"), sum...))
	seed[0] |= 0x80 // always of the same length
	der, err := asn1.Marshal(timeStampReq{
		Version: 1,
		MessageImprint: messageImprint{
			HashAlgorithm: pkix.AlgorithmIdentifier{Algorithm: oidSHA256, Parameters: asn1.NullRawValue},
			HashedMessage: sum,
		},
		Nonce:   new(big.Int).SetBytes(seed[:8]),
		CertReq: true,
	})
	if err != nil {
		return nil, fmt.Errorf("asking for a time stamp: %w", err)
	}
	return der, nil
}
