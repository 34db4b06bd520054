package data

import "time"

// WatchFolder is a folder that is watched, as a person chose it.
type WatchFolder struct {
	Path     string    `json:"path"`
	Pictures bool      `json:"pictures"` // and videos
	Exports  bool      `json:"exports"`
	Mails    bool      `json:"mails"`
	Since    time.Time `json:"since"` // when watching began; what was there before is not offered by itself
}

// FoundKind says what a file in a watched folder is.
type FoundKind string

// The kinds of found files.
const (
	FoundPicture FoundKind = "picture"
	FoundVideo   FoundKind = "video"
	FoundExport  FoundKind = "export" // of a platform, by its header
	FoundMail    FoundKind = "mail"
	FoundOther   FoundKind = "other" // counted, and not offered
)

// FoundState says what became of a found file.
type FoundState string

// The states of found files.
const (
	FoundWaiting FoundState = "waiting" // it is offered
	FoundTaken   FoundState = "taken"
	FoundLeft    FoundState = "left"   // a person said so, or it is of no use here
	FoundGone    FoundState = "gone"   // it is no longer there
	FoundBefore  FoundState = "before" // it was there before watching began
)

// FoundFile is a file that appeared in a watched folder. Nothing of it is taken
// without a person's word.
type FoundFile struct {
	ID         int64      `json:"-"`
	UID        string     `json:"uid"` // UUIDv7
	Path       string     `json:"path"`
	Size       int64      `json:"size"` // bytes
	ModifiedAt time.Time  `json:"modified_at"`
	SHA256     string     `json:"sha256,omitempty"` // "": not read yet
	Kind       FoundKind  `json:"kind"`
	State      FoundState `json:"state"`
	TakenAs    string     `json:"taken_as,omitempty"` // UID of the evidence
	Guess      FoundGuess `json:"guess,omitzero"`
	Codes      []ReadCode `json:"codes,omitempty"`
	FoundAt    time.Time  `json:"found_at"`
	DecidedAt  time.Time  `json:"decided_at,omitzero"`
	DecidedBy  string     `json:"decided_by,omitempty"`
}

// FoundGuess is what a found file seems to be.
type FoundGuess struct {
	Read   bool         `json:"read,omitempty"`   // it was looked at
	At     time.Time    `json:"at,omitzero"`      // when a picture was taken
	Camera bool         `json:"camera,omitempty"` // At is the camera's word; else the file's time
	Clock  bool         `json:"clock,omitempty"`  // the camera's clock is off: At counts beside its other pictures alone
	Sure   bool         `json:"sure,omitempty"`   // it belongs to the first of Orders, by a number
	Orders []FoundOrder `json:"orders,omitempty"` // the strongest first
	Why    []Text       `json:"why,omitempty"`    // why a person is to say
	Known  string       `json:"known,omitempty"`  // UID of the evidence that is this file already
	Preset string       `json:"preset,omitempty"` // of an export
	Title  Text         `json:"title,omitzero"`   // of the preset
	Target string       `json:"target,omitempty"` // orders, disputes, feedback, messages, shipments, products
}

// FoundGround says on what a guess stands.
type FoundGround string

// The grounds of a guess, the strongest first.
const (
	GroundLabel   FoundGround = "label"   // codes in the picture
	GroundName    FoundGround = "name"    // a number in the file's or its folder's name
	GroundFollows FoundGround = "follows" // it was taken after a picture of the order's label
	GroundTime    FoundGround = "time"    // it was taken near the time of shipping
)

// FoundOrder is an order to which a found picture may belong.
type FoundOrder struct {
	OrderID  int64       `json:"order_id"` // row
	Order    string      `json:"order"`
	Shop     string      `json:"shop"`
	Ground   FoundGround `json:"ground"`
	Number   string      `json:"number,omitempty"`   // that was read
	Tracking string      `json:"tracking,omitempty"` // of the parcel
	Picture  string      `json:"picture,omitempty"`  // name of the label's picture that it follows
	Minutes  int         `json:"minutes,omitempty"`  // between the two, or to the shipping
}

// FoundCount counts the files that wait.
type FoundCount struct {
	Pictures int `json:"pictures"` // and videos
	Exports  int `json:"exports"`
	Mails    int `json:"mails"`
	Unread   int `json:"unread"` // of all: nobody has looked at them yet
	Other    int `json:"other"`  // of no use here; they are not offered
}

// Offered is how many files are offered.
func (c FoundCount) Offered() int { return c.Pictures + c.Exports + c.Mails }
