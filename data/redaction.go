package data

// EditKind is a kind of mark that is burned into a copy of a picture.
type EditKind string

// The kinds of marks. Box and pixels take away what lies under them; arrow,
// frame and number point at it.
const (
	EditBox    EditKind = "box"    // a filled rectangle
	EditPixels EditKind = "pixels" // a rectangle in squares of one color each
	EditArrow  EditKind = "arrow"  // from X, Y to X+W, Y+H; W and H may be negative
	EditFrame  EditKind = "frame"  // the outline of a rectangle
	EditNumber EditKind = "number" // a number in a disk whose middle is X, Y
)

// Edit is one mark on a copy of a picture. Lengths are pixels of the upright
// original.
type Edit struct {
	Kind   EditKind `json:"kind"`
	X      int      `json:"x"`
	Y      int      `json:"y"`
	W      int      `json:"w,omitempty"`
	H      int      `json:"h,omitempty"`
	Number int      `json:"number,omitempty"` // of EditNumber: 1 to 99
}

// Hides reports whether the mark takes away what lies under it.
func (e Edit) Hides() bool { return e.Kind == EditBox || e.Kind == EditPixels }

// MaskKind is a kind of personal data that is masked in text on demand.
type MaskKind string

// The kinds of personal data.
const (
	MaskName    MaskKind = "name"    // of people in the order
	MaskAddress MaskKind = "address" // street and house; city, region and country stay
	MaskPhone   MaskKind = "phone"
	MaskEmail   MaskKind = "email"
	MaskPayment MaskKind = "payment" // card and account numbers
)

// MaskKinds lists all kinds of personal data in the order of a choice.
func MaskKinds() []MaskKind {
	return []MaskKind{MaskName, MaskAddress, MaskPhone, MaskEmail, MaskPayment}
}
