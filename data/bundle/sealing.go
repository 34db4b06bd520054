package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strconv"

	"casebinder/data/bag"
	"casebinder/data/seal"
)

// FormatVersion is the version of the bag's format that is written, and the
// newest that Verify knows. FORMAT.md says what each version promises.
const FormatVersion = 1

// formatLabel is the line of bag-info.txt that tells it.
const formatLabel = "Casebinder-Bundle-Format"

// Where the parts of the seal stand in the bag.
const (
	signersName    = "signature/allowed_signers"
	custodyName    = "custody.jsonl" // below data/
	checkpointName = "custody-checkpoint.txt"
	custodyTable   = "custody.csv"
)

// writeLog makes the custody log with its checkpoint, of which the pages and the
// index tell how it ends. Every text of it is masked as the case asks.
func (e *env) writeLog() error {
	o := seal.CustodyOptions{At: e.c.Generated, HashOnly: e.c.outside()}
	if e.masker != nil {
		o.Mask = e.masker.Text
	} else if len(e.c.Mask) > 0 {
		return errors.New("sealing a bundle: the custody log is not masked")
	}
	e.log, e.end = seal.Custody(e.c.Custody, o)
	return nil
}

// logEnd says in one word how the custody log ends: its lines and the hash of the
// last one.
func logEnd(c seal.Checkpoint) string { return strconv.FormatInt(c.Count, 10) + ":" + c.Hash }

// sealed adds to a bag what lets a stranger check it: the version of its
// format, the custody log with its checkpoint, the description for programs,
// and where there is a key, the signature.
func (b *bound) sealed(files bag.Bag) (bag.Bag, error) {
	rows, err := seal.CustodyRows(b.log)
	if err != nil {
		return files, err
	}
	files.Payload = append(files.Payload,
		bag.FromBytes(custodyName, b.log), bag.FromBytes(checkpointName, b.end.Marshal()), bag.FromBytes(custodyTable, csvFile(rows)))
	described, err := b.describe(files.Payload)
	if err != nil {
		return files, err
	}
	files.Payload = append(files.Payload, bag.FromBytes(seal.CrateName, described))
	files.Info = append(files.Info, bag.InfoField{Label: formatLabel, Value: strconv.Itoa(FormatVersion)})
	if b.c.Anchor != "" {
		files.Info = append(files.Info, bag.InfoField{Label: seal.AnchorLabel, Value: b.c.Anchor})
	}
	if key := b.opts.Key; key != nil && !key.IsZero() {
		files.Tags = append(files.Tags, bag.FromBytes(signersName, seal.AllowedSigners(key.Public())))
		files.Sign = func(tagManifest []byte) ([]byte, error) { return seal.Sign(*key, tagManifest) }
	}
	return files, nil
}

// outside lists the evidence in the custody log that is no exhibit, such as the
// originals of redacted copies. The log tells of it by its fingerprint alone.
func (c *Case) outside() []string {
	inside := map[string]bool{}
	for _, e := range c.Exhibits {
		inside[e.UID] = true
	}
	var uids []string
	for _, e := range c.Custody {
		if e.Entity == "evidence" && !inside[e.Key] && !slices.Contains(uids, e.Key) {
			uids = append(uids, e.Key)
		}
	}
	return uids
}

// describe tells programs of each file of the payload.
func (b *bound) describe(payload []bag.File) ([]byte, error) {
	crate := seal.Crate{
		Name:        b.w.get("title") + ": " + b.subject(b.c.Order.Number),
		Description: b.w.get("crate.description"), License: b.w.get(b.about("crate.license")),
		Author: b.c.Order.Shop.Name, Program: b.c.Program, Published: b.c.Generated,
	}
	exhibits := map[string]Placed{}
	for _, p := range slices.Backward(b.placed) {
		exhibits[p.File] = p // of two exhibits of one file the first
	}
	for _, f := range payload {
		sum, err := fingerprint(f)
		if err != nil {
			return nil, err
		}
		one := seal.CrateFile{
			Path: f.Name, Name: f.Name, MIME: mimeOf(f.Name), Size: f.Size, SHA256: sum, Created: b.c.Generated, Composed: true,
		}
		if p, ok := exhibits[f.Name]; ok {
			e := p.Exhibit
			one.Name, one.Description = b.w.get("exhibit", "n", itoa(p.Number))+": "+p.Title, e.Proves
			one.MIME, one.Created, one.Exhibit, one.Composed = e.MIME, e.CapturedAt, p.Number, e.CopyOf != ""
			if e.Original != nil {
				one.BasedOn = e.Original.SHA256
			}
		}
		crate.Files = append(crate.Files, one)
	}
	return seal.ROCrate(crate)
}

// fingerprint is a file's SHA-256 as it is known, or of what is in memory.
func fingerprint(f bag.File) (string, error) {
	if f.SHA256 != "" {
		return f.SHA256, nil
	}
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(h, r)
	if err := errors.Join(err, r.Close()); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// mimeOf tells the kind of the files that are composed.
func mimeOf(name string) string {
	switch ending(name) {
	case "pdf":
		return "application/pdf"
	case "csv":
		return "text/csv"
	case "json":
		return "application/json"
	case "jsonl":
		return "application/jsonl"
	case "txt":
		return "text/plain"
	}
	return "application/octet-stream"
}

func ending(name string) string {
	for i := len(name) - 1; i >= 0 && name[i] != '/'; i-- {
		if name[i] == '.' {
			return name[i+1:]
		}
	}
	return ""
}
