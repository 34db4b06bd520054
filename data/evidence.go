package data

import (
	"slices"
	"time"
)

// EvidenceKind says what a piece of evidence is.
type EvidenceKind string

// The kinds of evidence.
const (
	KindPhoto      EvidenceKind = "photo"      // of the goods
	KindPacking    EvidenceKind = "packing"    // packing photo or video
	KindScreenshot EvidenceKind = "screenshot" // of a page or chat
	KindListing    EvidenceKind = "listing"    // snapshot of the offer
	KindTracking   EvidenceKind = "tracking"   // the carrier's record
	KindDelivery   EvidenceKind = "delivery"   // proof of delivery, signature
	KindInvoice    EvidenceKind = "invoice"
	KindCustoms    EvidenceKind = "customs"
	KindRefund     EvidenceKind = "refund" // proof of refund
	KindQC         EvidenceKind = "qc"     // inspection record
	KindPolicy     EvidenceKind = "policy" // terms, return policy
	KindMessage    EvidenceKind = "message"
	KindOther      EvidenceKind = "other"

	KindCertificate EvidenceKind = "certificate" // of safety, a test report, a right to a name or design
)

// EvidenceKinds lists all kinds in the order in which a choice shows them.
func EvidenceKinds() []EvidenceKind {
	return []EvidenceKind{
		KindPhoto, KindPacking, KindScreenshot, KindListing, KindTracking, KindDelivery, KindInvoice,
		KindCustoms, KindRefund, KindQC, KindCertificate, KindPolicy, KindMessage, KindOther,
	}
}

// Unsaid reports whether nobody said what the file shows: it has no kind of its
// own and no note. Such a file proves nothing until a person says so.
func (e *Evidence) Unsaid() bool { return (e.Kind == KindOther || e.Kind == "") && e.Note == "" }

// CaptureSource says where a capture time comes from.
type CaptureSource string

// The sources of a capture time, from the strongest.
const (
	CapturedExif   CaptureSource = "exif"   // written by the camera into the file
	CapturedFile   CaptureSource = "file"   // written into a saved page or PDF by the program that saved it
	CapturedStated CaptureSource = "stated" // told by the operator
	CapturedNone   CaptureSource = ""       // not known
)

// Evidence is one file that proves something. The file is stored by its
// SHA-256 and never changed; the description may be edited, and each edit
// is in the journal.
type Evidence struct {
	ID         int64         `json:"-"`
	UID        string        `json:"uid"` // UUIDv7
	SHA256     string        `json:"sha256"`
	Size       int64         `json:"size"` // bytes
	MIME       string        `json:"mime"` // told from the content, not the name
	Name       string        `json:"name"` // as it came in, without its folder
	Kind       EvidenceKind  `json:"kind"`
	Note       string        `json:"note,omitempty"`
	OrderID    int64         `json:"-"`
	DisputeID  int64         `json:"-"` // 0: belongs to the order alone
	MessageID  int64         `json:"-"` // of the message that it came with; 0: none
	FeedbackID int64         `json:"-"` // of the feedback whose picture it is, or against which it is kept; 0: none
	CapturedAt time.Time     `json:"captured_at,omitzero"`
	Captured   CaptureSource `json:"captured_source,omitempty"`
	Place      string        `json:"place,omitempty"`    // where captured: told, or latitude and longitude from EXIF
	Device     string        `json:"device,omitempty"`   // camera model from EXIF
	Label      string        `json:"label,omitempty"`    // what stands on a shipping label in the picture, as somebody typed it
	Slot       string        `json:"slot,omitempty"`     // of packing: goods, qc, weighing, packing, label, parcel_list
	Tracking   string        `json:"tracking,omitempty"` // of the parcel that it shows, where it was read or told
	Codes      []ReadCode    `json:"codes,omitempty"`    // that were read from it; nil: nobody looked
	Source     string        `json:"source"`             // how it came in: "file", "drop", "paste", "command", "watched", "sample"
	AddedAt    time.Time     `json:"added_at"`
	AddedBy    string        `json:"added_by"`
	BinnedAt   time.Time     `json:"binned_at,omitzero"`

	ReplacedBy string        `json:"replaced_by,omitempty"` // UID of the redacted copy that stands for it, since its file was erased
	ErasedAt   time.Time     `json:"erased_at,omitzero"`    // when its file was erased from the vault; its SHA-256 stays
	ErasedFor  ErasureGround `json:"erased_for,omitempty"`  // why

	CopyOf string `json:"copy_of,omitempty"` // UID of the evidence that this is an edited copy of
	Edits  []Edit `json:"edits,omitempty"`   // what was burned into the copy
}

// Erased reports whether the file is gone for the personal data in it.
func (e *Evidence) Erased() bool { return !e.ErasedAt.IsZero() }

// Redacted reports whether something was taken away from the original.
func (e *Evidence) Redacted() bool { return slices.ContainsFunc(e.Edits, Edit.Hides) }

// Submission is a bundle as it was exported: frozen, but for when it was sent
// and what came back.
type Submission struct {
	ID         int64     `json:"-"`
	UID        string    `json:"uid"` // UUIDv7
	DisputeID  int64     `json:"-"`
	Version    int       `json:"version"` // 1, 2, ... within the dispute
	Profile    string    `json:"profile"` // which platform's limits; "plain" for none
	Language   string    `json:"language"`
	CreatedAt  time.Time `json:"created_at"`
	CreatedBy  string    `json:"created_by"`
	PDFName    string    `json:"pdf_name"`
	PDFSHA256  string    `json:"pdf_sha256"`
	BagName    string    `json:"bag_name"`
	BagSHA256  string    `json:"bag_sha256"`
	Pages      int       `json:"pages"`
	Exhibits   int       `json:"exhibits"`
	Bytes      int64     `json:"bytes"`      // of the ZIP
	Generation time.Time `json:"generation"` // the time printed in the bundle; with the case it fixes every byte

	Program string     `json:"program,omitempty"` // name and version of the program that made it
	Signer  string     `json:"signer,omitempty"`  // fingerprint of the key that signed it: "SHA256:..."
	Mask    []MaskKind `json:"mask,omitempty"`    // what was masked in its text
	Changes []string   `json:"changes,omitempty"` // what changed since the version before, as keys with their subject: "exhibit.added LX12.jpg"

	SentAt   time.Time `json:"sent_at,omitzero"`
	SentBy   string    `json:"sent_by,omitempty"`
	SentNote string    `json:"sent_note,omitempty"` // where it was uploaded, the platform's number for it
	Receipt  string    `json:"receipt,omitempty"`   // UID of the evidence that shows that it arrived
}
