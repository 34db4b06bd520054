package data

import (
	"slices"
	"strings"
	"time"
)

// The entities of products in the journal and in changes.
const (
	EntityProduct = "product"
	EntityPaper   = "product_paper"
)

// Product is an article as a shop sells it: what its listing says, and what is
// known of it.
type Product struct {
	ID         int64        `json:"-"`
	UID        string       `json:"uid"` // UUIDv7
	ShopID     int64        `json:"-"`   // 0: in every shop
	SKU        string       `json:"sku"` // "" where items carry none; then its title names it
	ExternalID string       `json:"external_id,omitempty"`
	Title      string       `json:"title"`
	Class      string       `json:"class,omitempty"` // of goods, as the review before shipping knows them
	Fragile    bool         `json:"fragile,omitempty"`
	Supplier   string       `json:"supplier,omitempty"` // its name; "" not known
	SupplierID int64        `json:"-"`                  // as it is stored
	Listing    Listing      `json:"listing,omitzero"`
	Knowledge  []Knowledge  `json:"knowledge,omitempty"`
	Variants   []ProductSKU `json:"variants,omitempty"` // SKUs of the listing beside or instead of SKU
	UpdatedAt  time.Time    `json:"updated_at"`
	UpdatedBy  string       `json:"updated_by,omitempty"`
	BinnedAt   time.Time    `json:"binned_at,omitzero"`

	Extra map[string]string `json:"extra,omitempty"` // columns of an export that no field takes, by their header
}

// ProductSKU is one of several articles of a listing.
type ProductSKU struct {
	SKU  string `json:"sku"`
	Name string `json:"name,omitempty"` // "Red / M"
}

// SKUs lists what items of the product may be called, its own first.
func (p *Product) SKUs() []string {
	var list []string
	if p.SKU != "" {
		list = append(list, p.SKU)
	}
	for _, v := range p.Variants {
		if v.SKU != "" && !slices.Contains(list, v.SKU) {
			list = append(list, v.SKU)
		}
	}
	return list
}

// Name is what a person calls the product by.
func (p *Product) Name() string {
	if p.Title != "" {
		return p.Title
	}
	return p.SKU
}

// Listing is what a product's page tells buyers, in the page's words. What the page
// does not say is empty.
type Listing struct {
	Platform    Platform `json:"platform,omitempty"` // whose limits hold; "" none
	Title       string   `json:"title,omitempty"`
	Description string   `json:"description,omitempty"` // with specifications, material, condition
	Sizes       string   `json:"sizes,omitempty"`
	NoSizes     bool     `json:"no_sizes,omitempty"` // the goods have none
	Pictures    int      `json:"pictures,omitempty"`
	OwnPictures bool     `json:"own_pictures,omitempty"` // taken by the seller, or used with permission
	Shipping    string   `json:"shipping,omitempty"`
	Duty        string   `json:"duty,omitempty"`
	Returns     string   `json:"returns,omitempty"`
	Service     string   `json:"service,omitempty"` // hours and time of answer
}

// IsZero reports whether nothing of the page was written down.
func (l Listing) IsZero() bool { return l == Listing{} }

// Text gives all that the page says.
func (l Listing) Text() string {
	text := ""
	for _, part := range []string{l.Title, l.Description, l.Sizes, l.Shipping, l.Duty, l.Returns, l.Service} {
		if part != "" {
			text += part + "\n"
		}
	}
	return text
}

// KnowledgeKind says what a piece of knowledge is about.
type KnowledgeKind string

// The kinds of knowledge.
const (
	KnowFAQ   KnowledgeKind = "faq"
	KnowUsage KnowledgeKind = "usage"
	KnowCare  KnowledgeKind = "care"
	KnowSizes KnowledgeKind = "sizes"
)

// KnowledgeKinds lists them.
func KnowledgeKinds() []KnowledgeKind {
	return []KnowledgeKind{KnowFAQ, KnowUsage, KnowCare, KnowSizes}
}

// Knowledge is an answer about a product that a reply can quote.
type Knowledge struct {
	Kind     KnowledgeKind `json:"kind"`
	Question string        `json:"question,omitempty"` // that it answers; of "faq" alone it is needed
	Text     string        `json:"text"`
	Language string        `json:"language,omitempty"` // BCP 47; "" serves all
}

// Speaks reports whether the entry can stand in a text in a language (BCP 47): it
// serves all, or has the language itself, "pt" that of "pt-BR" too. Chinese in one
// script is not read in the other.
func (k Knowledge) Speaks(language string) bool {
	if k.Language == "" || strings.EqualFold(k.Language, language) {
		return true
	}
	own, _, _ := strings.Cut(k.Language, "-")
	asked, _, _ := strings.Cut(language, "-")
	return strings.EqualFold(own, asked) && !strings.EqualFold(own, "zh")
}

// PaperKind says what a paper of a product is.
type PaperKind string

// The kinds of papers.
const (
	PaperSnapshot      PaperKind = "snapshot" // of the listing
	PaperCE            PaperKind = "ce"       // declaration of conformity
	PaperTestReport    PaperKind = "test_report"
	PaperTrademark     PaperKind = "trademark"
	PaperPatent        PaperKind = "patent"
	PaperCopyright     PaperKind = "copyright"
	PaperAuthorization PaperKind = "authorization" // to sell a brand
	PaperOther         PaperKind = "other"
)

// PaperKinds lists them.
func PaperKinds() []PaperKind {
	return []PaperKind{PaperSnapshot, PaperCE, PaperTestReport, PaperTrademark, PaperPatent, PaperCopyright, PaperAuthorization, PaperOther}
}

// Evidence is the kind of evidence that the file of such a paper is.
func (k PaperKind) Evidence() EvidenceKind {
	switch k {
	case PaperSnapshot:
		return KindListing
	case PaperCE, PaperTestReport, PaperTrademark, PaperPatent, PaperCopyright, PaperAuthorization:
		return KindCertificate
	case PaperOther:
	}
	return KindOther
}

// OriginPaper is the origin of a task that reminds of the end of a product's paper; its
// key is the paper's UID.
const OriginPaper = "paper"

// PaperNotice is how many days before its end a paper stands on Today.
const PaperNotice = 30

// ProductPaper is a paper of a product: a dated snapshot of its listing, a
// certificate, a right.
type ProductPaper struct {
	ID         int64     `json:"-"`
	UID        string    `json:"uid"` // UUIDv7
	ProductID  int64     `json:"-"`
	Kind       PaperKind `json:"kind"`
	EvidenceID int64     `json:"-"` // its file; 0 none
	File       string    `json:"file,omitempty"`
	SHA256     string    `json:"sha256,omitempty"`
	IssuedAt   time.Time `json:"issued_at,omitzero"`  // of a snapshot: when the page looked so; a day, or a moment that its file tells
	ExpiresAt  time.Time `json:"expires_at,omitzero"` // zero: it does not end; a day
	Note       string    `json:"note,omitempty"`
	AddedAt    time.Time `json:"added_at"`
	AddedBy    string    `json:"added_by,omitempty"`
	BinnedAt   time.Time `json:"binned_at,omitzero"`

	Told CaptureSource `json:"told,omitempty"` // who told when it was issued
}

// ShownAt is when the page looked as a snapshot shows it: as its file or a person
// told, else when it was added.
func (p *ProductPaper) ShownAt() time.Time {
	if p.IssuedAt.IsZero() {
		return p.AddedAt
	}
	return p.IssuedAt
}

// InForce reports whether the paper held at a time: it was issued by then, and had
// not ended. A date that nobody told is not held against it.
func (p *ProductPaper) InForce(at time.Time) bool {
	return at.IsZero() || (p.IssuedAt.IsZero() || !Before(at, p.IssuedAt)) && (p.ExpiresAt.IsZero() || !Before(p.ExpiresAt, at))
}

// ProductRow is an article of the orders, with what was written down of it.
type ProductRow struct {
	ID        int64 // of the product; 0: sold, and nothing is written down
	UID       string
	ShopID    int64
	SKU       string
	Title     string
	Orders    int // that hold it
	LastSold  time.Time
	Described bool // its listing is written down
	Snapshot  time.Time
	Expires   time.Time // the soonest end of a paper
	Knowledge int
	Cost      Money // of a unit, as it is now; zero: not known
}

// ProductCause is how often what went wrong with the orders of a product was put
// down to one cause, and the newest words on it.
type ProductCause struct {
	Cause string // one of Causes
	N     int    // disputes and complaints
	Last  time.Time
	Words string
}
